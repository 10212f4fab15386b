"""What stands: a car that has parked, one that was there all along, a person on a poster.

What was there before anything moved is no news, and stands until it has moved away by itself. So
is what is made out only later where nothing moved, such as a parked car at dawn. Where a thing
stood is remembered: it is the same when the detector finds it again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dobby.eyes.geometry import between, shift
from dobby.eyes.tracks import Followed
from dobby.vision.reports import Box, Kind

OPENING = timedelta(seconds=3)  # from the first look on, whatever is found was there before
STILL = timedelta(seconds=4)  # so long without moving: it stands
RECENT = timedelta(seconds=2)  # motion so long ago may have brought it

STEADY = 0.4  # how much a new box counts: they tremble
MOVES = 0.7  # overlap with where it was: below, what does not stand yet has moved
LEAVES = 0.3  # what stands has gone so far in its own widths or heights,
GROWS = 1.7  # or is so much larger,
SURELY = 3  # in so many looks one after the other
PLACE = 0.5  # overlap with where something stood: it is the same
TOUCHED = 0.1  # of a thing lies where something moved: that was it

FORGOTTEN = timedelta(minutes=30)  # where something stood and was not seen for so long,
LOOKS = 30  # in so many looks


@dataclass(frozen=True)
class Stance:
    """How a track stands. ``news``: it came, or it moved, or it is known to be none."""

    news: bool
    still: bool
    parked: bool


class Stationary:
    """One camera's."""

    def __init__(self) -> None:
        self._opened: datetime | None = None
        self._posts: dict[str, _Post] = {}
        self._places: list[_Place] = []
        self._moved: deque[tuple[datetime, Sequence[Box]]] = deque()

    def start_again(self) -> None:
        """The camera was not seen for a while: what is there now was there before."""
        self._opened = None
        self._posts.clear()

    def look(
        self, at: datetime, followed: Sequence[Followed], moving: Sequence[Box]
    ) -> dict[str, Stance]:
        """By track. ``moving``: where the motion gate saw something move."""
        self._opened = self._opened or at
        opening = at - self._opened < OPENING
        self._note_motion(at, moving)
        self._leave_places(at, {one.id for one in followed})
        for one in followed:
            if one.id not in self._posts:
                self._posts[one.id] = self._first(at, one, opening)
            elif one.seen == at:
                self._posts[one.id].see(at, one.box)
            self._posts[one.id].believed = one.believed
        return {one.id: self._posts[one.id].stance(at) for one in followed}

    def standing(self) -> list[Box]:
        """Where something stands that is believed, or stood when it was last seen."""
        posts = [p.anchor for p in self._posts.values() if p.stands and p.believed]
        return posts + [place.post.anchor for place in self._places]

    def _first(self, at: datetime, one: Followed, opening: bool) -> _Post:
        for place in self._places:
            known = one.kind != "person" or place.post.old  # else it may be somebody else
            if place.kind == one.kind and known and place.post.anchor.overlap(one.box) >= PLACE:
                self._places.remove(place)
                return place.post
        old = opening or not self._was_moving(one.box)
        return _Post(one.kind, one.box, one.box, at, old=old, stands=old)

    def _was_moving(self, box: Box) -> bool:
        return any(
            box.shared(moved) >= TOUCHED * box.area for _, boxes in self._moved for moved in boxes
        )

    def _note_motion(self, at: datetime, moving: Sequence[Box]) -> None:
        self._moved.append((at, moving))
        while self._moved[0][0] < at - RECENT:
            self._moved.popleft()

    def _leave_places(self, at: datetime, followed: set[str]) -> None:
        """What stood and is lost may be found again there; not for ever."""
        self._places = [
            replace(place, looks=place.looks + 1)
            for place in self._places
            if at - place.seen < FORGOTTEN or place.looks < LOOKS
        ]
        for track in [track for track in self._posts if track not in followed]:
            post = self._posts.pop(track)
            if post.stands and post.believed:
                self._places.append(_Place(post.kind, post, at))


@dataclass
class _Post:
    """Where a track stands, or passes by."""

    kind: Kind
    anchor: Box  # where it has been since
    box: Box  # where it is, smoothed
    since: datetime
    old: bool  # it was there before anything moved
    stands: bool
    believed: bool = False
    _away: int = 0  # looks that found it elsewhere

    def see(self, at: datetime, box: Box) -> None:
        self.box = between(self.box, box, STEADY)
        if not self.stands:
            if self.anchor.overlap(self.box) < MOVES:
                self.anchor, self.since = self.box, at
            self.stands = at - self.since >= STILL
            return
        grown = box.area > GROWS * self.anchor.area
        away = grown or shift(self.anchor, box) > LEAVES
        self._away = self._away + 1 if away else 0
        if self._away >= SURELY:
            self.anchor = self.box = box
            self.since, self.old, self.stands, self._away = at, False, False, 0

    def stance(self, at: datetime) -> Stance:
        still = self.stands and at - self.since >= STILL
        parked = self.old and still
        return Stance(news=parked or not self.old, still=still, parked=parked)


@dataclass(frozen=True)
class _Place:
    """Where something stood that is not followed now."""

    kind: Kind
    post: _Post
    seen: datetime
    looks: int = 0  # since then
