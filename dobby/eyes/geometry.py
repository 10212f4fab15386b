"""Where boxes are to each other, in one picture."""

from __future__ import annotations

from collections.abc import Sequence

from dobby.vision.reports import Box

Point = tuple[float, float]


def shift(before: Box, now: Box) -> float:
    """How far a thing has gone, in its own widths or heights. A box of which only one side moved
    has not gone: it is half hidden, or was told a little differently."""

    def gone(low: float, high: float, size: float) -> float:
        return min(abs(low), abs(high)) / max(size, 1e-6) if low * high > 0 else 0.0

    across = gone(now.left - before.left, now.right - before.right, before.right - before.left)
    along = gone(now.top - before.top, now.bottom - before.bottom, before.bottom - before.top)
    return max(across, along)


def between(one: Box, other: Box, part: float) -> Box:
    """``part`` of the way from one to the other."""
    a, b = corners(one), corners(other)
    left, top, right, bottom = (x + part * (y - x) for x, y in zip(a, b, strict=True))
    return Box(left=left, top=top, right=right, bottom=bottom)


def corners(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom


def foot(box: Box) -> Point:
    """Where a thing stands: the middle of its lower edge."""
    return (box.left + box.right) / 2, box.bottom


def inside(point: Point, polygon: Sequence[Point]) -> bool:
    """Whether a ray from the point to the right leaves the polygon an odd number of times."""
    x, y = point
    odd = False
    for (x0, y0), (x1, y1) in zip(polygon, (*polygon[1:], *polygon[:1]), strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            odd = not odd
    return odd
