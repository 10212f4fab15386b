"""Clauses that raise or lower a level from where it is now."""

from __future__ import annotations

from collections.abc import Callable

from devices.device import Device
from dobby.agent.calls import Abstention
from dobby.agent.reflex.clauses import Clause
from dobby.agent.reflex.ground import Ground, not_understood, only
from dobby.agent.reflex.levels import (
    fallback_kinds,
    level_attrs,
    level_for,
    starting,
    tempered,
    tempering,
    unsaid_thing,
)
from dobby.agent.reflex.music import audible, plays
from dobby.agent.reflex.targets import Unresolved, Wanted
from dobby.agent.reflex.wishes import LEVELS, Change, Level, bounds, is_off, relative
from dobby.agent.reflex.wording import (
    DOWN,
    LEVELLING,
    UP,
    about_shades,
    level_fits,
    sign_of,
    stepped,
    verbs_within,
)  # fmt: skip


def steps(_: Ground, clause: Clause) -> bool:
    absolute_value = any(m.how in {"to", "at"} for m in clause.measures) or bool(clause.levels)
    if absolute_value:
        return False
    if clause.more:
        return True
    if stepped(clause):
        return sign_of(clause) is not None
    said = clause.verbs | set(clause.ways)
    everything = any("everything" in n.quants for n in clause.nouns)
    if (
        about_shades(clause)
        or clause.verb_text == "light"
        or (everything and "close" in clause.verbs)
    ):
        return False
    return bool(said & {"brighten", "dim"}) or (
        bool(said & (UP | DOWN | {"warm", "cool"})) and not _is_plain_set(clause)
    )


def _is_plain_set(clause: Clause) -> bool:
    return bool(clause.measures) and clause.verbs == frozenset({"set"})


def step(ground: Ground, clause: Clause) -> list[Change]:
    only(clause, "ways", "more", "amounts", "attrs", "measures")
    opening = clause.more or stepped(clause)
    verbs_within(clause, LEVELLING if opening else LEVELLING - {"open", "close", "draw"})
    if (
        not level_attrs(clause)
        or len(clause.more) > 2
        or len(clause.measures) + len(clause.amounts) > 1
        or _of_two_things(clause)
    ):
        raise not_understood(clause)
    sign = sign_of(clause)
    if sign is None:
        raise not_understood(clause)
    if _means_music(ground, clause):
        clause.more.append("volume+" if sign > 0 else "volume-")
    choose = _relative_chooser(ground, clause)
    fallback = _relative_fallback(ground, clause)
    wanted = Wanted(lambda d: choose(d) is not None, "be turned up or down", fallback)
    changes: list[Change] = []
    plain = not (clause.more or clause.amounts or clause.measures)
    unsaid = not (clause.nouns or clause.verbs or ground.context.dialogue.devices or ground.touched)
    things = ground.things(clause, wanted, unsaid_thing(fallback))
    if all(LEVELS["volume"] is choose(d) for d in things):
        things = audible(ground, clause, things)
    if unsaid:
        things = [d for d in things if not is_off(ground.context, d.id)]  # a bare "faster"
    for device in things:
        level = choose(device)
        if plain and "warm" in clause.verbs and device.kind in {"spa", "pool", "boiler", "heater"}:
            fields = starting(ground, device, "heat")
            changes += [Change(device.id, "climate", fields)] if fields else []
        elif level is not None and level.kind == "position" and plain:
            end = bounds(device, level)[sign > 0]
            changes.append(Change(device.id, "position", {"percent": end}))
        elif level is not None and not level_fits(clause, level.kind):
            raise not_understood(clause)
        elif level is not None:
            by = _by(ground, clause, level)
            moved = relative(ground.context, device, level, sign * by)
            heats = sign > 0 and level.kind == "climate" and tempering(clause) == "heat"
            changes += tempered(ground, device, moved, "heat") if heats and moved else moved
    if not changes:
        raise Unresolved(Abstention.NONE, "Nothing to do: it is off, or already as far as it goes.")
    return changes


def _of_two_things(clause: Clause) -> bool:
    """Whether it names two levels: "louder and warmer", "slower volume"."""
    said = {m[:-1] for m in clause.more} - {"any"} | set(clause.attrs)
    return len(said - ({"color_temperature"} if said & {"climate"} else set[str]())) > 1


def _means_music(ground: Ground, clause: Clause) -> bool:
    """ "Turn it up", with nothing spoken of before: what plays."""
    nothing = all(n.prons == {"it"} and not n.rooms for n in clause.nouns) and bool(
        clause.nouns or clause.verb_text.split()[:1] in (["turn"], ["crank"], ["pump"])
    )
    if (
        not nothing
        or clause.more
        or clause.attrs
        or ground.context.dialogue.devices
        or ground.touched
    ):
        return False
    dims = clause.verbs & {"dim", "brighten", "warm", "cool"}
    players = ground.index.with_ability.get("playback", ())
    return not dims and any(plays(ground, d) for d in players)


def _by(ground: Ground, clause: Clause, level: Level) -> float:
    amount = clause.amounts[0] if clause.amounts else None
    if not clause.measures:
        return level.step(amount, ground.context.fahrenheit)
    measure = clause.measures[0]
    directed = level.kind == "brightness" and set(clause.ways) & {"up", "down"}
    bare = measure.how != "by" and not clause.more and not directed
    if bare and level.kind not in {"volume", "climate", "color_temperature"}:
        raise Unresolved(
            Abstention.AMBIGUOUS,
            f"To {measure.number:g} or by {measure.number:g}? Say to or by.",
        )
    if level.kind != "climate":
        return measure.number
    fahrenheit = measure.unit == "F" or (measure.unit != "C" and ground.context.fahrenheit)
    if measure.number > (18 if fahrenheit else 10):
        raise Unresolved(Abstention.OUT_OF_RANGE, "That is a big step. To what temperature?")
    return measure.number * 5 / 9 if fahrenheit else measure.number


def _relative_chooser(ground: Ground, clause: Clause) -> Callable[[Device], Level | None]:
    dimensions = {m[:-1] for m in clause.more} - {"any"}
    if clause.verbs & {"dim", "brighten"}:
        dimensions.add("brightness")
    unit = clause.measures[0].unit if clause.measures else ""

    def choose(device: Device) -> Level | None:
        for dimension in sorted(dimensions):
            if dimension == "climate" and device.kind == "light":
                dimension = "color_temperature"
            if device.ability(dimension):
                return LEVELS[dimension]
        return None if dimensions else level_for(ground, clause, device, unit)

    return choose


def _relative_fallback(ground: Ground, clause: Clause) -> tuple[str, ...]:
    for more in clause.more:
        if more[:-1] in LEVELS:
            return LEVELS[more[:-1]].kinds
    return fallback_kinds(ground, clause, clause.measures[0].unit if clause.measures else "")
