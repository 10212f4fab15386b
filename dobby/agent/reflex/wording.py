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


_FITTING = {  # verbs that say which level they mean
    "open": {"position", "tilt"}, "close": {"position", "tilt"}, "draw": {"position"},
    "dim": {"brightness"}, "brighten": {"brightness"},
    "warm": {"climate", "color_temperature"}, "cool": {"climate", "color_temperature"},
}  # fmt: skip
_HOW_FAR = {"open", "closed"}


def level_fits(clause: Clause, level: str) -> bool:
    """Whether verb and little words go with the level that is set: nobody opens a lamp to 40 %."""
    meant = [_FITTING[v] for v in clause.verbs if v in _FITTING]
    fits = not meant or len(meant) < len(clause.verbs) or any(level in m for m in meant)
    ways = set(clause.ways) - {"on", "up", "down"}
    return fits and (not ways or (ways <= _HOW_FAR and level in _FITTING["open"]))


def switched_on(clause: Clause) -> bool | None:
    said = {w for w in (*clause.ways, *clause.verbs) if w in {"on", "off"}}
    said |= {"off"} if "stop" in clause.verbs else set()
    if len(said) != 1 or said & set(clause.kept):
        return None
    return "on" in said


def sign_of(clause: Clause) -> int | None:
    signs = {1 if m.endswith("+") else -1 for m in clause.more}
    said = clause.verbs | set(clause.ways)
    if signs:  # "dim it brighter"
        against = (said & (DOWN if 1 in signs else UP)) - {"warm", "cool"}
        return None if against and not said & (UP if 1 in signs else DOWN) else (
            signs.pop() if len(signs) == 1 else None
        )  # fmt: skip
    if not signs:
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
