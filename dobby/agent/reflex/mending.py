"""Typing mistakes: a word that nobody knows becomes the one known word it must have been.

Never into or near the opposite of what was meant (on/off, lock/unlock, open/close), never a word
that the lexicon, the house or everyday English already has, never when two candidates tie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from dobby.agent.reflex.index import HouseIndex
from dobby.agent.reflex.lexicon import Lexicon
from dobby.agent.reflex.numbers import NUMBER_WORDS, UNIT_WORDS
from dobby.agent.reflex.text import Token, stem

_OPPOSITES = (
    {"lock", "unlock"}, {"arm", "disarm"}, {"mute", "unmute"}, {"heat", "cool"}, {"lock", "block"},
)  # fmt: skip


def mend(tokens: Sequence[Token], index: HouseIndex, lexicon: Lexicon) -> list[Token]:
    """``tokens`` with their typing mistakes mended."""
    mended = [_mended(t, index, lexicon) for t in _joined(tokens, index)]
    return _of_meant_off(mended)


def _known(word: str, index: HouseIndex, lexicon: Lexicon) -> bool:
    return (
        word in lexicon.words
        or word in lexicon.everyday
        or word in index.words
        or stem(word) in index.words
        or stem(word) in lexicon.words
        or word in NUMBER_WORDS
        or word in UNIT_WORDS
        or stem(word) in UNIT_WORDS
    )


def _mended(token: Token, index: HouseIndex, lexicon: Lexicon) -> Token:
    word = token.text
    if word in lexicon.spelling and word not in index.words:
        meant = lexicon.spelling[word]
        return replace(token, text=meant, stem=stem(meant))
    if len(word) < 4 or not word.isalpha() or _known(word, index, lexicon):
        return token
    best = _nearest(word, index, lexicon)
    return replace(token, text=best, stem=stem(best)) if best else token


def _nearest(word: str, index: HouseIndex, lexicon: Lexicon) -> str | None:
    reach = 1 if len(word) < 8 else 2
    near: dict[str, int] = {}
    for known in (lexicon.words, index.words):
        for candidate in known:
            if abs(len(candidate) - len(word)) > reach or len(candidate) < 3:
                continue
            if known is lexicon.words and candidate not in lexicon.content and len(candidate) < 5:
                continue  # "todo" is not "too"
            if candidate[0] != word[0] and sorted(candidate[:2]) != sorted(word[:2]):
                continue
            apart = OSA.distance(word, candidate, score_cutoff=reach)
            if apart <= reach:
                near[candidate] = apart
    if not near:
        return None
    swapped = {w: 0 for w in near if sorted(w) == sorted(word)}  # "trun": the letters are all there
    near = swapped or near
    closest = min(near.values())
    tied = {w for w, d in near.items() if d == closest}
    if len({stem(w) for w in tied}) > 1:
        return None
    best = min(tied, key=lambda w: (abs(len(w) - len(word)), w))
    return None if _risky(word, best) else best


@lru_cache(maxsize=1024)
def _risky(word: str, best: str) -> bool:
    """Whether the opposite of ``best`` is nearly as likely, or too much hangs on it."""
    if best in {"unlock", "open", "disarm", "unlocked"} and sorted(word) != sorted(best):
        return True
    return any(
        OSA.distance(word, other) <= 1
        for pair in _OPPOSITES
        if best in pair
        for other in pair - {best}
    )


def _joined(tokens: Sequence[Token], index: HouseIndex) -> list[Token]:
    """ "bed room" is "bedroom" in a house that has one."""
    joined: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if at + 1 < len(tokens) and not tokens[at + 1].gap:
            both = token.text + tokens[at + 1].text
            apart = all(t.stem.isdigit() or t.stem in index.words for t in tokens[at : at + 2])
            if len(both) > 5 and both in index.words and not apart:
                joined.append(Token(both, both, stem(both), token.gap))
                at += 2
                continue
        joined.append(token)
        at += 1
    return joined


def _of_meant_off(tokens: list[Token]) -> list[Token]:
    """ "turn of the lights": straight after turn or switch, "of" can only be "off"."""
    return [
        replace(t, text="off", stem="off")
        if t.text == "of" and i > 0 and tokens[i - 1].text in {"turn", "switch"}
        else t
        for i, t in enumerate(tokens)
    ]
