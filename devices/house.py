"""The house: which devices there are, where, how they are, and the one way to change them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType, TracebackType
from typing import Literal, Self

from zeroconf.asyncio import AsyncZeroconf

from devices.actuation import Actuator
from devices.capabilities import State
from devices.device import (
    Announcement,
    Command,
    Device,
    DeviceError,
    NeedsPairing,
    Receipt,
    Room,
    UnknownDevice,
    Unreachable,
    clean_name,
)
from devices.driver import Away, Driver, DriverEvent, Found, Update, Vault

log = logging.getLogger(__name__)

MAX_STRANGERS = 500
MAX_WAITING_EVENTS = 1000
RETRY_S = (1.0, 3.0, 10.0, 30.0)


@dataclass(frozen=True)
class Stranger:
    """Something heard on the LAN that is not, or not yet, a device of this house."""

    heard: Announcement
    family: str | None  # the driver that answers to it; None: unknown
    needs: Literal["button", "pin"] | None = None
    message: str = ""


@dataclass(frozen=True)
class HouseEvent:
    """What subscribers hear. ``resync`` means events were lost: look at the house anew."""

    what: Literal["found", "changed", "away", "stranger", "renamed", "resync"]
    device: str = ""
    state: Mapping[str, object] | None = None


class House:
    """Known devices, their rooms and live state. Drivers are opened and closed with it."""

    def __init__(
        self,
        drivers: Sequence[type[Driver]],
        vault: Vault,
        zeroconf: AsyncZeroconf | None = None,
    ) -> None:
        self.vault = vault
        self.zeroconf = zeroconf
        self.version = 0
        self.strangers: dict[str, Stranger] = {}
        self.sightings: dict[str, Announcement] = {}  # device id -> where it was heard last
        self._drivers: dict[str, Driver] = {d.family: d(self) for d in drivers}  # pyright: ignore[reportCallIssue]
        self._devices: dict[str, Device] = {}
        self._told: dict[str, Device] = {}  # as drivers tell them, before the owner's names
        self._names: dict[str, dict[str, str | tuple[str, ...]]] = {}
        self._rooms: dict[str, Room] = {}
        self._states: dict[str, State] = {}
        self._away: set[str] = set()
        self._listeners: set[asyncio.Queue[HouseEvent]] = set()
        self._identifying: dict[str, asyncio.Task[None]] = {}
        self._actuator = Actuator(self)
        self._stack = contextlib.AsyncExitStack()

    async def __aenter__(self) -> Self:
        for driver in self._drivers.values():
            await self._stack.enter_async_context(driver)
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        tasks = list(self._identifying.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._stack.aclose()

    # What there is -------------------------------------------------------------------------

    @property
    def devices(self) -> Mapping[str, Device]:
        return MappingProxyType(self._devices)

    @property
    def rooms(self) -> Mapping[str, Room]:
        return MappingProxyType(self._rooms)

    @property
    def away(self) -> frozenset[str]:
        return frozenset(self._away)

    def state(self, device: str) -> State:
        """The last known state, by capability kind; empty when nothing is known."""
        return self._states.get(device, {})

    def restore(
        self,
        devices: Iterable[Device],
        rooms: Iterable[Room],
        names: Mapping[str, Mapping[str, str | tuple[str, ...]]],
        sightings: Mapping[str, Announcement],
    ) -> None:
        """Take back what was known before a restart; all is away until it is heard again."""
        self._names.update({k: dict(v) for k, v in names.items()})
        self.sightings.update(sightings)
        for room in rooms:
            self._rooms[room.name] = room
        for device in devices:
            self._enter(device)
            self._away.add(device.id)
        for heard in {(a.service, a.name): a for a in sightings.values()}.values():
            self.hear(heard)

    def add_room(self, room: Room) -> None:
        self._rooms[room.name] = room
        self.version += 1

    def rename(self, device: str, **given: str | tuple[str, ...]) -> Device:
        """The owner's word on ``name``, ``room`` or ``aliases``; it wins over the device's own."""
        if device not in self._told:
            raise UnknownDevice(f"I know no device {device!r}.")
        self._names.setdefault(device, {}).update(given)
        self._enter(self._told[device])
        self._tell(HouseEvent("renamed", device))
        return self._devices[device]

    # What happens on the LAN ---------------------------------------------------------------

    def hear(self, heard: Announcement) -> None:
        """Something announced itself. Returns at once; identification goes on by itself."""
        key = f"{heard.service}/{heard.name}"
        driver = next((d for d in self._drivers.values() if d.recognises(heard)), None)
        if driver is None:
            self._remember_stranger(key, Stranger(heard, None))
            return
        running = self._identifying.get(key)
        if running is not None and not running.done():
            return
        task = asyncio.create_task(self._identify(key, driver, heard), name=f"identify {key}")
        self._identifying[key] = task

    async def _identify(self, key: str, driver: Driver, heard: Announcement) -> None:
        for delay in (*RETRY_S, None):
            try:
                devices = await driver.identify(heard)
            except NeedsPairing as need:
                self._remember_stranger(key, Stranger(heard, driver.family, need.how, str(need)))
                return
            except Unreachable as error:
                if delay is None:
                    log.info("%s does not answer: %s", key, error)
                    return
                await asyncio.sleep(delay)
            except DeviceError as error:
                log.warning("%s cannot be used: %s", key, error)
                self._remember_stranger(key, Stranger(heard, driver.family, None, str(error)))
                return
            else:
                self._welcome(key, heard, devices)
                return

    async def pair(self, key: str, pin: str | None = None) -> Sequence[Device]:
        """Pair with a stranger. Raises UnknownDevice, NeedsPairing, Refused, Unreachable."""
        stranger = self.strangers.get(key)
        if stranger is None or stranger.family is None:
            raise UnknownDevice("There is nothing here to pair with by that name.")
        devices = await self._drivers[stranger.family].pair(stranger.heard, pin)
        self._welcome(key, stranger.heard, devices)
        return devices

    def _welcome(self, key: str, heard: Announcement, devices: Sequence[Device]) -> None:
        self.strangers.pop(key, None)
        for device in devices:
            self.sightings[device.id] = heard
        self.publish(Found(tuple(devices)))

    def _remember_stranger(self, key: str, stranger: Stranger) -> None:
        if self.strangers.get(key) == stranger:
            return
        if len(self.strangers) < MAX_STRANGERS or key in self.strangers:
            self.strangers[key] = stranger
            self._tell(HouseEvent("stranger", key))

    def publish(self, event: DriverEvent) -> None:
        """The hub's side of drivers: what they found, lost, or heard change."""
        match event:
            case Found(devices):
                for device in devices:
                    self._enter(device)
                    self._away.discard(device.id)
                    self._tell(HouseEvent("found", device.id))
            case Away(devices):
                for device_id in devices:
                    if device_id in self._devices and device_id not in self._away:
                        self._away.add(device_id)
                        self._tell(HouseEvent("away", device_id))
            case Update(device, state):
                self.learn(device, state)

    def learn(self, device: str, news: State, whole: bool = False) -> None:
        """Take in what a device reported; ``whole`` when it is all there is, as after a read."""
        known = self._states.setdefault(device, {})
        changed = whole and bool(known.keys() - news.keys())
        if changed:
            self._states[device] = known = {k: v for k, v in known.items() if k in news}
        for kind, value in news.items():
            old = known.get(kind)
            new = value if old is None or whole else old.merged(value)
            if new != old:
                known[kind] = new
                changed = True
        if device in self._away:
            self._away.discard(device)
            self._tell(HouseEvent("found", device))
        if changed:
            self._tell(HouseEvent("changed", device, {k: v.said() for k, v in news.items()}))
        self._actuator.notice(device)

    def _enter(self, told: Device) -> None:
        self._told[told.id] = told
        device = told.model_copy(
            update={
                "name": clean_name(told.name) or told.model or told.id,
                "room": clean_name(told.room) if told.room else None,
                **self._names.get(told.id, {}),
            }
        )
        if self._devices.get(device.id) == device:
            return
        self._devices[device.id] = device
        if device.room and device.room not in self._rooms:
            self._rooms[device.room] = Room(name=device.room)
        self.version += 1

    # How it is changed and read ------------------------------------------------------------

    async def apply(self, commands: Sequence[Command], deadline_s: float = 40.0) -> list[Receipt]:
        """Carry out commands, in parallel across devices and in order on each, and read back.

        Never raises for a device's failure: the receipt of each command, in the order given,
        says what it came to. ``deadline_s`` bounds the whole.
        """
        return await self._actuator.apply(commands, deadline_s)

    async def refresh(self, devices: Iterable[str], deadline_s: float = 3.0) -> list[str]:
        """Read these devices anew; returns the ids of those that did not answer."""
        ids = [d for d in devices if d in self._devices]
        answered = await asyncio.gather(*(self._actuator.read(d, deadline_s) for d in ids))
        return [d for d, state in zip(ids, answered, strict=True) if state is None]

    def driver_of(self, device: str) -> Driver:
        """The driver of a device. Raises UnknownDevice."""
        driver = self._drivers.get(device.partition(":")[0])
        if driver is None or device not in self._devices:
            raise UnknownDevice(f"I know no device {device!r}.")
        return driver

    # Who listens ---------------------------------------------------------------------------

    @contextlib.asynccontextmanager
    async def events(self) -> AsyncGenerator[asyncio.Queue[HouseEvent]]:
        """A queue of what happens from now on; a listener too slow gets one ``resync``."""
        queue: asyncio.Queue[HouseEvent] = asyncio.Queue(MAX_WAITING_EVENTS)
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def _tell(self, event: HouseEvent) -> None:
        for queue in self._listeners:
            if queue.full():
                while not queue.empty():
                    queue.get_nowait()
                event = HouseEvent("resync")
            queue.put_nowait(event)
