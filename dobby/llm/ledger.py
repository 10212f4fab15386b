"""What models have cost."""

from __future__ import annotations

from datetime import datetime

from memory.store import Store


class Spending:
    """What was spent on models, over the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def spent_since(self, t: datetime) -> float:
        return await self._store.spent_since(t)

    async def spend(
        self,
        model: str,
        tokens_in: int,
        tokens_out: int,
        tokens_cached: int,
        usd: float,
        message: int | None,
    ) -> None:
        await self._store.spend(model, tokens_in, tokens_out, tokens_cached, usd, message)
