"""The daemon and the virtual house, each in a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

START_S = 30.0
STOP_S = 15.0
DOBBY = Path(sys.executable).with_name("dobby")  # the console script of this environment
HOUSE_TOKEN = "a-token-for-the-house"


def free_port() -> int:
    """For those who cannot be told to take any."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.asynccontextmanager
async def process(
    log: Path, *command: str, env: Mapping[str, str] | None = None, ready: str
) -> AsyncGenerator[tuple[asyncio.subprocess.Process, re.Match[str]]]:
    """A process that has logged a line matching ``ready``; ended with SIGTERM."""
    with log.open("wb") as out:
        running = await asyncio.create_subprocess_exec(
            *command, env={**os.environ, **(env or {})}, stdout=out, stderr=out
        )
    try:
        yield running, await logged(log, ready, running)
    finally:
        if running.returncode is None:
            running.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(STOP_S):
                await running.wait()
        except TimeoutError:
            running.kill()
            await running.wait()
            raise


async def logged(
    log: Path, pattern: str, running: asyncio.subprocess.Process, patience_s: float = START_S
) -> re.Match[str]:
    """What the first line matching ``pattern`` says, once it is written."""
    async with asyncio.timeout(patience_s):
        while True:
            text = log.read_text(encoding="utf-8", errors="replace")
            if found := re.search(pattern, text, re.M):
                return found
            assert running.returncode is None, f"it ended: {text}"
            await asyncio.sleep(0.02)


@dataclass
class VirtualHouseProcess:
    """The door of the virtual house: its faults, and its bridge's button."""

    url: str
    player: str  # address of a Sonos player
    bridge: str  # host:port of the Hue bridge
    pin: str
    session: aiohttp.ClientSession
    ids: Mapping[str, str]  # by name; a name that two families share is the Hue one's
    placements: Mapping[str, str]
    rooms: list[dict[str, Any]]
    cameras: Mapping[str, Mapping[str, Any]]  # what is printed on each, by name

    async def press_button(self) -> None:
        async with self.session.post(f"{self.url}/hue-button") as answer:
            assert answer.status == 200

    @contextlib.asynccontextmanager
    async def fault(self, name: str, **fault: object) -> AsyncGenerator[None]:
        await self._set(name, fault)
        try:
            yield
        finally:
            await self._set(name, {})

    async def _set(self, name: str, fault: Mapping[str, object]) -> None:
        wanted = {"id": self.ids[name], **fault}
        async with self.session.post(f"{self.url}/faults", json=wanted) as answer:
            assert answer.status == 200, await answer.text()


@contextlib.asynccontextmanager
async def virtual_house(
    home: Path, pace: float, footage: Path | None = None
) -> AsyncGenerator[VirtualHouseProcess]:
    command = [sys.executable, "-m", "devices.virtual", "--home", str(home), "--pace", str(pace)]
    command += ["--footage", str(footage)] if footage else []
    log = home.with_suffix(".log")
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(
            process(log, *command, env={"DOBBY_VIRTUAL_TOKEN": HOUSE_TOKEN}, ready=r"^ready$")
        )
        said = log.read_text()
        url = re.findall(r"^control +(\S+)", said, re.M)[0]
        session = aiohttp.ClientSession(headers={"Authorization": f"Bearer {HOUSE_TOKEN}"})
        await stack.enter_async_context(session)
        async with session.get(f"{url}/devices") as answer:
            told = await answer.json()
        by_name = sorted(told["devices"], key=lambda d: d["family"] == "hue")
        yield VirtualHouseProcess(
            url=url,
            player=re.findall(r"^sonos +([\d.]+):", said, re.M)[0],
            bridge=re.findall(r"^hue +(\S+)", said, re.M)[0],
            pin=told["pin"],
            session=session,
            ids={d["name"]: d["id"] for d in by_name},
            placements=told["placements"],
            rooms=told["rooms"],
            cameras={plate["name"]: plate for plate in told["cameras"]},
        )


@dataclass
class DaemonProcess:
    """``dobby run``, and its page's API."""

    url: str
    home: Path
    log: Path
    session: aiohttp.ClientSession
    process: asyncio.subprocess.Process

    async def post(self, path: str, **body: object) -> dict[str, Any]:
        async with self.session.post(f"{self.url}{path}", json=body) as answer:
            assert answer.status // 100 == 2, (answer.status, await answer.text())
            return await answer.json()

    async def get(self, path: str) -> dict[str, Any]:
        async with self.session.get(f"{self.url}{path}") as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()


@contextlib.asynccontextmanager
async def daemon(home: Path, port: int = 0, **settings: str) -> AsyncGenerator[DaemonProcess]:
    port, log = port or free_port(), home.with_suffix(".log")
    given = {"HOME": home, "HOST": "127.0.0.1", "PORT": port, "INTERFACES": '["127.0.0.1"]'}
    env = {f"DOBBY_{name}": str(value) for name, value in {**given, **settings}.items()}
    command = (str(DOBBY), "run")
    async with process(log, *command, env=env, ready=r"ready: (\S+?)/? ") as (running, _):
        token = (home / "web.token").read_text().strip()
        async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as session:
            yield DaemonProcess(f"http://127.0.0.1:{port}", home, log, session, running)
