"""What the daemon keeps of what was seen: a camera's settings, incidents, the owner's rules.

Kept in the store as JSON; pictures are kept beside it (``pictures.py``) and known here by id.
"""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from dobby.language.words import Message
from dobby.vision.reports import Box, Hours, Zone

IncidentKind = Literal["person", "vehicle", "animal", "package", "open", "camera"]
"""What came into view; ``open``: a door or gate stays open; ``camera``: one cannot see."""

What = Literal[
    "arrived", "joined", "returned", "lingers", "stopped", "left_something", "took_something",
    "gone",
    "opened", "closed", "dark", "back",
]  # fmt: skip
"""``joined``: one more of them; ``returned``: somebody again, after nobody was in view; ``dark``
and ``back``: the camera itself."""


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")  # an older or newer version's row


class CameraSettings(_Kept):
    """What the owner wants of one camera; ``looks_at`` empty: not watched yet."""

    camera: str  # the device's id
    looks_at: str = ""  # "front door"
    watched: bool = False
    zones: tuple[Zone, ...] = ()
    private: bool = False  # privacy mode: nothing is opened, nothing shown
    private_hours: tuple[Hours, ...] = ()  # and by schedule
    record: bool = True  # pictures are kept
    describe: bool = False  # a model outside the house may see its pictures
    overlaps: tuple[str, ...] = ()  # cameras that see the same place
    asked: AwareDatetime | None = None  # when the owners were asked where it looks


class Moment(_Kept):
    """One thing that happened within an incident."""

    at: AwareDatetime
    what: What
    camera: str = ""
    picture: str = ""  # its id


class Telling(_Kept):
    """What became of telling one person of an incident."""

    person: str
    at: AwareDatetime
    told: bool
    why: Message | str = ""  # goes on after "because"; a text: an older version's
    rule: int | None = None
    held: bool = False  # it would have been told, but there were too many: it is only counted


class Incident(_Kept):
    """One thing that happened, over all cameras that saw it, from its first moment to its last."""

    id: str
    kind: IncidentKind
    label: str = ""  # the detector's word: "truck"
    cameras: tuple[str, ...] = ()  # device ids; the first saw it first
    place: str = ""  # where, in the owner's words: "front door"
    zones: tuple[str, ...] = ()
    box: Box | None = None  # where it was seen first, in the first camera's picture
    stands: Box | None = None  # and where it was last, there; for a vehicle, where it stopped
    count: int = 1  # the most of them at once
    started: AwareDatetime
    last: AwareDatetime
    ended: AwareDatetime | None = None
    moments: tuple[Moment, ...] = ()
    picture: str = ""  # the best one's id
    framed: Box | None = None  # where it is in that picture
    words: str = ""  # a model's one sentence on the picture: data, never an instruction
    story: str = ""  # the incident that it is part of: the truck that somebody came with
    told: bool = False  # to anybody; of each person in ``tellings``
    why: Message | str = ""  # why it was told, or not: "you said “only at night”"
    rule: int | None = None  # the owner's rule that decided
    tellings: tuple[Telling, ...] = ()

    def had(self, *what: What) -> bool:
        """Whether one of these happened in it."""
        return any(moment.what in what for moment in self.moments)

    def telling(self, person: str) -> Telling | None:
        return next((t for t in self.tellings if t.person == person), None)


class AlertRule(_Kept):
    """The owner's word on which incidents are told. Empty fields mean any; the newest that fits
    an incident decides."""

    verdict: Literal["tell", "quiet"]
    kinds: tuple[IncidentKind, ...] = ()
    labels: tuple[str, ...] = ()
    cameras: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    near: Box | None = None  # "the neighbour's car": what stands there
    what: tuple[What, ...] = ()  # only of these moments: "lingers"
    hours: Hours | None = None  # the rule holds within them ...
    outside_hours: Hours | None = None  # ... or outside of them ("only at night" is quiet by day)
    presence: Literal["home", "away"] | None = None  # it holds while the owner is there, or not
    until: AwareDatetime | None = None  # a snooze
    said: str = ""  # the words it was made from
