"""Numbers and measures in a run of tokens: "twenty five %", "70 F", "half an hour"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dobby.agent.reflex.text import Token

Unit = Literal["", "%", "degree", "C", "F", "K", "s", "clock"]

_ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
NUMBER_WORDS = frozenset(_ONES) | frozenset(_TENS) | {"hundred", "thousand"}
_SECONDS = {
    "second": 1, "sec": 1, "s": 1, "minute": 60, "min": 60, "m": 60, "hour": 3600, "hr": 3600,
    "h": 3600,
}  # fmt: skip
UNIT_WORDS = frozenset(_SECONDS) | {
    "%", "degree", "celsius", "fahrenheit", "centigrade", "kelvin", "cent", "am", "pm", "point",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """A number and what it counts. ``how`` is the word before it: "to 20", "by 20", "at 20"."""

    number: float
    unit: Unit = ""
    how: str = ""

    def said_with(self, how: str) -> Measure:
        return replace(self, how=how)


def number_at(tokens: Sequence[Token], at: int) -> tuple[int, float] | None:
    """The number that starts at ``at``: how many tokens, and its value."""
    if at >= len(tokens):
        return None
    word = tokens[at].text
    if word in {"minus", "-"}:
        inner = number_at(tokens, at + 1)
        return (inner[0] + 1, -inner[1]) if inner else None
    if word[0].isdigit() and ":" not in word:
        return 1, float(word.replace(",", "."))
    if word in {"a", "one"} and at + 1 < len(tokens) and tokens[at + 1].stem == "degree":
        return 1, 1.0
    if word in {"a", "couple"} and "couple" in {word, _word(tokens, at + 1)}:  # "a couple of"
        size = 1 + (word == "a")
        return size + (_word(tokens, at + size) == "of"), 2.0
    if word in {"a", "one"} and at + 1 < len(tokens) and tokens[at + 1].text == "hundred":
        return 2, 100.0
    if word == "hundred":
        return 1, 100.0
    return _worded(tokens, at)


def _worded(tokens: Sequence[Token], at: int) -> tuple[int, float] | None:
    word = tokens[at].text
    value, size = 0.0, 1
    if word in _TENS:
        value = _TENS[word]
        following = tokens[at + 1].text if at + 1 < len(tokens) else ""
        if 0 < _ONES.get(following, 0) < 10:
            value, size = value + _ONES[following], 2
    elif word in _ONES:
        value = _ONES[word]
        following = tokens[at + 1].text if at + 1 < len(tokens) else ""
        if following == "hundred":
            value, size = value * 100, 2
    else:
        return None
    here = at + size
    if here + 1 < len(tokens) and tokens[here].text == "point":  # "twenty one point five"
        tenth = _ONES.get(tokens[here + 1].text)
        if tenth is not None and tenth < 10:
            return size + 2, value + tenth / 10
        if tokens[here + 1].text.isdigit():
            return size + 2, float(f"{int(value)}.{tokens[here + 1].text}")
    return size, float(value)


def measure_at(tokens: Sequence[Token], at: int) -> tuple[int, Measure] | None:
    """The number with its unit that starts at ``at``: how many tokens, and what it is."""
    if ":" in tokens[at].text:
        size = 2 if _word(tokens, at + 1) in {"am", "pm"} else 1
        return size, Measure(0, "clock")
    span = duration_at(tokens, at)
    if span:
        return span[0], Measure(span[1], "s")
    found = number_at(tokens, at)
    if not found:
        return None
    size, value = found
    if (
        _word(tokens, at + size) == "and"
        and _word(tokens, at + size + 1) == "a"
        and (_word(tokens, at + size + 2) == "half")
    ):
        size, value = size + 3, value + 0.5
    unit, more = _unit(tokens, at + size)
    return size + more, Measure(value, unit)


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if at < len(tokens) else ""


def _unit(tokens: Sequence[Token], at: int) -> tuple[Unit, int]:
    word, following = _word(tokens, at), _word(tokens, at + 1)
    if word == "%":
        return "%", 1
    if word == "per" and following == "cent":
        return "%", 2
    if word == "degree":
        scale = _scale(following)
        return (scale, 2) if scale else ("degree", 1)
    scale = _scale(word)
    if scale:
        return scale, 1
    if word in {"k", "kelvin"}:
        return "K", 1
    if word in {"am", "pm"} or (word == "o" and following == "clock"):
        return "clock", 1 if word != "o" else 2
    if word == "point":
        return "%", 1
    return "", 0


def _scale(word: str) -> Unit | Literal[""]:
    if word in {"c", "celsius", "centigrade"}:
        return "C"
    if word in {"f", "fahrenheit"}:
        return "F"
    return ""


def duration_at(tokens: Sequence[Token], at: int) -> tuple[int, float] | None:
    """A stretch of time that starts at ``at``: how many tokens, and its seconds."""
    total, here = 0.0, at
    while here < len(tokens):
        if here > at and _word(tokens, here) == "and":
            part = _part(tokens, here + 1)
            if not part:
                break
            here += 1
        else:
            part = _part(tokens, here)
        if not part:
            break
        total, here = total + part[1], here + part[0]
        if (
            _word(tokens, here) == "and"
            and _word(tokens, here + 1) in {"a", "one"}
            and (_word(tokens, here + 2) == "half")
        ):  # "an hour and a half"
            return here + 3 - at, total + _SECONDS[tokens[here - 1].stem] / 2
    if here > at and tokens[here - 1].stem in {"hour", "hr", "h"}:  # "1h30"
        found = number_at(tokens, here)
        if found and tokens[here].text.isdigit() and found[1] < 60:
            return here + 1 - at, total + found[1] * 60
    return (here - at, total) if here > at else None


def _part(tokens: Sequence[Token], at: int) -> tuple[int, float] | None:
    word = _word(tokens, at)
    for fraction, share in (("half", 0.5), ("quarter", 0.25)):
        start = at + 1 if word in {"a", "one"} and _word(tokens, at + 1) == fraction else at
        if _word(tokens, start).removesuffix("s") != fraction:
            continue
        skip = start + 1 + (_word(tokens, start + 1) == "of")
        skip += _word(tokens, skip) in {"a", "an"}
        if skip < len(tokens) and tokens[skip].stem in {"hour", "minute"}:
            return skip + 1 - at, share * _SECONDS[tokens[skip].stem]
    if word in {"a", "an"} and at + 1 < len(tokens) and tokens[at + 1].stem in _SECONDS:
        unit = tokens[at + 1].stem
        return (2, float(_SECONDS[unit])) if len(unit) > 2 else None
    if word == "three" and _word(tokens, at + 1) == "quarters":
        part = _part(tokens, at + 1)
        return (part[0] + 1, part[1] * 3) if part else None
    found = number_at(tokens, at)
    if not found:
        return None
    size, value = found
    if (
        _word(tokens, at + size) == "and"
        and _word(tokens, at + size + 1) == "a"
        and (_word(tokens, at + size + 2) == "half")
    ):
        size, value = size + 3, value + 0.5
    here = at + size
    if here < len(tokens) and tokens[here].stem in _SECONDS:
        return size + 1, value * _SECONDS[tokens[here].stem]
    return None
