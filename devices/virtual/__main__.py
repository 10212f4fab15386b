"""``python -m devices.virtual``: the virtual house in a process of its own."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import secrets
import signal
import sys
from pathlib import Path

from devices.device import DeviceError
from devices.virtual.camera.street import Plate
from devices.virtual.control import Control
from devices.virtual.house import VirtualHouse

TOKEN = "DOBBY_VIRTUAL_TOKEN"  # noqa: S105 - the name of the variable


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m devices.virtual", description=__doc__)
    parser.add_argument(
        "--home", type=Path, default=Path("~/.dobby/virtual"), help="what the devices remember"
    )
    parser.add_argument("--control-port", type=int, default=0, help="0: any free one")
    parser.add_argument("--pace", type=float, default=1.0, help="times faster than life")
    parser.add_argument(
        "--footage", type=Path, help="clips for its cameras, fetched if missing; without it none"
    )
    parser.add_argument(
        "--until-eof", action="store_true", help="stop when standard input closes: with its parent"
    )
    given = parser.parse_args()
    footage = given.footage and given.footage.expanduser()
    house = VirtualHouse(given.home.expanduser(), pace=given.pace, footage=footage)
    try:
        asyncio.run(_serve(house, given.control_port, given.until_eof))
    except (DeviceError, OSError) as error:
        sys.stderr.write(f"The virtual house does not start: {error}\n")
        return 1
    return 0


async def _serve(house: VirtualHouse, port: int, until_eof: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    token = os.environ.get(TOKEN, "")
    made = "" if token else secrets.token_urlsafe(24)
    async with house, Control(house, token or made, port) as door:
        _say(house, door, made)
        watching = asyncio.create_task(_wait_for_eof(stop)) if until_eof else None
        await stop.wait()
        if watching is not None:
            watching.cancel()


def _say(house: VirtualHouse, door: Control, made_token: str) -> None:
    players = " ".join(f"{p.host}:{p.port}" for p in house.sonos.players)
    bridge = next(iter(house.homekit.announcements()))
    plates = house.cameras.plates if house.cameras else ()
    lines = [
        f"sonos    {players}",
        f"hue      {house.hue.host}:{house.hue.port} (press its button: POST /hue-button)",
        f"homekit  {bridge.host}:{bridge.port} PIN {house.pin}",
        *(f"camera   {plate.at} {_how_to_see(plate)}" for plate in plates),
        f"control  http://127.0.0.1:{door.port}"
        + (f" {TOKEN}={made_token}" if made_token else f" (token: ${TOKEN})"),
        "ready",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _how_to_see(plate: Plate) -> str:
    if plate.found:
        return f"{plate.name}, user {plate.user}, password {plate.password}"
    return f"{plate.name}, tell its address: {plate.rtsp} or {plate.mjpeg}"


async def _wait_for_eof(stop: asyncio.Event) -> None:
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    with contextlib.suppress(OSError):
        while await reader.read(1024):
            pass
    stop.set()


if __name__ == "__main__":
    raise SystemExit(main())
