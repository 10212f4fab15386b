""" "Guests are coming, heat the cottage": what is only told before an order is no part of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dobby.language.sign import Sign
from dobby.language.tokens import Token

_LONGEST = 10  # words
_BARRED = frozenset(
    {"act", "not", "if", "time", "past", "reported", "ask", "asked", "except", "talk", "no"}
)
_TELLING = frozenset({"be", "tells"})


def tales(tokens: Sequence[Token], phrases: Sequence[Sequence[Sign]]) -> Iterator[int]:
    """Where an order may begin after something that is told in words nobody here knows.

    What limits, quotes or asks is told by words that are known, and is no mere tale.
    """
    strange = telling = False
    for at, signs in enumerate(phrases[:_LONGEST]):
        if tokens[at].gap not in {"", ","}:
            return
        if any(s.cat == "act" for s in signs) and at + 1 < len(phrases):
            named = at and any(s.cat == "for" for s in phrases[at - 1])  # "a book called"
            if strange and telling and not named:
                yield at
            return
        if any(s.cat in _BARRED for s in signs):
            return
        telling = telling or any(s.cat in _TELLING and (at or _of_it(s)) for s in signs)
        strange = strange or any(s.cat == "unknown" for s in signs)


def _of_it(sign: Sign) -> bool:
    """ "Its raining": a subject and what it does, in one word."""
    return sign.has.get("tells") == ("it",)
