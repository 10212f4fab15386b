"""What is in view of one camera, look by look: who is believed, where they are, what is news."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from dobby.eyes.frames import Detection
from dobby.eyes.stationary import Stance, Stationary
from dobby.eyes.tracks import Followed, Tracker
from dobby.eyes.zones import Zones
from dobby.vision.reports import MOST_TRACKS, Box, Picture, Scene, Track, Zone

AGAIN = timedelta(seconds=1)  # what is in view is told again after this,
AGAIN_STILL = timedelta(seconds=5)  # and where all of it stands, after this
ON_A_POSTER = timedelta(minutes=10)


class SceneTracker:
    """One camera's. ``tracks`` is what was in view at the last look."""

    def __init__(self, camera: str, zones: Sequence[Zone], name: str) -> None:
        """``name`` begins the tracks' ids."""
        self.tracks: tuple[Track, ...] = ()
        self.candidate = False  # something comes that is not believed yet
        self._camera = camera
        self._zones = Zones(zones)
        self._name = name
        self._runs = 0
        self._stationary = Stationary()
        self._told: tuple[datetime, tuple[Track, ...]] | None = None
        self._may_go = False
        self.start_again()

    def start_again(self) -> None:
        """The camera was not seen for a while; who was followed is lost."""
        self._runs += 1
        self._tracker = Tracker(f"{self._name}.{self._runs}")
        self._stationary.start_again()
        self.tracks, self.candidate = (), False
        if self._told:
            self._told = (self._told[0], ())

    def look(
        self, at: datetime, found: Sequence[Detection], moving: Sequence[Box]
    ) -> tuple[Track, ...]:
        """What is in view now."""
        relevant = [one for one in found if not self._zones.ignores(one.box)]
        followed = self._tracker.look(at, relevant)
        stances = self._stationary.look(at, followed, moving)
        zones = {one.id: self._zones.enter(one.id, one.box) for one in followed}
        self._zones.forget(but=zones)
        told = [one for one in followed if one.believed and stances[one.id].news]
        self.tracks = tuple(
            _track(one, stances[one.id], zones[one.id]) for one in told[:MOST_TRACKS]
        )
        self.candidate = any(
            not one.believed and one.seen == at and not stances[one.id].parked for one in followed
        )
        # Who was there from the start is no news and no part of the scene: they may go yet.
        self._may_go = any(
            one.believed
            and not stances[one.id].news
            and one.kind in ("person", "animal")
            and at - one.since < ON_A_POSTER
            for one in followed
        )
        return self.tracks

    @property
    def busy(self) -> bool:
        """Whether somebody is there: not what only stands."""
        return self._may_go or any(
            not (track.parked or (track.still and track.kind in ("vehicle", "package")))
            for track in self.tracks
        )

    def standing(self) -> list[Box]:
        """Where something stands, or stood not long ago."""
        return self._stationary.standing()

    def scene(self, at: datetime, pictures: Sequence[Picture] = ()) -> Scene | None:
        """What is to be told now: changes at once, what goes on now and then, else None."""
        if self._told:
            at = max(at, self._told[0])
        if not pictures and not self._due(at):
            return None
        self._told = (at, self.tracks)
        return Scene(camera=self._camera, at=at, tracks=self.tracks, pictures=tuple(pictures))

    def again(self, at: datetime) -> Scene | None:
        """What was told and goes on, when that is to be told again; what is new has its own way."""
        if self._told is None or _essence(self._told[1]) != _essence(self.tracks):
            return None
        return self.scene(at)

    def _due(self, at: datetime) -> bool:
        if self._told is None:
            return bool(self.tracks)
        when, tracks = self._told
        if _essence(tracks) != _essence(self.tracks):
            return True
        moves = any(not track.still for track in self.tracks)
        return bool(self.tracks) and at - when >= (AGAIN if moves else AGAIN_STILL)


def _track(one: Followed, stance: Stance, zones: tuple[str, ...]) -> Track:
    return Track(
        id=one.id,
        kind=one.kind,
        label=one.label,
        score=one.score,
        box=one.box,
        zones=zones,
        since=one.since,
        still=stance.still,
        parked=stance.parked,
    )


def _essence(tracks: Sequence[Track]) -> list[object]:
    """What of them is worth telling at once."""
    return [(track.id, track.label, track.zones, track.still, track.parked) for track in tracks]
