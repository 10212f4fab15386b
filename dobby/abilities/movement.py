"""Stopping what moves, where it is: a gate on its way, the blinds, "it". Never a toggle."""

from __future__ import annotations

from devices.device import Device
from dobby.abilities.change import Ability, Change, of_kinds
from dobby.language.grounding import Ground, Need
from dobby.language.meaning import Do

MOVERS = ("shade", "window", "door", "garage", "gate")


def _moves(device: Device) -> bool:
    """Whatever moves, whether it can be stopped or not: one that cannot says so at once."""
    if device.ability("movement"):
        return True
    return device.kind in MOVERS and device.ability("position") is not None


def halts(do: Do, ground: Ground) -> bool:
    if do.act not in {"stop", "pause"}:
        return False
    refs, devices = do.wish.things, ground.names.devices
    if refs and all(ref.prons & {"it", "that", "them"} and not ref.kinds for ref in refs):
        spoken = [devices[i] for i in ground.context.dialogue.devices if i in devices]
        return bool(spoken) and all(map(_moves, spoken))
    return of_kinds(do, ground, *MOVERS)


def halt(do: Do, ground: Ground) -> list[Change]:
    things = ground.things(do.wish.things, Need(_moves, "stop", MOVERS), do.wish.but)
    return [Change(d.id, "movement", {"moving": False}) for d in things]


ABILITIES = (Ability("movement", halts, halt, frozenset({"but"})),)
