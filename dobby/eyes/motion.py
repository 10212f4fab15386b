"""Whether something moves, for next to nothing: most frames of most cameras show nothing new.

A frame is looked at shrunk, and with the light taken out: what is compared is each pixel's
logarithm less that of its surroundings, which a lamp, a cloud or the camera's own exposure hardly
change, while a thing that comes has edges of its own. Something moves where the picture differs
both from how it mostly is and from how it just was, and by more than is usual at that place.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from cv2.typing import MatLike

from dobby.vision.reports import Box, Zone

Luma = MatLike  # (height, width) of bytes
Mask = MatLike  # the same, of 0 and 255
Plane = MatLike  # of float32

WIDE = 192  # pixels of the longer side that are looked at
DARK = 32.0  # added before the logarithm, or the noise of darkness would count most
AROUND = 17  # pixels; the surroundings that a pixel is compared with

LEAST = 7.0  # of 255, on the logarithm's scale: the least difference that counts
NOISES = 9.0  # and so many times the usual variance of that pixel
UNUSUAL = 2.0  # a difference counts for the usual up to so many times what is noticed
USUAL_S = 12.0  # what is usual: over about this long
JUST_NOW_S = 0.8  # and what was just now
SMALLEST = 3  # pixels of a thing, at its second sight
LARGE = 0.01  # of the picture: a thing is noticed at first sight
EVERYWHERE = 0.3  # of the picture changes at once: that was the light

_SHADES = np.asarray(
    255 * np.log((np.arange(256) + DARK) / DARK) / np.log((255 + DARK) / DARK), np.float32
)
_NEAR = np.ones((3, 3), np.uint8)
_NEARBY = np.ones((5, 5), np.uint8)


class MotionGate:
    """One camera's, which looks ``fps`` times a second. Zones to ignore are not looked at."""

    def __init__(self, fps: float, zones: Sequence[Zone] = ()) -> None:
        self._ignored = [zone for zone in zones if zone.use == "ignore"]
        self._usual = 1 / max(1.0, USUAL_S * fps)
        self._recent = 1 / max(1.0, JUST_NOW_S * fps)
        self._watched: Mask | None = None

    def look(self, luma: Luma) -> tuple[Box, ...]:
        """Where something moves, the largest first."""
        now = _unlit(_shrunk(luma))
        if self._watched is None or self._watched.shape != now.shape:
            self._watched = _mask(now.shape, self._ignored)
            self._variance = np.zeros_like(now)
            self._start_again(now)
            return ()
        limit = cv2.addWeighted(self._variance, NOISES, self._variance, 0, LEAST**2)
        unusual = _squared(now, self._mostly)
        differs = cv2.bitwise_and(cv2.compare(unusual, limit, cv2.CMP_GT), self._watched)
        changed = cv2.compare(_squared(now, self._just), limit, cv2.CMP_GT)
        moves = cv2.bitwise_and(differs, changed)
        count = cv2.countNonZero(moves)
        if count > EVERYWHERE * now.size:
            self._start_again(now)
            return ()
        cv2.accumulateWeighted(now, self._mostly, self._usual)
        cv2.accumulateWeighted(now, self._just, self._recent)
        cv2.accumulateWeighted(cv2.min(unusual, limit * UNUSUAL), self._variance, self._usual)
        before, self._moved = self._moved, moves
        return _things(differs, moves, before) if count >= SMALLEST else ()

    def _start_again(self, now: Plane) -> None:
        self._mostly = now.copy()
        self._just = now.copy()
        self._moved = np.zeros(now.shape, np.uint8)


def _shrunk(luma: Luma) -> Luma:
    """Means of four pixels out of each square: as cheap for a large picture as for a small one."""
    height, width = luma.shape
    times = max(1, round(max(height, width) / WIDE))
    step = max(1, times // 2)
    few = np.ascontiguousarray(luma[::step, ::step])
    return cv2.resize(few, (width // times, height // times), interpolation=cv2.INTER_AREA)


def _unlit(small: Luma) -> Plane:
    shades = cv2.LUT(small, _SHADES)
    return cv2.subtract(shades, cv2.blur(shades, (AROUND, AROUND)))


def _squared(now: Plane, then: Plane) -> Plane:
    difference = cv2.subtract(now, then)
    return cv2.multiply(difference, difference)


def _mask(shape: tuple[int, ...], ignored: Sequence[Zone]) -> Mask:
    """255 where the picture is looked at."""
    height, width = shape
    mask = np.full((height, width), 255, np.uint8)
    for zone in ignored:
        corners = np.array([(x * width, y * height) for x, y in zone.points]).round()
        cv2.fillPoly(mask, [corners.astype(np.int32)], 0)
    return mask


def _things(differs: Mask, moves: Mask, before: Mask) -> tuple[Box, ...]:
    """Connected differences in which something moves: large ones, and what stays for a second
    look, as a raindrop does not."""
    again = cv2.bitwise_and(moves, cv2.dilate(before, _NEARBY))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(differs, _NEAR))
    moving = np.bincount(labels[moves > 0], minlength=count)
    lasting = np.bincount(labels[again > 0], minlength=count)
    is_thing = (moving >= LARGE * moves.size) | ((moving >= SMALLEST) & (lasting >= SMALLEST - 1))
    is_thing[0] = False
    found = stats[is_thing]
    height, width = moves.shape
    return tuple(
        Box(left=x / width, top=y / height, right=(x + w) / width, bottom=(y + h) / height)
        for x, y, w, h, _ in found[np.argsort(-found[:, cv2.CC_STAT_AREA])].tolist()
    )
