"""What an incident is told as: short, in a person's language, and honest about what was seen.

One message follows the incident: ``alert`` is its text as things stand. Where a message cannot be
changed once it is sent, the few later moments that deserve it get one of their own (``later``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from dobby.agent.phrases import sentence
from dobby.language.words import Words
from dobby.vision.records import Incident, Moment
from dobby.vision.reports import SOMETHING
from dobby.vision.wording import UNSEEING, camera_of, clock, span, the, where

DEEDS = ("left_something", "took_something")
DESERVING = frozenset({*DEEDS, "lingers"})


def alert(
    incident: Incident,
    parts: Sequence[Incident],
    names: Mapping[str, str],
    now: datetime,
    zone: tzinfo,
    words: Words,
) -> str:
    """The incident as it stands. ``parts``: those that belong to it, such as who came with a
    truck; ``names``: where each camera looks."""
    told = _Telling(names, now, zone, words).tell(incident, parts)
    if incident.words and incident.kind not in ("open", "camera"):
        told = words.say("described", told=told, words=incident.words)
    return sentence(told)


def later(
    incident: Incident, moment: Moment, names: Mapping[str, str], now: datetime, words: Words
) -> str:
    """A second message, on this moment; empty if it deserves none."""
    if moment.what not in DESERVING or incident.kind != "person":
        return ""
    there, count = where(names.get(moment.camera, incident.place), words), incident.count
    if moment.what == "lingers":
        been = words.duration((now - _came(incident)).total_seconds() // 60 * 60 or 60)
        return sentence(words.say("person-lingers", count=count, where=there, duration=been))
    deed = "person-left" if moment.what == "left_something" else "person-took"
    did = words.say(deed, count=count, where=there)
    return sentence(words.say("delivery-seems", told=did) if is_delivery(incident) else did)


def more(count: int, words: Words) -> str:
    """What was held back, in one line."""
    return words.say("held-back", count=count)


def is_delivery(incident: Incident) -> bool:
    """Somebody came with a vehicle and left something."""
    return incident.kind == "person" and bool(incident.story) and incident.had("left_something")


@dataclass(frozen=True)
class _Telling:
    """How things stand while an incident is told."""

    names: Mapping[str, str]
    now: datetime
    zone: tzinfo
    words: Words

    def tell(self, incident: Incident, parts: Sequence[Incident]) -> str:
        match incident.kind:
            case "person":
                return self._person(incident)
            case "vehicle":
                return self._vehicle(incident, parts)
            case "animal":
                return self._animal(incident)
            case "package":
                return self._package(incident)
            case "open":
                return self._open(incident)
            case "camera":
                return self._camera(incident)

    def _person(self, incident: Incident) -> str:
        say, count, here = self.words.say, incident.count, self._here(incident)
        if incident.ended is None:
            told = say("person-is", count=count, where=here)
            if incident.had("lingers"):
                since = clock(_came(incident), self.zone)
                told = say("person-is-since", count=count, where=here, time=since)
            for what in _deeds(incident):
                told = say("person-and-did", told=told, what=what)
            return told
        again = "person-was-again" if incident.had("returned") else "person-was"
        told = say(again, count=count, where=here, when=self._when(incident))
        if is_delivery(incident):
            return say("person-delivered", told=told)
        for number, what in enumerate(_deeds(incident)):
            told = say("person-and-did" if number else "person-did", told=told, what=what)
        return told

    def _vehicle(self, incident: Incident, parts: Sequence[Incident]) -> str:
        say, stopped, here = self.words.say, incident.had("stopped"), self._where(incident.place)
        count, label = incident.count, incident.label or incident.kind
        if incident.ended is None:
            told = say(
                "vehicle-stops" if stopped else "thing-is", count=count, label=label, where=here
            )
        elif stopped:
            told = say(
                "vehicle-stopped", count=count, label=label, where=here, when=self._when(incident)
            )
        else:
            place = the(incident.place, self.words)
            told = say(
                "vehicle-passed", count=count, label=label, place=place, when=self._when(incident)
            )
        if part := next((p for p in reversed(parts) if p.kind == "person"), None):
            came = "came-to-deliver" if is_delivery(part) else "came-with-it"
            told = say(came, told=told, count=part.count)
        return told

    def _animal(self, incident: Incident) -> str:
        say, here = self.words.say, self._here(incident)
        count, label = incident.count, incident.label or incident.kind
        if incident.label == SOMETHING:
            if incident.ended is None:
                return say("something-moves", where=here)
            return say("something-moved", where=here, when=self._when(incident))
        if incident.ended is None:
            return say("thing-is", count=count, label=label, where=here)
        return say("thing-was", count=count, label=label, where=here, when=self._when(incident))

    def _package(self, incident: Incident) -> str:
        say, here = self.words.say, self._where(incident.place)
        taken = incident.moments[0].what == "took_something"
        if incident.ended is None:
            return say("thing-missing" if taken else "thing-left", where=here)
        time = clock(incident.started, self.zone)
        return say("thing-missing-at" if taken else "thing-left-at", where=here, time=time)

    def _open(self, incident: Incident) -> str:
        end, place = incident.ended or self.now, the(incident.place, self.words)
        seconds = (end - incident.started).total_seconds() // 60 * 60
        long = self.words.duration(max(seconds, 60))
        if incident.ended is None:
            return self.words.say("open-still", place=place, duration=long)
        return self.words.say("open-ended", place=place, duration=long, time=clock(end, self.zone))

    def _camera(self, incident: Incident) -> str:
        say, camera = self.words.say, camera_of(incident.place, self.words)
        if incident.ended is not None:
            return say("camera-back", camera=camera, when=self._when(incident))
        if incident.label not in UNSEEING:
            return say("camera-dark", camera=camera)
        return say("camera-dark-why", camera=camera, why=say("dark-why", state=incident.label))

    def _where(self, place: str) -> str:
        return where(place, self.words)

    def _when(self, incident: Incident) -> str:
        return span(incident.started, incident.ended or self.now, self.zone)

    def _here(self, incident: Incident) -> str:
        """Where it is now, by the camera that saw it arrive last; and where it was seen first, if
        that was elsewhere."""
        came = [m.camera for m in incident.moments if m.what in ("arrived", "returned")]
        first = self._where(incident.place)
        here = self._where(self.names.get(came[-1], incident.place)) if came else first
        return here if here == first else self.words.say("where-moved", where=here, first=first)


def _came(incident: Incident) -> datetime:
    """Since when somebody has been there all the time."""
    again = [m.at for m in incident.moments if m.what == "returned"]
    return again[-1] if again else incident.started


def _deeds(incident: Incident) -> list[str]:
    return list(dict.fromkeys(m.what for m in incident.moments if m.what in DEEDS))
