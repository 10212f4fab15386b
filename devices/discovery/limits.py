"""How much of what strangers say is kept. Nothing is cleaned here: that is for who shows it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

MAX_NAME = 256
MAX_PROPERTIES = 48
MAX_KEY = 64
MAX_VALUE = 512


def cap(text: str, limit: int = MAX_NAME) -> str:
    return text[:limit]


def cap_properties(properties: Mapping[str, str]) -> dict[str, str]:
    """At most MAX_PROPERTIES of them, keys and values cut."""
    kept = islice(properties.items(), MAX_PROPERTIES)
    return {cap(key, MAX_KEY): cap(value, MAX_VALUE) for key, value in kept}
