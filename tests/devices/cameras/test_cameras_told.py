"""Cameras at addresses that the owner tells: RTSP, motion JPEG and stills."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import re
import sys
from pathlib import Path

import pytest
from aiohttp import web

from devices.capabilities import Preset
from devices.device import (
    Command,
    NeedsPairing,
    Outcome,
    Refused,
    UnknownDevice,
    Unreachable,
    Unsupported,
)
from devices.driver import Hub
from devices.drivers.cameras import jpeg, streams
from devices.drivers.cameras.address import Credentials
from devices.drivers.cameras.told import Cameras
from devices.house import House
from devices.virtual.camera import Clip, VirtualCamera
from devices.virtual.camera.gate import Gate
from tests.devices.cameras.conftest import PASSWORD, SECRET, USER, wait_for
from tests.devices.memory_vault import MemoryVault
from tests.peers.cameras import PEOPLE, footage, gst_camera, motion_camera, with_size

KINDS = ("rtsp", "mjpeg", "still")


def address(camera: VirtualCamera, kind: str) -> str:
    return {"rtsp": camera.rtsp_url, "mjpeg": camera.mjpeg_url, "still": camera.still_url}[kind]


def bare(url: str) -> str:
    """The address without its credentials."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


@pytest.fixture
async def camera(small: Clip):
    async with VirtualCamera(small, user=USER, password=PASSWORD) as up:
        yield up


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scheme", ["digest", "basic"])
async def test_added_with_the_password_in_the_address(
    house: House, small: Clip, kind: str, scheme
) -> None:
    async with VirtualCamera(small, user=USER, password=PASSWORD, scheme=scheme) as camera:
        url = address(camera, kind)
        (device,) = await house.add(url, name="Back door")
        assert (device.name, device.kind) == ("Back door", "camera")
        assert [a.kind for a in device.abilities] == ["snapshot"]
        assert house.devices[device.id] == device
        sight = await house.sight(device.id)
        assert sight.stream == url
        assert sight.still == (url if kind == "still" else "")
        assert jpeg.size(await house.picture(device.id, 30.0)) == (768, 432)


@pytest.mark.parametrize("kind", KINDS)
async def test_asks_for_the_password_takes_no_wrong_one_and_then_has_a_device(
    house: House, camera: VirtualCamera, vault: MemoryVault, kind: str
) -> None:
    url = bare(address(camera, kind))
    with pytest.raises(NeedsPairing):
        await house.add(url, name="Back door")
    ((key, stranger),) = house.strangers.items()
    assert (stranger.needs, stranger.name) == ("password", "Back door")
    with pytest.raises(NeedsPairing, match="does not take"):
        await house.pair(key, "admin:wrong")
    assert PASSWORD not in str(vault.kept)
    (device,) = await house.pair(key, SECRET)
    assert device.name == "Back door"
    assert not house.strangers
    assert (await house.sight(device.id)).stream == address(camera, kind)


async def test_the_same_address_is_the_same_device(house: House, camera: VirtualCamera) -> None:
    (first,) = await house.add(camera.mjpeg_url, name="Back door")
    (again,) = await house.add(bare(camera.mjpeg_url).replace("http", "HTTP", 1), SECRET)
    (other,) = await house.add(camera.still_url)
    assert first == again
    assert set(house.devices) == {first.id, other.id}


async def test_a_wrong_password_for_a_known_one_takes_nothing_away(
    house: House, camera: VirtualCamera
) -> None:
    (device,) = await house.add(camera.mjpeg_url)
    with pytest.raises(NeedsPairing):
        await house.add(bare(camera.mjpeg_url), "admin:wrong")
    assert await house.add(bare(camera.mjpeg_url)) == (device,)
    assert await house.picture(device.id)


@pytest.mark.parametrize(
    "url",
    [
        "", "porch", "ftp://10.0.0.9/x", "file:///etc/passwd", "http://", "rtsp://:554/x",
        "http://10.0.0.9:99999/x", "http://[::1/x", "http://10.0.0.9/\r\nx", "http://10.0.0.9/a b",
        "rtsp://10.0.0.9/" + "x" * 1000, "concat:a|b", "-i /etc/passwd",
    ],
)  # fmt: skip
async def test_what_is_no_address_is_refused_in_words(house: House, url: str) -> None:
    with pytest.raises(Refused, match="no address of a camera"):
        await house.add(url)
    assert not house.strangers


async def test_what_is_wrong_is_told_in_words(house: House, camera: VirtualCamera) -> None:
    for url in (camera.rtsp_url, camera.still_url):
        with pytest.raises(Refused, match="nothing at that address"):
            await house.add(url + "nowhere")
    await camera.__aexit__(None, None, None)
    for url in (camera.rtsp_url, camera.still_url):
        with pytest.raises(Unreachable, match="does not answer"):
            await house.add(url)
    assert not house.devices
    assert not house.strangers


@pytest.mark.parametrize("kind", KINDS)
async def test_a_restart_keeps_it(
    house: House, camera: VirtualCamera, vault: MemoryVault, kind: str
) -> None:
    (device,) = await house.add(address(camera, kind))
    async with House((Cameras,), vault) as again:
        await again.restore([device], [], {}, house.sightings)
        with pytest.raises(Unreachable):
            await again.sight(device.id)
        await wait_for(again, lambda: not again.away)
        assert await again.sight(device.id) == await house.sight(device.id)


async def test_secrets_are_in_the_vault_and_in_a_sight_and_nowhere_else(
    house: House, camera: VirtualCamera, vault: MemoryVault, caplog
) -> None:
    caplog.set_level(logging.DEBUG)
    shown: list[str] = []
    async with house.events() as events:
        for kind in KINDS:
            url = address(camera, kind)
            (device,) = await house.add(url)
            shown.append(repr(await house.sight(device.id)))
            await house.picture(device.id, 30.0)
            for wrong in (url + "nowhere", url.replace("hun", "hux")):
                with pytest.raises((Refused, NeedsPairing)) as told:
                    await house.add(wrong)
                shown.append(repr(told.value) + repr(told.value.__cause__))
        shown += [repr(events.get_nowait()) for _ in range(events.qsize())]
    shown += [repr(house.sightings), repr(house.devices), repr(house.strangers), caplog.text]
    shown.append(repr(house._drivers["camera"]._here))
    assert not [text for text in shown if "hun" in text or "hux" in text]
    assert PASSWORD in str(vault.kept)


async def test_a_password_within_the_address_is_a_secret_too(
    house: House, small: Clip, vault: MemoryVault
) -> None:
    async with VirtualCamera(small) as camera:
        (device,) = await house.add(f"{camera.still_url}?user=admin&pwd=hunter2&channel=1")
        (same,) = await house.add(f"{camera.still_url}?user=admin&pwd=other&channel=1")
        (other,) = await house.add(f"{camera.still_url}?user=admin&pwd=hunter2&channel=2")
    assert device.id == same.id != other.id
    assert "hunter2" not in repr([house.sightings, house.devices, house._drivers["camera"]._here])


class Watchful(Cameras):
    def __init__(self, hub: Hub) -> None:
        super().__init__(hub, pulse_s=0.1)


async def test_lost_and_found(camera: VirtualCamera, vault: MemoryVault, monkeypatch) -> None:
    monkeypatch.setattr("devices.house.LOOK_S", 0.2)
    async with House((Watchful,), vault) as house:
        found = [await house.add(address(camera, kind)) for kind in KINDS]
        ids = {device.id for (device,) in found}
        await wait_for(
            house, lambda: house.away == ids, lambda: setattr(camera.fault, "gone", True)
        )
        with pytest.raises(Unreachable):
            await house.picture(min(ids))
        camera.fault.gone = False
        await wait_for(house, lambda: not house.away)


async def test_a_changed_password_is_asked_for_and_the_old_one_not_insisted_on(
    house: House, camera: VirtualCamera
) -> None:
    (device,) = await house.add(camera.still_url)
    camera.gate = Gate(USER, "other")
    with pytest.raises(NeedsPairing):
        await house.picture(device.id)
    camera.fault.gone = True  # whoever asked it now would meet nobody
    with pytest.raises(NeedsPairing):
        await house.picture(device.id)
    camera.fault.gone = False
    assert await house.add(bare(camera.still_url), f"{USER}:other") == (device,)
    assert await house.picture(device.id)


async def test_a_bomb_is_refused_before_it_is_opened(house: House, camera: VirtualCamera) -> None:
    (device,) = await house.add(camera.still_url)
    camera.still = with_size(await house.picture(device.id), 20_000, 20_000)
    with pytest.raises(Refused, match="20000x20000"):
        await house.picture(device.id)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (web.Response(text="<html>", content_type="text/html"), "a web page"),
        (web.Response(body=b"\x89PNG....", content_type="image/jpeg"), "no picture"),
        (web.Response(body=b"", content_type="image/jpeg"), "no picture"),
        (web.Response(body=bytes(9 << 20), content_type="image/jpeg"), "no picture"),
        (web.Response(status=302, headers={"Location": "http://127.0.0.1/"}), "another address"),
    ],
)
async def test_what_is_no_camera(house: House, answer: web.Response, words: str) -> None:
    async def handle(_: web.Request) -> web.Response:
        return answer

    app = web.Application()
    app.router.add_get("/", handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        with pytest.raises(Refused, match=words):
            await house.add(f"http://127.0.0.1:{runner.addresses[0][1]}/")
    finally:
        await runner.cleanup()


async def test_attack_40_a_stream_that_sends_on_gets_no_password_there() -> None:
    asked: list[bytes] = []

    async def elsewhere(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.read(1000))
        writer.close()

    async def camera(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError):
            while request := await reader.readuntil(b"\r\n\r\n"):
                sequence = re.search(rb"CSeq: \d+", request)[0]
                status = b"200 OK" if request.startswith(b"OPTIONS") else b"302 Moved"
                writer.write(b"RTSP/1.0 %b\r\n%b\r\n%b\r\n" % (status, sequence, location))
        writer.close()

    other = await asyncio.start_server(elsewhere, "127.0.0.1", 0)
    hostile = await asyncio.start_server(camera, "127.0.0.1", 0)
    port, there = (s.sockets[0].getsockname()[1] for s in (hostile, other))
    location = b"Location: rtsp://127.0.0.1:%d/x\r\n" % there
    who = Credentials(USER, PASSWORD)
    async with other, hostile:
        with pytest.raises(Refused, match="another address"):
            await streams.picture(f"rtsp://127.0.0.1:{port}/live", who, "Porch")
    assert asked == []


async def test_it_can_be_looked_through_and_nothing_else(
    house: House, camera: VirtualCamera
) -> None:
    (device,) = await house.add(camera.still_url)
    (receipt,) = await house.apply([Command(device=device.id, set=Preset(name="Gate"))])
    assert receipt.outcome is Outcome.REFUSED
    with pytest.raises(UnknownDevice):
        await house.picture("camera:none")


async def test_only_cameras_are_looked_through(declare) -> None:
    async with declare({"lamp": {"kind": "light"}}) as house:
        with pytest.raises(Unsupported, match="lamp is no camera"):
            await house.picture("declared:lamp")
        with pytest.raises(Unsupported):
            await house.add("rtsp://10.0.0.9/x")


class TestTheChild:
    """The process that takes a picture out of a stream."""

    async def test_is_killed_at_its_deadline_and_shows_no_secret(
        self, house: House, camera: VirtualCamera
    ) -> None:
        (device,) = await house.add(camera.rtsp_url)
        camera.fault.frozen = True
        looking = asyncio.create_task(house.picture(device.id, 20.0))
        async with asyncio.timeout(20):
            while not (lines := children()):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            while not camera.rtsp.watched:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert "hun" not in lines[0]
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
        assert not children()
        with pytest.raises(Unreachable, match="in time"):
            await house.picture(device.id, 0.1)
        assert not children()

    async def test_says_what_is_missing_where_there_is_no_video(
        self, house: House, camera: VirtualCamera, monkeypatch
    ) -> None:
        (device,) = await house.add(camera.rtsp_url)
        monkeypatch.setattr(sys, "executable", "/usr/bin/python3")
        if await ended("/usr/bin/python3", "-c", "import av") != 1:
            pytest.skip("there is no Python without PyAV here")
        with pytest.raises(Refused, match=r"dobby\[vision\]"):
            await house.picture(device.id, 30.0)

    async def test_of_a_stream_that_is_no_longer_there(
        self, house: House, camera: VirtualCamera
    ) -> None:
        (device,) = await house.add(camera.rtsp_url)
        await camera.rtsp.__aexit__(None, None, None)
        with pytest.raises(Unreachable):
            await house.picture(device.id, 30.0)


def children() -> list[str]:
    """Command lines of processes of ours that take pictures."""
    found: list[str] = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
            line = (process / "cmdline").read_text()
        except OSError:  # it has ended meanwhile
            continue
        if parent == str(os.getpid()) and str(streams.SCRIPT) in line:
            found.append(line)
    return found


async def ended(*command: str) -> int:
    try:
        process = await asyncio.create_subprocess_exec(
            *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
        )
    except OSError:
        return -1
    return await process.wait()


class TestSomeoneElsesCameras:
    async def test_gstreamers_rtsp_server(self, house: House) -> None:
        async with gst_camera(footage(PEOPLE), "admin", "hunter2") as url:
            with pytest.raises(NeedsPairing):
                await house.add(bare(url))
            with pytest.raises(NeedsPairing):
                await house.add(bare(url), "admin:wrong")
            with pytest.raises(Refused, match="nothing at that address"):
                await house.add(url.replace("/cam", "/other"))
            (device,) = await house.add(bare(url), "admin:hunter2")
            assert jpeg.size(await house.picture(device.id, 30.0)) == (768, 432)

    async def test_motions_mjpeg(self, house: House, small: Clip, tmp_path: Path) -> None:
        async with (
            VirtualCamera(small) as source,
            motion_camera(source.rtsp_url, tmp_path, "admin", "hunter2") as url,
        ):
            with pytest.raises(NeedsPairing):
                await house.add(bare(url), "admin:wrong")
            (device,) = await house.add(url)
            assert jpeg.size(await house.picture(device.id, 30.0)) == (768, 432)
