"""What happened: answers from the record of incidents, with times and a few pictures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from dobby.agent.cameras.arguments import WhatHappened, local
from dobby.agent.cameras.sights import Sights
from dobby.agent.phrases import names, sentence
from dobby.agent.tool import Caller, Shown
from dobby.vision.records import Incident
from dobby.vision.watch import Watch
from dobby.vision.wording import clock, counted, day, span, where

MOST = 500  # incidents looked through
LISTED = 8  # more are grouped
PICTURES = 4
USUAL = timedelta(hours=24)
LONG = timedelta(days=14)  # for "when did ...": as long as pictures are kept
HALF_A_DAY = timedelta(hours=12)
DEEDS = {"left_something": "left", "took_something": "taken"}
UNKNOWN_OUT = "I do not know when you were out: tell me when you leave, and I will."


class Record:
    def __init__(self, watch: Watch, sights: Sights) -> None:
        self._watch = watch
        self._sights = sights

    async def what_happened(self, asked: WhatHappened, caller: Caller) -> Shown:
        now = caller.now
        since, until, lead = self._window(asked, caller)
        found = await self._watch.incidents(since, until, limit=MOST)
        fitting = [i for i in found if self._fits(i, asked)]
        parts = [i for i in fitting if any(i.story == other.id for other in fitting)]
        roots = [i for i in fitting if i not in parts] if asked.form == "list" else fitting
        when = self._when(since, until, now)
        if not roots:
            return Shown(f"{lead} {self._nothing(asked, when)}".strip())
        match asked.form:
            case "count":
                words = self._counted(roots, when)
            case "when":
                roots = roots[-1:]
                words = self._last(roots[0], fitting, now)
            case "any" | "list":
                words = self._listed(roots, fitting, now)
                words = f"Yes. {words}" if asked.form == "any" else words
        return Shown(f"{lead} {words}".strip(), self._pictures(roots, now))

    def _window(self, asked: WhatHappened, caller: Caller) -> tuple[datetime, datetime | None, str]:
        """Since when, until when, and what to say of it first."""
        now = caller.now
        if asked.while_out:
            out = self._watch.presence.last_out(caller.person.id)
            if out is None:
                return _before(now, HALF_A_DAY), None, UNKNOWN_OUT
            return out[0].astimezone(now.tzinfo), out[1], ""
        usual = LONG if asked.form == "when" else USUAL
        since = local(asked.since, now) or _before(now, usual)
        return since, local(asked.until, now), ""

    def _fits(self, incident: Incident, asked: WhatHappened) -> bool:
        cameras = self._sights.meant(asked.devices) if asked.devices else ()
        if cameras and not set(incident.cameras) & set(cameras):
            return False
        if not (asked.kinds or asked.labels or asked.what):
            return True
        return (
            incident.kind in asked.kinds
            or incident.label in asked.labels
            or incident.had(*asked.what)
        )

    def _nothing(self, asked: WhatHappened, when: str) -> str:
        place = ""
        if asked.devices:
            places = [where(self._sights.place(c)) for c in self._sights.meant(asked.devices)]
            place = f" {names(places)}"
        what = _thing(asked)
        blind = [] if asked.devices else [c for c in self._sights.all() if not self._seen(c)]
        said = sentence(f"I saw {what}{place} {when}")
        if not blind:
            return said
        return f"{said} I do not watch {names([self._sights.called(c) for c in blind])}."

    def _seen(self, camera: str) -> bool:
        return self._watch.settings_of(camera).watched

    def _listed(self, roots: Sequence[Incident], all_: Sequence[Incident], now: datetime) -> str:
        """By day; a line each, or grouped where there are many."""
        days: dict[str, list[Incident]] = {}
        for incident in roots:
            days.setdefault(self._day(incident, now), []).append(incident)
        if len(roots) > LISTED:
            return "\n".join(
                f"{name}: {self._grouped(own, all_, now)}" for name, own in days.items()
            )
        told = {name: [self._line(i, all_, now) for i in own] for name, own in days.items()}
        return "\n".join(f"{name}: {' '.join(lines)}" for name, lines in told.items())

    def _last(self, incident: Incident, all_: Sequence[Incident], now: datetime) -> str:
        """With its time, which the words of what is still under way do not tell."""
        time = "" if incident.ended else f", {clock(incident.started, self._watch.zone)}"
        return f"{self._day(incident, now)}{time}: {self._line(incident, all_, now)}"

    def _grouped(
        self, incidents: Sequence[Incident], all_: Sequence[Incident], now: datetime
    ) -> str:
        """ "Four people at the front door (08:12-17:40)", by thing and place; a line each of what
        cannot be counted so: dark cameras, open doors."""
        groups: dict[tuple[str, str], list[Incident]] = {}
        lines = [self._line(i, all_, now) for i in incidents if i.kind in ("camera", "open")]
        for incident in incidents:
            if incident.kind in ("camera", "open"):
                continue
            thing = incident.label or incident.kind
            groups.setdefault((thing, incident.place), []).append(incident)
        zone = self._watch.zone
        said = [
            f"{counted(sum(i.count for i in own), thing)} {where(place)} "
            f"({span(own[0].started, own[-1].started, zone)})"
            for (thing, place), own in groups.items()
        ]
        return " ".join([sentence(names(said)), *lines] if said else lines)

    def _counted(self, incidents: Sequence[Incident], when: str) -> str:
        things: dict[str, int] = {}
        for incident in incidents:
            thing = incident.label or incident.kind
            things[thing] = things.get(thing, 0) + incident.count
        said = names([counted(count, thing) for thing, count in things.items()])
        zone = self._watch.zone
        times = dict.fromkeys(f"{clock(i.started, zone)} {where(i.place)}" for i in incidents)
        which = f": {names(list(times))}" if len(times) <= LISTED else ""
        return sentence(f"I counted {said} {when}{which}")

    def _line(self, incident: Incident, others: Sequence[Incident], now: datetime) -> str:
        parts = [other for other in others if other.story == incident.id]
        return self._sights.alert(incident, now, parts)

    def _day(self, incident: Incident, now: datetime) -> str:
        said = day(incident.started, now, self._watch.zone)
        return said[:1].upper() + said[1:]

    def _when(self, since: datetime, until: datetime | None, now: datetime) -> str:
        """ "since 08:00", "between 21:00 yesterday and 07:00"."""
        if until is None:
            return f"since {self._at(since, now)}"
        return f"between {self._at(since, now)} and {self._at(until, now)}"

    def _at(self, time: datetime, now: datetime) -> str:
        zone = self._watch.zone
        said = day(time, now, zone)
        return clock(time, zone) if said == "today" else f"{clock(time, zone)} {said}"

    def _pictures(self, incidents: Sequence[Incident], now: datetime) -> tuple[str, ...]:
        """The newest few, none of a camera that is private now."""
        shown = [
            i.picture
            for i in incidents
            if i.picture and not any(self._sights.is_private(c, now) for c in i.cameras)
        ]
        return tuple(shown[-PICTURES:])


def _thing(asked: WhatHappened) -> str:
    if asked.what:
        if "lingers" in asked.what:
            return "nobody linger"
        deeds = [deed for what, deed in DEEDS.items() if what in asked.what]
        return f"nothing being {' or '.join(deeds)}"
    if asked.kinds == ("person",):
        return "nobody"
    said = [*asked.labels, *asked.kinds]
    return f"no {names(said)}" if said else "nothing"


def _before(now: datetime, span: timedelta) -> datetime:
    """So long ago, by the owner's clock."""
    return (now.astimezone(UTC) - span).astimezone(now.tzinfo)
