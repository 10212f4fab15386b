"""One sentence about cameras as its readers see it: a reading, and what its phrases stand for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dobby.agent.calls import Abstention, ToolCall
from dobby.agent.phrases import names
from dobby.agent.reflex.eyes.marks import Reading
from dobby.agent.reflex.eyes.places import Place, Places
from dobby.agent.reflex.eyes.times import HOURS, Window, until, window
from dobby.agent.reflex.ground import Ground
from dobby.agent.reflex.targets import Unresolved
from dobby.vision.wording import the

LEFT = ("left_something", "took_something")


@dataclass(frozen=True)
class Things:
    """What is spoken of. A rule is for one of the three at a time."""

    kinds: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    what: tuple[str, ...] = ()  # moments

    def each(self) -> list[dict[str, Any]]:
        """As the arguments of one rule each; one without any for nothing in particular."""
        said = {"kinds": self.kinds, "labels": self.labels, "what": self.what}
        return [{name: list(value)} for name, value in said.items() if value] or [{}]


@dataclass(frozen=True)
class Sentence:
    ground: Ground
    places: Places
    reading: Reading
    asks: bool  # with a question mark, and not for a favour

    @property
    def now(self) -> datetime:
        return self.ground.context.now

    @property
    def told(self) -> bool:
        """Whether there is an alert that a short answer may be about."""
        return bool(self.ground.context.watched.told)

    def call(self, tool: str, **arguments: Any) -> ToolCall:
        """A call without the arguments that say nothing; its cameras are spoken of from now on."""
        said = {name: value for name, value in arguments.items() if value not in (None, (), [], "")}
        self.ground.touched.extend(said.get("devices", ()))
        return ToolCall(name=tool, arguments=said)

    # What it is about --------------------------------------------------------------------------

    def things(self) -> Things:
        kinds, labels, what = list[str](), list[str](), list[str]()
        for tag, value in self.reading.marks:
            kind, _, label = str(value).partition("/")
            if tag == "subject" and kind == "package":
                what += LEFT
            elif tag == "subject" and label:
                labels.append(label)
            elif tag in ("subject", "anybody"):
                kinds.append(kind or "person")
            elif tag == "lingers":
                what.append("lingers")
        if "lingers" in what and kinds == ["person"]:
            kinds = []
        return Things(*(tuple(dict.fromkeys(said)) for said in (kinds, labels, what)))

    def cameras(self) -> list[str]:
        """Those that are named. Raises Unresolved where it is not clear which."""
        if self.reading.has("cameras"):
            return list(self.places.cameras)
        named = [value for tag, value in self.reading.marks if tag in ("place", "room")]
        own = [p for p in named if p.cameras != self.places.cameras or not p.said_camera] or named
        return list(dict.fromkeys(camera for place in own for camera in self._meant(place)))

    def says_camera(self) -> bool:
        """Whether it names a camera as such, so that nothing else can be meant."""
        named = [value for tag, value in self.reading.marks if tag in ("place", "room")]
        return self.reading.has("cameras") or any(place.said_camera for place in named)

    def _meant(self, place: Place) -> tuple[str, ...]:
        if place.unknown:
            raise self._nowhere(place.unknown)
        if len(place.cameras) == 1 or place.many:
            return place.cameras
        if picked := [c for c in place.cameras if c in self.ground.resolver.chosen]:
            return tuple(picked)
        spoken = [c for c in place.cameras if c in self.ground.context.dialogue.devices]
        if len(spoken) == 1 and place.cameras == self.places.cameras:
            return tuple(spoken)  # "the camera"
        raise which(self.ground, place.cameras)

    def _nowhere(self, place: str) -> Unresolved:
        known = [looks_at(self.ground, camera) for camera in self.places.cameras]
        told = f"No camera looks at {the(place)}. I see {names(known)}."
        if self.reading.has("ignore"):
            told += " A part of a picture can be drawn on the page, and given that name."
        return Unresolved(Abstention.UNKNOWN_NAME, told)

    # When ----------------------------------------------------------------------------------------

    def times(self) -> list[tuple[str, str, Any]]:
        """(the word before, tag, value) of each time that a rule is to hold in or not."""
        found: list[tuple[str, str, Any]] = []
        before = ""
        for tag, value in self.reading.marks:
            if tag in ("hours", "presence", "until"):
                modified = before if before in ("not", "only", "except") else ""
                found.append((modified, tag, self._time(tag, value)))
            before = tag
        return found

    def _time(self, tag: str, value: Any) -> Any:
        if tag == "hours":
            return HOURS.get(value, value)
        if tag == "until":
            return value if isinstance(value, datetime) else until(value, self.now)
        return value

    def window(self) -> Window | None:
        """Since when and until when it asks; None where it does not say."""
        said = [value for value in self.reading.all("window") if value != "out"]
        if not said:
            return None
        last: Window | str = said[-1]
        return window(last, self.now) if isinstance(last, str) else last


def which(ground: Ground, cameras: tuple[str, ...]) -> Unresolved:
    """The question which of several cameras is meant."""
    names = [looks_at(ground, camera) for camera in cameras]
    said = f"{', '.join(names[:-1])} or {names[-1]}"
    return Unresolved(Abstention.AMBIGUOUS, f"Which one: {said}?", cameras)


def looks_at(ground: Ground, camera: str) -> str:
    """ "the front door", of whichever camera looks there."""
    return the(ground.context.watched.places.get(camera) or ground.index.label(camera))
