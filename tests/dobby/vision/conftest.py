"""A watch over a house with cameras: the real store and pictures, and a clock that is set."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from devices.cameras import Sight as Address
from devices.device import Device, DeviceError, Unreachable
from devices.driver import Found
from devices.house import House
from devices.virtual.declared import Declared, HouseFile, devices_of, read_state
from dobby.channels.local import LocalChannel
from dobby.delivery.notify import Notifier
from dobby.delivery.outbox import Outbox
from dobby.locale import Locale
from dobby.people.registry import People
from dobby.people.roles import Role
from dobby.settings import VisionSettings
from dobby.vision.describe import Describer
from dobby.vision.pictures import Pictures
from dobby.vision.records import Incident
from dobby.vision.reports import Report, Reports
from dobby.vision.watch import Watch
from memory import records
from memory.records import Outgoing
from memory.store import Store
from tests.devices.memory_vault import MemoryVault
from tests.dobby.vision.stories import START, at

DOOR, DRIVE, GARAGE = "declared:door", "declared:drive", "declared:garage"
JPEG = b"\xff\xd8\xff\xe0" + b"picture " * 100 + b"\xff\xd9"
FILE = HouseFile.model_validate(
    {
        "devices": {
            "door": {"name": "Door camera", "kind": "camera"},
            "drive": {"name": "Drive camera", "kind": "camera"},
            "garage": {"name": "Garage Door", "kind": "garage", "state": {"position": 0}},
            "alarm": {"name": "Alarm", "kind": "alarm", "state": {"alarm": "disarmed"}},
        }
    }
)  # fmt: skip


class Seeing(Declared):
    """Devices of a file, some of them cameras with an address."""

    def __init__(self, hub) -> None:
        super().__init__(hub)
        self.failing: dict[str, DeviceError] = {}
        self.asked: list[str] = []

    async def sight(self, device: str) -> Address:
        self.asked.append(device)
        if error := self.failing.get(device):
            raise error
        name = device.partition(":")[2]
        return Address(f"rtsp://u:secret@10.0.0.9/{name}", f"rtsp://u:secret@10.0.0.9/{name}/sub")

    async def picture(self, device: str) -> bytes:
        if error := self.failing.get(device):
            raise error
        return JPEG


class SetWatch(Watch):
    """A watch whose time passes when it is told to."""

    clock: datetime = START

    def now(self) -> datetime:
        return self.clock.astimezone(self.zone)


class World:
    """Everything around a watch, and the watch; ``restart`` makes another of the same store."""

    def __init__(self, home: Path, house: House, store: Store) -> None:
        self.home, self.house, self.store = home, house, store
        self.pictures = Pictures(home, store, VisionSettings())
        pictures = self.pictures
        self.notifier = Notifier(
            store,
            Outbox(store, [LocalChannel("web", pictures.sign), LocalChannel("sms", pictures.sign)]),
        )
        self.people = People(store)
        self.settings = VisionSettings()
        self.describer: Describer | None = None
        self.language = "en"
        self.number = 0
        self.eyes = True
        self.clock = START
        self.watch = self._watch()

    @property
    def driver(self) -> Seeing:
        driver = self.house.driver_of(DOOR)
        assert isinstance(driver, Seeing)
        return driver

    def _watch(self) -> SetWatch:
        watch = SetWatch.__new__(SetWatch)
        watch.clock = self.clock
        watch.__init__(
            self.house, self.store, self.pictures, self.notifier, self.people, self.settings,
            self.describer, Locale(ZoneInfo("UTC"), language=self.language),
        )  # fmt: skip
        return watch

    async def restart(self) -> None:
        """As after a kill: what is not in the store is gone."""
        self.watch = self._watch()
        await self.watch.load()
        await self.watch.cameras.find_addresses()

    async def tell(self, *told: Report, run: str = "eyes") -> None:
        """As eyes would, each report by itself and at its time."""
        for report in sorted(told, key=lambda report: report.at):
            await self.until((report.at - START).total_seconds())
            self.number += 1
            await self.watch.take(
                Reports(run=run, number=self.number, sent=self.clock, reports=(report,))
            )

    async def until(self, seconds: float) -> None:
        """Time passes, with a tick a second."""
        while self.clock + timedelta(seconds=1) <= at(seconds):
            self.clock += timedelta(seconds=1)
            self.watch.clock = self.clock
            if self.eyes:
                self.watch._health.hear(self.clock)  # they ask for the plan all the time
            await self.watch._tick()
        self.clock = self.watch.clock = max(self.clock, at(seconds))

    async def watching(self) -> None:
        await self.watch.change(DOOR, looks_at="front door", watched=True, overlaps=(DRIVE,))
        await self.watch.change(DRIVE, looks_at="drive", watched=True)
        await self.watch.cameras.find_addresses()

    async def sent(self, person: str = "ann") -> list[Outgoing]:
        """What is on that person's page."""
        return [row for row in await self.store.due("web") if row.draft.recipient == person]

    async def said(self, person: str = "ann") -> list[str]:
        return [row.draft.text for row in await self.sent(person)]

    async def texted(self) -> list[str]:
        """What goes to the phone of Ann, the only one who has one."""
        return [row.draft.text for row in await self.store.due("sms")]

    async def kept(self) -> list[Incident]:
        return await self.watch.incidents()


@asynccontextmanager
async def opened_world(home: Path) -> AsyncIterator[World]:
    """A world of that home folder, its watch not loaded yet."""
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(Store(home / "dobby.db"))
        house = await stack.enter_async_context(House((Seeing,), MemoryVault()))
        house.publish(Found(tuple(made_by(device) for device in devices_of(FILE))))
        for key, declared in FILE.devices.items():
            house.learn(f"declared:{key}", read_state(declared.state))
        for person, role in (("ann", Role.OWNER), ("ben", Role.ADULT), ("cleo", Role.CHILD)):
            await store.save_person(records.PersonRecord(person, person.title(), role))
            await store.link("web", person, person)
        await store.link("sms", "+48600100200", "ann")
        yield World(home, house, store)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with opened_world(tmp_path) as world:
        await world.watch.load()
        await world.watching()
        yield world


def made_by(device: Device) -> Device:
    maker = {"maker": "Reolink", "model": "RLC-810A"} if device.id == DOOR else {}
    return device.model_copy(update=maker)


def unreachable() -> Unreachable:
    return Unreachable("It does not answer.")
