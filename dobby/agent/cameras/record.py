"""What happened: answers from the record of incidents, with times and a few pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from dobby.agent.cameras.arguments import WhatHappened, local
from dobby.agent.cameras.sights import Sights
from dobby.agent.phrases import sentence
from dobby.agent.tool import Caller, Shown
from dobby.language.words import Message, Words, message
from dobby.vision.records import Incident
from dobby.vision.watch import Watch
from dobby.vision.wording import clock, counted, day, span, where

MOST = 500  # incidents looked through
LISTED = 8  # more are grouped
PICTURES = 4
USUAL = timedelta(hours=24)
LONG = timedelta(days=14)  # for "when did ...": as long as pictures are kept
HALF_A_DAY = timedelta(hours=12)
DEEDS = ("left_something", "took_something")
UNKNOWN_OUT = message("unknown-out")


class Record:
    def __init__(self, watch: Watch, sights: Sights) -> None:
        self._watch = watch
        self._sights = sights

    async def what_happened(self, asked: WhatHappened, caller: Caller) -> Shown:
        now, words = caller.now, caller.wording
        since, until, first = self._window(asked, caller)
        lead = words.put(first)
        found = await self._watch.incidents(since, until, limit=MOST)
        fitting = [i for i in found if self._fits(i, asked)]
        parts = [i for i in fitting if any(i.story == other.id for other in fitting)]
        roots = [i for i in fitting if i not in parts] if asked.form == "list" else fitting
        when = self._when(since, until, now, words)
        if not roots:
            return Shown(f"{lead} {self._nothing(asked, when, words)}".strip())
        telling = _Telling(self._sights, fitting, now, self._watch.zone, words)
        match asked.form:
            case "count":
                told = telling.count(roots, when)
            case "when":
                roots = roots[-1:]
                told = telling.last(roots[0])
            case "any" | "list":
                told = telling.list_(roots)
                told = words.say("yes-there-was", told=told) if asked.form == "any" else told
        return Shown(f"{lead} {told}".strip(), self._pictures(roots, now))

    def _window(
        self, asked: WhatHappened, caller: Caller
    ) -> tuple[datetime, datetime | None, Message | str]:
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

    def _nothing(self, asked: WhatHappened, when: str, words: Words) -> str:
        cameras = self._sights.meant(asked.devices) if asked.devices else []
        places = words.names([where(self._sights.place(c), words) for c in cameras])
        blind = [] if asked.devices else [c for c in self._sights.all() if not self._seen(c)]
        said = sentence(_saw_nothing(asked, places, when, words))
        if not blind:
            return said
        unwatched = words.names([self._sights.called(c, words) for c in blind])
        return f"{said} {sentence(words.say('do-not-watch', cameras=unwatched))}"

    def _seen(self, camera: str) -> bool:
        return self._watch.settings_of(camera).watched

    def _when(self, since: datetime, until: datetime | None, now: datetime, words: Words) -> str:
        """ "since 08:00", "between 21:00 yesterday and 07:00"."""
        start = self._at(since, now, words)
        if until is None:
            return words.say("since", start=start)
        return words.say("between", start=start, end=self._at(until, now, words))

    def _at(self, time: datetime, now: datetime, words: Words) -> str:
        zone = self._watch.zone
        if time.astimezone(zone).date() == now.astimezone(zone).date():
            return clock(time, zone)
        when = day(time, now, zone, words)
        return words.say("time-on-day", time=clock(time, zone), day=when)

    def _pictures(self, incidents: Sequence[Incident], now: datetime) -> tuple[str, ...]:
        """The newest few, none of a camera that is private now."""
        shown = [
            i.picture
            for i in incidents
            if i.picture and not any(self._sights.is_private(c, now) for c in i.cameras)
        ]
        return tuple(shown[-PICTURES:])


@dataclass(frozen=True)
class _Telling:
    """How incidents are told now, beside all others that there were."""

    sights: Sights
    others: Sequence[Incident]
    now: datetime
    zone: tzinfo
    words: Words

    def list_(self, roots: Sequence[Incident]) -> str:
        """By day; a line each, or grouped where there are many."""
        days: dict[str, list[Incident]] = {}
        for incident in roots:
            days.setdefault(self._day(incident), []).append(incident)
        grouped = len(roots) > LISTED
        told = {
            name: self._grouped(own) if grouped else " ".join(map(self._line, own))
            for name, own in days.items()
        }
        return "\n".join(
            self.words.say("day-told", day=name, told=lines) for name, lines in told.items()
        )

    def last(self, incident: Incident) -> str:
        """With its time, which the words of what is still under way do not tell."""
        when, told = self._day(incident), self._line(incident)
        if incident.ended:
            return self.words.say("day-told", day=when, told=told)
        time = clock(incident.started, self.zone)
        return self.words.say("day-time-told", day=when, time=time, told=told)

    def count(self, incidents: Sequence[Incident], when: str) -> str:
        words = self.words
        things: dict[str, int] = {}
        for incident in incidents:
            thing = incident.label or incident.kind
            things[thing] = things.get(thing, 0) + incident.count
        said = words.names([counted(count, thing, words) for thing, count in things.items()])
        times = dict.fromkeys(map(self._time_and_place, incidents))
        if len(times) > LISTED:
            return sentence(words.say("counted-things", things=said, when=when))
        listed = words.names(list(times))
        return sentence(words.say("counted-things-at", things=said, when=when, times=listed))

    def _grouped(self, incidents: Sequence[Incident]) -> str:
        """ "Four people at the front door (08:12-17:40)", by thing and place; a line each of what
        cannot be counted so: dark cameras, open doors."""
        groups: dict[tuple[str, str], list[Incident]] = {}
        lines = [self._line(i) for i in incidents if i.kind in ("camera", "open")]
        for incident in incidents:
            if incident.kind in ("camera", "open"):
                continue
            thing = incident.label or incident.kind
            groups.setdefault((thing, incident.place), []).append(incident)
        said = [
            self.words.say(
                "things-at",
                count=sum(i.count for i in own),
                label=thing,
                where=where(place, self.words),
                when=span(own[0].started, own[-1].started, self.zone),
            )
            for (thing, place), own in groups.items()
        ]
        return " ".join([sentence(self.words.names(said)), *lines] if said else lines)

    def _time_and_place(self, incident: Incident) -> str:
        time, place = clock(incident.started, self.zone), where(incident.place, self.words)
        return self.words.say("time-where", time=time, where=place)

    def _line(self, incident: Incident) -> str:
        parts = [other for other in self.others if other.story == incident.id]
        return self.sights.alert(incident, self.now, self.words, parts)

    def _day(self, incident: Incident) -> str:
        said = day(incident.started, self.now, self.zone, self.words)
        return said[:1].upper() + said[1:]


def _saw_nothing(asked: WhatHappened, places: str, when: str, words: Words) -> str:
    """``places`` are empty where it was asked of none."""
    say, labels = words.say, [*asked.labels, *asked.kinds]
    if labels and not asked.what and labels != ["person"]:
        things = words.names([say("none-such", label=label) for label in labels])
        if places:
            return say("saw-none-there", things=things, where=places, when=when)
        return say("saw-none", things=things, when=when)
    if places:
        return say("saw-nothing-there", what=_what(asked), where=places, when=when)
    return say("saw-nothing", what=_what(asked), when=when)


def _what(asked: WhatHappened) -> str:
    """Of what there was nothing: "lingers", "both", "person", "nothing"."""
    if "lingers" in asked.what:
        return "lingers"
    if deeds := [deed for deed in DEEDS if deed in asked.what]:
        return deeds[0] if len(deeds) == 1 else "both"
    return "person" if asked.kinds == ("person",) else "nothing"


def _before(now: datetime, span: timedelta) -> datetime:
    """So long ago, by the owner's clock."""
    return (now.astimezone(UTC) - span).astimezone(now.tzinfo)
