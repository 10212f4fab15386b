"""Probes against servers on loopback that behave as badly as a stranger may."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest

from devices.device import Announcement
from devices.discovery import probes

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]

DESCRIPTION = b"""<?xml version="1.0"?>
<root xmlns="urn:schemas-upnp-org:device-1-0"><device>
<friendlyName>Philips hue (127.0.0.1)</friendlyName>
<manufacturer>Signify</manufacturer><modelName>Philips hue bridge 2015</modelName>
</device></root>"""


@contextlib.asynccontextmanager
async def serving(answer: Answer) -> AsyncGenerator[tuple[int, list[str]]]:
    asked: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            asked.append((await reader.readuntil(b"\r\n\r\n")).decode().splitlines()[0])
            await answer(writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], asked


def answering(body: bytes, status: str = "200 OK", headers: str = "") -> Answer:
    async def answer(writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
        writer.write(head.encode() + body)
        await writer.drain()

    return answer


async def test_a_upnp_device_tells_its_name() -> None:
    async with serving(answering(DESCRIPTION)) as (port, asked):
        told = await probes.describe(f"http://127.0.0.1:{port}/description.xml")
    assert told == {
        "friendly_name": "Philips hue (127.0.0.1)",
        "maker": "Signify",
        "model": "Philips hue bridge 2015",
    }
    assert asked == ["GET /description.xml HTTP/1.1"]


BOMB = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><r>&b;</r>'
XXE = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'


@pytest.mark.parametrize(
    "body",
    [BOMB, XXE, b"<a>" * 200_000, b"not xml", b"", b"<root/>", b"x" * 200_000],
    ids=["bomb", "xxe", "deep", "text", "empty", "bare", "long"],
)
async def test_hostile_descriptions_tell_nothing(body: bytes) -> None:
    async with serving(answering(body)) as (port, _):
        assert await probes.describe(f"http://127.0.0.1:{port}/d.xml") == {}


async def test_redirects_are_not_followed() -> None:
    async with serving(answering(DESCRIPTION)) as (elsewhere, asked_elsewhere):
        to = f"Location: http://127.0.0.1:{elsewhere}/d.xml\r\n"
        async with serving(answering(b"", "302 Found", to)) as (port, _):
            assert await probes.describe(f"http://127.0.0.1:{port}/d.xml") == {}
    assert asked_elsewhere == []


async def test_a_slow_drip_meets_the_deadline() -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            writer.write(b"<")
            await writer.drain()
            await asyncio.sleep(0.05)

    async with serving(drip) as (port, _):
        started = time.monotonic()
        with pytest.raises(TimeoutError):
            await probes.fetch(f"http://127.0.0.1:{port}/", deadline_s=0.5)
        assert time.monotonic() - started < 2


async def test_an_endless_body_is_cut() -> None:
    async def pour(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 65536)
            await writer.drain()

    async with serving(pour) as (port, _):
        with pytest.raises(aiohttp.ClientError, match="more than"):
            await probes.fetch(f"http://127.0.0.1:{port}/")


async def test_gzip_is_not_unpacked() -> None:
    packed = gzip.compress(b"\x00" * 20_000_000)
    async with serving(answering(packed, headers="Content-Encoding: gzip\r\n")) as (port, _):
        assert await probes.fetch(f"http://127.0.0.1:{port}/") == packed


def heard(location: str, port: int = 80, source: str = "ssdp") -> Announcement:
    return Announcement(source, "upnp:rootdevice", "x", "10.0.0.9", port, {"location": location})  # type: ignore[arg-type]


def test_only_the_host_that_answered_is_ever_fetched() -> None:
    assert probes.describable(heard("http://10.0.0.9/d.xml")) == "http://10.0.0.9/d.xml"
    assert probes.describable(heard("http://169.254.169.254/d.xml")) == ""
    assert probes.describable(heard("http://10.0.0.9@169.254.169.254/d.xml")) == ""
    assert probes.describable(heard("http://[", 80)) == ""
    assert probes.describable(heard("http://10.0.0.9/d.xml", port=0)) == ""
    assert probes.describable(heard("http://10.0.0.9/d.xml", source="mdns")) == ""


def test_neighbours_are_read_and_never_asked(tmp_path: Path) -> None:
    table = tmp_path / "arp"
    table.write_text(
        "IP address       HW type     Flags       HW address            Mask     Device\n"
        "192.168.1.7      0x1         0x2         00:17:88:aa:bb:cc     *        eth0\n"
        "192.168.1.8      0x1         0x0         00:00:00:00:00:00     *        eth0\n"
        "rubbish\n"
        "192.168.1.9      0x1         zz          00:17:88:aa:bb:cd     *        eth0\n"
    )
    assert probes.neighbours(table) == [probes.Neighbour("192.168.1.7", "00:17:88:aa:bb:cc")]
    assert probes.neighbours(tmp_path / "none") == []


async def test_a_silent_neighbour_is_told_by_its_ports() -> None:
    async with serving(answering(b"")) as (port, asked):
        told = await probes.probe(probes.Neighbour("127.0.0.1", "00:17:88:aa:bb:cc"), [port, 1])
    assert told is not None
    assert (told.source, told.host, told.port) == ("probe", "127.0.0.1", port)
    assert told.properties["mac"] == "00:17:88:aa:bb:cc"
    assert asked == []  # a connect says enough
    assert await probes.probe(probes.Neighbour("127.0.0.1", "x"), [1]) is None
