"""What keeps a clause from being a plain wish for now: then nothing is done."""

from __future__ import annotations

from dobby.agent.calls import Abstention
from dobby.agent.reflex.clauses import Clause
from dobby.agent.reflex.targets import Unresolved

REPLIES = {
    "negation": (
        Abstention.NEGATION,
        "I did nothing, since you said not to. What shall I do instead?",
    ),
    "condition": (
        Abstention.CONDITION,
        "I did nothing: that depends on something. Shall I do it now?",
    ),
    "past": (Abstention.PAST, "I did nothing: that is about the past. What shall I do now?"),
    "future": (
        Abstention.FUTURE,
        "I did nothing: I can only act at once, not later. Shall I do it now?",
    ),
    "reported": (
        Abstention.NOT_UNDERSTOOD,
        "I did nothing: that did not sound like an order. Was it one?",
    ),
}


def veto(clause: Clause) -> None:
    """Raises Unresolved for a negation, a time, a condition, a word that is left over."""
    for guard, reply in REPLIES.items():
        if guard in clause.guards:
            raise Unresolved(*reply)
    if any(m.unit in {"s", "clock"} for m in clause.measures):
        raise Unresolved(*REPLIES["future"])
    if clause.excepting and not clause.excepts:
        raise Unresolved(Abstention.EXCEPTION, "I did nothing: what shall I leave out?")
    if "keep" in clause.verbs and not clause.measures:
        raise Unresolved(Abstention.NONE, "All right, I leave it as it is.")
    if clause.loose:
        missing = " ".join(clause.loose)
        raise Unresolved(
            Abstention.NOT_UNDERSTOOD,
            f"I did nothing: I don't understand \u201c{missing}\u201d. What do you mean by it?",
        )
