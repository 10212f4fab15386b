"""What opens and shuts: shades, the front-door lock, the garage door, a door contact."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# HAP-python carries no types.

from __future__ import annotations

import asyncio

from pyhap.accessory_driver import AccessoryDriver
from pyhap.characteristic import Characteristic
from pyhap.const import (
    CATEGORY_DOOR_LOCK,
    CATEGORY_GARAGE_DOOR_OPENER,
    CATEGORY_SENSOR,
    CATEGORY_WINDOW_COVERING,
)

from devices.capabilities import Capability, Lock, Position, Reading
from devices.virtual.faults import VirtualDevice
from devices.virtual.homekit.accessory import VirtualAccessory
from devices.virtual.homekit.physics import Motor


class Shade(VirtualAccessory):
    """A motor shade: its position passes through every value on the way."""

    category = CATEGORY_WINDOW_COVERING
    model = "S-1"

    def __init__(
        self, driver: AccessoryDriver, thing: VirtualDevice, aid: int, full_s: float, at: int
    ) -> None:
        super().__init__(driver, thing, aid)
        service = self.serve("WindowCovering")
        self._motor = Motor(full_s, self._moved, at)
        self._target: Characteristic = service.configure_char(
            "TargetPosition", value=at, setter_callback=self._go
        )
        self._current: Characteristic = service.configure_char("CurrentPosition", value=at)
        self._direction: Characteristic = service.configure_char("PositionState", value=2)

    def _go(self, goal: int) -> None:
        self._motor.go(goal)
        self._direction.set_value(int(goal > self._motor.at))

    def _moved(self, at: float) -> None:
        self._current.set_value(round(at))
        if not self._motor.moving:
            self._direction.set_value(2)

    def halt(self) -> None:
        self._motor.halt()

    def by_hand(self, change: Capability) -> None:
        match change:
            case Position(percent=percent):
                self._target.set_value(round(percent))
                self._go(round(percent))
            case _:
                super().by_hand(change)


class DoorLock(VirtualAccessory):
    """A motor lock; in HAP's Lock Current State 0 is unlocked and 1 locked."""

    category = CATEGORY_DOOR_LOCK
    model = "L-1"

    def __init__(
        self, driver: AccessoryDriver, thing: VirtualDevice, aid: int, turn_s: float
    ) -> None:
        super().__init__(driver, thing, aid)
        service = self.serve("LockMechanism")
        self._target: Characteristic = service.configure_char(
            "LockTargetState", value=1, setter_callback=self._turn
        )
        self._current: Characteristic = service.configure_char("LockCurrentState", value=1)
        self._turn_s = turn_s
        self._timer: asyncio.TimerHandle | None = None

    def _turn(self, locked: int) -> None:
        self.halt()
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._turn_s, self._current.set_value, locked)

    def halt(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def by_hand(self, change: Capability) -> None:
        match change:
            case Lock(locked=locked):
                self.halt()
                self._target.set_value(int(locked))
                self._current.set_value(int(locked))
            case _:
                super().by_hand(change)


class GarageDoor(VirtualAccessory):
    """A garage door; in HAP's Current Door State 0 is open, 1 closed, 2 opening, 3 closing."""

    category = CATEGORY_GARAGE_DOOR_OPENER
    model = "G-1"

    def __init__(
        self, driver: AccessoryDriver, thing: VirtualDevice, aid: int, full_s: float
    ) -> None:
        super().__init__(driver, thing, aid)
        service = self.serve("GarageDoorOpener")
        self._motor = Motor(full_s, self._moved)
        self._target: Characteristic = service.configure_char(
            "TargetDoorState", value=1, setter_callback=self._go
        )
        self._current: Characteristic = service.configure_char("CurrentDoorState", value=1)

    def _go(self, closed: int) -> None:
        goal = 0.0 if closed else 100.0
        if goal != self._motor.at or self._motor.moving:
            self._current.set_value(3 if closed else 2)
            self._motor.go(goal)

    def _moved(self, at: float) -> None:
        if not self._motor.moving:
            self._current.set_value(int(at == 0))

    def halt(self) -> None:
        self._motor.halt()

    def by_hand(self, change: Capability) -> None:
        match change:
            case Position(percent=percent):
                self._target.set_value(int(percent == 0))
                self._go(int(percent == 0))
            case _:
                super().by_hand(change)


class DoorContact(VirtualAccessory):
    """Whether a door stands open; in HAP's Contact Sensor State 0 is closed, 1 open."""

    category = CATEGORY_SENSOR
    model = "C-1"

    def __init__(self, driver: AccessoryDriver, thing: VirtualDevice, aid: int) -> None:
        super().__init__(driver, thing, aid)
        self._contact: Characteristic = self.serve("ContactSensor").configure_char(
            "ContactSensorState"
        )

    def by_hand(self, change: Capability) -> None:
        match change:
            case Reading(contact=bool(is_open)):
                self._contact.set_value(int(is_open))
            case _:
                super().by_hand(change)
