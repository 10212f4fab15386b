"""Who went away is searched for at once: over the real protocol, and never in a storm."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator

import pytest
from zeroconf.asyncio import AsyncZeroconf

from devices import discovery
from devices.device import Announcement, Device
from devices.discovery import Discovery
from devices.driver import Away, Found
from devices.drivers import DRIVERS
from devices.house import House
from devices.seeking import seek_the_away
from devices.virtual.sonos import SonosHousehold
from tests.devices.memory_vault import MemoryVault
from tests.devices.sonos.conftest import fresh_block

LOOPBACK = ["127.0.0.1"]


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """When it searched, on the monotonic clock; it searches all the same."""
    at: list[float] = []
    search = Discovery._search  # pyright: ignore[reportPrivateUsage]

    def counted(self: Discovery) -> None:
        at.append(time.monotonic())
        search(self)

    monkeypatch.setattr(Discovery, "_search", counted)
    monkeypatch.setattr(discovery, "FIRST_S", (0.0,))
    return at


@contextlib.asynccontextmanager
async def seeking(block: str, other: str) -> AsyncGenerator[House]:
    """A house that hears what is in these two networks alone, and nothing but SSDP."""
    zeroconf = AsyncZeroconf(interfaces=LOOPBACK)
    try:
        async with House(DRIVERS, MemoryVault(), zeroconf) as house:

            def hear(heard: Announcement) -> None:
                if heard.source == "ssdp" and heard.host.startswith((block, other)):
                    house.hear(heard)

            async with Discovery(zeroconf, LOOPBACK, hear) as ears:
                task = asyncio.create_task(seek_the_away(house, ears))
                try:
                    yield house
                finally:
                    task.cancel()
                    await asyncio.gather(task, return_exceptions=True)
    finally:
        await zeroconf.async_close()


async def test_a_speaker_at_a_new_address_is_found_without_anybody_asking(
    searches: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovery, "MISSED_S", (1.0, 1.0, 2.0, 4.0, 8.0))
    first, second = fresh_block(), fresh_block()
    async with contextlib.AsyncExitStack() as stack, asyncio.timeout(60):
        old = SonosHousehold(block=first, id="moving", ssdp=True)
        await stack.enter_async_context(old)
        house = await stack.enter_async_context(seeking(f"{first}.", f"{second}."))
        zones = set(old.devices)
        while not zones <= house.devices.keys():  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        await old.__aexit__(None, None, None)
        async with SonosHousehold(block=second, id="moving", ssdp=True):
            while not zones & house.away:
                await asyncio.sleep(0.05)
                await house.refresh(zones)
            began = time.monotonic()
            while zones & house.away:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
            assert time.monotonic() - began < 15
            assert all(house.sightings[zone].host.startswith(second) for zone in zones)


class TestHowOften:
    """By the searches themselves, with short pauses."""

    @pytest.fixture(autouse=True)
    def short(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(discovery, "MISSED_S", (0.2, 0.4))
        monkeypatch.setattr(discovery, "CALM_S", 1.0)

    async def test_at_once_and_then_less_and_less(self, searches: list[float]) -> None:
        async with Discovery(None, LOOPBACK) as ears:
            await asyncio.sleep(0.2)
            searches.clear()
            began = time.monotonic()
            ears.miss()
            await asyncio.sleep(1.2)
        after = [at - began for at in searches]
        assert len(after) == 3
        assert after == pytest.approx([0.0, 0.2, 0.6], abs=0.15)

    async def test_however_many_come_and_go(self, searches: list[float]) -> None:
        async with Discovery(None, LOOPBACK) as ears:
            await asyncio.sleep(0.2)
            searches.clear()
            for _ in range(150):
                ears.miss()
                await asyncio.sleep(0.01)
        assert 1 <= len(searches) <= 2


async def test_a_lamp_that_only_its_bridge_misses_is_not_searched_for() -> None:
    missed: list[bool] = []
    async with House([], MemoryVault()) as house:
        ears = Discovery(None, LOOPBACK)
        ears.miss = lambda: missed.append(True)  # type: ignore[method-assign]
        task = asyncio.create_task(seek_the_away(house, ears))
        await asyncio.sleep(0)
        lamps = [Device(id=f"hue:b/{n}", name=f"Lamp {n}", kind="light") for n in (1, 2)]
        house.publish(Found(tuple(lamps)))
        house.publish(Away(("hue:b/1",)))
        await asyncio.sleep(0.05)
        assert not missed
        house.publish(Away(("hue:b/2",)))
        await asyncio.sleep(0.05)
        assert missed
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
