"""A hand in the database file: cells that are not what their column holds, past every check."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from memory.models import metadata

DAMAGES = {
    "nothing": "NULL",
    "a number": "7",
    "a huge number": str(2**62),
    "a fraction": "0.5",
    "bytes": "X'00ff80c3'",
    "bytes that are no text": "CAST(X'41ff80c342' AS TEXT)",
    "words": "'~#garbage'",
    "half an object": "'{\"a\": '",
    "another kind of JSON": "'\"just a string\"'",
    "an empty object": "'{}'",
    "an empty list": "'[]'",
    "a list of the wrong things": "'[1, null, {}, []]'",
    "a number that Python refuses": "'[" + "9" * 5000 + "]'",
    "too deep": "'" + "[" * 1500 + "]" * 1500 + "'",
    "no day": "'2026-02-31 10:00:00.000000'",
    "no year": "'0000-00-00 00:00:00.000000'",
    "the end of time": "'9999-12-31 23:59:59.999999'",
}


def cells(table: Table) -> list[tuple[str, str]]:
    """Every column with every damage."""
    return [(column.name, damage) for column in table.columns for damage in DAMAGES]


def damage_each_cell(path: Path, table: Table) -> int:
    """Beside a sound row, one more for each cell and damage; how many could be damaged."""
    with _unguarded(path, table.name) as raw:
        rows = raw.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid LIMIT 1').fetchone()
        sound = dict(zip([c.name for c in table.columns], rows, strict=True)) if rows else None
        made = 0
        for number, (column, damage) in enumerate(cells(table), start=1000):
            row = _like(table, sound or _synthetic(table), number)
            values = ", ".join("?" for _ in row)
            names = ", ".join(f'"{name}"' for name in row)
            into = f'INSERT INTO "{table.name}" ({names}) VALUES ({values})'
            rowid = raw.execute(into, list(row.values())).lastrowid
            made += _damage(raw, table.name, column, DAMAGES[damage], f"rowid = {rowid}")
        return made


def damage_cell(path: Path, table: str, column: str, damage: str) -> bool:
    """In every row there is; whether the column takes it."""
    with _unguarded(path, table) as raw:
        return _damage(raw, table, column, DAMAGES[damage], "1")


def _damage(raw: sqlite3.Connection, table: str, column: str, value: str, where: str) -> bool:
    try:
        raw.execute(f'UPDATE "{table}" SET "{column}" = {value} WHERE {where}')
    except (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.OperationalError):
        return False  # a row's own number, or one that has to be another than all others
    return True


@contextmanager
def _unguarded(path: Path, table: str) -> Iterator[sqlite3.Connection]:
    """Without the table's constraints and triggers, which are put back."""
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = raw.execute("SELECT rowid, sql FROM sqlite_master WHERE name = ?", (table,)).fetchall()
    triggers = raw.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
    ).fetchall()
    for name, _ in triggers:
        raw.execute(f'DROP TRIGGER "{name}"')
    raw = _rewritten(raw, path, [(row, sql.replace(" NOT NULL", "")) for row, sql in kept])
    try:
        yield raw
    finally:
        raw = _rewritten(raw, path, kept)
        for _, sql in triggers:
            raw.execute(sql)
        raw.close()


def _rewritten(
    raw: sqlite3.Connection, path: Path, schema: list[tuple[int, str]]
) -> sqlite3.Connection:
    raw.execute("PRAGMA writable_schema = ON")
    for row, sql in schema:
        raw.execute("UPDATE sqlite_master SET sql = ? WHERE rowid = ?", (sql, row))
    version = raw.execute("PRAGMA schema_version").fetchone()[0]
    raw.execute(f"PRAGMA schema_version = {version + 1}")
    raw.close()
    return sqlite3.connect(path, isolation_level=None)


def _like(table: Table, sound: dict[str, Any], number: int) -> dict[str, Any]:
    """The same, under a name of its own."""
    own = {table.primary_key.columns.values()[-1].name}
    for constraint in table.constraints:
        if type(constraint).__name__ == "UniqueConstraint":
            own.add(list(constraint.columns)[-1].name)  # pyright: ignore[reportAttributeAccessIssue]
    row = dict(sound)
    for name in own:
        row[name] = number if isinstance(sound[name], int) else f"{sound[name]}~{number}"
    return row


def _synthetic(table: Table) -> dict[str, Any]:
    """A row of the right types, for a table that nothing has filled."""
    kinds = {
        "JSON": "{}", "Utc": "2026-01-01 00:00:00.000000", "Boolean": 0, "Integer": 1,
        "BigInteger": 1,
    }  # fmt: skip
    return {c.name: kinds.get(type(c.type).__name__, "words") for c in table.columns}


TABLES = [table for table in metadata.sorted_tables if table.name not in ("audit", "audit_head")]
