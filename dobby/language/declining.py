"""What is said where nothing was done: the problem, and its message with what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from dobby.agent.calls import Abstention
from dobby.language.words import Argument, Celsius, Message, Several


class Unclear(Exception):
    """A wish that names nothing, too much, or something unable. ``id`` and ``args`` are the message
    that says so; ``options`` the devices it asks about."""

    def __init__(
        self, why: Abstention, id: str, options: Sequence[str] = (), /, **args: object
    ) -> None:
        super().__init__(id)
        self.why, self.id, self.options, self.said = why, id, tuple(options), args


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
    if isinstance(value, (str, int, float, Celsius, Message)):
        return value
    if not isinstance(value, Sequence):
        return str(value)
    items = tuple(
        item if isinstance(item, Message) else str(item) for item in cast("Sequence[object]", value)
    )
    if name == "what":
        return " ".join(map(str, items))
    return Several(items, choice=name == "options")
