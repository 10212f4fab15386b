"""Answers M-SEARCH for the players (UPnP Device Architecture 1.0, section 1.2.2)."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from devices.virtual.sonos.player import Player

log = logging.getLogger(__name__)

_GROUP, _PORT = "239.255.255.250", 1900
_TARGET = "urn:schemas-upnp-org:device:ZonePlayer:1"
_ANSWERED = frozenset({"ssdp:all", "upnp:rootdevice", _TARGET})


class SsdpResponder(asyncio.DatagramProtocol):
    """Each player answers from its own address, since clients use that and not LOCATION."""

    def __init__(self, players: Sequence[Player], household: str) -> None:
        self._players, self._household = players, household
        self._listener: asyncio.DatagramTransport | None = None
        self._voices: dict[str, asyncio.DatagramTransport] = {}

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        for player in self._players:
            voice, _ = await loop.create_datagram_endpoint(
                asyncio.DatagramProtocol, local_addr=(player.host, 0)
            )
            self._voices[player.uid] = voice
        try:
            self._listener, _ = await loop.create_datagram_endpoint(lambda: self, sock=_multicast())
        except OSError as error:
            log.warning("port %d is taken, so searches go unanswered: %s", _PORT, error)
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        for transport in (self._listener, *self._voices.values()):
            if transport is not None:
                transport.close()
        self._voices.clear()

    def datagram_received(self, data: bytes, addr: tuple[str | object, int]) -> None:
        target = search_target(data)
        if target not in _ANSWERED or not str(addr[0]).startswith("127."):
            return
        for player in self._players:
            if not player.fault.gone:
                self._voices[player.uid].sendto(self._reply(player), addr)

    def _reply(self, player: Player) -> bytes:
        lines = (
            "HTTP/1.1 200 OK",
            "CACHE-CONTROL: max-age = 1800",
            "EXT:",
            f"LOCATION: {player.location}",
            "SERVER: Linux UPnP/1.0 Sonos/83.1-61210 (ZPS18)",
            f"ST: {_TARGET}",
            f"USN: uuid:{player.uid}::{_TARGET}",
            f"X-RINCON-HOUSEHOLD: {self._household}",
            "X-RINCON-BOOTSEQ: 1",
            "", "",
        )  # fmt: skip
        return "\r\n".join(lines).encode()


def search_target(data: bytes) -> str:
    """The ST of an M-SEARCH, or nothing. Line ends may be bare LF: some clients send those."""
    lines = data[:2048].decode("ascii", "replace").splitlines()
    if not lines or not lines[0].startswith("M-SEARCH * HTTP/1.1"):
        return ""
    headers = (line.partition(":") for line in lines[1:])
    return next((v.strip() for k, _, v in headers if k.strip().upper() == "ST"), "")


def _multicast() -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((_GROUP, _PORT))
    membership = socket.inet_aton(_GROUP) + socket.inet_aton("127.0.0.1")
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
    sock.setblocking(False)
    return sock
