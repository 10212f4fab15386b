"""SSDP (UPnP Device Architecture 2.0, section 1): active search and passive listening.

Where an answer came *from* is where the device is. Its LOCATION is kept as data, and only its port
is believed, when it names the very host that answered.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from devices.device import Announcement
from devices.discovery.limits import MAX_VALUE, cap, cap_properties
from devices.discovery.multicast import GROUP, Language

PORT = 1900
MAX_WAIT_S = 2  # MX: within this time a device answers, at a moment it draws by lot
MAX_PACKET = 8192

ROOT_DEVICE = "upnp:rootdevice"
SEARCH_TARGETS = (
    "ssdp:all",
    ROOT_DEVICE,
    "urn:schemas-upnp-org:device:basic:1",  # Hue bridges
    "urn:schemas-upnp-org:device:ZonePlayer:1",  # Sonos
    "urn:schemas-upnp-org:device:MediaRenderer:1",
    "urn:dial-multiscreen-org:service:dial:1",  # televisions
    "roku:ecp",
    "urn:schemas-tagyoureit-org:device:PoolController:1",
)


_VOLATILE = frozenset(
    {
        "01-nls", "bootid.upnp.org", "cache-control", "configid.upnp.org", "date", "ext", "host",
        "nextbootid.upnp.org", "nt", "nts", "opt", "searchport.upnp.org", "st", "x-rincon-bootseq",
    }
)  # fmt: skip
"""Headers that change between two answers of one device, or say nothing about it."""


def parse(packet: bytes, host: str) -> Announcement | None:
    """What a search answer or a NOTIFY ssdp:alive says; None for all else, malformed included.

    ``host`` is the address that the packet came from. ``name`` is the device's UUID where it has
    given one.
    """
    lines = packet[:MAX_PACKET].decode("utf-8", "replace").splitlines()
    if not lines:
        return None
    headers = _headers(lines[1:])
    if lines[0].startswith("HTTP/1.") and " 200" in lines[0]:
        target = headers.get("st", "")
    elif lines[0].startswith("NOTIFY ") and headers.get("nts") == "ssdp:alive":
        target = headers.get("nt", "")
    else:
        return None
    usn = headers.get("usn", "")
    name = usn.removeprefix("uuid:").partition("::")[0] or host
    if not target or _is_detail(target):
        return None
    return Announcement(
        source="ssdp",
        service=cap(target),
        name=cap(name),
        host=host,
        port=_port_at(host, headers.get("location", "")),
        properties=cap_properties({k: v for k, v in headers.items() if k not in _VOLATILE}),
    )


def _headers(lines: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        key, colon, value = line.partition(":")
        if colon:
            found.setdefault(key.strip().lower(), cap(value.strip(), MAX_VALUE))
    return found


def _is_detail(target: str) -> bool:
    """A device's own UUID or one of its services, which say nothing that its type does not."""
    return target.startswith(("uuid:", "urn:schemas-upnp-org:service:"))


def _port_at(host: str, location: str) -> int:
    """The port in a LOCATION at that host; 0 where it points elsewhere or at nothing."""
    try:
        url = urlsplit(location)
        port = url.port or 80
    except ValueError:
        return 0
    return port if url.scheme == "http" and url.hostname == host else 0


def _questions() -> Iterable[bytes]:
    for target in SEARCH_TARGETS:
        yield (
            "M-SEARCH * HTTP/1.1\r\n"
            f"HOST: {GROUP}:{PORT}\r\n"
            'MAN: "ssdp:discover"\r\n'
            f"MX: {MAX_WAIT_S}\r\n"
            f"ST: {target}\r\n\r\n"
        ).encode("ascii")


SSDP = Language("SSDP", PORT, _questions, parse)
