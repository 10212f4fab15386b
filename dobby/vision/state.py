"""What the incidents are made from: open ones, who is followed, what is dark, what is open.

A ``State`` never changes; a ``Next`` is the one that follows it, while it is made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any, Literal

from dobby.vision.records import CameraSettings, Incident, Moment, What
from dobby.vision.reports import Box, Kind

REMEMBERED = timedelta(minutes=5)  # what ended is still at hand: a parcel is noticed later
QUIET = timedelta(seconds=60)  # nothing seen of it for so long: it has ended
GRACE = timedelta(seconds=30)  # after a restart, for eyes to tell what is still there

Key = tuple[str, str]  # camera, track


@dataclass(frozen=True)
class Follow:
    """A track that belongs to an incident."""

    incident: str
    kind: Kind
    box: Box
    since: datetime
    seen: datetime
    in_view: bool = True


@dataclass(frozen=True)
class Dark:
    """A camera that cannot see; ``back`` when it can again, and has yet to prove it."""

    since: datetime
    label: str  # offline | refused | frozen
    incident: str = ""
    back: datetime | None = None


@dataclass(frozen=True)
class Ajar:
    """Something that is open."""

    since: datetime
    name: str
    kind: str
    incident: str = ""


@dataclass(frozen=True)
class Change:
    """What an event made of an incident. ``moment`` is what happened in it just now."""

    what: Literal["opened", "updated", "closed"]
    incident: Incident
    moment: Moment


@dataclass(frozen=True)
class Layout:
    """Where cameras look, which of them see the same, and how long is long."""

    names: Mapping[str, str] = field(default_factory=dict[str, str])  # camera -> "front door"
    pairs: frozenset[frozenset[str]] = frozenset()
    lingers_s: float = 60.0
    open_s: float = 600.0
    quiet: timedelta = QUIET

    def overlapping(self, one: str, other: str) -> bool:
        return one == other or frozenset((one, other)) in self.pairs

    def meets(self, incident: Incident, camera: str) -> bool:
        """Whether that camera may see the same as the incident's."""
        return any(self.overlapping(camera, other) for other in incident.cameras)


def layout(
    cameras: Iterable[CameraSettings],
    rooms: Mapping[str, str],
    lingers_s: float = 60.0,
    open_s: float = 600.0,
    quiet: timedelta = QUIET,
) -> Layout:
    """Cameras see the same by the owner's word, or because they are in one room; ``rooms`` by
    camera."""
    known = list(cameras)
    pairs = {frozenset((one.camera, other)) for one in known for other in one.overlaps}
    pairs |= {
        frozenset((one, other))
        for one, other in combinations([c.camera for c in known if rooms.get(c.camera)], 2)
        if rooms[one] == rooms[other]
    }
    names = {one.camera: one.looks_at for one in known}
    return Layout(names, frozenset(pairs), lingers_s, open_s, quiet)


@dataclass(frozen=True)
class State:
    """All that one event needs to know of those before it."""

    open: Mapping[str, Incident] = field(default_factory=dict[str, Incident])
    ended: Mapping[str, Incident] = field(default_factory=dict[str, Incident])
    tracks: Mapping[Key, Follow] = field(default_factory=dict[Key, Follow])
    things: frozenset[Key] = frozenset()  # tracks of things already known to have been left
    dark: Mapping[str, Dark] = field(default_factory=dict[str, Dark])
    ajar: Mapping[str, Ajar] = field(default_factory=dict[str, Ajar])
    grace: datetime | None = None  # nothing ends before

    @property
    def is_busy(self) -> bool:
        """Whether time may change something."""
        return any((self.open, self.ended, self.tracks, self.dark, self.ajar))

    def incident(self, incident: str) -> Incident | None:
        return self.open.get(incident) or self.ended.get(incident)

    def followed(self, camera: str, track: str) -> str:
        """The incident that this track belongs to; empty for none."""
        follow = self.tracks.get((camera, track))
        return follow.incident if follow else ""

    def amended(self, incident: Incident) -> State:
        """With what others noted on it: a picture, who was told."""
        if incident.id in self.open:
            return replace(self, open={**self.open, incident.id: incident})
        if incident.id in self.ended:
            return replace(self, ended={**self.ended, incident.id: incident})
        return self


def restored(kept: Iterable[Incident], now: datetime) -> State:
    """The state after a restart, from the incidents that were kept."""
    incidents = [incident for incident in kept if incident.cameras]
    still_open = {i.id: i for i in incidents if i.ended is None}
    ended = {i.id: i for i in incidents if i.ended is not None and now - i.ended < REMEMBERED}
    tracks = {
        (i.cameras[0], f"before {i.id}"): follow
        for i in still_open.values()
        if (follow := _before(i, now)) is not None
    }
    dark = {
        i.cameras[0]: Dark(i.started, i.label, i.id)
        for i in still_open.values()
        if i.kind == "camera"
    }
    ajar = {
        i.cameras[0]: Ajar(i.started, i.place, i.label, i.id)
        for i in still_open.values()
        if i.kind == "open"
    }
    return State(still_open, ended, tracks, frozenset(), dark, ajar, now + GRACE)


def _before(incident: Incident, now: datetime) -> Follow | None:
    """What stands is found again where it stood, and who came may come again, by whatever name."""
    if incident.stands is None:
        return None
    if incident.kind == "vehicle" and incident.had("stopped"):
        return Follow(incident.id, "vehicle", incident.stands, incident.started, now, False)
    if incident.kind in ("person", "animal"):
        last = incident.last
        return Follow(incident.id, incident.kind, incident.stands, last, last, False)
    return None


class Next:
    """A state in the making, and what changed on the way."""

    def __init__(self, state: State) -> None:
        self.open = dict(state.open)
        self.ended = dict(state.ended)
        self.tracks = dict(state.tracks)
        self.things = set(state.things)
        self.dark = dict(state.dark)
        self.ajar = dict(state.ajar)
        self.grace = state.grace
        self._noted: list[tuple[Literal["opened", "updated", "closed"], str, Moment]] = []

    def result(self) -> tuple[State, list[Change]]:
        changes = [
            Change(what, self.open.get(incident) or self.ended[incident], moment)
            for what, incident, moment in self._noted
        ]
        state = State(
            self.open, self.ended, self.tracks, frozenset(self.things), self.dark, self.ajar,
            self.grace,
        )  # fmt: skip
        return state, changes

    def begin(self, incident: Incident) -> None:
        """Open it, with its first moment; one that ended a moment ago goes on instead."""
        before = self.ended.pop(incident.id, None)
        if before is not None:
            moments = tuple(m for m in before.moments if m.what != "gone")
            update = {"ended": None, "last": incident.last, "moments": moments}
            self.open[incident.id] = before.model_copy(update=update)
            self._noted.append(("updated", incident.id, moments[0]))
            return
        self.open[incident.id] = incident
        self._noted.append(("opened", incident.id, incident.moments[0]))

    def touch(self, incident: str, **update: Any) -> None:
        """Change it where that is no news."""
        self.open[incident] = self.open[incident].model_copy(update=update)

    def happen(self, incident: str, what: What, at: datetime, camera: str = "") -> None:
        """A moment of an incident, open or ended a moment ago."""
        where = self.open if incident in self.open else self.ended
        moment = Moment(at=at, what=what, camera=camera)
        moments = (*where[incident].moments, moment)
        where[incident] = where[incident].model_copy(update={"moments": moments})
        self._noted.append(("updated", incident, moment))

    def reconsider(self, incident: str) -> None:
        """Nothing happened, but it is known better: in which zone, of what kind."""
        self._noted.append(("updated", incident, self.open[incident].moments[0]))

    def end(self, incident: str, what: What, at: datetime) -> None:
        before = self.open.pop(incident)
        camera = before.cameras[-1] if before.cameras else ""
        moment = Moment(at=at, what=what, camera=camera)
        update = {"ended": at, "last": at, "moments": (*before.moments, moment)}
        self.ended[incident] = before.model_copy(update=update)
        self._noted.append(("closed", incident, moment))
        self.tracks = {key: f for key, f in self.tracks.items() if f.incident != incident}


def identifier(*parts: str) -> str:
    """The same parts make the same id: what is told twice, after a crash, is one incident."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
