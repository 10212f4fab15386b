"""Whether there are eyes at all: told once when there are none, or when they see nothing."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Literal

from dobby.delivery.notify import Notifier
from dobby.language.words import Message, Words, message
from dobby.people.registry import People
from dobby.vision.reports import Sight
from memory.store import Store

log = logging.getLogger(__name__)

MISSING = timedelta(seconds=90)  # without a word of them, while there is something to watch
STEADY = timedelta(seconds=60)  # well for so long: well again
AGAIN = timedelta(hours=1)  # between one ailment that is told and the next
NOTE = "eyes"  # what the owners were told of them last, and when

NOT_RUNNING = message("eyes-missing")

Ailment = Literal["", "missing", "blind"]


class Health:
    """Told once each: what ails the eyes, and that they are well again; at most one ailment an
    hour, however often they come and go."""

    def __init__(
        self,
        store: Store,
        people: People,
        notifier: Notifier,
        words: Callable[[str], Awaitable[Words]],
        missing: Message,
        now: datetime,
    ) -> None:
        """``words``: how a person is spoken to; ``missing``: what to say when there are none."""
        self._store = store
        self._missing = missing
        self._people = people
        self._notifier = notifier
        self._words = words
        self._since = now
        self._heard: datetime | None = None
        self._well: datetime | None = None  # since when nothing ails them
        self._ailing: Ailment = ""  # as the owners were told
        self._told = datetime.min.replace(tzinfo=UTC)  # when that was
        self._blind: dict[str, str] = {}  # camera -> why, in the owner's words

    async def load(self) -> None:
        """Raises StoreError."""
        self._ailing, self._told = await self._store.noted(NOTE, _read, ("", self._told))

    def hear(self, now: datetime) -> None:
        """The eyes are there: they asked for the plan, or told something."""
        self._heard = now

    def see(self, sight: Sight) -> None:
        if sight.state == "blind":
            self._blind[sight.camera] = sight.why
        else:
            self._blind.pop(sight.camera, None)

    def are_there(self, now: datetime) -> bool:
        return now - (self._heard or self._since) <= MISSING

    async def check(self, now: datetime, watching: bool) -> None:
        """Tell the owners if that has changed. Raises StoreError."""
        self._date_anew(now)
        if not watching:  # nobody is missed where there is nothing to see
            self._since, self._heard, self._well = now, None, None
            self._blind.clear()
            return
        ails = self._ails(now)
        if ails or self._heard is None:
            self._well = None
        elif self._well is None:
            self._well = now
        if ails and ails != self._ailing and now - self._told >= AGAIN:
            await self._tell(ails, now)
        elif self._ailing and self._well is not None and now - self._well >= STEADY:
            await self._tell("", self._told)

    def _date_anew(self, now: datetime) -> None:
        """After the clock was put back: what was then is now."""
        self._since, self._told = min(self._since, now), min(self._told, now)
        self._heard = self._heard and min(self._heard, now)
        self._well = self._well and min(self._well, now)

    def _ails(self, now: datetime) -> Ailment:
        if not self.are_there(now):
            return "missing"
        return "blind" if self._blind else ""

    async def _tell(self, ails: Ailment, told: datetime) -> None:
        told_now = self._message(ails)
        log.warning("%s", Words().put(told_now))
        for owner in await self._people.owners():
            key = f"eyes:{ails or 'well'}:{told.isoformat()}:{owner.id}"
            text = (await self._words(owner.id)).put(told_now)
            await self._notifier.alert(owner.id, text, (), key)
        await self._store.set_note(NOTE, f"{ails} {told.isoformat()}")
        self._ailing, self._told = ails, told

    def _message(self, ails: Ailment) -> Message:
        match ails:
            case "missing":
                return self._missing
            case "blind":
                why = next(iter(self._blind.values()), "")
                return message("eyes-blind", why=why or message("no-detector"))
            case "":
                return message("eyes-well")


def _read(note: str) -> tuple[Ailment, datetime]:
    """Raises ValueError."""
    ailing, _, told = note.partition(" ")
    at = datetime.fromisoformat(told)
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return ("missing" if ailing == "missing" else "blind" if ailing else ""), at
