"""Climate in HomeKit: the thermostat, and the heater-cooler with its two thresholds."""

from __future__ import annotations

from typing import Literal

from aiohomekit.model.characteristics import CharacteristicsTypes as C

from devices.capabilities import Climate
from devices.device import Ability, Unsupported
from devices.drivers.homekit.database import Service, Values
from devices.drivers.homekit.traits.base import Trait, Write

Mode = Literal["off", "heat", "cool", "auto"]


class Thermostat(Trait[Climate]):
    """Mode and target are what is set; current is what it measures."""

    speaks = Climate
    needs = frozenset({C.TEMPERATURE_TARGET, C.HEATING_COOLING_TARGET})
    watches = needs | {C.TEMPERATURE_CURRENT}
    modes: tuple[Mode, ...] = ("off", "heat", "cool", "auto")

    def ability(self) -> Ability:
        least, most, step = self.service[C.TEMPERATURE_TARGET].limits
        valid = self.service[C.HEATING_COOLING_TARGET].valid
        choices = tuple(m for i, m in enumerate(self.modes) if valid is None or i in valid)
        return Ability(kind=self.speaks.kind, min=least, max=most, step=step, choices=choices)

    def state(self, values: Values) -> Climate | None:
        mode = self.number(C.HEATING_COOLING_TARGET, values)
        if mode not in (0, 1, 2, 3):
            return None
        return Climate(
            mode=self.modes[int(mode)],
            target=self.number(C.TEMPERATURE_TARGET, values),
            current=self.number(C.TEMPERATURE_CURRENT, values),
        )

    def spell(self, command: Climate, values: Values) -> list[Write]:
        writes: list[Write] = []
        if command.mode is not None:
            if command.mode not in self.ability().choices:
                raise Unsupported(
                    f"It has {', '.join(self.ability().choices)}; not {command.mode}."
                )
            writes.append(self.write(C.HEATING_COOLING_TARGET, self.modes.index(command.mode)))
        if command.target is not None:
            writes.append(self.write(C.TEMPERATURE_TARGET, command.target))
        return writes


class HeaterCooler(Trait[Climate]):
    """An air conditioner or heater: switched apart from its mode, one threshold per direction.

    In "auto" it keeps between both thresholds; their middle is the target, and a new target moves
    both by the same amount.
    """

    speaks = Climate
    needs = frozenset({C.ACTIVE, C.TARGET_HEATER_COOLER_STATE})
    watches = needs | {
        C.TEMPERATURE_CURRENT,
        C.TEMPERATURE_COOLING_THRESHOLD,
        C.TEMPERATURE_HEATING_THRESHOLD,
    }
    modes: tuple[Mode, ...] = ("auto", "heat", "cool")
    thresholds = (C.TEMPERATURE_HEATING_THRESHOLD, C.TEMPERATURE_COOLING_THRESHOLD)

    def _thresholds(self, mode: str) -> list[str]:
        """The thresholds that count in that mode."""
        wanted = {"heat": self.thresholds[:1], "cool": self.thresholds[1:]}
        return [t for t in wanted.get(mode, self.thresholds) if t in self.service]

    def ability(self) -> Ability:
        limits = [self.service[t].limits for t in self.thresholds if t in self.service]
        valid = self.service[C.TARGET_HEATER_COOLER_STATE].valid
        choices = tuple(m for i, m in enumerate(self.modes) if valid is None or i in valid)
        if not limits:
            return Ability(kind=self.speaks.kind, choices=("off", *choices))
        return Ability(
            kind=self.speaks.kind,
            min=min(low for low, _, _ in limits),
            max=max(high for _, high, _ in limits),
            step=max(step for _, _, step in limits),
            choices=("off", *choices),
        )

    def _mode(self, values: Values) -> Mode | None:
        mode = self.number(C.TARGET_HEATER_COOLER_STATE, values)
        return self.modes[int(mode)] if mode in (0, 1, 2) else None

    def state(self, values: Values) -> Climate | None:
        active, mode = self.number(C.ACTIVE, values), self._mode(values)
        if active is None or mode is None:
            return None
        bounds = [self.number(t, values) for t in self._thresholds(mode)]
        known = [b for b in bounds if b is not None]
        return Climate(
            mode=mode if active else "off",
            target=round(sum(known) / len(known), 2) if known else None,
            current=self.number(C.TEMPERATURE_CURRENT, values),
        )

    def spell(self, command: Climate, values: Values) -> list[Write]:
        writes: list[Write] = []
        if command.mode == "off":
            writes.append(self.write(C.ACTIVE, 0))
        elif command.mode is not None:
            if command.mode not in self.ability().choices:
                raise Unsupported(
                    f"It has {', '.join(self.ability().choices)}; not {command.mode}."
                )
            writes.append(self.write(C.ACTIVE, 1))
            mode = self.modes.index(command.mode)
            writes.append(self.write(C.TARGET_HEATER_COOLER_STATE, mode))
        if command.target is not None:
            running = None if command.mode in (None, "off") else command.mode
            mode_then = running or self._mode(values) or "auto"
            writes.extend(self._retarget(mode_then, command.target, values))
        return writes

    def _retarget(self, mode: str, target: float, values: Values) -> list[Write]:
        thresholds = self._thresholds(mode)
        if not thresholds:
            raise Unsupported("It takes no temperature.")
        if len(thresholds) == 1:
            return [self.write(thresholds[0], target)]
        low, high = (self.number(t, values) for t in thresholds)
        half = max(0.0, high - low) / 2 if low is not None and high is not None else 1.0
        return [
            self.write(thresholds[0], target - half),
            self.write(thresholds[1], target + half),
        ]


def heats_only(service: Service) -> bool:
    return C.TEMPERATURE_COOLING_THRESHOLD not in service
