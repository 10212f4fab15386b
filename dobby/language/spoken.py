"""Which language somebody writes, and which one they ask for: by a few words of each."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import cast

import yaml

from dobby.language.words import HOME

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
