"""Clauses to meanings: what is told, asked, ordered or held back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from dobby.language.asking import ASKED_ONLY, is_question, questions, wants
from dobby.language.borrowing import (
    COMPARED,
    after_deed,
    after_statement,
    completed,
    scoped,
    without_reason,
)
from dobby.language.clause import TOLD, Clause, NotRead, acts, says
from dobby.language.correcting import corrected
from dobby.language.meaning import PLACES, Held, Meaning, Ref, Talk
from dobby.language.orders import order
from dobby.language.prices import addressed

_PASSING = {  # for how long it is done anyway: to pause for a second is to pause
    "second": frozenset({"pause", "mute", "stop"}),
    "night": frozenset({"close", "closed", "lock", "lock-up", "locked", "off", "dock"}),
}
_HELD = ("not", "if", "past", "reported", "time")  # which reason is told first

_WHY = {"not": "negation", "if": "condition", "past": "past", "reported": "reported",
        "time": "future"}  # fmt: skip


_NOT_NOW: Mapping[str, Literal["asked-later", "asked-past"]] = {
    "time": "asked-later",
    "past": "asked-past",
}


def meanings(clauses: Sequence[Clause], asked: bool) -> Sequence[Meaning]:
    """What a sentence says, clause by clause. ``asked``: it ends in a question mark.

    Raises NotRead.
    """
    unknown = [w for c in clauses for w in c.has.get("unknown", ())]
    if unknown:
        raise NotRead(" ".join(unknown))
    clauses = [_plain(c) for c in clauses]
    if any(c.joined == "no" for c in clauses):
        try:
            clauses = corrected([c for c in clauses if says(c)])
        except NotRead:
            return [Held("reported")]
    said = scoped(after_deed([c for c in clauses if says(c)]))
    if not said or (said[0].joined == TOLD and (asked or not _names(said[0]))):
        raise NotRead
    if len(said) > 1 and len(said[0].has) == 1 and addressed(said[0].has) and _names(said[1]):
        return [Held("reported")]  # "Tom, set a timer": said to Tom
    held = next((flag for flag in _HELD if any(_holds(c, flag) for c in said)), None)
    if held:
        asks = not any("act" in c.has for c in said) and any(is_question(c, asked) for c in said)
        if asks and held in _NOT_NOW:
            return [Held(_NOT_NOW[held])]
        return [Held(_WHY[held])]  # type: ignore[arg-type]
    marked, asked = asked, asked and not any(wants(c) for c in said)
    said = after_statement(said)
    if any(is_question(c, asked) for c in said):
        asking = [c for c in said if set(c.has) - {"ask"}]  # "are any lights on? which?"
        return questions(completed(asking))
    stray = any(not c.joined and set(c.has) == {"act"} for c in said[1:])
    if stray or any(ASKED_ONLY & set(c.has) for c in said):  # "clean the bedroom next"
        raise NotRead
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
        if marked:
            raise NotRead  # "are they off?", of a word that may be a deed, too
        return [Held("past")]
    orders = [c for c in said if acts(c.has) and "comfort" not in c.has]
    if orders:  # "it is cold in here, turn the heating up": why, and where
        said = [without_reason(c, orders) for c in said]
        said = scoped([c for c in said if says(c)])
    wishes = [order(c) for c in completed(said)]
    if not wishes:
        raise NotRead
    return wishes


def _names(clause: Clause) -> bool:
    """Whether it is an order that names its thing, and does not point at what was told of."""
    things: tuple[Ref, ...] = clause.has.get("things", ())
    return "act" in clause.has and any(not ref.prons - PLACES for ref in things)


def _plain(clause: Clause) -> Clause:
    """A clause without the halves of verbs that found each other; "too" tells of music alone."""
    refs: tuple[Ref, ...] = clause.has.get("things", ())
    music = "play" in clause.has.get("act", ()) or any(r.kinds[-1:] == ("music",) for r in refs)
    idle = {"prefix", "particle", "beside"} if music else {"prefix", "particle", "beside", "also"}
    has = {k: v for k, v in clause.has.items() if k not in idle}
    return replace(clause, has=has)


def _holds(clause: Clause, flag: str) -> bool:
    """A stretch of time is when something shall be done; of a timer it is how long."""
    has = clause.has
    if flag == "past" and has.get("past") == ("already",):
        return "act" in has or "be" not in has  # "is it locked already?" asks of now
    if flag != "time":
        return flag in has
    done = {*has.get("act", ()), *has.get("state", ())}
    if any(not _PASSING[moment] & done for moment in has.get("moment", ())):
        return True  # "on for a moment"
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


def _let(has: Mapping[str, Any]) -> bool:
    """ "Let the lamp shine": a verb that tells a state, after one that wants it."""
    return has.get("act", ("",))[0] == "do"
