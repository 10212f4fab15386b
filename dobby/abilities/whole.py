"""What sentences with free text come to: Dobby's own tools, lists, timers."""

from __future__ import annotations

from collections.abc import Sequence

from dobby.abilities.household import own
from dobby.abilities.lists import listed
from dobby.abilities.timers import timed
from dobby.agent.calls import Abstention, ToolCall
from dobby.language.declining import Unclear
from dobby.language.grounding import Ground
from dobby.language.sentences import Sentence


def whole(told: Sequence[Sentence], ground: Ground) -> tuple[ToolCall, ...]:
    """The calls of the first of these that comes to something in this house; none where none does.

    Raises Unclear.
    """
    problem: Unclear | None = None
    for sentence in _longest_first(told):
        for read in (own, listed, timed):
            try:
                if call := read(sentence, ground):
                    return (call,)
            except Unclear as failed:
                problem = problem or failed  # it may be meant otherwise
    if problem and problem.why is Abstention.AMBIGUOUS:
        raise problem
    return ()  # whatever else it lacks, the grammar may read it


def _longest_first(told: Sequence[Sentence]) -> list[Sentence]:
    """Of one kind, those that name the most: "call the hall lamp Bob" is no Hall "lamp Bob"."""
    kinds = list(dict.fromkeys(s.of for s in told))
    return sorted(told, key=lambda s: (kinds.index(s.of), -len(s.said.get("thing", ""))))
