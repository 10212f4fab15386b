"""The daemon itself, with one driver, that of the test's world: processes to be killed.

All is imported once. For each line on stdin (seconds until devices are reached, at most) a life is
forked: its pid is printed, and when it has ended its exit code.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import ClassVar, Self

import aiohttp

import dobby.daemon.app
from devices.capabilities import Brightness, Capability, Lock, Media, Playback, Power, Skip, State
from devices.device import Ability, Announcement, Device, Refused, Unreachable, Unsupported
from devices.driver import Hub
from devices.house import House
from dobby.daemon.app import Daemon
from dobby.daemon.server import serve
from dobby.settings import load
from tests.dobby.killloop.world import DEAD, ROOMS

BASE = os.environ["WORLD"]
LAMP = (Ability(kind="power"), Ability(kind="brightness", min=1, max=100))
SPEAKER = (Ability(kind="playback"), Ability(kind="skip"), Ability(kind="media"))


def devices() -> list[Device]:
    told = [(room, "light", "lamp", LAMP) for room in (*ROOMS, DEAD)]
    told += [(room, "speaker", "speaker", SPEAKER) for room in ROOMS]
    told += [("Door", "lock", "key", (Ability(kind="lock"),))]
    return [
        Device(
            id=f"world:{kind}/{place}",
            name=f"{place} {name}",
            kind=kind,
            room=f"{place} room",
            abilities=abilities,
        )
        for place, kind, name, abilities in told
    ]


class WorldDriver:
    """``world:light/Oak`` and ``world:speaker/Oak``, and ``world:lock/Door``."""

    family: ClassVar[str] = "world"
    services: ClassVar[frozenset[str]] = frozenset({"world"})

    def __init__(self, hub: Hub) -> None:
        pass

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5))
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self._session.close()

    def recognises(self, heard: Announcement) -> bool:
        return heard.service == "world"

    async def identify(self, heard: Announcement) -> Sequence[Device]:
        await reached.wait()
        return devices()

    async def pair(self, heard: Announcement, pin: str | None) -> Sequence[Device]:
        raise Refused("The world needs no pairing.")

    async def read(self, device: str) -> State:
        kind, _, room = device.removeprefix("world:").partition("/")
        try:
            async with self._session.get(f"{BASE}/{room}") as response:
                told = await response.json()
        except aiohttp.ClientError as error:
            raise Unreachable("The world is gone.") from error
        if kind == "lock":
            return {"lock": Lock(locked=told["locked"])}
        if kind == "light":
            return {"power": Power(on=True), "brightness": Brightness(percent=told["level"])}
        return {
            "playback": Playback(state="playing"),
            "media": Media(title=f"Track {told['track']}"),
        }

    async def apply(self, device: str, command: Capability) -> None:
        _, _, room = device.partition("/")
        match command:
            case Brightness(percent=percent):
                wanted: dict[str, object] = {"level": percent}
            case Skip(to=to):
                wanted = {"skip": to}
            case Lock(locked=locked):
                wanted = {"locked": locked}
            case Power():
                return
            case _:
                raise Unsupported("Not in this world.")
        try:
            async with self._session.post(f"{BASE}/{room}", json=wanted) as response:
                response.raise_for_status()
        except aiohttp.ClientError as error:
            raise Unreachable("The world is gone.") from error


reached = asyncio.Event()


def live(late_s: float) -> None:
    """One life; ``late_s`` after it serves, at most, its devices are reached."""

    async def furnish(house: House) -> None:
        house.hear(Announcement("probe", "world", "world", "127.0.0.1", 1))
        if late_s:
            return
        reached.set()
        async with asyncio.timeout(10):
            while len(house.devices) < len(devices()):  # noqa: ASYNC110 - nothing else goes on
                await asyncio.sleep(0.01)
        await house.refresh(list(house.devices))

    async def reach(_: Daemon) -> None:
        """The network is slower than the daemon: turns begin before their devices are there."""
        await asyncio.sleep(random.uniform(0, late_s))
        reached.set()

    asyncio.run(serve(load(), furnish, ready=reach))


def nursery() -> None:
    dobby.daemon.app.DRIVERS = (WorldDriver,)  # type: ignore[assignment]
    dobby.daemon.app.lan_addresses = list  # no network: this world is found without
    for line in sys.stdin:
        if (pid := os.fork()) == 0:
            live(float(line))
            return
        print(pid, flush=True)  # noqa: T201 - the test reads it
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)  # noqa: T201


if __name__ == "__main__":
    nursery()
