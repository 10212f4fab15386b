"""What binds the rows of the audit: a key, and an anchor, both in the home folder.

A row's hash is keyed, so that nobody with the database alone can write a chain that holds. The
anchor says, under the same key, how far the chain had come: rows that are cut off, or all of them
written anew, are missed by it. It may lag behind the last commit by a kill, and is never ahead.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import os
import secrets
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from memory.home import read_or_make

log = logging.getLogger(__name__)

ANCHOR = "audit.anchor"
START = "0" * 64
_SIZE = 512  # one sector: written as a whole, or not at all


@dataclass(frozen=True)
class Anchor:
    last: int
    hash: str
    plain: int = 0  # up to here rows are of before there was a key


class Chain:
    """The key and the anchor of one home folder."""

    def __init__(self, home: Path) -> None:
        self._key_file = home / "audit.key"
        self._path = home / ANCHOR
        self._kept: Anchor | None = None  # as it was written last, or found

    @property
    def begun(self) -> bool:
        """Whether anything was ever bound here."""
        return self._key_file.exists() or self._path.exists()

    def hash(self, link: str, row_id: int, at: str, actor: str, action: str, detail: str) -> str:
        said = canonical([link, row_id, at, actor, action, detail]).encode()
        return hmac.new(self._key, said, hashlib.sha256).hexdigest()

    def anchor(self) -> Anchor | None:
        """None if it is missing, or not of this key."""
        try:
            told: Any = json.loads(self._path.read_bytes())
            found = Anchor(int(told["last"]), str(told["hash"]), int(told["plain"]))
            right = hmac.compare_digest(str(told["mac"]), self._mac(found))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return found if right else None

    @property
    def newest(self) -> tuple[int, str]:
        """The row that the anchor is at. The next one follows it though it be gone: so that a
        chain that was cut off stays so."""
        self._kept = self._kept or self.anchor() or Anchor(0, START)
        return self._kept.last, self._kept.hash

    def drop(self, last: int, row_hash: str) -> None:
        """Anchor the chain at a row that is committed. Never fails what was committed."""
        plain = self._kept.plain if self._kept else 0
        self._write(Anchor(last, row_hash, plain))

    def move(self, last: int, row_hash: str) -> None:
        """Anchor it anew, where a database was put back by its owner."""
        self._kept = self.anchor()
        self.drop(last, row_hash)

    def adopt(self, last: int, row_hash: str) -> None:
        """Take over rows of before there was a key; not where there is an anchor already."""
        if not self._path.exists():
            self._write(Anchor(last, row_hash, last))

    def _write(self, anchor: Anchor) -> None:
        self._kept = anchor
        told = canonical({**asdict(anchor), "mac": self._mac(anchor)}).encode()
        try:
            file = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            try:
                os.pwrite(file, told.ljust(_SIZE - 1) + b"\n", 0)
            finally:
                os.close(file)
        except OSError as error:
            log.error("the audit's anchor could not be written: %s", error)  # noqa: TRY400

    def _mac(self, anchor: Anchor) -> str:
        said = canonical(["anchor", anchor.last, anchor.hash, anchor.plain]).encode()
        return hmac.new(self._key, said, hashlib.sha256).hexdigest()

    @cached_property
    def _key(self) -> bytes:
        """Made at the first use. Raises NotWritable, DiskFull."""
        return read_or_make(self._key_file, lambda: secrets.token_bytes(32))


def plain_hash(link: str, row_id: int, at: str, actor: str, action: str, detail: str) -> str:
    """As rows were bound before there was a key."""
    return hashlib.sha256(canonical([link, row_id, at, actor, action, detail]).encode()).hexdigest()


def canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
