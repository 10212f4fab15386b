"""Zones: what is ignored, and in which part of the picture a thing is. A thing is where its foot
is: the head of who stands before the fence is over the street."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from dobby.eyes.geometry import foot, inside
from dobby.vision.reports import Box, Zone

ENTER = 2  # looks in a row within a zone before it is told
LEAVE = 3  # and outside of it


class Zones:
    """One camera's. Tracks are in a zone and out of it with hysteresis: who stands on the line
    does not come and go."""

    def __init__(self, zones: Sequence[Zone]) -> None:
        self._watched = [zone for zone in zones if zone.use == "watch"]
        self._ignored = [zone for zone in zones if zone.use == "ignore"]
        self._doubts: dict[tuple[str, str], int] = {}  # looks that say otherwise
        self._within: dict[str, set[str]] = {}

    def ignores(self, box: Box) -> bool:
        return any(inside(_standing(box), zone.points) for zone in self._ignored)

    def enter(self, track: str, box: Box) -> tuple[str, ...]:
        """The names of the zones it is in, after one more look at it."""
        within = self._within.setdefault(track, set())
        for zone in self._watched:
            was, now = zone.name in within, inside(_standing(box), zone.points)
            key = track, zone.name
            self._doubts[key] = 0 if was == now else self._doubts.get(key, 0) + 1
            if self._doubts[key] >= (LEAVE if was else ENTER):
                self._doubts[key] = 0
                within.symmetric_difference_update({zone.name})
        return tuple(zone.name for zone in self._watched if zone.name in within)

    def at(self, box: Box) -> tuple[str, ...]:
        """The names of the zones that a thing is in which is looked at but once."""
        return tuple(z.name for z in self._watched if inside(_standing(box), z.points))

    def forget(self, but: Iterable[str]) -> None:
        """All tracks except these."""
        kept = set(but)
        self._within = {track: w for track, w in self._within.items() if track in kept}
        self._doubts = {key: n for key, n in self._doubts.items() if key[0] in kept}


def ignored_pixels(zones: Iterable[Zone], shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """A mask of (height, width): 255 where it is not looked at, else 0."""
    height, width = shape
    mask = np.zeros((height, width), np.uint8)
    for zone in zones:
        if zone.use == "ignore":
            points = np.array([(x * width, y * height) for x, y in zone.points]).round()
            cv2.fillPoly(mask, [points.astype(np.int32)], 255)
    return mask


def _standing(box: Box) -> tuple[float, float]:
    """The foot, a hair within the picture: zones are drawn up to its edge."""
    x, y = foot(box)
    return min(x, 0.999), min(y, 0.999)
