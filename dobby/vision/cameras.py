"""The owner's word on each camera, and the plan for the eyes that follows from it.

A camera is in the plan while it is watched, not private, and its address is known. An address that
cannot be had is asked for again; meanwhile ``unseen`` tells it as eyes would tell a dark camera.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError

from devices.cameras import Sight as Address
from devices.device import DeviceError, NeedsPairing
from devices.house import House
from dobby.vision import reports
from dobby.vision.records import CameraSettings
from dobby.vision.reports import CameraPlan, Plan
from memory.store import Store

log = logging.getLogger(__name__)

ASK_S = 8.0  # a camera's driver for its addresses
RETRY = timedelta(seconds=30)
RENEW = timedelta(minutes=10)  # addresses change, where a network gives new ones
LOOKED_AT = timedelta(seconds=10)  # after the last look


class Cameras:
    """Settings of every camera, kept in the store, and the plan made of them."""

    def __init__(self, house: House, store: Store, clock: Callable[[], datetime]) -> None:
        self._house = house
        self._store = store
        self._clock = clock  # local: privacy has hours
        self._settings: dict[str, CameraSettings] = {}
        self._addresses: dict[str, Address] = {}
        self._asked: dict[str, datetime] = {}
        self._looked: dict[str, datetime] = {}
        self._run = secrets.token_hex(4)  # a restarted daemon has another plan
        self._plan = Plan(version=self._run)
        self._changed = asyncio.Event()
        self.closed = False
        self.unseen: dict[str, reports.Sight] = {}

    async def load(self) -> None:
        """Take back what was kept; a camera whose settings are lost is private until the owner
        says otherwise. Raises StoreError."""
        for device, data in (await self._store.cameras()).items():
            try:
                self._settings[device] = CameraSettings.model_validate({**data, "camera": device})
            except ValidationError:
                row = {"device": device, "data": data}
                await self._store.left_out("cameras", row, "unreadable: data")
        for lost in await self._store.apart("cameras"):
            if lost.get("device") not in self._settings:
                private = CameraSettings(camera=str(lost.get("device")), private=True)
                self._settings[private.camera] = private

    @property
    def known(self) -> Mapping[str, CameraSettings]:
        return self._settings

    def of(self, camera: str) -> CameraSettings:
        return self._settings.get(camera) or CameraSettings(camera=camera)

    async def change(self, camera: str, **changes: Any) -> CameraSettings:
        """Change and keep it. Raises ValidationError, StoreError."""
        fields = {**self.of(camera).model_dump(), **changes, "camera": camera}
        settings = CameraSettings.model_validate(fields)
        await self._store.save_camera(camera, settings.model_dump(mode="json"))
        self._settings[camera] = settings
        self.replan()
        return settings

    def is_private(self, camera: str, now: datetime) -> bool:
        """By the owner's switch, or by the hour; ``now`` is local."""
        settings = self._settings.get(camera)
        if settings is None:
            return False
        return settings.private or any(hours.holds(now) for hours in settings.private_hours)

    def is_watched(self, camera: str, now: datetime) -> bool:
        return self.of(camera).watched and not self.is_private(camera, now)

    def look(self, camera: str) -> None:
        """Somebody looks at it now: live frames for a while."""
        self._looked[camera] = self._clock()
        self.replan()

    # The plan ------------------------------------------------------------------------------

    @property
    def plan(self) -> Plan:
        return self._plan

    async def plan_after(self, known: str, wait_s: float) -> Plan:
        """The plan, as soon as it is another than the known one; or after ``wait_s``."""
        try:
            async with asyncio.timeout(wait_s):
                while self._plan.version == known and not self.closed:
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            pass
        return self._plan

    def close(self) -> None:
        """Let whoever waits for another plan go: there will be none."""
        self.closed = True
        self._changed.set()

    def forget_address(self, camera: str) -> None:
        """Something about the device changed: its address is asked for anew."""
        self._asked.pop(camera, None)

    async def find_addresses(self) -> None:
        """Ask for the addresses that are missing or old, and plan anew."""
        now = self._clock()
        wanted = [c for c in self._settings if self.is_watched(c, now) and self._is_due(c, now)]
        await asyncio.gather(*(self._find(camera, now) for camera in wanted))
        self.replan()

    def replan(self) -> None:
        """Make the plan of how things stand; whoever waits is told if it is another."""
        now = self._clock()
        cameras = tuple(
            self._planned(settings, self._addresses[camera], now)
            for camera, settings in sorted(self._settings.items())
            if self.is_watched(camera, now)
            and camera in self._addresses
            and camera in self._house.devices
        )
        if cameras == self._plan.cameras:
            return
        text = Plan(version=self._run, cameras=cameras).model_dump_json()
        version = f"{self._run}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
        self._plan = Plan(version=version, cameras=cameras)
        self._changed.set()

    def _planned(self, settings: CameraSettings, address: Address, now: datetime) -> CameraPlan:
        looked = self._looked.get(settings.camera)
        return CameraPlan(
            camera=settings.camera,
            name=settings.looks_at,
            stream=address.substream or address.stream,
            still=address.still or (address.stream if address.substream else ""),
            zones=settings.zones,
            live=looked is not None and abs(now - looked) < LOOKED_AT,
        )

    def _is_due(self, camera: str, now: datetime) -> bool:
        asked = self._asked.get(camera)
        return asked is None or abs(now - asked) > (RENEW if camera in self._addresses else RETRY)

    async def _find(self, camera: str, now: datetime) -> None:
        self._asked[camera] = now
        if camera not in self._house.devices:
            return  # not met again since the start
        try:
            async with asyncio.timeout(ASK_S):
                self._addresses[camera] = await self._house.sight(camera)
        except (DeviceError, TimeoutError) as error:
            if camera not in self._addresses:
                state = "refused" if isinstance(error, NeedsPairing) else "offline"
                self.unseen[camera] = reports.Sight(camera=camera, at=now, state=state)
        except Exception:  # one driver's own mistake is not the other cameras'
            log.exception("a camera could not be asked for its address")
        else:
            self.unseen.pop(camera, None)
