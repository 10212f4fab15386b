"""One multicast group, two protocols in it: ask, and hear what is answered or said unasked."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from devices.device import Announcement

log = logging.getLogger(__name__)

GROUP = "239.255.255.250"
TTL = 4


@dataclass(frozen=True)
class Language:
    """A discovery protocol: what is asked, and what a packet from an address says, if anything."""

    name: str
    port: int
    questions: Callable[[], Iterable[bytes]]
    parse: Callable[[bytes, str], Announcement | None]


class Searcher:
    """Searches on the given local addresses when told to, and hears who announces itself."""

    def __init__(
        self,
        language: Language,
        addresses: Sequence[str],
        hear: Callable[[Announcement], None],
    ) -> None:
        self._language = language
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
            if transport := await self._open(lambda address=address: search_socket(address)):
                self._searching.append(transport)
        await self._open(lambda: listen_socket(self._language.port, addresses))

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
        except OSError as error:  # no multicast on this interface, or the port kept by another
            log.info("%s hears less than it could: %s", self._language.name, error)
            return None
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(
            lambda: _Ears(self._language, self._hear), sock=sock
        )
        self._stack.callback(transport.close)
        return transport

    def search(self) -> None:
        """Ask everyone, once. UDP is lossy: who wants to be sure asks again."""
        for transport in self._searching:
            for question in self._language.questions():
                transport.sendto(question, (GROUP, self._language.port))


class _Ears(asyncio.DatagramProtocol):
    def __init__(self, language: Language, hear: Callable[[Announcement], None]) -> None:
        self._language = language
        self._hear = hear

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if heard := self._language.parse(data, addr[0]):
            self._hear(heard)

    def error_received(self, exc: Exception) -> None:
        # An interface went down, say; the next search tries again.
        log.debug("%s: %s", self._language.name, exc)


def search_socket(address: str) -> socket.socket:
    """One to ask from, and to hear the answers on."""
    with _socket() as sock:
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, TTL)
        sock.bind((address, 0))
    return sock


def listen_socket(port: int, addresses: Sequence[str]) -> socket.socket:
    """One that hears what is said to the group by way of these addresses."""
    with _socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "SO_REUSEPORT"):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        sock.bind((GROUP, port))  # to the group: unicast to the port is for others on this host
        for address in addresses:
            membership = socket.inet_aton(GROUP) + socket.inet_aton(address)
            try:
                sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
            except OSError as error:
                log.info("Nothing is heard on port %s by way of %s: %s", port, address, error)
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
