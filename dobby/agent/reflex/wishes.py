"""Building blocks of commands: a change of one device, and calls made of equal changes."""

from __future__ import annotations

from dataclasses import dataclass

from devices.capabilities import Power
from devices.device import Device
from dobby.abilities.change import Change, able_to, calls
from dobby.abilities.power import switchable, switched
from dobby.agent.calls import Abstention, Context
from dobby.agent.reflex.targets import Unresolved

__all__ = [
    "HEATING", "LEVELS", "Change", "Level", "able_to", "absolute", "bounds", "calls", "is_off",
    "natural_level", "now", "out_of_range", "relative", "shown_degrees", "switchable", "switched",
    "tidy", "woken",
]  # fmt: skip


@dataclass(frozen=True)
class Level:
    """A quantity that can be set, raised and lowered."""

    kind: str
    field: str
    steps: tuple[float, float, float]  # a bit, unsaid, a lot
    low: float
    high: float
    kinds: tuple[str, ...]  # what a bare room stands for
    unit: str
    name: str

    def step(self, amount: str | None, fahrenheit: bool) -> float:
        size = self.steps[{"bit": 0, None: 1, "step": 1, "lot": 2}[amount]]
        return size * 10 / 9 if self.kind == "climate" and fahrenheit else size


HEATING = ("thermostat", "aircon", "heater")
LEVELS = {
    "brightness": Level(
        "brightness", "percent", (10, 20, 40), 1, 100, ("light",), " %", "brightness"
    ),
    "volume": Level("volume", "percent", (5, 10, 20), 0, 100, ("speaker", "tv"), " %", "volume"),
    "climate": Level("climate", "target", (1, 1, 3), -50, 150, HEATING, "°", "temperature"),
    "fan_speed": Level("fan_speed", "percent", (10, 20, 40), 1, 100, ("fan",), " %", "fan speed"),
    "position": Level("position", "percent", (10, 20, 40), 0, 100, ("shade",), " %", "position"),
    "tilt": Level("tilt", "percent", (10, 20, 40), 0, 100, ("shade",), " %", "tilt"),
    "color_temperature": Level(
        "color_temperature",
        "kelvin",
        (300, 500, 1500),
        1000,
        12000,
        ("light",),
        " K",
        "colour temperature",
    ),
}
_KIND_LEVEL = {
    "light": "brightness", "speaker": "volume", "tv": "volume", "thermostat": "climate",
    "aircon": "climate", "heater": "climate", "boiler": "climate", "pool": "climate",
    "spa": "climate", "fan": "fan_speed", "shade": "position", "garage": "position",
    "gate": "position", "door": "position", "window": "position", "valve": "position",
}  # fmt: skip


def natural_level(device: Device) -> str | None:
    """The quantity that a bare number sets on a device: percent of a light is its brightness."""
    kind = _KIND_LEVEL.get(device.kind)
    if kind and device.ability(kind):
        return kind
    known = [k for k in LEVELS if device.ability(k) and k != "color_temperature"]
    return known[0] if len(known) == 1 else None


def bounds(device: Device, level: Level) -> tuple[float, float]:
    ability = device.ability(level.kind)
    low = ability.min if ability and ability.min is not None else level.low
    high = ability.max if ability and ability.max is not None else level.high
    return low, high


def now(context: Context, device: str, kind: str, field: str) -> float | None:
    """The live value of a field, if the device reports it."""
    value = getattr(context.house.state(device).get(kind), field, None)
    return float(value) if isinstance(value, (int, float)) else None


def is_off(context: Context, device: str) -> bool:
    power = context.house.state(device).get("power")
    return isinstance(power, Power) and not power.on


def woken(context: Context, device: Device, change: Change) -> list[Change]:
    """``change``, after switching on a device that is off and has a switch."""
    if device.ability("power") and is_off(context, device.id) and device.kind != "thermostat":
        return [Change(device.id, "power", {"on": True}), change]
    return [change]


def absolute(context: Context, device: Device, level: Level, value: float) -> list[Change]:
    """Sets a level; nought switches a light off. Raises Unresolved outside the device's limits."""
    low, high = bounds(device, level)
    if value == 0 and level.kind in {"brightness", "fan_speed"} and device.ability("power"):
        return [Change(device.id, "power", {"on": False})]
    if not low <= value <= high and not (value == 0 and level.low == 1):
        raise out_of_range(context, device, level)
    change = Change(device.id, level.kind, {level.field: tidy(value, level)})
    lights_up = level.kind in {"brightness", "color_temperature", "fan_speed"}
    return woken(context, device, change) if lights_up and value > 0 else [change]


def out_of_range(context: Context, device: Device, level: Level) -> Unresolved:
    low, high = bounds(device, level)
    if level.kind == "climate":
        low, high = (shown_degrees(v, context.fahrenheit) for v in (low, high))
    unit = (" °F" if context.fahrenheit else " °C") if level.kind == "climate" else level.unit
    return Unresolved(
        Abstention.OUT_OF_RANGE,
        f"{device.name} goes from {low:g} to {high:g}{unit}. What shall it be?",
    )


def relative(context: Context, device: Device, level: Level, by: float) -> list[Change]:
    """Raises or lowers a level from where it is, within the device's limits."""
    low, high = bounds(device, level)
    if level.kind in {"brightness", "fan_speed"} and is_off(context, device.id):
        if by < 0:
            return []
        value = min(max(by, low), high)
        return woken(
            context, device, Change(device.id, level.kind, {level.field: tidy(value, level)})
        )
    current = now(context, device.id, level.kind, level.field)
    if current is None:
        raise Unresolved(
            Abstention.AMBIGUOUS, f"I can't see the {level.name} of {device.name} now. To what?"
        )
    floor = max(low, 1) if level.low == 1 else low
    by = -by if level.kind == "color_temperature" else by  # warmer is fewer kelvin
    value = min(max(current + by, floor), high)
    if value == current:
        return []
    return [Change(device.id, level.kind, {level.field: tidy(value, level)})]


def tidy(value: float, level: Level) -> float:
    return round(value) if level.kind == "color_temperature" else round(value, 2)


def shown_degrees(celsius: float, fahrenheit: bool) -> float:
    return round(celsius * 9 / 5 + 32, 1) if fahrenheit else round(celsius, 1)
