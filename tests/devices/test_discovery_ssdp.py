"""SSDP: what is believed of a packet, and that nothing on the LAN can make the ears fall off."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

import pytest

from devices.device import Announcement
from devices.discovery import Discovery, may_be_at, multicast, ssdp

ZONE = "urn:schemas-upnp-org:device:ZonePlayer:1"
RECORDED_POOL = Path(__file__).parents[3] / "shared/recordings/pool/session.json"


def answer(**headers: str) -> bytes:
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 200 OK\r\n{lines}\r\n".encode()


def test_answer_is_told_with_the_address_it_came_from() -> None:
    packet = answer(
        ST=ZONE,
        USN="uuid:RINCON_1::" + ZONE,
        LOCATION="http://127.0.0.11:1400/xml/device_description.xml",
        SERVER="Linux UPnP/1.0 Sonos/80.1",
        DATE="Fri, 20 Nov 2026 10:31:17 GMT",
    )
    heard = ssdp.parse(packet, "127.0.0.11")
    assert heard == Announcement(
        "ssdp", ZONE, "RINCON_1", "127.0.0.11", 1400,
        {
            "usn": "uuid:RINCON_1::" + ZONE,
            "location": "http://127.0.0.11:1400/xml/device_description.xml",
            "server": "Linux UPnP/1.0 Sonos/80.1",
        },
    )  # fmt: skip


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://evil.example:80/d.xml",
        "https://10.0.0.9/d.xml",
        "http://10.0.0.9@evil.example/d.xml",
        "http://[::1/d.xml",
        "http://10.0.0.9:99999/d.xml",
        "file:///etc/passwd",
        "",
    ],
)
def test_a_location_elsewhere_is_data_and_no_address(location: str) -> None:
    heard = ssdp.parse(answer(ST=ZONE, USN="uuid:1", LOCATION=location), "10.0.0.9")
    assert heard is not None
    assert (heard.host, heard.port) == ("10.0.0.9", 0)
    assert heard.properties.get("location", "") == location


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"\r\n\r\n",
        b"\xff\xfe\x00\x01" * 200,
        b"HTTP/1.1 404 Not Found\r\nST: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"M-SEARCH * HTTP/1.1\r\nST: ssdp:all\r\n\r\n",
        b"NOTIFY * HTTP/1.1\r\nNT: " + ZONE.encode() + b"\r\nNTS: ssdp:byebye\r\n\r\n",
        answer(ST="uuid:RINCON_1", USN="uuid:RINCON_1"),
        answer(ST="urn:schemas-upnp-org:service:AVTransport:1", USN="uuid:1"),
        b"NOTIFY",
    ],
)
def test_what_tells_nothing_is_passed_over(packet: bytes) -> None:
    assert ssdp.parse(packet, "10.0.0.9") is None


def test_hostile_sizes_are_cut() -> None:
    many = {f"X_{n}": "y" for n in range(500)}
    heard = ssdp.parse(answer(ST=ZONE, USN="uuid:" + "n" * 10_000, SERVER="s" * 5_000), "10.0.0.9")
    assert heard is not None
    assert len(heard.name) <= 256
    assert all(len(v) <= 512 for v in heard.properties.values())
    heard = ssdp.parse(answer(ST=ZONE, USN="uuid:1", **many), "10.0.0.9")
    assert heard is not None
    assert len(heard.properties) <= 48


def test_recorded_pool_controller() -> None:
    if not RECORDED_POOL.exists():
        pytest.skip("no recordings beside the checkout")
    packets = [
        text for text in _strings(json.loads(RECORDED_POOL.read_text())) if "PoolController" in text
    ]
    heard = [h for p in packets if (h := ssdp.parse(p.encode(), "10.67.0.14"))]
    assert {(h.service, h.port) for h in heard} == {
        ("urn:schemas-tagyoureit-org:device:PoolController:1", 4200)
    }


def _strings(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [s for v in value.values() for s in _strings(v)]
        case list():
            return [s for v in value for s in _strings(v)]
        case _:
            return []


class Responder(asyncio.DatagramProtocol):
    """Answers every search from an address of its own, after some rubbish."""

    def __init__(self, packets: list[bytes], source: str) -> None:
        self._packets, self._source = packets, source

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if data.startswith(b"M-SEARCH") and b"ssdp:all" in data:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
                out.bind((self._source, 0))
                for packet in self._packets:
                    out.sendto(packet, addr)


async def listen_as_device(packets: list[bytes], source: str) -> asyncio.DatagramTransport:
    sock = multicast.listen_socket(
        ssdp.PORT, ["127.0.0.1"]
    )  # the group is joined on loopback, as a device would
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(
        lambda: Responder(packets, source), sock=sock
    )
    return transport


async def test_found_on_loopback_past_malformed_packets() -> None:
    usn = "uuid:DOBBY_TEST_ZP::" + ZONE
    packets = [
        b"\x00" * 9000,
        answer(ST=ZONE, USN="uuid:DOBBY_TEST_EVIL\x0b\u202egnp", SERVER="x" * 8000),
        answer(ST=ZONE, USN=usn, LOCATION="http://127.0.0.77:1400/d.xml"),
    ]
    device = await listen_as_device(packets, "127.0.0.77")
    found = asyncio.Event()
    heard: list[Announcement] = []

    def hear(announcement: Announcement) -> None:
        heard.append(announcement)
        if announcement.name == "DOBBY_TEST_ZP":
            found.set()

    try:
        async with Discovery(None, ["127.0.0.1"], hear), asyncio.timeout(5):
            await found.wait()
    finally:
        device.close()
    ours = next(h for h in heard if h.name == "DOBBY_TEST_ZP")
    assert (ours.host, ours.port, ours.service) == ("127.0.0.77", 1400, ZONE)
    assert all(len(h.name) <= 256 for h in heard)


async def test_notify_is_heard_without_a_search_being_answered() -> None:
    notify = (
        "NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nNTS: ssdp:alive\r\n"
        f"NT: {ZONE}\r\nUSN: uuid:DOBBY_TEST_NOTIFY::{ZONE}\r\n"
        "LOCATION: http://127.0.0.1:1400/d.xml\r\n\r\n"
    ).encode()
    found = asyncio.Event()

    def hear(announcement: Announcement) -> None:
        if announcement.name == "DOBBY_TEST_NOTIFY":
            found.set()

    async with Discovery(None, ["127.0.0.1"], hear), asyncio.timeout(5):
        with multicast.search_socket("127.0.0.1") as out:
            out.sendto(notify, (multicast.GROUP, ssdp.PORT))
        await found.wait()


@pytest.mark.parametrize(
    ("host", "on_lan", "on_loopback"),
    [
        ("192.168.1.7", True, False),
        ("fe80::1%3", True, False),
        ("2001:db8::7", True, False),
        ("127.0.0.11", False, True),
        ("::1", False, True),
        ("::ffff:127.0.0.1", False, True),
        ("0.0.0.0", False, False),
        ("::", False, False),
        ("239.255.255.250", False, False),
        ("evil.example", False, False),
    ],
)
def test_nobody_on_the_lan_points_us_at_ourselves(host, on_lan, on_loopback) -> None:
    assert may_be_at(host, ["192.168.1.2"]) is on_lan
    assert may_be_at(host, ["127.0.0.1"]) is on_loopback
    assert not may_be_at(host, [])


def zone(n: int) -> Announcement:
    return Announcement("ssdp", ZONE, f"zone {n}", "127.0.0.99", 0)


def test_a_flood_pushes_out_the_oldest_and_makes_nobody_deaf(monkeypatch) -> None:
    monkeypatch.setattr("devices.discovery.MAX_KNOWN", 3)
    told: list[Announcement] = []
    discovery = Discovery(None, ["127.0.0.1"], told.append)
    for n in range(10):
        discovery._on_heard(zone(n))
        discovery._on_heard(zone(0))  # who keeps speaking is kept
    assert [a.name for a in discovery.known] == ["zone 8", "zone 9", "zone 0"]
    assert told == [zone(n) for n in range(10)]  # each once


def test_what_has_long_been_silent_is_no_longer_there(monkeypatch) -> None:
    discovery = Discovery(None, ["127.0.0.1"])
    discovery._on_heard(zone(1))
    assert discovery.known == [zone(1)]
    monkeypatch.setattr("devices.discovery.SILENT_S", 0)
    assert discovery.known == []


def test_the_same_is_told_again_after_a_while(monkeypatch) -> None:
    monkeypatch.setattr("devices.discovery.REPEAT_S", 0)
    told: list[Announcement] = []
    discovery = Discovery(None, ["127.0.0.1"], told.append)
    discovery._on_heard(zone(1))
    discovery._on_heard(zone(1))
    assert told == [zone(1), zone(1)]


@pytest.mark.skipif(
    not (shutil.which("unshare") and shutil.which("ip")), reason="needs unshare, ip"
)
async def test_a_network_that_comes_after_the_start_is_searched() -> None:
    allowed = await asyncio.create_subprocess_exec("unshare", "-rn", "ip", "link", stdout=DEVNULL)
    if await allowed.wait() != 0:
        pytest.skip("this machine lets nobody make a network namespace")
    script = Path(__file__).with_name("late_network.py")
    running = await asyncio.create_subprocess_exec(
        "unshare", "-rn", sys.executable, str(script), stdout=PIPE, stderr=PIPE
    )
    said, errors = await running.communicate()
    assert said == b"heard all\n", errors.decode()
