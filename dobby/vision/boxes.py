"""Where things are to each other, in one camera's picture."""

from __future__ import annotations

from dobby.vision.reports import Box

NEAR = 1 / 3  # of the longer side: what is lost and found again has not gone far


def overlap(one: Box, other: Box) -> float:
    """Intersection over union: 1 for the same box, 0 for boxes apart."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / (_area(one) + _area(other) - shared)


def near(one: Box, other: Box) -> bool:
    """Whether these may be the same thing, a moment apart."""
    (x, y), (u, v) = _centre(one), _centre(other)
    apart = ((x - u) ** 2 + (y - v) ** 2) ** 0.5
    return overlap(one, other) >= 0.1 or apart <= NEAR * max(_longer(one), _longer(other))


def covers(box: Box, other: Box) -> bool:
    """Whether the middle of ``other`` lies in ``box``."""
    x, y = _centre(other)
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def _area(box: Box) -> float:
    return max(box.right - box.left, 0.0) * max(box.bottom - box.top, 0.0)


def _centre(box: Box) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def _longer(box: Box) -> float:
    return max(box.right - box.left, box.bottom - box.top)
