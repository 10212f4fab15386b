"""HomeKit under the real House: what receipts say of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import cast

import pytest

from devices.capabilities import Lock, Position, Power
from devices.device import Announcement, Command, Outcome
from devices.driver import Driver
from devices.drivers.homekit.driver import HomeKit
from devices.house import House
from devices.virtual.homekit import HomeKitHouse
from devices.virtual.homekit.house import PIN
from tests.devices.memory_vault import MemoryVault

Ids = dict[str, str]


@pytest.fixture
async def home(heard: Announcement) -> AsyncGenerator[House]:
    async with House([cast(type[Driver], HomeKit)], MemoryVault()) as opened:
        opened.hear(heard)
        async with asyncio.timeout(5), opened.events() as events:
            while not opened.strangers:
                await events.get()
        await opened.pair(next(iter(opened.strangers)), PIN)
        yield opened


async def test_everything_at_once_is_verified(home: House, ids: Ids) -> None:
    receipts = await home.apply(
        [
            Command(device=ids["Living room shades"], set=Position(percent=10)),
            Command(device=ids["Bedroom blinds"], set=Position(percent=90)),
            Command(device=ids["Garage door"], set=Position(percent=100)),
            Command(device=ids["Front door"], set=Lock(locked=False)),
            Command(device=ids["Coffee machine"], set=Power(on=True)),
        ]
    )
    assert [r.outcome for r in receipts] == [Outcome.VERIFIED] * 5
    assert receipts[0].after == Position(percent=10)
    assert receipts[0].seconds > 0.3, "a shade takes its time"


async def test_each_fault_is_told_as_it_is(
    home: House, house: HomeKitHouse, ids: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Power, "settles_s", 0.3)
    house.devices[ids["Desk lamp"]].fault.lie = True
    house.devices[ids["Coffee machine"]].fault.gone = True
    house.devices[ids["Front door"]].fault.refuse = True
    house.devices[ids["Bedroom fan"]].fault.slow_s = 0.2
    names = ("Desk lamp", "Coffee machine", "Front door", "Bedroom fan")
    wanted = (Power(on=True), Power(on=True), Lock(locked=False), Power(on=True))
    commands = [Command(device=ids[n], set=w) for n, w in zip(names, wanted, strict=True)]
    receipts = await home.apply(commands)
    assert [r.outcome for r in receipts] == [
        Outcome.CONTRADICTED,
        Outcome.UNREACHABLE,
        Outcome.REFUSED,
        Outcome.VERIFIED,
    ]
    assert home.away == {ids["Coffee machine"]}
    house.devices[ids["Coffee machine"]].fault.gone = False
    (receipt,) = await home.apply(commands[1:2])
    assert receipt.verified
    assert not home.away


async def test_a_shade_that_is_still_moving_when_time_is_up(home: House, ids: Ids) -> None:
    (receipt,) = await home.apply(
        [Command(device=ids["Living room shades"], set=Position(percent=0))], deadline_s=0.5
    )
    assert receipt.outcome is Outcome.MOVING
