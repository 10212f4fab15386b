"""What heating and cooling do: the mode, with degrees beside it."""

from __future__ import annotations

from dobby.abilities.change import Ability, Change, able_to
from dobby.abilities.levels import HEATING, LEVELS, PUT_TO_WORK, absolute, celsius, relative
from dobby.abilities.tempering import check, mode_for, tempered
from dobby.agent.calls import Abstention
from dobby.language.declining import Unclear
from dobby.language.grounding import Ground, Need
from dobby.language.meaning import Do, Ref


def sets_mode(do: Do, _: Ground) -> bool:
    return do.act in {"set", "on"} and len(do.wish.modes) == 1 and not do.wish.whites


def warms(do: Do, _: Ground) -> bool:
    """ "Heat the spa", "cool the bedroom": no lamp is heated."""
    return do.act in {"warm", "cool"}


def warm(do: Do, ground: Ground) -> list[Change]:
    wish, mode = do.wish, do.wish.modes[0]
    need = Need(able_to("climate"), "climate", HEATING, unsaid=Ref(kinds=("heating",)))
    changes: list[Change] = []
    for device in ground.things(wish.things, need, wish.but):
        plain = not (wish.degree or wish.measures)
        if plain and device.kind in PUT_TO_WORK:
            check(device, mode)
            changes.append(Change(device.id, "climate", {"mode": mode}))
            continue
        level = LEVELS["climate"]
        by = wish.measures[0].number if wish.measures else level.step(
            wish.degree, ground.context.fahrenheit
        )  # fmt: skip
        sign = 1 if mode == "heat" else -1
        moved = relative(ground.context, device, level, sign * by)
        changes += tempered(ground, device, moved, mode) if mode == "heat" else moved
    if not changes:
        raise Unclear(Abstention.NONE, "nothing-to-do")
    return changes


def set_mode(do: Do, ground: Ground) -> list[Change]:
    wish, mode = do.wish, do.wish.modes[0]
    kind = "aircon" if mode in {"cool", "dry"} else "heating"
    need = Need(able_to("climate"), "climate", HEATING, unsaid=Ref(kinds=(kind,)))
    changes: list[Change] = []
    for device in ground.things(wish.things, need, wish.but):
        check(device, mode)
        if not wish.measures:
            changes.append(Change(device.id, "climate", {"mode": mode}))
            continue
        target = celsius(ground.context, wish.measures[0])
        fields = absolute(ground.context, device, LEVELS["climate"], target)[-1].fields
        by_itself = mode in {"heat", "cool"} and not wish.how  # "heat to 22", not "to heat, 22"
        if started := mode_for(ground, device, mode) if by_itself else mode:
            fields = {"mode": started, **fields}
        changes.append(Change(device.id, "climate", fields))
    return changes


ABILITIES = (
    Ability("warm", warms, warm, frozenset({"but", "modes", "measures", "attribute", "degree"})),
    Ability(
        "climate mode",
        sets_mode,
        set_mode,
        frozenset({"but", "modes", "measures", "attribute", "how"}),
    ),
)
