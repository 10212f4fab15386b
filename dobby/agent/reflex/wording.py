"""What the verb and the little words of a clause come to: on or off, up or down."""

from __future__ import annotations

from dobby.agent.reflex.clauses import Clause
from dobby.agent.reflex.ground import not_understood

PLAIN = frozenset({"switch", "set", "on", "activate", "get"})
LEVELLING = PLAIN | {"raise", "lower", "dim", "brighten", "warm", "cool", "open", "close", "draw"}
UP = {"up", "raise", "brighten"}
DOWN = {"down", "lower", "dim"}


def verbs_within(clause: Clause, allowed: frozenset[str]) -> None:
    """Raises Unresolved for a verb that does not go with this reading: "pause ... at 50 %"."""
    if clause.verbs and not clause.verbs & allowed:
        raise not_understood(clause)


def switched_on(clause: Clause) -> bool | None:
    said = {w for w in (*clause.ways, *clause.verbs) if w in {"on", "off"}}
    said |= {"off"} if "stop" in clause.verbs else set()
    if len(said) != 1 or said & set(clause.kept):
        return None
    return "on" in said


def sign_of(clause: Clause) -> int | None:
    signs = {1 if m.endswith("+") else -1 for m in clause.more}
    if not signs:
        said = clause.verbs | set(clause.ways)
        more, less = UP | {"warm"}, DOWN | {"cool"}
        if stepped(clause):
            more, less = more | {"open"}, less | {"close"}
        signs = {s for s, group in ((1, more), (-1, less)) if said & group}
    return signs.pop() if len(signs) == 1 else None


def stepped(clause: Clause) -> bool:
    """Whether it is said by how much: "open it by 20 %"."""
    return any(m.how == "by" for m in clause.measures)


def about_shades(clause: Clause) -> bool:
    kinds = {k.partition("/")[0] for n in clause.nouns for k in n.kinds}
    return bool(kinds & {"shade", "garage", "gate", "window", "door"}) and not clause.measures
