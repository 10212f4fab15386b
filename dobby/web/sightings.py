"""The cameras and what they saw, as the page shows them: plain JSON, words and signed addresses."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from devices.device import DeviceError, clean_name
from devices.house import House
from dobby.agent.cameras.sights import Sights
from dobby.channels.local import PAGE
from dobby.people.registry import People
from dobby.vision.alerts import alert
from dobby.vision.explaining import explain
from dobby.vision.pictures import Pictures
from dobby.vision.records import Incident
from dobby.vision.reports import Live
from dobby.vision.watch import Watch
from dobby.vision.wording import the

PICTURES = 4  # of one incident, in the time line


class Sightings:
    """What the page asks of the watch, for whoever is logged in there."""

    def __init__(self, house: House, watch: Watch, pictures: Pictures, people: People) -> None:
        self._house = house
        self._watch = watch
        self._sights = Sights(house, watch)
        self._pictures = pictures
        self._people = people

    def cameras(self) -> list[str]:
        return self._sights.all()

    def camera(self, camera: str) -> dict[str, Any]:
        """A camera: the owner's word on it, and what it sees in a few words."""
        settings, sight = self._watch.settings_of(camera), self._watch.sight(camera)
        private = self._watch.is_private(camera, self._watch.now())
        return {
            "id": camera,
            "name": self._house.devices[camera].name,
            "looks_at": settings.looks_at,
            "watched": settings.watched,
            "private": settings.private,
            "record": settings.record,
            "describe": settings.describe,
            "zones": [zone.model_dump() for zone in settings.zones],
            "state": sight.state if sight and settings.watched and not private else "seeing",
            "says": self._sights.state(camera, self._watch.now(), self._watch.words),
        }

    def problem(self) -> str:
        """What keeps all cameras from being watched; empty for nothing."""
        problem = self._watch.problem
        return self._watch.words.put(problem) if problem else ""

    def is_private(self, camera: str) -> bool:
        return self._watch.is_private(camera, self._watch.now())

    def is_watched(self, camera: str) -> bool:
        return self._watch.settings_of(camera).watched

    def live(self, camera: str) -> Live | None:
        """The newest frame of now, if there is one; asking makes eyes send more."""
        self._watch.look(camera)
        return self._watch.frame(camera)

    async def change(self, camera: str, **changes: Any) -> None:
        """Raises ValueError in the owner's words, StoreError."""
        if "looks_at" in changes:
            changes["looks_at"] = clean_name(changes["looks_at"], 40)
        if changes.get("watched") and not {**self.camera(camera), **changes}["looks_at"]:
            raise ValueError(self._watch.words.say("where-looks-first"))
        if changes.get("private") is False:
            changes["private_hours"] = ()  # or it would be private again by the hour
        try:
            await self._watch.change(camera, **changes)
        except ValidationError as error:
            raise ValueError(self._watch.words.say("no-such-setting")) from error

    async def add(self, url: str, secret: str | None, name: str) -> str:
        """Add a camera by its address, and watch it where it is told to look. Raises DeviceError,
        StoreError."""
        say = self._watch.words.say
        devices = await self._house.add(url, secret, name)
        if not devices:
            raise DeviceError(say("no-camera-at-address"))
        if name:
            await self.change(devices[0].id, looks_at=name, watched=True)
            return say("place-watched", place=the(name, self._watch.words))
        return say("camera-unplaced", name=devices[0].name)

    async def incidents(self, before: datetime, limit: int) -> list[dict[str, Any]]:
        """The newest first. Raises StoreError."""
        found = await self._watch.incidents(until=before, limit=limit)
        return [await self.incident(one) for one in reversed(found)]

    def news(self) -> AbstractAsyncContextManager[asyncio.Queue[Incident]]:
        """Incidents as they change."""
        return self._watch.news()

    async def incident(self, incident: Incident) -> dict[str, Any]:
        """Raises StoreError."""
        now, zone = self._watch.now(), self._watch.zone
        owner = await self._people.identify("web", PAGE)
        person = owner.id if owner else ""
        names = {c: self._watch.settings_of(c).looks_at for c in incident.cameras}
        telling = incident.telling(person)
        rules = {own.id: own for own in await self._watch.rules()}
        rule = rules.get(telling.rule) if telling and telling.rule else None
        shown = dict.fromkeys([incident.picture, *(m.picture for m in incident.moments)])
        return {
            "id": incident.id,
            "kind": incident.kind,
            "says": alert(incident, (), names, now, zone, self._watch.words),
            "why": explain(incident, person, rule, now, zone, self._watch.words),
            "told": bool(telling and telling.told),
            "started": incident.started.isoformat(),
            "ended": incident.ended.isoformat() if incident.ended else None,
            "pictures": [self._pictures.sign(one) for one in shown if one][:PICTURES],
        }
