"""Phrases: what stands together in a sentence, built bottom up by the rules of the grammar."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dobby.language import times
from dobby.language.lattice import Lattice
from dobby.language.meaning import Measure, Ref
from dobby.language.sign import Features, Sign
from dobby.language.tokens import Token

LONGEST = 9  # words of a phrase
KEPT, WORDS = 3, 8  # readings of the same words as the same phrase; of a word or a set phrase

_RULE = re.compile(
    r"(?P<result>\w+) = (?P<parts>[\w ]+?)(?: > (?P<op>\w+))?(?: ~(?P<cost>[\d.]+))?$"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """``result`` of one or two parts."""

    result: str
    parts: tuple[str, ...]
    op: str = ""
    cost: float = 0.0


@dataclass(frozen=True)
class Grammar:
    """Rules by what they begin with."""

    single: dict[str, list[Rule]]
    double: dict[tuple[str, str], list[Rule]]


@cache
def grammar() -> Grammar:
    """The rules, read once. Raises ValueError for one that cannot be read."""
    source = files("dobby.language").joinpath("grammar.yaml").read_text(encoding="utf-8")
    single: dict[str, list[Rule]] = defaultdict(list)
    double: dict[tuple[str, str], list[Rule]] = defaultdict(list)
    for line in yaml.safe_load(source)["phrases"]:
        for rule in _binary(line):
            if len(rule.parts) == 1:
                single[rule.parts[0]].append(rule)
            else:
                double[rule.parts[0], rule.parts[1]].append(rule)
    return Grammar(dict(single), dict(double))


def _binary(line: str) -> Iterator[Rule]:
    match = _RULE.match(line)
    if not match:
        raise ValueError(f"no rule: {line!r}")
    parts = match["parts"].split()
    while len(parts) > 2:  # "noun of noun": "noun of", and a noun
        both = f"{parts[0]}+{parts[1]}"
        yield Rule(both, (parts[0], parts[1]))
        parts = [both, *parts[2:]]
    yield Rule(match["result"], tuple(parts), match["op"] or "", float(match["cost"] or 0))


Cell = dict[str, list[Sign]]


def phrases(lattice: Lattice) -> list[list[Sign]]:
    """Every phrase of a sentence, by where it starts."""
    rules, size = grammar(), len(lattice.tokens)
    cells: dict[tuple[int, int], Cell] = {}
    for end in range(1, size + 1):
        for start in range(end - 1, max(-1, end - LONGEST - 1), -1):
            cell: Cell = {}
            for sign in lattice.starts[start]:
                if sign.end == end:
                    _put(cell, sign, rules, lattice.tokens, WORDS)
            for middle in range(start + 1, end):
                left, right = cells.get((start, middle)), cells.get((middle, end))
                if left and right and not lattice.tokens[middle].gap:
                    _joined(cell, left, right, rules, lattice.tokens)
            if cell:
                cells[start, end] = cell
    found: list[list[Sign]] = [[] for _ in range(size)]
    for (start, _), cell in cells.items():
        for signs in cell.values():
            found[start] += signs
    return found


def _joined(cell: Cell, left: Cell, right: Cell, rules: Grammar, tokens: Sequence[Token]) -> None:
    for first, firsts in left.items():
        for second, seconds in right.items():
            for rule in rules.double.get((first, second), ()):
                for a in firsts:
                    for b in seconds:
                        has = _merged(a.has, b.has)
                        if has is not None:
                            cost = a.cost + b.cost + rule.cost
                            sign = Sign(a.start, b.end, rule.result, has, cost)
                            if made := _after(sign, rule.op, tokens):
                                _put(cell, made, rules, tokens)


def _put(cell: Cell, sign: Sign, rules: Grammar, tokens: Sequence[Token], most: int = KEPT) -> None:
    kept = cell.setdefault(sign.cat, [])
    for other in kept:
        if other.has == sign.has and other.cost <= sign.cost:
            return
    kept.append(sign)
    if len(kept) > most:
        kept.sort(key=lambda s: s.cost)
        if kept.pop() is sign:
            return
    for rule in rules.single.get(sign.cat, ()):
        made = Sign(sign.start, sign.end, rule.result, sign.has, sign.cost + rule.cost)
        if made := _after(made, rule.op, tokens):
            _put(cell, made, rules, tokens)


_ONCE = frozenset({"things", "number", "count", "but", "goal", "source", "partner"})


def _merged(a: Features, b: Features) -> Features | None:
    """What both say; None where they cannot be one phrase."""
    if not b:
        return a
    if not a:
        return b
    both: dict[str, tuple[Any, ...]] = dict(a)
    for key, values in b.items():
        if key in both and key in _ONCE:
            return None
        both[key] = (*both.get(key, ()), *values)
    return both


_HOW = frozenset({"to", "by", "at"})


def _after(sign: Sign, op: str, tokens: Sequence[Token]) -> Sign | None:
    """The phrase as its rule means it; None where it cannot be one."""
    if not op:
        return sign
    has = sign.has
    if op in times.OPS:
        folded = times.folded(op, has)
        return replace(sign, has=folded) if folded else None
    if op == "count":
        rest = {k: v for k, v in has.items() if k != "number"}
        return replace(sign, has={**rest, "count": (int(has["number"][0]),), "plural": (True,)})
    if op == "beside":  # "a timer for the pasta"; no second lamp
        return sign if has["things"][0].bare else replace(sign, has={**has, "beside": ("",)})
    if op == "when":
        return replace(sign, has={"times": ("",)})
    if op in _HOW:
        measures: tuple[Measure, ...] = has.get("measures", ())
        said = tuple(m if m.how else replace(m, how=op) for m in measures)  # type: ignore[arg-type]
        return replace(sign, has={**has, "measures": said} if said else {**has, "how": (op,)})
    if op == "inside":
        (ref,) = has["things"]
        extra = {k: v for k, v in has.items() if k != "things"}
        return replace(sign, has={"things": (_inside(ref, extra),)})
    if "things" in has and op != "things":  # "to the kitchen lamp": what was a thing is a goal
        apart = {"prefix": has["prefix"]} if "prefix" in has else {}
        return replace(sign, has={op: has["things"], **apart})
    words = " ".join(t.raw for t in tokens[sign.start : sign.end])
    return replace(sign, has={op: (ref_of(has, words),)})


def _inside(ref: Ref, has: Features) -> Ref:
    return replace(
        ref,
        rooms=(*ref.rooms, *has.get("rooms", ())),
        floors=(*ref.floors, *has.get("floors", ())),
        prons=ref.prons | frozenset(has.get("prons", ())),
        quants=ref.quants | frozenset(has.get("quants", ())),
    )


def ref_of(has: Features, words: str) -> Ref:
    """The features of a noun or a place, as one reference."""
    return Ref(
        names=has.get("names", ()),
        kinds=has.get("kinds", ()),
        rooms=has.get("rooms", ()),
        floors=has.get("floors", ()),
        parts=has.get("parts", ()),
        orders=has.get("order", ()),
        quants=frozenset(has.get("quants", ())),
        prons=frozenset(has.get("prons", ())),
        plural=bool(has.get("plural")),
        count=has["count"][0] if "count" in has else None,
        exact=any(has.get("exact", ())),
        like=any(has.get("like", ())),
        words=words,
    )
