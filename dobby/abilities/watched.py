"""A sentence about cameras as its readers see it: what its phrases stand for in this house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dobby.agent.calls import Abstention, ToolCall
from dobby.language.declining import Unclear
from dobby.language.grounding import Ground
from dobby.language.instants import Instants, hours, lately, until
from dobby.language.meaning import Presence, Timed, View, Watch
from dobby.language.words import Words
from dobby.vision.wording import the

LEFT = ("left_something", "took_something")
_OPPOSITE = {"home": "away", "away": "home"}


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
class Said:
    """What was said of the cameras, and the house that it was said of."""

    watch: Watch
    ground: Ground
    all_cameras: tuple[str, ...]

    def has(self, category: str) -> bool:
        return category in self.watch.said

    @property
    def now(self) -> datetime:
        return self.ground.context.now

    @property
    def told(self) -> bool:
        """Whether there is an alert that a short answer may be about."""
        return bool(self.ground.context.watched.told)

    @property
    def placed(self) -> bool:
        return any(not view.room for view in self.watch.views)

    def call(self, tool: str, **arguments: Any) -> ToolCall:
        """A call without the arguments that say nothing; its cameras are spoken of from now on."""
        said = {name: value for name, value in arguments.items() if value not in (None, (), [], "")}
        self.ground.touched.extend(said.get("devices", ()))
        return ToolCall(name=tool, arguments=said)

    def things(self) -> Things:
        kinds, labels, what = list[str](), list[str](), list[str]()
        for sight in self.watch.sights:
            kind, _, label = sight.partition("/")
            if kind == "package":
                what += LEFT
            elif kind == "lingers":
                what.append(kind)
            elif label:
                labels.append(label)
            else:
                kinds.append(kind)
        if "lingers" in what and set(kinds) <= {"person"}:
            kinds = []
        return Things(*(tuple(dict.fromkeys(said)) for said in (kinds, labels, what)))

    # Where -----------------------------------------------------------------------------------

    def cameras(self) -> list[str]:
        """Those that are named. Raises Unclear where it is not clear which."""
        named = self.watch.views
        if self.has("cameras") and not named:
            return list(self.all_cameras)
        own = [v for v in named if v.cameras != self.all_cameras or not v.camera] or named
        return list(dict.fromkeys(camera for view in own for camera in self._meant(view)))

    def says_camera(self) -> bool:
        """Whether it names a camera as such, so that nothing else can be meant."""
        return self.has("cameras") or any(view.camera for view in self.watch.views)

    def _meant(self, view: View) -> tuple[str, ...]:
        if view.unknown:
            raise self._nowhere(view.unknown)
        if len(view.cameras) == 1 or view.many:
            return view.cameras
        if picked := [c for c in view.cameras if c in self.ground.chosen]:
            return tuple(picked)
        spoken = [c for c in view.cameras if c in self.ground.context.dialogue.devices]
        if len(spoken) == 1 and view.cameras == self.all_cameras:
            return tuple(spoken)  # "the camera"
        raise which(self.ground, view.cameras)

    def _nowhere(self, place: str) -> Unclear:
        known = [looks_at(self.ground, camera) for camera in self.all_cameras]
        id = "no-part-there" if self.has("ignore") else "no-camera-there"
        named = _with_article(self.ground, place)
        return Unclear(Abstention.UNKNOWN_NAME, id, place=named, known=known)

    # When --------------------------------------------------------------------------------------

    def holds(self, limited: str = "") -> dict[str, Any] | None:
        """When a rule is to hold, as its arguments; None where it does not say so clearly.

        ``limited`` overrides how each time was said: "only", "not", "except".
        """
        found: dict[str, Any] = {}
        for timed in self.watch.times:
            held = self._held(timed, limited or timed.how)
            if held is None or found.get(held[0], held[1]) != held[1]:
                return None
            found[held[0]] = held[1]
        return found

    def _held(self, timed: Timed, how: str) -> tuple[str, Any] | None:
        other = how in {"only", "except"}
        if isinstance(timed.when, Presence):
            said = "home" if timed.when.home else "away"
            return "presence", _OPPOSITE[said] if other else said
        if within := hours(timed.when):
            return "except_hours" if other else "hours", within
        ends = until(timed.when, self.now)
        return None if ends is None or how else ("until", ends.isoformat(timespec="minutes"))

    def window(self) -> tuple[Instants | None, bool] | None:
        """Since when and until when it asks, and whether while nobody was home; None where that
        is not past."""
        found, out = None, False
        for timed in self.watch.times:
            if timed.how:
                return None
            if isinstance(timed.when, Presence):
                if timed.when.home:
                    return None
                out = True
            elif (found := lately(timed.when, self.now)) is None:
                return None
        return found, out


def which(ground: Ground, cameras: tuple[str, ...]) -> Unclear:
    """The question which of several cameras is meant."""
    named = [looks_at(ground, camera) for camera in cameras]
    return Unclear(Abstention.AMBIGUOUS, "which-one", cameras, options=named)


def looks_at(ground: Ground, camera: str) -> str:
    """ "The front door", of whichever camera looks there."""
    place = ground.context.watched.places.get(camera) or ground.names.label(camera)
    return _with_article(ground, place)


def _with_article(ground: Ground, place: str) -> str:
    return the(place, Words(ground.context.language))
