"""What one clause says, by slot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dobby.language.sign import Features

TOLD = "told"  # how a clause begins that follows a tale
LIGHT = frozenset(
    {"switch", "set", "do", "have", "send", "let", "want"}
)  # they say little by themselves
VALUES = ("measures", "level", "color", "white", "mode", "armed", "choices")
CONTENT = ("act", "state", "done", "direction", "more", *VALUES, "comfort", "talk", "ask", "asked",
           "exist", "most", "catalog")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clause:
    """``start`` and ``end`` are its words."""

    has: Features
    start: int
    end: int
    joined: str = ""  # by what it follows the one before: and, but, or, ","; nothing


class NotRead(Exception):
    """These clauses come to nothing; ``words`` is what found no place."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.words = words


def acts(has: Mapping[str, Any]) -> bool:
    return any(key in has for key in CONTENT)


def says(clause: Clause) -> bool:
    return any(key for key in clause.has if key != "")
