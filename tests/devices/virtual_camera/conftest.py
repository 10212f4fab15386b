"""Footage and the third-party clients that look at it."""

from __future__ import annotations

import asyncio
import contextlib
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import Callable

import pytest

from devices.virtual.camera import Clip
from tests.peers.cameras import CARS, PEOPLE, STREET, footage
from tests.peers.packages import program

CLIENT_S = 60.0


@pytest.fixture(scope="session")
def people() -> Clip:
    return Clip.load(footage(PEOPLE))


@pytest.fixture(scope="session")
def cars() -> Clip:
    return Clip.load(footage(CARS))


@pytest.fixture(scope="session")
def street() -> Clip:
    return Clip.load(footage(STREET))


async def until(holds: Callable[[], object]) -> None:
    """Wait for something that will be so."""
    async with asyncio.timeout(CLIENT_S):
        while not holds():  # noqa: ASYNC110 - it is another's state
            await asyncio.sleep(0.05)


async def tool(*command: str) -> tuple[int, str]:
    """Run a client to its end; its exit code and all that it said. Skips where it is missing."""
    client = program(command[0])
    process = await asyncio.create_subprocess_exec(client, *command[1:], stdout=PIPE, stderr=STDOUT)
    try:
        async with asyncio.timeout(CLIENT_S):
            said, _ = await process.communicate()
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    return process.returncode or 0, said.decode(errors="replace")
