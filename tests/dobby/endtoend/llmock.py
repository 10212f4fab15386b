"""A third party's mock of the Messages API: npm ``@copilotkit/aimock``, a process of its own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from tests.dobby.endtoend.processes import free_port
from tests.peers.packages import AIMOCK, folder


@asynccontextmanager
async def llmock(fixtures: list[dict[str, Any]], tmp_path: Path, *flags: str) -> AsyncIterator[str]:
    """Its address. A fixture is a ``match`` and a ``response``; ``flags`` are its command line's.

    Skips the test where it cannot be had.
    """
    path = tmp_path / "fixtures.json"
    path.write_text(json.dumps({"fixtures": fixtures}))
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        str(folder(AIMOCK) / "node_modules/.bin/llmock"),
        *("-p", str(port), "-h", "127.0.0.1", "-f", str(path), *flags),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        await _answering(url)
        yield url
    finally:
        process.terminate()
        await process.wait()


async def _answering(url: str) -> None:
    async with asyncio.timeout(15), aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"{url}/health"):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)
