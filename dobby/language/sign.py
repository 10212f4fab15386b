"""What a run of words may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Features = Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Sign:
    """The words from ``start`` to ``end``, what they are, and what they say."""

    start: int
    end: int
    cat: str
    has: Features
    cost: float = 0.0
