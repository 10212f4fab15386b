"""One paired bridge, followed for as long as the driver runs: lost, found again, and its events."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncGenerator, Generator, Mapping
from typing import cast

from devices.capabilities import Capability, Scene, State
from devices.device import Device, DeviceError, Refused, UnknownDevice, Unreachable, Unsupported
from devices.driver import Away, Found, Hub, Update
from devices.drivers.hue import states
from devices.drivers.hue.connection import (
    REQUEST_S,
    Address,
    EventReader,
    Pairing,
    PinnedBridge,
    Raw,
    in_our_words,
)
from devices.drivers.hue.home import HueHome, Thing
from devices.drivers.hue.states import LightWish
from devices.drivers.hue.together import Together

log = logging.getLogger(__name__)

PING_S = 20.0  # a bridge without mains says nothing: ask
WHOLE_EVERY = 3  # at every so many of these times it is asked for everything: events may be lost
STEADY_S = 5.0  # a connection that lasted less is not tried again at once
DOUBT_S = 3.0  # how soon to look again at a device that did not answer
BACKOFF_S = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
NO_ANSWER = "does not answer the bridge; has it power?"
NO_RADIO_CONTACT = "communication issues"  # in the bridge's complaint about a dead lamp


class Link:
    """A connection to one bridge. ``open`` once, then ``close``; in between it mends itself."""

    def __init__(self, hub: Hub, bridge_id: str, address: Address, pairing: Pairing) -> None:
        self.address = address
        self.connected = False
        self._lost = False
        self._hub = hub
        self._bridge_id = bridge_id
        self._name = f"The Hue bridge {bridge_id[-6:]}"
        self._bridge = PinnedBridge(address, pairing)
        self._home = HueHome(bridge_id, ())
        self._together = Together(self)
        self._away: set[str] = set()
        self._doubted: set[str] = set()
        self._looks = 0
        self._look_at = 0.0  # when to ask the bridge, on the loop's clock
        self._patience: asyncio.Timeout | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def devices(self) -> tuple[Device, ...]:
        return self._home.devices

    async def open(self) -> None:
        """Look at the bridge, then follow it. Raises KeyRejected, Unreachable; then it is shut."""
        async with contextlib.AsyncExitStack() as undo:
            undo.push_async_callback(self._bridge.close)
            with in_our_words(self._name):
                self._home = HueHome(self._bridge_id, await self._bridge.fetch())
            if self._home.bridge_id != self._bridge_id:
                raise Unreachable(f"At {self.address} answers another bridge.")
            undo.pop_all()
        self.connected = True
        self._task = asyncio.create_task(self._run(), name=f"hue {self._bridge_id}")

    async def close(self) -> None:
        self.connected = False
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await self._together.close()
        await self._bridge.close()

    async def answers(self) -> bool:
        """Whether the bridge still answers at this address."""
        try:
            with in_our_words(self._name):
                await self._bridge.fetch("bridge")
        except DeviceError:
            return False
        return True

    def remind(self) -> None:
        """Tell once more, after the caller had its say, which devices cannot be reached."""
        if self._away:
            away = Away(tuple(sorted(self._away)))
            asyncio.get_running_loop().call_soon(self._hub.publish, away)

    # One device -----------------------------------------------------------------------------

    async def read(self, device: str) -> State:
        """Its state, fetched now in one request."""
        thing = self._thing(device)
        with self._doubting(device), in_our_words(self._name):
            state = self._home.state(device, await self._bridge.fetch(thing.resource))
            if not self._home.reachable(device):  # what the bridge tells is old
                raise Unreachable(f"{thing.device.name} {NO_ANSWER}")
        return state

    async def apply(self, device: str, command: Capability) -> None:
        thing = self._thing(device)
        if thing.device.ability(command.kind) is None:
            raise Unsupported(f"{thing.device.name} cannot do that.")
        with self._doubting(device):
            if thing.device.kind == "scene":
                await self._recall(thing, command)
            else:
                await self._together.ask(device, states.wish(self._home.light(device), command))

    async def _recall(self, scene: Thing, command: Capability) -> None:
        if command != Scene(active=True):
            raise Unsupported("A Hue scene can only be brought up; switch its lights off instead.")
        try:
            async with self._asking():
                await self._bridge.scenes.scene.recall(scene.parts[0])
        except Refused as error:
            if NO_RADIO_CONTACT not in str(error):
                raise
            log.info("%s: %s", scene.device.name, error)  # it is up, on all lamps but a dead one

    async def ask_lamp(self, lamp: str, wish: LightWish) -> None:
        thing = self._thing(lamp)
        try:
            async with self._asking():
                await self._bridge.lights.set_state(thing.parts[0], **wish)
        except Refused as error:
            if NO_RADIO_CONTACT not in str(error):
                raise
            raise Unreachable(f"{thing.device.name} {NO_ANSWER}") from error

    @property
    def groups(self) -> Mapping[str, frozenset[str]]:
        """Those that can be set: one with a lamp out of reach is asked lamp by lamp, each to be
        answered for itself."""
        reachable = self._home.reachable
        groups = self._home.groups
        return {group: lamps for group, lamps in groups.items() if all(map(reachable, lamps))}

    async def ask_group(self, group: str, wish: LightWish) -> None:
        async with self._asking():
            put = states.for_group(wish)
            await self._bridge.groups.grouped_light.update(group, put)  # pyright: ignore

    @contextlib.asynccontextmanager
    async def _asking(self) -> AsyncGenerator[None]:
        """One request; one that the bridge is too busy for is made again, with growing pauses."""
        with in_our_words(self._name):
            async with asyncio.timeout(REQUEST_S):
                yield

    def _thing(self, device: str) -> Thing:
        thing = self._home.things.get(device)
        if thing is None:
            raise UnknownDevice(f"{self._name} has no {device!r}.")
        return thing

    @contextlib.contextmanager
    def _doubting(self, device: str) -> Generator[None]:
        """Have a device that does not answer looked at again soon: the house takes it for away."""
        try:
            yield
        except Unreachable:
            self._doubted.add(device)
            self._look_by(DOUBT_S)
            raise

    # The bridge as a whole ------------------------------------------------------------------

    async def _run(self) -> None:
        """Follow the bridge; when it is lost, find it again: at once if it had been steady."""
        failures = 0
        while True:
            began = time.monotonic()
            reason = await self._until_lost()
            steady = self.connected and time.monotonic() - began > STEADY_S
            self.connected = False
            if steady:
                failures = 0
                continue
            if not self._lost:
                self._lost = True
                log.warning("%s is away: %s", self._name, reason)
                self._hub.publish(Away(tuple(self._home.things)))
            await asyncio.sleep(BACKOFF_S[min(failures, len(BACKOFF_S) - 1)])
            failures += 1

    async def _until_lost(self) -> str:
        """Follow the bridge; returns why that ended."""
        try:
            with in_our_words(self._name):
                await self._follow()
        except DeviceError as error:
            return str(error)
        except Exception:
            log.exception("%s cannot be followed", self._name)
        return "an error of ours"

    async def _follow(self) -> None:
        async with self._bridge.event_stream() as reader:
            self._learn(await self._bridge.fetch())
            self.connected = True
            self._look_at = asyncio.get_running_loop().time() + PING_S
            while True:
                await self._next(reader)

    async def _next(self, reader: EventReader) -> None:
        """Take in the next events; ask the bridge when none came for long, or one is in doubt."""
        try:
            async with asyncio.timeout_at(self._look_at) as self._patience:
                events = await reader.read()
        except TimeoutError:
            self._look_at = asyncio.get_running_loop().time() + PING_S
            self._looks += 1
            if self._doubted or self._looks % WHOLE_EVERY == 0:
                self._learn(await self._bridge.fetch())
            else:
                await self._bridge.fetch("bridge")
            return
        finally:
            self._patience = None
        for event in events:
            items = event["data"]
            self._hear(str(event["type"]), [cast("Raw", i) for i in items if isinstance(i, dict)])

    def _look_by(self, seconds: float) -> None:
        soon = asyncio.get_running_loop().time() + seconds
        if soon < self._look_at:
            self._look_at = soon
            if self._patience is not None:
                self._patience.reschedule(soon)

    def _learn(self, resources: list[Raw]) -> None:
        """Everything anew: tell what there is, how it is, and what cannot be reached."""
        known = self._home.things
        self._home = HueHome(self._bridge_id, resources)
        self._doubted.clear()
        self._away.clear()
        self._lost = False
        things = self._home.things
        here = (t.device for i, t in things.items() if i not in known or self._home.reachable(i))
        self._hub.publish(Found(tuple(here)))
        self._tell(set(things))
        self._lose(known.keys() - things.keys())

    def _hear(self, kind: str, items: list[Raw]) -> None:
        before = dict(self._home.things)
        touched = self._home.hear(kind, items)
        now = self._home.things
        new = [thing.device for i, thing in now.items() if i not in before or before[i] != thing]
        if new:
            self._hub.publish(Found(tuple(new)))
        self._tell(touched | {device.id for device in new})
        self._lose(before.keys() - now.keys())

    def _tell(self, devices: set[str]) -> None:
        """Publish states, and who went out of the bridge's reach or came back into it."""
        for device in devices:
            if not self._home.reachable(device):
                self._lose({device})
                continue
            if device in self._away:
                self._away.discard(device)
                self._hub.publish(Found((self._home.things[device].device,)))
            try:
                self._hub.publish(Update(device, self._home.state(device), whole=True))
            except ValueError as error:
                log.warning("%s: unreadable state of %s: %s", self._name, device, error)

    def _lose(self, devices: set[str]) -> None:
        if lost := devices - self._away:
            self._away |= lost
            self._hub.publish(Away(tuple(sorted(lost))))
