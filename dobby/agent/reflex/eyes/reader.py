"""From a sentence to its calls: the first pattern that it fits, whose reader makes sense of it."""

from __future__ import annotations

from collections.abc import Callable

from dobby.agent.calls import ToolCall
from dobby.agent.reflex.eyes import cameras, questions, rules
from dobby.agent.reflex.eyes.addresses import added, let_in
from dobby.agent.reflex.eyes.marks import UNSAID, english
from dobby.agent.reflex.eyes.places import Places
from dobby.agent.reflex.eyes.placing import ignored, where_it_looks
from dobby.agent.reflex.eyes.sentence import Sentence
from dobby.agent.reflex.ground import Ground
from dobby.agent.reflex.text import tokenise

Reader = Callable[[Sentence], list[ToolCall] | None]

READERS: dict[str, Reader] = {**rules.READERS, **questions.READERS, **cameras.READERS}
_FAVOURS = ("can you", "could you", "would you", "will you")


def read(ground: Ground, text: str) -> list[ToolCall] | None:
    """The calls that a sentence about cameras comes to; None if it is none.

    Raises Unresolved where it is not clear which camera is meant.
    """
    if told := added(text) or let_in(text):
        return told
    places = Places(ground.index, ground.context.watched)
    if not places.cameras:
        return None
    tokens = tokenise(text)
    marks = english().marks(tokens, places, ground.context.now)
    if marks is not None:
        favour = any(m.text in _FAVOURS for m in marks)
        asks = text.rstrip(" !.").endswith("?") and not favour
        for name, reading in english().readings(marks):
            said = Sentence(ground, places, reading, asks)
            if asks and name not in ASKED:
                continue
            if calls := READERS[name](said):
                return calls
    ignored(ground, text)
    return where_it_looks(ground, text)


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
