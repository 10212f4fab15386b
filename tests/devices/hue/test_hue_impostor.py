"""Something that calls itself a Hue bridge, and has the owner press the button for it."""

from __future__ import annotations

import asyncio
import gzip
import json
import tracemalloc
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from devices.device import Announcement, DeviceError
from devices.drivers.hue.driver import Hue
from devices.virtual.hue.certificate import make_identity, tls_context

if TYPE_CHECKING:
    from .conftest import RecordingHub


def answer(status: str, body: bytes = b"", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Content-Type: application/json"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


@asynccontextmanager
async def server(answers: list[bytes], tls: bool = True) -> AsyncGenerator[tuple[int, list[bytes]]]:
    """One answer a request, in order; what was asked is kept."""
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if asking := await reader.read(4096):
            asked.append(asking)
            writer.write(answers[len(asked) - 1])
            await writer.drain()
        writer.close()

    context = tls_context(make_identity("impostor")) if tls else None
    listening = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    async with listening:
        yield listening.sockets[0].getsockname()[1], asked


def heard(port: int, bridge_id: str) -> Announcement:
    named = {"bridgeid": bridge_id}
    return Announcement("mdns", "_hue._tcp.local.", "x", "127.0.0.1", port, named)


async def test_no_other_host_is_asked_for_a_key(
    hub: RecordingHub, unpaired: Hue, bridge_id: str
) -> None:
    key = json.dumps([{"success": {"username": "k"}}]).encode()
    async with server([answer("200 OK", key)], tls=False) as (elsewhere, asked):
        config = answer("200 OK", json.dumps({"bridgeid": bridge_id}).encode())
        there = f"http://127.0.0.1:{elsewhere}/"
        moved = answer("307 Temporary Redirect", Location=there)
        async with server([config, moved]) as (port, _):
            with pytest.raises(DeviceError):
                await unpaired.pair(heard(port, bridge_id), None)
        assert not asked
        assert not hub.vault.kept


async def test_a_bomb_stays_folded(unpaired: Hue, bridge_id: str) -> None:
    bomb = gzip.compress(b'{"bridgeid": "' + b"0" * (64 << 20) + b'"}')
    tracemalloc.start()
    try:
        async with server([answer("200 OK", bomb, Content_Encoding="gzip")]) as (port, _):
            with pytest.raises(DeviceError):
                await unpaired.pair(heard(port, bridge_id), None)
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()
