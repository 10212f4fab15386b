"""Who announced itself and is not yet a device of the house: identification and pairing."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

from devices.device import (
    Announcement,
    Device,
    DeviceError,
    NeedsPairing,
    Proof,
    UnknownDevice,
    Unreachable,
    clean_name,
)
from devices.driver import Driver
from devices.families import Families

log = logging.getLogger(__name__)

MAX_STRANGERS = 500  # then those go that no driver knows, and were heard longest ago
MAX_VISITS = 200  # identified at the same time; what is beyond it will announce itself again
VISIT_S = 60.0  # a driver that takes longer to identify hangs
PAIRING_GRACE_S = 5.0  # for pairings under way when the house closes
RETRY_S = (1.0, 3.0, 10.0, 30.0)


@dataclass(frozen=True)
class Stranger:
    """Something heard on the LAN that is not, or not yet, a device of this house."""

    heard: Announcement
    family: str | None  # the driver that answers to it; None: unknown
    needs: Proof | None = None
    message: str = ""

    @property
    def name(self) -> str:
        """What it calls itself; what it is called by others, where it does not."""
        own = self.heard.properties.get("name") if self.heard.source in ("wsd", "told") else None
        return clean_name(own or self.heard.name.partition(".")[0])


@dataclass
class _Visit:
    """An identification under way; ``heard`` is replaced when it announces itself elsewhere."""

    heard: Announcement
    moved: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None


class Doorstep:
    """Asks drivers who is there, again while nobody answers, and keeps those who must wait."""

    def __init__(
        self,
        families: Families,
        welcome: Callable[[Announcement, Sequence[Device], bool], Awaitable[None]],
        tell_stranger: Callable[[str], None],
    ) -> None:
        self.strangers: dict[str, Stranger] = {}
        self._families = families
        self._drivers = families.open
        self._welcome = welcome
        self._tell_stranger = tell_stranger
        self._visits: dict[str, _Visit] = {}
        self._pairings: set[asyncio.Task[Sequence[Device]]] = set()

    async def close(self) -> None:
        if self._pairings:
            await asyncio.wait(self._pairings, timeout=PAIRING_GRACE_S)
        visits = [visit.task for visit in self._visits.values() if visit.task is not None]
        tasks: list[asyncio.Task[Any]] = [*visits, *self._pairings]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def hear(self, heard: Announcement) -> None:
        """Returns at once; identification goes on by itself."""
        key = f"{heard.service}/{heard.name}"
        driver = self.driver_for(heard)
        asleep = [] if driver else self._families.sleeping(heard)
        if driver is None and not asleep:
            self._remember(key, Stranger(heard, None))
        elif visit := self._visits.get(key):
            if visit.heard != heard:
                visit.heard = heard
                visit.moved.set()
        elif len(self._visits) < MAX_VISITS:
            visit = self._visits[key] = _Visit(heard)
            met = self._receive(key, driver, visit) if driver else self._wake(key, asleep, visit)
            visit.task = asyncio.create_task(met, name=f"meet {key}")

    def driver_for(self, heard: Announcement) -> Driver | None:
        """The open driver whose family announces itself so."""
        return next((d for d in self._drivers.values() if _recognised(d, heard)), None)

    async def pair(self, key: str, pin: str | None = None) -> Sequence[Device]:
        """Pair with a stranger. Raises UnknownDevice, NeedsPairing, Refused, Unreachable.

        Goes on to its end though the caller give up: a device whose keys are lost must be reset.
        """
        stranger = self.strangers.get(key)
        if stranger is None or stranger.family is None:
            raise UnknownDevice("There is nothing here to pair with by that name.")
        driver = self._drivers[stranger.family]
        return await self._to_its_end(self._pair(key, stranger, driver, pin), f"pair {key}")

    async def introduce(
        self, heard: Announcement, family: str, met: Coroutine[None, None, Sequence[Device]]
    ) -> Sequence[Device]:
        """Let in what the owner tells of, once ``met``; what needs a password waits for it here.

        Raises what ``met`` does. Goes on to its end, as a pairing does.
        """
        key = f"{heard.service}/{heard.name}"
        return await self._to_its_end(self._introduce(key, heard, family, met), f"meet {key}")

    async def _introduce(
        self,
        key: str,
        heard: Announcement,
        family: str,
        met: Coroutine[None, None, Sequence[Device]],
    ) -> Sequence[Device]:
        try:
            devices = await met
        except NeedsPairing as need:
            self._remember(key, Stranger(heard, family, need.how, str(need)))
            raise
        await self._let_in(key, heard, devices)
        return devices

    async def _to_its_end(
        self, work: Coroutine[None, None, Sequence[Device]], name: str
    ) -> Sequence[Device]:
        task = asyncio.create_task(work, name=name)
        self._pairings.add(task)
        task.add_done_callback(self._pairings.discard)
        return await asyncio.shield(task)

    async def _pair(
        self, key: str, stranger: Stranger, driver: Driver, pin: str | None
    ) -> Sequence[Device]:
        devices = await driver.pair(stranger.heard, pin)
        await self._let_in(key, stranger.heard, devices, anew=True)
        for other in list(self.strangers.values()):  # one bridge may be heard in two ways
            if other.family == stranger.family:
                self.hear(other.heard)
        return devices

    async def _wake(self, key: str, asleep: Sequence[str], visit: _Visit) -> None:
        """The first of a family opens its driver, which is asked then."""
        try:
            await self._families.wake(asleep)
        finally:
            del self._visits[key]
        self.hear(visit.heard)

    async def _receive(self, key: str, driver: Driver, visit: _Visit) -> None:
        try:
            for delay in (*RETRY_S, 0.0):
                visit.moved.clear()
                if await self._meet(key, driver, visit.heard) and not visit.moved.is_set():
                    return
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(delay):
                        await visit.moved.wait()
            log.debug("%r does not answer at %s", key, visit.heard.host)
        except Exception:  # a driver's bug is not to end in silence
            log.exception("Identifying %r failed", key)
        finally:
            del self._visits[key]  # at once: who is heard from here on is a new visit

    async def _meet(self, key: str, driver: Driver, heard: Announcement) -> bool:
        """Ask once; False when it did not answer."""
        try:
            async with asyncio.timeout(VISIT_S):
                devices = await driver.identify(heard)
        except Unreachable:
            return False
        except TimeoutError:
            log.warning("%r keeps us waiting", key)
            return False
        except NeedsPairing as need:
            self._remember(key, Stranger(heard, driver.family, need.how, str(need)))
        except DeviceError as error:
            log.warning("%r cannot be used: %s", key, error)
            self._remember(key, Stranger(heard, driver.family, None, str(error)))
        else:
            await self._let_in(key, heard, devices)
        return True

    async def _let_in(
        self, key: str, heard: Announcement, devices: Sequence[Device], anew: bool = False
    ) -> None:
        self.strangers.pop(key, None)
        await self._welcome(heard, devices, anew)

    def _remember(self, key: str, stranger: Stranger) -> None:
        """The one heard last stands last; in a crowd, the first whom nobody knows has to go."""
        known = self.strangers.pop(key, None)
        if known is None and self._is_twin(stranger):
            return
        if len(self.strangers) >= MAX_STRANGERS:
            unknown = (k for k, other in self.strangers.items() if other.family is None)
            del self.strangers[next(unknown, next(iter(self.strangers)))]
        self.strangers[key] = stranger
        if stranger != known:
            self._tell_stranger(key)

    def _is_twin(self, new: Stranger) -> bool:
        """Whether it waits here already, heard in another way: one bridge, one question."""
        return new.needs is not None and any(
            old.heard.source != new.heard.source
            and (old.family, old.needs, old.heard.host) == (new.family, new.needs, new.heard.host)
            for old in self.strangers.values()
        )


def _recognised(driver: Driver, heard: Announcement) -> bool:
    try:
        return driver.recognises(heard)
    except Exception:  # what a stranger says must not break the house
        log.exception("%s stumbled over %r", driver.family, heard)
        return False
