"""What the store asks of a database, and the plain answer for one that runs as a server."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError, StatementError

from memory.errors import StoreError


class Database(Protocol):
    """Everything that differs between SQLite and a database server."""

    home: Path  # where keys and backups are kept

    def open(self) -> Connection:
        """The writer's connection. Blocks. Raises StoreError."""
        ...

    def reader(self) -> Connection: ...

    def close(self) -> None:
        """Close both connections and give back files and locks. Blocks; idempotent."""
        ...

    def explain(self, error: StatementError) -> StoreError:
        """A driver's error in the owner's words."""
        ...

    def has_room(self) -> bool:
        """False while the disk is too full to take on anything new."""
        ...

    def make_room(self) -> bool:
        """After a DiskFull: whether space could be freed, so that a second try makes sense."""
        ...

    def tidy_log(self, db: Connection) -> None:
        """Take over what the log holds, and empty it; in no transaction. Blocks."""
        ...

    def backup(self, db: Connection, target: Path) -> None:
        """A consistent copy at ``target``. Blocks. Raises StoreError."""
        ...


class Server:
    """A database behind a URL; it looks after its own locks, space and backups."""

    def __init__(self, url: str, home: Path) -> None:
        self.home = home
        self._engine = create_engine(url)
        self._connections = ExitStack()

    def open(self) -> Connection:
        return self._connect()

    def reader(self) -> Connection:
        return self._connect()

    def close(self) -> None:
        self._connections.close()
        self._engine.dispose()

    def explain(self, error: StatementError) -> StoreError:
        return StoreError(f"The database failed: {error.orig}")

    def has_room(self) -> bool:
        return True

    def make_room(self) -> bool:
        return False

    def tidy_log(self, db: Connection) -> None:
        pass

    def backup(self, db: Connection, target: Path) -> None:
        raise StoreError("This database is backed up with its own tools (pg_dump).")

    def _connect(self) -> Connection:
        try:
            return self._connections.enter_context(self._engine.connect())
        except DBAPIError as error:
            raise self.explain(error) from error
