"""A household on addresses of its own, and a hub that keeps what the driver publishes."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
from collections.abc import AsyncIterator, Callable

import pytest
from soco import events_asyncio
from zeroconf.asyncio import AsyncZeroconf

from devices.capabilities import Capability, State
from devices.device import Unreachable
from devices.driver import Away, DriverEvent, Found, Update, Vault
from devices.drivers.sonos.driver import Sonos
from devices.virtual.sonos import SonosHousehold
from tests.devices.memory_vault import MemoryVault

DEADLINE_S = 8.0
_blocks, _ports = itertools.count(), itertools.count()


def fresh_block() -> str:
    """The first three bytes of a loopback network that no other test process uses."""
    n = (os.getpid() * 61 + next(_blocks)) % (200 * 250)
    return f"127.{20 + n // 250}.{1 + n % 250}"


class RecordingHub:
    """A hub whose events can be awaited."""

    vault: Vault
    zeroconf: AsyncZeroconf | None = None

    def __init__(self) -> None:
        self.vault = MemoryVault()
        self.events: list[DriverEvent] = []
        self._arrived = asyncio.Event()

    def publish(self, event: DriverEvent) -> None:
        self.events.append(event)
        self._arrived.set()

    async def wait(self, wanted: Callable[[DriverEvent], bool]) -> DriverEvent:
        """The first event from now on that is wanted."""
        seen = len(self.events)
        async with asyncio.timeout(DEADLINE_S):
            while True:
                for event in self.events[seen:]:
                    if wanted(event):
                        return event
                seen = len(self.events)
                self._arrived.clear()
                await self._arrived.wait()

    async def update(self, device: str, wanted: Capability) -> None:
        def shows(event: DriverEvent) -> bool:
            return (
                isinstance(event, Update)
                and event.device == device
                and wanted.shown_by(event.state.get(wanted.kind))
            )

        await self.wait(shows)

    async def away(self, device: str) -> None:
        await self.wait(lambda e: isinstance(e, Away) and device in e.devices)

    async def found(self, device: str) -> None:
        await self.wait(lambda e: isinstance(e, Found) and device in {d.id for d in e.devices})


class Home:
    """A household, the driver, and short names for its speakers."""

    def __init__(self, household: SonosHousehold, driver: Sonos, hub: RecordingHub) -> None:
        self.household, self.driver, self.hub = household, driver, hub

    def id(self, name: str) -> str:
        return f"sonos:{self.household.player(name).uid}"

    async def read(self, name: str) -> State:
        return await self.driver.read(self.id(name))

    async def apply(self, name: str, command: Capability) -> None:
        await self.driver.apply(self.id(name), command)

    async def shows(self, name: str, wanted: Capability) -> Capability:
        """Read until the speaker shows that; the state that did."""
        async with asyncio.timeout(DEADLINE_S):
            while True:
                state = (await self.read(name)).get(wanted.kind)
                if state is not None and wanted.shown_by(state):
                    return state
                await asyncio.sleep(0.02)


@pytest.fixture(autouse=True)
def listener_port() -> None:
    """SoCo's listener binds without SO_REUSEADDR: no two tests in a minute may share its port."""
    port = 20_000 + (os.getpid() * 131 + next(_ports) * 7) % 12_000
    events_asyncio.event_listener.requested_port_number = port


@pytest.fixture
def hub() -> RecordingHub:
    return RecordingHub()


@pytest.fixture
async def household() -> AsyncIterator[SonosHousehold]:
    block = fresh_block()  # an id of its own too: SoCo remembers topologies by it
    async with SonosHousehold(block=block, id=f"Sonos_{block}") as household:
        yield household


@pytest.fixture
async def driver(hub: RecordingHub) -> AsyncIterator[Sonos]:
    async with Sonos(hub, check_s=0.3) as driver:
        yield driver


@pytest.fixture
async def home(household: SonosHousehold, driver: Sonos, hub: RecordingHub) -> Home:
    await introduce(driver, household)
    return Home(household, driver, hub)


async def introduce(driver: Sonos, household: SonosHousehold) -> set[str]:
    """Every player announces itself; the ids of those that came in."""
    met: set[str] = set()
    for heard in household.announcements():
        with contextlib.suppress(Unreachable):  # the invisible half of a pair
            met |= {device.id for device in await driver.identify(heard)}
    return met
