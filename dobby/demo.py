"""``make demo``: the daemon against a virtual house in a process of its own, on loopback alone."""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from rich.console import Console

from devices.device import Room
from devices.house import House
from dobby.app import Daemon, serve
from dobby.settings import Settings, SettingsError

LOOPBACK = "127.0.0.1"
START_S = 30.0
CONTROL = "control"
WELCOME = """
  Open  [bold]{url}[/]

  and write, for instance:  play jazz in the kitchen
  The lights wait to be paired: press the bridge's button on the page, then write
  "pair the hue bridge". For HomeKit write "pair homekit with 031-45-154".
  Ctrl-C ends it.
"""


@dataclass(frozen=True)
class Door:
    """The virtual house's back door."""

    url: str
    token: str

    async def prepare(self, house: House) -> None:
        """Tell Dobby the rooms and floors, as its owner would: HomeKit knows none."""
        headers = {"Authorization": f"Bearer {self.token}"}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.get(f"{self.url}/devices") as answer,
        ):
            told = await answer.json()
        rooms = [Room.model_validate(room) for room in told["rooms"]]
        names = {device: {"room": room} for device, room in told["placements"].items()}
        house.restore([], rooms, names, {})


async def serve_demo(home: Path, port: int) -> None:
    """Run the demo until it is interrupted. Raises SettingsError in plain words."""
    console = Console(stderr=True)
    console.print("Starting the virtual house ...")
    async with _virtual_house(home / "house") as door:
        scheme, _, rest = door.url.partition("//")
        settings = Settings(
            home=home,
            port=port,
            host=LOOPBACK,
            interfaces=[LOOPBACK],
            log_level="warning",
            demo_control=f"{scheme}//{door.token}@{rest}",
        )
        console.print("Starting Dobby ...")
        await serve(settings, door.prepare, lambda daemon: _welcome(console, daemon))


def _welcome(console: Console, daemon: Daemon) -> None:
    base = f"http://{LOOPBACK}:{daemon.settings.port}"
    console.print(WELCOME.format(url=f"{base}/login#token={daemon.door.token()}"), soft_wrap=True)


@asynccontextmanager
async def _virtual_house(home: Path) -> AsyncGenerator[Door]:
    token = secrets.token_urlsafe(24)
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "devices.virtual", "--home", str(home), "--until-eof"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "DOBBY_VIRTUAL_TOKEN": token},
            start_new_session=True,  # Ctrl-C is for Dobby, which ends the house after itself
        )
    except OSError as error:
        raise SettingsError(f"The virtual house does not start: {error}") from error
    try:
        yield Door(await _control_of(process), token)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _control_of(process: asyncio.subprocess.Process) -> str:
    """The address of its back door, once it says that it is ready."""
    assert process.stdout is not None  # noqa: S101  # it was asked for
    url = ""
    try:
        async with asyncio.timeout(START_S):
            async for line in process.stdout:
                word, *rest = line.decode().split()
                if word == CONTROL:
                    url = rest[0]
                elif word == "ready" and url:
                    return url
    except TimeoutError:
        pass
    raise SettingsError("The virtual house did not start; its own words are above.")
