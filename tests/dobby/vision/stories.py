"""Reports written by hand: what eyes would tell of a story, and what the engine made of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from dobby.situation.openings import Opening
from dobby.vision.incidents import Event, Tick, reduce
from dobby.vision.records import CameraSettings, Incident
from dobby.vision.reports import KINDS, SOMETHING, Box, Leftover, Scene, Sight, Track
from dobby.vision.state import Change, Layout, State, layout

START = datetime(2026, 5, 4, 14, 0, tzinfo=UTC)  # a Monday
DOOR, DRIVE, YARD = "onvif:door", "onvif:drive", "camera:yard"
NAMES = {DOOR: "front door", DRIVE: "drive", YARD: "back yard"}
CAMERAS = (
    CameraSettings(camera=DOOR, looks_at="front door", watched=True, overlaps=(DRIVE,)),
    CameraSettings(camera=DRIVE, looks_at="drive", watched=True),
    CameraSettings(camera=YARD, looks_at="back yard", watched=True),
)
LAYOUT = layout(CAMERAS, {})


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def box(left: float, top: float = 0.3, width: float = 0.1, height: float = 0.4) -> Box:
    return Box(left=left, top=top, right=min(left + width, 1), bottom=min(top + height, 1))


def track(
    name: str,
    left: float = 0.4,
    label: str = "person",
    *,
    still: bool = False,
    parked: bool = False,
    sure: bool = True,
    zones: Sequence[str] = (),
    since: float = 0,
) -> Track:
    return Track(
        id=name, kind=KINDS[label], label=label if sure else SOMETHING, score=0.8,
        box=box(left), zones=tuple(zones), since=at(since), still=still, parked=parked,
    )  # fmt: skip


def scene(seconds: float, *tracks: Track, camera: str = DOOR) -> Scene:
    return Scene(camera=camera, at=at(seconds), tracks=tracks)


def stays(first: float, last: float, *tracks: Track, camera: str = DOOR) -> list[Scene]:
    """In view each second from ``first`` to ``last``, then the scene is empty."""
    seconds = range(int(last - first) + 1)
    there = [scene(first + second, *tracks, camera=camera) for second in seconds]
    return [*there, scene(last + 0.5, camera=camera)]


def leftover(
    seconds: float, change: str = "left", left: float = 0.7, top: float = 0.8, camera: str = DOOR
) -> Leftover:
    return Leftover(camera=camera, at=at(seconds), change=change, box=box(left, top, 0.08, 0.08))


def sight(seconds: float, state: str, camera: str = DOOR) -> Sight:
    return Sight(camera=camera, at=at(seconds), state=state)


def opening(seconds: float, is_open: bool, name: str = "garage", kind: str = "garage") -> Opening:
    return Opening("homekit:1", name, kind, is_open, at(seconds))


class Telling:
    """A story told to the reducer, in its order, with time passing each second in between."""

    def __init__(self, layout: Layout = LAYOUT, state: State | None = None) -> None:
        self.layout = layout
        self.state = state or State()
        self.changes: list[Change] = []
        self._now: float | None = None

    def tell(self, *events: Event) -> Telling:
        for event in sorted(events, key=lambda event: event.at):
            self.until((event.at - START).total_seconds())
            self._take(event)
        return self

    def until(self, seconds: float) -> Telling:
        now = seconds if self._now is None else self._now
        while now + 1 <= seconds:
            now += 1
            self._take(Tick(at(now)))
        self._now = now
        return self

    def _take(self, event: Event) -> None:
        self.state, changes = reduce(self.state, event, self.layout)
        self.changes += changes

    @property
    def incidents(self) -> list[Incident]:
        """Every incident as it was last told, in the order of their beginnings."""
        latest = {change.incident.id: change.incident for change in self.changes}
        return list(latest.values())


def moments(incident: Incident) -> str:
    return " ".join(moment.what for moment in incident.moments)


def told(telling: Telling) -> list[str]:
    """ "person: arrived gone", one line each."""
    return [f"{i.kind} x{i.count}: {moments(i)}" for i in telling.incidents]
