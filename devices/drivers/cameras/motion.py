"""What cameras tell of motion, each in a topic of its own, as one yes or no per channel."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

MAX_DETECTORS = 64  # per channel; a camera has a few
_TOPIC = re.compile(r"motion", re.IGNORECASE)
_VALUES = {"true": True, "1": True, "false": False, "0": False}
_NAMES = frozenset({"ismotion", "motion", "motionactive", "state", "value", "active"})


@dataclass(frozen=True)
class News:
    """One detector's word: which it is, what it looks at, and whether something moves."""

    detector: str
    sources: frozenset[str]
    moves: bool


def news_of(messages: Iterable[Any]) -> Iterator[News]:
    """What these notifications tell of motion; what cannot be read is passed over."""
    for message in messages:
        try:
            news = _news(message)
        except (AttributeError, TypeError):  # half of it missing
            continue
        if news is not None:
            yield news


def _news(message: Any) -> News | None:
    topic = str(message.Topic._value_1)
    body = message.Message._value_1
    if not _TOPIC.search(topic) or body.Data is None:
        return None
    source = {} if body.Source is None else _items(body.Source)
    for name, value in _items(body.Data).items():
        if name.lower() in _NAMES and value.lower() in _VALUES:
            detector = "/".join((topic, *source.values()))
            return News(detector, frozenset(source.values()), _VALUES[value.lower()])
    return None


def _items(told: Any) -> dict[str, str]:
    return {str(item.Name): str(item.Value) for item in told.SimpleItem or ()}


class Movement:
    """Which detectors see something move: several may look through one lens."""

    def __init__(self) -> None:
        self._seeing: defaultdict[str, set[str]] = defaultdict(set)
        self._heard: set[str] = set()

    def take(self, channel: str, news: News) -> None:
        seeing = self._seeing[channel]
        self._heard.add(channel)
        if not news.moves:
            seeing.discard(news.detector)
        elif len(seeing) < MAX_DETECTORS:
            seeing.add(news.detector)

    def seen(self, channel: str) -> bool | None:
        """Whether something moves there; None while nothing was told."""
        return bool(self._seeing[channel]) if channel in self._heard else None

    def forget(self) -> None:
        self._seeing.clear()
        self._heard.clear()
