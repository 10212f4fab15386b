"""SSDP (UPnP Device Architecture 2.0, section 1): active search and passive listening.

Where an answer came *from* is where the device is. Its LOCATION is kept as data, and only its port
is believed, when it names the very host that answered.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from devices.device import Announcement
from devices.discovery.limits import MAX_VALUE, cap, cap_properties

log = logging.getLogger(__name__)

GROUP, PORT = "239.255.255.250", 1900
TTL = 4
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


class Ssdp:
    """Searches on the given local addresses when told to, and hears who announces itself."""

    def __init__(self, addresses: Sequence[str], hear: Callable[[Announcement], None]) -> None:
        self._addresses = addresses
        self._hear = hear
        self._searching: list[asyncio.DatagramTransport] = []
        self._stack = ExitStack()

    async def __aenter__(self) -> Self:
        await self.move(self._addresses)
        return self

    async def move(self, addresses: Sequence[str]) -> None:
        """From now on search and hear by way of these local addresses."""
        self._stack.close()
        self._searching.clear()
        self._addresses = addresses
        for address in addresses:
            if transport := await self._open(lambda address=address: _search_socket(address)):
                self._searching.append(transport)
        await self._open(lambda: _listen_socket(addresses))

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self._stack.close()

    async def _open(self, make: Callable[[], socket.socket]) -> asyncio.DatagramTransport | None:
        try:
            sock = make()
        except OSError as error:  # no multicast on this interface, or port 1900 kept by another
            log.info("SSDP hears less than it could: %s", error)
            return None
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(lambda: _Ears(self._hear), sock=sock)
        self._stack.callback(transport.close)
        return transport

    def search(self) -> None:
        """Ask everyone, once. UDP is lossy: who wants to be sure asks again."""
        for transport in self._searching:
            for target in SEARCH_TARGETS:
                transport.sendto(_question(target), (GROUP, PORT))


class _Ears(asyncio.DatagramProtocol):
    def __init__(self, hear: Callable[[Announcement], None]) -> None:
        self._hear = hear

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if heard := parse(data, addr[0]):
            self._hear(heard)

    def error_received(self, exc: Exception) -> None:
        log.debug("SSDP: %s", exc)  # an interface went down, say; the next search tries again


def _question(target: str) -> bytes:
    return (
        "M-SEARCH * HTTP/1.1\r\n"
        f"HOST: {GROUP}:{PORT}\r\n"
        'MAN: "ssdp:discover"\r\n'
        f"MX: {MAX_WAIT_S}\r\n"
        f"ST: {target}\r\n\r\n"
    ).encode("ascii")


def _search_socket(address: str) -> socket.socket:
    with _socket() as sock:
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, TTL)
        sock.bind((address, 0))
    return sock


def _listen_socket(addresses: Sequence[str]) -> socket.socket:
    with _socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "SO_REUSEPORT"):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        sock.bind((GROUP, PORT))  # to the group: unicast to 1900 is for others on this host
        for address in addresses:
            membership = socket.inet_aton(GROUP) + socket.inet_aton(address)
            try:
                sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
            except OSError as error:
                log.info("No SSDP announcements by way of %s: %s", address, error)
    return sock


@contextmanager
def _socket() -> Generator[socket.socket]:
    """A datagram socket, closed again if setting it up fails."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        sock.setblocking(False)
        yield sock
    except OSError:
        sock.close()
        raise
