"""Places, times and things, as they are said in alerts and of rules, in a person's language."""

from __future__ import annotations

from datetime import datetime, tzinfo

from dobby.language.articles import articles
from dobby.language.words import Words

UNSEEING = frozenset({"offline", "refused", "frozen", "blind"})
"""States of a camera that does not see."""


def the(place: str, words: Words) -> str:
    """ "the front door"; "your workshop" and "Anna's room" have their article already. As the house
    has it in a language whose articles cannot be told from a name."""
    bare, said = " ".join(place.split()), articles(words.language)
    if not bare:
        return words.say("some-camera")
    if said is None:
        return bare
    first, _, rest = bare.partition(" ")
    if addressed := said.yours.get(first.casefold()):
        return f"{addressed} {rest}"
    if said.is_owned(first):
        return bare[:1].lower() + bare[1:] if first.casefold() in said.owners else bare
    return f"{said.article} {bare}"


def where(place: str, words: Words) -> str:
    """ "at the front door", "in the back yard"."""
    said = articles(words.language)
    inside = said is not None and place.casefold().split(" ")[-1] in said.inside
    return words.say("where", place=the(place, words), inside="yes" if inside else "no")


def camera_of(place: str, words: Words) -> str:
    """The camera itself: "the front door camera"."""
    return words.say("camera-of", place=the(place, words)) if place else the(place, words)


def counted(count: int, label: str, words: Words) -> str:
    """ "a dog", "one person", "two buses"; "something"."""
    return words.say("counted", count=count, label=label)


def clock(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%H:%M}"


def span(start: datetime, end: datetime, zone: tzinfo) -> str:
    """ "14:02-14:04", or "14:02" where that is the same minute."""
    first, last = clock(start, zone), clock(end, zone)
    return first if first == last else f"{first}-{last}"


def day(at: datetime, now: datetime, zone: tzinfo, words: Words) -> str:
    """ "today", "yesterday", "on 3 May", with the year where it is another."""
    local, today = at.astimezone(zone).date(), now.astimezone(zone).date()
    days = (today - local).days
    if days in (0, 1):
        return words.say("day-yesterday" if days else "day-today")
    return words.say("day-on", date=words.day(local, year=local.year != today.year))
