"""The HomeKit family: its pairings, and which session answers for which device."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from types import TracebackType
from typing import ClassVar, Self, cast
from weakref import WeakValueDictionary

from aiohomekit.characteristic_cache import CharacteristicCacheMemory
from aiohomekit.controller.ip.controller import IpController
from aiohomekit.zeroconf import HAP_TYPE_TCP
from zeroconf.asyncio import AsyncZeroconf

from devices.capabilities import Capability, State
from devices.device import (
    Announcement,
    Device,
    DeviceError,
    NeedsPairing,
    UnknownDevice,
    Unreachable,
)
from devices.driver import Hub
from devices.drivers.homekit.session import Session
from devices.drivers.homekit.setup import hap_id, pair_setup, spoken_name, wants_pin
from devices.drivers.homekit.words import NONSENSE, Forgotten, plainly

log = logging.getLogger(__name__)

PULSE_S = 15.0
UNPAIR_S = 10.0


class HomeKit:
    """Driver of HomeKit accessories and bridges on the LAN.

    Device ids are ``homekit:<hap id>/<accessory id>``, and ``.../<instance id>`` where one
    accessory has several devices. Where accessories are is what announcements say: aiohomekit's
    own browsing is not used, so one browser serves all drivers.
    """

    family: ClassVar[str] = "homekit"
    services: ClassVar[frozenset[str]] = frozenset({HAP_TYPE_TCP})

    def __init__(self, hub: Hub, *, pulse_s: float = PULSE_S) -> None:
        self._hub = hub
        self._pulse_s = pulse_s
        self._sessions: dict[str, Session] = {}
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._controller: IpController | None = None

    async def __aenter__(self) -> Self:
        # Never started, hence it needs no zeroconf: it only holds what pairings ask of it.
        self._controller = IpController(
            CharacteristicCacheMemory(), cast(AsyncZeroconf, self._hub.zeroconf)
        )
        for key in await self._hub.vault.keys(f"{self.family}:"):
            try:
                await self._restore(key.partition(":")[2])
            except DeviceError as error:  # told again when it is heard
                log.warning("%s cannot be restored: %s", key, error)
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        async with contextlib.AsyncExitStack() as stack:
            while self._sessions:
                stack.push_async_callback(self._sessions.popitem()[1].close)
        self._controller = None

    def recognises(self, heard: Announcement) -> bool:
        return hap_id(heard) is not None

    async def identify(self, heard: Announcement) -> Sequence[Device]:
        identity = self._identity(heard)
        async with self._turn(identity):
            return await self._meet(identity, heard)

    async def pair(self, heard: Announcement, pin: str | None) -> Sequence[Device]:
        identity = self._identity(heard)
        async with self._turn(identity):  # it announces that it is paired before we have said so
            known = self._sessions.get(identity)
            if pin is not None and (known is None or not known.link.up):
                record = await pair_setup(self._open_controller, heard, identity, pin)
                await self._hub.vault.save(f"{self.family}:{identity}", record)
                if stale := self._sessions.pop(identity, None):
                    await stale.close()
                self._begin(identity, record)
            return await self._meet(identity, heard)

    async def forget(self, heard: Announcement) -> str:
        identity, left = self._identity(heard), ""
        async with self._turn(identity):
            if session := self._sessions.get(identity) or await self._restore(identity):
                session.name = spoken_name(heard)
                left = await _give_back(session)
                del self._sessions[identity]
                await session.close()
            await self._hub.vault.drop(f"{self.family}:{identity}")
        return left

    async def read(self, device: str) -> State:
        return await self._session(device).read(device)

    async def apply(self, device: str, command: Capability) -> None:
        await self._session(device).apply(device, command)

    # Pairings ------------------------------------------------------------------------------

    @property
    def _open_controller(self) -> IpController:
        if self._controller is None:
            raise RuntimeError("the HomeKit driver is not open")
        return self._controller

    def _identity(self, heard: Announcement) -> str:
        identity = hap_id(heard)
        if identity is None:
            raise Unreachable(f"{spoken_name(heard)} is no HomeKit accessory.")
        return identity

    def _session(self, device: str) -> Session:
        session = self._sessions.get(_identity_of(device))
        if session is None:
            raise UnknownDevice(f"I know no HomeKit device {device!r}.")
        return session

    def _turn(self, identity: str) -> asyncio.Lock:
        """One at a time with each accessory."""
        return self._turns.setdefault(identity, asyncio.Lock())

    async def _meet(self, identity: str, heard: Announcement) -> Sequence[Device]:
        session = self._sessions.get(identity) or await self._restore(identity)
        if session is None:
            raise wants_pin(heard)
        session.name = spoken_name(heard)
        await self._moved(identity, session, heard)
        try:
            return await session.open()
        except Forgotten as error:
            raise NeedsPairing("pin", f"{error} {wants_pin(heard)}") from error

    async def _restore(self, identity: str) -> Session | None:
        record = await self._hub.vault.load(f"{self.family}:{identity}")
        if record is None:
            return None
        try:
            return self._begin(identity, record)
        except NONSENSE as error:
            log.warning("The keys of HomeKit accessory %s are unusable: %r", identity, error)
            return None

    def _begin(self, identity: str, record: dict[str, object]) -> Session:
        session = Session(identity, self._open_controller, record, self._hub.publish, self._pulse_s)
        self._sessions[identity] = session
        session.link.hurry()
        return session

    async def _moved(self, identity: str, session: Session, heard: Announcement) -> None:
        """Where it is now; kept with its keys, so that a restart finds it unannounced."""
        if await session.moved(heard.host, heard.port):
            await self._hub.vault.save(f"{self.family}:{identity}", session.link.record)
        session.link.hurry()


async def _give_back(session: Session) -> str:
    """Tell an accessory that it is ours no more; what is left to do where it does not hear it."""
    try:
        async with plainly(session.name, UNPAIR_S):
            await session.link.remove_pairing(str(session.link.record["iOSPairingId"]))
    except Forgotten:
        return ""
    except DeviceError as error:
        return f"{error} It may still take itself for paired: reset it before it is paired again."
    return ""


def _identity_of(device: str) -> str:
    """``homekit:aa:bb:cc:dd:ee:ff/2`` is behind ``aa:bb:cc:dd:ee:ff``."""
    return device.partition(":")[2].partition("/")[0]
