"""Numbers with their units: measures, stretches of time, hours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dobby.language.lexicon import Lexicon
from dobby.language.meaning import Measure
from dobby.language.sign import Sign
from dobby.language.tokens import Token

HALF = 0.5


def of_number(lexicon: Lexicon, tokens: Sequence[Token], at: int) -> Iterator[Sign]:
    """Numbers with their units: "20 %", "halbe Stunde", "1 h 30"."""
    pointing = any(e.category in {"pronoun", "det"} for e in lexicon.word(tokens[at].text))
    plain = 2.5 if pointing else 0.1  # "the left one"
    for end, number in _numbers(lexicon, tokens, at):
        units = list(_units(lexicon, tokens, end))
        for stop, unit in units:
            yield from _measured(lexicon, tokens, at, stop, number, unit)
        halves = _joined_numbers(lexicon, tokens, end) if _joins(lexicon, tokens, end) else ()
        for more, half in halves:
            for stop, unit in _units(lexicon, tokens, more) if half == HALF else ():
                yield from _measured(lexicon, tokens, at, stop, number + half, unit)
            if half == HALF and not units:  # "nineteen and a half"
                measure = (Measure(number + half),)
                yield Sign(at, more, "measure", {"measures": measure}, -0.1 * (more - at))
        if not units or tokens[at].text[0].isdigit():
            yield Sign(at, end, "measure", {"measures": (Measure(number),)}, plain)
            if number == int(number) and 0 < number < 100:
                yield Sign(at, end, "number", {"number": (number,)}, plain)
    if ":" in tokens[at].text:
        yield Sign(at, at + 1, "clock", {"times": (tokens[at].text,)})


def _measured(
    lexicon: Lexicon, tokens: Sequence[Token], at: int, end: int, number: float, unit: str
) -> Iterator[Sign]:
    if unit == "clock":
        yield Sign(at, end, "clock", {"times": (f"{number:g}",)}, -0.1)
        return
    if not unit.startswith("s:"):
        measure = Measure(number, unit)  # type: ignore[arg-type]
        yield Sign(at, end, "measure", {"measures": (measure,)}, -0.1 * (end - at))
        for more, half in _joined_numbers(lexicon, tokens, end):
            if half == HALF:  # "16 degrés et demi"
                measure = Measure(number + half, unit)  # type: ignore[arg-type]
                yield Sign(at, more, "measure", {"measures": (measure,)}, -0.1 * (more - at))
        return
    yield from _stretches(lexicon, tokens, at, end, number * float(unit[2:]), unit)


def _stretches(
    lexicon: Lexicon, tokens: Sequence[Token], at: int, end: int, seconds: float, unit: str
) -> Iterator[Sign]:
    """A stretch of time, and what smaller units add to it: "1 h 5 min and 30 s"."""
    yield Sign(at, end, "span", {"spans": (seconds,)}, -0.1 * (end - at))
    for more, rest in _joined_numbers(lexicon, tokens, end):
        units = list(_units(lexicon, tokens, more))
        if not units and (rest == HALF or (unit == "s:3600" and tokens[end].text.isdigit())):
            part = rest * (float(unit[2:]) if rest == HALF else 60)  # "et demie", "1 h 30"
            yield Sign(at, more, "span", {"spans": (seconds + part,)}, -0.1 * (more - at))
        for stop, smaller in units:
            if smaller.startswith("s:") and float(smaller[2:]) < float(unit[2:]):
                total = seconds + rest * float(smaller[2:])
                yield from _stretches(lexicon, tokens, at, stop, total, smaller)


def _joins(lexicon: Lexicon, tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and any(e.category == "join" for e in lexicon.word(tokens[at].text))


def _joined_numbers(
    lexicon: Lexicon, tokens: Sequence[Token], at: int
) -> Iterator[tuple[int, float]]:
    """The number that goes on: "1 h 30", "eine Stunde und 5 Minuten", "nineteen and a half"."""
    joined = _joins(lexicon, tokens, at)
    if joined:
        at += 1
    if at >= len(tokens):
        return
    yield from _numbers(lexicon, tokens, at)
    if (
        joined
        and at + 1 < len(tokens)
        and any(e.category == "det" for e in lexicon.word(tokens[at].text))
    ):
        at += 1
    for size, entries in lexicon.at(tokens, at) if joined else ():
        if any((e.category, e.meaning) == ("level", "50") for e in entries):
            yield at + size, HALF


def _numbers(lexicon: Lexicon, tokens: Sequence[Token], at: int) -> Iterator[tuple[int, float]]:
    word = tokens[at].text
    if word in {"-", "minus"} and at + 1 < len(tokens):
        yield from ((end, -number) for end, number in _numbers(lexicon, tokens, at + 1))
    if word[0].isdigit() and ":" not in word and word.count(".") + word.count(",") < 2:
        yield at + 1, float(word.replace(",", "."))
    for size, entries in lexicon.at(tokens, at):
        for entry in entries:
            if entry.category == "number":
                yield at + size, float(entry.meaning)


def _units(lexicon: Lexicon, tokens: Sequence[Token], at: int) -> Iterator[tuple[int, str]]:
    if at >= len(tokens) or tokens[at].gap:
        return
    for size, entries in lexicon.at(tokens, at):
        for entry in entries:
            if entry.category == "unit":
                yield at + size, entry.meaning
