"""Whether somebody is at home: by their own word, else by the burglar alarm, else nobody knows."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter

from devices.capabilities import Alarm
from devices.house import House
from memory.store import Store

NOTE = "presence"  # person -> what they said


class Word(BaseModel):
    """What somebody said of it last."""

    model_config = ConfigDict(frozen=True)
    home: bool
    since: AwareDatetime
    left: AwareDatetime | None = None  # when they had gone, of those who are back

    def next(self, home: bool, at: datetime) -> Word:
        """What holds once they say this; who says the same again is still there, or still out."""
        if home == self.home:
            return self
        return Word(home=home, since=at, left=self.since if home else None)


_WORDS = TypeAdapter(dict[str, Word])


class Presence:
    def __init__(self, house: House, store: Store) -> None:
        self._house = house
        self._store = store
        self._said: dict[str, Word] = {}

    async def load(self) -> None:
        """Raises StoreError."""
        self._said = await self._store.noted(NOTE, _WORDS.validate_json, {})

    async def say(self, person: str, home: bool | None, at: datetime | None = None) -> None:
        """What that person says of it; None: as the alarm has it again. Raises StoreError."""
        said = {other: word for other, word in self._said.items() if other != person}
        if home is not None:
            at = at or datetime.now(UTC)
            before = self._said.get(person)
            said[person] = before.next(home, at) if before else Word(home=home, since=at)
        await self._store.set_note(NOTE, _WORDS.dump_json(said).decode())
        self._said = said

    def is_home(self, person: str) -> bool | None:
        if person in self._said:
            return self._said[person].home
        for device in self._house.devices.values():
            alarm = self._house.state(device.id).get("alarm")
            if isinstance(alarm, Alarm) and alarm.mode != "disarmed":
                return alarm.mode != "away"
        return None

    def last_out(self, person: str) -> tuple[datetime, datetime | None] | None:
        """From when until when that person was out last, by their own word; None for who never
        said that they went. Who is still out has no end."""
        word = self._said.get(person)
        if word is None:
            return None
        if not word.home:
            return word.since, None
        return (word.left, word.since) if word.left else None
