"""Whole sentences with free text in them: "remember that {text}", "call {thing} {name}".

``sentences.yaml`` of a language maps what a sentence comes to, to how it is said; ``no_x`` to what
looks like an x and is none, ``closing`` to courtesies behind it. In a sentence ``(a|b)`` are
alternatives, ``[a]`` may be left out, ``{text}`` stands for words of any kind, as they are written,
and a colon for itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import yaml

from dobby.language.lexicon import Lexicon, lexicon
from dobby.language.tokens import Token
from dobby.language.words import HOME

NO, _CLOSING = "no_", "closing"
MARK = ":"  # what comes behind it is told apart
_PART = re.compile(r"[(\[\])|:]|\{\w+\}|[^()\[\]|{}:]+")


@dataclass(frozen=True, slots=True)
class Hole:
    """Where free text stands."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Where one of several stands; an empty one: or nothing."""

    shapes: tuple[Shape, ...]


Shape = tuple["str | Hole | Choice", ...]
Needs = tuple[frozenset[str], ...]  # of each, a sentence of the shape has one word
Bound = dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a sentence comes to, and the words that stand in its holes."""

    of: str
    said: Mapping[str, str]


class Sentences:
    """The sentences of one language, by their first word; those that begin with a hole apart."""

    def __init__(self, words: Lexicon, told: Mapping[str, Sequence[str]]) -> None:
        self._words = words
        self._closing = [words.key(phrase) for phrase in told.get(_CLOSING, ())]
        self._starts: dict[str, list[tuple[int, str, Shape, Needs]]] = {}
        for order, (of, patterns) in enumerate(told.items()):
            for pattern in patterns if of != _CLOSING else ():
                shape = self._shape(pattern)
                for start in set(_firsts(shape)):
                    self._starts.setdefault(start, []).append((order, of, shape, _needs(shape)))

    def _shape(self, pattern: str) -> Shape:
        parts = _PART.findall(pattern)
        shape, rest = self._sequence(parts)
        if rest or not shape:
            raise ValueError(f"no sentence: {pattern!r}")
        return shape

    def _sequence(self, parts: list[str]) -> tuple[Shape, list[str]]:
        """The elements up to the end of a group, and what is left behind it."""
        shape: list[str | Hole | Choice] = []
        while parts and parts[0] not in {"|", ")", "]"}:
            part, *parts = parts
            if part in {"(", "["}:
                shapes: list[Shape] = []
                while parts and parts[0] not in {")", "]"}:
                    one, parts = self._sequence(parts[1:] if parts[0] == "|" else parts)
                    shapes.append(one)
                shapes += [()] if part == "[" else []
                shape.append(Choice(tuple(shapes)))
                parts = parts[1:]
            elif part.startswith("{"):
                shape.append(Hole(part[1:-1]))
            else:
                shape += [MARK] if part == MARK else self._words.key(part)
        return tuple(shape), parts

    def read(self, text: str) -> list[Sentence]:
        """Everything that a text may come to, in the order of the file; with all its words before
        what is left of it without courtesy."""
        tokens = self._words.tokenise(text)
        found: list[Sentence] = []
        starts, ends = self._starts_of(tokens), self._ends_of(tokens)
        for end in ends:
            for start in starts:
                if start < end:
                    found += self._within(text, tokens[start:end])
        barred = {sentence.of.removeprefix(NO) for sentence in found if sentence.of.startswith(NO)}
        return [s for s in found if not (s.of in barred or s.of.startswith(NO))]

    def _within(self, text: str, tokens: Sequence[Token]) -> list[Sentence]:
        shapes = [*self._starts.get(tokens[0].text, ()), *self._starts.get("", ())]
        found: list[Sentence] = []
        words = {t.text for t in tokens} | {t.gap for t in tokens}
        fitting = [s for s in shapes if not any(words.isdisjoint(need) for need in s[3])]
        polite = self._courtesies(tokens) if fitting else ()
        for _, of, shape, _ in sorted(fitting, key=lambda s: s[0]):
            for bound in _bindings(shape, tokens, 0):
                if any(first in polite for first, _ in bound.values()):
                    continue
                said = {
                    hole: text[tokens[first].start : tokens[last - 1].end]
                    for hole, (first, last) in bound.items()
                }
                found.append(Sentence(of, said))
        return found

    def _starts_of(self, tokens: Sequence[Token]) -> list[int]:
        """Where a sentence may begin, without what is said for courtesy alone."""
        starts = [0]
        while starts[-1] < len(tokens) and (size := self._words.opening(tokens, starts[-1])):
            end = starts[-1] + size  # "sorry to bother you, but"
            joins = any(e.category == "join" for t in tokens[end : end + 1]
                        for e in self._words.word(t.text))  # fmt: skip
            starts.append(end + joins)
        return starts

    def _ends_of(self, tokens: Sequence[Token]) -> list[int]:
        """Where a sentence may end; what closes any is no part of it."""
        end = len(tokens)
        while size := self._closes(tokens[:end]):
            end -= size
        ends = [end]
        while size := self._words.closing(tokens[: ends[-1]]):
            ends.append(ends[-1] - size)
        return ends

    def _courtesies(self, tokens: Sequence[Token]) -> Collection[int]:
        """Where free text would begin with, or within, what is said for courtesy."""
        size = len(tokens)
        first = [0] if 0 < self._words.opening(tokens) < size else []
        return {*first, *range(max(1, size - self._words.closing(tokens) + 1), size)}

    def _closes(self, tokens: Sequence[Token]) -> int:
        words = tuple(t.text for t in tokens)
        sizes = (len(k) for k in self._closing if k and words[-len(k) :] == k)
        return next((size for size in sizes if size < len(words)), 0)


def _firsts(shape: Shape) -> Iterator[str]:
    """The words that a shape may begin with; "" where that may be any."""
    first, rest = shape[0], shape[1:]
    match first:
        case Hole():
            yield ""
        case Choice(shapes):
            for one in shapes:
                yield from _firsts((*one, *rest))
        case _:
            yield first


def _needs(shape: Shape) -> Needs:
    found: list[frozenset[str]] = []
    for part in shape:
        match part:
            case Hole():
                continue
            case Choice(shapes):
                inner = [next(iter(_needs(one)), None) for one in shapes]
                if all(inner):
                    found.append(frozenset[str]().union(*(need for need in inner if need)))
            case _:
                found.append(frozenset({part}))
    return tuple(found)


def _bindings(shape: Shape, tokens: Sequence[Token], at: int) -> Iterator[Bound]:
    """Every way in which the words from ``at`` on are of this shape."""
    if not shape:
        if at == len(tokens):
            yield {}
        return
    first, rest = shape[0], shape[1:]
    match first:
        case Choice(shapes):
            for one in shapes:
                yield from _bindings((*one, *rest), tokens, at)
        case Hole(name):
            for end in range(at + 1, len(tokens) + 1) if rest else [len(tokens)]:
                if at < end:
                    for bound in _bindings(rest, tokens, end):
                        if name not in bound:  # "kitchen timer ... as usual": one name or none
                            yield {**bound, name: (at, end)}
        case _ if at == len(tokens):
            return
        case _ if first == MARK and tokens[at].gap == MARK:
            yield from _bindings(rest, tokens, at)
        case _ if tokens[at].text == first:
            yield from _bindings(rest, tokens, at + 1)
        case _:
            return


@cache
def sentences(language: str) -> Sentences:
    """Those of a language, loaded when it is first spoken."""
    path = HOME / language / "sentences.yaml"
    told: dict[str, list[str]] = {}
    if path.exists():
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Sentences(lexicon(language), told)
