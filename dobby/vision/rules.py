"""Which incidents are told to whom: the owner's rules, sensible without any. Pure functions.

The newest of a person's rules that fits decides; where none fits, the house's own sense does. What
shall be told is still held back where it is part of what was told, or too much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dobby.language.words import Message, message
from dobby.vision.records import AlertRule, Incident, Moment, Telling

SPOT = 0.3  # overlap with the box of a rule: it stands there
HOUR = timedelta(hours=1)
BURST = {"camera": (3, HOUR), "open": (2, HOUR)}  # alerts of one kind at one place
USUAL_BURST = (8, timedelta(minutes=10))
ANYWHERE = frozenset({"camera"})  # a failing network darkens them all

PART = message("why-part")
ENDINGS = frozenset({"gone", "closed", "back"})


@dataclass(frozen=True)
class OwnRule:
    """A rule as it is kept: whose it is, and since when."""

    id: int
    rule: AlertRule
    person: str
    at: datetime


@dataclass(frozen=True)
class Circumstances:
    """What counts beside the incident; ``now`` is local."""

    now: datetime
    person: str
    owner: bool = True  # others are told only what they asked for
    home: bool | None = None  # whether this person is there; None: who knows
    private: frozenset[str] = frozenset()  # cameras in privacy mode
    lately: Sequence[Incident] = ()  # of the last hour, with their tellings
    per_hour: int = 12


@dataclass(frozen=True)
class Judgement:
    """``why`` goes on after "because"; ``held``: it would have been told, but for the number."""

    tell: bool
    why: Message
    rule: int | None = None
    held: bool = False


def judge(
    incident: Incident, moment: Moment, rules: Sequence[OwnRule], around: Circumstances
) -> Judgement:
    """Whether this moment makes the incident worth telling. ``rules`` oldest first."""
    if moment.what in ENDINGS:
        return Judgement(False, message("why-over"))
    if incident.cameras and set(incident.cameras) <= around.private:
        return Judgement(False, message("why-private"))
    wanted = wish(incident, moment, rules, around)
    if not wanted.tell:
        return wanted
    return _held_back(incident, around) or wanted


def fits(rule: AlertRule, incident: Incident, moment: Moment, around: Circumstances) -> bool:
    """Whether a rule speaks of this moment, here and now."""
    local = around.now
    presence = {True: "home", False: "away", None: None}[around.home]
    return (
        (not rule.kinds or incident.kind in rule.kinds)
        and (not rule.labels or incident.label in rule.labels)
        and (not rule.cameras or bool(set(rule.cameras) & set(incident.cameras)))
        and (not rule.zones or bool(set(rule.zones) & set(incident.zones)))
        and (not rule.what or moment.what in rule.what)
        and (rule.hours is None or rule.hours.holds(local))
        and (rule.outside_hours is None or not rule.outside_hours.holds(local))
        and (rule.presence is None or rule.presence == presence)
        and (rule.until is None or local < rule.until)
        and (rule.near is None or _is_in_the_spot(rule, incident))
    )


def _is_in_the_spot(rule: AlertRule, incident: Incident) -> bool:
    """Whether it stands where the rule's thing stands; that is known for its first camera only."""
    if rule.cameras and incident.cameras[:1] and incident.cameras[0] not in rule.cameras:
        return False
    box = incident.stands if incident.had("stopped") else incident.box
    return box is not None and rule.near is not None and rule.near.overlap(box) >= SPOT


def wish(
    incident: Incident, moment: Moment, rules: Sequence[OwnRule], around: Circumstances
) -> Judgement:
    """What this person wants told, however much that is."""
    for own in reversed(rules):
        if own.person == around.person and fits(own.rule, incident, moment, around):
            return Judgement(own.rule.verdict == "tell", _by_rule(own.rule), own.id)
    if not around.owner:
        return Judgement(False, message("why-owners-only"))
    return _by_sense(incident, moment)


def _by_rule(rule: AlertRule) -> Message:
    return message("why-said", said=rule.said) if rule.said else message("why-rule")


def _by_sense(incident: Incident, moment: Moment) -> Judgement:
    """What is told where nobody said otherwise."""
    match incident.kind:
        case "person":
            return Judgement(True, message("why-people"))
        case "vehicle" if moment.what == "stopped" or incident.had("stopped"):
            return Judgement(True, message("why-vehicles-stop"))
        case "vehicle":
            return Judgement(False, message("why-vehicles-pass"))
        case "animal":
            return Judgement(False, message("why-animals"))
        case "package":
            return Judgement(True, message("why-things"))
        case "open" if incident.label == "window":
            return Judgement(False, message("why-windows"))
        case "open":
            return Judgement(True, message("why-open", place=incident.place))
        case "camera":
            return Judgement(True, message("why-cameras"))


def noted(incident: Incident, judgement: Judgement, person: str, now: datetime) -> Incident:
    """The incident with what became of telling that person."""
    telling = Telling(
        person=person,
        at=now,
        told=judgement.tell,
        why=judgement.why,
        rule=judgement.rule,
        held=judgement.held,
    )
    tellings = (*(t for t in incident.tellings if t.person != person), telling)
    first = next((t for t in tellings if t.told), tellings[0])
    update = {"tellings": tellings, "told": first.told, "why": first.why, "rule": first.rule}
    return incident.model_copy(update=update)


# Held back ------------------------------------------------------------------------------------


def _held_back(incident: Incident, around: Circumstances) -> Judgement | None:
    others = [other for other in around.lately if other.id != incident.id]
    if incident.story:
        vehicle = next((other for other in others if other.id == incident.story), None)
        same_place = vehicle is not None and vehicle.place == incident.place
        if vehicle and same_place and _told_at(vehicle, around.person):
            return Judgement(False, PART)
    return _too_many(incident, others, around)


def _too_many(
    incident: Incident, others: Sequence[Incident], around: Circumstances
) -> Judgement | None:
    told = [(other, at) for other in others if (at := _told_at(other, around.person))]
    most, within = BURST.get(incident.kind, USUAL_BURST)
    alike = [
        at
        for other, at in told
        if other.kind == incident.kind
        and (other.place == incident.place or incident.kind in ANYWHERE)
        and around.now - at < within
    ]
    if len(alike) >= most:
        return Judgement(False, message("why-alike", count=len(alike)), held=True)
    if sum(around.now - at < HOUR for _, at in told) >= around.per_hour:
        return Judgement(False, message("why-enough", count=around.per_hour), held=True)
    return None


def _told_at(incident: Incident, person: str) -> datetime | None:
    telling = incident.telling(person)
    return telling.at if telling and telling.told else None
