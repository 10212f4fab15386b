"""Files that somebody publishes, which are known before: fetched whole, as they are known, or not
at all."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from devices import untrusted_http

log = logging.getLogger(__name__)


class NotFetched(Exception):
    """The message says why."""


@dataclass(frozen=True)
class Published:
    """A file as its publisher has it: nothing else that comes from there is kept."""

    url: str
    sha256: str
    at_most: int  # bytes


async def fetch(published: Published, path: Path, deadline_s: float) -> None:
    """To that path. Raises NotFetched."""
    log.info("fetching %s, once", published.url)
    try:
        async with asyncio.timeout(deadline_s):
            content = await _download(published)
        await asyncio.to_thread(_keep, content, path)
    except TimeoutError as error:
        raise NotFetched("it took too long") from error
    except (aiohttp.ClientError, OSError) as error:
        raise NotFetched(str(error) or type(error).__name__) from error


async def _download(published: Published) -> bytes:
    limits = aiohttp.ClientTimeout(total=None, sock_connect=20)
    async with (
        aiohttp.ClientSession(timeout=limits, auto_decompress=False, trust_env=True) as session,
        session.get(published.url, headers={"Accept-Encoding": "identity"}) as answer,
    ):
        answer.raise_for_status()
        content = await untrusted_http.body_of(answer, published.at_most)
    if hashlib.sha256(content).hexdigest() != published.sha256:
        raise aiohttp.ClientPayloadError("what came is not what was published")
    return content


def _keep(content: bytes, path: Path) -> None:
    """Durably; a kill or a full disk leaves nothing under that name."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except OSError:
        os.unlink(name)
        raise
