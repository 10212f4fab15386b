"""What is said where nothing was done: the message of a problem, with what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from dobby.language.grounding import Unclear
from dobby.language.words import Argument, Message, Several


def declined(problem: Unclear) -> Message:
    """The reason, and the question if there is one, in no language yet."""
    told = dict(problem.said)
    if problem.id == "level-unseen":
        told["ability"] = told.pop("what")
    said = {name: _argument(name, value) for name, value in told.items()}
    if problem.id == "not-understood":
        said = {"what": "", **said, "said": "yes" if said.get("what") else "no"}
    return Message(problem.id, said)


def _argument(name: str, value: object) -> Argument:
    if isinstance(value, (str, int, float)):
        return value
    if not isinstance(value, Sequence):
        return str(value)
    items = tuple(str(item) for item in cast("Sequence[object]", value))
    return " ".join(items) if name == "what" else Several(items, choice=name == "options")
