"""What cameras and contacts report, made into incidents: a pure reducer.

``reduce(state, event, layout)`` gives the next state and what changed, whether the event comes
from live eyes or from a recording. Times are the events' own; ``Tick`` lets time pass.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dobby.situation.openings import Opening
from dobby.vision.following import follow
from dobby.vision.records import Incident, Moment
from dobby.vision.reports import Leftover, Scene, Sight
from dobby.vision.state import (
    REMEMBERED,
    Ajar,
    Change,
    Dark,
    Layout,
    Next,
    State,
    identifier,
)
from dobby.vision.staying import left

DARK = timedelta(seconds=45)  # a camera that cannot see for so long is told
STEADY = timedelta(seconds=60)  # and that sees for so long again is back


@dataclass(frozen=True)
class Unwatched:
    """A camera is not watched any more, for now: what was seen there has ended."""

    camera: str
    at: datetime


@dataclass(frozen=True)
class Tick:
    at: datetime


Event = Scene | Leftover | Sight | Opening | Unwatched | Tick


def reduce(state: State, event: Event, layout: Layout) -> tuple[State, list[Change]]:
    """The state after an event, and what it changed."""
    now = Next(state)
    match event:
        case Scene():
            follow(now, event, layout)
        case Leftover():
            left(now, event, layout)
        case Sight():
            _see(now, event)
        case Opening():
            _open(now, event)
        case Unwatched():
            _forget(now, event)
        case Tick(at):
            _end_what_is_over(now, at, layout.quiet)
            _tell_the_dark(now, at, layout)
            _tell_the_open(now, at, layout)
    return now.result()


# Cameras that cannot see -----------------------------------------------------------------------


def _see(now: Next, sight: Sight) -> None:
    """``blind`` is the eyes' own affliction: the camera can be seen."""
    dark = now.dark.get(sight.camera)
    if sight.state not in ("seeing", "blind"):
        since = dark.since if dark else sight.at
        incident = dark.incident if dark else ""
        now.dark[sight.camera] = Dark(since, sight.state, incident)
    elif dark and dark.incident:
        now.dark[sight.camera] = replace(dark, back=dark.back or sight.at)
    elif dark:
        del now.dark[sight.camera]


def _tell_the_dark(now: Next, at: datetime, layout: Layout) -> None:
    for camera, dark in list(now.dark.items()):
        if not dark.incident and at - dark.since >= DARK:
            incident = Incident(
                id=identifier("camera", camera, dark.since.isoformat()),
                kind="camera",
                label=dark.label,
                cameras=(camera,),
                place=layout.names.get(camera, ""),
                started=dark.since,
                last=at,
                moments=(Moment(at=dark.since, what="dark", camera=camera),),
            )
            now.begin(incident)
            now.dark[camera] = replace(dark, incident=incident.id)
        elif dark.back and at - dark.back >= STEADY:
            now.end(dark.incident, "back", dark.back)
            del now.dark[camera]


# Doors that stay open --------------------------------------------------------------------------


def _open(now: Next, opening: Opening) -> None:
    ajar = now.ajar.get(opening.device)
    if opening.open and ajar is None:
        now.ajar[opening.device] = Ajar(opening.at, opening.name, opening.kind)
    elif ajar and not opening.open:
        if ajar.incident:
            now.end(ajar.incident, "closed", opening.at)
        del now.ajar[opening.device]


def _tell_the_open(now: Next, at: datetime, layout: Layout) -> None:
    for device, ajar in list(now.ajar.items()):
        if not ajar.incident and at - ajar.since >= timedelta(seconds=layout.open_s):
            incident = Incident(
                id=identifier("open", device, ajar.since.isoformat()),
                kind="open",
                label=ajar.kind,
                cameras=(device,),
                place=ajar.name,
                started=ajar.since,
                last=at,
                moments=(Moment(at=ajar.since, what="opened", camera=device),),
            )
            now.begin(incident)
            now.ajar[device] = replace(ajar, incident=incident.id)


# What is over ----------------------------------------------------------------------------------


def _end_what_is_over(now: Next, at: datetime, quiet: timedelta) -> None:
    for incident in list(now.ended.values()):
        if incident.ended is not None and at - incident.ended > REMEMBERED:
            del now.ended[incident.id]
    if now.grace is not None and at <= now.grace:
        return
    for incident in list(now.open.values()):
        if incident.kind not in ("open", "camera") and at - incident.last > quiet:
            now.end(incident.id, "gone", incident.last)


def _forget(now: Next, event: Unwatched) -> None:
    now.dark.pop(event.camera, None)
    now.tracks = {key: f for key, f in now.tracks.items() if key[0] != event.camera}
    for incident in list(now.open.values()):
        if incident.kind != "open" and set(incident.cameras) == {event.camera}:
            now.end(incident.id, "back" if incident.kind == "camera" else "gone", incident.last)
