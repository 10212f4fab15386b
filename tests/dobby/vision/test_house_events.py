"""Doors that stay open, and who is at home, as the house tells."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from devices.capabilities import Alarm, Capability, Position, Reading
from devices.device import Device
from devices.driver import Found
from devices.house import House
from devices.virtual.declared import devices_of
from dobby.situation.openings import opening
from dobby.vision import watch
from memory.store import Store
from tests.devices.memory_vault import MemoryVault
from tests.dobby.vision.conftest import FILE, GARAGE, Seeing, World
from tests.dobby.vision.stories import START

ALARM = "declared:alarm"


@asynccontextmanager
async def listening(world: World) -> AsyncIterator[None]:
    """The part of the watch that hears the house, running."""
    task = asyncio.create_task(world.watch._hear_the_house())
    try:
        await settled()
        yield
        await settled()
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def settled() -> None:
    await asyncio.sleep(0.2)


async def test_a_garage_that_stays_open_is_told_and_that_it_is_closed(world: World) -> None:
    async with listening(world):
        world.house.learn(GARAGE, {"position": Position(percent=100)})
        await settled()
        await world.until(599)
        assert await world.said() == []
        await world.until(601)
        assert await world.said() == ["The garage door has been open for 10 minutes."]
        await world.until(1500)
        world.house.learn(GARAGE, {"position": Position(percent=0)})
    assert await world.said() == ["The garage door was open for 25 minutes, until 14:25."]


async def test_a_restart_does_not_begin_the_wait_anew(world: World) -> None:
    async with listening(world):
        world.house.learn(GARAGE, {"position": Position(percent=100)})
    await world.until(400)
    await world.restart()
    async with listening(world):
        await world.until(601)
        assert len(await world.said()) == 1
    await world.restart()
    async with listening(world):
        await world.until(700)
    assert len(await world.said()) == 1


async def test_what_was_closed_meanwhile_is_closed(world: World) -> None:
    async with listening(world):
        world.house.learn(GARAGE, {"position": Position(percent=100)})
        await settled()
        await world.until(601)
    world.house.learn(GARAGE, {"position": Position(percent=0)})
    await world.restart()
    async with listening(world):
        pass
    (incident,) = await world.kept()
    assert incident.ended is not None


OPENINGS: list[tuple[dict[str, str], dict[str, Capability], tuple[str, str, bool] | None]] = [
    ({"name": "Garage", "kind": "garage"}, {"position": Position(percent=30)},
     ("garage", "garage", True)),
    ({"name": "Garden Gate", "kind": "gate"}, {"position": Position(percent=0)},
     ("garden gate", "gate", False)),
    ({"name": "Front Door Sensor", "kind": "sensor"}, {"reading": Reading(contact=True)},
     ("front door", "door", True)),
    ({"name": "Anna's window contact", "kind": "sensor"}, {"reading": Reading(contact=False)},
     ("Anna's window", "window", False)),
    ({"name": "Letterbox", "kind": "sensor"}, {"reading": Reading(contact=True)},
     ("letterbox", "door", True)),
    ({"name": "Hall", "kind": "sensor"}, {"reading": Reading(motion=True)}, None),
    ({"name": "Blind", "kind": "shade"}, {"position": Position(percent=80)}, None),
    ({"name": "Gate", "kind": "gate"}, {}, None),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "state", "said"), OPENINGS)
def test_what_counts_as_open(
    fields: dict[str, str],
    state: dict[str, Capability],
    said: tuple[str, str, bool] | None,
) -> None:
    told = opening(Device(id="x:1", **fields), state, START)
    assert (told and (told.name, told.kind, told.open)) == said


async def test_at_home_by_word_else_by_the_alarm_else_nobody_knows(world: World) -> None:
    presence = world.watch.presence
    assert presence.is_home("ann") is None  # disarmed says nothing
    world.house.learn(ALARM, {"alarm": Alarm(mode="away")})
    assert presence.is_home("ann") is False
    world.house.learn(ALARM, {"alarm": Alarm(mode="night")})
    assert presence.is_home("ann") is True
    await presence.say("ann", False)
    assert (presence.is_home("ann"), presence.is_home("ben")) == (False, True)
    await world.restart()
    assert world.watch.presence.is_home("ann") is False
    await world.watch.presence.say("ann", None)
    assert world.watch.presence.is_home("ann") is True


async def test_time_is_looked_at_only_where_it_changes_something(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a house without cameras nothing is done each second; with one, or an open door, it is."""
    monkeypatch.setattr(watch, "TICK_S", 0.01)
    async with (
        Store(tmp_path / "dobby.db") as store,
        House((Seeing,), MemoryVault()) as house,
    ):
        world = World(tmp_path, house, store)
        await world.watch.load()
        ticks = 0
        tick = world.watch._tick

        async def counted() -> None:
            nonlocal ticks
            ticks += 1
            await tick()

        monkeypatch.setattr(world.watch, "_tick", counted)
        running = asyncio.create_task(world.watch.run())
        try:
            await settled()
            asleep = ticks
            await settled()
            assert ticks == asleep <= 5
            only = FILE.model_copy(update={"devices": {"garage": FILE.devices["garage"]}})
            house.publish(Found(devices_of(only)))
            await settled()
            asleep = ticks
            await settled()
            assert ticks == asleep
            house.learn(GARAGE, {"position": Position(percent=100)})
            await settled()
            assert ticks > asleep + 5
            house.learn(GARAGE, {"position": Position(percent=0)})
            await settled()
            asleep = ticks
            await settled()
            assert ticks == asleep
            house.publish(Found(devices_of(FILE)))
            await settled()
            assert ticks > asleep + 5
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
