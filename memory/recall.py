"""Find again what was remembered and what was said, over years: full text, then recency."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, case, desc, exists, literal, or_, select

from memory import sqlite
from memory.models import fact_changes, facts, inbound
from memory.records import Fact, Said
from memory.transactions import StorePart, read

WORDS = 16  # of a query that are looked for
CANDIDATES = 60  # per kind, before recency has its say
HALF_LIFE_DAYS = 180.0
FACT_WEIGHT = 2.0  # what was asked to be kept goes before what was merely said

# Words that say nothing of what is looked for. Other languages lose little: bm25 weighs such
# words low by itself.
_STOP_WORDS = """
a about am an and any are as at be been but by can could did do does for from had has have he her
him his how i if in is it its just know last let like me my of on or our please recall remember
remind said say she should so some tell that the their them there these they this those to told us
was we were what when where which who whose why will with would you your
"""
_STOP = frozenset(_STOP_WORDS.split())


class Recall(StorePart):
    @read
    def recall(
        self, db: Connection, query: str, limit: int = 5, conversation: str | None = None
    ) -> list[Fact | Said]:
        """The best matches for a person's words, best first.

        Searched are facts and answered messages, not Dobby's own lines; with ``conversation``,
        of the messages only that one's. ``query`` is plain text in any form.
        """
        words = _words(query)
        if not words:
            return []
        now = datetime.now(UTC)
        found = [*_facts(db, words, now), *_said(db, words, now, conversation)]
        found.sort(key=lambda pair: pair[0], reverse=True)
        return [item for _, item in found[:limit]]

    @read
    def holding(self, db: Connection, words: Sequence[str], limit: int = 3) -> list[Fact]:
        """The facts that hold every one of these words in some form, newest first; none for no
        words."""
        wanted = [word for said in words for word in re.findall(r"[^\W_]+", said.casefold())]
        if not wanted:
            return []
        if db.dialect.name == "sqlite":
            found = sqlite.matching(facts, wanted, every=True).order_by(None)
        else:
            found = select(facts).where(
                and_(*(facts.c.text.icontains(word, autoescape=True) for word in wanted))
            )
        live = found.where(facts.c.forgotten.is_(None)).order_by(desc(facts.c.id)).limit(limit)
        return [Fact(r.id, r.text, r.person, r.at, r.source) for r in db.execute(live)]


def _words(query: str) -> list[str]:
    """Letters and digits only; without the stop words, unless there are no others."""
    words = list(dict.fromkeys(re.findall(r"[^\W_]+", query.casefold())))
    return ([word for word in words if word not in _STOP] or words)[:WORDS]


def _freshness(at: datetime, now: datetime) -> float:
    """From 1 for today's towards one half: age never hides the only match."""
    days = max(0.0, (now - at).total_seconds() / 86400)
    return 0.5 + 0.5 * 0.5 ** (days / HALF_LIFE_DAYS)


def _facts(db: Connection, words: list[str], now: datetime) -> Iterator[tuple[float, Fact]]:
    live = _matching(db, facts, words).where(facts.c.forgotten.is_(None)).limit(CANDIDATES)
    for row in db.execute(live):
        fact = Fact(row.id, row.text, row.person, row.at, row.source)
        yield FACT_WEIGHT * row.score * _freshness(row.at, now), fact


def _said(
    db: Connection, words: list[str], now: datetime, conversation: str | None
) -> Iterator[tuple[float, Said]]:
    said = _matching(db, inbound, words).where(
        inbound.c.done.is_(True),  # not the question that is being answered
        ~exists().where(fact_changes.c.source == inbound.c.id),
    )
    if conversation is not None:
        said = said.where(inbound.c.conversation == conversation)
    for row in db.execute(said.limit(CANDIDATES)):
        item = Said(row.id, row.text, row.sender, row.conversation, row.at)
        yield row.score * _freshness(row.at, now), item


def _matching(db: Connection, table: Table, words: list[str]) -> Select[Any]:
    if db.dialect.name == "sqlite":
        return sqlite.matching(table, words)
    hits = [table.c.text.icontains(word, autoescape=True) for word in words]
    score = sum((case((hit, 1), else_=0) for hit in hits), start=literal(0)).label("score")
    return select(table, score).where(or_(*hits)).order_by(desc(score), desc(table.c.id))
