"""A vault for the tests of drivers."""

from __future__ import annotations

import json


class MemoryVault:
    """Pairings for as long as a test; only what JSON can keep."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, object]] = {}

    async def load(self, key: str) -> dict[str, object] | None:
        return self.kept.get(key)

    async def save(self, key: str, value: dict[str, object]) -> None:
        self.kept[key] = json.loads(json.dumps(value))

    async def drop(self, key: str) -> None:
        self.kept.pop(key, None)

    async def keys(self, prefix: str) -> list[str]:
        return [key for key in self.kept if key.startswith(prefix)]
