"""A bridge that vanished with all that is behind it is told to the owners, and so is its return."""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import TypeAdapter

from devices.bridges import Bridge
from devices.house import House
from dobby.delivery.notify import Notifier
from dobby.language.words import Message, Several, Words, message
from dobby.people.registry import People
from dobby.people.speech import Spoken
from memory.errors import StoreError
from memory.store import Store

log = logging.getLogger(__name__)

LOOK_S = 20.0
GONE_S = 300.0  # without a word of any of its devices: no restart of a router takes as long
STEADY_S = 60.0  # back for so long: back
AGAIN_S = 3600.0  # between one absence of a bridge that is told and the next
MOST_NAMES = 5
NOTE = "absent"  # the bridges that the owners were told are gone, and since when
_TOLD = TypeAdapter(dict[str, str])


@dataclass(frozen=True)
class _Spell:
    """How long a bridge has been gone, or here."""

    gone: bool
    since: float  # on the monotonic clock
    at: str  # the same in UTC


class Absences:
    """Told once each: that a bridge is gone, and that it is back, however often it comes and goes.

    A bridge is what two devices or more are behind; that a single one is switched off is no news.
    """

    def __init__(
        self, house: House, store: Store, people: People, notifier: Notifier, words: Spoken
    ) -> None:
        """``words``: how a person is spoken to."""
        self._house = house
        self._store = store
        self._people = people
        self._notifier = notifier
        self._words = words
        self._spells: dict[str, _Spell] = {}
        self._told: dict[str, str] | None = None  # bridge -> since when, as the owners were told
        self._quiet_until: dict[str, float] = {}

    async def run(self) -> None:
        """For ever. What fails is tried again."""
        while True:
            try:
                await self.check(time.monotonic())
            except StoreError as error:
                log.warning("who is absent could not be told: %s", error)
            await asyncio.sleep(LOOK_S)

    async def check(self, now: float) -> None:
        """Tell the owners what has changed by ``now``, in seconds. Raises StoreError."""
        if self._told is None:
            self._told = await self._store.noted(NOTE, _TOLD.validate_json, {})
        bridges = {id_: b for id_, b in self._house.bridges.items() if len(_behind(b)) > 1}
        self._spells = {id_: self._spell(id_, bridge, now) for id_, bridge in bridges.items()}
        for forgotten in self._told.keys() - bridges.keys():
            del self._told[forgotten]
        for id_, spell in self._spells.items():
            told = self._told.get(id_)
            lasted = now - spell.since
            if spell.gone and told is None and lasted >= GONE_S:
                if now >= self._quiet_until.get(id_, now):
                    await self._tell(f"gone:{id_}:{spell.at}", _gone(bridges[id_]))
                    await self._keep({**self._told, id_: spell.at})
                    self._quiet_until[id_] = now + AGAIN_S
            elif not spell.gone and told is not None and lasted >= STEADY_S:
                await self._tell(f"back:{id_}:{told}", self._back(bridges[id_]))
                await self._keep({k: at for k, at in self._told.items() if k != id_})

    def _spell(self, id_: str, bridge: Bridge, now: float) -> _Spell:
        gone = self._house.away.issuperset(_behind(bridge))
        before = self._spells.get(id_)
        if before is not None and before.gone == gone:
            return before
        return _Spell(gone, now, datetime.now(UTC).isoformat())

    async def _tell(self, key: str, told: Message) -> None:
        log.warning("%s", Words().put(told))
        for owner in await self._people.owners():
            text = (await self._words(owner.id)).put(told)
            await self._notifier.alert(owner.id, text, (), f"{key}:{owner.id}")

    async def _keep(self, told: dict[str, str]) -> None:
        await self._store.set_note(NOTE, _TOLD.dump_json(told).decode() if told else None)
        self._told = told

    def _back(self, bridge: Bridge) -> Message:
        behind = _behind(bridge)
        silent = [name for id_, name in behind.items() if id_ in self._house.away]
        if silent:
            return message("bridge-back-without", bridge=bridge.name, names=_some(silent))
        return message("bridge-back", bridge=bridge.name, count=len(behind))


def _behind(bridge: Bridge) -> dict[str, str]:
    """Its devices, by id, with what they are called; a scene is none."""
    return {device.id: device.name for device in bridge.devices if device.kind != "scene"}


def _gone(bridge: Bridge) -> Message:
    behind = list(_behind(bridge).values())
    return message(
        "bridge-gone",
        bridge=bridge.name,
        count=len(behind),
        names=_some(behind),
        minutes=round(GONE_S / 60),
    )


def _some(called: list[str]) -> Several:
    more = len(called) - MOST_NAMES
    if more <= 0:
        return Several(tuple(called))
    return Several((*called[:MOST_NAMES], message("some-more", n=more)))
