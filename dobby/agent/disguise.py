"""Names that hide what a thing is: a garage door called "Hall night light"."""

from __future__ import annotations

from dobby.agent.phrases import KINDS
from dobby.agent.reflex.lexicon import english
from dobby.agent.reflex.text import tokenise


def kinds_named(name: str) -> list[str]:
    """The kinds of things that a name speaks of, as it does: "Garage light" is garage, light."""
    tokens, at, found = tokenise(name), 0, list[str]()
    while at < len(tokens):
        size, tags = next(
            (m for m in english().matches(tokens, at) if "kind" in m[1]), (1, {"kind": ()})
        )
        found += [meaning.partition("/")[0] for meaning in tags["kind"]]
        at += size
    return found


def spoken(kind: str) -> str:
    """A kind in a sentence: "garage door"."""
    return KINDS.get(kind, kind)
