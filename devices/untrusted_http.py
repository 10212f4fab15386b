"""Answers from strangers over HTTP: cut at a size, and never unfolded."""

from __future__ import annotations

import aiohttp

MAX_BYTES = 1 << 20


def session(
    *, timeout: aiohttp.ClientTimeout, connector: aiohttp.BaseConnector | None = None
) -> aiohttp.ClientSession:
    """Takes no compressed answer, which may be a bomb, and goes through no proxy."""
    return aiohttp.ClientSession(
        connector=connector,
        timeout=timeout,
        headers={"Accept-Encoding": "identity"},
        auto_decompress=False,
        trust_env=False,
    )


async def body_of(response: aiohttp.ClientResponse, max_bytes: int = MAX_BYTES) -> bytes:
    """The body; one that is too long is not read to its end, and raises aiohttp.ClientError."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(1 << 16):
        body += chunk
        if len(body) > max_bytes:
            raise aiohttp.ClientPayloadError(f"more than {max_bytes} bytes")
    return bytes(body)
