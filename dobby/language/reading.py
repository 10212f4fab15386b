"""Clauses to meanings: what is told, asked, ordered or held back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dobby.language.borrowing import after_statement, completed, scoped, without_reason
from dobby.language.clause import VALUES, Clause, NotRead, says
from dobby.language.meaning import Ask, Held, Meaning, Ref, Talk
from dobby.language.orders import COMPARED, order, wish

_STATE_OF_ACT = {
    "on": "on", "off": "off", "open": "open", "close": "closed", "lock": "locked",
    "unlock": "unlocked", "play": "playing", "clean": "running", "mow": "running",
    "arm": "armed", "pause": "paused", "mute": "muted",
}  # fmt: skip

_HELD = ("not", "if", "past", "reported", "time")  # which reason is told first

_WHY = {"not": "negation", "if": "condition", "past": "past", "reported": "reported",
        "time": "future"}  # fmt: skip


def meanings(clauses: Sequence[Clause], asked: bool) -> Sequence[Meaning]:
    """What a sentence says, clause by clause. ``asked``: it ends in a question mark.

    Raises NotRead.
    """
    unknown = [w for c in clauses for w in c.has.get("unknown", ())]
    if unknown:
        raise NotRead(" ".join(unknown))
    clauses = [_plain(c) for c in clauses]
    said = scoped([c for c in clauses if says(c)])
    if not said:
        raise NotRead
    held = next((flag for flag in _HELD if any(_holds(c, flag) for c in said)), None)
    if held:
        return [Held(_WHY[held])]  # type: ignore[arg-type]
    asked = asked and not any("act" in c.has for c in said)
    said = after_statement(said)
    if any(_is_question(c, asked) for c in said):
        asks = [_question(c) for c in completed(said) if set(c.has) - {"ask", "be", ""}]
        if not asks:
            raise NotRead
        return asks
    if talk := [c for c in said if "talk" in c.has]:
        if any(c.has["talk"][0] == "cancel" for c in talk if c is not said[0]):
            return [Talk("cancel")]  # "lock the door and then, well, never mind"
        if any(set(c.has) - {"talk", ""} for c in talk):
            raise NotRead
        if len(said) == len(talk):
            return [Talk(talk[0].has["talk"][0])]
        said = [c for c in said if "talk" not in c.has]  # "hello, lights on"
    if any(c.joined == "or" or "or" in c.has for c in said):
        return [Held("either")]
    if any("done" in c.has and not _let(c.has) for c in said):
        return [Held("past")]
    if any("act" in c.has for c in said):  # "it is cold in here, turn the heating up": why, where
        said = [without_reason(c) for c in said]
        said = scoped([c for c in said if says(c)])
    orders = [order(c) for c in completed(said)]
    if not orders:
        raise NotRead
    return orders


def _plain(clause: Clause) -> Clause:
    """A clause without the halves of verbs that found each other."""
    has = {k: v for k, v in clause.has.items() if k not in {"prefix", "particle"}}
    return replace(clause, has=has)


def _holds(clause: Clause, flag: str) -> bool:
    """A stretch of time is when something shall be done; of a timer it is how long."""
    has = clause.has
    if flag != "time":
        return flag in has
    if {"time", "times", "number"} & set(has) or ("spans" in has and not _of_timer(has)):
        return True
    relative = "more" in has or "direction" in has or set(COMPARED) & set(has.get("act", ()))
    hows = {"at"} if relative else {"at", "by"}  # "um acht die Lampe an", but "um 8 lauter"
    hours = [m for m in has.get("measures", ()) if m.how in hows and not m.unit]
    return bool(hours) and "attribute" not in has and 1 <= hours[0].number <= 12


def _of_timer(has: Mapping[str, Any]) -> bool:
    refs: tuple[Ref, ...] = (*has.get("things", ()), *has.get("goal", ()), *has.get("source", ()))
    if not refs:  # "five minutes more"
        return "more" in has or bool({"more", "less"} & set(has.get("act", ())))
    return any(ref.kinds[-1:] == ("timer",) for ref in refs)


def _is_question(clause: Clause, asked: bool) -> bool:
    has = clause.has
    if "ask" in has or "asked" in has or "be" in has:
        return True
    valued = any(key in has for key in (*VALUES, "more", "direction", "text"))
    return asked and not ("act" in has or valued)


def _let(has: Mapping[str, Any]) -> bool:
    """ "Let the lamp shine": a verb that tells a state, after one that wants it."""
    return has.get("act", ("",))[0] == "do"


_ABOUT = {"climate": "climate.current", "volume": "volume.percent",
          "brightness": "brightness.percent", "position": "position.percent",
          "fan_speed": "fan_speed.percent"}  # fmt: skip


def _question(clause: Clause) -> Ask:
    has = clause.has
    words: tuple[str, ...] = has.get("ask", ())
    states: tuple[str, ...] = has.get("state", ())
    act: str = has.get("act", ("",))[0]
    done: tuple[str, ...] = has.get("done", ())
    said = (*states, *done, *(b for b in has.get("be", ()) if b != "-"))  # "brandt het licht"
    state = next(iter(said), _STATE_OF_ACT.get(act, ""))
    state = {"extended": "open", "retracted": "closed"}.get(state, state)
    if any(key in has for key in ("measures", "level", "color", "white", "direction", "more")):
        raise NotRead
    if act and words and words[0] in {"which", "what"} and not (states or done or "be" in has):
        raise NotRead  # "que limpie": no question, for all that it begins like one
    attribute: tuple[str, ...] = has.get("attribute", ())
    if "comfort" in has:  # "is it cold outside?"
        attribute = (has["comfort"][0].rstrip("+-"),)
    if "asked" in has:
        return Ask("what", wish(has), about=has["asked"][0])
    if attribute and not state:
        return Ask("what", wish(has), about=_ABOUT.get(attribute[0], attribute[0]))
    form = words[0] if words else "whether"
    if form == "where" and not state:
        return Ask("where", wish(has))
    if not state and "be" in has and form in {"which", "count", "how"}:
        raise NotRead
    if not state:
        return Ask("what" if form in {"what", "how", "which"} else form, wish(has))
    if form in {"what", "how", "who", "where"}:
        form = "which"
    quants = {q for t in has.get("things", ()) for q in t.quants}
    if form == "whether" and "any" in quants:
        form = "any"
    if form == "whether" and quants & {"all", "everything", "everywhere", "both"}:
        form = "all"
    return Ask(form, wish(has), state=state)
