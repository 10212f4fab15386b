"""A bridge that vanishes is told to the owners once, and so is its return; a lamp's switch is not.

Against the virtual bridge; only the time that passes is told to the looker.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from devices.drivers.hue.driver import Hue
from devices.house import House
from devices.virtual.hue import HueBridge
from devices.virtual.hue.furnishing import Furnishing, Lamp
from dobby.channels.local import LocalChannel
from dobby.daemon.absences import AGAIN_S, GONE_S, STEADY_S, Absences
from dobby.delivery.notify import Notifier
from dobby.delivery.outbox import Outbox
from dobby.language.words import Words
from dobby.locale import Locale
from dobby.people.registry import People
from dobby.people.roles import Role
from dobby.people.speech import words_of
from dobby.settings import VisionSettings
from dobby.vision.pictures import Pictures
from memory.store import Store
from tests.devices.memory_vault import MemoryVault

LAMPS = Furnishing(
    rooms={"Barn": "other"},
    lamps=tuple(Lamp(f"Lamp {number}", "Barn", "white") for number in range(1, 8)),
)
ONE = Furnishing(rooms={"Barn": "other"}, lamps=(Lamp("Only lamp", "Barn", "white"),))


@dataclass
class World:
    bridge: HueBridge
    house: House
    store: Store
    people: People
    notifier: Notifier
    absences: Absences = field(init=False)
    now: float = 1000.0
    language: str = "en"

    async def spoken(self, person: str) -> Words:
        return await words_of(self.store, Locale(ZoneInfo("UTC"), language=self.language), person)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """As after a restart."""
        self.absences = Absences(self.house, self.store, self.people, self.notifier, self.spoken)

    async def passes(self, seconds: float) -> None:
        self.now += seconds
        await self.absences.check(self.now)

    async def lost(self) -> None:
        self.bridge.fault.gone = True
        await self._until(lambda: set(self.house.devices) <= self.house.away)

    async def found(self) -> None:
        self.bridge.fault.gone = False
        await self._until(lambda: not self.house.away)

    async def _until(self, so: Callable[[], bool]) -> None:
        async with asyncio.timeout(30):
            while not so():  # noqa: ASYNC110 - the house itself is looked at
                await asyncio.sleep(0.02)

    async def told(self) -> dict[str, list[str]]:
        """What each person was told, by name."""
        everyone = await self.store.people()
        return {p.name: [t.text for t in await self.store.history(p.id, 50)] for p in everyone}


@contextlib.asynccontextmanager
async def world(home: Path, furnishing: Furnishing = LAMPS) -> AsyncGenerator[World]:
    async with (
        HueBridge(furnishing=furnishing, name="Barn bridge") as bridge,
        Store(home / "dobby.db") as store,
        House([Hue], MemoryVault()) as house,
        house.events() as events,
        asyncio.timeout(60),
    ):
        people = People(store)
        await people.ensure("web", "page", "Anna", Role.OWNER)
        await people.ensure("web", "cellar", "Carl", Role.CHILD)
        page = LocalChannel("web", Pictures(home, store, VisionSettings()).link)
        house.hear(bridge.announcements()[0])
        while (event := await events.get()).what != "stranger":
            pass
        bridge.press_button()
        await house.pair(event.device)
        notifier = Notifier(store, Outbox(store, [page]))
        yield World(bridge, house, store, people, notifier)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.drivers.hue.link.BACKOFF_S", (0.1,))
    monkeypatch.setattr("devices.drivers.hue.link.STEADY_S", 0.0)


async def test_gone_and_back_are_told_once_each_and_only_to_owners(tmp_path: Path) -> None:
    async with world(tmp_path) as home:
        await home.passes(0)
        await home.lost()
        await home.passes(1)
        await home.passes(GONE_S - 1)
        assert await home.told() == {"Anna": [], "Carl": []}
        await home.passes(1)
        for _ in range(3):
            await home.passes(AGAIN_S)
        (gone,) = (await home.told())["Anna"]
        assert "all 7 devices" in gone
        assert "Lamp 1, Lamp 2, Lamp 3, Lamp 4, Lamp 5 and 2 more" in gone
        assert "5 minutes" in gone
        await home.found()
        await home.passes(1)
        assert len((await home.told())["Anna"]) == 1, "it may be gone again at once"
        for _ in range(3):
            await home.passes(STEADY_S)
        _, back = (await home.told())["Anna"]
        assert "answers again, with all 7 devices" in back
        assert (await home.told())["Carl"] == []


async def test_one_that_comes_and_goes_is_told_of_once_an_hour(tmp_path: Path) -> None:
    async with world(tmp_path) as home:
        for _ in range(3):  # never for long enough
            await home.lost()
            await home.passes(GONE_S - 1)
            await home.passes(GONE_S - 1)
            await home.found()
            await home.passes(1)
        assert (await home.told())["Anna"] == []
        for _ in range(2):
            await home.lost()
            await home.passes(1)
            await home.passes(GONE_S)
            await home.found()
            await home.passes(1)
            await home.passes(STEADY_S)
        assert len((await home.told())["Anna"]) == 2, "gone and back; the second time is kept"
        await home.lost()
        await home.passes(1)
        await home.passes(AGAIN_S)
        assert len((await home.told())["Anna"]) == 3


async def test_a_restart_tells_nothing_twice_and_its_return_all_the_same(tmp_path: Path) -> None:
    async with world(tmp_path) as home:
        await home.lost()
        await home.passes(0)
        await home.passes(GONE_S)
        home.start()
        await home.passes(1)
        await home.passes(GONE_S)
        assert len((await home.told())["Anna"]) == 1
        await home.found()
        home.start()
        await home.passes(1)
        await home.passes(STEADY_S)
        assert len((await home.told())["Anna"]) == 2


async def test_lamps_that_are_switched_off_are_no_news_while_one_answers(tmp_path: Path) -> None:
    async with world(tmp_path) as home:
        dark = [d for d, device in home.house.devices.items() if device.name != "Lamp 7"]
        for device in dark:
            home.bridge.devices[device].fault.gone = True
        async with asyncio.timeout(30):
            while home.house.away != frozenset(dark):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        await home.passes(0)
        await home.passes(GONE_S)
        assert (await home.told())["Anna"] == []


async def test_an_absence_is_told_in_the_language_of_the_house(tmp_path: Path) -> None:
    async with world(tmp_path) as home:
        home.language = "de"
        await home.passes(0)
        await home.lost()
        await home.passes(1)
        await home.passes(GONE_S)
        (gone,) = (await home.told())["Anna"]
        assert gone.partition(" - ")[2].endswith(
            " ist weg: alle 7 Geräte dahinter (Lamp 1, Lamp 2, Lamp 3, Lamp 4, Lamp 5 "
            "und 2 weitere) antworten seit 5 Minuten nicht. Ist Strom da, und Netz?"
        )


async def test_what_does_not_answer_yet_when_it_is_back_is_said(tmp_path: Path) -> None:
    async with world(tmp_path) as home:
        await home.lost()
        await home.passes(0)
        await home.passes(GONE_S)
        home.bridge.devices[home.bridge.device_id("Lamp 3")].fault.gone = True
        home.bridge.fault.gone = False
        async with asyncio.timeout(30):
            while len(home.house.away) != 1:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        await home.passes(1)
        await home.passes(STEADY_S)
        assert (await home.told())["Anna"][1].endswith("answers again, but not yet Lamp 3.")


async def test_a_single_device_is_no_bridge(tmp_path: Path) -> None:
    async with world(tmp_path, ONE) as home:
        await home.lost()
        await home.passes(0)
        await home.passes(GONE_S)
        assert (await home.told())["Anna"] == []


async def test_a_bridge_that_was_forgotten_is_not_told_of(tmp_path: Path) -> None:
    async with world(tmp_path) as home:
        await home.lost()
        await home.passes(0)
        (bridge,) = home.house.bridges
        await home.house.forget(bridge)
        await home.passes(GONE_S)
        assert (await home.told())["Anna"] == []
