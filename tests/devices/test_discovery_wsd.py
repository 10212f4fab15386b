"""WS-Discovery: what is believed of a packet, and that cameras are heard."""

from __future__ import annotations

import asyncio
import uuid

import pytest

from devices.device import Announcement
from devices.discovery import Discovery, multicast, wsd

CAMERA = "dn:NetworkVideoTransmitter"


def packet(
    body: str = "d:ProbeMatches><d:ProbeMatch",
    name: str = "urn:uuid:5F5A69C2-E0AE-504F-829B-00AAC538F2DD",
    types: str = "dn:NetworkVideoTransmitter tds:Device",
    scopes: str = "",
    xaddrs: str = "http://10.0.0.9/onvif/device_service",
) -> bytes:
    end = "></".join(reversed(body.split("><")))
    return f"""<?xml version="1.0" encoding="utf-8"?>
    <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"
     xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"
     xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"
     xmlns:dn="http://www.onvif.org/ver10/network/wsdl">
    <s:Header><a:MessageID>urn:uuid:1</a:MessageID></s:Header><s:Body><{body}>
    <a:EndpointReference><a:Address>{name}</a:Address></a:EndpointReference>
    <d:Types>{types}</d:Types><d:Scopes>{scopes}</d:Scopes><d:XAddrs>{xaddrs}</d:XAddrs>
    <d:MetadataVersion>7</d:MetadataVersion></{end}></s:Body></s:Envelope>""".encode()


@pytest.mark.parametrize(
    "body", ["d:ProbeMatches><d:ProbeMatch", "d:Hello", "d:ProbeMatch"], ids=lambda b: b[2:7]
)
def test_a_camera_is_told_with_the_address_it_came_from(body: str) -> None:
    scopes = """onvif://www.onvif.org/type/ptz onvif://www.onvif.org/name/Front%20Door
      onvif://www.onvif.org/hardware/IPC-1 onvif://www.onvif.org/location/country/china
      onvif://www.onvif.org/name/Another http://example.org/name/Stranger"""
    xaddrs = "http://192.168.9.9/x http://10.0.0.9:8080/onvif/device_service http://[fe80::1]/x"
    assert wsd.parse(packet(body, scopes=scopes, xaddrs=xaddrs), "10.0.0.9") == Announcement(
        "wsd", CAMERA, "5f5a69c2-e0ae-504f-829b-00aac538f2dd", "10.0.0.9", 8080,
        {
            "name": "Front Door",
            "hardware": "IPC-1",
            "location": "country/china",
            "xaddr": "http://10.0.0.9:8080/onvif/device_service",
        },
    )  # fmt: skip


@pytest.mark.parametrize(
    "xaddrs",
    [
        "", "http://169.254.169.254/latest", "http://evil.example/onvif", "file:///etc/passwd",
        "http://10.0.0.9@evil.example/x", "http://evil.example@10.0.0.9/x", "http://[::1/x",
        "http://10.0.0.9:99999/x", "http://10.0.0.90/x", "http://10.0.0.9/" + "x" * 600,
    ],
)  # fmt: skip
def test_an_address_elsewhere_is_not_believed(xaddrs: str) -> None:
    heard = wsd.parse(packet(xaddrs=xaddrs), "10.0.0.9")
    assert heard is not None
    assert (heard.host, heard.port, heard.properties) == ("10.0.0.9", 0, {})


def test_other_things_are_kept_for_what_they_are() -> None:
    heard = wsd.parse(packet("d:Hello", types="wsdp:Device pub:Computer"), "10.0.0.9")
    assert heard is not None
    assert heard.service == "wsdp:Device"


DEEP = b"<a>" * 200_000
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    "heard",
    [
        b"", b"\x00" * 9000, b"<x/>", DEEP, LAUGHS, b"M-SEARCH * HTTP/1.1\r\n\r\n",
        packet("d:Probe"), packet("d:Bye"), packet(name=""), packet(types=""),
        packet(scopes="x" * 20_000),
    ],
    ids=range(11),
)  # fmt: skip
def test_what_tells_nothing_is_passed_over(heard: bytes) -> None:
    assert wsd.parse(heard, "10.0.0.9") is None


def test_hostile_sizes_are_cut() -> None:
    long = "onvif://www.onvif.org/name/" + "n" * 5000
    heard = wsd.parse(packet(name="urn:uuid:" + "n" * 5000, scopes=long), "10.0.0.9")
    assert heard is not None
    assert len(heard.name) <= 256
    assert all(len(value) <= 512 for value in heard.properties.values())


class Camera(asyncio.DatagramProtocol):
    """Answers every probe for cameras, from the address where it is."""

    def __init__(self, name: str) -> None:
        self._name = name

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if b"Probe>" in data and CAMERA.encode() in data:
            answer = packet(name=self._name, xaddrs="http://127.0.0.78:8000/onvif/device_service")
            with multicast.search_socket("127.0.0.78") as out:
                out.sendto(b"<rubbish", addr)
                out.sendto(answer, addr)


async def hears(name: str, discovery_says: asyncio.Queue[Announcement]) -> Announcement:
    async with asyncio.timeout(10):
        while (heard := await discovery_says.get()).name != name:
            pass
    return heard


async def test_found_on_loopback_by_asking() -> None:
    name = str(uuid.uuid4())
    heard: asyncio.Queue[Announcement] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    sock = multicast.listen_socket(wsd.PORT, ["127.0.0.1"])  # as a camera would
    device, _ = await loop.create_datagram_endpoint(lambda: Camera(name), sock=sock)
    try:
        async with Discovery(None, ["127.0.0.1"], heard.put_nowait) as discovery:
            found = await hears(name, heard)
            assert found in discovery.known
    finally:
        device.close()
    assert (found.source, found.service, found.host, found.port) == (
        "wsd",
        CAMERA,
        "127.0.0.78",
        8000,
    )


async def test_a_hello_is_heard_without_asking() -> None:
    name = str(uuid.uuid4())
    heard: asyncio.Queue[Announcement] = asyncio.Queue()
    async with Discovery(None, ["127.0.0.1"], heard.put_nowait):
        with multicast.search_socket("127.0.0.1") as out:
            hello = packet("d:Hello", name, xaddrs="http://127.0.0.1:8000/")
            out.sendto(hello, (multicast.GROUP, wsd.PORT))
        assert (await hears(name, heard)).port == 8000
