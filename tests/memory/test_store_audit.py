from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from memory import schema
from memory.audit import broken
from memory.chain import START, Chain, plain_hash
from memory.migrations import UNKEYED
from memory.sqlite import SqliteFile
from memory.store import Store


async def fill(path: Path) -> None:
    async with Store(path) as store:
        for n in range(5):
            await store.audit("ann", "unlock", {"n": n, "name": "Tür"})
        assert await store.check_audit() == []


async def check(path: Path) -> list[int]:
    async with Store(path) as store:
        return await store.check_audit()


def tamper(path: Path, sql: str) -> None:
    raw = sqlite3.connect(path)
    for verb in ("UPDATE", "DELETE"):
        raw.execute(f"DROP TRIGGER IF EXISTS audit_no_{verb}")
    raw.executescript(sql)
    raw.commit()
    raw.close()


async def test_rows_are_chained_through_restarts_and_crowds(path: Path) -> None:
    await fill(path)
    async with Store(path) as store:
        ids = await asyncio.gather(*(store.audit("bob", "say", {"n": n}) for n in range(30)))
        assert sorted(ids) == list(range(6, 36))
        assert await store.check_audit() == []
        newest = (await store.audited(1))[0]
        assert (newest.id, newest.actor) == (35, "bob")


@pytest.mark.parametrize("sql", ["UPDATE audit SET actor = 'x' WHERE id = 3", "DELETE FROM audit"])
async def test_the_database_refuses_changes(path: Path, sql: str) -> None:
    await fill(path)
    raw = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        raw.execute(sql)
    raw.close()
    assert await check(path) == []


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("UPDATE audit SET actor = 'bob' WHERE id = 3", [3]),
        ("UPDATE audit SET detail = '{}' WHERE id = 5", [5]),
        ("UPDATE audit SET at = '2020-01-01T00:00:00+00:00' WHERE id = 1", [1]),
        ("DELETE FROM audit WHERE id = 3", [4]),
        ("DELETE FROM audit WHERE id = 1", [2]),
        ("DELETE FROM audit WHERE id = 5", [5]),
        ("DELETE FROM audit", [5]),
        ("DELETE FROM audit_head", [5]),
    ],
)
async def test_an_edited_or_removed_row_is_found(path: Path, sql: str, broken: list[int]) -> None:
    await fill(path)
    tamper(path, sql)
    assert await check(path) == broken


async def test_a_row_rewritten_with_its_hash_breaks_the_next(path: Path) -> None:
    await fill(path)
    async with Store(path.parent / "other" / "dobby.db") as other:
        await other.audit("mallory", "unlock", {})
    forged = sqlite3.connect(path.parent / "other" / "dobby.db")
    row = forged.execute("SELECT at, actor, action, detail, hash FROM audit").fetchone()
    forged.close()
    values = ", ".join(
        f"{name} = '{value}'"
        for name, value in zip(("at", "actor", "action", "detail", "hash"), row, strict=True)
    )
    tamper(path, f"UPDATE audit SET {values} WHERE id = 1")
    assert await check(path) == [1, 2]


async def test_all_of_it_deleted_with_its_head_is_found_and_stays_so(path: Path) -> None:
    await fill(path)
    tamper(path, "DELETE FROM audit; DELETE FROM audit_head")
    assert await check(path) == [5]
    async with Store(path) as store:
        for _ in range(9):
            await store.audit("mallory", "say", {})
        assert await store.check_audit() == [6]


async def test_rows_cut_off_the_end_with_the_head_put_right_are_found(path: Path) -> None:
    await fill(path)
    tamper(
        path,
        "DELETE FROM audit WHERE id > 3;"
        "UPDATE audit_head SET last = 3, hash = (SELECT hash FROM audit WHERE id = 3)",
    )
    assert await check(path) == [5]


@pytest.mark.parametrize("keyed", [False, True], ids=["as it was without a key", "another's key"])
async def test_a_chain_written_anew_does_not_hold(path: Path, keyed: bool) -> None:
    """By whoever has the database, and all that is known of how it is made."""
    await fill(path)
    raw = sqlite3.connect(path)
    rows = raw.execute("SELECT id, at, actor, action, detail FROM audit ORDER BY id").fetchall()
    raw.close()
    (path.parent / "forger").mkdir()
    other = Chain(path.parent / "forger")
    link, written = START, []
    for row_id, at, _, action, detail in rows:
        bind = other.hash if keyed else plain_hash
        link = bind(link, row_id, at, "mallory", action, detail)
        written.append(f"UPDATE audit SET actor = 'mallory', hash = '{link}' WHERE id = {row_id}")
    tamper(path, ";".join([*written, f"UPDATE audit_head SET hash = '{link}'"]))
    assert await check(path) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("lost", ["audit.anchor", "audit.key"])
async def test_a_lost_anchor_or_key_is_told_and_stays_on_record(path: Path, lost: str) -> None:
    await fill(path)
    (path.parent / lost).unlink()
    assert looked(path)[0] == 0
    async with Store(path) as store:
        await store.audit("ann", "lock", {})
        assert "audit anchor missing" in [row.action for row in await store.audited()]
        found = await store.check_audit()
    assert found == ([] if lost == "audit.anchor" else [1, 2, 3, 4, 5])


def looked(path: Path) -> list[int]:
    """Without opening the store, which would put things right."""
    with create_engine(f"sqlite:///{path}").connect() as db:
        return broken(db, Chain(path.parent))


async def test_rows_of_before_there_was_a_key_are_taken_over(path: Path) -> None:
    database = SqliteFile(path)
    schema.upgrade(database.open(), UNKEYED[-1])
    database.close()
    link, rows = START, []
    for n in range(1, 4):
        row = (n, f"2026-01-0{n}T00:00:00+00:00", "ann", "unlock", "{}")
        link = plain_hash(link, *row)
        rows.append(f"INSERT INTO audit VALUES {(*row, link)}")
    head = f"INSERT INTO audit_head VALUES (1, 3, '{link}')"
    tamper(path, ";".join([*rows, head]))
    assert await check(path) == []
    async with Store(path) as store:
        await store.audit("ann", "lock", {})
    assert await check(path) == []
    tamper(path, "UPDATE audit SET actor = 'bob' WHERE id = 2")
    assert await check(path) == [2]


async def test_an_append_that_is_rolled_back_is_not_anchored(path: Path) -> None:
    await fill(path)
    async with Store(path) as store:
        with pytest.raises(TypeError):
            await store.finish(0, [], [], None) or await store.audit("ann", "x", {"a": object()})
        await store.set_note("k", "v")
        assert await store.check_audit() == []
