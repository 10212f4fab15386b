"""What an incident is told as: short, in plain English, and honest about what was seen.

One message follows the incident: ``alert`` is its text as things stand. Where a message cannot be
changed once it is sent, the few later moments that deserve it get one of their own (``later``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from dobby.agent.phrases import duration, sentence
from dobby.vision.records import Incident, Moment
from dobby.vision.reports import SOMETHING
from dobby.vision.wording import DARK, clock, counted, number, span, the, where

DESERVING = frozenset({"left_something", "took_something", "lingers"})


def alert(
    incident: Incident,
    parts: Sequence[Incident],
    names: Mapping[str, str],
    now: datetime,
    zone: tzinfo,
) -> str:
    """The incident as it stands. ``parts``: those that belong to it, such as who came with a
    truck; ``names``: where each camera looks."""
    match incident.kind:
        case "person":
            told = _person(incident, names, zone)
        case "vehicle":
            told = _vehicle(incident, parts, zone)
        case "animal":
            told = _animal(incident, names, zone)
        case "package":
            told = _package(incident, zone)
        case "open":
            return _open(incident, now, zone)
        case "camera":
            return _camera(incident, zone)
    return sentence(f"{told}: “{incident.words}”" if incident.words else told)


def later(incident: Incident, moment: Moment, names: Mapping[str, str], now: datetime) -> str:
    """A second message, on this moment; empty if it deserves none."""
    if moment.what not in DESERVING or incident.kind != "person":
        return ""
    place = where(names.get(moment.camera, incident.place))
    if moment.what == "lingers":
        been = duration((now - _came(incident)).total_seconds() // 60 * 60 or 60)
        return sentence(f"{_who(incident)} {_has(incident)} been {place} for {been}")
    left = moment.what == "left_something"
    deed = f"left something {place}" if left else f"took something that was {place}"
    did = f"{_who(incident)} {deed}"
    return sentence(f"A delivery, it seems: {_lower(did)}" if is_delivery(incident) else did)


def more(count: int) -> str:
    """What was held back, in one line."""
    things = "1 more thing" if count == 1 else f"{count} more things"
    was = "was" if count == 1 else "were"
    it, is_ = ("it", "is") if count == 1 else ("they", "are")
    return f"There {was} {things} within the last hour; {it} {is_} on the page."


def is_delivery(incident: Incident) -> bool:
    """Somebody came with a vehicle and left something."""
    return incident.kind == "person" and bool(incident.story) and incident.had("left_something")


# By kind ---------------------------------------------------------------------------------------


def _person(incident: Incident, names: Mapping[str, str], zone: tzinfo) -> str:
    did = [m.what for m in incident.moments if m.what in ("left_something", "took_something")]
    deeds = [_deed(what) for what in dict.fromkeys(did)]
    if incident.ended is None:
        be = "are" if incident.count > 1 else "is"
        told = f"{_who(incident)} {be} {_here(incident, names)}{_way(incident, names)}"
        if incident.had("lingers"):
            told += f", since {clock(_came(incident), zone)}"
        return " and ".join([told, *deeds])
    was = "were" if incident.count > 1 else "was"
    when = span(incident.started, incident.ended, zone)
    told = f"{_who(incident)} {was} {_here(incident, names)}{_way(incident, names)}, {when}"
    if incident.had("returned"):
        told += ", more than once"
    if is_delivery(incident):
        return f"{told}, and left something: a delivery, it seems"
    return f"{told}; they {' and '.join(deeds)}" if deeds else told


def _vehicle(incident: Incident, parts: Sequence[Incident], zone: tzinfo) -> str:
    stopped = incident.had("stopped")
    if incident.ended is None:
        be = "are" if incident.count > 1 else "is"
        told = f"{_things(incident)} {'just stopped' if stopped else be} {_place(incident)}"
    else:
        did = f"stopped {_place(incident)}" if stopped else f"came by {the(incident.place)}"
        told = f"{_things(incident)} {did}"
        told += f", {span(incident.started, incident.ended, zone)}"
    if part := next((p for p in reversed(parts) if p.kind == "person"), None):
        told += f"; {_lower(_who(part))} came with it, it seems"
        if is_delivery(part):
            told += ", and left something: a delivery"
    return told


def _animal(incident: Incident, names: Mapping[str, str], zone: tzinfo) -> str:
    place = _here(incident, names)
    many = incident.count > 1
    if incident.label == SOMETHING:
        when = f", {span(incident.started, incident.ended, zone)}" if incident.ended else ""
        return f"Something moved {place}{when}"
    if incident.ended is None:
        return f"{_things(incident)} {'are' if many else 'is'} {place}"
    when = span(incident.started, incident.ended, zone)
    return f"{_things(incident)} {'were' if many else 'was'} {place}, {when}"


def _package(incident: Incident, zone: tzinfo) -> str:
    what = incident.moments[0].what
    when = "" if incident.ended is None else f", {clock(incident.started, zone)}"
    if what == "took_something":
        return f"Something is missing {_place(incident)}; I did not see who took it{when}"
    return f"Something was left {_place(incident)}; I did not see by whom{when}"


def _open(incident: Incident, now: datetime, zone: tzinfo) -> str:
    end = incident.ended or now
    long = duration(max((end - incident.started).total_seconds() // 60 * 60, 60))
    if incident.ended is None:
        return sentence(f"{the(incident.place)} has been open for {long}")
    return sentence(f"{the(incident.place)} was open for {long}, until {clock(end, zone)}")


def _camera(incident: Incident, zone: tzinfo) -> str:
    name = f"{the(incident.place)} camera" if incident.place else the("")
    if incident.ended is None:
        why = DARK.get(incident.label)
        return sentence(f"{name} has gone dark{f' ({why})' if why else ''}")
    dark = span(incident.started, incident.ended, zone)
    return sentence(f"{name} is back; it was dark, {dark}")


# Its pieces ------------------------------------------------------------------------------------


def _who(incident: Incident) -> str:
    if incident.count == 1:
        return "Someone"
    return f"{number(incident.count).capitalize()} people"


def _came(incident: Incident) -> datetime:
    """Since when somebody has been there all the time."""
    again = [m.at for m in incident.moments if m.what == "returned"]
    return again[-1] if again else incident.started


def _has(incident: Incident) -> str:
    return "have" if incident.count > 1 else "has"


def _things(incident: Incident) -> str:
    return counted(incident.count, incident.label or incident.kind).capitalize()


def _deed(what: str) -> str:
    return "left something" if what == "left_something" else "took something"


def _place(incident: Incident) -> str:
    return where(incident.place)


def _here(incident: Incident, names: Mapping[str, str]) -> str:
    """Where it is now: the camera that saw it arrive last."""
    came = [m.camera for m in incident.moments if m.what in ("arrived", "returned")]
    return where(names.get(came[-1], incident.place) if came else incident.place)


def _way(incident: Incident, names: Mapping[str, str]) -> str:
    """Where it was seen first, if that was elsewhere."""
    first, here = where(incident.place), _here(incident, names)
    return "" if first == here else f" (first seen {first})"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
