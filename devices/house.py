"""The house: which devices there are, where, how they are, and the one way to change them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from types import MappingProxyType, TracebackType
from typing import Self, TypeVar

from zeroconf.asyncio import AsyncZeroconf

from devices.actuation import BRIEF_S, Actuator
from devices.bridges import Bridge, behind, bridge_of
from devices.cameras import Addressed, Seeing, Sight
from devices.capabilities import CAPABILITIES, State
from devices.device import (
    Announcement,
    Command,
    Device,
    Receipt,
    Room,
    UnknownDevice,
    Unreachable,
    Unsupported,
)
from devices.doorstep import Doorstep, Stranger
from devices.driver import Away, Driver, DriverEvent, Forgetting, Found, Update, Vault
from devices.expected import Expected
from devices.families import Families, Family
from devices.inventory import Inventory
from devices.listeners import HouseEvent, Listeners
from devices.names import Given
from devices.vault import DriversVault
from devices.veil import IsVeiled, nothing_is, unmoved

log = logging.getLogger(__name__)

MAX_READING = 32  # at the same time, when many are refreshed: a bridge has one radio
READ_S = 3.0  # for one to tell its state
LOOK_S = 15.0  # how often what is away is looked for

T = TypeVar("T")

__all__ = ["House", "HouseEvent", "Stranger"]


class House:
    """Known devices, their rooms and live state. Drivers are opened when their family is met, or
    with the house when they are given as classes, and closed with it."""

    def __init__(
        self,
        drivers: Sequence[Family | type[Driver]],
        vault: Vault,
        zeroconf: AsyncZeroconf | None = None,
    ) -> None:
        self.vault = DriversVault(vault)
        self.zeroconf = zeroconf
        self.sightings: dict[str, Announcement] = {}  # device id -> where it was heard last
        self._families = Families(drivers, self)
        self._drivers: Mapping[str, Driver] = self._families.open
        self._known = Inventory()
        self._devices: Mapping[str, Device] = self._known.devices
        self._states: dict[str, State] = {}
        self._away: set[str] = set()
        self._expected = Expected()
        self._met: dict[tuple[str, str], tuple[Announcement, frozenset[str]]] = {}
        self.is_veiled: IsVeiled = nothing_is  # who moves before such a device is not known
        self._listeners = Listeners()
        self._tell = self._listeners.tell
        self._doorstep = Doorstep(
            self._families, self._welcome, lambda key: self._tell(HouseEvent("stranger", key))
        )
        self._actuator = Actuator(self)
        self._stack = contextlib.AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(self._families)
            stack.push_async_callback(self._doorstep.close)
            stack.push_async_callback(_stop, asyncio.create_task(self._look_for_the_away()))
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    # What there is -------------------------------------------------------------------------

    @property
    def version(self) -> int:
        """Changes whenever devices or rooms do."""
        return self._known.version

    @property
    def devices(self) -> Mapping[str, Device]:
        return MappingProxyType(self._devices)

    @property
    def rooms(self) -> Mapping[str, Room]:
        return MappingProxyType(self._known.rooms)

    @property
    def away(self) -> frozenset[str]:
        return frozenset(self._away)

    @property
    def under_way(self) -> frozenset[str]:
        """Those that a command was given to which has no receipt yet."""
        return self._actuator.under_way

    @property
    def strangers(self) -> Mapping[str, Stranger]:
        """What was heard and is not a device of this house, by the key that ``pair`` takes."""
        return MappingProxyType(self._doorstep.strangers)

    def state(self, device: str) -> State:
        """The last known state, by capability kind; empty when nothing is known."""
        state = self._states.get(device, {})
        return unmoved(state) if self.is_veiled(device) else state

    async def restore(
        self,
        devices: Iterable[Device],
        rooms: Iterable[Room],
        names: Mapping[str, Given],
        sightings: Mapping[str, Announcement],
        gone: Iterable[Device] = (),
    ) -> None:
        """Take back what was known before a restart, away until it is heard again; of what is
        ``gone`` only what it was called.

        What a driver has told already is newer. Opens the families that it had.
        """
        self._known.names.update(names)
        for device in gone:
            self._known.names.leave(device)
        self.sightings.update(sightings)
        for room in rooms:
            self._known.rooms[room.name] = room
        for device in devices:
            if device.id not in self._known.told:
                self._away.add(device.id)
                self._expected.add(device.id)
            self._known.enter(self._known.told.get(device.id, device))
        await self._families.wake({device.partition(":")[0] for device in self._known.told})
        self._hear_again(sightings)

    def given(self, device: str) -> Given:
        """What the owner calls a device, where it has been said."""
        return self._known.given(device)

    def told(self, device: str) -> Device:
        """A device as its driver tells it, without the owner's names over it."""
        return self._known.told[device]

    def add_room(self, room: Room) -> None:
        self._known.add_room(room)

    def rename(self, device: str, **given: str | tuple[str, ...]) -> Device:
        """The owner's word on ``name``, ``room`` or ``aliases``; it wins over the device's own.

        Raises UnknownDevice."""
        renamed = self._known.rename(device, given)
        self._tell(HouseEvent("renamed", device))
        return renamed

    # What happens on the LAN ---------------------------------------------------------------

    def hear(self, heard: Announcement) -> None:
        """Something announced itself. Returns at once; identification goes on by itself."""
        where, behind = self._met.get((heard.service, heard.name), (None, frozenset[str]()))
        if where != heard or self._away & behind:
            self._doorstep.hear(heard)

    async def pair(self, key: str, pin: str | None = None) -> Sequence[Device]:
        """Pair with a stranger. Raises UnknownDevice, NeedsPairing, Refused, Unreachable."""
        return await self._doorstep.pair(key, pin)

    async def add(self, url: str, secret: str | None = None, name: str = "") -> Sequence[Device]:
        """Take in a camera that announces nothing, at an address that the owner tells.

        A ``secret`` (``user:password``), and one in the URL, goes to the vault alone. Raises
        NeedsPairing, and then it waits among the strangers; Refused, Unreachable, Unsupported.
        """
        await self._families.wake_addressed()
        for driver in self._drivers.values():
            if isinstance(driver, Addressed):
                heard = driver.announced(url, name)
                met = driver.add(url, secret, name)
                return await self._doorstep.introduce(heard, driver.family, met)
        raise Unsupported("I know nothing that is found by its address.")

    @property
    def bridges(self) -> Mapping[str, Bridge]:
        """What the devices of this house are behind, each by the first part of their ids."""
        return behind(self._devices.values(), self.sightings, self._met.values())

    async def forget(self, bridge: str) -> str:
        """Give up a bridge, or a single accessory, and its devices; their names wait for it.

        Returns what is left for the owner to do, in words. Raises UnknownDevice, Unsupported,
        Refused where its keys cannot be dropped.
        """
        known = self.bridges.get(bridge)
        if known is None:
            raise UnknownDevice("I know nothing of that name that could be forgotten.")
        await self._families.wake(self._families.sleeping(known.heard))
        driver = self._doorstep.driver_for(known.heard)
        if not isinstance(driver, Forgetting):
            camera = isinstance(driver, Seeing)
            why = "it is a camera" if camera else "it was never paired, and would be back"
            raise Unsupported(f"I cannot forget {known.name}: {why}.")
        left = await driver.forget(known.heard)
        self._met.pop((known.heard.service, known.heard.name), None)
        self._drop(device.id for device in known.devices)
        self._doorstep.hear(known.heard)  # it waits to be paired again
        return left

    def _drop(self, devices: Iterable[str]) -> None:
        for device in devices:
            self._known.drop(device)
            self.sightings.pop(device, None)
            self._states.pop(device, None)
            self._away.discard(device)
            self._expected.met(device)
            self._tell(HouseEvent("forgotten", device))
        for heir in self._known.heirs():
            self._tell(HouseEvent("found", heir))

    async def _welcome(
        self, heard: Announcement, devices: Sequence[Device], anew: bool = False
    ) -> None:
        """Take in who was identified. ``anew``: paired just now, so that is all there is there."""
        ids = {device.id for device in devices}
        if anew:
            bridges = {bridge_of(device) for device in ids}
            self._drop([d for d in self._devices if bridge_of(d) in bridges and d not in ids])
        self.sightings.update(dict.fromkeys(ids, heard))
        self._met[heard.service, heard.name] = heard, frozenset(ids)
        # A bridge that answers says nothing of a lamp behind it that did not: that one is asked.
        doubtful = ids & self._away
        for device in devices:
            if device.id in doubtful:
                self._known.enter(device)
        self.publish(Found(tuple(d for d in devices if d.id not in doubtful)))
        await self._read(doubtful | {d.id for d in devices if self._is_half_known(d)})
        for device in ids:  # who did not answer now has been asked, and is waited for no more
            self._expected.met(device)

    def _is_half_known(self, device: Device) -> bool:
        """Whether the driver has not pushed all of its state by itself."""
        kinds = {a.kind for a in device.abilities if CAPABILITIES[a.kind].absolute} - {"snapshot"}
        return not kinds <= self.state(device.id).keys()

    async def _look_for_the_away(self) -> None:
        """Whoever comes back is noticed, even where its driver waits to be asked."""
        while True:
            await asyncio.sleep(LOOK_S)
            try:
                away = [device for device in self._away if device in self._devices]
                self._hear_again(away)
                await self._read(away)
            except Exception:  # it must go on for as long as the house does
                log.exception("Looking for who is away failed")

    def _hear_again(self, devices: Iterable[str]) -> None:
        heard = [self.sightings[device] for device in devices if device in self.sightings]
        for once in {(h.service, h.name): h for h in heard}.values():
            self._doorstep.hear(once)

    def publish(self, event: DriverEvent) -> None:
        """The hub's side of drivers: what they found, lost, or heard change."""
        match event:
            case Found(devices):
                for device in devices:
                    changed = self._known.enter(device)
                    if changed or device.id in self._away:
                        self._is_here(device.id)
            case Away(devices):
                for device_id in devices:
                    if device_id in self._devices and device_id not in self._away:
                        self._away.add(device_id)
                        self._tell(HouseEvent("away", device_id))
            case Update(device, state, whole):
                self.learn(device, state, whole)

    def learn(self, device: str, news: State, whole: bool = False) -> None:
        """Take in what a device reported; ``whole`` when it is all there is, as after a read."""
        if self.is_veiled(device):
            news = unmoved(news)
            if not news and not whole:
                return  # nothing but that: not even that it is here
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
            self._is_here(device)
        if changed and device in self._devices:
            self._tell(HouseEvent("changed", device))
        self._actuator.notice(device)

    def forget_moves(self, device: str) -> None:
        """It is veiled from now on, or not any more: what it told of who moves is of another
        time."""
        self._states[device] = dict(unmoved(self._states.get(device, {})))
        if device in self._devices:
            self._tell(HouseEvent("changed", device))

    def _is_here(self, device: str) -> None:
        self._away.discard(device)
        self._expected.met(device)
        self._tell(HouseEvent("found", device))

    # How it is changed and read ------------------------------------------------------------

    async def apply(self, commands: Sequence[Command], deadline_s: float = 40.0) -> list[Receipt]:
        """Carry out commands, in parallel across devices and in order on each, and read back.

        Never raises for a device's failure: the receipt of each command, in the order given,
        says what it came to. ``deadline_s`` bounds the whole. One that was known before the start
        is waited for a while, if it is not met yet.
        """
        return await self._actuator.apply(commands, deadline_s)

    async def met(self, device: str) -> None:
        """Wait for a device that was known before the start, if it is not met yet; not for long."""
        await self._expected.wait(device)

    async def refresh(self, devices: Iterable[str]) -> list[str]:
        """Read these devices anew, once they are ``met``; the ids of those that did not answer."""
        ids = [d for d in devices if d in self._devices]
        await asyncio.gather(*(self.met(device) for device in ids))
        silent = {device for device in ids if self._actuator.is_silent(device)}
        lost = await asyncio.gather(
            self._read(silent, BRIEF_S), self._read(d for d in ids if d not in silent)
        )
        return [device for some in lost for device in some]

    async def _read(self, devices: Iterable[str], deadline_s: float = READ_S) -> list[str]:
        ids = [d for d in devices if d in self._devices]
        turns = asyncio.Semaphore(MAX_READING)

        async def read(device: str) -> State | None:
            async with turns:
                return await self._actuator.read(device, deadline_s)

        answered = await asyncio.gather(*(read(device) for device in ids))
        return [d for d, state in zip(ids, answered, strict=True) if state is None]

    def driver_of(self, device: str) -> Driver:
        """The driver of a device. Raises UnknownDevice."""
        driver = self._drivers.get(device.partition(":")[0])
        if driver is None or device not in self._devices:
            raise UnknownDevice(f"I know no device {device!r}.")
        return driver

    # What its cameras see ------------------------------------------------------------------

    async def sight(self, device: str) -> Sight:
        """Where to look through a camera. Raises UnknownDevice, Unsupported, Unreachable, ..."""
        return await self._asked(device, self._camera(device).sight(device))

    async def picture(self, device: str, deadline_s: float = 8.0) -> bytes:
        """A JPEG of what a camera sees now. Raises as ``sight``, and Refused."""
        try:
            async with asyncio.timeout(deadline_s):
                await self.met(device)
                return await self._asked(device, self._camera(device).picture(device))
        except TimeoutError as error:
            raise Unreachable(f"{self._devices[device].name} sent no picture in time.") from error

    def _camera(self, device: str) -> Seeing:
        driver = self.driver_of(device)
        if not isinstance(driver, Seeing) or not self._devices[device].ability("snapshot"):
            raise Unsupported(f"{self._devices[device].name} is no camera that I can look through.")
        return driver

    async def _asked(self, device: str, answer: Awaitable[T]) -> T:
        try:
            return await answer
        except UnknownDevice as error:  # remembered, and not met since the start
            raise Unreachable(f"{self._devices[device].name} does not answer.") from error

    # Who listens ---------------------------------------------------------------------------

    def events(self) -> AbstractAsyncContextManager[asyncio.Queue[HouseEvent]]:
        """A queue of what happens from now on; a listener too slow gets one ``resync``."""
        return self._listeners.listening()


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
