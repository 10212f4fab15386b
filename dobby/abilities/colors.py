"""The colour of light, and its white."""

from __future__ import annotations

from devices.device import Device
from dobby.abilities.change import Ability, Change, able_to
from dobby.abilities.levels import LEVELS, absolute, bounds, woken
from dobby.agent.calls import Abstention
from dobby.language.declining import Unclear
from dobby.language.grounding import Ground, Need
from dobby.language.meaning import Do


def colours(do: Do, _: Ground) -> bool:
    return do.act in {"set", "on"} and len(do.wish.colors) + len(do.wish.whites) == 1


def colour(do: Do, ground: Ground) -> list[Change]:
    wish = do.wish
    if wish.attribute not in {"", "color", "color_temperature", "brightness"} and not (
        wish.attribute == "climate" and wish.whites  # "temperature", of a lamp
    ):
        raise Unclear(Abstention.NOT_UNDERSTOOD, "not-understood")
    if any(m.unit not in {"%", ""} for m in wish.measures):
        raise Unclear(Abstention.NOT_UNDERSTOOD, "not-understood")  # "pink, 13 degrees"
    kind = "color" if wish.colors else "color_temperature"
    able = able_to(kind, "color") if "white" in wish.whites else able_to(kind)
    changes: list[Change] = []
    for device in ground.things(wish.things, Need(able, "color", ("light",)), wish.but):
        changes += woken(ground.context, device, _tint(do, device))
        for measure in wish.measures[:1]:
            if device.ability("brightness") and measure.unit in {"%", ""}:
                level = LEVELS["brightness"]
                done = absolute(ground.context, device, level, measure.number)
                changes += [c for c in done if c.kind == "brightness"]
    return changes


def _tint(do: Do, device: Device) -> Change:
    if do.wish.colors:
        hue, saturation = (float(n) for n in do.wish.colors[0].split())
        return Change(device.id, "color", {"hue": hue, "saturation": saturation})
    white = do.wish.whites[0]
    if not device.ability("color_temperature"):
        return Change(device.id, "color", {"hue": 0.0, "saturation": 0.0})
    low, high = bounds(device, LEVELS["color_temperature"])
    kelvin = 4000.0 if white == "white" else float(white)
    return Change(device.id, "color_temperature", {"kelvin": round(min(max(kelvin, low), high))})


ABILITIES = (
    Ability(
        "color", colours, colour,
        frozenset({"but", "colors", "whites", "attribute", "measures"}),
    ),
)  # fmt: skip
