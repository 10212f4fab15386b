"""Light probes that put a name on an unknown thing: at most a few TCP connects and one GET each.

Nothing here guesses a password, follows a redirect, or talks to a host that did not speak first or
stand in the neighbour table.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import aiohttp

from devices import untrusted_http, untrusted_xml
from devices.device import Announcement, clean_name
from devices.discovery.limits import cap

ARP_TABLE = Path("/proc/net/arp")  # Linux; elsewhere there are no neighbours to tell
PORTS = {
    80: "http", 443: "https", 554: "rtsp", 1400: "sonos", 1883: "mqtt", 4200: "pool",
    4257: "spa", 5580: "matter server", 6053: "esphome", 8009: "cast", 8123: "home assistant",
    9123: "elgato",
}  # fmt: skip
"""What usually listens there, as a label."""

CONNECT_S = 0.8
FETCH_S = 3.0
MAX_BYTES = 128 * 1024
_UPNP = "{urn:schemas-upnp-org:device-1-0}"
_TITLE = re.compile(r"<title[^>]*>([^<]{1,512})", re.IGNORECASE)


@dataclass(frozen=True)
class Neighbour:
    """A host that this machine's kernel has talked to lately."""

    host: str
    mac: str


def neighbours(table: Path = ARP_TABLE) -> list[Neighbour]:
    """The kernel's neighbour table, as it stands: nothing is sent. Empty where there is none."""
    try:
        rows = [line.split() for line in table.read_text(encoding="ascii").splitlines()[1:]]
    except (OSError, UnicodeDecodeError):
        return []
    complete = 0x2
    return [
        Neighbour(row[0], row[3])
        for row in rows
        if len(row) >= 6 and _number(row[2]) & complete and row[3] != "00:00:00:00:00:00"
    ]


def _number(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        return 0


async def fetch(url: str, *, deadline_s: float = FETCH_S, max_bytes: int = MAX_BYTES) -> bytes:
    """One GET: no redirect, no decompression, no environment proxy, cut at ``max_bytes``.

    Raises OSError, which TimeoutError is one of, or aiohttp.ClientError.
    """
    timeout = aiohttp.ClientTimeout(total=deadline_s)
    async with (
        untrusted_http.session(timeout=timeout) as session,
        session.get(url, allow_redirects=False) as response,
    ):
        if response.status != 200:
            raise OSError(f"HTTP {response.status}")
        return await untrusted_http.body_of(response, max_bytes)


def describable(heard: Announcement) -> str:
    """The address of a UPnP description that may be fetched: at the host that answered, or ""."""
    location = heard.properties.get("location", "") if heard.source == "ssdp" else ""
    with contextlib.suppress(ValueError):
        if heard.port and urlsplit(location).hostname == heard.host:
            return location
    return ""


async def describe(location: str) -> dict[str, str]:
    """What a UPnP device calls itself: ``friendly_name``, ``maker``, ``model``, where given.

    Empty when it does not answer, or answers what no honest device would.
    """
    try:
        root = untrusted_xml.parse(await fetch(location))
    except (OSError, aiohttp.ClientError, untrusted_xml.UntrustedXml):
        return {}
    device = root.find(f"{_UPNP}device")
    if device is None:
        return {}
    told = {
        "friendly_name": _text(device, "friendlyName"),
        "maker": _text(device, "manufacturer"),
        "model": _text(device, "modelName"),
    }
    return {key: value for key, value in told.items() if value}


def _text(device: Element, tag: str) -> str:
    return cap((device.findtext(f"{_UPNP}{tag}") or "").strip())


async def open_ports(host: str, ports: Sequence[int] = tuple(PORTS)) -> list[int]:
    """Which of a handful of TCP ports answer."""

    async def answers(port: int) -> bool:
        try:
            async with asyncio.timeout(CONNECT_S):
                _, writer = await asyncio.open_connection(host, port)
        except OSError:
            return False
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        return True

    found = await asyncio.gather(*(answers(port) for port in ports))
    return [port for port, there in zip(ports, found, strict=True) if there]


async def probe(neighbour: Neighbour, ports: Sequence[int] = tuple(PORTS)) -> Announcement | None:
    """What a silent neighbour can be told by: open ports and the title of its web page, if any.

    None when nothing answers.
    """
    found = await open_ports(neighbour.host, ports)
    if not found:
        return None
    labels = ", ".join(PORTS.get(port, str(port)) for port in found)
    properties = {"mac": neighbour.mac, "ports": labels}
    if 80 in found and (title := await _title(neighbour.host, 80)):
        properties["friendly_name"] = title
    return Announcement("probe", "tcp", neighbour.mac, neighbour.host, found[0], properties)


async def _title(host: str, port: int) -> str:
    try:
        page = await fetch(f"http://{host}:{port}/")
    except (OSError, aiohttp.ClientError):
        return ""
    match = _TITLE.search(page.decode("utf-8", "replace"))
    return clean_name(unescape(match[1])) if match else ""
