"""Times as they are said: words to ``Time``, ``Window`` and ``Duration``, in any language.

The words are in ``times.yaml`` of a language, how they stand together in ``grammar.yaml``. A clock
is read here, since its numbers belong together in more ways than phrases do: "half past eight",
"halb acht", "huit heures et demie", "wpół do ósmej", "10 pm".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from dobby.language.lexicon import Entry, Lexicon
from dobby.language.meaning import Duration, Presence, Time, Timed, Window
from dobby.language.tokens import Token

OF_CLOCKS = frozenset({"clock", "minutes", "hour", "oclock", "half"})  # read here as a whole
Features = Mapping[str, tuple[Any, ...]]
_HOWS: Mapping[str, Literal["only", "not", "except"]] = {
    "only": "only", "never": "not", "spared": "except",
}  # fmt: skip
OPS = frozenset(
    {"both", "until", "since", "before", "between", "recent", "lasting", "only", "never",
     "spared"}
)  # fmt: skip


def of_entry(entry: Entry) -> Features | None:
    """What a word for a time says; None for any other word."""
    match entry.category:
        case "occasion":  # "-1 night": days from today, and a part of the day
            day, _, part = entry.meaning.partition(" ")
            time = Time(days=int(day) if day != "*" else None, part=part)
        case "weekday":
            time = Time(weekday=int(entry.meaning))
        case "ago":
            return {"when": (Timed(Window(Time(ago=float(entry.meaning)))),)}
        case "stretch":
            return {"when": (Timed(Duration(float(entry.meaning))),)}
        case "presence":
            return {"when": (Timed(Presence(entry.meaning == "home")),)}
        case _:
            return None
    return {"when": (Timed(time),)}


def folded(op: str, has: Features) -> Features | None:
    """A phrase's times as one; None where they are none."""
    said: tuple[Timed, ...] = has.get("when", ())
    if op == "recent":  # "in the last two hours", "... three days"
        spans = has.get("spans") or [n * float(has["days"][0]) for n in has.get("number", ())]
        return {"when": (Timed(Window(Time(ago=float(spans[0])))),)}
    if op == "lasting":
        return {"when": (Timed(Duration(float(has["spans"][0]))),)}
    if op in _HOWS:
        return {"when": (replace(said[0], how=_HOWS[op]),)} if not said[0].how else None
    times = [timed.when for timed in said]
    if not all(isinstance(time, Time) and time.ago is None for time in times):
        return None
    moments = [time for time in times if isinstance(time, Time)]
    if not moments:
        return None
    first, *rest = moments
    match op:
        case "both":
            time = _both(first, rest[0])
            return {"when": (Timed(time),)} if time else None
        case "until":
            window = Window(end=first)
        case "since":
            window = Window(start=first)
        case "before":
            window = Window(end=first) if first.clock else None
        case _:
            clocks = first.clock and rest[0].clock
            window = Window(first, rest[0]) if clocks else None
    return {"when": (Timed(window),)} if window else None


def _both(first: Time, second: Time) -> Time | None:
    """ "Tomorrow at 8", "at 8 in the evening", "on Monday morning"."""
    day, clock = (second, first) if first.clock else (first, second)
    if clock.clock and not day.clock and day.ago is None:
        if day.part and clock.either:
            late = day.part in {"afternoon", "evening"} or (
                day.part == "night" and clock.clock[0] >= 8
            )
            clock = _on_half(clock, late)
        return replace(clock, days=day.days, weekday=day.weekday)
    part = second.days is None and second.weekday is None and not second.clock and second.part
    if part and not first.part and not first.clock:
        return replace(first, part=part)
    return None


def _on_half(time: Time, late: bool) -> Time:
    """An hour of a dial with twelve, before or after noon."""
    hour, minute = time.clock or (0, 0)
    return replace(time, clock=(hour % 12 + 12 * late, minute), either=False)


# Clocks ----------------------------------------------------------------------------------------


def clocks(
    tokens: Sequence[Token], at: int, words: Lexicon, numbers: Lexicon
) -> Iterator[tuple[int, Time]]:
    """Every clock that starts here: where it ends, and the time."""
    for end, entry in _said(tokens, at, words, "clock"):  # noon, midnight
        hour, _, minute = entry.meaning.partition(":")
        yield end, Time(clock=(int(hour), int(minute)))
    for end, entry in _said(tokens, at, words, "minutes"):
        for stop, time in _hours(tokens, end, words, numbers):
            if time.clock and not time.clock[1]:
                yield from _halved(tokens, stop, _moved(time, int(entry.meaning)), words)
    for end, time in _hours(tokens, at, words, numbers):
        yield from _halved(tokens, end, time, words)
        for stop, entry in _said(tokens, end, words, "minutes"):
            if time.clock and not time.clock[1]:
                yield from _halved(tokens, stop, _moved(time, int(entry.meaning)), words)


def _hours(
    tokens: Sequence[Token], at: int, words: Lexicon, numbers: Lexicon
) -> Iterator[tuple[int, Time]]:
    """ "8", "8:30", "eight o'clock", "8 h 30"; after an article, "las ocho"."""
    if at >= len(tokens):
        return
    text = tokens[at].text
    if ":" in text:
        hour, _, minute = text.partition(":")
        if minute.isdigit() and hour.isdigit():
            yield from _valid(at + 1, int(hour), int(minute), text.startswith("0"))
        return
    for end, hour in _numbers(tokens, at, words, numbers):
        yield from _valid(end, hour, 0)
        for stop, _ in _said(tokens, end, words, "oclock"):
            yield from _valid(stop, hour, 0)
            for last, minute in _numbers(tokens, stop, words, numbers):
                if not any(e for _, e in _said(tokens, last, words, "oclock")):
                    yield from _valid(last, hour, minute)


def _valid(end: int, hour: int, minute: int, written: bool = False) -> Iterator[tuple[int, Time]]:
    if 0 <= hour <= 24 and 0 <= minute <= 59:
        either = 1 <= hour <= 12 and not written
        yield end, Time(clock=(hour % 24, minute), either=either)


def _halved(
    tokens: Sequence[Token], end: int, time: Time, words: Lexicon
) -> Iterator[tuple[int, Time]]:
    """With what says before or after noon: "10 pm", "8 Uhr abends"."""
    yield end, time
    for stop, entry in _said(tokens, end, words, "half"):
        if time.either:
            yield stop, _on_half(time, entry.meaning == "pm")


def _moved(time: Time, minutes: int) -> Time:
    hour, minute = time.clock or (0, 0)
    whole = (hour * 60 + minute + minutes) % (24 * 60)
    return replace(time, clock=divmod(whole, 60))


def _numbers(
    tokens: Sequence[Token], at: int, words: Lexicon, numbers: Lexicon
) -> Iterator[tuple[int, int]]:
    if at >= len(tokens) or (tokens[at].gap and at):
        return
    if tokens[at].text.isdigit() and len(tokens[at].text) <= 2:
        yield at + 1, int(tokens[at].text)
    for of, category in ((numbers, "number"), (words, "hour")):
        for end, entry in _said(tokens, at, of, category):
            if entry.meaning.isdigit():
                yield end, int(entry.meaning)


def _said(
    tokens: Sequence[Token], at: int, words: Lexicon, category: str
) -> Iterator[tuple[int, Entry]]:
    if at < len(tokens):
        for size, entries in words.at(tokens, at):
            for entry in entries:
                if entry.category == category:
                    yield at + size, entry
