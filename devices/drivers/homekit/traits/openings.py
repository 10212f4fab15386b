"""What opens, shuts and keeps people out: shades, doors, garages, locks, the burglar alarm."""

from __future__ import annotations

import time
from typing import ClassVar, Literal

from aiohomekit.model.characteristics import CharacteristicsTypes as C

from devices.capabilities import Alarm, Lock, Movement, Position, Tilt
from devices.device import Ability, Unsupported
from devices.drivers.homekit.database import Service, Values
from devices.drivers.homekit.traits.base import Trait, Write


class Opening(Trait[Position]):
    """A shade, blind, motor door or window."""

    speaks = Position
    needs = frozenset({C.POSITION_CURRENT, C.POSITION_TARGET})
    watches = frozenset({C.POSITION_CURRENT})

    def ability(self) -> Ability:
        least, most, step = self.service[C.POSITION_TARGET].limits
        return Ability(kind=self.speaks.kind, min=least, max=most, step=step)

    def state(self, values: Values) -> Position | None:
        percent = self.number(C.POSITION_CURRENT, values)
        return None if percent is None else Position(percent=min(100.0, max(0.0, percent)))

    def spell(self, command: Position, values: Values) -> list[Write]:
        return [self.write(C.POSITION_TARGET, command.percent)]


class Moving(Trait[Movement]):
    """Whether a motor is on its way, and stopping it."""

    speaks = Movement
    needs = frozenset({C.POSITION_STATE, C.POSITION_CURRENT, C.POSITION_TARGET})
    watches = frozenset({C.POSITION_STATE})

    def state(self, values: Values) -> Movement | None:
        way = self.number(C.POSITION_STATE, values)
        return None if way is None else Movement(moving=way in (0, 1))

    def spell(self, command: Movement, values: Values) -> list[Write]:
        if command.moving:
            raise Unsupported("It is opened or closed, and not just set moving.")
        if C.POSITION_HOLD in self.service:
            return [self.write(C.POSITION_HOLD, True)]
        here = self.number(C.POSITION_CURRENT, values)
        if here is None:
            raise Unsupported("It does not say where it is, and cannot be stopped there.")
        return [self.write(C.POSITION_TARGET, here)]


class HorizontalTilt(Trait[Tilt]):
    """Slats: at 0 degrees they lie open, upright to either side they are closed."""

    speaks = Tilt
    now: ClassVar[str] = C.HORIZONTAL_TILT_CURRENT
    goal: ClassVar[str] = C.HORIZONTAL_TILT_TARGET
    needs = frozenset({now, goal})
    watches = frozenset({now})

    def state(self, values: Values) -> Tilt | None:
        angle = self.number(self.now, values)
        return None if angle is None else Tilt(percent=max(0.0, 100 - abs(angle) / 0.9))

    def spell(self, command: Tilt, values: Values) -> list[Write]:
        least, most, _ = self.service[self.goal].limits
        closed = most if most > 0 else least
        return [self.write(self.goal, (1 - command.percent / 100) * closed)]


class VerticalTilt(HorizontalTilt):
    now, goal = C.VERTICAL_TILT_CURRENT, C.VERTICAL_TILT_TARGET
    needs = frozenset({now, goal})
    watches = frozenset({now})


class GarageOpening(Trait[Position]):
    """A garage door: HomeKit says open, closed, opening or closing, but never how far.

    While it moves the position is an estimate from the time under way, so that whoever waits for
    it sees it move; at rest it is the door's own word.
    """

    speaks = Position
    needs = frozenset({C.DOOR_STATE_CURRENT, C.DOOR_STATE_TARGET})
    watches = frozenset({C.DOOR_STATE_CURRENT})
    usual_s: ClassVar[float] = 20.0

    def __init__(self, service: Service) -> None:
        super().__init__(service)
        self._since: tuple[float, float] | None = None  # state, when it was first seen

    def ability(self) -> Ability:
        return Ability(kind=self.speaks.kind, min=0, max=100, step=100)

    def state(self, values: Values) -> Position | None:
        door = self.number(C.DOOR_STATE_CURRENT, values)
        if door in (0, 1):
            self._since = None
            return Position(percent=0 if door else 100)
        if door not in (2, 3):
            return None if door is None else Position(percent=50)  # stopped on its way
        if self._since is None or self._since[0] != door:
            self._since = (door, time.monotonic())
        done = min(95.0, 5 + 90 * (time.monotonic() - self._since[1]) / self.usual_s)
        return Position(percent=round(done if door == 2 else 100 - done, 1))

    def spell(self, command: Position, values: Values) -> list[Write]:
        if command.percent not in (0, 100):
            raise Unsupported("It can only be opened or closed, not stopped half-way.")
        return [self.write(C.DOOR_STATE_TARGET, 0 if command.percent else 1)]


class DoorLock(Trait[Lock]):
    speaks = Lock
    needs = frozenset({C.LOCK_MECHANISM_CURRENT_STATE, C.LOCK_MECHANISM_TARGET_STATE})
    watches = frozenset({C.LOCK_MECHANISM_CURRENT_STATE})

    def state(self, values: Values) -> Lock | None:
        bolt = self.number(C.LOCK_MECHANISM_CURRENT_STATE, values)
        return Lock(locked=bolt == 1) if bolt in (0, 1) else None  # else jammed, or not known

    def spell(self, command: Lock, values: Values) -> list[Write]:
        return [self.write(C.LOCK_MECHANISM_TARGET_STATE, command.locked)]


class SecuritySystem(Trait[Alarm]):
    speaks = Alarm
    needs = watches = frozenset({C.SECURITY_SYSTEM_STATE_CURRENT, C.SECURITY_SYSTEM_STATE_TARGET})
    modes: tuple[Literal["home", "away", "night", "disarmed"], ...] = (
        "home", "away", "night", "disarmed",
    )  # fmt: skip

    def ability(self) -> Ability:
        valid = self.service[C.SECURITY_SYSTEM_STATE_TARGET].valid
        choices = (m for i, m in enumerate(self.modes) if valid is None or i in valid)
        return Ability(kind=self.speaks.kind, choices=tuple(choices))

    def state(self, values: Values) -> Alarm | None:
        mode = self.number(C.SECURITY_SYSTEM_STATE_CURRENT, values)
        if mode == 4:  # triggered: it is armed as it was set
            mode = self.number(C.SECURITY_SYSTEM_STATE_TARGET, values)
        return Alarm(mode=self.modes[int(mode)]) if mode in (0, 1, 2, 3) else None

    def spell(self, command: Alarm, values: Values) -> list[Write]:
        return [self.write(C.SECURITY_SYSTEM_STATE_TARGET, self.modes.index(command.mode))]
