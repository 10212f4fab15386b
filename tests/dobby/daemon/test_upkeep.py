"""A backup a day and after each pairing, of a house that holds something; by any clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dobby.daemon.upkeep import LAST, back_up_if_due
from memory import backups
from memory.store import Store

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


async def test_none_of_an_empty_house(home: Path) -> None:
    async with Store(home / "dobby.db") as store:
        assert not await back_up_if_due(store, home, NOON)
    assert backups.found(home) == []


async def test_after_the_first_device_each_pairing_and_each_person_and_once_a_day(
    home: Path,
) -> None:
    from memory.records import PersonRecord

    async with Store(home / "dobby.db") as store:

        async def made(after: timedelta) -> bool:
            return await back_up_if_due(store, home, NOON + after)

        await store.save_devices([{"id": "sonos:1", "device": {}, "heard": None}])
        assert await made(HOUR)
        assert not await made(2 * HOUR)
        await store.vault.save("hue:1", {"app_key": "k"})
        assert await made(2 * HOUR)
        await store.save_person(PersonRecord("ben", "Ben", "adult"))
        await store.link("sms", "+48600100200", "ben")
        assert await made(2 * HOUR)
        await store.audit("ben", "paired devices", {})  # again, with new keys
        assert await made(2 * HOUR)
        await store.set_note("anything", "else")
        assert not await made(25 * HOUR)
        assert await made(26 * HOUR)
    assert len(backups.found(home)) == 2  # of two days
    assert all(not backups.prove(path).empty for path in backups.found(home))


@pytest.mark.parametrize("wrong", [NOON.replace(year=2099), NOON.replace(year=1971)])
async def test_a_wrong_year_stops_none(home: Path, wrong: datetime) -> None:
    async with Store(home / "dobby.db") as store:
        await store.vault.save("hue:1", {"app_key": "k"})
        assert await back_up_if_due(store, home, wrong)
        assert await back_up_if_due(store, home, NOON)
        assert not await back_up_if_due(store, home, NOON + HOUR)
        assert await back_up_if_due(store, home, NOON + 25 * HOUR)


@pytest.mark.parametrize("note", ["", "yesterday", "{}", '{"at": "x", "mark": 3}'])
async def test_a_damaged_note_of_the_last_one_stops_none(home: Path, note: str) -> None:
    async with Store(home / "dobby.db") as store:
        await store.vault.save("hue:1", {"app_key": "k"})
        await store.set_note(LAST, note)
        assert await back_up_if_due(store, home, NOON)
