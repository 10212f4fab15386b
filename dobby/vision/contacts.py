"""Doors, gates, garages and windows, as their contacts and motors tell of them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from devices.capabilities import Capability, Position, Reading
from devices.device import Device
from dobby.vision.incidents import Opening
from memory.store import Store

NOTE = "openings"  # what is open, and since when
OPENING = ("garage", "gate", "window", "door")
_SENSOR = re.compile(r"\s+(?:contact\s+)?(?:sensor|contact|switch)$", re.I)


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


class OpenSince:
    """Since when things are open, through restarts."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._since: dict[str, str] = {}

    async def load(self) -> None:
        """Raises StoreError."""
        self._since = json.loads(await self._store.note(NOTE) or "{}")

    async def dated(self, told: Opening) -> Opening:
        """The opening, from when it was first known; keeps what is new. Raises StoreError."""
        if told.open == (told.device in self._since):
            since = self._since.get(told.device)
            return replace(told, at=datetime.fromisoformat(since)) if since else told
        if told.open:
            self._since[told.device] = told.at.isoformat()
        else:
            del self._since[told.device]
        await self._store.set_note(NOTE, json.dumps(self._since))
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
