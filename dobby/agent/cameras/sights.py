"""Cameras as the tools know them: which are meant, what they are called, what is in view."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from devices.device import Device
from devices.house import House
from dobby.agent.phrases import names
from dobby.agent.tool import CallError
from dobby.vision.alerts import alert
from dobby.vision.records import Incident
from dobby.vision.reports import Scene, Track
from dobby.vision.watch import Watch
from dobby.vision.wording import DARK, counted, the

_CAMERA = re.compile(r"\bcam(?:era)?\b", re.I)


class Sights:
    """The cameras of the house, beside what the watch knows of each."""

    def __init__(self, house: House, watch: Watch) -> None:
        self._house = house
        self._watch = watch

    def all(self) -> list[str]:
        return [d.id for d in self._house.devices.values() if is_camera(d)]

    def meant(self, devices: Sequence[str]) -> list[str]:
        """Those of these devices that are cameras; all for none. Raises CallError."""
        known = self._house.devices
        found = [d for d in devices or known if d in known and is_camera(known[d])]
        if not found:
            raise CallError("That is no camera." if devices else "I know no camera yet.")
        return found

    def place(self, camera: str) -> str:
        """Where it looks; where nobody said, what its name or its room tells of that."""
        device = self._house.devices.get(camera)
        if place := self._watch.settings_of(camera).looks_at:
            return place
        if device is None:
            return ""
        return _small(_CAMERA.sub("", device.name).strip() or device.room or device.name)

    def called(self, camera: str) -> str:
        """The camera itself: "the front door camera"."""
        return f"{the(self.place(camera))} camera"

    def places(self) -> dict[str, str]:
        return {camera: self.place(camera) for camera in self.all()}

    def alert(self, incident: Incident, now: datetime, parts: Sequence[Incident] = ()) -> str:
        """An incident as it is told, with what belongs to it."""
        return alert(incident, parts, self.places(), now, self._watch.zone)

    def is_private(self, camera: str, now: datetime) -> bool:
        return self._watch.is_private(camera, now)

    def state(self, camera: str, now: datetime) -> str:
        """In a few words: "nothing in view", "dark, it does not answer", "private"."""
        if self._watch.is_private(camera, now):
            return "private"
        if not self._watch.settings_of(camera).watched:
            return "it does not answer" if camera in self._house.away else "not watched"
        sight = self._watch.sight(camera)
        if sight and sight.state in DARK:
            return f"{'blind' if sight.state == 'blind' else 'dark'}, {DARK[sight.state]}"
        scene = self._watch.scene(camera)
        if scene is None:
            return "not seen yet"
        return f"{in_view(moving(scene)) or 'nothing'} in view"


def _small(name: str) -> str:
    """ "Drive" as "drive", but not "IPC-204", nor "Anna's room"."""
    first = name.split(" ")[0]
    plain = first[1:].islower() and "'" not in first and "’" not in first
    return name[:1].lower() + name[1:] if plain else name


def is_camera(device: Device) -> bool:
    return device.ability("snapshot") is not None


def moving(scene: Scene, thing: str = "") -> list[Track]:
    """What is in view and was not always there; only of this kind or label, if one is given.

    A vehicle that is asked for counts also where it has long been parked.
    """
    return [
        track
        for track in scene.tracks
        if thing in ("", track.kind, track.label)
        and (not track.parked or (thing and track.kind == "vehicle"))
    ]


def in_view(tracks: Sequence[Track]) -> str:
    """ "One person and two cars"; empty for none."""
    counts = Counter(track.label for track in tracks)
    return names([counted(count, label) for label, count in counts.items()])
