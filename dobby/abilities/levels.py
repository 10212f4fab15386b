"""Quantities that are set, raised and lowered: brightness, volume, degrees, speed, position."""

from __future__ import annotations

from dataclasses import dataclass

from devices.capabilities import Power
from devices.device import Device
from dobby.abilities.change import Ability, Change
from dobby.abilities.tempering import heat_of, tempered
from dobby.agent.calls import Abstention, Context
from dobby.language.declining import Unclear
from dobby.language.grounding import Ground, Need
from dobby.language.meaning import Do, Measure, Ref, Wish
from dobby.language.words import Celsius, Message


@dataclass(frozen=True)
class Level:
    """A quantity of a device. ``steps``: a bit, unsaid, a lot; ``kinds``: of a bare room."""

    kind: str
    field: str
    steps: tuple[float, float, float]
    low: float
    high: float
    kinds: tuple[str, ...]

    def step(self, degree: str, fahrenheit: bool) -> float:
        size = self.steps[{"bit": 0, "": 1, "step": 1, "lot": 2}[degree]]
        return size * 10 / 9 if self.kind == "climate" and fahrenheit else size


HEATING = ("thermostat", "aircon", "heater")
PUT_TO_WORK = frozenset({"spa", "pool", "boiler"})  # these are heated, not made a degree warmer
LEVELS = {
    "brightness": Level("brightness", "percent", (10, 20, 40), 1, 100, ("light",)),
    "volume": Level("volume", "percent", (5, 10, 20), 0, 100, ("speaker", "tv")),
    "climate": Level("climate", "target", (1, 1, 3), -50, 150, HEATING),
    "fan_speed": Level("fan_speed", "percent", (10, 20, 40), 1, 100, ("fan",)),
    "position": Level("position", "percent", (10, 20, 40), 0, 100, ("shade",)),
    "tilt": Level("tilt", "percent", (10, 20, 40), 0, 100, ("shade",)),
    "color_temperature": Level(
        "color_temperature", "kelvin", (300, 500, 1500), 1000, 12000, ("light",)
    ),
}
_NATURAL = {
    "light": "brightness", "speaker": "volume", "tv": "volume", "thermostat": "climate",
    "aircon": "climate", "heater": "climate", "boiler": "climate", "pool": "climate",
    "spa": "climate", "fan": "fan_speed", "shade": "position", "garage": "position",
    "gate": "position", "door": "position", "window": "position", "valve": "position",
}  # fmt: skip
_DEGREES = frozenset({"C", "F", "degree"})
_UNITS = {"brightness": "%", "volume": "%", "fan_speed": "%", "position": "%", "tilt": "%",
          "color_temperature": "K", "climate": "degree"}  # fmt: skip


def natural_level(device: Device) -> str | None:
    """The quantity that a bare number sets on a device: percent of a light is its brightness."""
    kind = _NATURAL.get(device.kind)
    if kind and device.ability(kind):
        return kind
    known = [k for k in LEVELS if device.ability(k) and k != "color_temperature"]
    return known[0] if len(known) == 1 else None


def dimensions_of(wish: Wish) -> list[str]:
    """What is wished to be more or less: "brightness" of "brightness+", nothing of "any*2"."""
    kinds = [m.partition("*")[0].rstrip("+-") for m in wish.more]
    return [kind for kind in kinds if kind != "any"]


def level_of(wish: Wish, device: Device) -> Level | None:
    """The quantity that is meant of a device; None where it has none such."""
    unit = wish.measures[0].unit if wish.measures else ""
    dimensions = dimensions_of(wish)
    kind = wish.attribute.partition(".")[0] or (dimensions[0] if dimensions else "")
    if kind == "climate" and dimensions and device.kind == "light":
        kind = "color_temperature"
    if not kind and unit in _DEGREES:
        kind = "climate"
    if unit == "K":
        kind = "color_temperature"
    kind = kind or natural_level(device) or ""
    if kind not in LEVELS or not device.ability(kind):
        return None
    if unit and not _fits(unit, kind):
        return None
    return LEVELS[kind]


def _fits(unit: str, kind: str) -> bool:
    return (unit in _DEGREES) if kind == "climate" else unit == _UNITS[kind]


def bounds(device: Device, level: Level) -> tuple[float, float]:
    ability = device.ability(level.kind)
    low = ability.min if ability and ability.min is not None else level.low
    high = ability.max if ability and ability.max is not None else level.high
    return low, high


def is_off(context: Context, device: str) -> bool:
    power = context.house.state(device).get("power")
    return isinstance(power, Power) and not power.on


def woken(context: Context, device: Device, change: Change) -> list[Change]:
    """``change``, after switching on a device that is off and has a switch."""
    if device.ability("power") and is_off(context, device.id) and device.kind != "thermostat":
        return [Change(device.id, "power", {"on": True}), change]
    return [change]


def absolute(context: Context, device: Device, level: Level, value: float) -> list[Change]:
    """Sets a level; nought switches a light off. Raises Unclear outside the device's limits."""
    low, high = bounds(device, level)
    if value == 0 and level.kind in {"brightness", "fan_speed"} and device.ability("power"):
        return [Change(device.id, "power", {"on": False})]
    if not low <= value <= high and not (value == 0 and level.low == 1):
        raise _out_of_range(context, device, level)
    change = Change(device.id, level.kind, {level.field: _tidy(value, level)})
    lights_up = level.kind in {"brightness", "color_temperature", "fan_speed"}
    return woken(context, device, change) if lights_up and value > 0 else [change]


def relative(context: Context, device: Device, level: Level, by: float) -> list[Change]:
    """Raises or lowers a level from where it is, within the device's limits. Raises Unclear where
    that cannot be seen."""
    low, high = bounds(device, level)
    if level.kind in {"brightness", "fan_speed"} and is_off(context, device.id):
        if by < 0:
            return []
        value = _tidy(min(max(by, low), high), level)
        return woken(context, device, Change(device.id, level.kind, {level.field: value}))
    current = getattr(context.house.state(device.id).get(level.kind), level.field, None)
    if not isinstance(current, (int, float)):
        raise Unclear(Abstention.AMBIGUOUS, "level-unseen", what=level.kind, name=device.name)
    floor = max(low, 1) if level.low == 1 else low
    by = -by if level.kind == "color_temperature" else by  # warmer is fewer kelvin
    value = min(max(current + by, floor), high)
    if value == current:
        return []
    return [Change(device.id, level.kind, {level.field: _tidy(value, level)})]


def _out_of_range(context: Context, device: Device, level: Level) -> Unclear:
    low, high = (_in_words(end, level) for end in bounds(device, level))
    return Unclear(Abstention.OUT_OF_RANGE, "out-of-range", name=device.name, low=low, high=high)


def _in_words(value: float, level: Level) -> Celsius | Message | float:
    if level.kind == "climate":
        return Celsius(value)
    return Message("percent", {"n": value}) if level.field == "percent" else value


def _tidy(value: float, level: Level) -> float:
    return round(value) if level.kind == "color_temperature" else round(value, 2)


def celsius(context: Context, measure: Measure) -> float:
    """A temperature as it was said, in the speaker's unit unless one was named."""
    fahrenheit = measure.unit == "F" or (measure.unit != "C" and context.fahrenheit)
    return (measure.number - 32) * 5 / 9 if fahrenheit else measure.number


def sets(do: Do, _: Ground) -> bool:
    wish = do.wish
    if wish.colors or wish.whites or wish.modes or len(wish.measures) + len(wish.levels) != 1:
        return False
    if do.act in {"more", "less", "step"}:
        named = bool(wish.levels) and wish.how != "by"
        return named or any(m.how in {"to", "at"} for m in wish.measures)
    if wish.measures and wish.measures[0].how == "by":  # "open it by 20 %"; "on at nine" is none
        return do.act in {"open", "close"} and wish.measures[0].unit == "%"
    return do.act in {"set", "on", "open", "close"}


def set_level(do: Do, ground: Ground) -> list[Change]:
    wish = do.wish
    vague = wish.measures and not (wish.measures[0].unit or wish.attribute)
    sweeps = {"everything", "everywhere"} if vague else {"everything"}
    if any(sweeps & ref.quants and not ref.kinds for ref in wish.things):
        raise Unclear(Abstention.AMBIGUOUS, "what-thing")
    need = Need(
        lambda d: level_of(wish, d) is not None, "set", kinds_of(do, ground),
        unsaid=unsaid_of(wish),
    )  # fmt: skip
    changes: list[Change] = []
    for device in things_of(wish, need, ground):
        level = level_of(wish, device)
        if level is None:
            continue
        if do.act in {"open", "close"} and level.kind not in {"position", "tilt"}:
            raise Unclear(Abstention.NOT_UNDERSTOOD, "not-understood")
        value = _value(do, ground.context, device, level)
        put = absolute(ground.context, device, level, value)
        heat = heat_of(do, ground, device) if level.kind == "climate" else ""
        changes += tempered(ground, device, put, heat)
    return changes


def things_of(wish: Wish, need: Need, ground: Ground) -> list[Device]:
    things = ground.things(wish.things, need, wish.but)
    levels = [level_of(wish, d) for d in things]
    sound = all(level is not None and level.kind == "volume" for level in levels)
    return ground.audible(wish.things, things) if sound else things


def kinds_of(do: Do, ground: Ground) -> tuple[str, ...]:
    wish = do.wish
    unit = wish.measures[0].unit if wish.measures else ""
    dimensions = dimensions_of(wish)
    kind = wish.attribute.partition(".")[0] or (dimensions[0] if dimensions else "")
    if kind in LEVELS:
        return LEVELS[kind].kinds
    if unit in _DEGREES or _like_degrees(wish, ground):
        return HEATING
    return ("shade",) if do.act in {"open", "close"} else ("light",)


def _like_degrees(wish: Wish, ground: Ground) -> bool:
    """ "Living room 22": a bare number that is a room's warmth, in a place that is heated."""
    if not wish.measures or wish.measures[0].unit or not wish.things:
        return False
    low, high = (58, 86) if ground.context.fahrenheit else (15, 30)
    refs = [r for r in wish.things if r.placed or r.prons != frozenset({"it"})]
    if not refs or not all(r.bare and r.placed for r in refs):
        return False
    heated = {i for kind in HEATING for i in ground.names.of_kind.get(kind, ())}
    inside = [ground.pool(ref) & heated for ref in refs]
    return low <= wish.measures[0].number <= high and all(inside)


_UNSAID = {
    "volume": Ref(kinds=("music",)), "climate": Ref(kinds=("heating",)),
    "fan_speed": Ref(kinds=("fan",)), "brightness": Ref(kinds=("light",)),
}  # fmt: skip


def unsaid_of(wish: Wish) -> Ref | None:
    """What a level without a thing is about: the music's volume, the heating's degrees."""
    kind = wish.attribute or next(iter(dimensions_of(wish)), "")
    if kind == "fan_speed" and not wish.attribute:
        return None  # "faster" may be about anything that moves
    if not kind and wish.measures and wish.measures[0].unit in _DEGREES:
        kind = "climate"
    return _UNSAID.get(kind)


def _value(do: Do, context: Context, device: Device, level: Level) -> float:
    low, high = bounds(device, level)
    closing = do.act == "close" or (
        do.act == "less"
        and do.wish.how not in {"to", "at"}
        and (level.kind == "position" or bool(do.wish.levels))
    )
    if do.wish.levels:
        return _named(do.wish.levels[0], level, low, high, closing)
    measure = do.wish.measures[0]
    if level.kind == "climate":
        return celsius(context, measure)
    if level.kind == "position" and closing and measure.how not in {"to", "at"}:
        return low + high - measure.number  # "close it 70 %", against "close it to 30 %"
    return measure.number


def _named(name: str, level: Level, low: float, high: float, closing: bool) -> float:
    if name == "max":
        return low if closing else high
    if name == "min":
        shut = closing and level.kind == "position"
        heard = level.low == 1 or level.kind == "volume"  # the least of it, and not none
        return high if shut else max(low, 1 if heard else low)
    if name in {"low", "medium", "high"}:
        return {"low": 33.0, "medium": 66.0, "high": 100.0}[name]
    if level.kind == "climate":
        raise Unclear(Abstention.NOT_UNDERSTOOD, "how-many-degrees")
    return 100 - float(name) if closing else float(name)


ABILITIES = (
    Ability(
        "set level",
        sets,
        set_level,
        frozenset({"but", "attribute", "measures", "levels", "more", "how"}),
    ),
)
