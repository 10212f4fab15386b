"""ONVIF cameras: paired by password, looked through, turned, heard moving, lost and found."""

from __future__ import annotations

import asyncio
import logging
import sys

import pytest

from devices.capabilities import Preset, Reading
from devices.device import Announcement, Command, NeedsPairing, Outcome, Unreachable
from devices.discovery import Discovery
from devices.drivers.cameras import jpeg
from devices.drivers.cameras.onvif import Onvif
from devices.drivers.cameras.told import Cameras
from devices.house import House
from devices.virtual.camera import Clip, VirtualCamera
from devices.virtual.camera.gate import Gate
from tests.devices.cameras.conftest import (
    KEY,
    PASSWORD,
    SECRET,
    USER,
    UUID,
    heard,
    paired,
    peer,
    wait_for,
)
from tests.devices.memory_vault import MemoryVault
from tests.peers.cameras import with_size
from tests.peers.packages import IPYCAM, WS_DISCOVERY, folder


class TestPairing:
    async def test_asks_for_a_password_takes_no_wrong_one_and_then_has_a_device(
        self, house: House, camera: VirtualCamera, vault: MemoryVault
    ) -> None:
        await wait_for(house, lambda: KEY in house.strangers, lambda: house.hear(heard(camera)))
        stranger = house.strangers[KEY]
        assert (stranger.needs, stranger.name) == ("password", "Porch")
        assert "Porch" in stranger.message
        for wrong in ("admin:wrong", "nobody:" + PASSWORD, "admin", "", None):
            with pytest.raises(NeedsPairing) as told:
                await house.pair(KEY, wrong)
            assert told.value.how == "password"
        assert not house.devices
        assert not vault.kept
        (device,) = await house.pair(KEY, SECRET)
        assert not house.strangers
        assert (device.id, device.name, device.kind) == (f"onvif:{UUID}", "Porch", "camera")
        assert (device.maker, device.model) == ("Dobby", "Virtual Camera")
        assert {a.kind: a.choices for a in device.abilities} == {
            "snapshot": (),
            "reading": (),
            "preset": ("Door", "Gate", "Street"),
        }

    async def test_one_that_is_open_to_everyone_needs_none(self, house: House, small: Clip) -> None:
        async with VirtualCamera(small, name="Drive") as camera:
            await wait_for(house, lambda: bool(house.devices), lambda: house.hear(heard(camera)))
            sight = await house.sight(f"onvif:{UUID}")
        assert sight.stream.startswith("rtsp://127.0.0.1:")

    async def test_with_a_space_between_as_one_says_it(
        self, house: House, camera: VirtualCamera
    ) -> None:
        camera.gate = Gate("admin", "hunter2")
        await wait_for(house, lambda: KEY in house.strangers, lambda: house.hear(heard(camera)))
        assert await house.pair(KEY, "admin hunter2")

    @pytest.mark.parametrize("off_s", [86_400.0, -10 * 365 * 86_400.0])
    async def test_its_clock_may_be_wrong(
        self, house: House, camera: VirtualCamera, off_s: float
    ) -> None:
        camera.clock_off_s = off_s
        device = await paired(house, camera)
        assert await house.picture(device.id)

    async def test_a_restart_needs_no_password(
        self, house: House, camera: VirtualCamera, vault: MemoryVault
    ) -> None:
        device = await paired(house, camera)
        async with House((Onvif, Cameras), vault) as again:
            await again.restore([device], [], {}, {device.id: house.sightings[device.id]})
            assert again.away == {device.id}
            await wait_for(again, lambda: not again.away)
            assert (await again.sight(device.id)) == (await house.sight(device.id))

    async def test_a_changed_password_is_asked_for_and_the_old_one_not_insisted_on(
        self, house: House, camera: VirtualCamera, vault: MemoryVault
    ) -> None:
        device = await paired(house, camera)
        camera.gate = Gate(USER, "other")
        async with House((Onvif,), vault) as again:
            await wait_for(again, lambda: KEY in again.strangers, lambda: again.hear(heard(camera)))
            driver = again._drivers["onvif"]
            camera.fault.gone = True  # whoever asked it now would meet nobody
            with pytest.raises(NeedsPairing):
                await driver.identify(heard(camera))
            camera.fault.gone = False
            (back,) = await again.pair(KEY, f"{USER}:other")
        assert back.id == device.id

    async def test_secrets_are_in_the_vault_and_in_a_sight_and_nowhere_else(
        self, house: House, camera: VirtualCamera, vault: MemoryVault, caplog
    ) -> None:
        caplog.set_level(logging.DEBUG)
        async with house.events() as events:
            device = await paired(house, camera)
            sight = await house.sight(device.id)
            await house.picture(device.id)
            told = [repr(events.get_nowait()) for _ in range(events.qsize())]
        assert "hun%3Ater%402%2F%C3%BC@" in sight.stream
        driver = house._drivers["onvif"]
        shown = [
            caplog.text, repr(sight), repr(house.sightings), repr(house.devices), repr(device),
            repr(driver._links[UUID]._credentials), repr(house.strangers), *told,
        ]  # fmt: skip
        assert not [text for text in shown if PASSWORD in text or "hun%3Ater" in text]
        kept = {"user": USER, "password": PASSWORD, "serial": camera.serial}
        assert vault.kept == {f"onvif:{UUID}": kept}


class TestDiscovery:
    async def test_found_by_way_of_someone_elses_publisher(
        self, house: House, camera: VirtualCamera
    ) -> None:
        package = folder(WS_DISCOVERY)
        async with (
            peer("wsd_publisher.py", package, "Front%20door", camera.onvif_url) as (uuid,),
            Discovery(None, ["127.0.0.1"], house.hear),
        ):
            key = f"dn:NetworkVideoTransmitter/{uuid.removeprefix('urn:uuid:')}"
            await wait_for(house, lambda: key in house.strangers)
        assert (house.strangers[key].name, house.strangers[key].needs) == ("Front door", "password")

    async def test_an_impostor_does_not_move_a_camera_that_answers(
        self, house: House, camera: VirtualCamera, small: Clip
    ) -> None:
        device = await paired(house, camera)
        async with VirtualCamera(small, name="Porch") as impostor:
            await house._drivers["onvif"].identify(heard(impostor))
            sight = await house.sight(device.id)
        assert f":{camera.rtsp.port}/" in sight.stream

    async def test_an_impostor_of_a_camera_that_is_away_is_told_no_more(
        self, house: House, camera: VirtualCamera, small: Clip, vault: MemoryVault
    ) -> None:
        device = await paired(house, camera)
        async with (
            House((Onvif,), vault) as again,
            VirtualCamera(small, name="Porch", serial="V6666666") as impostor,
        ):
            strange = heard(impostor)
            await wait_for(again, lambda: KEY in again.strangers, lambda: again.hear(strange))
            assert "another camera answers" in again.strangers[KEY].message
            assert not impostor.rtsp.watched
            await wait_for(again, lambda: bool(again.devices), lambda: again.hear(heard(camera)))
            assert set(again.devices) == {device.id}

    async def test_someone_elses_camera(self, house: House) -> None:
        package = folder(IPYCAM)
        async with peer("ipycam_camera.py", package, "admin", "hunter2") as (port, uuid):
            camera = Announcement(
                "wsd", "dn:NetworkVideoTransmitter", uuid, "127.0.0.1", int(port),
                {"name": "Porch", "xaddr": f"http://127.0.0.1:{port}/onvif/device_service"},
            )  # fmt: skip
            key = f"{camera.service}/{uuid}"
            await wait_for(house, lambda: key in house.strangers, lambda: house.hear(camera))
            with pytest.raises(NeedsPairing):
                await house.pair(key, "admin:wrong")
            (device,) = await house.pair(key, "admin:hunter2")
            sight = await house.sight(device.id)
        assert (device.name, device.maker, device.model) == ("Porch", "PythonCam", "VirtualCam-1")
        assert sight.stream == "rtsp://admin:hunter2@127.0.0.1:8554/video_main"
        assert sight.substream == "rtsp://admin:hunter2@127.0.0.1:8554/video_sub"


class Elsewhere(VirtualCamera):
    """Tells addresses at another host."""

    def rtsp_address(self, path: str) -> str:
        return f"rtsp://user:pass@203.0.113.9:{self.rtsp.port}{path}"

    def http_address(self, path: str) -> str:
        return super().http_address(path).replace("127.0.0.1", "203.0.113.9")

    @property
    def onvif_url(self) -> str:
        return super().onvif_url.replace("203.0.113.9", "127.0.0.1")


class Stilled(VirtualCamera):
    """Its still is not where it tells that it is."""

    @property
    def still_path(self) -> str:
        return "/nothing.jpg"


class TestLooking:
    async def test_sight_has_the_large_stream_and_the_small_one(
        self, house: House, camera: VirtualCamera
    ) -> None:
        device = await paired(house, camera)
        sight = await house.sight(device.id)
        assert (sight.stream, sight.substream, sight.still) == (
            camera.rtsp_url,
            camera.rtsp_sub_url,
            camera.still_url,
        )

    async def test_addresses_at_another_host_are_taken_for_its_own(
        self, house: House, small: Clip
    ) -> None:
        async with Elsewhere(small, name="Porch", user=USER, password=PASSWORD) as camera:
            device = await paired(house, camera)
            sight = await house.sight(device.id)
            assert jpeg.size(await house.picture(device.id)) == (768, 432)
        addresses = (sight.stream, sight.substream, sight.still)
        assert all("@127.0.0.1:" in address for address in addresses if address)

    async def test_a_picture_is_its_still(self, house: House, camera: VirtualCamera) -> None:
        device = await paired(house, camera)
        camera.still = with_size(await house.picture(device.id), 640, 360)
        assert await house.picture(device.id) == camera.still

    async def test_without_a_still_a_picture_is_out_of_its_stream(
        self, house: House, large: Clip
    ) -> None:
        async with Stilled(large, name="Porch", user=USER, password=PASSWORD) as camera:
            device = await paired(house, camera)
            assert jpeg.size(await house.picture(device.id, 30.0)) == (1920, 1080)

    async def test_a_bomb_for_a_still_is_not_opened(
        self, house: House, camera: VirtualCamera
    ) -> None:
        device = await paired(house, camera)
        camera.still = with_size(await house.picture(device.id), 20_000, 20_000)
        assert jpeg.size(await house.picture(device.id, 30.0)) == (1920, 1080)


class TestTurning:
    async def test_a_view_is_verified_once_it_is_there(
        self, house: House, camera: VirtualCamera
    ) -> None:
        device = await paired(house, camera)
        for name in ("Gate", "Door"):
            (receipt,) = await house.apply([Command(device=device.id, set=Preset(name=name))])
            assert receipt.outcome is Outcome.VERIFIED, receipt
            assert house.state(device.id)["preset"] == Preset(name=name)

    async def test_a_motor_that_lies_is_contradicted(
        self, house: House, camera: VirtualCamera, monkeypatch
    ) -> None:
        monkeypatch.setattr(Preset, "settles_s", 0.5)
        device = await paired(house, camera)
        camera.fault.lie = True
        (receipt,) = await house.apply([Command(device=device.id, set=Preset(name="Gate"))])
        assert receipt.outcome is Outcome.CONTRADICTED

    async def test_a_view_that_it_does_not_have(self, house: House, camera: VirtualCamera) -> None:
        device = await paired(house, camera)
        (receipt,) = await house.apply([Command(device=device.id, set=Preset(name="Pool"))])
        assert receipt.outcome is Outcome.REFUSED
        assert receipt.reason == "Porch has Door, Gate, Street; not Pool."

    async def test_a_camera_without_a_motor(self, house: House, small: Clip) -> None:
        async with VirtualCamera(small, name="Porch", user=USER, password=PASSWORD) as camera:
            device = await paired(house, camera)
        assert device.ability("preset") is None


async def test_motion_is_pushed_when_it_begins_and_when_it_ends(
    house: House, camera: VirtualCamera
) -> None:
    camera.motion = False
    device = await paired(house, camera)

    def shows(motion: bool) -> bool:
        return house.state(device.id).get("reading") == Reading(motion=motion)

    for moving in (True, False, True):
        await wait_for(
            house,
            lambda moving=moving: shows(moving),
            lambda m=moving: setattr(camera, "motion", m),
        )


async def test_lost_and_found(camera: VirtualCamera, monkeypatch) -> None:
    monkeypatch.setattr("devices.house.LOOK_S", 0.2)
    monkeypatch.setattr("devices.drivers.cameras.soap.PULL_S", 1.0)
    async with House((Onvif,), MemoryVault()) as house:
        device = await paired(house, camera)
        await wait_for(
            house, lambda: device.id in house.away, lambda: setattr(camera.fault, "gone", True)
        )
        with pytest.raises(Unreachable):
            await house.sight(device.id)
        with pytest.raises(Unreachable):
            await house.picture(device.id)
        await wait_for(house, lambda: not house.away, lambda: setattr(camera.fault, "gone", False))
        assert await house.picture(device.id)


async def test_nobody_pays_for_cameras_who_has_none() -> None:
    """ONVIF's library is loaded with the first camera."""
    code = "import sys, devices.drivers; sys.exit('zeep' in sys.modules or 'av' in sys.modules)"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code)
    assert await process.wait() == 0
