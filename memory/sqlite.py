"""SQLite as the store's database: its settings, its faults, its files.

One connection writes and checkpoints (SQLite before 3.51.3 can corrupt a WAL that two reset);
the reader's is query-only. ``synchronous=FULL``: a commit survives a power cut.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Float,
    Integer,
    Select,
    Table,
    column,
    create_engine,
    event,
    literal_column,
    select,
)
from sqlalchemy import table as table_clause
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.pool import NullPool

from memory.errors import Corrupt, DiskFull, Locked, Lost, NotWritable, StoreError
from memory.home import Lock, Reserve, has_backups, make_home

BUSY_MS = 5000
_WRITER = (
    f"PRAGMA busy_timeout={BUSY_MS}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what is deleted, or hidden, is not left in the file
    "PRAGMA journal_size_limit=16777216",
)
_READER = (f"PRAGMA busy_timeout={BUSY_MS}", "PRAGMA query_only=ON")


class SqliteFile:
    """One database file in Dobby's home folder, ours alone while it is open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.home = path.parent
        self._lock = Lock(path)
        self._reserve = Reserve(path.with_name(path.name + ".reserve"))
        self._write = _engine(path, _WRITER, "BEGIN IMMEDIATE")
        self._read = _engine(path, _READER, "BEGIN")
        self._writer: Connection | None = None
        self._reader: Connection | None = None

    def open(self) -> Connection:
        make_home(self.home)
        self._lock.take()
        try:
            self._create()
            self._reserve.fill()
            self._writer = self._connect()
        except BaseException:
            self.close()
            raise
        return self._writer

    def reader(self) -> Connection:
        self._reader = self._read.connect()
        return self._reader

    def close(self) -> None:
        if self._reader:  # first, so that the last connection to go is the one that checkpoints
            self._reader.close()
        if self._writer:
            self.tidy_log(self._writer)
            self._writer.close()
        self._reader = self._writer = None
        self._lock.release()

    def explain(self, error: StatementError) -> StoreError:
        if isinstance(error.orig, sqlite3.Error):
            return self._explain(error.orig)
        return StoreError(f"The database failed: {error.orig}")

    def has_room(self) -> bool:
        return self._reserve.fill()

    def make_room(self) -> bool:
        return self._reserve.release()

    def tidy_log(self, db: Connection) -> None:
        with suppress(sqlite3.Error):  # on a full disk the log stays, and loses nothing
            _raw(db).execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def backup(self, db: Connection, target: Path) -> None:
        """By SQLite's online copy, into a file beside the target that is then renamed."""
        part = target.with_name(target.name + ".part")
        try:
            make_home(target.parent)
            part.unlink(missing_ok=True)
            os.close(os.open(part, os.O_CREAT | os.O_WRONLY, 0o600))
            copy = sqlite3.connect(part)
            try:
                _raw(db).backup(copy)
            finally:
                copy.close()
            part.replace(target)
        except sqlite3.Error as error:
            raise self._explain(error) from error
        except OSError as error:
            raise NotWritable.at(target.parent, error.strerror or str(error)) from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def _create(self) -> None:
        """Where there is none yet. Raises Lost where there was one: a start is no place to lose
        the memory of years quietly."""
        try:
            missing = not self.path.exists() or not self.path.stat().st_size
            if missing and has_backups(self.home):
                raise Lost(self.path)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise NotWritable.at(self.path, error.strerror or str(error)) from error

    def _connect(self) -> Connection:
        try:
            return self._checked()
        except DBAPIError as error:
            told = self.explain(error)
            if not isinstance(told, DiskFull) or not self._reserve.release():
                raise told from error
        try:
            return self._checked()
        except DBAPIError as error:
            raise self.explain(error) from error

    def _checked(self) -> Connection:
        db = self._write.connect()
        try:
            told = db.exec_driver_sql("PRAGMA quick_check").scalars().all()
            db.rollback()
        except BaseException:
            db.close()
            raise
        # A value that its column cannot hold is one row's damage: ``damage`` deals with that.
        faults = [said for said in told if said != "ok" and not _VALUE.match(said)]
        if faults:
            db.close()
            detail = " ".join(str(faults[0]).split())
            raise Corrupt.at(self.path, detail, has_backups(self.home))
        return db

    def _explain(self, error: sqlite3.Error) -> StoreError:
        code = getattr(error, "sqlite_errorcode", 0)
        match code & 0xFF:
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                return Locked.by_other(self.path)
            case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
                return Corrupt.at(self.path, str(error), has_backups(self.home))
            case sqlite3.SQLITE_FULL:
                return DiskFull(self.path)
            case sqlite3.SQLITE_IOERR if code in _NO_SPACE:
                return DiskFull(self.path)
            case sqlite3.SQLITE_IOERR:
                return Corrupt.at(self.path, str(error), has_backups(self.home))
            case sqlite3.SQLITE_CONSTRAINT if code in _INDEX:
                return Corrupt.at(self.path, str(error), has_backups(self.home))
            case sqlite3.SQLITE_ERROR if str(error).startswith(_STRANGE):
                return Corrupt.at(self.path, str(error), has_backups(self.home))
            case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
                return NotWritable.at(self.path, str(error))
            case _:
                return StoreError(f"The database failed: {error}")


# A full-text index that contradicts itself: tables of ours have constraints of their own names.
_INDEX = frozenset({sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_CONSTRAINT_VTAB})
_VALUE = re.compile(r"(?:NULL|NUMERIC|TEXT|non-\w+) value in ")
_STRANGE = ("no such table", "no such column", "no such module", "malformed", "table ", "near ")
"""What SQLite says where the schema in the file is not the one that this version made."""

# Space that ran out under a quota or a file limit, or under the shared-memory file, is no
# SQLITE_FULL but one of these.
_NO_SPACE = frozenset(
    {sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_FSYNC}
)


def matching(table: Table, words: list[str], every: bool = False) -> Select[Any]:
    """The rows of ``table`` that hold any (or ``every``) of the words, with their ``score``, best
    first.

    ``words`` hold letters and digits only; each is quoted, so that none is FTS5 syntax. Ordered
    by ``rank`` alone, the index hands rows out one by one: a limit spares reading the others.
    """
    index = table_clause(f"{table.name}_text", column("rowid", Integer), column("rank", Float))
    query = (" AND " if every else " OR ").join(
        f'"{word}"*' if len(word) > 2 else f'"{word}"' for word in words
    )
    return (
        select(table, (-index.c.rank).label("score"))
        .join_from(index, table, table.c.id == index.c.rowid)
        .where(literal_column(index.name).op("MATCH")(query))
        .order_by(index.c.rank)
    )


def _raw(db: Connection) -> sqlite3.Connection:
    raw = db.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)  # noqa: S101 - narrows the type
    return raw


def _engine(path: Path, pragmas: tuple[str, ...], begin: str) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=NullPool,
        connect_args={"check_same_thread": False},
    )

    def on_connect(raw: sqlite3.Connection, record: object) -> None:
        raw.isolation_level = None  # transactions are begun by us, below
        raw.text_factory = partial(str, encoding="utf-8", errors="replace")  # damaged text is text
        for pragma in pragmas:
            raw.execute(pragma)

    def on_begin(db: Connection) -> None:
        db.exec_driver_sql(begin)

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)
    return engine
