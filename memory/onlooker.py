"""Looking at a database beside the daemon that holds it, without writing a byte."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from memory import damage
from memory.audit import broken
from memory.chain import Chain
from memory.errors import StoreError


@dataclass(frozen=True)
class Seen:
    """How a database is: rows of the audit that do not hold (``audit.broken``), and how many rows
    were ever set apart."""

    broken: list[int]
    set_apart: int


def examine(database: Path) -> Seen:
    """Blocks. Raises StoreError."""
    try:
        with _looking(database) as db:
            return Seen(broken(db, Chain(database.parent)), damage.count(db))
    except (DBAPIError, sqlite3.Error) as error:
        raise StoreError(f"The database {database} cannot be read ({error}).") from error


@contextmanager
def _looking(database: Path) -> Generator[Connection]:
    def connect() -> sqlite3.Connection:
        raw = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)
        raw.text_factory = partial(str, encoding="utf-8", errors="replace")
        return raw

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    with engine.connect() as db, db.begin():
        yield db
