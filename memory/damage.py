"""Rows that cannot be read are set apart and told of; everything else goes on without them.

A disk that rots, or a hand in the file, leaves cells that are not what their column holds. The
newest rows of each table are looked at when the store is opened, by SQL alone; and all of them
whenever something stumbles. The audit is left as it is: its chain tells.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Integer,
    Table,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from memory.models import LIST_OF, ONE_OF, Utc, audit, metadata, outbound, set_apart
from memory.records import Apart, Json
from memory.transactions import StorePart, read, write
from memory.triggers import INDEXED

_LARGEST = 2**53  # what every reader of JSON agrees on; no number of ours comes near
_TIME = "____-__-__ __:__:__.______".replace("_", "[0-9]")
_NEWEST = 5000


class Damage(StorePart):
    @read
    def untold(self, db: Connection) -> list[Apart]:
        """What was set apart, and its owner was not told of yet."""
        new = select(set_apart).where(set_apart.c.told.is_(False)).order_by(set_apart.c.id)
        return [
            Apart(row.id, row.at, row.table, row.row, row.why, _unanswered(db, row.table, row.row))
            for row in db.execute(new)
        ]

    @read
    def apart(self, db: Connection, table: str) -> list[Json]:
        """What there was of the rows of a table that were set apart or left out."""
        rows = select(set_apart.c.row).where(set_apart.c.table == table)
        return list(db.execute(rows.order_by(set_apart.c.id)).scalars())

    @write
    def told_of(self, db: Connection, ids: Sequence[int]) -> None:
        db.execute(update(set_apart).where(set_apart.c.id.in_(ids)).values(told=True))

    @write
    def left_out(self, db: Connection, table: str, row: Json, why: str) -> None:
        """Note a row that the store can read and whoever asked for it cannot. It stays: it may be
        another version's, and what is learned anew goes over it. Noted once."""
        same = select(set_apart.c.row).where(set_apart.c.table == table)
        if row not in db.execute(same).scalars().all():
            apart = {"at": datetime.now(UTC), "table": table, "row": row, "why": why}
            db.execute(insert(set_apart), apart)


def count(db: Connection) -> int:
    """How many rows were ever set apart."""
    return db.execute(select(func.count()).select_from(set_apart)).scalar_one()


def look_over(db: Connection, *, closely: bool = False) -> int:
    """Set apart every row that cannot be read; how many. Inside no transaction.

    Of the newest of each table, so that a start after years is as quick; ``closely``, of all of
    them, and with Python reading the JSON, which is stricter than SQLite.
    """
    if db.dialect.name != "sqlite":
        return 0
    with db.begin():
        bad = {table: found for table in _tables() if (found := _bad(db, table, closely))}
    if not bad:
        return 0
    # A row goes though others speak of it: a device comes back, and finds its names again.
    _pragma(db, "foreign_keys=OFF")
    try:
        rebuild_indexes(db)
        with db.begin():
            for table, found in bad.items():
                _move(db, table, found)
    finally:
        _pragma(db, "foreign_keys=ON")
    return sum(map(len, bad.values()))


def rebuild_indexes(db: Connection) -> None:
    """Make the indexes anew of what is in the tables: of two that differ, the table is right."""
    with db.begin():
        for table in INDEXED:
            name = f"{table.name}_text"
            db.exec_driver_sql(f"INSERT INTO {name}({name}) VALUES ('rebuild')")  # noqa: S608
    with suppress(IntegrityError), db.begin():  # two rows that became alike: it stays as it is
        db.exec_driver_sql("REINDEX")


def _tables() -> list[Table]:
    return [table for table in metadata.sorted_tables if table is not audit]


def _bad(db: Connection, table: Table, closely: bool) -> dict[int, str]:
    sound = {column.name: _sound(column) for column in table.columns}
    names = " || ".join(
        f"CASE WHEN coalesce({rule}, 0) THEN '' ELSE ' {name}' END" for name, rule in sound.items()
    )
    all_sound = " AND ".join(f"coalesce({rule}, 0)" for rule in sound.values())
    looked_at = f'"{table.name}"'
    if not closely:
        looked_at = f"(SELECT rowid, * FROM {looked_at} ORDER BY rowid DESC LIMIT {_NEWEST})"  # noqa: S608
    rows = db.exec_driver_sql(
        f"SELECT rowid, {names} FROM {looked_at} WHERE NOT ({all_sound})"  # noqa: S608
    )
    found = {row[0]: f"unreadable:{row[1]}" for row in rows}
    if table.dialect_options["sqlite"]["autoincrement"]:
        db.exec_driver_sql(
            f'UPDATE sqlite_sequence SET seq = (SELECT max(id) FROM "{table.name}" WHERE id < ?) '  # noqa: S608
            "WHERE name = ? AND NOT (typeof(seq) = 'integer' AND seq < ?)",
            (_LARGEST, table.name, _LARGEST),
        )
    if closely:
        for column in table.columns:
            if isinstance(column.type, JSON):
                found |= _unparsed(db, table, column, found)
    return found


def _unparsed(
    db: Connection, table: Table, column: Column[Any], known: dict[int, str]
) -> dict[int, str]:
    found: dict[int, str] = {}
    kept = db.exec_driver_sql(
        f'SELECT rowid, "{column.name}" FROM "{table.name}" '  # noqa: S608
        f'WHERE "{column.name}" IS NOT NULL'
    )
    for row, value in kept:
        if row not in known:
            try:
                json.loads(value)
            except (ValueError, TypeError, RecursionError):
                found[row] = f"unreadable: {column.name}"
    return found


def _sound(column: Column[Any]) -> str:
    """SQL that is true of a value which the column can hold, and safe to read."""
    name = f'"{column.name}"'
    rule = _rule(column, name)
    if column.nullable:
        return f"({name} IS NULL OR {rule})"
    return f"({rule})"


def _rule(column: Column[Any], name: str) -> str:
    match column.type:
        case Utc():
            return (
                f"CASE WHEN typeof({name}) <> 'text' OR {name} NOT GLOB '{_TIME}' THEN 0 "
                f"ELSE datetime(substr({name}, 1, 19), '+0 seconds') = "
                f"substr({name}, 1, 19) AND substr({name}, 1, 4) BETWEEN '1970' AND '2999' END"
            )
        case JSON():
            return (
                f"CASE WHEN typeof({name}) <> 'text' THEN 0 WHEN NOT json_valid({name}) THEN 0 "
                f"ELSE {_kind(column, name)} END"
            )
        case Boolean():
            return f"typeof({name}) = 'integer' AND {name} IN (0, 1)"
        case Integer():
            least = 1 if column.primary_key else -_LARGEST
            return f"typeof({name}) = 'integer' AND {name} BETWEEN {least} AND {_LARGEST}"
        case _:
            known = ", ".join(f"'{word}'" for word in column.info.get(ONE_OF, ()))
            return f"typeof({name}) = 'text'" + (f" AND {name} IN ({known})" if known else "")


def _kind(column: Column[Any], name: str) -> str:
    item = column.info.get(LIST_OF)
    if item is None:
        return f"json_type({name}) = 'object'"
    others = f"SELECT 1 FROM json_each({name}) WHERE type <> '{item}'"  # noqa: S608
    return f"json_type({name}) = 'array' AND NOT EXISTS ({others})"


def _move(db: Connection, table: Table, found: dict[int, str]) -> None:
    """As much of each row as can be told goes to ``set_apart``, and the row goes."""
    told = ", ".join(f"'{column.name}', {_told(column)}" for column in table.columns)
    at = datetime.now(UTC)
    for row, why in found.items():
        kept = db.exec_driver_sql(
            f'SELECT json_object({told}) FROM "{table.name}" WHERE rowid = ?',  # noqa: S608
            (row,),
        ).scalar_one()
        if table is not set_apart:  # what was apart and is damaged again is of no use to anyone
            apart = {"at": at, "table": table.name, "row": json.loads(kept), "why": why}
            db.execute(insert(set_apart), apart)
        db.exec_driver_sql(f'DELETE FROM "{table.name}" WHERE rowid = ?', (row,))  # noqa: S608


def _told(column: Column[Any]) -> str:
    """A cell as JSON can hold it."""
    name = f'"{column.name}"'
    return f"CASE typeof({name}) WHEN 'blob' THEN hex({name}) WHEN 'real' THEN quote({name}) \
ELSE {name} END"


def _unanswered(db: Connection, table: str, row: dict[str, Any]) -> bool:
    """Whether it is a message from a person that may still have waited for its answer."""
    if table != "inbound" or row["done"] == 1:
        return False
    return not db.execute(select(exists().where(outbound.c.in_reply_to == row["id"]))).scalar()


def _pragma(db: Connection, said: str) -> None:
    """Outside a transaction, where alone it has an effect."""
    raw: Any = db.connection.driver_connection
    raw.execute(f"PRAGMA {said}")
