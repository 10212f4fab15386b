"""The virtual camera's ONVIF, as onvif-zeep-async reads it by the official WSDLs."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncGenerator
from typing import Any

import aiohttp
import pytest
from onvif import ONVIFCamera
from zeep.exceptions import Fault

from devices.virtual.camera import Clip, VirtualCamera
from devices.virtual.camera.onvif import TURN_S

SECRET = "secret"
UNICAST = {"Stream": "RTP-Unicast", "Transport": {"Protocol": "RTSP"}}


@contextlib.asynccontextmanager
async def client(camera: VirtualCamera, password: str = SECRET) -> AsyncGenerator[ONVIFCamera]:
    asked = ONVIFCamera(
        camera.host, camera.http_port, "admin", password, no_cache=True, adjust_time=True
    )
    try:
        await asked.update_xaddrs()
        yield asked
    finally:
        await asked.close()


@pytest.fixture
async def camera(people: Clip, cars: Clip) -> AsyncGenerator[VirtualCamera]:
    async with VirtualCamera(
        people, cars, name="Front door", user="admin", password="secret",
        serial="S-77", views=("Door", "Path", "Gate"),
    ) as camera:  # fmt: skip
        yield camera


async def test_it_says_what_it_is(camera: VirtualCamera) -> None:
    async with client(camera) as asked:
        device = await asked.create_devicemgmt_service()
        told = await device.GetDeviceInformation()
        assert (told.Manufacturer, told.Model, told.SerialNumber) == (
            "Dobby", "Virtual Camera", "S-77",
        )  # fmt: skip
        scopes = [scope.ScopeItem for scope in await device.GetScopes()]
        assert "onvif://www.onvif.org/name/Front%20door" in scopes
        capabilities = await device.GetCapabilities({"Category": "All"})
        assert capabilities.Events.WSPullPointSupport
        assert capabilities.PTZ.XAddr in asked.xaddrs.values()


async def test_its_profiles_and_addresses(camera: VirtualCamera) -> None:
    async with client(camera) as asked:
        media = await asked.create_media_service()
        main, sub = await media.GetProfiles()
        encoder = main.VideoEncoderConfiguration
        assert (main.token, sub.token) == ("main", "sub")
        assert (encoder.Encoding, encoder.Resolution.Width, encoder.Resolution.Height) == (
            "H264", 768, 432,
        )  # fmt: skip
        assert encoder.RateControl.FrameRateLimit == 10
        at = await media.GetStreamUri({"StreamSetup": UNICAST, "ProfileToken": "sub"})
        assert at.Uri == camera.rtsp_address("/sub")
        assert (await asked.get_snapshot("main")).startswith(b"\xff\xd8")
        with pytest.raises(Fault, match="no such profile"):
            await media.GetStreamUri({"StreamSetup": UNICAST, "ProfileToken": "../x"})


async def test_a_wrong_password_is_refused(camera: VirtualCamera) -> None:
    async with client(camera, "wrong") as asked:
        device = await asked.create_devicemgmt_service()
        with pytest.raises(Fault, match="not authorized") as refused:
            await device.GetDeviceInformation()
        assert refused.value.subcodes[0].localname == "NotAuthorized"
    camera.fault.refuse = True
    async with client(camera) as asked:
        with pytest.raises(Fault, match="not authorized"):
            await (await asked.create_media_service()).GetProfiles()


async def test_its_clock_may_be_a_day_off(camera: VirtualCamera) -> None:
    camera.clock_off_s = 86_400.0
    async with client(camera) as asked:
        assert (await (await asked.create_media_service()).GetProfiles())[0].token == "main"
        asked.dt_diff = None
        for service in asked.services.values():
            await service.close()
        asked.services.clear()
        with pytest.raises(Fault, match="not authorized"):
            await (await asked.create_media_service()).GetProfiles()


async def test_it_turns_to_its_views(camera: VirtualCamera) -> None:
    async with client(camera) as asked:
        ptz = await asked.create_ptz_service()
        views = await ptz.GetPresets({"ProfileToken": "main"})
        assert [view.Name for view in views] == ["Door", "Path", "Gate"]
        await ptz.GotoPreset({"ProfileToken": "main", "PresetToken": views[1].token})
        assert (await ptz.GetStatus({"ProfileToken": "main"})).MoveStatus.PanTilt == "MOVING"
        await asyncio.sleep(TURN_S + 0.1)
        assert (await ptz.GetStatus({"ProfileToken": "main"})).MoveStatus.PanTilt == "IDLE"
        there = (await ptz.GetStatus({"ProfileToken": "main"})).Position.PanTilt.x
        assert there == pytest.approx(views[1].PTZPosition.PanTilt.x)
        camera.fault.lie = True
        await ptz.GotoPreset({"ProfileToken": "main", "PresetToken": views[2].token})
        still = (await ptz.GetStatus({"ProfileToken": "main"})).Position.PanTilt.x
        assert still == there
        with pytest.raises(Fault, match="no such preset"):
            await ptz.GotoPreset({"ProfileToken": "main", "PresetToken": "9"})


async def test_a_camera_without_a_motor_has_no_ptz(people: Clip) -> None:
    async with (
        VirtualCamera(people, user="admin", password="secret") as camera,
        client(camera) as asked,
    ):
        assert not any("ptz" in namespace for namespace in asked.xaddrs)
        profile, *_ = await (await asked.create_media_service()).GetProfiles()
        assert profile.PTZConfiguration is None


def moves(news: Any) -> list[str]:
    return [message.Message._value_1.Data.SimpleItem[0].Value for message in news]


async def test_it_tells_of_motion(camera: VirtualCamera) -> None:
    camera.motion = False
    wanted = {"Timeout": dt.timedelta(seconds=20), "MessageLimit": 10}
    async with client(camera) as asked:
        manager = await asked.create_pullpoint_manager(dt.timedelta(minutes=5), lambda: None)
        pulled = manager.get_service()
        first = (await pulled.PullMessages(wanted)).NotificationMessage
        assert moves(first) == ["false"]
        assert first[0].Topic._value_1.endswith("CellMotionDetector/Motion")
        camera.motion = True
        assert moves((await pulled.PullMessages(wanted)).NotificationMessage) == ["true"]
        none = await pulled.PullMessages({"Timeout": dt.timedelta(seconds=1), "MessageLimit": 9})
        assert moves(none.NotificationMessage) == []
        assert await manager._renew_subscription() is not None
        await manager.shutdown()
        with pytest.raises(Fault, match="no such subscription"):
            await pulled.PullMessages(wanted)


async def test_its_motion_detector_sees_who_comes(people: Clip) -> None:
    async with VirtualCamera(people) as camera:
        reel = camera.reels["/main"]
        assert not camera.moving
        reel.began -= 7.0  # the first person comes in
        assert camera.moving


@pytest.mark.parametrize(
    "body",
    [b"", b"<", b"<a/>", b"\xff\xfe", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
     b'<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><x/></s:Body>'
     b"</s:Envelope>"],
)  # fmt: skip
async def test_rubbish_is_refused(camera: VirtualCamera, body: bytes) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(camera.onvif_url, data=body) as answer,
    ):
        assert answer.status == 400
        assert "Fault" in await answer.text()
