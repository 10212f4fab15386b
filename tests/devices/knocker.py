"""A driver that does as the test says, and a house that has it alone."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from typing import ClassVar

from devices.capabilities import Capability, Power, State
from devices.device import Ability, Announcement, Device, DeviceError, Refused, Unreachable
from devices.driver import Hub
from devices.house import House, HouseEvent

LAMP = Device(
    id="knocker:lamp", name="Lamp", kind="light", room="Hall", abilities=(Ability(kind="power"),)
)


def at(host: str, name: str = "lamp", source: str = "mdns", **properties: str) -> Announcement:
    return Announcement(source, "_knock._tcp.local.", name, host, 80, properties)  # type: ignore[arg-type]


class Knocker:
    """A driver whose devices do as the test says: scripted, since no real one errs on demand."""

    family: ClassVar[str] = "knocker"
    services: ClassVar[frozenset[str]] = frozenset({"_knock._tcp.local."})

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.script: list[DeviceError | Exception | None] = []  # what identify meets, in turn
        self.asked: list[Announcement] = []
        self.identified = asyncio.Event()
        self.answering = True
        self.state: State = {"power": Power(on=True)}
        self.pin = ""

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_: object) -> None:
        self.closed = True

    def recognises(self, heard: Announcement) -> bool:
        if heard.name == "stumble":
            raise ValueError("unreadable")
        return heard.service in self.services

    async def identify(self, heard: Announcement) -> Sequence[Device]:
        self.asked.append(heard)
        self.identified.set()
        if self.script and (error := self.script.pop(0)):
            raise error
        return (LAMP,)

    async def pair(self, heard: Announcement, pin: str | None) -> Sequence[Device]:
        if pin != self.pin:
            raise Refused("That is not the PIN.")
        self.script.clear()
        return (LAMP,)

    async def read(self, device: str) -> State:
        if not self.answering:
            raise Unreachable("It does not answer.")
        return dict(self.state)

    async def apply(self, device: str, command: Capability) -> None: ...


@contextlib.asynccontextmanager
async def knocking(vault):
    async with House((Knocker,), vault) as house:
        yield house, house._drivers["knocker"]


async def until(queue: asyncio.Queue[HouseEvent], what: str) -> HouseEvent:
    async with asyncio.timeout(5):
        while (event := await queue.get()).what != what:
            pass
    return event


async def settled(house: House) -> None:
    """Nobody is being identified any more."""
    async with asyncio.timeout(5):
        while house._doorstep._visits:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def turns(n: int = 20) -> None:
    """Let everything that is ready run."""
    for _ in range(n):
        await asyncio.sleep(0)
