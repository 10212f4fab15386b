"""A grabber's process, as its parent sees it: started quickly, spoken to, and killed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import multiprocessing
import socket
from multiprocessing.context import ForkServerContext, ForkServerProcess
from typing import Any, Literal

from pydantic import BaseModel

from dobby.vision.reports import Zone

LONGEST_LINE = 1 << 16
END_S = 5.0


class Order(BaseModel):
    """What to watch. It goes over the link: an address holds credentials."""

    stream: str
    fps: float
    zones: tuple[Zone, ...] = ()
    pace: Literal["live", "fast"] = "live"  # fast: of a file, each frame that is due


class Child:
    """Use ``start``; then ``close``, always."""

    def __init__(
        self, process: ForkServerProcess, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._process = process
        self._reader = reader
        self._writer = writer

    @classmethod
    async def start(cls, order: Order) -> Child:
        """Forked from a process that has the libraries loaded: most of its memory is shared."""
        ours, theirs = socket.socketpair()
        process = _forkserver().Process(target=_grab, args=(theirs,), daemon=True)
        try:
            await asyncio.to_thread(process.start)
        except BaseException:
            ours.close()  # a process that starts all the same reads the end, and ends
            raise
        finally:
            theirs.close()
        reader, writer = await asyncio.open_connection(sock=ours, limit=LONGEST_LINE)
        child = cls(process, reader, writer)
        child._write(order.model_dump_json())
        return child

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    async def said(self) -> dict[str, Any]:
        """What it says next. Raises EOFError when it is dead."""
        try:
            line = await self._reader.readline()
        except ConnectionError:
            line = b""
        if not line.endswith(b"\n"):
            raise EOFError
        return json.loads(line)

    async def payload(self, size: int) -> bytes:
        """The bytes that follow what it said. Raises EOFError."""
        return await self._reader.readexactly(size)

    def tell(self, do: Literal["slot", "jpeg"], **what: object) -> None:
        self._write(json.dumps({"do": do, **what}))

    async def close(self) -> None:
        """Kill it: it owns nothing, and a read that blocks cannot be ended otherwise."""
        self._writer.close()
        self._process.kill()
        await asyncio.to_thread(self._process.join, END_S)
        with contextlib.suppress(ConnectionError):
            await self._writer.wait_closed()

    def _write(self, line: str) -> None:
        self._writer.write(line.encode() + b"\n")


def _forkserver() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["dobby.eyes.grabber"])
    return context


def _grab(link: socket.socket) -> None:
    from dobby.eyes import grabber  # here: its libraries are of no use to the parent

    grabber.run(link)
