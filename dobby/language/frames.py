"""Frames: sentences that are wholly of one field, as the phrases that they need and may have.

The order of the phrases is free, unless a frame says which comes first; every word has to be in
one of them. ``frames.yaml`` says which frames there are, the first that fits wins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import chain, product
from typing import Any, Literal

import yaml

from dobby.language.phrases import grammar
from dobby.language.sign import Sign
from dobby.language.tokens import Token

WIDTH = 60  # partial readings that are kept at a word
GLUE = frozenset({"filler", "det", "aside", "favour"})
_RULE = re.compile(r"(?P<name>\w+)(?P<asked>\?{0,2}) = (?P<items>.+)")
_ITEM = re.compile(r"(?P<first>\^?)(?P<cats>[\w|]+)(?P<often>[?*+]?)")

Features = Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Frame:
    """What a sentence of one form is made of. ``asked``: with a question mark "never", for it
    would be an order; "maybe", "always"."""

    name: str
    asked: Literal["never", "maybe", "always"]
    needs: Mapping[str, int]
    many: frozenset[str]
    may: frozenset[str]
    first: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """A sentence in its frame."""

    frame: Frame
    phrases: tuple[Sign, ...]

    def all(self, feature: str) -> tuple[Any, ...]:
        return tuple(value for sign in self.phrases for value in sign.has.get(feature, ()))


@dataclass(frozen=True, slots=True)
class _Partial:
    cost: float
    alive: int  # the frames that it may still fit, as bits
    phrases: tuple[Sign, ...] = ()
    favour: bool = False


@dataclass(frozen=True)
class _Frames:
    """All frames, and for each category which of them take it: once, and again."""

    frames: tuple[Frame, ...]
    takes: Mapping[str, int] = field(default_factory=dict[str, int])
    again: Mapping[str, int] = field(default_factory=dict[str, int])
    starts: Mapping[str, int] = field(default_factory=dict[str, int])


@cache
def _frames() -> _Frames:
    source = files("dobby.language").joinpath("frames.yaml").read_text(encoding="utf-8")
    frames = tuple(f for line in yaml.safe_load(source)["frames"] for f in _read(line))
    cats = frozenset[str]().union(*(f.may for f in frames))

    def bits(cat: str, of: str) -> int:
        return sum(1 << n for n, f in enumerate(frames) if cat in getattr(f, of))

    starts = {cat: sum(1 << n for n, f in enumerate(frames) if f.first in {"", cat})
              for cat in cats}  # fmt: skip
    return _Frames(frames, {c: bits(c, "may") for c in cats},
                   {c: bits(c, "many") for c in cats}, starts)  # fmt: skip


@cache
def built_of() -> frozenset[str]:
    """The categories that the phrases of all frames are made of."""
    rules, found = grammar(), set(GLUE | {"join"}).union(*(f.may for f in _frames().frames))
    made = [*chain(*rules.double.values()), *chain(*rules.single.values())]
    while more := {part for r in made if r.result in found for part in r.parts} - found:
        found |= more
    return frozenset(found)


def _read(line: str) -> Iterator[Frame]:
    """The frames of a line, one for each choice of its alternatives. Raises ValueError."""
    match = _RULE.fullmatch(line)
    if not match:
        raise ValueError(f"no frame: {line!r}")
    asked = ("never", "maybe", "always")[len(match["asked"])]
    items = [m for item in match["items"].split() if (m := _ITEM.fullmatch(item))]
    for cats in product(*(item["cats"].split("|") for item in items)):
        pairs = list(zip(cats, items, strict=True))
        needs = Counter(cat for cat, item in pairs if item["often"] in {"", "+"})
        many = frozenset(cat for cat, item in pairs if item["often"] in {"*", "+"})
        many |= {cat for cat, count in needs.items() if count > 1}
        first = next((cat for cat, item in pairs if item["first"]), "")
        yield Frame(match["name"], asked, needs, many, frozenset(cats), first)  # type: ignore[arg-type]


def fits(tokens: Sequence[Token], phrases: Sequence[Sequence[Sign]], asked: bool) -> Iterator[Fit]:
    """The frames that a whole sentence fits, the first frame first, the plainest reading first."""
    known, size = _frames(), len(tokens)
    beams: list[list[_Partial]] = [[] for _ in range(size + 1)]
    beams[0] = [_Partial(0.0, (1 << len(known.frames)) - 1)]
    for at in range(size):
        beams[at].sort(key=lambda p: p.cost)
        for partial in beams[at][:WIDTH]:
            for sign in phrases[at]:
                if taken := _taken(partial, sign, known):
                    beams[sign.end].append(taken)
    whole = sorted(beams[size], key=lambda p: p.cost)
    for number, frame in enumerate(known.frames):
        for partial in whole:
            allowed = frame.asked != "never" if asked else frame.asked != "always"
            if partial.alive >> number & 1 and (allowed or partial.favour):
                counts = Counter(sign.cat for sign in partial.phrases)
                if all(counts[cat] >= count for cat, count in frame.needs.items()):
                    yield Fit(frame, partial.phrases)


def _taken(partial: _Partial, sign: Sign, known: _Frames) -> _Partial | None:
    cat, cost = sign.cat, partial.cost + sign.cost + 1
    if cat in GLUE or (cat == "join" and sign.has["join"][0] in {"and", "or"}):
        favour = partial.favour or cat == "favour"
        return _Partial(cost, partial.alive, partial.phrases, favour)
    alive = partial.alive & known.takes.get(cat, 0)
    if not partial.phrases:
        alive &= known.starts.get(cat, 0)
    elif any(other.cat == cat for other in partial.phrases):
        alive &= known.again[cat]
    if not alive:
        return None
    return _Partial(cost, alive, (*partial.phrases, sign), partial.favour)
