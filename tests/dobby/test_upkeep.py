"""A backup a day, the newest few kept, each of them whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from dobby.upkeep import back_up_if_due
from memory.store import Store

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def test_one_a_day_and_it_can_be_opened(tmp_path: Path) -> None:
    async with Store(tmp_path / "dobby.db") as store:
        await store.remember("the key is under the pot", "ann", None)
        assert await back_up_if_due(store, NOON)
        assert not await back_up_if_due(store, NOON + timedelta(hours=23))
    [copy] = (tmp_path / "backups").glob("dobby-*.db")
    async with Store(copy.rename(tmp_path / "restored.db")) as restored:
        assert [fact.text for fact in await restored.facts()] == ["the key is under the pot"]


async def test_old_ones_go_and_other_copies_stay(tmp_path: Path) -> None:
    backups = tmp_path / "backups"
    backups.mkdir()
    for day in range(1, 5):
        (backups / f"dobby-2026010{day}T000000.db").write_bytes(b"old")
    (backups / "before-0002.db").write_bytes(b"kept")
    async with Store(tmp_path / "dobby.db") as store:
        assert await back_up_if_due(store, NOON, kept=3)
    left = sorted(path.name for path in backups.iterdir())
    assert left[0] == "before-0002.db"
    assert left[1:3] == ["dobby-20260103T000000.db", "dobby-20260104T000000.db"]
    assert len(left) == 4
