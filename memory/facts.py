"""What people asked to be remembered: with who and when, forgotten on request, with undo."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, desc, insert, select, update

from memory.models import fact_changes, facts
from memory.records import Fact, Undone
from memory.transactions import StorePart, read, write

FactAction = Literal["remember", "forget"]


class Facts(StorePart):
    @write
    def remember(self, db: Connection, text: str, person: str, source: int | None = None) -> Fact:
        """Keep a fact. ``source`` is the inbound message it was said in: recall then finds the
        fact and not that message too, and neither once it is forgotten."""
        values = {"text": text, "person": person, "at": datetime.now(UTC), "source": source}
        fact = _fact(db.execute(insert(facts).returning(facts), values).one())
        _note(db, fact.id, person, "remember", source)
        return fact

    @write
    def forget(
        self, db: Connection, fact_id: int, person: str, source: int | None = None
    ) -> Fact | None:
        """Recall it no more; None if there is no such fact. ``source``: the message that asked."""
        live = (facts.c.id == fact_id, facts.c.forgotten.is_(None))
        row = db.execute(select(facts).where(*live)).first()
        if row is None:
            return None
        db.execute(update(facts).where(*live).values(forgotten=datetime.now(UTC)))
        _note(db, fact_id, person, "forget", source)
        return _fact(row)

    @write
    def undo(self, db: Connection, person: str) -> Undone | None:
        """Take back that person's last ``remember`` or ``forget``; then the one before, and so
        on. None when nothing is left."""
        mine = fact_changes.c.person == person
        last = select(fact_changes).where(mine, fact_changes.c.undone.is_(False))
        change = db.execute(last.order_by(desc(fact_changes.c.id)).limit(1)).first()
        if change is None:
            return None
        what: FactAction = "remember" if change.what == "remember" else "forget"
        forgotten = datetime.now(UTC) if what == "remember" else None
        same = facts.c.id == change.fact_id
        db.execute(update(facts).where(same).values(forgotten=forgotten))
        done = update(fact_changes).where(fact_changes.c.id == change.id)
        db.execute(done.values(undone=True))
        return Undone(what, _fact(db.execute(select(facts).where(same)).one()))

    @read
    def last_change(self, db: Connection, person: str) -> datetime | None:
        """When that person had something remembered or forgotten that ``undo`` would take back."""
        mine = fact_changes.c.person == person
        last = select(fact_changes.c.at).where(mine, fact_changes.c.undone.is_(False))
        return db.execute(last.order_by(desc(fact_changes.c.id)).limit(1)).scalar()

    @read
    def facts(self, db: Connection, person: str | None = None) -> list[Fact]:
        """What is remembered, by everyone or by one person, oldest first."""
        live = select(facts).where(facts.c.forgotten.is_(None)).order_by(facts.c.id)
        if person is not None:
            live = live.where(facts.c.person == person)
        return [_fact(row) for row in db.execute(live)]


def _note(db: Connection, fact_id: int, person: str, what: FactAction, source: int | None) -> None:
    row = {"fact_id": fact_id, "person": person, "what": what, "source": source}
    db.execute(insert(fact_changes), {**row, "at": datetime.now(UTC)})


def _fact(row: Row[Any]) -> Fact:
    return Fact(row.id, row.text, row.person, row.at, row.source)
