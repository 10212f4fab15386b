"""``make demo``: the daemon against a virtual house in a process of its own, on loopback alone."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import socket
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import ValidationError
from rich.console import Console

from devices.device import Announcement, DeviceError, Room
from devices.house import House
from dobby.app import Daemon
from dobby.server import serve
from dobby.settings import Settings, SettingsError, TwilioSettings

LOOPBACK = "127.0.0.1"
START_S = 30.0
PORTS_TRIED = 20
CONTROL = "control"
FRONT_DOOR = "Front door"
WATCHED = "The front door is watched: somebody comes within a minute, and Dobby tells you."
DARK = "The front door will be watched as soon as its footage is there."
AGAIN_S = 2.0
WELCOME = """
  Open  [bold]{url}[/]

  and write, for instance:  play jazz in the kitchen
  {eyes}
  The lights, the HomeKit devices and another camera wait on the page to be paired: one click each.
  Ctrl-C ends it.
"""


@dataclass(frozen=True)
class Door:
    """The virtual house's back door, and where its devices are."""

    url: str
    token: str
    addresses: frozenset[tuple[str, int]]

    async def told(self) -> dict[str, Any]:
        """Its rooms and devices."""
        headers = {"Authorization": f"Bearer {self.token}"}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.get(f"{self.url}/devices") as answer,
        ):
            return await answer.json()

    def admit(self, heard: Announcement) -> bool:
        """Only this house: another demo may share the loopback interface."""
        return (heard.host, heard.port) in self.addresses

    async def prepare(self, house: House) -> None:
        """Tell Dobby the rooms and floors, as its owner would: HomeKit knows none."""
        told = await self.told()
        rooms = [Room.model_validate(room) for room in told["rooms"]]
        names = {device: {"room": room} for device, room in told["placements"].items()}
        await house.restore([], rooms, names, {})

    async def welcome(self, console: Console, daemon: Daemon) -> None:
        """Say where the page is; then tell Dobby of the camera at the front door, once, as its
        owner would. Its footage may still be on its way."""
        base = f"http://{LOOPBACK}:{daemon.settings.port}"
        url = f"{base}/login#token={daemon.door.token()}"
        told = await self.told()
        plays = any(device["name"] == FRONT_DOOR for device in told["devices"])
        words = WELCOME.format(url=url, eyes=WATCHED if plays else DARK)
        console.print(words, soft_wrap=True, highlight=False)
        name = FRONT_DOOR.lower()  # as an owner says it
        known = any(device.name == name for device in daemon.house.devices.values())
        for camera in told["cameras"]:
            if camera["name"] == FRONT_DOOR and not known:
                await _add(daemon, camera["rtsp"], name)


async def serve_demo(home: Path, port: int) -> None:
    """Run the demo until it is interrupted. Raises SettingsError in plain words."""
    console = Console(stderr=True)
    free = _free_port(port)
    if free != port:
        console.print(f"Port {port} is taken; the page is at {free} instead.")
    console.print("Starting the virtual house ...")
    async with _virtual_house(home / "house") as door:
        console.print("Starting Dobby ...")
        await serve(
            _settings(home, free, door),
            door.prepare,
            door.admit,
            ready=partial(door.welcome, console),
        )


def _settings(home: Path, port: int, door: Door) -> Settings:
    """The demo keeps out of an owner's own house: no database, no numbers, no LAN of theirs."""
    scheme, _, rest = door.url.partition("//")
    try:
        return Settings(
            home=home,
            port=port,
            host=LOOPBACK,
            trusted_hosts=[LOOPBACK, "localhost"],
            database="",
            interfaces=[LOOPBACK],
            log_level="warning",
            twilio=TwilioSettings(),
            demo_control=f"{scheme}//{door.token}@{rest}",
        )
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"{where}: {first['msg']} (in the environment)") from None


def _free_port(wanted: int) -> int:
    """That port, or the next free one after it; 0 finds any."""
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise SettingsError(
        f"Ports {wanted} to {wanted + PORTS_TRIED - 1} are all taken. Choose one with --port."
    )


async def _add(daemon: Daemon, url: str, name: str) -> None:
    while True:
        try:
            await daemon.web.sightings.add(url, None, name)
        except DeviceError:
            await asyncio.sleep(AGAIN_S)
        else:
            return


@asynccontextmanager
async def _virtual_house(home: Path) -> AsyncGenerator[Door]:
    token = secrets.token_urlsafe(24)
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "devices.virtual", "--home", str(home), "--until-eof"),
            *("--footage", str(home.parent / "footage")),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "DOBBY_VIRTUAL_TOKEN": token},
            start_new_session=True,  # Ctrl-C is for Dobby, which ends the house after itself
        )
    except OSError as error:
        raise SettingsError(f"The virtual house does not start: {error}") from error
    try:
        yield await _ready(process, token)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _ready(process: asyncio.subprocess.Process, token: str) -> Door:
    """Its back door and its devices' addresses, once it says that it is ready."""
    assert process.stdout is not None  # noqa: S101  # it was asked for
    url = ""
    addresses: set[tuple[str, int]] = set()
    try:
        async with asyncio.timeout(START_S):
            async for line in process.stdout:
                word, *rest = line.decode().split()
                if word == CONTROL:
                    url = rest[0]
                elif word == "ready" and url:
                    return Door(url, token, frozenset(addresses))
                else:
                    told = (re.fullmatch(r"([\d.]+):(\d+)", part) for part in rest)
                    addresses |= {(found[1], int(found[2])) for found in told if found}
    except TimeoutError:
        pass
    raise SettingsError("The virtual house did not start; its own words are above.")
