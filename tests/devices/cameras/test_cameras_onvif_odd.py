"""Recorders with several cameras, cameras that know little, and devices that mean harm."""

from __future__ import annotations

import asyncio
import gzip

import pytest
from aiohttp import web

from devices.capabilities import Reading
from devices.device import DeviceError, Refused, Unreachable
from devices.drivers.cameras.onvif import Onvif
from devices.house import House
from devices.virtual.camera.soap import envelope, leaf, node
from tests.devices.cameras.conftest import wait_for
from tests.devices.cameras.scripted import information, profile, scripted, services

RECORDER = {
    "tds:GetDeviceInformation": information(),
    "tds:GetServices": services("tds", "trt"),
    "trt:GetProfiles": node(
        "trt:GetProfilesResponse",
        profile("a1", "drive", 2560, 1440),
        profile("a2", "drive", 640, 360),
        profile("a3", "drive", 160, 90),
        profile("b1", "yard", 1920, 1080),
        profile("b2", "yard", 160, 90),
    ),
}


async def stream(request: web.Request) -> web.Response:
    """The stream of the profile that is asked for, at another host."""
    token = (await request.text()).partition("ProfileToken>")[2].partition("<")[0]
    told = (leaf("tt:Uri", f"rtsp://192.0.2.1:8554/{token}"), leaf("tt:InvalidAfterConnect", False),
            leaf("tt:InvalidAfterReboot", False), leaf("tt:Timeout", "PT0S"))  # fmt: skip
    body = envelope(node("trt:GetStreamUriResponse", node("trt:MediaUri", *told)))
    return web.Response(text=body, content_type="application/soap+xml")


async def test_every_camera_of_a_recorder_is_a_device(house: House) -> None:
    async with scripted({**RECORDER, "trt:GetStreamUri": stream}) as recorder:
        await wait_for(house, lambda: len(house.devices) == 2, lambda: house.hear(recorder))
        names = {device.id: device.name for device in house.devices.values()}
        assert names == {
            "onvif:recorder/drive": "Recorder 1",
            "onvif:recorder/yard": "Recorder 2",
        }
        drive, yard = [await house.sight(device) for device in names]
    assert (drive.stream, drive.substream, drive.still) == (
        "rtsp://127.0.0.1:8554/a1",
        "rtsp://127.0.0.1:8554/a2",  # the smallest that is not too small
        "",
    )
    assert (yard.stream, yard.substream) == ("rtsp://127.0.0.1:8554/b1", "")


async def test_news_of_a_recorder_is_of_the_camera_that_it_names(house: House) -> None:
    told = asyncio.Event()

    async def news(_: web.Request) -> web.Response:
        """Once for the yard; then nothing."""
        messages = "" if told.is_set() else moved("view-yard")
        told.set()
        times = (leaf("tev:CurrentTime", "2026-01-01T00:00:00Z"),
                 leaf("tev:TerminationTime", "2026-01-01T00:10:00Z"))  # fmt: skip
        body = envelope(node("tev:PullMessagesResponse", *times, messages))
        return web.Response(text=body, content_type="application/soap+xml")

    answers = {
        **RECORDER,
        "tds:GetServices": services("tds", "trt", "tev"),
        "tev:CreatePullPointSubscription": SUBSCRIBED,
        "tev:PullMessages": news,
    }
    async with scripted(answers) as recorder:
        await wait_for(
            house,
            lambda: "reading" in house.state("onvif:recorder/yard"),
            lambda: house.hear(recorder),
        )
        assert house.state("onvif:recorder/yard")["reading"] == Reading(motion=True)
        assert "reading" not in house.state("onvif:recorder/drive")


SUBSCRIBED = node(
    "tev:CreatePullPointSubscriptionResponse",
    node("tev:SubscriptionReference", leaf("a:Address", "http://192.0.2.1/subscription")),
    leaf("wsnt:CurrentTime", "2026-01-01T00:00:00Z"),
    leaf("wsnt:TerminationTime", "2026-01-01T00:10:00Z"),
)


def moved(view: str) -> str:
    source = node("tt:Source", node("tt:SimpleItem", Name="VideoSourceConfigurationToken",
                                    Value=view))  # fmt: skip
    data = node("tt:Data", node("tt:SimpleItem", Name="State", Value="true"))
    message = node("tt:Message", source, data, UtcTime="2026-01-01T00:00:00Z")
    topic = leaf("wsnt:Topic", "tns1:VideoSource/MotionAlarm")
    return node("wsnt:NotificationMessage", topic, node("wsnt:Message", message))


async def test_a_device_without_pictures_is_no_camera(house: House) -> None:
    none = {"trt:GetProfiles": node("trt:GetProfilesResponse")}
    async with scripted({**RECORDER, **none}) as box:
        with pytest.raises(Refused, match="no picture to show"):
            await house._drivers["onvif"].identify(box)


async def test_an_old_one_tells_capabilities_instead_of_services(house: House) -> None:
    media = node("tt:Media", leaf("tt:XAddr", "http://192.0.2.1/media"),
                 node("tt:StreamingCapabilities"))  # fmt: skip
    old = {
        **RECORDER,
        "tds:GetCapabilities": node("tds:GetCapabilitiesResponse", node("tds:Capabilities", media)),
    }
    del old["tds:GetServices"]
    async with scripted(old) as recorder:
        assert len(await house._drivers["onvif"].identify(recorder)) == 2


async def bomb(_: web.Request) -> web.Response:
    packed = gzip.compress(envelope("<x>" + " " * (64 << 20) + "</x>").encode())
    return web.Response(body=packed, headers={"Content-Encoding": "gzip"})


async def endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b"<x>" * (1 << 14))


async def redirect(_: web.Request) -> web.Response:
    raise web.HTTPTemporaryRedirect(f"http://127.0.0.1:{Trap.port}/")


async def entities(_: web.Request) -> web.Response:
    text = '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    return web.Response(text=text, content_type="application/soap+xml")


async def deep(_: web.Request) -> web.Response:
    text = envelope("<a>" * 140_000 + "</a>" * 140_000)
    return web.Response(text=text, content_type="application/soap+xml")


async def nonsense(_: web.Request) -> web.Response:
    return web.Response(text="<html>router</html>", content_type="text/html")


class Trap:
    """Where nobody is to come."""

    port = 0
    visited = False

    async def handle(self, _r: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        Trap.visited = True
        writer.close()


@pytest.mark.parametrize("harm", [bomb, endless, redirect, entities, nonsense])
async def test_harm_is_an_error_in_words(house: House, harm) -> None:
    trap = await asyncio.start_server(Trap().handle, "127.0.0.1", 0)
    Trap.port = trap.sockets[0].getsockname()[1]
    async with trap, scripted({**RECORDER, "tds:GetDeviceInformation": harm}) as box:
        with pytest.raises(DeviceError) as told:
            await house._drivers["onvif"].identify(box)
    assert isinstance(told.value, (Unreachable, Refused))
    assert str(told.value).startswith("Recorder ")
    assert not Trap.visited


async def test_xml_of_any_depth_does_no_harm(house: House) -> None:
    async with scripted({**RECORDER, "tds:GetDeviceInformation": deep}) as box:
        devices = await house._drivers["onvif"].identify(box)
    assert [device.maker for device in devices] == ["", ""]


def test_only_what_tells_its_own_address_is_recognised() -> None:
    from devices.device import Announcement

    def heard(service: str, **told: str) -> Announcement:
        return Announcement("wsd", service, "x", "10.0.0.9", 80, told)

    driver = Onvif(None)  # type: ignore[arg-type]
    assert driver.recognises(heard("dn:NetworkVideoTransmitter", xaddr="http://10.0.0.9/x"))
    assert not driver.recognises(heard("dn:NetworkVideoTransmitter"))
    assert not driver.recognises(heard("wsdp:Device", xaddr="http://10.0.0.9/x"))
