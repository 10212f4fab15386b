"""What keeps a clause from being a plain wish for now: then nothing is done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dobby.agent.calls import Abstention
from dobby.agent.reflex.clauses import Clause
from dobby.agent.reflex.spans import Span
from dobby.agent.reflex.targets import Unresolved

NOT_NOW = frozenset({Abstention.CONDITION, Abstention.FUTURE})  # the wish may be offered for now
_CLAUSES = {
    "before",
    "after",
    "by the time",
    "between",
    "next time",
}  # what follows is no mere time
_PARTS_OF_DAY = {"morning", "noon", "afternoon", "evening", "night"}

_ROLES = re.compile(
    r"^\W*(?:please\W+)?(?:(?:do not|don['’]?t|never)\W+(?:let|allow|permit)\W+(?!me\b)\w+"
    r"|(?!(?:i|you|we|it|that|this|one)\b)[\w'’]+\W+(?:(?:may|must|can|could|should)\W*(?:not|n['’]?t)"
    r"|(?:mayn|mustn|can|couldn|shouldn)['’]t|(?:may|can|must|should)\W+never"
    r"|(?:is|are)\W*(?:not|no longer)\W+allowed\W+to))\b",
    re.I,
)
OF_ROLES = (
    "I did nothing. What somebody may do goes by their role, and I keep no rule for one person or "
    "one thing: owners and adults may set everything, what is risky after a code; children and "
    "guests nothing risky, and no alarm; guests no lock and no heating either. An owner can invite "
    "somebody anew in another role, or remove them. What shall I do?"
)


def of_roles(text: str) -> bool:
    """ "Ben may not unlock the door", "don't let the kids open the garage"."""
    return bool(_ROLES.match(text))


REPLIES = {
    "negation": (
        Abstention.NEGATION,
        "I did nothing, since you said not to. What shall I do instead?",
    ),
    "condition": (
        Abstention.CONDITION,
        "I did nothing: that depends on something.",
    ),
    "past": (Abstention.PAST, "I did nothing: that is about the past. What shall I do now?"),
    "future": (
        Abstention.FUTURE,
        "I did nothing: I can only act at once, not later.",
    ),
    "reported": (
        Abstention.NOT_UNDERSTOOD,
        "I did nothing: that did not sound like an order. What shall I do?",
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
    if clause.verb_text.startswith("wake") and not any(n.names or n.kinds for n in clause.nouns):
        raise Unresolved(Abstention.NOT_UNDERSTOOD, "I am awake. What shall I switch on?")
    if "keep" in clause.verbs and not clause.measures:
        raise Unresolved(Abstention.NONE, "All right, I leave it as it is.")
    if clause.loose:
        missing = " ".join(clause.loose)
        raise Unresolved(
            Abstention.NOT_UNDERSTOOD,
            f"I did nothing: I don't understand \u201c{missing}\u201d. What do you mean by it?",
        )


def for_now(found: Sequence[Span]) -> list[Span] | None:
    """A sentence without the words for when, or on which condition; None where none can be cut
    out without cutting more."""
    cut: set[int] = set()
    arms = any(s.says("verb", "arm") for s in found)  # "for the night" is how, not when
    for at, span in enumerate(found):
        if span.says("guard", "condition") or span.text in _CLAUSES:
            end = next((i for i in range(at + 1, len(found)) if found[i].gap), len(found))
            if any(s.says("join") for s in found[at:end]) or (at == 0 and end == len(found)):
                return None
            cut |= set(range(at, end))
        elif _says_when(span) and not (arms and span.says("armed")):
            cut |= {at, *_leading(found, at), *_rest_of_day(found, at)}
    for at in range(1, len(found)) if not cut else ():
        if _at_an_hour(found[at - 1], found[at]):
            cut |= {at - 1, at}
    rest = [span for at, span in enumerate(found) if at not in cut]
    return rest if cut and rest else None


def _says_when(span: Span) -> bool:
    timed = bool(span.measure and span.measure.unit in {"s", "clock"})
    return span.says("guard", "future") or timed


def _at_an_hour(at: Span, span: Span) -> bool:
    """ "At 6", which is no level: "heating at 16.5"."""
    measure = span.measure
    plain = measure is not None and not measure.unit and measure.number in range(1, 13)
    return plain and at.text == "at"


def _leading(found: Sequence[Span], at: int) -> list[int]:
    """The small words before a time: "in the", "at"; but "on" of "lamp on tonight" stays."""
    before = at - 1
    while before >= 0 and found[before].says("det"):
        before -= 1
    if before >= 0 and found[before].says("prep") and not found[before].says("way"):
        return list(range(before, at))
    return []


def _rest_of_day(found: Sequence[Span], at: int) -> list[int]:
    """ "Morning", in "tomorrow morning"."""
    following = found[at + 1] if at + 1 < len(found) else None
    return [at + 1] if following and not following.gap and following.text in _PARTS_OF_DAY else []
