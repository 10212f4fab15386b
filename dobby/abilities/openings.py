"""All that opens and closes, and its locks."""

from __future__ import annotations

from dataclasses import replace

from dobby.abilities.change import Ability, Change, able_to, of_kinds
from dobby.abilities.levels import LEVELS, bounds, relative
from dobby.abilities.movement import MOVERS
from dobby.agent.calls import Abstention
from dobby.language.declining import Unclear
from dobby.language.grounding import Ground, Need
from dobby.language.meaning import Do, Ref


def locks(do: Do, _: Ground) -> bool:
    return do.act in {"lock", "unlock", "lock-up"}


def lock(do: Do, ground: Ground) -> list[Change]:
    locked, wish = do.act != "unlock", do.wish
    whole = all("everywhere" in ref.quants and not ref.kinds for ref in wish.things)
    if locked and whole and (wish.things or do.act == "lock-up"):  # "lock up the house"
        wish = replace(wish, things=(Ref(kinds=("lock",), quants=frozenset({"all"})),))
    act = "lock" if locked else "unlock"
    need = Need(able_to("lock"), act, ("lock", "door"), unsaid=Ref(kinds=("lock",)))
    things = ground.things(wish.things, need, wish.but)
    named = all(r.names or (r.quants & {"all", "both"} and r.kinds) or r.count for r in wish.things)
    if not locked and len(things) > 1 and not named:
        options = [d.id for d in things]
        raise Unclear(Abstention.AMBIGUOUS, "which-one", options, options=[d.name for d in things])
    return [Change(d.id, "lock", {"locked": locked}) for d in things]


def opens(do: Do, ground: Ground) -> bool:
    if do.act in {"open", "close", "draw"}:
        return True
    if do.act in {"extend", "retract"}:  # "the awning out" opens it, and switches nothing
        return of_kinds(do, ground, "shade")
    return do.act in {"more", "less"} and of_kinds(do, ground, *MOVERS) and not do.wish.attribute


def open_or_close(do: Do, ground: Ground) -> list[Change]:
    wish, up = do.wish, do.act in {"open", "more", "extend"}
    if up and any(ref.quants and ref.bare and not ref.placed for ref in wish.things):
        raise Unclear(Abstention.NOT_UNDERSTOOD, "what-thing")
    able = able_to("position", "lock") if up else able_to("position")
    changes: list[Change] = []
    for device in ground.things(wish.things, Need(able, do.act, ("shade",)), wish.but):
        level = LEVELS["position"]
        if not device.ability("position"):
            changes.append(Change(device.id, "lock", {"locked": False}))
        elif wish.degree:
            by = level.step(wish.degree, fahrenheit=False)
            changes += relative(ground.context, device, level, by if up else -by)
        else:
            end = bounds(device, level)[up]
            changes.append(Change(device.id, "position", {"percent": end}))
    return changes


ABILITIES = (
    Ability("lock", locks, lock, frozenset({"but"})),
    Ability("position", opens, open_or_close, frozenset({"but", "degree"})),
)
