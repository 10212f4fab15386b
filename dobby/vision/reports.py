"""What eyes and the daemon say to each other, as JSON over HTTP (``web/eyes_api.py``).

The daemon tells a ``Plan``: which cameras to watch, and how. Eyes tell ``Reports``: what is in
view, what stayed behind, which camera is dark. A file of reports, one a line, is a recording that
the same rules can be tried on again (``dobby eyes replay``).

Boxes and zones are in fractions of the picture, 0-1 from the top left. Scores are 0-1. Times are
aware; the daemon corrects another machine's clock by ``Reports.sent``. Eyes are on the network, and
decode what strangers send: what they tell has an end.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
Clock = Annotated[str, Field(pattern=f"^{CLOCK}$")]
MOST_TRACKS = 100  # in view of a camera

Fraction = Annotated[float, Field(ge=0, le=1)]
Id = Annotated[str, Field(max_length=300)]
Name = Annotated[str, Field(max_length=64)]
Label = Annotated[str, Field(pattern=r"^[a-z ]{1,32}$")]
ZoneNames = Annotated[tuple[Name, ...], Field(max_length=40)]
Kind = Literal["person", "vehicle", "animal", "package"]
KINDS: dict[str, Kind] = {
    "person": "person",
    "bicycle": "vehicle", "car": "vehicle", "motorcycle": "vehicle", "bus": "vehicle",
    "truck": "vehicle",
    "bird": "animal", "cat": "animal", "dog": "animal", "horse": "animal", "sheep": "animal",
    "cow": "animal", "bear": "animal",
    "backpack": "package", "handbag": "package", "suitcase": "package",
}  # fmt: skip
"""The detector's labels (COCO) that count, and what they are to a household; others are noise."""
ALIKE = frozenset({"car", "bus", "truck"})
"""What small detectors take for each other: called a vehicle, until a description tells more."""
SOMETHING = "something"
"""What it is called where the detector is not sure of its word: a bending courier is no horse."""


class _Said(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", ser_json_bytes="base64", val_json_bytes="base64"
    )


class Box(_Said):
    left: Fraction
    top: Fraction
    right: Fraction
    bottom: Fraction

    @property
    def area(self) -> float:
        return max(self.right - self.left, 0.0) * max(self.bottom - self.top, 0.0)

    def shared(self, other: Box) -> float:
        """The area that both cover."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return width * height if width > 0 and height > 0 else 0.0

    def overlap(self, other: Box) -> float:
        """Intersection over union: 1 for the same box, 0 for boxes apart."""
        both = self.shared(other)
        return both / (self.area + other.area - both) if both else 0.0


class Zone(_Said):
    """A part of a camera's picture: ``ignore`` is never looked at, ``watch`` has a name."""

    name: Name
    points: tuple[tuple[Fraction, Fraction], ...]
    use: Literal["watch", "ignore"] = "watch"


# The daemon to its eyes -----------------------------------------------------------------------


class CameraPlan(_Said):
    """One camera to watch. Addresses hold credentials: they are never logged."""

    camera: str  # the device's id
    name: str  # where it looks: "front door"
    stream: str  # what is watched: rtsp:// or http://; the substream where there is one
    still: str = ""  # for the picture: a stream or a JPEG of full size; empty: the stream
    zones: tuple[Zone, ...] = ()
    live: bool = False  # somebody is looking at it now: send what it sees


class Plan(_Said):
    version: str  # changes with anything in it; a restarted daemon has another
    cameras: tuple[CameraPlan, ...] = ()


# Eyes to the daemon ---------------------------------------------------------------------------


class Track(_Said):
    """Something that was followed long enough to be believed."""

    id: Id  # of this run of the eyes; never used again
    kind: Kind
    label: Label  # the detector's word, the best of the track: "dog"; "vehicle" for ``ALIKE``;
    # of an animal that is not surely one: ``SOMETHING``
    score: Fraction  # the median over the track
    box: Box
    zones: ZoneNames = ()  # names of the watch zones it is in, with hysteresis
    since: AwareDatetime
    still: bool = False  # it stands where it stood
    parked: bool = False  # it was there before anything moved: no news


Tracks = Annotated[tuple[Track, ...], Field(max_length=MOST_TRACKS)]


class Picture(_Said):
    """A JPEG, of at most 1920 pixels a side."""

    jpeg: bytes
    box: Box | None = None  # what it is about
    track: Id = ""


class Scene(_Said):
    """What is in view of a camera: told when that changes, each second while it is not empty (each
    five where all of it stands), and once when it is empty again. ``pictures``: the best yet of a
    track, at most a few each."""

    what: Literal["scene"] = "scene"
    camera: Id
    at: AwareDatetime
    tracks: Tracks = ()
    pictures: Annotated[tuple[Picture, ...], Field(max_length=20)] = ()


class Leftover(_Said):
    """The scene is still again and not as before: a thing stayed behind, or one is missing."""

    what: Literal["leftover"] = "leftover"
    camera: Id
    at: AwareDatetime
    change: Literal["left", "taken"]
    box: Box
    zones: ZoneNames = ()
    picture: Picture | None = None


class Sight(_Said):
    """Whether a camera can be seen; told when that changes, and for each camera at the start."""

    what: Literal["sight"] = "sight"
    camera: Id
    at: AwareDatetime
    state: Literal["seeing", "offline", "refused", "frozen", "blind"]
    why: str = ""  # in the owner's words; "blind": there is no detector


class Live(_Said):
    """A frame for whoever is looking; the daemon keeps none of them."""

    what: Literal["live"] = "live"
    camera: Id
    at: AwareDatetime
    jpeg: bytes
    tracks: Tracks = ()


Report = Annotated[Scene | Leftover | Sight | Live, Field(discriminator="what")]


class Reports(_Said):
    """Some reports in their order. ``number`` counts within ``run``; one told twice counts once."""

    run: Id
    number: Annotated[int, Field(ge=0, lt=2**53)]
    sent: AwareDatetime
    reports: Annotated[tuple[Report, ...], Field(max_length=1000)]


class Hours(_Said):
    """Local hours of every day, over midnight where ``start`` is later than ``end``."""

    start: Clock
    end: Clock

    def holds(self, local: datetime) -> bool:
        now = f"{local:%H:%M}"
        if self.start <= self.end:
            return self.start <= now < self.end
        return now >= self.start or now < self.end
