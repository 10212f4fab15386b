"""Secrets by key, sealed at rest: a copied database or backup alone opens none of them."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select, update

from memory.damage import Damage
from memory.database import Database
from memory.errors import KeyLost, StoreError
from memory.home import read_or_make
from memory.lanes import Reader, Writer
from memory.models import vault
from memory.transactions import read, write

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


class Vault(Damage):
    """JSON objects by key (``hue:<bridge id>``). The sealing key is a file only its owner reads."""

    def __init__(self, database: Database, writer: Writer, reader: Reader) -> None:
        self._database = database
        self._writer = writer
        self._reader = reader
        self._key_file = database.home / "vault.key"

    async def load(self, key: str) -> dict[str, object] | None:
        """None also for a damaged one, where others open; that is told of. Raises KeyLost if it
        was sealed with another key file."""
        kept, damaged = await self._kept(key)
        if damaged:
            await self.left_out("vault", {"key": key}, "unreadable: sealed")
        return kept

    @read
    def _kept(self, db: Connection, key: str) -> tuple[dict[str, object] | None, bool]:
        """And whether it is damaged."""
        sealed = db.execute(select(vault.c.sealed).where(vault.c.key == key)).scalar()
        opened = self._opened(sealed) if sealed is not None else None
        if sealed is None or opened is not None:
            return opened, False
        others = db.execute(select(vault.c.sealed).where(vault.c.key != key)).scalars()
        if not any(self._opened(other) is not None for other in others):
            raise KeyLost(self._key_file, key)
        return None, True

    @write
    def save(self, db: Connection, key: str, value: dict[str, object]) -> None:
        sealed = self._seal.encrypt(json.dumps(value).encode()).decode()
        changed = db.execute(update(vault).where(vault.c.key == key).values(sealed=sealed))
        if not changed.rowcount:
            db.execute(insert(vault), {"key": key, "sealed": sealed})

    @write
    def drop(self, db: Connection, key: str) -> None:
        db.execute(delete(vault).where(vault.c.key == key))

    @read
    def keys(self, db: Connection, prefix: str) -> list[str]:
        mine = vault.c.key.startswith(prefix, autoescape=True)
        kept = db.execute(select(vault.c.key).where(mine).order_by(vault.c.key)).scalars()
        return [key for key in kept if key.startswith(prefix)]  # LIKE ignores case

    def _opened(self, sealed: str) -> dict[str, object] | None:
        """None for what was sealed with another key, or is damaged."""
        from cryptography.fernet import InvalidToken

        try:
            return json.loads(self._seal.decrypt(sealed))
        except (InvalidToken, ValueError):
            return None

    @cached_property
    def _seal(self) -> Fernet:
        """Made at the first use: the import is not free, and a house may have no pairings."""
        from cryptography.fernet import Fernet

        key = read_or_make(self._key_file, Fernet.generate_key)
        try:
            return Fernet(key)
        except ValueError as error:
            raise StoreError(f"The key file {self._key_file} is damaged. Restore it.") from error
