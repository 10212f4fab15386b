"""Known devices are waited for before the first turn, but not for long."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from dobby.daemon.house_memory import save_changes, wait_for_known
from memory.store import Store
from tests.devices.knocker import LAMP, at, knocking, until
from tests.devices.memory_vault import MemoryVault


async def test_a_start_waits_for_the_known_devices() -> None:
    async with knocking(MemoryVault()) as (house, _):
        await house.restore([LAMP], [], {}, {LAMP.id: at("10.0.0.1")})
        assert house.away == {LAMP.id}
        async with asyncio.timeout(5):
            await wait_for_known(house)
        assert not house.away


async def test_a_device_that_never_answers_holds_up_no_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("dobby.daemon.house_memory.KNOWN_S", 0.05)
    async with knocking(MemoryVault()) as (house, _):
        await house.restore([LAMP], [], {}, {})
        async with asyncio.timeout(5):
            await wait_for_known(house)
        assert house.away == {LAMP.id}


async def test_what_was_met_before_anybody_listened_is_kept_too(tmp_path: Path) -> None:
    """Else a crash right after the first start forgets it, and with it what was said of it."""
    async with Store(tmp_path / "dobby.db") as store, knocking(MemoryVault()) as (house, _):
        async with house.events() as events:
            house.hear(at("10.0.0.1"))
            await until(events, "found")
        saving = asyncio.create_task(save_changes(house, store))
        async with asyncio.timeout(5):
            while not await store.devices():  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        saving.cancel()
