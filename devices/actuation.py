"""Verified actuation: a command is done when the device itself says so, and not before.

A stop overtakes: it is sent at once, and ends what is under way on its device or waits for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Protocol

from devices.capabilities import Capability, Risk, State
from devices.courses import Course, Courses
from devices.device import (
    Command,
    Device,
    DeviceError,
    Outcome,
    Receipt,
    UnknownDevice,
    Unreachable,
    Unsupported,
)
from devices.driver import Away, Driver, DriverEvent

log = logging.getLogger(__name__)

ANSWER_S = 6.0  # how long a device may take to answer one request
BRIEF_S = 0.5  # and one that did not a moment ago: whoever waits behind it is not held up again
MOMENT_S = 10.0
AGAIN_S = 0.5  # before one whose line was cut is asked once more
PATIENCE_S = 2.0  # who was given less than this and did not answer is not away for it
LAST_LOOK_S = 0.25  # even with no time left, what was commanded is looked at once
NO_ANSWER = "It did not answer."
POLL_S = (0.02, 0.05, 0.1, 0.2, 0.4, 0.5)  # then every last one; a pushed change comes sooner


class Parts(Protocol):
    """What the actuator needs of the house."""

    def state(self, device: str) -> State: ...
    def learn(self, device: str, news: State, whole: bool = False) -> None: ...
    def publish(self, event: DriverEvent) -> None: ...
    def driver_of(self, device: str) -> Driver: ...
    async def met(self, device: str) -> None: ...
    @property
    def devices(self) -> Mapping[str, Device]: ...


def check(device: Device, wanted: Capability) -> None:
    """Raises Unsupported when the device lacks the ability or the value is outside its limits."""
    ability = device.ability(wanted.kind)
    if ability is None and wanted.overtakes:
        raise Unsupported(f"{device.name} cannot be stopped half-way.")
    if ability is None or wanted.readonly:
        raise Unsupported(f"{device.name} cannot do that ({wanted.kind.replace('_', ' ')}).")
    said = wanted.said()
    if wrong := sorted(wanted.reported & said.keys()):
        raise Unsupported(f"{', '.join(wrong)} is measured, not set.")
    value = said.get(wanted.measure)
    if value is not None:
        low, high = ability.min, ability.max
        if (low is not None and value < low) or (high is not None and value > high):
            raise Unsupported(f"{device.name} takes {_span(low, high)}, not {value:g}.")
    chosen = said.get(wanted.choice)
    if chosen is not None and ability.choices and chosen not in ability.choices:
        raise Unsupported(f"{device.name} has {', '.join(ability.choices)}; not {chosen}.")


def _span(low: float | None, high: float | None) -> str:
    if low is None:
        return f"at most {high:g}"
    return f"at least {low:g}" if high is None else f"{low:g} to {high:g}"


class Actuator:
    """Runs commands: one at a time per device, all devices at once, each read back."""

    def __init__(self, house: Parts) -> None:
        self._house = house
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._courses = Courses()
        self._news: dict[str, asyncio.Event] = {}
        self._silent: dict[str, float] = {}  # when they last did not answer, by the monotonic clock

    def notice(self, device: str) -> None:
        """A device reported something: whoever waits for it looks again at once."""
        self._silent.pop(device, None)
        if event := self._news.get(device):
            event.set()

    @property
    def under_way(self) -> frozenset[str]:
        """The devices that are about to do something."""
        return self._courses.devices

    def is_silent(self, device: str) -> bool:
        """Whether it did not answer a moment ago, with all the time that it needed."""
        return time.monotonic() - self._silent.get(device, -MOMENT_S) < MOMENT_S

    async def apply(self, commands: Sequence[Command], deadline_s: float) -> list[Receipt]:
        ends = time.monotonic() + deadline_s
        queues: dict[str, list[int]] = {}
        for index, command in enumerate(commands):
            queues.setdefault(command.device, []).append(index)
        receipts: dict[int, Receipt] = {}

        async def serve(device: str, indices: list[int]) -> None:
            for index in indices:
                receipts[index] = await self._one(commands[index], ends)

        await asyncio.gather(*(serve(device, indices) for device, indices in queues.items()))
        return [receipts[i] for i in range(len(commands))]

    async def read(self, device: str, deadline_s: float = ANSWER_S) -> State | None:
        """The device's state now, or None when it does not answer."""
        try:
            async with asyncio.timeout(deadline_s):
                state = await self._house.driver_of(device).read(device)
        except (TimeoutError, Unreachable) as error:
            if isinstance(error, Unreachable) or deadline_s >= PATIENCE_S:
                self._lost(device)
            return None
        except DeviceError:
            return None
        except Exception:  # a driver's bug is one device's failure
            log.exception("Reading %s failed", device)
            return None
        self._house.learn(device, state, whole=True)
        return state

    async def _one(self, command: Command, ends: float) -> Receipt:
        started = time.monotonic()
        before = dict(self._house.state(command.device))
        known = command.device in self._house.devices
        if command.set.overtakes:
            outcome, reason = await self._overtake(command, before, ends)
        else:
            lock = self._locks[command.device] if known else asyncio.Lock()
            with self._courses.new(command.device) as course:
                before, outcome, reason = await self._in_turn(command, lock, course, ends)
        return Receipt(
            command=command,
            outcome=outcome,
            reason=reason,
            before=before.get(command.set.kind),
            after=self._house.state(command.device).get(command.set.kind),
            seconds=time.monotonic() - started,
        )

    async def _in_turn(
        self, command: Command, lock: asyncio.Lock, course: Course, ends: float
    ) -> tuple[State, Outcome, str]:
        """Once the device is free; what it showed before that, and what it came to."""
        before = dict(self._house.state(command.device))
        try:
            async with asyncio.timeout(ends - time.monotonic()):
                await lock.acquire()
        except TimeoutError:
            return before, Outcome.UNREACHABLE, "It was still busy with something else."
        try:
            if course.stop is not None:
                return before, Outcome.STOPPED, "It was stopped before it began."
            before = dict(self._house.state(command.device))
            return before, *await self._carry_out(command, before, ends, [course])
        finally:
            lock.release()

    async def _overtake(self, stop: Command, before: State, ends: float) -> tuple[Outcome, str]:
        """At once, whatever the device is doing; that has its own receipt when this is done."""
        overtaken = self._courses.of(stop.device)
        outcome = Outcome.UNREACHABLE
        try:
            outcome, reason = await self._carry_out(stop, before, ends, overtaken)
            return outcome, reason
        finally:
            for course in overtaken:
                if outcome is not Outcome.VERIFIED:
                    course.stop = None  # it goes on
                course.over.set()
            if event := self._news.get(stop.device):
                event.set()

    async def _carry_out(
        self, command: Command, before: State, ends: float, courses: Sequence[Course]
    ) -> tuple[Outcome, str]:
        """``courses``: its own, or those that a stop overtakes once the device has taken it."""
        stops = command.set.overtakes
        await self._house.met(command.device)
        silent = self.is_silent(command.device)
        patience = min(BRIEF_S if silent else ANSWER_S, ends - time.monotonic())
        try:
            driver = self._house.driver_of(command.device)
            device = self._house.devices[command.device]
            check(device, command.set)
            once = silent or not _repeatable(command.set, device)
            async with asyncio.timeout(patience):
                await _ask(driver, command, once)
                for course in courses:
                    if stops:
                        course.stop = command.set
                    elif course.stop is not None:  # it came while the device was being asked
                        await driver.apply(command.device, course.stop)
        except Unreachable as error:
            self._lost(command.device)
            return Outcome.UNREACHABLE, str(error) or NO_ANSWER
        except TimeoutError:
            if patience >= PATIENCE_S:  # else it had no fair chance
                self._lost(command.device)
            return Outcome.UNREACHABLE, NO_ANSWER
        except UnknownDevice as error:
            if command.device in self._house.devices:  # remembered, and not met since the start
                return Outcome.UNREACHABLE, NO_ANSWER
            return Outcome.REFUSED, str(error)
        except DeviceError as error:
            return Outcome.REFUSED, str(error)
        except Exception:  # a driver's bug is one device's failure
            log.exception("Applying %s to %s failed", command.set, command.device)
            return Outcome.REFUSED, "I failed at that myself; my log says more."
        return await self._verify(command, before, ends, Course() if stops else courses[0])

    def _lost(self, device: str) -> None:
        self._silent[device] = time.monotonic()
        self._house.publish(Away((device,)))

    async def _verify(
        self, command: Command, before: State, ends: float, course: Course
    ) -> tuple[Outcome, str]:
        """Read back until the device shows the command, stops moving, or time is up."""
        wanted, news = command.set, self._news.setdefault(command.device, asyncio.Event())
        patience = time.monotonic() + wanted.settles_s
        last: Capability | None = before.get(wanted.kind)
        moving = False
        attempt = 0
        while True:
            left = ends - time.monotonic()
            state = await self.read(command.device, min(ANSWER_S, max(left, LAST_LOOK_S)))
            news.clear()  # after reading: the reading itself is no news
            if state is not None and wanted.shown(before, self._house.state(command.device)):
                return Outcome.VERIFIED, ""
            if course.over.is_set() and course.stop is not None:
                return Outcome.STOPPED, "It was stopped on its way."
            shown = self._house.state(command.device).get(wanted.kind)
            now = time.monotonic()
            if wanted.moves and state is not None and shown != last:
                moving = moving or last is not None  # a first sight of it is no movement
                last, patience = shown, now + wanted.settles_s
            if now >= (min(patience, ends) if course.stop is None else ends):
                break
            pause = POLL_S[min(attempt, len(POLL_S) - 1)]
            attempt += 1
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(pause, max(0.0, ends - now))):
                    await news.wait()
        if state is None:
            return Outcome.UNREACHABLE, "It took the command and then did not answer."
        if course.stop is not None:
            return Outcome.STOPPED, "It was stopped on its way."
        if moving and now >= ends:
            return Outcome.MOVING, "It is still on its way."
        return Outcome.CONTRADICTED, "It took the command, but does not show it."


def _repeatable(wanted: Capability, device: Device) -> bool:
    """Whether it does no harm a second time, even where the first came through after all."""
    return wanted.absolute and wanted.risk(device.kind) is Risk.NONE


async def _ask(driver: Driver, command: Command, once: bool) -> None:
    try:
        await driver.apply(command.device, command.set)
    except Unreachable:
        if once:
            raise
        await asyncio.sleep(AGAIN_S)
        await driver.apply(command.device, command.set)
