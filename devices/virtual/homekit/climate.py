"""Warmth and air: the thermostat with its room, the fan, a room sensor."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# HAP-python carries no types.

from __future__ import annotations

import asyncio

from pyhap.accessory_driver import AccessoryDriver
from pyhap.characteristic import Characteristic
from pyhap.const import CATEGORY_FAN, CATEGORY_SENSOR, CATEGORY_THERMOSTAT

from devices.capabilities import Capability, Climate, FanSpeed, Power, Reading
from devices.virtual.faults import VirtualDevice
from devices.virtual.homekit.accessory import VirtualAccessory
from devices.virtual.homekit.physics import Air


class Thermostat(VirtualAccessory):
    """Heats and cools a room whose time runs faster than ours."""

    category = CATEGORY_THERMOSTAT
    model = "T-1"
    tick_s = 1.0
    modes = ("off", "heat", "cool", "auto")  # the values of HAP's Target Heating Cooling State

    def __init__(
        self, driver: AccessoryDriver, thing: VirtualDevice, aid: int, haste: float
    ) -> None:
        """``haste``: simulated seconds per second."""
        super().__init__(driver, thing, aid)
        service = self.serve("Thermostat", "CurrentRelativeHumidity")
        self._mode: Characteristic = service.configure_char("TargetHeatingCoolingState", value=1)
        self._target: Characteristic = service.configure_char(
            "TargetTemperature",
            value=20.0,
            properties={"minValue": 10, "maxValue": 30, "minStep": 0.5},
        )
        self._working: Characteristic = service.configure_char("CurrentHeatingCoolingState")
        self.air = Air()
        self._current: Characteristic = service.configure_char(
            "CurrentTemperature", value=self.air.temperature
        )
        service.configure_char("CurrentRelativeHumidity", value=48)
        self._haste = haste
        self._duty = 0
        self._looked = 0.0
        self._timer: asyncio.TimerHandle | None = None

    async def run(self) -> None:
        self._looked = asyncio.get_running_loop().time()
        self._tick()

    def halt(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        air = self.air.advance((now - self._looked) * self._haste, self._duty)
        self._looked = now
        self._duty = self._decide(air)
        self._current.set_value(air)
        self._working.set_value({0: 0, 1: 1, -1: 2}[self._duty])
        self._timer = loop.call_later(self.tick_s, self._tick)

    def _decide(self, air: float) -> int:
        """A plain thermostat: starts a third of a degree off its target, stops just past it."""
        mode, target = self._mode.value, self._target.value
        if mode in (1, 3) and air < target + (0.2 if self._duty == 1 else -0.3):
            return 1
        if mode in (2, 3) and air > target - (0.2 if self._duty == -1 else -0.3):
            return -1
        return 0

    def by_hand(self, change: Capability) -> None:
        match change:
            case Climate(mode=mode, target=target):
                if mode is not None:
                    self._mode.set_value(self.modes.index(mode))
                if target is not None:
                    self._target.set_value(target)
            case _:
                super().by_hand(change)


class Fan(VirtualAccessory):
    """A fan with a speed (HAP's Fan v2)."""

    category = CATEGORY_FAN
    model = "F-1"

    def __init__(self, driver: AccessoryDriver, thing: VirtualDevice, aid: int) -> None:
        super().__init__(driver, thing, aid)
        service = self.serve("Fanv2", "RotationSpeed")
        self._active: Characteristic = service.configure_char("Active")
        self._speed: Characteristic = service.configure_char("RotationSpeed", value=40)

    def by_hand(self, change: Capability) -> None:
        match change:
            case Power(on=on):
                self._active.set_value(int(on))
            case FanSpeed(percent=percent):
                self._speed.set_value(percent)
                self._active.set_value(int(percent > 0))
            case _:
                super().by_hand(change)


class RoomSensor(VirtualAccessory):
    """Temperature, humidity and its own battery."""

    category = CATEGORY_SENSOR
    model = "R-1"

    def __init__(self, driver: AccessoryDriver, thing: VirtualDevice, aid: int) -> None:
        super().__init__(driver, thing, aid)
        self._fields: dict[str, Characteristic] = {
            "temperature": self.serve("TemperatureSensor").configure_char(
                "CurrentTemperature", value=22.5
            ),
            "humidity": self.serve("HumiditySensor").configure_char(
                "CurrentRelativeHumidity", value=61
            ),
            "battery": self.serve("BatteryService").configure_char("BatteryLevel", value=87),
        }

    def by_hand(self, change: Capability) -> None:
        known = change.said() if isinstance(change, Reading) else {}
        if not known or not known.keys() <= self._fields.keys():
            super().by_hand(change)
        for name, value in known.items():
            self._fields[name].set_value(value)
