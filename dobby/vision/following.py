"""What is in view, followed from picture to picture: which tracks make one incident.

Who is in view together is one incident, and so is who comes, wherever in the picture, before it
was quiet for a minute: nobody can tell whether that is the same one, and whoever has just been told
wants no second message. A vehicle that stops is an incident of its own, apart from the traffic
around it, until none has stood there for as long. What stood there from the start is no news.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dobby.vision.boxes import covers, near
from dobby.vision.records import Incident, Moment
from dobby.vision.reports import SOMETHING, Leftover, Scene, Track
from dobby.vision.state import GRACE, Follow, Layout, Next, identifier
from dobby.vision.staying import last_person, left

LOST = timedelta(seconds=3)  # a tracker may lose and find again within this
NEXT_CAMERA = timedelta(seconds=20)  # a vehicle, from one camera's picture into another's
CAME_WITH = timedelta(minutes=5)  # somebody, after the vehicle that they came with
BELIEVED = timedelta(seconds=10)  # a track is older than the incident that it began
MOST_FOLLOWED = 500


def follow(now: Next, scene: Scene, layout: Layout) -> None:
    """Take in what is in view of a camera."""
    look = _Look(now, scene, layout)
    look.note_who_left()
    look.forget_the_lost()
    open_before = set(now.open)
    for track in scene.tracks:
        if track.kind == "package":
            look.see_thing(track)
        else:
            look.see(track)
    look.count(open_before)


@dataclass(frozen=True)
class _Look:
    """One scene, while it is taken in."""

    now: Next
    scene: Scene
    layout: Layout

    @property
    def at(self) -> datetime:
        return self.scene.at

    @property
    def camera(self) -> str:
        return self.scene.camera

    def note_who_left(self) -> None:
        in_view = {track.id for track in self.scene.tracks}
        for key, follow in self.now.tracks.items():
            if key[0] == self.camera and key[1] not in in_view and follow.in_view:
                self.now.tracks[key] = replace(follow, in_view=False)
        gone = {k for k in self.now.things if k[0] == self.camera and k[1] not in in_view}
        self.now.things -= gone

    def forget_the_lost(self) -> None:
        """Who left too long ago to be found again; the first of them where they are too many."""
        lost = [key for key, follow in self.now.tracks.items() if not follow.in_view]
        too_many = len(self.now.tracks) - MOST_FOLLOWED
        for number, key in enumerate(lost):
            if number < too_many or self.at - self.now.tracks[key].seen > self.layout.quiet:
                del self.now.tracks[key]

    def see(self, track: Track) -> None:
        key = self.camera, track.id
        follow = self.now.tracks.get(key) or self._found_again(track)
        if follow is None:
            if track.label == SOMETHING and self._is_upon_somebody(track):
                return
            incident = self._from_before(track) or self._joined(track)
            if not incident:
                return
            follow = Follow(incident, track.kind, track.box, self.at, self.at)
        self.now.tracks[key] = replace(follow, box=track.box, seen=self.at, in_view=True)
        if track.kind == "vehicle" and track.still:
            self._stop(track)
        self._update(track, self.now.tracks[key])

    def _joined(self, track: Track) -> str:
        """The incident of what is new in view; empty for what stood there before."""
        if track.still or track.parked:
            return ""
        company = self._company(track)
        if company is None:
            return self._begin(track)
        if self.camera in company.cameras and self._is_quiet(company.id):
            self.now.happen(company.id, "returned", self.at, self.camera)
        return company.id

    def see_thing(self, track: Track) -> None:
        """A bag or a case: carried while somebody is in view, left when it stands there alone."""
        key = self.camera, track.id
        somebody = any(
            f.kind == "person" and f.in_view and where == self.camera
            for (where, _), f in self.now.tracks.items()
        )
        if track.parked or not track.still or somebody or key in self.now.things:
            return
        self.now.things.add(key)
        if last_person(self.now, self.camera, self.at, self.layout) is not None:
            seen = Leftover(camera=self.camera, at=self.at, change="left", box=track.box)
            left(self.now, seen, self.layout)

    def count(self, open_before: Set[str]) -> None:
        """The most of them at once; one more is news of an incident that was open before."""
        together = Counter(
            follow.incident
            for (camera, _), follow in self.now.tracks.items()
            if camera == self.camera and follow.in_view
        )
        for incident, count in together.items():
            if count > self.now.open[incident].count:
                self.now.touch(incident, count=count)
                if incident in open_before:
                    self.now.happen(incident, "joined", self.at, self.camera)

    # Which incident a track belongs to ---------------------------------------------------------

    def _found_again(self, track: Track) -> Follow | None:
        """One that was lost here under another name: a moment ago, or where it stands."""
        for key, follow in self.now.tracks.items():
            stands = track.still or track.parked
            stopped = self.now.open[follow.incident].had("stopped")
            patience = self.layout.quiet if stands or stopped else LOST
            if (
                key[0] == self.camera
                and (follow.kind == track.kind or _may_be_somebody(follow, track))
                and not follow.in_view
                and self.at - follow.seen <= patience
                and near(follow.box, track.box)
            ):
                del self.now.tracks[key]
                return follow
        return None

    def _company(self, track: Track) -> Incident | None:
        """An incident of others of its kind who are in view here or next door, or just were."""
        for key, follow in reversed(self.now.tracks.items()):
            if follow.kind != track.kind or not self.layout.overlapping(key[0], self.camera):
                continue
            incident = self.now.open[follow.incident]
            stopped = _stopped(incident)
            if track.kind != "vehicle":
                joins = follow.in_view or self.at - follow.seen <= self.layout.quiet
            elif key[0] == self.camera:
                joins = follow.in_view and stopped is None
            else:
                joins = self.at - (stopped or follow.seen) <= NEXT_CAMERA
            if joins:
                return incident
        return None

    def _is_upon_somebody(self, track: Track) -> bool:
        """Whether that may be another word for somebody who is in view."""
        return any(
            where == self.camera
            and follow.in_view
            and _may_be_somebody(follow, track)
            and covers(follow.box, track.box)
            for (where, _), follow in self.now.tracks.items()
        )

    def _is_quiet(self, incident: str) -> bool:
        """Whether nobody of it was in view just now."""
        follows = [f for f in self.now.tracks.values() if f.incident == incident]
        return all(not f.in_view and self.at - f.seen > LOST for f in follows)

    def _from_before(self, track: Track) -> str:
        """After a restart: what was under way when this track was seen already; or empty."""
        if self.now.grace is None or self.at > self.now.grace:
            return ""
        start = self.now.grace - GRACE
        for incident in self.now.open.values():
            same = incident.kind == track.kind and self.camera in incident.cameras
            before = same and incident.last <= start
            if before and incident.started - BELIEVED <= track.since <= incident.last:
                return incident.id
        return ""

    def _begin(self, track: Track, since: datetime | None = None) -> str:
        """Open an incident for it; one apart for what came ``since`` and stands now."""
        at = since or self.at
        apart = ("stopped",) if since else ()
        incident = Incident(
            id=identifier(track.kind, self.camera, track.id, *apart),
            kind=track.kind,
            label=track.label,
            cameras=(self.camera,),
            place=self.layout.names.get(self.camera, ""),
            zones=track.zones,
            box=track.box,
            stands=track.box,
            started=at,
            last=self.at,
            moments=(Moment(at=at, what="arrived", camera=self.camera),),
            story=self._came_with() if track.kind == "person" else "",
        )
        if incident.id not in self.now.open:
            self.now.begin(incident)
        return incident.id

    def _came_with(self) -> str:
        """The vehicle that stopped here a moment before somebody came."""
        vehicles = [
            incident
            for incident in (*self.now.open.values(), *self.now.ended.values())
            if (stopped := _stopped(incident)) is not None
            and self.at - stopped <= CAME_WITH
            and self.layout.meets(incident, self.camera)
        ]
        return vehicles[-1].id if vehicles else ""

    # What happens in it ------------------------------------------------------------------------

    def _update(self, track: Track, follow: Follow) -> None:
        now, incident = self.now, self.now.open[follow.incident]
        zones = tuple(dict.fromkeys((*incident.zones, *track.zones)))
        stands = track.box if self.camera == incident.cameras[0] else incident.stands
        now.touch(incident.id, last=max(self.at, incident.last), stands=stands, zones=zones)
        if self.camera not in incident.cameras:
            now.touch(incident.id, cameras=(*incident.cameras, self.camera))
            now.happen(incident.id, "arrived", self.at, self.camera)
        elif zones != incident.zones:
            now.reconsider(incident.id)
        if incident.label == SOMETHING != track.label and track.kind == incident.kind:
            now.touch(incident.id, label=track.label)
            now.reconsider(incident.id)
        stayed = self.at - follow.since >= timedelta(seconds=self.layout.lingers_s)
        if track.kind == "person" and stayed and not incident.had("lingers"):
            now.happen(incident.id, "lingers", self.at, self.camera)

    def _stop(self, track: Track) -> None:
        """A vehicle stands: from here on it is an incident apart from what passes by."""
        key = self.camera, track.id
        follow = self.now.tracks[key]
        if self.now.open[follow.incident].had("stopped"):
            return
        incident = self._stopped_next_door() or self._stopped_before()
        if incident is None and self._is_alone(track):
            incident = follow.incident
            self.now.touch(incident, label=track.label, stands=track.box)
            self.now.happen(incident, "stopped", self.at, self.camera)
        elif incident is None:
            incident = self._begin(track, follow.since)
            self.now.happen(incident, "stopped", self.at, self.camera)
        self.now.tracks[key] = replace(follow, incident=incident)

    def _is_alone(self, track: Track) -> bool:
        mine = self.now.tracks[self.camera, track.id].incident
        return not any(
            follow.incident == mine and where == self.camera and name != track.id
            for (where, name), follow in self.now.tracks.items()
        )

    def _stopped_next_door(self) -> str | None:
        """The same vehicle, as another camera saw it stop a moment ago."""
        for incident in self.now.open.values():
            stopped = _stopped(incident)
            here = self.camera in incident.cameras
            lately = stopped is not None and self.at - stopped <= NEXT_CAMERA
            if lately and not here and self.layout.meets(incident, self.camera):
                return incident.id
        return None

    def _stopped_before(self) -> str | None:
        """One that stood in this picture less than a minute ago, and is gone: it moved on a bit."""
        in_view = {follow.incident for follow in self.now.tracks.values() if follow.in_view}
        for incident in self.now.open.values():
            here = incident.kind == "vehicle" and self.camera in incident.cameras
            if here and incident.had("stopped") and incident.id not in in_view:
                return incident.id
        return None


def _may_be_somebody(follow: Follow, track: Track) -> bool:
    """Whether the detector may have found another word for a person: one it is not sure of."""
    return follow.kind == "person" and track.label == SOMETHING


def _stopped(incident: Incident) -> datetime | None:
    return next((m.at for m in incident.moments if m.what == "stopped"), None)
