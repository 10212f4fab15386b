"""Where and how the house is spoken with."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Locale:
    """The owner's zone, units and language."""

    zone: ZoneInfo
    fahrenheit: bool = False
    language: str = "en"
