"""The one question about a new camera, asked of every owner, once: where does it look?

One camera at a time, so that an answer is about the one that was asked about.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timedelta

from devices.device import Device, DeviceError, clean_name
from devices.house import House
from dobby.delivery.notify import Notifier
from dobby.language.words import Message, Words, message
from dobby.people.registry import People
from dobby.vision.cameras import Cameras
from dobby.vision.pictures import REFERENCE, PictureError, Pictures

log = logging.getLogger(__name__)

LIVES = timedelta(days=7)  # a question nobody answered does not stand before the next for ever
LOOK_S = 10.0


class Asking:
    def __init__(
        self,
        house: House,
        cameras: Cameras,
        pictures: Pictures,
        notifier: Notifier,
        people: People,
        words: Callable[[str], Awaitable[Words]],
        clock: Callable[[], datetime],
    ) -> None:
        self._house = house
        self._cameras = cameras
        self._pictures = pictures
        self._notifier = notifier
        self._people = people
        self._words = words
        self._clock = clock

    def waiting(self) -> str:
        """The camera that owners were asked about and did not answer yet; empty for none."""
        since = self._clock() - LIVES
        waiting = (
            settings.camera
            for settings in self._cameras.known.values()
            if settings.asked is not None
            and settings.asked > since
            and not (settings.looks_at or settings.watched)
            and settings.camera in self._house.devices
        )
        return next(waiting, "")

    async def ask(self) -> None:
        """Ask about the next camera, if none is being asked about. Raises StoreError."""
        camera = next(self._unasked(), None)
        if camera is None or self.waiting():
            return
        media = await self._picture(camera)
        owners = await self._people.owners()
        for owner in owners:
            key = f"camera:{camera.id}:{owner.id}"
            text = (await self._words(owner.id)).put(question(camera))
            await self._notifier.alert(owner.id, text, media, key)
        if owners:  # kept last: after a kill in between, the keys keep it from being asked twice
            await self._cameras.change(camera.id, asked=self._clock())

    def _unasked(self) -> Iterator[Device]:
        for device in self._house.devices.values():
            settings = self._cameras.of(device.id)
            known = settings.asked or settings.looks_at or settings.watched
            if device.kind == "camera" and device.ability("snapshot") and not known:
                yield device

    async def _picture(self, camera: Device) -> tuple[str, ...]:
        """What it sees, if that is to be had soon: it is easier to say where it looks."""
        if self._cameras.is_private(camera.id, self._clock()):
            return ()
        try:
            async with asyncio.timeout(LOOK_S):
                jpeg = await self._house.picture(camera.id)
            return (REFERENCE + await self._pictures.keep(jpeg, camera.id, self._clock()),)
        except (DeviceError, PictureError, TimeoutError) as error:
            log.info("there is no picture of a new camera to show: %s", error)
            return ()


def question(camera: Device) -> Message:
    what = clean_name(" ".join(part for part in (camera.maker, camera.model) if part))
    return message("camera-found-as", what=what) if what else message("camera-found")
