"""Looks told by hand: what a detector would find of things that walk, stand and flicker."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from dobby.eyes.frames import Detection
from dobby.vision.reports import Box

START = datetime(2026, 5, 4, 14, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def box(left: float, top: float = 0.3, width: float = 0.1, height: float = 0.4) -> Box:
    return Box(left=left, top=top, right=min(left + width, 1), bottom=min(top + height, 1))


def found(left: float, label: str = "person", score: float = 0.8, **size: float) -> Detection:
    return Detection(label, score, box(left, **size))


def moving(detections: Iterable[Detection]) -> list[Box]:
    """Where the motion gate would have seen them."""
    return [detection.box for detection in detections]


def seconds(first: float, last: float, fps: float = 5) -> list[float]:
    return [first + step / fps for step in range(round((last - first) * fps))]
