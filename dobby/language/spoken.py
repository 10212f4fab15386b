"""Which language somebody writes, and which one they ask for: by a few words of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Literal, cast

import yaml

from dobby.language.words import ENGLISH, HOME

CODE_DIGITS = 4
FEWEST = 2  # words that are one language's alone; one may be a name


def language_of(text: str) -> str | None:
    """The language that a text is written in; None where its words do not tell."""
    known = _known_by()
    found = Counter(known[word] for word in set(_words(text)) if word in known)
    ranked = [*found.most_common(2), ("", 0), ("", 0)]
    (best, hits), (_, others) = ranked[:2]
    return best if hits >= FEWEST and hits >= 2 * others else None


def asked_for(text: str) -> str | None:
    """The language that somebody wishes to be answered in from now on: "sprich deutsch"."""
    return _asked().get(" ".join(_words(text)))


def answer(text: str, language: str) -> Literal["yes", "no", ""]:
    """Whether a text is a yes or a no, and nothing else: in this language or in English."""
    if re.search(r"[\d•]", text):
        return ""  # a level, a code, or a PIN that was hidden: more than a yes
    for spoken in dict.fromkeys((language, ENGLISH)):
        told = _told().get(spoken, {})
        for said, phrases in (("yes", told.get("agrees")), ("no", told.get("declines"))):
            if phrases and _only(text, spoken, tuple(phrases), needed=True):
                return "yes" if said == "yes" else "no"
    return ""


def is_stop(text: str) -> bool:
    """Whether a text says to stop, in any language, and names nothing."""
    return any(
        _only(text, spoken, own["stops"], needed=True, also=own["stop_beside"])
        for spoken, own in _told().items()
    )


def begins_stop(text: str) -> bool:
    """Whether a text says first of all to stop: "arrête le portail"; "stop watching" does not."""
    words = _words(text)
    return any(_begins_stop(words, own) for own in _told().values())


def _begins_stop(words: list[str], own: Mapping[str, list[str]]) -> bool:
    beside = {word for phrase in own["beside"] + own["stop_beside"] for word in _words(phrase)}
    while words and words[0] in beside:
        words = words[1:]
    for stop in map(_words, own["stops"]):
        after = words[len(stop) : len(stop) + 1]
        if words[: len(stop)] == stop and not _goes_on(after, beside):
            return True
    return False


def _goes_on(after: Sequence[str], beside: Collection[str]) -> bool:
    """Whether the word behind a "stop" is a doing that is to end: "telling", not "everything"."""
    endings = tuple(end for own in _told().values() for end in own.get("no_stop", ()))
    return any(word not in beside and word.endswith(endings) for word in after)


def code_in(text: str, language: str) -> str | None:
    """The code of four digits that a text sends, with at most a yes around it."""
    found = re.findall(r"\d+", text)
    if len(found) != 1 or len(found[0]) != CODE_DIGITS:
        return None
    for spoken in dict.fromkeys((language, ENGLISH)):
        phrases = _told().get(spoken, {}).get("agrees", [])
        if _only(text, spoken, tuple(phrases), needed=False):
            return found[0]
    return None


def _only(
    text: str, language: str, phrases: Sequence[str], needed: bool, also: Sequence[str] = ()
) -> bool:
    """Whether a text is made of these phrases, and of what may stand beside them."""
    left = f" {' '.join(_words(text))} "
    cut = _cut(left, phrases)
    if needed and cut == left:
        return False
    return not _cut(cut, [*_told()[language]["beside"], *also]).strip()


def _cut(text: str, phrases: Sequence[str]) -> str:
    for phrase in sorted(phrases, key=len, reverse=True):
        text = text.replace(f" {' '.join(_words(phrase))} ", "  ")
        text = text.replace(f" {' '.join(_words(phrase))} ", "  ")
    return text


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text.casefold().replace("’", "'"))


@cache
def _told() -> dict[str, dict[str, list[str]]]:
    paths = sorted(HOME.glob("*/spoken.yaml"))
    told = {p.parent.name: yaml.safe_load(p.read_text(encoding="utf-8")) for p in paths}
    return cast("dict[str, dict[str, list[str]]]", told)


@cache
def _known_by() -> dict[str, str]:
    return {word: language for language, told in _told().items() for word in told["known_by"]}


@cache
def _asked() -> dict[str, str]:
    told = _told().items()
    return {" ".join(_words(said)): language for language, own in told for said in own["asked"]}
