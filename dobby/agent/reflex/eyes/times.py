"""Times as they are said of cameras: until when, within which hours, since when.

Days and hours of the day are counted on the owner's clock; spans in UTC, since that clock has a
night with an hour too many, and one with an hour too few.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from dobby.agent.calls import Abstention
from dobby.agent.reflex.numbers import duration_at, number_at
from dobby.agent.reflex.targets import Unresolved
from dobby.agent.reflex.text import Token

Window = tuple[datetime, datetime | None]

HOURS = {"night": "22:00-06:00", "day": "06:00-22:00", "morning": "06:00-12:00",
         "afternoon": "12:00-18:00", "evening": "18:00-23:00"}  # fmt: skip
_PARTS = {"morning": (5, 12), "afternoon": (12, 18), "evening": (18, 24)}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LAST = {"last", "past", "previous"}
MORNING = time(7)
DAY = timedelta(days=1)


def until(said: str, now: datetime) -> datetime:
    """The end of a snooze: at ``midnight``, or in the ``morning``."""
    tomorrow = now.date() + DAY
    if said == "midnight":
        return _hour(tomorrow, 0, now)
    return _hour(now.date() if now.time() < MORNING else tomorrow, MORNING.hour, now)


def window(said: str, now: datetime) -> Window:
    """Since when, and until when, of what is asked about."""
    today = now.date()
    day, _, part = said.rpartition("_")
    if part in _PARTS:
        start, end = _PARTS[part]
        begins = today - DAY if day else today
        return _hour(begins, start, now), _hour(begins, end, now)
    match said:
        case "today":
            return _hour(today, 0, now), None
        case "yesterday":
            return _hour(today - DAY, 0, now), _hour(today, 0, now)
        case "night":  # the last one, or the one that it is
            begun = today if now.hour >= 22 else today - DAY
            return _hour(begun, 21, now), min(_hour(begun, 31, now), now, key=_utc)
        case "hour":
            return _ago(now, hours=1), None
        case "week":
            return _ago(now, days=7), None
        case _:
            return _ago(now, hours=6), None  # "lately"


def times_at(tokens: Sequence[Token], at: int, now: datetime) -> Iterator[tuple[int, str, object]]:
    """Phrases with a number in them that start here: tags ``until``, ``hours``, ``window``."""
    word, rest = tokens[at].text, at + 1
    if word == "until" and (clock := _clock(tokens, rest)):
        yield 1 + clock[0], "until", _next(clock[1], clock[2], now)
    if word == "for" and (lasts := _lasting(tokens, rest)):
        yield 1 + lasts[0], "until", _ago(now, seconds=-lasts[1])
    if word in {"from", "between"} and (span := _span(tokens, rest)):
        size, start, end = span
        yield 1 + size, "hours", f"{start:%H:%M}-{end:%H:%M}"
        yield 1 + size, "window", _lately(start, end, now)
    if word == "after" and (clock := _clock(tokens, rest)) and not clock[2]:
        yield 1 + clock[0], "hours", f"{clock[1]:%H:%M}-{MORNING:%H:%M}"
    if word in {"after", "since", "before"} and (clock := _clock(tokens, rest)):
        begun = _latest(clock[1], clock[2], now)
        if word == "before":
            yield 1 + clock[0], "window", (_hour(begun.date(), 0, now), begun)
        else:
            yield 1 + clock[0], "window", (begun, None)
    if word == "since" and rest < len(tokens) and tokens[rest].text == "yesterday":
        yield 2, "window", (_hour(now.date() - DAY, 0, now), None)
    yield from _spans_back(tokens, at, now)
    if word in {"on", "last"} and rest < len(tokens) and tokens[rest].text in _DAYS:
        ago = (now.weekday() - _DAYS.index(tokens[rest].text)) % 7 or 7
        day = now.date() - ago * DAY
        yield 2, "window", (_hour(day, 0, now), _hour(day + DAY, 0, now))


def _spans_back(
    tokens: Sequence[Token], at: int, now: datetime
) -> Iterator[tuple[int, str, object]]:
    """ "In the last two hours", "over the past 3 days"."""
    here = _past(tokens, at, {"in", "over", "within", "during"})
    here = _past(tokens, here, {"the"})
    if here < len(tokens) and tokens[here].text in _LAST:
        if lasts := duration_at(tokens, here + 1):
            yield here + 1 + lasts[0] - at, "window", (_ago(now, seconds=lasts[1]), None)
        elif count := number_at(tokens, here + 1):
            end = here + 1 + count[0]
            if end < len(tokens) and tokens[end].stem in {"day", "night"} and count[1] <= 60:
                yield end + 1 - at, "window", (_ago(now, days=count[1]), None)


def _lasting(tokens: Sequence[Token], at: int) -> tuple[int, float] | None:
    """ "Two hours", "the next half hour", "the next hour"."""
    here = _past(tokens, at, {"the", "next"})
    if here > at and _word(tokens, here) == "hour":
        return here + 1 - at, 3600.0
    lasts = duration_at(tokens, here)
    return (here + lasts[0] - at, lasts[1]) if lasts else None


def _past(tokens: Sequence[Token], at: int, skipped: set[str]) -> int:
    while at < len(tokens) and tokens[at].text in skipped:
        at += 1
    return at


def _hour(day: date, hour: int, now: datetime) -> datetime:
    """That hour of that day, on the clock of ``now``; 24 and more are of the day after."""
    return datetime.combine(day + hour // 24 * DAY, time(hour % 24), now.tzinfo)


def _ago(now: datetime, **span: float) -> datetime:
    return (now.astimezone(UTC) - timedelta(**span)).astimezone(now.tzinfo)


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


# Clocks ------------------------------------------------------------------------------------------


def _clock(tokens: Sequence[Token], at: int) -> tuple[int, time, bool] | None:
    """A time of day that starts here: how many tokens, the time, and whether it may as well be
    twelve hours later."""
    if at >= len(tokens):
        return None
    word = tokens[at].text
    if word in {"noon", "midday", "midnight"}:
        return 1, time(0 if word == "midnight" else 12), False
    if word == "half" and at + 2 < len(tokens) and tokens[at + 1].text == "past":
        found = number_at(tokens, at + 2)
        hour, minute, size = (found[1], 30, 2 + found[0]) if found else (99, 0, 0)
    elif ":" in word:
        hour, minute, size = float(word.split(":")[0]), int(word.split(":")[1]), 1
    else:
        found = number_at(tokens, at)
        hour, minute, size = (found[1], 0, found[0]) if found else (99, 0, 0)
    if hour != int(hour) or not 0 <= hour <= 24 or minute > 59:
        return None
    if _word(tokens, at + size) == "o" and _word(tokens, at + size + 1) == "clock":
        size += 2
    half = _word(tokens, at + size)
    if half in {"am", "pm"}:
        if not 1 <= hour <= 12:
            return None
        return size + 1, time(int(hour) % 12 + (12 if half == "pm" else 0), minute), False
    written = ":" in word and word.startswith("0")
    return size, time(int(hour) % 24, minute), 1 <= hour <= 12 and not written


def _span(tokens: Sequence[Token], at: int) -> tuple[int, time, time] | None:
    """ "8 to 22", "10 pm and 6 am". Raises Unresolved where it may be by day or by night."""
    first = _clock(tokens, at)
    if first is None or _word(tokens, at + first[0]) not in {"to", "and", "until", "till"}:
        return None
    second = _clock(tokens, at + first[0] + 1)
    if second is None:
        return None
    start, end = first[1], second[1]
    if first[2] and second[2] and end <= start:
        raise Unresolved(
            Abstention.AMBIGUOUS,
            f"From {start.hour} in the morning, or in the evening? Say, for instance: "
            f"from {start.hour % 12 + 12}:00 to {end:%H:%M}",
        )
    if second[2] and not first[2] and end < start <= time(12):
        end = end.replace(hour=end.hour % 12 + 12)  # "from 9am to 5"
    return first[0] + 1 + second[0], start, end


def _next(clock: time, either: bool, now: datetime) -> datetime:
    """When it is that late the next time."""
    wall = datetime.combine(now.date(), clock)
    while True:
        for found in _twice(wall, now):
            if _utc(found) > _utc(now):
                return found
        wall += timedelta(hours=12 if either else 24)


def _latest(clock: time, either: bool, now: datetime) -> datetime:
    """When it was that late the last time; "since 8" at nine in the evening is of the morning."""
    wall = datetime.combine(now.date(), clock)
    for found in reversed(_twice(wall, now)):
        if _utc(found) <= _utc(now):
            return found
    return _twice(wall - timedelta(hours=12 if either else 24), now)[1]


def _twice(wall: datetime, now: datetime) -> tuple[datetime, datetime]:
    """The instants when a clock shows that: one and the same, but for one hour a year."""
    first = wall.replace(tzinfo=now.tzinfo)
    return first, first.replace(fold=1)


def _lately(start: time, end: time, now: datetime) -> Window:
    """Those hours of today, or of yesterday where they have not begun yet."""
    day = now.date()
    if _utc(datetime.combine(day, start, now.tzinfo)) > _utc(now):
        day -= DAY
    begun = datetime.combine(day, start, now.tzinfo)
    return begun, datetime.combine(day if end > start else day + DAY, end, now.tzinfo)


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if at < len(tokens) else ""
