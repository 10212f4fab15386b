from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from pathlib import Path

import pytest

from devices.capabilities import State
from devices.device import Announcement
from devices.driver import Away, DriverEvent, Found, Update
from devices.drivers.homekit.driver import HomeKit
from devices.virtual.homekit import HomeKitHouse
from devices.virtual.homekit.house import PIN
from tests.devices.memory_vault import MemoryVault

PATIENCE_S = 8.0
PACE = 8.0  # the virtual house hurries, so that the tests need not wait


class ListeningHub:
    """A hub that keeps what it hears, and lets a test wait for it."""

    def __init__(self) -> None:
        self.vault = MemoryVault()
        self.zeroconf = None
        self.events: list[DriverEvent] = []
        self._news = asyncio.Event()

    def publish(self, event: DriverEvent) -> None:
        self.events.append(event)
        self._news.set()

    async def hears(self, wanted: Callable[[DriverEvent], bool]) -> DriverEvent:
        """The next event of that sort; what is heard meanwhile is passed over."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                while self.events:
                    event = self.events.pop(0)
                    if wanted(event):
                        return event
                self._news.clear()
                await self._news.wait()

    async def update(self, device: str, shows: Callable[[State], bool]) -> State:
        event = await self.hears(
            lambda e: isinstance(e, Update) and e.device == device and shows(e.state)
        )
        assert isinstance(event, Update)
        return event.state

    async def away(self, device: str) -> None:
        await self.hears(lambda e: isinstance(e, Away) and device in e.devices)

    async def found(self, device: str) -> None:
        await self.hears(lambda e: isinstance(e, Found) and device in {d.id for d in e.devices})


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """HAP-python gathers events for half a second before it pushes them."""
    monkeypatch.setattr("pyhap.hap_protocol.EVENT_COALESCE_TIME_WINDOW", 0.1)


@pytest.fixture
def hub() -> ListeningHub:
    return ListeningHub()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncGenerator[HomeKitHouse]:
    async with HomeKitHouse(tmp_path, pace=PACE) as opened:
        yield opened


@pytest.fixture
def heard(house: HomeKitHouse) -> Announcement:
    return house.announcements()[0]


@pytest.fixture
async def driver(hub: ListeningHub, heard: Announcement) -> AsyncGenerator[HomeKit]:
    """A driver that is paired with the house."""
    async with HomeKit(hub, pulse_s=1.0) as opened:
        await opened.pair(heard, PIN)
        hub.events.clear()
        yield opened


@pytest.fixture
def ids(house: HomeKitHouse) -> dict[str, str]:
    """Device ids by name."""
    return {thing.name: thing.id for thing in house.devices.values()}
