""" "It's too cold in here": a wish without an order, taken as one small step."""

from __future__ import annotations

from collections.abc import Sequence

from dobby.agent.reflex.clauses import Clause
from dobby.agent.reflex.reader import ClauseReader
from dobby.agent.reflex.spans import Span

_AROUND = {
    "it", "is", "are", "feels", "feel", "am", "i", "we", "that", "this", "there", "its",
    "getting", "too", "a", "bit", "little", "so", "very", "really", "pretty", "music", "me",
    "for", "quite", "rather", "far", "way", "much",
}  # fmt: skip


def complaint(spans: Sequence[Span]) -> Clause | None:
    """The step that a complaint asks for, as a clause; None if this is no complaint."""
    at = next((i for i, s in enumerate(spans) if s.says("comfort") and not s.names), None)
    if at is None:
        return None
    phrase = spans[at]
    said = {t.text for s in spans for t in s.tokens}
    bare = len(phrase.tokens) == 1 and not said & {"is", "are", "am", "too", "feels", "feel"}
    if bare or any(s.says("comfort") for s in spans[at + 1 :]):
        return None
    if spans[0].says("question") or spans[0].says("aux") or spans[0].says("ask"):
        return None
    rest = [
        s for i, s in enumerate(spans)
        if i != at and not (s.text in _AROUND and not s.names) and not all(
            t.text in _AROUND for t in s.tokens)
    ]  # fmt: skip
    clause = ClauseReader(rest).read()
    if clause.acts or clause.attrs:
        return None
    clause.more = [phrase.tags["comfort"][0]]
    clause.spans = list(spans)
    clause.nouns = [n for n in clause.nouns if n.kinds != ["music"] and n.prons != {"it"}]
    return clause
