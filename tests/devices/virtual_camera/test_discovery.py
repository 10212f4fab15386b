"""The virtual cameras are found on loopback by WS-Discovery."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncGenerator

import pytest

from devices.device import Announcement
from devices.discovery.multicast import GROUP, Searcher, search_socket
from devices.discovery.wsd import PORT, WSD
from devices.virtual.camera import Clip, VirtualCamera
from devices.virtual.camera.discovery import Beacon

LOOPBACK = "127.0.0.1"
# As gSOAP-based clients write it: prefixes of their own, and line breaks.
PROBE = b"""<?xml version="1.0" encoding="utf-8"?>
<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope"
 xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing"
 xmlns:tns="http://schemas.xmlsoap.org/ws/2005/04/discovery">
<SOAP-ENV:Header><wsa:MessageID>urn:uuid:4711</wsa:MessageID></SOAP-ENV:Header>
<SOAP-ENV:Body><tns:Probe>%b</tns:Probe></SOAP-ENV:Body></SOAP-ENV:Envelope>"""


@pytest.fixture
async def camera(people: Clip) -> AsyncGenerator[VirtualCamera]:
    async with VirtualCamera(people, name="Front door", serial=f"S-{id(people)}") as camera:
        yield camera


async def heard_of(camera: VirtualCamera, heard: asyncio.Queue[Announcement]) -> Announcement:
    async with asyncio.timeout(20):
        while (found := await heard.get()).name != camera.endpoint:
            pass  # another house on this machine
    return found


async def test_dobby_hears_hello_and_finds_it(camera: VirtualCamera) -> None:
    heard: asyncio.Queue[Announcement] = asyncio.Queue()
    async with Searcher(WSD, [LOOPBACK], heard.put_nowait) as searcher, Beacon(LOOPBACK) as beacon:
        beacon.announce(camera)
        assert await heard_of(camera, heard) == camera.announcement
        searcher.search()
        found = await heard_of(camera, heard)
    assert found == camera.announcement
    assert found.properties["xaddr"] == camera.onvif_url
    assert found.properties["name"] == "Front door"


async def answers(types: bytes) -> list[bytes]:
    """What comes back to a Probe within a second."""
    loop = asyncio.get_running_loop()
    with search_socket(LOOPBACK) as asking:
        asking.sendto(PROBE % types, (GROUP, PORT))
        got: list[bytes] = []
        try:
            async with asyncio.timeout(1.0):
                while True:
                    got.append(await loop.sock_recv(asking, 65536))
        except TimeoutError:
            return got


@pytest.mark.parametrize(
    ("types", "answered"),
    [
        (b"", True),
        (b"<tns:Types>dn:NetworkVideoTransmitter</tns:Types>", True),
        (b"<tns:Types>dn:NetworkVideoDisplay</tns:Types>", False),
    ],
)
async def test_it_answers_who_asks_for_cameras(
    camera: VirtualCamera, types: bytes, answered: bool
) -> None:
    async with Beacon(LOOPBACK) as beacon:
        beacon.announce(camera)
        ours = [told for told in await answers(types) if camera.endpoint.encode() in told]
    assert bool(ours) is answered
    assert all(b"<a:RelatesTo>urn:uuid:4711</a:RelatesTo>" in told for told in ours)


async def test_one_that_is_gone_is_silent(camera: VirtualCamera) -> None:
    camera.fault.gone = True
    async with Beacon(LOOPBACK) as beacon:
        beacon.announce(camera)
        assert not [told for told in await answers(b"") if camera.endpoint.encode() in told]


async def test_rubbish_does_no_harm(camera: VirtualCamera) -> None:
    async with Beacon(LOOPBACK) as beacon:
        beacon.announce(camera)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(LOOPBACK))
            for rubbish in (b"", b"<", b"\xff" * 60_000, b"M-SEARCH * HTTP/1.1\r\n\r\n"):
                sock.sendto(rubbish, (GROUP, PORT))
        assert [told for told in await answers(b"") if camera.endpoint.encode() in told]
