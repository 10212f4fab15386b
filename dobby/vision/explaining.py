"""Rules and decisions in plain words: "why did you tell me?", "what did I ask of you?"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo

from dobby.agent.phrases import names, sentence
from dobby.vision.records import AlertRule, Incident
from dobby.vision.reports import Hours
from dobby.vision.rules import OwnRule
from dobby.vision.wording import clock, day, plural, where

KINDS = {
    "person": "people",
    "vehicle": "vehicles",
    "animal": "animals",
    "package": "things left or taken",
    "open": "doors that stay open",
    "camera": "cameras that cannot see",
}
WHAT = {
    "arrived": "come",
    "joined": "are joined by others",
    "returned": "come again",
    "lingers": "linger",
    "stopped": "stop",
    "left_something": "leave something",
    "took_something": "take something",
    "dark": "go dark",
    "opened": "stay open",
}


def explain(
    incident: Incident, person: str, rule: OwnRule | None, now: datetime, zone: tzinfo
) -> str:
    """Why this was told to that person, or was not. ``rule`` is the one that decided, if it is
    still there."""
    telling = incident.telling(person)
    if telling is None:
        return "I kept it in the record; there was nothing in it to tell."
    why = telling.why
    if rule is not None:
        why += f" {day(rule.at, now, zone)}"
    if telling.told:
        return sentence(f"I told you at {clock(telling.at, zone)} because {why}")
    return sentence(f"I did not tell you because {why}")


def describe_rule(own: OwnRule, places: Mapping[str, str], now: datetime, zone: tzinfo) -> str:
    """ "not told: vehicles that stop at the drive; since you said “…” on 3 May"."""
    rule = own.rule
    verdict = "told" if rule.verdict == "tell" else "not told"
    said = f"you said “{rule.said}”" if rule.said else "you made this rule"
    about = scope(rule, places, now, zone)
    return f"{verdict}: {about}; since {said} {day(own.at, now, zone)}"


def scope(rule: AlertRule, places: Mapping[str, str], now: datetime, zone: tzinfo) -> str:
    """What a rule is about, and when it holds: "vehicles in that one spot at the drive"."""
    about = f"{_subject(rule)}{_spot(rule)}"
    return " ".join([about, *_circumstances(rule, places, now, zone)])


def _subject(rule: AlertRule) -> str:
    things = [plural(label) for label in rule.labels]
    subject = names(things or [KINDS[kind] for kind in rule.kinds]) or "everything"
    does = " or ".join(WHAT[what] for what in rule.what if what in WHAT)
    if not does:
        return subject
    return f"{subject} that {does}" if subject != "everything" else f"all that {does}"


def _spot(rule: AlertRule) -> str:
    return " in that one spot" if rule.near else ""


def _circumstances(
    rule: AlertRule, places: Mapping[str, str], now: datetime, zone: tzinfo
) -> list[str]:
    said: list[str] = []
    if rule.cameras:
        said.append(names([where(places.get(camera, "")) for camera in rule.cameras]))
    if rule.zones:
        said.append(f"within {names(list(rule.zones))}")
    if rule.hours:
        said.append(f"from {_hours(rule.hours)}")
    if rule.outside_hours:
        said.append(f"except from {_hours(rule.outside_hours)}")
    if rule.presence:
        said.append(f"while you are {'at home' if rule.presence == 'home' else 'away'}")
    if rule.until:
        said.append(f"until {clock(rule.until, zone)} {_until_day(rule.until, now, zone)}".strip())
    return said


def _hours(hours: Hours) -> str:
    return f"{hours.start} to {hours.end}"


def _until_day(until: datetime, now: datetime, zone: tzinfo) -> str:
    said = day(until, now, zone)
    return "" if said == "today" else said
