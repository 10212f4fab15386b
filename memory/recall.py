"""Find again what was remembered and what was said, over years: full text, then recency."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sqlalchemy import Connection, Table, exists, or_, select

from memory import sqlite
from memory.desk import Desk, read
from memory.models import fact_changes, facts, inbound
from memory.records import Fact, Said

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


class Recall(Desk):
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
        found: list[tuple[float, Fact | Said]] = []
        for fact, score in _facts(db, words):
            found.append((FACT_WEIGHT * score * _freshness(fact.at, now), fact))
        for said, score in _said(db, words, conversation):
            found.append((score * _freshness(said.at, now), said))
        found.sort(key=lambda pair: pair[0], reverse=True)
        return [item for _, item in found[:limit]]


def _words(query: str) -> list[str]:
    """Letters and digits only; without the stop words, unless there are no others."""
    words = list(dict.fromkeys(re.findall(r"[^\W_]+", query.casefold())))
    return ([word for word in words if word not in _STOP] or words)[:WORDS]


def _freshness(at: datetime, now: datetime) -> float:
    """From 1 for today's towards one half: age never hides the only match."""
    days = max(0.0, (now - at).total_seconds() / 86400)
    return 0.5 + 0.5 * 0.5 ** (days / HALF_LIFE_DAYS)


def _facts(db: Connection, words: list[str]) -> list[tuple[Fact, float]]:
    scores = _matches(db, facts, "facts_text", words)
    live = select(facts).where(facts.c.id.in_(scores), facts.c.forgotten.is_(None))
    return [
        (Fact(row.id, row.text, row.person, row.at, row.source), scores[row.id])
        for row in db.execute(live)
    ]


def _said(db: Connection, words: list[str], conversation: str | None) -> list[tuple[Said, float]]:
    scores = _matches(db, inbound, "inbound_text", words)
    said = select(inbound).where(
        inbound.c.id.in_(scores),
        inbound.c.done.is_(True),  # not the question that is being answered
        ~exists().where(fact_changes.c.source == inbound.c.id),
    )
    if conversation is not None:
        said = said.where(inbound.c.conversation == conversation)
    return [
        (Said(row.id, row.text, row.sender, row.conversation, row.at), scores[row.id])
        for row in db.execute(said)
    ]


def _matches(db: Connection, table: Table, index: str, words: list[str]) -> dict[int, float]:
    if db.dialect.name == "sqlite":
        return dict(sqlite.full_text(db, index, words, CANDIDATES))
    likely = or_(*(table.c.text.icontains(word, autoescape=True) for word in words))
    rows = db.execute(select(table.c.id, table.c.text).where(likely).limit(CANDIDATES))
    return {row.id: sum(word in row.text.casefold() for word in words) / len(words) for row in rows}
