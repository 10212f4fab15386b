"""Where things are to each other, in one camera's picture."""

from __future__ import annotations

from dobby.vision.reports import Box

NEAR = 1 / 3  # of the longer side: what is lost and found again has not gone far


def near(one: Box, other: Box) -> bool:
    """Whether these may be the same thing, a moment apart."""
    (x, y), (u, v) = _centre(one), _centre(other)
    apart = ((x - u) ** 2 + (y - v) ** 2) ** 0.5
    return one.overlap(other) >= 0.1 or apart <= NEAR * max(_longer(one), _longer(other))


def covers(box: Box, other: Box) -> bool:
    """Whether the middle of ``other`` lies in ``box``."""
    x, y = _centre(other)
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def _centre(box: Box) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def _longer(box: Box) -> float:
    return max(box.right - box.left, box.bottom - box.top)
