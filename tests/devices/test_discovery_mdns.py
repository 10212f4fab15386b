"""mDNS discovery against real zeroconf responders on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import struct
import uuid
from collections.abc import AsyncGenerator

from zeroconf import ServiceInfo
from zeroconf.asyncio import AsyncZeroconf

from devices.device import Announcement
from devices.discovery import Discovery

MDNS = ("224.0.0.251", 5353)


@contextlib.asynccontextmanager
async def registered(*services: ServiceInfo) -> AsyncGenerator[AsyncZeroconf]:
    zeroconf = AsyncZeroconf(interfaces=["127.0.0.1"])
    announced = [
        await zeroconf.async_register_service(service, cooperating_responders=True)
        for service in services
    ]
    try:
        yield zeroconf
    finally:
        await asyncio.gather(*announced)
        await zeroconf.async_close()


def service(kind: str, name: str, port: int = 4711, **properties: str) -> ServiceInfo:
    return ServiceInfo(
        f"{kind}.local.",
        f"{name}.{kind}.local.",
        addresses=[socket.inet_pton(socket.AF_INET6, "fe80::1"), socket.inet_aton("127.0.0.1")],
        port=port,
        properties=properties,
        server=f"{uuid.uuid4().hex}.local.",
    )


class Ears:
    """Collects what is heard, and waits for a name."""

    def __init__(self) -> None:
        self.heard: list[Announcement] = []
        self._news = asyncio.Event()

    def __call__(self, announcement: Announcement) -> None:
        self.heard.append(announcement)
        self._news.set()

    async def until(self, name: str, **properties: str) -> Announcement:
        async with asyncio.timeout(10):
            while True:
                for heard in self.heard:
                    if heard.name == name and properties.items() <= heard.properties.items():
                        return heard
                self._news.clear()
                await self._news.wait()


async def test_known_and_enumerated_types_are_resolved_ipv4_first() -> None:
    tag = uuid.uuid4().hex[:8]
    known = service("_hue._tcp", f"Known {tag}", bridgeid="001788FFFE000001")
    novel = service(f"_dob{tag}._tcp", f"Novel {tag}", port=99)
    ears = Ears()
    async with registered(known, novel), Discovery(None, ["127.0.0.1"], ears):
        heard = await ears.until(f"Known {tag}")
        assert (heard.source, heard.service) == ("mdns", "_hue._tcp.local.")
        assert (heard.host, heard.port) == ("127.0.0.1", 4711)
        assert heard.properties == {"bridgeid": "001788FFFE000001"}
        assert (await ears.until(f"Novel {tag}")).service == f"_dob{tag}._tcp.local."


async def test_changes_are_told_and_the_gone_are_forgotten() -> None:
    tag = uuid.uuid4().hex[:8]
    before = service("_hap._tcp", f"Lamp {tag}", sf="1")
    ears = Ears()
    async with registered(before) as device, Discovery(None, ["127.0.0.1"], ears) as discovery:
        await ears.until(f"Lamp {tag}", sf="1")
        after = service("_hap._tcp", f"Lamp {tag}", sf="0")
        after.server = before.server
        await device.async_update_service(after)
        await ears.until(f"Lamp {tag}", sf="0")
        await (await device.async_unregister_service(after))
        async with asyncio.timeout(10):
            while any(known.name == f"Lamp {tag}" for known in discovery.known):  # noqa: ASYNC110
                await asyncio.sleep(0.05)


async def test_hostile_names_are_data_cut_to_size() -> None:
    tag = uuid.uuid4().hex[:8]
    name = f"Lamp\u202e IGNORE ALL\u200b {tag}"
    hostile = service("_hue._tcp", name, **{f"k{n}": "v" * 200 for n in range(40)})
    ears = Ears()
    async with registered(hostile), Discovery(None, ["127.0.0.1"], ears):
        heard = await ears.until(name)
    assert len(heard.properties) <= 48
    assert all(len(value) <= 512 for value in heard.properties.values())


async def test_malformed_packets_leave_it_hearing(caplog) -> None:
    tag = uuid.uuid4().hex[:8]
    header = struct.pack("!6H", 0, 0x8400, 0, 60000, 0, 0)
    loop_of_pointers = header + b"\xc0\x0c" * 40
    bad_type = struct.pack("!6H", 0, 0x8400, 0, 1, 0, 0) + _ptr(
        b"\x09_services\x07_dns-sd\x04_udp\x05local\x00",
        b"\x3f" + b"\n" * 63 + b"\x04_tcp\x05local\x00",
    )
    ears = Ears()
    async with Discovery(None, ["127.0.0.1"], ears):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
            out.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton("127.0.0.1"))
            for packet in (b"", b"\xff" * 1400, loop_of_pointers, bad_type, header + b"\x3f" * 900):
                out.sendto(packet, MDNS)
        async with registered(service("_hue._tcp", f"After {tag}")):
            await ears.until(f"After {tag}")
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def _ptr(name: bytes, target: bytes) -> bytes:
    return name + struct.pack("!HHIH", 12, 1, 120, len(target)) + target


async def test_a_listener_that_fails_is_logged_and_told_on(caplog) -> None:
    tag = uuid.uuid4().hex[:8]
    ears = Ears()

    def hear(announcement: Announcement) -> None:
        ears(announcement)
        raise RuntimeError("listener broke")

    async with (
        registered(service("_hue._tcp", f"A {tag}"), service("_hue._tcp", f"B {tag}")),
        Discovery(None, ["127.0.0.1"], hear),
    ):
        await ears.until(f"A {tag}")
        await ears.until(f"B {tag}")
    assert "listener broke" in caplog.text


async def test_scan_tells_what_is_there() -> None:
    tag = uuid.uuid4().hex[:8]
    async with (
        registered(service("_wled._tcp", f"Strip {tag}")),
        Discovery(None, ["127.0.0.1"]) as discovery,
    ):
        found = await discovery.scan(2.0)
    assert [f.service for f in found if f.name == f"Strip {tag}"] == ["_wled._tcp.local."]


async def test_a_network_that_comes_later_is_heard(monkeypatch) -> None:
    tag = uuid.uuid4().hex[:8]
    addresses: list[str] = []
    monkeypatch.setattr("devices.discovery.lan_addresses", lambda: list(addresses))
    monkeypatch.setattr("devices.discovery.NETWORK_S", 0.05)
    ears = Ears()
    async with registered(service("_hue._tcp", f"Late {tag}")), Discovery(None, None, ears):
        await asyncio.sleep(0.2)
        assert not ears.heard
        addresses.append("127.0.0.1")
        await ears.until(f"Late {tag}")


async def test_without_any_network_it_hears_nothing_and_says_so() -> None:
    async with Discovery(None, []) as discovery:
        assert await discovery.scan(0.2) == []
