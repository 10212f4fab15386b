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
from numpy.typing import NDArray

from dobby.eyes.zones import ignored_pixels
from dobby.vision.reports import Box, Zone

Luma = MatLike  # (height, width) of bytes
Mask = MatLike  # the same, of 0 and 255
Plane = MatLike  # of float32

WIDE = 192  # pixels of the longer side, about, that are looked at
DARK = 32.0  # added before the logarithm, or the noise of darkness would count most
AROUND = 17  # pixels; the surroundings that a pixel is compared with
CELL = 12  # pixels; what is usual at a place, rain or leaves, is counted in squares of this size

LEAST = 7.0  # of 255, on the logarithm's scale: the least difference that counts
NOISES = 9.0  # and so many times the usual variance of that pixel
USUAL_S = 12.0  # what is usual: over about this long
JUST_NOW_S = 0.8  # and what was just now
LEAST_BUSY = 2.5  # of 255: so much must move in a cell, hardly two pixels,
BUSIER = 8.0  # and so many times as much as is usual there
SMALLEST = 3  # pixels of a thing, at its third sight
LARGE = 0.01  # of the picture: a thing is noticed at first sight

BRIGHTER = 8  # of 255: a cell is lit differently
LIGHT = 0.6  # of the cells brighter, or darker, at once: that was the light
FLICKER_S = 2.0  # and if it goes on for longer, it was not
SOME = 4  # looks that the first impression counts for

_SHADES = np.asarray(
    255 * np.log((np.arange(256) + DARK) / DARK) / np.log((255 + DARK) / DARK), np.float32
)
_NEAR = np.ones((3, 3), np.uint8)
_NEARBY = np.ones((5, 5), np.uint8)


class MotionGate:
    """One camera's, which looks ``fps`` times a second. Zones to ignore are not looked at."""

    def __init__(self, fps: float, zones: Sequence[Zone] = ()) -> None:
        self._zones = zones
        self._fps = fps
        self._past: _Past | None = None

    def look(self, luma: Luma) -> tuple[Box, ...]:
        """Where something moves, the largest first; nothing in the first frame of a size."""
        small = _shrunk(luma)
        if self._past is None or self._past.shape != small.shape:
            self._past = _Past(small, self._zones, self._fps)
            return ()
        return self._past.moved(small)


class _Past:
    """What the picture was like."""

    def __init__(self, small: Luma, zones: Sequence[Zone], fps: float) -> None:
        self.shape = small.shape
        self._fps = fps
        self._watched = cv2.bitwise_not(ignored_pixels(zones, small.shape))
        self._variance = np.zeros(small.shape, np.float32)
        self._bright = _cells(small)
        self._busy = np.zeros_like(self._bright)
        self._nothing = np.zeros(small.shape, np.uint8)
        self._flickers = 0
        self._looks = 0
        self._start_again(_unlit(small))

    def moved(self, small: Luma) -> tuple[Box, ...]:
        now = _unlit(small)
        if self._was_the_light(small):
            self._start_again(now)
            return ()
        self._looks += 1
        usual = max(1 / (self._looks + SOME), 1 / (USUAL_S * self._fps))
        differs, moves = self._compared(now, usual)
        if moves is None:
            self._busy *= 1 - usual
            self._once = self._again = self._nothing
            return ()
        odd = self._unusual(moves, usual)
        lasts = cv2.bitwise_and(moves, cv2.dilate(self._again, _NEARBY))
        self._again = cv2.bitwise_and(moves, cv2.dilate(self._once, _NEARBY))
        self._once = moves
        if not odd.any():
            return ()
        return _things(differs, cv2.bitwise_and(moves, _enlarged(odd, moves)), lasts)

    def _start_again(self, now: Plane) -> None:
        self._mostly = now.copy()
        self._just = now.copy()
        self._once = self._again = self._nothing
        self._looks = min(self._looks, max(1, round(self._fps)))  # other light, other noise

    def _was_the_light(self, small: Luma) -> bool:
        before, self._bright = self._bright, _cells(small)
        change = self._bright - before
        share = max((change > BRIGHTER).mean(), (change < -BRIGHTER).mean())
        self._flickers = self._flickers + 1 if share > LIGHT else 0
        return 0 < self._flickers <= FLICKER_S * self._fps

    def _compared(self, now: Plane, usual: float) -> tuple[Mask, Mask | None]:
        """Where it is not as it mostly is; and where, of that, not as it just was either: None
        for hardly anywhere, as is most often so."""
        limit = cv2.addWeighted(self._variance, NOISES, self._variance, 0, LEAST**2)
        unusual = _squared(now, self._mostly)
        differs = cv2.bitwise_and(cv2.compare(unusual, limit, cv2.CMP_GT), self._watched)
        moves = None
        if cv2.countNonZero(differs) >= SMALLEST:
            changed = cv2.compare(_squared(now, self._just), limit, cv2.CMP_GT)
            moves = cv2.bitwise_and(differs, changed)
            unusual = cv2.min(unusual, 2 * limit)
        cv2.accumulateWeighted(unusual, self._variance, usual)
        cv2.accumulateWeighted(now, self._mostly, usual)
        cv2.accumulateWeighted(now, self._just, min(1.0, 1 / (JUST_NOW_S * self._fps)))
        return differs, moves

    def _unusual(self, moves: Mask, usual: float) -> NDArray[np.bool_]:
        """The cells in which more moves than usual."""
        busy = _cells(moves)
        limit = LEAST_BUSY + BUSIER * cv2.blur(self._busy, (3, 3))
        self._busy += usual * (np.minimum(busy, limit) - self._busy)
        return busy > limit


def _cells(small: Luma) -> NDArray[np.float32]:
    """The means of its cells."""
    height, width = small.shape
    size = (max(1, width // CELL), max(1, height // CELL))
    return cv2.resize(small, size, interpolation=cv2.INTER_AREA).astype(np.float32)


def _enlarged(cells: NDArray[np.bool_], like: Mask) -> Mask:
    height, width = like.shape
    mask = cells.astype(np.uint8) * 255
    return cv2.resize(mask, (width, height), interpolation=cv2.INTER_NEAREST)


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


def _things(differs: Mask, moves: Mask, lasts: Mask) -> tuple[Box, ...]:
    """Connected differences in which something moves: large ones, and what is there at a third
    look, as raindrops are not."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(differs, _NEAR))
    moving = np.bincount(labels[moves > 0], minlength=count)
    lasting = np.bincount(labels[cv2.bitwise_and(moves, lasts) > 0], minlength=count)
    is_thing = (moving >= LARGE * moves.size) | ((moving >= SMALLEST) & (lasting >= SMALLEST - 1))
    is_thing[0] = False
    found = stats[is_thing]
    height, width = moves.shape
    return tuple(
        Box(left=x / width, top=y / height, right=(x + w) / width, bottom=(y + h) / height)
        for x, y, w, h, _ in found[np.argsort(-found[:, cv2.CC_STAT_AREA])].tolist()
    )
