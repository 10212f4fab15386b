"""Clauses that stop what moves: "stop the garage door", "halt the blinds"."""

from __future__ import annotations

from dobby.agent.reflex.clauses import Clause
from dobby.agent.reflex.ground import Ground, only
from dobby.agent.reflex.targets import Wanted
from dobby.agent.reflex.wishes import Change, able_to

MOVERS = frozenset({"shade", "window", "door", "garage", "gate"})


def halts(ground: Ground, clause: Clause) -> bool:
    if clause.verbs != frozenset({"stop"}) or clause.valued or not clause.nouns:
        return False
    named = {kind.partition("/")[0] for noun in clause.nouns for kind in noun.kinds}
    meant = {x.ref for noun in clause.nouns for name in noun.names for x in name}
    named |= {ground.index.devices[ref].kind for ref in meant if ref in ground.index.devices}
    return bool(named) and named <= MOVERS


def halt(ground: Ground, clause: Clause) -> list[Change]:
    """Whatever can be stopped or not: a device that cannot says so at once."""
    only(clause)
    wanted = Wanted(able_to("position", "movement"), "be stopped", tuple(MOVERS))
    return [Change(d.id, "movement", {"moving": False}) for d in ground.things(clause, wanted)]


WISHES = ((halts, halt),)
