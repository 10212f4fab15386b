"""What whoever asks a model reads from and writes to memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from memory.records import DOBBY, Fact
from memory.store import Store


class StoreLedger:
    """``dobby.agent.model.Ledger`` over the store."""

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

    async def lines(self, person: str, limit: int) -> Sequence[tuple[bool, str]]:
        """(said by Dobby, text), oldest first, without what is being answered or waits for it."""
        turns = await self._store.history(person, limit, answered=True)
        return [(turn.who == DOBBY, turn.text) for turn in turns]

    async def facts(self, text: str, person: str, limit: int) -> Sequence[str]:
        found = await self._store.recall(text, limit, person)
        return [f.text for f in found if isinstance(f, Fact)]
