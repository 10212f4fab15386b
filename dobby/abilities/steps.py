"""Quantities that are raised and lowered: louder, a bit warmer, twice as bright, by a third."""

from __future__ import annotations

from dataclasses import replace

from devices.capabilities import Climate
from devices.device import Device
from dobby.abilities.change import Ability, Change
from dobby.abilities.levels import (
    PUT_TO_WORK,
    Level,
    bounds,
    kinds_of,
    level_of,
    relative,
    things_of,
    unsaid_of,
)
from dobby.abilities.tempering import heat_of, tempered
from dobby.agent.calls import Abstention, Context
from dobby.language.declining import Unclear
from dobby.language.grounding import Ground, Need
from dobby.language.meaning import Do, Wish

_ACTS = {"more": 1, "less": -1}


def steps(do: Do, ground: Ground) -> bool:
    return do.act in {"more", "less", "step"} and sign_of(do) is not None


def sign_of(do: Do) -> int | None:
    signs = {1 if m.endswith("+") or factor_of(m) > 1 else -1 for m in do.wish.more}
    signs |= {_ACTS[do.act]} if do.act in _ACTS else set[int]()
    return signs.pop() if len(signs) == 1 else None


def factor_of(more: str) -> float:
    """2 of "brightness*2"; 0 of a plain comparative."""
    return float(more.partition("*")[2] or 0)


def step(do: Do, ground: Ground) -> list[Change]:
    sign = sign_of(do) or 0
    wish = _of_what_plays(do, ground)
    need = Need(
        lambda d: level_of(wish, d) is not None, "step", kinds_of(Do(do.act, wish), ground),
        unsaid=unsaid_of(wish),
    )  # fmt: skip
    changes: list[Change] = []
    plain = not (wish.more or wish.degree or wish.measures or wish.levels)
    for device in things_of(wish, need, ground):
        level = level_of(wish, device)
        if level is None:
            continue
        if level.kind == "position" and plain:
            end = bounds(device, level)[sign > 0]
            changes.append(Change(device.id, "position", {"percent": end}))
            continue
        idle = device.kind in PUT_TO_WORK and not _works(ground.context, device)
        idle = idle and device.id not in ground.context.dialogue.devices
        if sign > 0 and level.kind == "climate" and idle and wish.more and not wish.measures:
            changes.append(Change(device.id, "climate", {"mode": "heat"}))
            continue
        by = _by(wish, ground.context, device, level)
        moved = relative(ground.context, device, level, sign * by)
        heat = heat_of(do, ground, device) if level.kind == "climate" and sign > 0 else ""
        changes += tempered(ground, device, moved, heat)
    if not changes:
        raise Unclear(Abstention.NONE, "nothing-to-do")
    return changes


def _of_what_plays(do: Do, ground: Ground) -> Wish:
    """ "Turn it up", with nothing spoken of: what plays."""
    wish = do.wish
    pointing = {ref.prons for ref in wish.things} == {frozenset({"it"})}
    vague = all(m.startswith("any") for m in wish.more) and all(
        m.unit in {"", "%"} for m in wish.measures
    )
    if not (pointing and vague) or wish.attribute or ground.context.dialogue.devices:
        return wish
    players = ground.names.with_ability.get("playback", ())
    if not any(map(ground.plays, players)):
        return wish
    return replace(wish, attribute="volume", things=())


def _works(context: Context, device: Device) -> bool:
    climate = context.house.state(device.id).get("climate")
    return isinstance(climate, Climate) and climate.mode not in {None, "off"}


def _by(wish: Wish, context: Context, device: Device, level: Level) -> float:
    """How much, as a positive number. Raises Unclear where that is too much to be meant."""
    share = next((abs(factor_of(m) - 1) for m in wish.more if factor_of(m)), 0.0)
    if bool(share) + len(wish.levels) + len(wish.measures) > 1:  # "twice as loud, 77 %"
        raise Unclear(Abstention.NOT_UNDERSTOOD, "not-understood")
    if wish.levels:  # "by a third"
        share = float(wish.levels[0]) / 100 if wish.levels[0].isdigit() else 0.0
        if not share:
            raise Unclear(Abstention.NOT_UNDERSTOOD, "not-understood")
    if share:
        return share * _whole(context, device, level)
    if not wish.measures:
        return level.step(wish.degree, context.fahrenheit)
    measure = wish.measures[0]
    if level.kind != "climate":
        return measure.number
    fahrenheit = measure.unit == "F" or (measure.unit != "C" and context.fahrenheit)
    if measure.number > (18 if fahrenheit else 10):
        raise Unclear(Abstention.OUT_OF_RANGE, "big-step")
    return measure.number * 5 / 9 if fahrenheit else measure.number


def _whole(context: Context, device: Device, level: Level) -> float:
    """What a share is a share of: the way a blind can go; of anything else, what it is now."""
    if level.kind == "position":
        low, high = bounds(device, level)
        return high - low
    if level.kind == "climate":
        raise Unclear(Abstention.NOT_UNDERSTOOD, "how-many-degrees")
    current = getattr(context.house.state(device.id).get(level.kind), level.field, None)
    if not isinstance(current, (int, float)):
        raise Unclear(Abstention.AMBIGUOUS, "level-unseen", what=level.kind, name=device.name)
    return float(current)


ABILITIES = (
    Ability(
        "step", steps, step,
        frozenset({"but", "attribute", "more", "degree", "measures", "levels", "how"}),
    ),
)  # fmt: skip
