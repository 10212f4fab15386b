""" "Guests are coming, heat the cottage": what is only told before an order is no part of it."""

from __future__ import annotations

from collections.abc import Sequence

from dobby.agent.reflex.clauses import Clause
from dobby.agent.reflex.reader import ClauseReader, noun_start
from dobby.agent.reflex.spans import Span

_TELLING = {"is", "are", "am", "has", "have", "its"}
_LEAVERS = {"who", "someone", "somebody", "someones", "i", "we", "you", "they", "he", "she"}
_QUOTING = {
    "called", "named", "titled", "entitled", "that", "you", "how", "reads", "saying", "asking",
    "telling", "shouting", "yelling", "singing", "typing", "texting", "claiming",
}  # fmt: skip
_LIMITING = {
    "as", "time", "moment", "day", "days", "night", "week", "each", "any", "given", "granted",
    "case", "not", "forbidden", "wrong", "mistake", "idea", "who", "which",
}  # fmt: skip
_DISLIKING = (
    ("i", "do", "not", "like"), ("i", "hate"), ("i", "can", "not", "stand"),
    ("i", "am", "tired", "of"), ("i", "am", "sick", "of"), ("i", "am", "bored", "of"),
    ("i", "am", "bored", "with"),
)  # fmt: skip
_POINTING = {"it", "them", "that"}


def without_reasons(pieces: list[list[Span]]) -> list[list[Span]]:
    """``pieces`` from the order on; "it" is what was told of. Unclear telling stays, as a veto."""
    if len(pieces) < 2 or not _orders(pieces[1]):
        return pieces
    told, order, *rest = pieces
    pointing = [s for s in order if s.says("pron") and s.text in _POINTING]
    about = _about(told)
    if pointing and about:
        named = [t for s in order for t in (about if s in pointing else [s])]
        return [named, *rest]
    clause = ClauseReader(order).read()
    if not pointing and clause.nouns and _only_tells(told):
        return [order, *rest]
    return pieces


def _orders(piece: Sequence[Span]) -> bool:
    start = next((s for s in piece if not (s.says("filler") or s.says("join"))), None)
    return start is not None and start.says("verb") and not start.names and start is not piece[-1]


def _only_tells(told: Sequence[Span]) -> bool:
    """Whether a piece tells how things are, and wishes, asks and limits nothing."""
    start = told[0]
    if start.says("aux") or start.says("question") or start.says("ask") or start.says("verb"):
        return False
    if any(t.text in _QUOTING for s in told for t in s.tokens):
        return False
    clause = ClauseReader([s for s in told if s.text not in {"going to", "gonna"}]).read()
    mine = start.text in {"i", "we"} and _verbs_no_deed(clause)
    if clause.guards or clause.excepts or clause.valued or (clause.verbs and not mine):
        return False
    return bool(clause.loose) and _says_how_it_is(told)


def _says_how_it_is(told: Sequence[Span]) -> bool:
    """ "It is raining", against "so long as it is sunny" and "the rule is"."""
    words = [t.text for s in told if not s.says("filler") for t in s.tokens]
    at = next((i for i, w in enumerate(words) if w in _TELLING), len(words))
    late = {"i", "we", "you", "they", "he", "she", "it"} & set(words[1:at])
    return at < len(words) - 1 and not late and not set(words) & _LIMITING


def _verbs_no_deed(clause: Clause) -> bool:
    return clause.verbs <= {"get", "set", "want"}


def _about(told: Sequence[Span]) -> list[Span]:
    """The one thing that was told of: "the hall lamp is annoying", "who left the hall light on"."""
    words = [t.text for s in told for t in s.tokens]
    if words[0] in _LEAVERS and "left" in words[1:3]:
        at = next(i for i, s in enumerate(told) if s.text == "left") + 1
        end = next((i for i, s in enumerate(told) if i >= at and s.says("way")), len(told))
        after = told[end + 1 :]
    elif start := next((len(d) for d in _DISLIKING if tuple(words[: len(d)]) == d), 0):
        sizes = [len(s.tokens) for s in told]
        at = next((i for i in range(len(told)) if sum(sizes[:i]) >= start), len(told))
        end, after = len(told), []
    elif _only_tells(told):
        at, end = 0, next((i for i, s in enumerate(told) if s.says("aux", "is")), 0)
        after = []
    else:
        return []
    thing = list(told[at:end])
    clause = ClauseReader(thing).read()
    plain = not (clause.acts or clause.loose or clause.guards or clause.excepts or after)
    return thing if plain and len(clause.nouns) == 1 and clause.nouns[0].thing else []


def tells(piece: Sequence[Span], span: Span, following: Span | None) -> bool:
    """Whether an order begins at ``span`` after something told: "it is raining close the velux"."""
    if not (span.says("verb") and following and noun_start(following)) or span.names:
        return False
    last = piece[-1]
    if any(last.says(t) for t in ("aux", "det", "prep", "verb", "guard")):
        return False
    if last.says("filler") and last.tokens[0].text not in {"can", "could", "would", "please"}:
        return False
    return _only_tells(piece)
