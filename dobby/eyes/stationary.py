"""What stands: a car that has parked, one that was there all along, a person on a poster.

What was there before anything moved is no news, and stands until it has moved away by itself. So
is what is made out only later where nothing moved, such as a parked car at dawn. Where a thing
stands or stood is remembered: what is found there is the same, be it a part of it, half hidden by
who passes, or the whole of it under another name, while its own went on with what passed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dobby.eyes.geometry import between, shift
from dobby.eyes.tracks import BEGINS, Followed
from dobby.vision.reports import Box, Kind

OPENING = timedelta(seconds=3)  # from the first look on, whatever is found was there before
STILL = timedelta(seconds=4)  # so long without moving: it stands
RECENT = timedelta(seconds=2)  # motion so long ago may have brought it

STEADY = 0.4  # how much a new box counts: they tremble
MOVES = 0.7  # overlap with where it was: below, what does not stand yet has moved
LEAVES = 0.3  # what stands has gone so far in its own widths or heights,
GROWS = 1.7  # or is so much larger,
SURELY = 3  # in so many looks one after the other
PLACE = 0.5  # of a box lies where something stands: it is the same, or a part of it
PART = 0.8  # and so much of what just moved from there: it has not
HIDDEN = timedelta(seconds=20)  # something passes before what stands
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
                self._posts[one.id] = self._next(at, one)
            self._posts[one.id].believed = one.believed
        return {one.id: self._posts[one.id].stance(at) for one in followed}

    def standing(self) -> list[Box]:
        """Where something stands that is believed, or stood when it was last seen."""
        posts = [post for post in self._posts.values() if post.stands]
        posts += [place.post for place in self._places]
        return [post.anchor for post in posts if post.believed]

    def _first(self, at: datetime, one: Followed, opening: bool) -> _Post:
        if known := self._known(at, one):
            return known
        old = opening or not self._was_moving(one.box)
        return _Post(one.kind, one.box, one.box, at, old=old, stands=old)

    def _known(self, at: datetime, one: Followed) -> _Post | None:
        """What stands or stood where this is now."""
        for place in self._places:
            if place.post.holds(one):
                self._places.remove(place)
                return place.post
        for track, post in self._posts.items():
            stood = post.stood(at)
            if track != one.id and stood and stood.holds(one):
                return replace(stood, box=one.box)
        return None

    def _next(self, at: datetime, one: Followed) -> _Post:
        """Its post after one more look. Until it is believed, its boxes are guesses; and a name may
        go from one that stands to its neighbour."""
        post = self._posts[one.id]
        if post.stands and one.last < BEGINS:
            return post  # half hidden, the detector guesses
        post.see(at, one.box)
        if not post.stands and not one.believed:
            return self._known(at, one) or post
        if not post.stands and post.stood(at):
            for place in self._places:
                if place.post.kind == one.kind and place.post.anchor.overlap(one.box) >= MOVES:
                    self._places.remove(place)
                    return place.post
        return post

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
            if at - place.seen < (HIDDEN if place.left else FORGOTTEN)
            or (place.looks < LOOKS and not place.left)
        ]
        for track in [track for track in self._posts if track not in followed]:
            post = self._posts.pop(track)
            place = _Place(post, at) if post.stands else post.before
            if place:
                self._places.append(place)


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
    away: int = 0  # looks that found it elsewhere
    before: _Place | None = None  # it stood there last

    def holds(self, one: Followed) -> bool:
        """Whether that is what stands here, or a part of it."""
        if one.kind != self.kind or (one.kind == "person" and not self.old):
            return False  # it may be somebody else
        return one.box.shared(self.anchor) >= PLACE * one.box.area

    def stood(self, at: datetime) -> _Post | None:
        """As it stands, or stood a moment ago: it may stand there still, and its name be on what
        passes before it."""
        if self.stands:
            return self
        hidden = self.before is not None and at - self.before.seen < HIDDEN
        return self.before.post if self.before and hidden else None

    def see(self, at: datetime, box: Box) -> None:
        self.box = between(self.box, box, STEADY)
        if not self.stands:
            self._settle(at)
            return
        grown = box.area > GROWS * self.anchor.area
        away = grown or shift(self.anchor, box) > LEAVES
        self.away = self.away + 1 if away else 0
        if self.away >= SURELY:
            self.before = _Place(replace(self, away=0, before=None), at, left=True)
            self.anchor = self.box = box
            self.since, self.old, self.stands, self.away = at, False, False, 0

    def _settle(self, at: datetime) -> None:
        """It moves, until it stands; back where it just stood, it has not been away."""
        stood = self.stood(at)
        if stood and (
            stood.anchor.overlap(self.box) >= MOVES
            or stood.anchor.shared(self.box) >= PART * self.box.area
        ):
            self.anchor, self.since, self.old = stood.anchor, stood.since, stood.old
            self.stands, self.before = True, None
            return
        if self.anchor.overlap(self.box) < MOVES:
            self.anchor, self.since = self.box, at
        self.stands = at - self.since >= STILL

    def stance(self, at: datetime) -> Stance:
        still = self.stands and at - self.since >= STILL
        parked = self.old and still
        return Stance(news=parked or not self.old, still=still, parked=parked)


@dataclass(frozen=True)
class _Place:
    """Where something stood that is not followed now."""

    post: _Post
    seen: datetime
    looks: int = 0  # since then
    left: bool = False  # it, or its name alone, went on from there
