"""The brains that are measured. A brain is ``understand(text, context)``, made for a house."""

from __future__ import annotations

import pkgutil
from importlib.util import find_spec
from typing import cast

from dobby.agent.calls import HouseView
from dobby.agent.talk import Reflexes
from dobby.commands.try_house import Brain, warmed

_NEW = "dobby.language.brain"  # where the brain that replaces the old one is, once it is there


def language(house: HouseView) -> Reflexes:
    """The brain that reads a grammar."""
    return cast(Reflexes, pkgutil.resolve_name(f"{_NEW}:Language")())


def brains(asked: str) -> dict[str, Brain]:
    """By name: ``old``, ``new``, or ``both``. Raises LookupError where there is no such yet."""
    every: dict[str, Brain] = {"old": warmed, "new": language}
    wanted = every if asked == "both" else {asked: every[asked]}
    if "new" in wanted and not _is_there(_NEW):
        raise LookupError(f"there is no {_NEW} yet: measure --brain old")
    return wanted


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # nor is what it would be in
        return False
