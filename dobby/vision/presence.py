"""Whether somebody is at home: by their own word, else by the burglar alarm, else nobody knows."""

from __future__ import annotations

import json

from devices.capabilities import Alarm
from devices.house import House
from memory.store import Store

NOTE = "presence"  # person -> whether at home, as they said


class Presence:
    def __init__(self, house: House, store: Store) -> None:
        self._house = house
        self._store = store
        self._said: dict[str, bool] = {}

    async def load(self) -> None:
        """Raises StoreError."""
        self._said = json.loads(await self._store.note(NOTE) or "{}")

    async def say(self, person: str, home: bool | None) -> None:
        """What that person says of it; None: as the alarm has it again. Raises StoreError."""
        said = {other: was for other, was in self._said.items() if other != person}
        if home is not None:
            said[person] = home
        await self._store.set_note(NOTE, json.dumps(said))
        self._said = said

    def is_home(self, person: str) -> bool | None:
        if person in self._said:
            return self._said[person]
        for device in self._house.devices.values():
            alarm = self._house.state(device.id).get("alarm")
            if isinstance(alarm, Alarm) and alarm.mode != "disarmed":
                return alarm.mode != "away"
        return None
