"""Cameras as the tools know them: which are meant, what they are called, what is in view."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from devices.device import Device
from devices.house import House
from dobby.agent.tool import CallError
from dobby.language.words import ENGLISH, Words, message
from dobby.vision.alerts import alert
from dobby.vision.records import Incident
from dobby.vision.reports import Scene, Track
from dobby.vision.watch import Watch
from dobby.vision.wording import UNSEEING, camera_of, counted


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
            raise CallError(message("not-a-camera" if devices else "no-camera-yet"))
        return found

    def place(self, camera: str) -> str:
        """Where it looks; where nobody said, what its name or its room tells of that."""
        device = self._house.devices.get(camera)
        if place := self._watch.settings_of(camera).looks_at:
            return place
        if device is None:
            return ""
        named = _without_kind(device.name, self._watch.words)
        return _small(named or device.room or device.name)

    def called(self, camera: str, words: Words) -> str:
        """The camera itself: "the front door camera"."""
        return camera_of(self.place(camera), words)

    def places(self) -> dict[str, str]:
        return {camera: self.place(camera) for camera in self.all()}

    def alert(
        self, incident: Incident, now: datetime, words: Words, parts: Sequence[Incident] = ()
    ) -> str:
        """An incident as it is told, with what belongs to it."""
        return alert(incident, parts, self.places(), now, self._watch.zone, words)

    def is_private(self, camera: str, now: datetime) -> bool:
        return self._watch.is_private(camera, now)

    def state(self, camera: str, now: datetime, words: Words) -> str:
        """In a few words: "nothing in view", "dark, it does not answer", "private"."""
        scene = self._watch.scene(camera)
        if (state := self._state(camera, now)) == "seeing" and scene is not None:
            if there := moving(scene):
                return words.say("in-view", things=in_view(there, words))
            state = "nothing"
        return words.say("sight-state", state="unseen" if state == "seeing" else state)

    def _state(self, camera: str, now: datetime) -> str:
        """What keeps it from being seen; "seeing" for nothing that is known."""
        if self._watch.is_private(camera, now):
            return "private"
        if not self._watch.settings_of(camera).watched:
            return "silent" if camera in self._house.away else "unwatched"
        sight = self._watch.sight(camera)
        return sight.state if sight and sight.state in UNSEEING else "seeing"


def _without_kind(name: str, words: Words) -> str:
    """A camera's name without the word for what it is."""
    kinds = {Words(language).say("kind", kind="camera") for language in (ENGLISH, words.language)}
    told = "|".join(re.escape(kind) for kind in [*kinds, "cam"])
    return " ".join(re.sub(rf"\b(?:{told})\b", "", name, flags=re.I).split())


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


def in_view(tracks: Sequence[Track], words: Words) -> str:
    """ "One person and two cars"; empty for none."""
    counts = Counter(track.label for track in tracks)
    return words.names([counted(count, label, words) for label, count in counts.items()])
