"""What the models cost, and small notes that outlive a run."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from memory.desk import Desk, read, write
from memory.models import notes, spend

_NANO = 1_000_000_000


class Ledger(Desk):
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

    @write
    def set_note(self, db: Connection, key: str, value: str | None) -> None:
        """None takes it away."""
        if value is None:
            db.execute(delete(notes).where(notes.c.key == key))
        elif not db.execute(update(notes).where(notes.c.key == key).values(value=value)).rowcount:
            db.execute(insert(notes), {"key": key, "value": value})
