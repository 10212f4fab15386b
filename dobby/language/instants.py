"""When a time is that somebody said: until when, within which hours, since when.

Days and hours of the day are counted on the owner's clock; spans in UTC, since that clock has a
night with an hour too many, and one with an hour too few.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from dobby.agent.calls import Abstention
from dobby.language.declining import Unclear
from dobby.language.meaning import Duration, Time, When, Window

Instants = tuple[datetime, datetime | None]

HOURS = {"night": "22:00-06:00", "day": "06:00-22:00", "morning": "06:00-12:00",
         "afternoon": "12:00-18:00", "evening": "18:00-23:00"}  # fmt: skip
_PARTS = {"morning": (5, 12), "afternoon": (12, 18), "evening": (18, 24), "day": (6, 22)}
NIGHT = (21, 31)
LATE = 22  # from this hour on the night is the one that it is, and not the last one
MORNING = time(7)
DAY = timedelta(days=1)


def until(when: When, now: datetime) -> datetime | None:
    """When a stretch that begins now ends; None for what says no end."""
    match when:
        case Duration(seconds):
            return _ago(now, -seconds)
        case Window(start=None, end=Time() as end):
            return _next(end, now)
        case Time(days=0, weekday=None, clock=None, part="night"):
            return _next_morning(now)
        case Time(days=0, weekday=None, clock=None, part=""):
            return _hour(now.date() + DAY, 0, now)
        case Time(days=0, weekday=None, clock=None, part=part) if part in _PARTS:
            end = _hour(now.date(), _PARTS[part][1], now)
            return end if _utc(end) > _utc(now) else None
        case _:
            return None


def hours(when: When) -> str | None:
    """The hours of every day that are meant, "22:00-06:00"; None where none are.

    Raises Unclear where they may be by day or by night.
    """
    match when:
        case Time(days=None, weekday=None, clock=None, part=part) if part:
            return HOURS.get(part)
        case Window(start=Time(clock=(_, _)) as start, end=Time(clock=(_, _)) as end):
            first, last = _span(start, end)
            return f"{first:%H:%M}-{last:%H:%M}"
        case Window(start=Time(clock=(hour, minute), either=False), end=None):
            return f"{time(hour, minute):%H:%M}-{MORNING:%H:%M}"
        case _:
            return None


def lately(when: When, now: datetime) -> Instants | None:
    """Since when, and until when, of what is asked about; None for what is not past.

    Raises Unclear where it may be by day or by night.
    """
    match when:
        case Window(start=Time(ago=float(seconds)), end=None):
            return _ago(now, seconds), None
        case Window(start=Time(clock=(_, _)) as start, end=Time(clock=(_, _)) as end):
            return _those_hours(*_span(start, end), now)
        case Window(start=Time() as start, end=None):
            begun = _begun(start, now)
            return (begun, None) if begun else None
        case Window(start=None, end=Time(clock=(_, _)) as end):
            ended = _latest(end, now)
            return _hour(ended.date(), 0, now), ended
        case Time(clock=None):
            return _day(when, now)
        case _:
            return None


def _begun(start: Time, now: datetime) -> datetime | None:
    """ "Since 8", "since yesterday"."""
    if start.clock and start.days is None and start.weekday is None:
        return _latest(start, now)
    if start.clock and start.days is not None:
        return _hour(now.date() + start.days * DAY, start.clock[0], now, start.clock[1])
    whole = _day(start, now)
    return whole[0] if whole and _utc(whole[0]) <= _utc(now) else None


def _day(said: Time, now: datetime) -> Instants | None:
    """A day that was, or the part of one."""
    today = now.date()
    if said.part == "night":
        if said.days == 0 and now.hour >= _PARTS["evening"][0]:
            return _hour(today, _PARTS["evening"][0], now), None  # "tonight"
        begun = today if now.hour >= LATE else today - DAY
        ends = _hour(begun, NIGHT[1], now)
        return _hour(begun, NIGHT[0], now), min(ends, now, key=_utc)
    if said.weekday is not None:
        day = today - ((now.weekday() - said.weekday) % 7 or 7) * DAY
    else:
        day = today + (said.days or 0) * DAY
    if day > today:
        return None
    if said.part:
        start, end = _PARTS[said.part]
        return _hour(day, start, now), _hour(day, end, now)
    return _hour(day, 0, now), _hour(day + DAY, 0, now) if day < today else None


def _next(end: Time, now: datetime) -> datetime | None:
    """When "until ..." ends."""
    day = now.date()
    if end.weekday is not None:
        day += ((end.weekday - now.weekday()) % 7 or 7) * DAY
    elif end.days:
        day += end.days * DAY
    if end.clock and (end.days is not None or end.weekday is not None):
        return _future(_hour(day, end.clock[0], now, end.clock[1]), now)
    if end.clock:
        return _next_clock(time(*end.clock), end.either, now)
    if end.weekday is not None:
        return _hour(day, 0, now)
    if end in {Time(days=1), Time(days=1, part="morning"), Time(part="morning")}:
        return _next_morning(now)
    if end.days == 0 and not end.part:  # "until the end of the day"
        return _hour(day + DAY, 0, now)
    begins = _PARTS.get(end.part, NIGHT)[0]
    at = _hour(day, begins, now)
    if end.days is None and _utc(at) <= _utc(now):
        at = _hour(day + DAY, begins, now)
    return _future(at, now)


def _future(at: datetime, now: datetime) -> datetime | None:
    return at if _utc(at) > _utc(now) else None


def _next_morning(now: datetime) -> datetime:
    day = now.date() if now.time() < MORNING else now.date() + DAY
    return _hour(day, MORNING.hour, now)


def _hour(day: date, hour: int, now: datetime, minute: int = 0) -> datetime:
    """That hour of that day, on the clock of ``now``; 24 and more are of the day after."""
    return datetime.combine(day + hour // 24 * DAY, time(hour % 24, minute), now.tzinfo)


def _ago(now: datetime, seconds: float) -> datetime:
    return (now.astimezone(UTC) - timedelta(seconds=seconds)).astimezone(now.tzinfo)


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


# Clocks ----------------------------------------------------------------------------------------


def _span(start: Time, end: Time) -> tuple[time, time]:
    """ "8 to 22", "10 pm and 6 am". Raises Unclear where it may be by day or by night."""
    first, last = time(*(start.clock or (0, 0))), time(*(end.clock or (0, 0)))
    if start.either and end.either and last <= first:
        raise Unclear(
            Abstention.AMBIGUOUS, "morning-or-evening", hour=start.clock[0] if start.clock else 0,
            example=f"{first.hour % 12 + 12}:{first.minute:02} - {last:%H:%M}",
        )  # fmt: skip
    if end.either and not start.either and last < first <= time(12):
        last = last.replace(hour=last.hour % 12 + 12)  # "from 9am to 5"
    return first, last


def _next_clock(clock: time, either: bool, now: datetime) -> datetime:
    """When it is that late the next time."""
    wall = datetime.combine(now.date(), clock)
    while True:
        for found in _twice(wall, now):
            if _utc(found) > _utc(now):
                return found
        wall += timedelta(hours=12 if either else 24)


def _latest(said: Time, now: datetime) -> datetime:
    """When it was that late the last time; "since 8" at nine in the evening is of the morning."""
    wall = datetime.combine(now.date(), time(*(said.clock or (0, 0))))
    for found in reversed(_twice(wall, now)):
        if _utc(found) <= _utc(now):
            return found
    return _twice(wall - timedelta(hours=12 if said.either else 24), now)[1]


def _twice(wall: datetime, now: datetime) -> tuple[datetime, datetime]:
    """The instants when a clock shows that: one and the same, but for one hour a year."""
    first = wall.replace(tzinfo=now.tzinfo)
    return first, first.replace(fold=1)


def _those_hours(start: time, end: time, now: datetime) -> Instants:
    """Those hours of today, or of yesterday where they have not begun yet."""
    day = now.date()
    if _utc(datetime.combine(day, start, now.tzinfo)) > _utc(now):
        day -= DAY
    begun = datetime.combine(day, start, now.tzinfo)
    return begun, datetime.combine(day if end > start else day + DAY, end, now.tzinfo)
