"""What a bridge keeps without mains: its certificate and the keys it gave out."""

from __future__ import annotations

import json
from pathlib import Path

from devices.virtual.hue.certificate import make_identity


class Flash:
    """Kept in ``folder``; without one, as long as this object."""

    def __init__(self, bridge_id: str, folder: Path | None) -> None:
        self._bridge_id = bridge_id
        self._folder = folder
        self.keys: set[str] = set()
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            kept = folder / "keys.json"
            self.keys = set(json.loads(kept.read_text())) if kept.exists() else set()
        self.identity = self._kept_identity()

    def add_key(self, key: str) -> None:
        self.keys.add(key)
        self._keep_keys()

    def forget_keys(self) -> None:
        self.keys.clear()
        self._keep_keys()

    def renew_identity(self) -> None:
        """Another private key and certificate."""
        self.identity = make_identity(self._bridge_id)
        self._write("identity.pem", self.identity)

    def _kept_identity(self) -> bytes:
        pem = self._folder / "identity.pem" if self._folder else None
        if pem is not None and pem.exists():
            return pem.read_bytes()
        made = make_identity(self._bridge_id)
        self._write("identity.pem", made)
        return made

    def _keep_keys(self) -> None:
        self._write("keys.json", json.dumps(sorted(self.keys)).encode())

    def _write(self, name: str, content: bytes) -> None:
        if self._folder is not None:
            path = self._folder / name
            path.touch(mode=0o600)
            path.write_bytes(content)
