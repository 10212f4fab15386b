"""What is switched, dimmed and coloured: lights, outlets, fans, valves."""

from __future__ import annotations

import math
from typing import ClassVar, TypeVar

from aiohomekit.model.characteristics import CharacteristicsTypes as C

from devices.capabilities import Brightness, Color, ColorTemperature, FanSpeed, Power
from devices.device import Ability
from devices.drivers.homekit.database import Values
from devices.drivers.homekit.traits.base import Trait, Write

P = TypeVar("P", Brightness, FanSpeed)


class OnPower(Trait[Power]):
    speaks = Power
    needs = watches = frozenset({C.ON})
    switch: ClassVar[str] = C.ON
    shows: ClassVar[str] = C.ON

    def state(self, values: Values) -> Power | None:
        on = self.number(self.shows, values)
        return None if on is None else Power(on=on > 0)

    def spell(self, command: Power, values: Values) -> list[Write]:
        return [self.write(self.switch, command.on)]


class ActivePower(OnPower):
    needs = watches = frozenset({C.ACTIVE})
    switch = shows = C.ACTIVE


class FlowPower(OnPower):
    """A valve: what counts is whether water runs, not whether it was told to."""

    needs = frozenset({C.ACTIVE, C.IN_USE})
    watches = frozenset({C.IN_USE})
    switch, shows = C.ACTIVE, C.IN_USE


class Level(Trait[P]):
    """A percentage of something that is also switched; at 0 it is off."""

    level: ClassVar[str]
    switch: ClassVar[str]

    def ability(self) -> Ability:
        _, most, step = self.service[self.level].limits
        return Ability(kind=self.speaks.kind, min=0, max=100, step=round(100 * step / most, 2))

    def state(self, values: Values) -> P | None:
        level, on = self.number(self.level, values), self.number(self.switch, values)
        if level is None:
            return None
        share = level / self.service[self.level].limits[1]
        return self.speaks(percent=0.0 if on == 0 else min(100.0, max(0.0, round(100 * share, 1))))

    def spell(self, command: P, values: Values) -> list[Write]:
        least, most, _ = self.service[self.level].limits
        wanted = max(least, command.percent * most / 100)
        return [
            self.write(self.switch, command.percent > 0),
            *([self.write(self.level, wanted)] if command.percent > 0 else []),
        ]


class LightLevel(Level[Brightness]):
    speaks = Brightness
    level, switch = C.BRIGHTNESS, C.ON
    needs = watches = frozenset({level, switch})


class OnFanSpeed(Level[FanSpeed]):
    speaks = FanSpeed
    level, switch = C.ROTATION_SPEED, C.ON
    needs = watches = frozenset({level, switch})


class ActiveFanSpeed(OnFanSpeed):
    switch = C.ACTIVE
    needs = watches = frozenset({C.ROTATION_SPEED, switch})


class LightColor(Trait[Color]):
    speaks = Color
    needs = watches = frozenset({C.HUE, C.SATURATION})

    def state(self, values: Values) -> Color | None:
        hue, saturation = self.number(C.HUE, values), self.number(C.SATURATION, values)
        if hue is None or saturation is None:
            return None
        return Color(hue=hue % 360, saturation=min(100.0, max(0.0, saturation)))

    def spell(self, command: Color, values: Values) -> list[Write]:
        colour = [self.write(C.HUE, command.hue), self.write(C.SATURATION, command.saturation)]
        return [*([self.write(C.ON, True)] if C.ON in self.service else []), *colour]


class LightWhite(Trait[ColorTemperature]):
    """White by colour temperature, which HomeKit counts in mired."""

    speaks = ColorTemperature
    needs = watches = frozenset({C.COLOR_TEMPERATURE})

    def ability(self) -> Ability:
        least, most, _ = self.service[C.COLOR_TEMPERATURE].limits
        return Ability(
            kind=self.speaks.kind, min=math.ceil(1e6 / most), max=math.floor(1e6 / least)
        )

    def state(self, values: Values) -> ColorTemperature | None:
        mired = self.number(C.COLOR_TEMPERATURE, values)
        if not mired or not 1000 <= 1e6 / mired <= 12000:
            return None
        return ColorTemperature(kelvin=round(1e6 / mired))

    def spell(self, command: ColorTemperature, values: Values) -> list[Write]:
        white = [self.write(C.COLOR_TEMPERATURE, 1e6 / command.kelvin)]
        return [*([self.write(C.ON, True)] if C.ON in self.service else []), *white]
