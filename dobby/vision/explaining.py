"""Rules and decisions in plain words: "why did you tell me?", "what did I ask of you?"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo

from dobby.agent.phrases import sentence
from dobby.language.words import Message, Words
from dobby.vision.records import AlertRule, Incident
from dobby.vision.reports import Hours
from dobby.vision.rules import OwnRule
from dobby.vision.wording import clock, day, the, where

DOING = frozenset(
    {
        "arrived", "joined", "returned", "lingers", "stopped", "left_something", "took_something",
        "dark", "opened",
    }
)  # fmt: skip
"""The moments that a rule may be about."""


def explain(
    incident: Incident,
    person: str,
    rule: OwnRule | None,
    now: datetime,
    zone: tzinfo,
    words: Words,
) -> str:
    """Why this was told to that person, or was not. ``rule`` is the one that decided, if it is
    still there."""
    telling = incident.telling(person)
    if telling is None:
        return words.say("nothing-to-tell")
    why = _because(telling.why, words)
    if rule is not None:
        why = words.say("why-since", why=why, day=day(rule.at, now, zone, words))
    if telling.told:
        return sentence(words.say("told-because", time=clock(telling.at, zone), why=why))
    return sentence(words.say("untold-because", why=why))


def describe_rule(
    own: OwnRule, places: Mapping[str, str], now: datetime, zone: tzinfo, words: Words
) -> str:
    """ "not told: vehicles that stop at the drive; since you said “…” on 3 May"."""
    rule = own.rule
    quiet = rule.verdict == "quiet"
    verdict = words.say(
        "rule-untold" if quiet else "rule-told", scope=scope(rule, places, now, zone, words)
    )
    since = day(own.at, now, zone, words)
    if rule.said:
        return words.say("rule-said", rule=verdict, said=rule.said, day=since)
    return words.say("rule-made", rule=verdict, day=since)


def scope(
    rule: AlertRule,
    places: Mapping[str, str],
    now: datetime,
    zone: tzinfo,
    words: Words,
    negated: bool = False,
) -> str:
    """What a rule is about, and when it holds: "vehicles in that one spot at the drive".
    ``negated``: "anything", as in "I do not tell you of"."""
    about = _subject(rule, words, negated)
    for circumstance in _circumstances(rule, places, now, zone, words):
        about = words.say("rule-when", scope=about, when=circumstance)
    return about


def _because(why: Message | str, words: Words) -> str:
    if isinstance(why, str):
        return why
    place = why.args.get("place")
    args = {**why.args, "place": the(place, words)} if isinstance(place, str) else why.args
    return words.say(why.id, **args)


def _subject(rule: AlertRule, words: Words, negated: bool) -> str:
    things = [words.say("things", count=2, label=label) for label in rule.labels]
    things = things or [words.say("rule-kind", kind=kind) for kind in rule.kinds]
    does = [words.say("rule-doing", what=what) for what in rule.what if what in DOING]
    if things and does:
        return words.say("rule-things-that", things=words.names(things), does=words.choice(does))
    if does:
        return words.say("rule-all-that", does=words.choice(does))
    anything = "rule-anything" if negated else "rule-everything"
    return words.names(things) if things else words.say(anything)


def _circumstances(
    rule: AlertRule, places: Mapping[str, str], now: datetime, zone: tzinfo, words: Words
) -> list[str]:
    said: list[str] = []
    if rule.near:
        said.append(words.say("rule-near"))
    if rule.cameras:
        there = [where(places.get(camera, ""), words) for camera in rule.cameras]
        said.append(words.names(there))
    if rule.zones:
        said.append(words.say("rule-within", zones=words.names(rule.zones)))
    if rule.hours:
        said.append(words.say("rule-from", hours=hours_said(rule.hours, words)))
    if rule.outside_hours:
        said.append(words.say("rule-except-from", hours=hours_said(rule.outside_hours, words)))
    if rule.presence:
        said.append(words.say("rule-while", presence=rule.presence))
    if rule.until:
        time, then = clock(rule.until, zone), rule.until.astimezone(zone).date()
        if then == now.astimezone(zone).date():
            said.append(words.say("rule-until", time=time))
        else:
            until = day(rule.until, now, zone, words)
            said.append(words.say("rule-until-day", time=time, day=until))
    return said


def hours_said(hours: Hours, words: Words) -> str:
    """ "22:00 to 07:00"."""
    return words.say("hours", start=hours.start, end=hours.end)
