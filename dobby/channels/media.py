"""Fetching what strangers point at, without becoming their way into the house.

Only HTTPS, only public addresses, each hop looked at anew and connected to at the very address
that was checked; no credentials beyond the first host, no compression, a cap and a deadline.
"""

from __future__ import annotations

import asyncio
import os
import socket
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from pathlib import Path
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

LARGEST = 16 * 1024 * 1024
DEADLINE_S = 30.0
HOPS = 3
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "audio/ogg": ".ogg",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/amr": ".amr",
    "video/mp4": ".mp4",
    "application/pdf": ".pdf",
}


class MediaError(Exception):
    """Not fetched, or not stored; the message says why."""


@dataclass(frozen=True)
class Fetched:
    content: bytes
    content_type: str


class Fetcher:
    """Gets files that a provider's message points at.

    ``home`` is the provider's own origin: asked first, with the ``authorization`` header, and
    allowed to be on any address, since the owner named it. ``also`` are other origins that may be
    on any address, without that header.
    """

    def __init__(
        self, home: str, authorization: str, also: Iterable[str] = (), cap: int = LARGEST
    ) -> None:
        self._home = URL(home).origin()
        self._named = {self._home, *(URL(origin).origin() for origin in also)}
        self._authorization = authorization
        self._cap = cap

    async def __aenter__(self) -> Self:
        # One connection per request: a kept one could have been checked for another name.
        connector = aiohttp.TCPConnector(
            resolver=_PublicOnly({(origin.host, origin.port) for origin in self._named}),
            use_dns_cache=False,
            force_close=True,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            headers={"Accept-Encoding": "identity"},
        )
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def fetch(self, url: str, deadline_s: float = DEADLINE_S) -> Fetched:
        """The file. Raises MediaError."""
        try:
            async with asyncio.timeout(deadline_s):
                return await self._follow(URL(url))
        except TimeoutError as error:
            raise MediaError("it took too long") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise MediaError(f"it could not be fetched ({type(error).__name__})") from error

    async def _follow(self, url: URL) -> Fetched:
        if url.origin() != self._home:
            raise MediaError("it is not with the provider")
        for _ in range(HOPS + 1):
            self._check(url)
            known = {"Authorization": self._authorization} if url.origin() == self._home else {}
            async with self._session.get(url, headers=known, allow_redirects=False) as response:
                if response.status in _REDIRECTS:
                    url = url.join(URL(response.headers.get("Location", "")))
                    continue
                if response.status != 200:
                    raise MediaError(f"the provider answered {response.status}")
                return Fetched(await self._body(response), response.content_type)
        raise MediaError("too many redirects")

    def _check(self, url: URL) -> None:
        if url.user or url.password:
            raise MediaError("an address with credentials in it")
        if url.origin() in self._named:
            return
        if url.scheme != "https":
            raise MediaError("it is not at an HTTPS address")
        with suppress(ValueError):  # a name: looked at when it is resolved
            if not is_public(ip_address(url.host or "")):
                raise MediaError("its address is not public")

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise MediaError("it is compressed, though asked not to be")
        content = bytearray()
        async for chunk in response.content.iter_chunked(65536):
            content += chunk
            if len(content) > self._cap:
                raise MediaError(f"it is larger than {self._cap // 1024**2} MB")
        return bytes(content)


class _PublicOnly(AbstractResolver):
    """Names resolve to public addresses or not at all; what it returns is what is connected to."""

    def __init__(self, named: set[tuple[str | None, int | None]]) -> None:
        self._named = named
        self._inner = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        if (host, port) in self._named:
            return found
        if not found or not all(is_public(ip_address(one["host"])) for one in found):
            raise OSError("not a public address")
        return found

    async def close(self) -> None:
        await self._inner.close()


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address leads out to the internet; looks through addresses within addresses."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address.teredo:
            inner = address.teredo[1]
        if any(address in net for net in _NAT64):
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not (address.is_multicast or address.is_reserved)


def store(folder: Path, name: str, fetched: Fetched) -> Path:
    """Keep a file where only the owner reads it; the same name replaces. Blocks.

    Raises MediaError. ``name`` is ours, never a sender's.
    """
    path = folder / (name + _ENDINGS.get(fetched.content_type, ".bin"))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh, temporary = tempfile.mkstemp(dir=folder)  # 0600 by its contract
        with os.fdopen(fresh, "wb") as file:
            file.write(fetched.content)
        os.replace(temporary, path)
    except OSError as error:
        raise MediaError(f"it could not be stored: {error.strerror}") from error
    return path
