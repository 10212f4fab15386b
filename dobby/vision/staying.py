"""Things that stay behind or are missing, and who was there."""

from __future__ import annotations

from datetime import datetime, timedelta

from dobby.vision.boxes import covers
from dobby.vision.records import Incident, Moment
from dobby.vision.reports import Box, Leftover
from dobby.vision.state import Layout, Next, identifier

ATTACHES = timedelta(minutes=3)  # a thing is noticed after whoever left it has gone
TWICE = timedelta(seconds=60)  # one thing noticed in two ways


def left(now: Next, seen: Leftover, layout: Layout) -> None:
    """A thing stayed behind, or is missing: whoever was there last did it."""
    if any(covers(box, seen.box) for box in _vehicles(now, seen.camera)):
        return  # it is the vehicle that stopped there, or the place that it left
    what = "left_something" if seen.change == "left" else "took_something"
    doer = last_person(now, seen.camera, seen.at, layout) or _package(now, seen.camera, layout)
    if doer is None:
        now.begin(
            Incident(
                id=identifier("package", seen.camera, seen.change, seen.at.isoformat()),
                kind="package",
                cameras=(seen.camera,),
                place=layout.names.get(seen.camera, ""),
                zones=seen.zones,
                box=seen.box,
                stands=seen.box,
                started=seen.at,
                last=seen.at,
                moments=(Moment(at=seen.at, what=what, camera=seen.camera),),
            )
        )
    elif not any(m.what == what and abs(seen.at - m.at) < TWICE for m in doer.moments):
        now.happen(doer.id, what, seen.at, seen.camera)


def last_person(now: Next, camera: str, at: datetime, layout: Layout) -> Incident | None:
    """Who was in view of this place last, not long ago."""
    people = [
        incident
        for incident in (*now.ended.values(), *now.open.values())
        if incident.kind == "person"
        and at - incident.last <= ATTACHES
        and layout.meets(incident, camera)
    ]
    return max(people, key=lambda incident: incident.last, default=None)


def _package(now: Next, camera: str, layout: Layout) -> Incident | None:
    packages = (i for i in now.open.values() if i.kind == "package" and layout.meets(i, camera))
    return next(packages, None)


def _vehicles(now: Next, camera: str) -> list[Box]:
    """Where vehicles stand, or stood a moment ago, in this camera's picture."""
    stood = [
        incident.stands
        for incident in now.ended.values()
        if incident.kind == "vehicle" and incident.cameras[0] == camera and incident.stands
    ]
    follows = now.tracks.items()
    return stood + [f.box for key, f in follows if key[0] == camera and f.kind == "vehicle"]
