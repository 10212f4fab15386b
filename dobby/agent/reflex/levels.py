"""Clauses that set a level: brightness, volume, degrees, position, speed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from devices.device import Device
from dobby.agent.calls import Abstention
from dobby.agent.reflex.clauses import Clause, Noun, heating
from dobby.agent.reflex.ground import Ground, not_understood, only
from dobby.agent.reflex.music import audible
from dobby.agent.reflex.numbers import Measure
from dobby.agent.reflex.targets import Unresolved, Wanted
from dobby.agent.reflex.wishes import LEVELS, Change, Level, absolute, bounds, natural_level
from dobby.agent.reflex.wording import LEVELLING, level_fits, switched_on, verbs_within


def sets_level(_: Ground, clause: Clause) -> bool:
    return bool(clause.measures or clause.levels)


def set_level(ground: Ground, clause: Clause) -> list[Change]:
    only(clause, "ways", "attrs", "levels", "measures")
    verbs_within(clause, LEVELLING)
    white, other = _white_and_level(clause)
    if white and other:
        return set_level(ground, white) + [c for c in set_level(ground, other) if c.kind != "power"]
    if len(clause.measures) + len(clause.levels) != 1 or not level_attrs(clause):
        raise not_understood(clause)
    off = switched_on(clause) is False
    if off or (set(clause.ways) | clause.verbs) & {"locked", "unlocked", "lock", "unlock"}:
        raise not_understood(clause)
    measure = clause.measures[0] if clause.measures else None
    unit = measure.unit if measure else ""
    if any("everything" in n.quants for n in clause.nouns) and not clause.attrs:
        raise not_understood(clause)
    if measure and not (measure.unit or measure.how or clause.attrs) and switched_on(clause):
        raise not_understood(clause)  # "kitchen 3 lights on"
    if measure and _bare_number(ground, clause, measure):
        unit = "degree" if _like_degrees(ground, measure.number) else "%"
    level_of = _level_chooser(ground, clause, unit)
    name = next((LEVELS[a].name for a in clause.attrs if a in LEVELS), "level")
    fallback = fallback_kinds(ground, clause, unit)
    wanted = Wanted(lambda d: level_of(d) is not None, f"have its {name} set", fallback)
    changes: list[Change] = []
    things = ground.things(clause, wanted, unsaid_thing(fallback))
    if all(LEVELS["volume"] is level_of(d) for d in things):
        things = audible(ground, clause, things)
    for device in things:
        level = level_of(device)
        if level is None:
            continue
        if not level_fits(clause, level.kind):
            raise not_understood(clause)
        if level.kind == "volume" and measure and not (measure.unit or measure.how or clause.attrs):
            raise not_understood(clause)  # "radio 4" is a station
        value = value_of(ground, clause, measure, device, level)
        set_to = absolute(ground.context, device, level, value)
        mode = tempering(clause) if level.kind == "climate" else ""
        changes += tempered(ground, device, set_to, mode) if mode else set_to
    return changes


def _white_and_level(clause: Clause) -> tuple[Clause | None, Clause | None]:
    """ "2700 K and 30 %": one clause for each."""
    white = [m for m in clause.measures if m.unit == "K"]
    other = [m for m in clause.measures if m.unit == "%"]
    if len(white) != 1 or len(other) != 1 or len(clause.measures) != 2:
        return None, None
    return replace(clause, measures=white), replace(clause, measures=other)


def _bare_number(ground: Ground, clause: Clause, measure: Measure) -> bool:
    """ "Living room 22": a number without unit, on a place and not a thing."""
    if measure.unit or clause.attrs or clause.verbs & {"dim", "brighten"}:
        return False
    pointing = all(n.prons == {"it"} and not (n.rooms or n.floors) for n in clause.nouns)
    if ground.spoken_of() and pointing and clause.nouns:
        return False  # the thing's own unit
    return all(
        n.place_only or n.prons == {"it"} or (n.quants and not (n.kinds or n.names or n.parts))
        for n in clause.nouns
    )


def _like_degrees(ground: Ground, number: float) -> bool:
    return 45 <= number <= 90 if ground.context.fahrenheit else 5 <= number <= 30


def tempering(clause: Clause) -> str:
    """ "heat" or "cool", where that is said: "heat the hall", "heating to 22"; else empty."""
    if "warm" in clause.verbs or any(heating(noun) for noun in clause.nouns):
        return "heat"
    return "cool" if "cool" in clause.verbs else ""


def tempered(ground: Ground, device: Device, changes: list[Change], mode: str) -> list[Change]:
    """The change of a target, with the mode that makes it come true. Raises Unresolved."""
    *before, last = changes
    return [*before, replace(last, fields=last.fields | starting(ground, device, mode))]


def starting(ground: Ground, device: Device, mode: str) -> dict[str, str]:
    """The mode that a device has to be put into so that it heats or cools; nothing where it does,
    or has no modes. Raises Unresolved where it cannot."""
    state = ground.context.house.state(device.id).get("climate")
    now, ability = getattr(state, "mode", None), device.ability("climate")
    choices = ability.choices if ability else ()
    if now in {mode, "auto"} or (now is None and not choices):
        return {}
    if choices and mode not in choices:
        raise Unresolved(
            Abstention.UNABLE, f"{device.name} cannot {mode}. It knows: {', '.join(choices)}."
        )
    return {"mode": mode}


def level_for(ground: Ground, clause: Clause, device: Device, unit: str = "") -> Level | None:
    named = [a for a in clause.attrs if a in LEVELS]
    if named:
        return LEVELS[named[0]] if device.ability(named[0]) else None
    if unit in {"C", "F", "degree"}:
        return LEVELS["climate"] if device.ability("climate") else None
    if unit == "K":
        return LEVELS["color_temperature"] if device.ability("color_temperature") else None
    if clause.verbs & {"warm", "cool"}:  # no lamp is heated
        return LEVELS["climate"] if device.ability("climate") else None
    natural = natural_level(device)
    if unit == "%" and natural == "climate":
        return None
    return LEVELS[natural] if natural else None


def level_attrs(clause: Clause) -> bool:
    return len(clause.attrs) <= 1 and all(a in LEVELS for a in clause.attrs)


def unsaid_thing(kinds: tuple[str, ...]) -> Noun | None:
    """What a level without a thing is about: the music's volume, the heating's degrees."""
    if "speaker" in kinds:
        return Noun(kinds=["music"], words=["the music"])
    if kinds in {("light",), ("fan",)}:
        return Noun(kinds=[kinds[0]], words=[f"the {kinds[0]}"])
    if kinds == LEVELS["climate"].kinds:
        return Noun(kinds=["heating"], words=["the heating"])
    return None


def _level_chooser(ground: Ground, clause: Clause, unit: str) -> Callable[[Device], Level | None]:
    return lambda device: level_for(ground, clause, device, unit)


def fallback_kinds(ground: Ground, clause: Clause, unit: str) -> tuple[str, ...]:
    for attr in clause.attrs:
        if attr in LEVELS:
            return LEVELS[attr].kinds
    if unit in {"C", "F", "degree"} or clause.verbs & {"warm", "cool"}:
        return LEVELS["climate"].kinds
    if clause.verbs & {"open", "close"}:
        return LEVELS["position"].kinds
    return ("light",)


def value_of(
    ground: Ground, clause: Clause, measure: Measure | None, device: Device, level: Level
) -> float:
    low, high = bounds(device, level)
    if measure is None:
        return _named_value(clause.levels[0], level, low, high, _lowers(clause, level))
    if level.kind == "climate":
        return ground.celsius(measure)
    if level.kind == "position" and _says_how_closed(clause, measure):
        return low + high - measure.number
    return measure.number


def _says_how_closed(clause: Clause, measure: Measure) -> bool:
    """ "70 % closed", "close it 70 %", against "close it to 30 %"."""
    return "closed" in clause.ways or ("close" in clause.verbs and not measure.how)


def _lowers(clause: Clause, level: Level) -> bool:
    """Whether a share is counted from the open end: "lower the shades two thirds"."""
    if clause.levels == ["max"] and "down" in clause.ways:
        return True  # "all the way down"
    down = bool(clause.verbs & {"lower", "draw"} or "down" in clause.ways)
    return "close" in clause.verbs or (down and level.kind == "position")


def _named_value(name: str, level: Level, low: float, high: float, closing: bool) -> float:
    if name == "max":
        return low if closing else high
    if name == "min":
        return high if closing else max(low, 1 if level.low == 1 else low)
    if name in {"low", "medium", "high"}:
        return {"low": 33.0, "medium": 66.0, "high": 100.0}[name]
    share = float(name)
    if level.kind == "climate":
        raise Unresolved(Abstention.NOT_UNDERSTOOD, "How many degrees shall it be?")
    return 100 - share if closing else share
