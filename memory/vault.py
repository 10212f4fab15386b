"""Secrets by key, sealed at rest: a copied database or backup alone opens none of them."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select, update

from memory.database import Database
from memory.desk import Desk, read, write
from memory.errors import KeyLost, StoreError
from memory.home import read_or_make
from memory.lanes import Reader, Writer
from memory.models import vault

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


class Vault(Desk):
    """JSON objects by key (``hue:<bridge id>``). The sealing key is a file only its owner reads."""

    def __init__(self, database: Database, writer: Writer, reader: Reader) -> None:
        self._database = database
        self._writer = writer
        self._reader = reader
        self._key_file = database.home / "vault.key"

    @read
    def load(self, db: Connection, key: str) -> dict[str, object] | None:
        """Raises KeyLost if it was sealed with another key file."""
        from cryptography.fernet import InvalidToken

        sealed = db.execute(select(vault.c.sealed).where(vault.c.key == key)).scalar()
        if sealed is None:
            return None
        try:
            return json.loads(self._seal.decrypt(sealed))
        except InvalidToken as error:
            raise KeyLost(self._key_file, key) from error

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

    @cached_property
    def _seal(self) -> Fernet:
        """Made at the first use: the import is not free, and a house may have no pairings."""
        from cryptography.fernet import Fernet

        key = read_or_make(self._key_file, Fernet.generate_key)
        try:
            return Fernet(key)
        except ValueError as error:
            raise StoreError(f"The key file {self._key_file} is damaged. Restore it.") from error
