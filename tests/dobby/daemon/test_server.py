"""The page's socket."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

from dobby.daemon.server import listen
from dobby.settings import Settings


async def test_answers_do_not_wait_for_each_other_s_acknowledgement(tmp_path: Path) -> None:
    """Without TCP_NODELAY an answer in two writes took 40 ms."""
    served: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        own = writer.get_extra_info("socket")
        served.set_result(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    listener = listen(Settings(home=tmp_path, port=0))
    async with await asyncio.start_server(serve, sock=listener):
        _, writer = await asyncio.open_connection(*listener.getsockname())
        assert await asyncio.wait_for(served, 5)
        writer.close()
