"""From a text to its readings, in this house."""

from __future__ import annotations

from dobby.agent.calls import Abstention
from dobby.language.clauses import Reading, readings
from dobby.language.declining import Unclear
from dobby.language.dialogue import only_things
from dobby.language.grounding import Ground, Need
from dobby.language.lattice import Lattice
from dobby.language.meaning import Ref
from dobby.language.names import HouseNames
from dobby.language.phrases import phrases

ANYTHING = Need(lambda _: True, "do")


def heard(text: str, names: HouseNames) -> list[Reading]:
    """What a cleaned text may say, the cheapest reading first; none where it has no words."""
    tokens = names.lexicon.tokenise(text)
    if not tokens:
        return []
    lattice = Lattice(tokens, names, names.lexicon)
    return readings(text, lattice.tokens, phrases(lattice))


def things_in(text: str, names: HouseNames) -> tuple[Ref, ...]:
    """What a text names, if it does nothing else."""
    found = heard(text, names)
    if not found or any("unknown" in clause.has for clause in found[0].clauses):
        return ()
    return only_things(found[0].clauses)


def device_in(text: str, ground: Ground, need: Need = ANYTHING) -> str | None:
    """The one device that a text names; None where it names none, or more is said.

    Raises Unclear where it may be several.
    """
    refs = things_in(text, ground.names)
    if len(refs) != 1:
        return None
    try:
        things = ground.things(refs, need)
    except Unclear as problem:
        if problem.why is Abstention.AMBIGUOUS:
            raise
        return None
    return things[0].id if len(things) == 1 else None


def room_in(text: str, names: HouseNames) -> str | None:
    """The room that a text is the name of."""
    named = names.named(names.stems(names.plain(text)))
    return next((n.ref for n in named if n.of == "room"), None)


def span_in(text: str, names: HouseNames) -> float | None:
    """The seconds of a stretch of time that a text is, and nothing else."""
    lattice = Lattice(names.lexicon.tokenise(text), names, names.lexicon)
    starts = phrases(lattice)[:1]
    whole = [s for signs in starts for s in signs if s.end == len(lattice.tokens)]
    return next((sum(s.has["spans"]) for s in whole if set(s.has) == {"spans"}), None)
