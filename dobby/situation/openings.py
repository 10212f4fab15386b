"""Doors, gates, garages and windows, as their contacts and motors tell of them."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import AwareDatetime, TypeAdapter

from devices.capabilities import Capability, Position, Reading
from devices.device import Device
from devices.house import House
from memory.errors import StoreError
from memory.store import Store

log = logging.getLogger(__name__)

NOTE = "openings"  # what is open, and since when
OPENING = ("garage", "gate", "window", "door")
_SINCE = TypeAdapter(dict[str, AwareDatetime])
_SENSOR = re.compile(r"\s+(?:contact\s+)?(?:sensor|contact|switch)$", re.I)


@dataclass(frozen=True)
class Opening:
    """What a contact says of a door, gate, garage or window."""

    device: str
    name: str  # "front door"
    kind: str
    open: bool
    at: datetime


def opening(device: Device, state: Mapping[str, Capability], at: datetime) -> Opening | None:
    """What a device says of being open; None if it is nothing that opens, or does not say."""
    name = _SENSOR.sub("", device.name)
    kind = device.kind if device.kind in OPENING else _named(name)
    reading, position = state.get("reading"), state.get("position")
    if isinstance(reading, Reading) and reading.contact is not None:
        return Opening(device.id, _said(name), kind or "door", reading.contact, at)
    if device.kind in OPENING and isinstance(position, Position):
        return Opening(device.id, _said(name), device.kind, position.percent > 0, at)
    return None


class Contacts:
    """What is open in the house, and since when: through restarts."""

    def __init__(self, house: House, store: Store, clock: Callable[[], datetime]) -> None:
        self._house = house
        self._store = store
        self._clock = clock
        self._since: dict[str, datetime] = {}

    async def load(self) -> None:
        """Raises StoreError."""
        self._since = await self._store.noted(NOTE, _SINCE.validate_json, {})

    async def opening(self, device_id: str) -> Opening | None:
        """As a device is now, and since when if that is known from before; None if it is nothing
        that opens."""
        device = self._house.devices.get(device_id)
        state = self._house.state(device_id)
        told = opening(device, state, self._clock()) if device else None
        if told is None:
            return None
        if told.open == (device_id in self._since):
            since = self._since.get(device_id)
            return replace(told, at=since) if since else told
        if told.open:
            self._since[device_id] = told.at
        else:
            del self._since[device_id]
        try:
            await self._store.set_note(NOTE, _SINCE.dump_json(self._since).decode())
        except StoreError as error:
            log.warning("since when %s is open could not be kept: %s", told.name, error)
        return told


def _named(name: str) -> str:
    words = name.casefold()
    return next((kind for kind in OPENING if kind in words), "")


def _said(name: str) -> str:
    """ "Garage Door" as it is said in a sentence; names of people keep their capital."""
    return " ".join(w.lower() if w.lower() in _COMMON else w for w in name.split())


_COMMON = frozenset(
    {
        "the", "front", "back", "side", "rear", "main", "inner", "outer", "left", "right", "big",
        "small", "garage", "garden", "yard", "patio", "balcony", "terrace", "cellar", "basement",
        "kitchen", "hall", "living", "bath", "bed", "bedroom", "bathroom", "room", "attic", "roof",
        "shed", "pool", "drive", "driveway", "door", "gate", "window", "letterbox", "mailbox",
    }
)  # fmt: skip
