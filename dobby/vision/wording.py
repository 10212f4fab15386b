"""Places, times and things, as they are said in alerts and of rules."""

from __future__ import annotations

from datetime import datetime, tzinfo

from dobby.vision.reports import SOMETHING

INSIDE = frozenset(
    {
        "garden", "yard", "backyard", "room", "bedroom", "nursery", "kitchen", "bathroom", "office",
        "hall", "hallway", "corridor", "attic", "cellar", "basement", "garage", "shed", "barn",
        "street", "road", "lane", "alley", "driveway",
    }
)  # fmt: skip
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
PLURALS = {"person": "people", "bus": "buses", "sheep": "sheep"}
SOMEWHERE = "one of the cameras"
DARK = {
    "offline": "it does not answer",
    "refused": "it refuses my password",
    "frozen": "its picture stands still",
    "blind": "I have no detector",
}
"""Why a camera does not see, by its state."""


def the(place: str) -> str:
    """ "the front door"; "your workshop" and "Anna's room" have their article already."""
    bare = " ".join(place.split())
    first, _, rest = bare.partition(" ")
    if first.casefold() == "my":
        return f"your {rest}"
    if not bare:
        return SOMEWHERE
    if first.casefold() in ("the", "your", "our") or first.endswith(("'s", "’s")):
        return bare[:1].lower() + bare[1:] if first.casefold() in ("the", "your", "our") else bare
    return f"the {bare}"


def where(place: str) -> str:
    """ "at the front door", "in the back yard"."""
    inside = bool(INSIDE & {place.casefold().split(" ")[-1]})
    return f"{'in' if inside else 'at'} {the(place)}"


def a(thing: str) -> str:
    return f"{'an' if thing[:1] in 'aeiou' else 'a'} {thing}"


def number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def plural(thing: str) -> str:
    return PLURALS.get(thing, f"{thing}s")


def counted(count: int, thing: str) -> str:
    """ "a dog", "one person", "two buses"; "something"."""
    if thing == SOMETHING:
        return thing if count == 1 else f"{number(count)} things"
    if count == 1:
        return "one person" if thing == "person" else a(thing)
    return f"{number(count)} {plural(thing)}"


def clock(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%H:%M}"


def span(start: datetime, end: datetime, zone: tzinfo) -> str:
    """ "14:02-14:04", or "14:02" where that is the same minute."""
    first, last = clock(start, zone), clock(end, zone)
    return first if first == last else f"{first}-{last}"


def day(at: datetime, now: datetime, zone: tzinfo) -> str:
    """ "today", "yesterday", "on 3 May", with the year where it is another."""
    local, today = at.astimezone(zone), now.astimezone(zone)
    days = (today.date() - local.date()).days
    if days in (0, 1):
        return ("today", "yesterday")[days]
    year = "" if local.year == today.year else f" {local.year}"
    return f"on {local.day} {local:%B}{year}"
