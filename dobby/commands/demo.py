"""``make demo``: the daemon against a virtual house in a process of its own, on loopback alone."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import shlex
import socket
import sys
from collections.abc import AsyncGenerator, Mapping
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
from dobby.agent.phrases import names
from dobby.daemon.app import Daemon
from dobby.daemon.server import login_link, serve
from dobby.settings import DEMO_HOME, Settings, SettingsError, TwilioSettings

LOOPBACK = "127.0.0.1"
START_S = 30.0
PORTS_TRIED = 20
CONTROL = "control"
FRONT_DOOR = "Front door"
WATCHED = "The front door is watched: somebody comes within a minute, and Dobby tells you."
DARK = "The front door will be watched as soon as its footage is there."
NOT_WATCHED = "The front door is not watched: {why}"
PAIRED = (  # families of the virtual house, their drivers, and what is behind them
    ("hue", "hue", "the lights"),
    ("homekit", "homekit", "the HomeKit devices"),
    ("cameras", "onvif", "another camera"),
)
AGAIN_S = 2.0
WELCOME = """
  Open  [bold]{url}[/]

  and write, for instance:  play jazz in the kitchen
  or, in another terminal:  {say}
  {waiting}
  Ctrl-C ends it.
"""
SETTINGS = """# Written by the demo at each start, so that `dobby say` finds it.
port = {port}
"""


@dataclass(frozen=True)
class HouseControl:
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
        owner would, and say what comes of it. Its footage may still be on its way."""
        told = await self.told()
        words = WELCOME.format(
            url=login_link(daemon), say=_say(daemon.settings.home), waiting=_waiting(told, daemon)
        )
        console.print(words, soft_wrap=True, highlight=False)
        address = next((c["rtsp"] for c in told["cameras"] if c["name"] == FRONT_DOOR), "")
        said = ""
        while said != WATCHED and address:
            now = await _watching(daemon, address)
            if now and now != said:
                console.print(f"  {now}", soft_wrap=True, highlight=False)
            said = now or said
            await asyncio.sleep(AGAIN_S)


async def serve_demo(home: Path, port: int) -> None:
    """Run the demo until it is interrupted. Raises SettingsError in plain words."""
    console = Console(stderr=True)
    free = _free_port(port)
    if free != port:
        console.print(f"Port {port} is taken; the page is at {free} instead.")
    console.print("Starting the virtual house ...")
    async with _virtual_house(home / "house") as control:
        _tell_where(home, free)
        console.print("Starting Dobby ...")
        await serve(
            _settings(home, free, control),
            control.prepare,
            control.admit,
            ready=partial(control.welcome, console),
        )


def _tell_where(home: Path, port: int) -> None:
    """For the command line; settings that somebody wrote there stay."""
    file = home / "settings.toml"
    start = SETTINGS.partition("\n")[0]
    if not file.exists() or file.read_text(encoding="utf-8").startswith(start):
        file.write_text(SETTINGS.format(port=port), encoding="utf-8")


def _settings(home: Path, port: int, control: HouseControl) -> Settings:
    """The demo keeps out of an owner's own house: no database, no numbers, no LAN of theirs."""
    scheme, _, rest = control.url.partition("//")
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
            demo_control=f"{scheme}//{control.token}@{rest}",
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


def home_of(given: Path | None) -> Path:
    """Where the demo keeps its things: the folder that is given, the one that ``DOBBY_HOME``
    names, or ``.demo`` here. Raises SettingsError for the home of a real house."""
    named = os.environ.get("DOBBY_HOME", "")
    home = given or (Path(named).expanduser() if named else DEMO_HOME)
    if (home / "dobby.db").exists() and not (home / "house").exists():
        raise SettingsError(
            f"{home} is the home of a real house, and the demo needs one of its own: --home."
        )
    return home.absolute()


def _say(home: Path) -> str:
    """The command that talks to it from another terminal, in the same folder."""
    command = "dobby say play jazz in the kitchen"
    if home == DEMO_HOME.absolute() or home == Path(os.environ.get("DOBBY_HOME", "")).absolute():
        return command
    return f"DOBBY_HOME={shlex.quote(str(home))} {command}"


def _waiting(told: Mapping[str, Any], daemon: Daemon) -> str:
    """Of what is there, what no owner has paired yet."""
    there = {device["family"] for device in told["devices"] if device["name"] != FRONT_DOOR}
    known = {device.partition(":")[0] for device in daemon.house.devices}
    waits = [words for family, driver, words in PAIRED if family in there and driver not in known]
    if not waits:
        return "Everything in it is paired already."
    verb = "waits" if waits == ["another camera"] else "wait"
    listed = names(waits)
    return f"{listed[0].upper()}{listed[1:]} {verb} on the page to be paired: one click each."


async def _watching(daemon: Daemon, address: str) -> str:
    """Whether the front door is watched, as far as that is known; empty for not yet."""
    watch, name = daemon.watch, FRONT_DOOR.lower()  # as an owner says it
    camera = next((d.id for d in daemon.house.devices.values() if d.name == name), "")
    if not camera:
        try:
            await daemon.web.sightings.add(address, None, name)
        except DeviceError:
            return DARK
        return ""
    if watch.problem:
        return NOT_WATCHED.format(why=watch.problem)
    sight = watch.sight(camera)
    settings = watch.settings_of(camera)
    if sight is None or not settings.watched or watch.is_private(camera, watch.now()):
        return ""
    if sight.state != "seeing":
        return NOT_WATCHED.format(why=sight.why) if sight.why else ""
    return WATCHED if await _has_weights(daemon.settings) else ""


async def _has_weights(settings: Settings) -> bool:
    """Eyes that look without a detector see nobody; until they have one they fetch it."""
    from dobby.eyes.frames import NoWeights  # what eyes are made of is an extra, and large
    from dobby.eyes.weights import find

    try:
        await find(settings.vision, settings.home)
    except NoWeights:
        return False
    return True


@asynccontextmanager
async def _virtual_house(home: Path) -> AsyncGenerator[HouseControl]:
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


async def _ready(process: asyncio.subprocess.Process, token: str) -> HouseControl:
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
                    return HouseControl(url, token, frozenset(addresses))
                else:
                    told = (re.fullmatch(r"([\d.]+):(\d+)", part) for part in rest)
                    addresses |= {(found[1], int(found[2])) for found in told if found}
    except TimeoutError:
        pass
    raise SettingsError("The virtual house did not start; its own words are above.")
