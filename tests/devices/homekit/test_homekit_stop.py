"""A stop reaches what is in mid-move at once, and every receipt says what became of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from devices.capabilities import Movement, Position
from devices.device import Command, Outcome
from devices.drivers.homekit.driver import HomeKit
from devices.house import House
from devices.virtual.homekit import HomeKitHouse
from devices.virtual.homekit.house import PIN
from tests.devices.memory_vault import MemoryVault

SLOW = 0.2  # from one end to the other in 30 s: time to stop it
STOP = Movement(moving=False)


@pytest.fixture
async def accessories(tmp_path: Path) -> AsyncGenerator[HomeKitHouse]:
    async with HomeKitHouse(tmp_path, pace=SLOW) as opened:
        yield opened


@pytest.fixture
async def home(accessories: HomeKitHouse) -> AsyncGenerator[House]:
    async with House((HomeKit,), MemoryVault()) as opened:
        opened.hear(accessories.announcements()[0])
        async with asyncio.timeout(10), opened.events() as events:
            while not opened.strangers:
                await events.get()
        await opened.pair(next(iter(opened.strangers)), PIN)
        yield opened


def named(home: House, name: str) -> str:
    return next(device.id for device in home.devices.values() if device.name == name)


async def moving(home: House, device: str) -> None:
    async with asyncio.timeout(10), home.events() as events:
        before = home.state(device)["position"]
        while home.state(device)["position"] == before:
            await events.get()


async def test_a_stop_overtakes_the_move_and_what_waits_behind_it(home: House) -> None:
    shade = named(home, "Living room shades")
    move, after = (
        asyncio.create_task(home.apply([Command(device=shade, set=Position(percent=to))]))
        for to in (0, 100)
    )
    await moving(home, shade)
    began = time.monotonic()
    (stopped,) = await home.apply([Command(device=shade, set=STOP)])
    assert stopped.outcome is Outcome.VERIFIED
    assert time.monotonic() - began < 6, "not after the move"
    (moved,), (waited,) = await move, await after
    assert (moved.outcome, waited.outcome) == (Outcome.STOPPED, Outcome.STOPPED)
    assert isinstance(moved.after, Position)
    assert 0 < moved.after.percent < 70
    assert waited.reason == "It was stopped before it began."
    await asyncio.sleep(1.0)
    state = await home.refresh([shade]) or home.state(shade)["position"]
    assert isinstance(state, Position)
    assert abs(state.percent - moved.after.percent) < 3, "it stands where it was told to stand"


async def test_what_cannot_be_stopped_says_so_at_once_and_goes_on(home: House) -> None:
    door = named(home, "Garage door")
    move = asyncio.create_task(
        home.apply([Command(device=door, set=Position(percent=100))], deadline_s=3)
    )
    await asyncio.sleep(0.5)
    began = time.monotonic()
    (refused,) = await home.apply([Command(device=door, set=STOP)])
    assert refused.outcome is Outcome.REFUSED
    assert refused.reason == "Garage door cannot be stopped half-way."
    assert time.monotonic() - began < 1
    (moved,) = await move
    assert moved.outcome is Outcome.MOVING, "nobody says that it was stopped"


async def test_one_that_does_not_stop_is_not_said_to(
    home: House, accessories: HomeKitHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Movement, "settles_s", 0.5)
    shade = named(home, "Living room shades")
    command = Command(device=shade, set=Position(percent=0))
    move = asyncio.create_task(home.apply([command], deadline_s=6))
    await moving(home, shade)
    accessories.devices[shade].fault.lie = True
    (stopped,) = await home.apply([Command(device=shade, set=STOP)])
    assert stopped.outcome is Outcome.CONTRADICTED
    (moved,) = await move
    assert moved.outcome is Outcome.MOVING


async def test_a_stop_of_what_stands_still_is_done(home: House) -> None:
    shade = named(home, "Bedroom blinds")
    (stopped,) = await home.apply([Command(device=shade, set=STOP)])
    assert stopped.verified
    (moved,) = await home.apply([Command(device=shade, set=Position(percent=10))])
    assert moved.verified, "what comes after a stop is not stopped"
