"""Clauses about locks, and about all that opens: shades, windows, doors, gates."""

from __future__ import annotations

from dataclasses import replace

from dobby.agent.calls import Abstention
from dobby.agent.reflex.clauses import Clause, Noun
from dobby.agent.reflex.ground import Ground, not_understood, only
from dobby.agent.reflex.joining import COMPLETE
from dobby.agent.reflex.power import switch
from dobby.agent.reflex.targets import Unresolved, Wanted
from dobby.agent.reflex.wishes import LEVELS, Change, able_to, bounds, relative
from dobby.agent.reflex.wording import DOWN, LEVELLING, UP, about_shades, verbs_within


def locks(_: Ground, clause: Clause) -> bool:
    said = clause.verbs | set(clause.ways)
    return bool(said & {"lock", "unlock", "locked", "unlocked"})


def lock(ground: Ground, clause: Clause) -> list[Change]:
    only(clause, "ways")
    words_ = clause.verbs | set(clause.ways)
    locked = bool(words_ & {"lock", "locked"})
    if locked == bool(words_ & {"unlock", "unlocked"}):
        raise not_understood(clause)
    house = bool(clause.nouns) and all(
        "everywhere" in n.quants and not n.kinds for n in clause.nouns
    )
    if (clause.verb_text in COMPLETE and not clause.nouns) or (house and locked):
        ground.heed(*clause.nouns)
        clause.nouns = [Noun(kinds=["lock"], quants={"all"}, words=["the locks"])]
        if not any(able_to("lock")(device) for device in ground.index.devices.values()):
            raise Unresolved(Abstention.UNABLE, "I know no lock here.")
    if not clause.nouns:
        clause.nouns.append(Noun(kinds=["lock"], words=["lock"]))
    wanted = Wanted(able_to("lock"), "be locked or unlocked", ("lock", "door"))
    things = ground.things(clause, wanted)
    named_all = all(n.names or ("all" in n.quants and n.kinds) for n in clause.nouns)
    if not locked and len(things) > 1 and not named_all and len(things) > len(clause.nouns):
        names = " or ".join(d.name for d in things)
        raise Unresolved(Abstention.AMBIGUOUS, f"Which one: {names}?", [d.id for d in things])
    return [Change(d.id, "lock", {"locked": locked}) for d in things]


def roll(clause: Clause) -> None:
    """ "Awning out", "bring the awning in": for what is rolled, these say open and close."""
    end = clause.text.removesuffix(" please").split()[-1:]
    rolled = any({"awning", "awnings"} & set(n.words) for n in clause.nouns)
    if rolled and end in (["out"], ["in"]) and not clause.verbs & {"open", "close"}:
        clause.verbs, clause.ways = frozenset({"open" if end == ["out"] else "close"}), []


def opens(_: Ground, clause: Clause) -> bool:
    said = clause.verbs | set(clause.ways)
    if "off" in clause.ways:
        return False
    if said & {"open", "close", "closed", "draw"}:
        return True
    return bool(said & (UP | DOWN)) and about_shades(clause)


def open_or_close(ground: Ground, clause: Clause) -> list[Change]:
    only(clause, "ways", "amounts")
    verbs_within(clause, LEVELLING - {"dim", "brighten", "warm", "cool"})
    said = clause.verbs | set(clause.ways)
    opens = bool(said & {"open", "up", "raise"})
    closes = bool(said & {"close", "closed", "down", "lower", "draw"})
    everything = any("everything" in n.quants for n in clause.nouns)
    if opens == closes or (everything and opens):
        raise not_understood(clause)
    if everything and "down" in clause.ways:  # "shut everything down"
        return switch(ground, replace(clause, verbs=frozenset({"off"}), ways=[]))
    lockable = able_to("position", "lock") if opens else able_to("position")
    wanted = Wanted(lockable, "be opened or closed", ("shade",))
    changes: list[Change] = []
    for device in ground.things(clause, wanted):
        if not device.ability("position"):
            changes.append(Change(device.id, "lock", {"locked": False}))
        elif clause.amounts:
            by = LEVELS["position"].step(clause.amounts[0], fahrenheit=False)
            changes += relative(ground.context, device, LEVELS["position"], by if opens else -by)
        else:
            low, high = bounds(device, LEVELS["position"])
            changes.append(Change(device.id, "position", {"percent": high if opens else low}))
    return changes
