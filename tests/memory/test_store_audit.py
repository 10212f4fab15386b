from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

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
        raw.execute(f"DROP TRIGGER audit_no_{verb}")
    raw.execute(sql)
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
    async with Store(path.with_name("other.db")) as other:
        await other.audit("mallory", "unlock", {})
    forged = sqlite3.connect(path.with_name("other.db"))
    row = forged.execute("SELECT at, actor, action, detail, hash FROM audit").fetchone()
    forged.close()
    values = ", ".join(
        f"{name} = '{value}'"
        for name, value in zip(("at", "actor", "action", "detail", "hash"), row, strict=True)
    )
    tamper(path, f"UPDATE audit SET {values} WHERE id = 1")
    assert await check(path) == [2]
