"""What is damaged is set apart, before a start and while the store is open; all else goes on."""

from __future__ import annotations

import random
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from memory.errors import Corrupt, StoreError
from memory.records import Draft
from memory.store import Store
from tests.damage import DAMAGES, TABLES, damage_cell, damage_each_cell


def by_hand(path: Path, *statements: str) -> None:
    raw = sqlite3.connect(path)
    for statement in statements:
        raw.execute(statement)
    raw.commit()
    raw.close()


async def fill(store: Store) -> None:
    for n in range(30):
        message = await store.receive("web", f"m{n}", "ann", "page", f"the {n} boilers " * 20)
        assert message
        reply = Draft("web", "ann", "page", "ok", f"r{n}")
        await store.finish(message.id, [reply], [{"n": n}], {"turns": n})
        await store.remember(f"boiler {n} is old", "ann", message.id)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE inbound SET at = 'no time' WHERE id = 3",
        "UPDATE inbound SET attachments = '[9' WHERE id = 3",
        "UPDATE outbound SET media = '{' WHERE id = 3",
        "UPDATE outbound SET at = X'00ff' WHERE id = 3",
        "UPDATE facts SET at = '2026-13-41 10:00:00.000000' WHERE id = 3",
        "UPDATE conversations SET dialogue = '[' || char(0)",
    ],
)
async def test_damage_under_an_open_store_is_set_apart_when_it_is_met(
    store: Store, path: Path, statement: str
) -> None:
    await fill(store)
    by_hand(path, statement)
    assert len(await store.history("ann", 100)) >= 59
    assert len(await store.due("web")) >= 29
    assert await store.recall("old boilers")
    assert len(await store.facts()) >= 29
    await store.dialogue("ann")
    await store.message(3)
    table = statement.split()[1]
    assert [lost.table for lost in await store.untold()] == [table]


@pytest.mark.parametrize("index", ["inbound_text", "facts_text"])
async def test_a_damaged_index_is_made_anew(store: Store, path: Path, index: str) -> None:
    await fill(store)
    by_hand(path, f"UPDATE {index}_data SET block = X'0102' WHERE id > 1")
    assert await store.receive("web", "more", "ann", "page", "is the boiler on")
    assert await store.remember("the boiler is new", "ann")
    assert await store.recall("old boilers")
    assert await store.untold() == []


async def test_what_reads_well_is_never_set_apart(store: Store, path: Path) -> None:
    await fill(store)
    await store.receive("web", "\udc80", "ann", "page", "half a \ud83d pair \x00 and a null")
    strange = {"n": 1e300, "deep": [[[[]]]], "text": '\u2028"\\', "big": 2**60, "none": None}
    await store.finish(31, [], [strange], strange)
    await store.set_note("k", "")
    at = datetime(1970, 1, 1, tzinfo=UTC)
    await store.receive("web", "old", "ann", "page", "", [{"kind": "image", "url": ""}], at)
    async with Store(path.parent / "copy" / "dobby.db") as other:
        await store.backup(path.parent / "copy" / "x.db")
        assert await other.untold() == []
    async with Store(path.parent / "copy" / "x.db") as again:
        assert await again.untold() == []
        assert len(await again.history("ann", 100)) == 62


@pytest.mark.parametrize("damage", DAMAGES)
async def test_a_damaged_mark_of_the_version(path: Path, damage: str) -> None:
    async with Store(path) as store:
        await store.remember("kept", "ann")
    if not damage_cell(path, "alembic_version", "version_num", damage):
        pytest.skip("the column does not take it")
    async with Store(path) as store:
        assert [fact.text for fact in await store.facts()] == ["kept"]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("column", ["last", "hash"])
async def test_a_damaged_end_of_the_audit_stops_nothing_and_is_found(
    path: Path, column: str, damage: str
) -> None:
    async with Store(path) as store:
        await store.audit("ann", "unlock", {})
    damage_cell(path, "audit_head", column, damage)
    async with Store(path) as store:
        await store.audit("ann", "lock", {})
        assert len(await store.audited()) == 2
        assert await store.check_audit() == []  # the head is put right, the rows were whole


@pytest.mark.parametrize("seed", range(4))
async def test_a_flipped_bit_is_survived_or_refused_in_one_line(path: Path, seed: int) -> None:
    """Wherever it is: nothing but a StoreError, and what opens goes on."""
    async with Store(path) as store:
        await fill(store)
    whole, dice = path.read_bytes(), random.Random(seed)
    said: list[str] = []
    for _ in range(15):
        at, bit = dice.randrange(len(whole)), dice.randrange(8)
        damaged = bytearray(whole)
        damaged[at] ^= 1 << bit
        path.write_bytes(damaged)
        path.with_name("dobby.db-wal").unlink(missing_ok=True)
        path.with_name("dobby.db-shm").unlink(missing_ok=True)
        try:
            async with Store(path) as store:
                message = await store.receive("web", "new", "ann", "page", "hello")
                assert message
                assert await store.finish(message.id, [], [{}], {})
                await store.history("ann", 100)
                await store.recall("boilers")
        except StoreError as error:
            said.append(str(error))
    assert not [line for line in said if "\n" in line]
    assert len(said) < 15


async def test_a_page_of_noise_is_refused(path: Path) -> None:
    async with Store(path) as store:
        await fill(store)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size - size % 4096 - 4096 * 3)
        file.write(random.Random(1).randbytes(4096 * 2))
    with pytest.raises(Corrupt):
        async with Store(path):
            pass


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_there_is_a_damage_for_each_cell(table, tmp_path: Path) -> None:
    """The test's own hand works: most damages really get into the file."""
    import asyncio

    async def make() -> None:
        async with Store(tmp_path / "dobby.db"):
            pass

    asyncio.run(make())
    assert damage_each_cell(tmp_path / "dobby.db", table) > 10 * (len(table.columns) - 1)
