"""From a sentence to its calls: the first pattern that it fits, whose reader makes sense of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dobby.agent.calls import Abstention, ToolCall
from dobby.agent.reflex.eyes import cameras, questions, rules
from dobby.agent.reflex.eyes.addresses import added
from dobby.agent.reflex.eyes.marks import UNSAID, english
from dobby.agent.reflex.eyes.places import Places
from dobby.agent.reflex.eyes.placing import is_a_place, where_it_looks
from dobby.agent.reflex.eyes.sentence import Sentence
from dobby.agent.reflex.ground import Ground
from dobby.agent.reflex.targets import Unresolved
from dobby.agent.reflex.text import Token, tokenise

Reader = Callable[[Sentence], list[ToolCall] | None]

READERS: dict[str, Reader] = {**rules.READERS, **questions.READERS, **cameras.READERS}
LONGEST = 3  # words of a place where no camera looks
_FAVOURS = ("can you", "could you", "would you", "will you")


def read(ground: Ground, text: str) -> list[ToolCall] | None:
    """The calls that a sentence about cameras comes to; None if it is none.

    Raises Unresolved where it is not clear which camera is meant.
    """
    if told := added(text):
        return told
    places = Places(ground.index, ground.context.watched)
    if not places.cameras:
        return None
    if calls := _read(ground, places, text):
        return calls
    return where_it_looks(ground, text)


def elsewhere(ground: Ground, text: str) -> Unresolved | None:
    """What to say of a sentence about a place where no camera looks; None if it is none.

    For what nobody understands: to others, the kitchen may be more than a view.
    """

    def names_a_place(phrase: Sequence[Token]) -> bool:
        short = len(phrase) <= LONGEST
        return short and not english().says(phrase) and is_a_place(ground, phrase)

    places = Places(ground.index, ground.context.watched, names_a_place)
    if not places.cameras:
        return None
    try:
        _read(ground, places, text)
    except Unresolved as problem:
        return problem if problem.why is Abstention.UNKNOWN_NAME else None
    return None


def _read(ground: Ground, places: Places, text: str) -> list[ToolCall] | None:
    marks = english().marks(tokenise(text), places, ground.context.now)
    if marks is None:
        return None
    favour = any(m.text in _FAVOURS for m in marks)
    asks = text.rstrip(" !.").endswith("?") and not favour
    for name, reading in english().readings(marks):
        said = Sentence(ground, places, reading, asks)
        if asks and name not in ASKED:
            continue
        if calls := READERS[name](said):
            return calls
    return None


ASKED = frozenset({*questions.READERS, "why", "rules", "state"})
"""What may be asked with a question mark; the rest would be done, and nobody said to."""


def answer_to_which(ground: Ground, text: str) -> frozenset[str] | None:
    """The cameras that a short answer picks among those that were offered; None if it is none."""
    dialogue = ground.context.dialogue
    places = Places(ground.index, ground.context.watched)
    offered = set(dialogue.options)
    if not dialogue.pending or not offered or not offered <= set(places.cameras):
        return None
    marks = english().marks(tokenise(text), places, ground.context.now)
    said = [m.tags for m in marks or () if not m.tags.keys() & UNSAID]
    named = [tags["place"].cameras for tags in said if "place" in tags]
    if len(named) != len(said):
        return None
    picked = offered & {camera for cameras in named for camera in cameras}
    return frozenset(picked) if picked and (len(picked) < len(offered) or len(named) > 1) else None
