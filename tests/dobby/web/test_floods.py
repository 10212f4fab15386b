"""Who holds connections, half-sent requests or unread answers, without a login; what of it is seen.

The daemon is a process of its own that may open no more than 1,024 files, as systemd has it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from dobby.web.guard import TOKEN_FILE

MOST_FILES = 1024
HELD = 1024
START_S = 60.0
ATTACK_S = 3.0
ANSWERED_S = 5.0  # on two cores that others use too
AGAIN_S = 2.0
LOG_BYTES = 100_000  # a minute's share of every place that warns

HALF = {
    "half a head": b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: ",
    "half a chunk": (
        b"POST /api/chat HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n400\r\nx"
    ),
    "answers that nobody reads": b"GET /static/style.css HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 200,
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\r\n\r\n",
}


@dataclass
class Served:
    port: int
    token: str
    log: Path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("floods")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {"DOBBY_HOME": str(home), "DOBBY_PORT": str(port), "DOBBY_INTERFACES": '["127.0.0.1"]'}
    own |= {"DOBBY_HOST": "0.0.0.0", "DOBBY_TRUSTED_HOSTS": '["127.0.0.1", "127.0.0.2"]'}
    limit = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (MOST_FILES, MOST_FILES))  # noqa: E731
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", "from dobby.commands.cli import main; main()", "run"],
            env={k: v for k, v in os.environ.items() if not k.startswith("DOBBY_")} | own,
            stderr=log,
            preexec_fn=limit,
        )
    try:
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=START_S).close()
                break
            time.sleep(0.05)
        yield Served(port, (home / TOKEN_FILE).read_text().strip(), home / "log")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


@contextlib.asynccontextmanager
async def held(port: int, sent: bytes) -> AsyncIterator[None]:
    """So many connections with that on them, and a byte more now and then; dropped ones come
    again."""

    async def hold() -> None:
        while True:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
                try:
                    writer.write(sent)
                    while not writer.transport.is_closing():
                        await asyncio.sleep(AGAIN_S)
                        writer.write(b"x")
                finally:
                    writer.transport.abort()
            await asyncio.sleep(AGAIN_S)

    tasks = [asyncio.create_task(hold()) for _ in range(HELD)]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.mark.timeout(180)
@pytest.mark.parametrize("what", HALF)
async def test_a_thousand_held_connections_keep_nobody_out(served: Served, what: str) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 4 * HELD:
        pytest.skip("this machine lets a process open too few files to attack with")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 4 * HELD), hard))
    logged = served.log.stat().st_size
    took: dict[str, list[float]] = {"127.0.0.1": [], "127.0.0.2": []}
    async with held(served.port, HALF[what]):
        await asyncio.sleep(1.0)
        until = time.monotonic() + ATTACK_S
        while time.monotonic() < until:
            for address, times in took.items():
                times += await ask(served, address)
            await asyncio.sleep(0.1)
    assert {address: max(times) < ANSWERED_S for address, times in took.items()} == {
        "127.0.0.1": True,  # the attacker's own address
        "127.0.0.2": True,
    }, took
    assert served.log.stat().st_size - logged < LOG_BYTES
    assert "Too many open files" not in served.log.read_text()


async def ask(served: Served, address: str) -> list[float]:
    """What somebody at that address waits for a page and for the house, over new connections."""
    times: list[float] = []
    bearer = {"Authorization": f"Bearer {served.token}"}
    for path in ("login", "api/house"):
        began = time.monotonic()
        connector = aiohttp.TCPConnector(local_addr=(address, 0), force_close=True)
        async with (
            aiohttp.ClientSession(connector=connector) as session,
            session.get(f"http://127.0.0.1:{served.port}/{path}", headers=bearer) as answer,
        ):
            assert answer.status == 200
            await answer.read()
        times.append(time.monotonic() - began)
    return times
