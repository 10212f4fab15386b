"""What a new database gets beside its tables: rows that never change, and the full-text index.

An old database gets the same by migration. An index holds no copy of the text: it points at its
table, which triggers keep it true to.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import DDL, Connection

from memory.models import audit, facts, inbound

INDEXED = (inbound, facts)

_FROZEN = """
CREATE TRIGGER %(table)s_no_{what} BEFORE {what} ON %(table)s
BEGIN SELECT RAISE(ABORT, '%(table)s rows are never changed'); END
"""
_INDEX = """
CREATE VIRTUAL TABLE %(table)s_text USING fts5(
    text, content='%(table)s', content_rowid='id',
    tokenize='porter unicode61 remove_diacritics 2')
"""
_ADD = "INSERT INTO %(table)s_text(rowid, text) VALUES (new.id, new.text);"
_DROP = """
INSERT INTO %(table)s_text(%(table)s_text, rowid, text) VALUES ('delete', old.id, old.text);
"""
_INDEXING = {
    "insert AFTER INSERT": _ADD,
    "delete AFTER DELETE": _DROP,
    "update AFTER UPDATE OF text": _DROP + _ADD,
}


def create(db: Connection) -> None:
    """Add them to empty tables; nothing where the database is not SQLite."""
    if db.dialect.name != "sqlite":
        return
    for table, statements in (
        (audit, _frozen()),
        *((table, _indexed()) for table in INDEXED),
    ):
        for statement in statements:
            db.execute(DDL(statement, context={"table": table.name}))


def _frozen() -> Iterator[str]:
    yield _FROZEN.format(what="UPDATE")
    yield _FROZEN.format(what="DELETE")


def _indexed() -> Iterator[str]:
    yield _INDEX
    for when, what in _INDEXING.items():
        yield f"CREATE TRIGGER %(table)s_text_{when} ON %(table)s BEGIN {what} END"
