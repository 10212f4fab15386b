"""A camera's picture in full size, where what is watched is a small stream."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
from yarl import URL

import devices
from dobby.eyes.frames import CaptureError, Image
from dobby.eyes.pictures import decoded

DEADLINE_S = 8.0
APART = timedelta(seconds=2)  # cameras are slow at stills
FRESH = timedelta(seconds=1)  # an older one shows something else
AT_MOST = 16 * 1024 * 1024  # bytes
SHAPE = 0.03  # how much its width to height may differ: boxes hold for both
NONE = "The camera gives no still."
SCRIPT = Path(devices.__file__).parent / "drivers" / "cameras" / "still.py"
"""By its path, as its driver starts it: its package has all drivers in it, and takes a second."""


@dataclass(frozen=True)
class Still:
    at: datetime
    image: Image


class Stills:
    """One camera's, fetched ahead of need."""

    def __init__(self, address: str) -> None:
        self._address = address  # holds credentials
        self._fetching: asyncio.Task[None] | None = None
        self._asked = datetime.min.replace(tzinfo=UTC)
        self._newest: Still | None = None

    def fetch(self) -> None:
        """Begin to fetch one, unless that was done a moment ago."""
        now = datetime.now(UTC)
        busy = self._fetching is not None and not self._fetching.done()
        if self._address and not busy and now - self._asked >= APART:
            self._asked = now
            self._fetching = asyncio.create_task(self._fetch())

    def fresh(self, at: datetime, shape: tuple[int, ...]) -> Image | None:
        """One that shows what a frame of this time and shape does."""
        still = self._newest
        if still is None or abs(still.at - at) > FRESH:
            return None
        height, width = shape[:2]
        ratio = (still.image.shape[1] / still.image.shape[0]) / (width / height)
        return still.image if abs(ratio - 1) <= SHAPE else None

    async def close(self) -> None:
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    async def _fetch(self) -> None:
        with contextlib.suppress(CaptureError):  # the stream's own picture does
            jpeg = await grab(self._address)
            at = datetime.now(UTC)
            self._newest = Still(at, await asyncio.to_thread(decoded, jpeg))


async def grab(address: str) -> bytes:
    """A JPEG, taken now. Raises CaptureError, without the address."""
    try:
        async with asyncio.timeout(DEADLINE_S):
            if address.startswith(("http://", "https://")):
                return await _by_http(URL(address))
            return await _from_stream(address)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        raise CaptureError(NONE) from None


async def _by_http(url: URL) -> bytes:
    user, password = url.user or "", url.password or ""
    bare = url.with_user(None)
    digest = [aiohttp.DigestAuthMiddleware(user, password)] if user else []
    async with aiohttp.ClientSession(middlewares=digest, auto_decompress=False) as session:
        async with session.get(bare, allow_redirects=False) as answer:
            if answer.status == 200:
                return await _jpeg(answer)
            if answer.status != 401 or not user:
                raise CaptureError(NONE)
        basic = {"Authorization": aiohttp.encode_basic_auth(user, password)}
        async with session.get(bare, headers=basic, allow_redirects=False) as answer:
            if answer.status != 200:
                raise CaptureError(NONE)
            return await _jpeg(answer)


async def _jpeg(answer: aiohttp.ClientResponse) -> bytes:
    """The body, or the first picture of a stream of them."""
    stream = answer.content_type.startswith("multipart/")
    content = bytearray()
    async for part in answer.content.iter_any():
        content += part
        if len(content) > AT_MOST:
            raise CaptureError(NONE)
        start = content.find(b"\xff\xd8") if stream else -1
        end = content.find(b"\xff\xd9", start) if start >= 0 else -1
        if end >= 0:
            return bytes(content[start : end + 2])
    return bytes(content)


async def _from_stream(address: str) -> bytes:
    """By a process of its own: a read that blocks cannot be ended otherwise."""
    async with _child() as child:
        jpeg, _ = await child.communicate(address.encode() + b"\n")
        if child.returncode != 0:
            raise CaptureError(NONE)
        return jpeg


@contextlib.asynccontextmanager
async def _child() -> AsyncGenerator[asyncio.subprocess.Process]:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-P", str(SCRIPT), stdin=PIPE, stdout=PIPE, stderr=DEVNULL
    )
    try:
        yield child
    finally:
        if child.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
            await child.wait()
