"""Known devices are waited for before the first turn, but not for long."""

from __future__ import annotations

import asyncio

import pytest

from dobby.household import muster
from tests.devices.knocker import LAMP, at, knocking
from tests.devices.memory_vault import MemoryVault


async def test_a_start_waits_for_the_known_devices() -> None:
    async with knocking(MemoryVault()) as (house, _):
        await house.restore([LAMP], [], {}, {LAMP.id: at("10.0.0.1")})
        assert house.away == {LAMP.id}
        async with asyncio.timeout(5):
            await muster(house)
        assert not house.away


async def test_a_device_that_never_answers_holds_up_no_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("dobby.household.MUSTER_S", 0.05)
    async with knocking(MemoryVault()) as (house, _):
        await house.restore([LAMP], [], {}, {})
        async with asyncio.timeout(5):
            await muster(house)
        assert house.away == {LAMP.id}
