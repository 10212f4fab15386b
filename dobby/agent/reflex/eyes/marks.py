"""A sentence as marks: each word belongs to a phrase of the vocabulary, a place, or a time.

A sentence with a word that belongs to none is none of ours, whatever the rest may say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from itertools import product
from math import prod
from typing import Any

import yaml

from dobby.agent.reflex.eyes.places import Places
from dobby.agent.reflex.eyes.times import times_at
from dobby.agent.reflex.lexicon import Lexicon
from dobby.agent.reflex.numbers import number_at
from dobby.agent.reflex.text import Token

UNSAID = frozenset({"filler", "det"})
MOST_READINGS = 600


@dataclass(frozen=True)
class Mark:
    """One phrase: everything that it may be, by tag."""

    text: str
    tags: Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """One way to take a sentence that fits a pattern."""

    marks: tuple[tuple[str, Any], ...]  # (tag, value), in order
    texts: tuple[str, ...]

    def all(self, tag: str) -> list[Any]:
        return [value for name, value in self.marks if name == tag]

    def first(self, tag: str) -> Any:
        return next(iter(self.all(tag)), None)

    def has(self, tag: str) -> bool:
        return any(name == tag for name, _ in self.marks)

    def text(self, tag: str) -> str:
        pairs = zip(self.marks, self.texts, strict=True)
        return next((text for (name, _), text in pairs if name == tag), "")


class Vocabulary:
    """The phrases and patterns of one language, read once from its data file."""

    def __init__(self, data: dict[str, Any]) -> None:
        groups = data.pop("sentences")
        self.words = {name: frozenset(map(str, said)) for name, said in data.pop("words").items()}
        self._lexicon = Lexicon(data)
        parts: dict[str, str] = {}
        for name, pattern in groups["parts"]:
            parts[name] = _spelt_out(pattern, parts)
        self.patterns = [
            (name, re.compile(_spelt_out(pattern, parts))) for name, pattern in groups["eyes"]
        ]

    def says(self, tokens: Sequence[Token]) -> bool:
        """Whether some of these words are of the vocabulary, and so no mere name."""
        return any(self._lexicon.match(tokens, at) for at in range(len(tokens)))

    def marks(self, tokens: Sequence[Token], places: Places, now: datetime) -> list[Mark] | None:
        """The whole sentence in its longest phrases; None if a word belongs to none."""
        found: list[Mark] = []
        at = 0
        while at < len(tokens):
            size, tags = self._longest(tokens, at, places, now)
            if not size:
                return None
            found.append(Mark(" ".join(t.text for t in tokens[at : at + size]), tags))
            at += size
        return found

    def _longest(
        self, tokens: Sequence[Token], at: int, places: Places, now: datetime
    ) -> tuple[int, dict[str, Any]]:
        best, tags = 0, dict[str, Any]()
        for size, tag, value in self._phrases(tokens, at, places, now):
            if size > best:
                best, tags = size, {}
            if size == best:
                tags.setdefault(tag, value)
        return best, tags

    def _phrases(
        self, tokens: Sequence[Token], at: int, places: Places, now: datetime
    ) -> Iterator[tuple[int, str, Any]]:
        if phrase := self._lexicon.match(tokens, at):
            for tag, meanings in phrase[1].items():
                yield phrase[0], tag, meanings[0]
        yield from places.at(tokens, at)
        yield from times_at(tokens, at, now)
        if number := number_at(tokens, at):
            yield number[0], "number", number[1]

    def readings(self, marks: Sequence[Mark]) -> Iterator[tuple[str, Reading]]:
        """The patterns that the sentence fits, first that comes first."""
        choices = [_choices(mark) for mark in marks]
        if prod(map(len, choices)) > MOST_READINGS:
            return
        readings = [
            [(m, tag) for m, tag in zip(marks, tags, strict=True) if tag]
            for tags in product(*choices)
        ]
        shapes = [(" ".join(tag for _, tag in said), said) for said in readings]
        for name, pattern in self.patterns:
            for shape, said in shapes:
                if pattern.match(shape):
                    values = tuple((tag, mark.tags[tag]) for mark, tag in said)
                    yield name, Reading(values, tuple(mark.text for mark, _ in said))


def _choices(mark: Mark) -> list[str]:
    """What a phrase may be; last, where it may be a mere filler, nothing."""
    said = [tag for tag in mark.tags if tag not in UNSAID]
    return said if len(said) == len(mark.tags) else [*said, ""]


def _spelt_out(pattern: str, parts: Mapping[str, str]) -> str:
    """A pattern with its parts in place of their names, which are in capitals."""
    return re.sub(r"\b[A-Z]+\b", lambda name: parts[name[0]], pattern)


@cache
def english() -> Vocabulary:
    source = files("dobby.agent.reflex.eyes").joinpath("en.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return Vocabulary(yaml.load(source, loader))  # noqa: S506 - a safe loader either way
