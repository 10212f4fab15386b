"""Free text in a sentence: titles, goods, names. Any stretch of words may be it, at a price."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dobby.language.partial import MARGIN, Partial
from dobby.language.sign import Sign
from dobby.language.tokens import Token

TEXTS = frozenset({"add", "remove", "tick", "play", "need", "remember", "name", "find"})
_TEXT_COST, _STRAY_TEXT = 0.45, 2.0
_LONGEST_STRAY = 4  # words of free text beside a verb that takes none: a timer's name
_BARRED = frozenset({"not", "if", "time", "past", "activity"})  # no title says these
_GUARDS = frozenset({"reported", "pron", "span", "clock", "act", "more"})
_STOPS = frozenset("?!.;:\n")
LITTLE = frozenset({"in", "of", "to", "from", "with", "for", "by", "at"})
_SMALL = 1.2


def texts(
    partial: Partial,
    text: str,
    tokens: Sequence[Token],
    at: int,
    prices: Sequence[float],
    little: Sequence[bool],
) -> Iterator[tuple[int, Partial]]:
    """Free text: every stretch of words from here. Whatever uses no text is not meant then."""
    if "text" in partial.now or prices[at] > _SMALL or little[at]:
        return
    if partial.last in LITTLE and "play" in partial.now.get("act", ()):
        return  # "play for time"
    taking = TEXTS & set(partial.now.get("act", ()))
    most = len(tokens) if taking else min(len(tokens), at + _LONGEST_STRAY)
    start = partial.start if partial.now else at
    cost = partial.cost + (0 if taking else _STRAY_TEXT)
    for end in range(at + 1, most + 1):
        cost += prices[end - 1]
        if cost > partial.cost + MARGIN:
            return
        if end > at + 1 and tokens[end - 1].gap in _STOPS:
            return  # "jazz? no"
        if little[end - 1] and end > at + 1:
            continue
        words = text[tokens[at].start : tokens[end - 1].end]
        now = {**partial.now, "text": (words,)}
        if partial.pause == "or":
            now["or"] = ("or",)
        yield end, Partial(cost, partial.done, now, start, "text", "", partial.joined)


def price_of_text(signs: Sequence[Sign]) -> float:
    """A word that says more than a name does is dear as one: "play it safe", "add nothing"."""
    short = [s for s in signs if s.end == s.start + 1]
    if any(s.cat in _BARRED or "none" in s.has.get("quants", ()) for s in short):
        return MARGIN + 1
    if any(s.cat == "det" for s in short):  # "this" of a title, which may stand alone too
        short = [s for s in short if s.cat != "pron"]
    if any(s.cat in _GUARDS or "everywhere" in s.has.get("quants", ()) for s in short):
        return _TEXT_COST + 1.5
    return _TEXT_COST + (0.4 if any(s.cat in LITTLE for s in short) else 0.0)
