"""What the models cost, and small notes that outlive a run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import Connection, delete, func, insert, select, update

from memory.damage import Damage
from memory.models import notes, spend
from memory.transactions import read, write

T = TypeVar("T")

_NANO = 1_000_000_000


class Ledger(Damage):
    @write
    def spend(
        self,
        db: Connection,
        model: str,
        tokens_in: int,
        tokens_out: int,
        tokens_cached: int,
        usd: float,
        message_id: int | None = None,
    ) -> None:
        """One turn's tokens and cost, in US dollars."""
        row = {
            "at": datetime.now(UTC),
            "model": model,
            "tokens_in": tokens_in,
            "tokens_out": tokens_out,
            "tokens_cached": tokens_cached,
            "nanodollars": round(usd * _NANO),
            "message_id": message_id,
        }
        db.execute(insert(spend), row)

    @read
    def spent_since(self, db: Connection, t: datetime) -> float:
        """US dollars."""
        total = select(func.coalesce(func.sum(spend.c.nanodollars), 0)).where(spend.c.at >= t)
        return int(db.execute(total).scalar_one()) / _NANO

    @read
    def note(self, db: Connection, key: str) -> str | None:
        return db.execute(select(notes.c.value).where(notes.c.key == key)).scalar()

    async def noted(self, key: str, read: Callable[[str], T], otherwise: T) -> T:
        """What ``read`` makes of a note; ``otherwise`` without one, and for one that cannot be
        read, which is told of."""
        said = await self.note(key)
        if said is None:
            return otherwise
        try:
            return read(said)
        except (ValueError, TypeError) as error:
            row = {"key": key, "value": said}
            await self.left_out("notes", row, f"unreadable: {type(error).__name__}")
            return otherwise

    @write
    def set_note(self, db: Connection, key: str, value: str | None) -> None:
        """None takes it away."""
        if value is None:
            db.execute(delete(notes).where(notes.c.key == key))
        elif not db.execute(update(notes).where(notes.c.key == key).values(value=value)).rowcount:
            db.execute(insert(notes), {"key": key, "value": value})
