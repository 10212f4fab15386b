"""Clauses about the colour of light."""

from __future__ import annotations

from devices.device import Device
from dobby.agent.reflex.clauses import Clause
from dobby.agent.reflex.ground import Ground, not_understood, only
from dobby.agent.reflex.levels import value_of
from dobby.agent.reflex.targets import Wanted
from dobby.agent.reflex.wishes import LEVELS, Change, able_to, absolute, bounds, woken
from dobby.agent.reflex.wording import PLAIN, switched_on, verbs_within

_COLOUR_ATTRS = {"color", "color_temperature", "brightness"}


def colours(_: Ground, clause: Clause) -> bool:
    return bool(clause.colors or clause.whites) and not clause.verbs & {"warm", "cool"}


def colour(ground: Ground, clause: Clause) -> list[Change]:
    only(clause, "ways", "attrs", "levels", "whites", "colors", "measures", "modes")
    verbs_within(clause, PLAIN | {"dim", "brighten"})
    if set(clause.ways) - {"on", "up", "down"} or set(clause.attrs) - _COLOUR_ATTRS:
        raise not_understood(clause)
    if len(clause.colors) + len(clause.whites) != 1 or switched_on(clause) is False:
        raise not_understood(clause)
    own = [s for s in clause.spans if s.says("white") and s.says("mode")]  # "cool white"
    if len(clause.modes) > len(own):
        raise not_understood(clause)
    levelled = bool(clause.measures or clause.levels or clause.verbs & {"dim", "brighten"})
    if ("brightness" in clause.attrs) > levelled:
        raise not_understood(clause)
    if len(clause.measures) + len(clause.levels) > 1:
        raise not_understood(clause)
    kind = "color" if clause.colors else "color_temperature"
    able = able_to(kind, "color") if "white" in clause.whites else able_to(kind)
    wanted = Wanted(able, "change colour", ("light",))
    changes: list[Change] = []
    for device in ground.things(clause, wanted):
        changes += woken(ground.context, device, _tint(ground, clause, device))
        if clause.measures or clause.levels:
            changes += _brightness_beside(ground, clause, device)
    return changes


def _brightness_beside(ground: Ground, clause: Clause, device: Device) -> list[Change]:
    level = LEVELS["brightness"]
    measure = clause.measures[0] if clause.measures else None
    if not device.ability("brightness") or (measure and measure.unit not in {"%", ""}):
        raise not_understood(clause)
    value = value_of(ground, clause, measure, device, level)
    done = absolute(ground.context, device, level, value)
    return [c for c in done if c.kind == "brightness"]


def _tint(ground: Ground, clause: Clause, device: Device) -> Change:
    if clause.colors:
        hue, saturation = (float(n) for n in clause.colors[0].split())
        return Change(device.id, "color", {"hue": hue, "saturation": saturation})
    white = clause.whites[0]
    if white == "white" and not device.ability("color_temperature"):
        return Change(device.id, "color", {"hue": 0, "saturation": 0})
    low, high = bounds(device, LEVELS["color_temperature"])
    kelvin = min(max(float(4000 if white == "white" else white), low), high)
    return Change(device.id, "color_temperature", {"kelvin": round(kelvin)})
