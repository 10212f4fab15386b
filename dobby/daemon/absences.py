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
from dobby.agent.phrases import counted, names
from dobby.delivery.notify import Notifier
from dobby.people.registry import People
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

    def __init__(self, house: House, store: Store, people: People, notifier: Notifier) -> None:
        self._house = house
        self._store = store
        self._people = people
        self._notifier = notifier
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

    async def _tell(self, key: str, text: str) -> None:
        log.warning("%s", text)
        for owner in await self._people.owners():
            await self._notifier.alert(owner.id, text, (), f"{key}:{owner.id}")

    async def _keep(self, told: dict[str, str]) -> None:
        await self._store.set_note(NOTE, _TOLD.dump_json(told).decode() if told else None)
        self._told = told

    def _back(self, bridge: Bridge) -> str:
        behind = _behind(bridge)
        silent = [name for id_, name in behind.items() if id_ in self._house.away]
        but = f", but not yet {_some(silent)}" if silent else f", with {_all_of(behind)}"
        return f"{bridge.name} answers again{but}."


def _behind(bridge: Bridge) -> dict[str, str]:
    """Its devices, by id, with what they are called; a scene is none."""
    return {device.id: device.name for device in bridge.devices if device.kind != "scene"}


def _gone(bridge: Bridge) -> str:
    behind = _behind(bridge)
    return (
        f"{bridge.name} is gone: {_all_of(behind)} behind it ({_some(list(behind.values()))}) "
        f"have not answered for {counted(round(GONE_S / 60), 'minute')}. Has it power and network?"
    )


def _all_of(behind: dict[str, str]) -> str:
    return "both devices" if len(behind) == 2 else f"all {len(behind)} devices"


def _some(called: list[str]) -> str:
    more = len(called) - MOST_NAMES
    return names(called if more <= 0 else [*called[:MOST_NAMES], f"{more} more"])
