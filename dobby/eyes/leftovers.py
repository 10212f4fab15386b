"""Whether something was left, or taken, when everybody has gone and the scene is still again.

The scene before is compared with the scene after. Light comes and goes in between, so that neither
brightness nor shadows count, only a thing: a patch that looks otherwise in itself. It was left if
it stands out from its surroundings now, and taken if it did before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from dobby.eyes.frames import Image
from dobby.eyes.geometry import corners
from dobby.eyes.zones import ignored_pixels
from dobby.vision.reports import Box, Zone

Plane = NDArray[np.float32]
Mask = NDArray[np.uint8]  # 0 or 255
Where = NDArray[np.bool_]

WIDE = 320  # pixels that are compared
SETTLES = timedelta(seconds=2)  # after the last one has gone
STABLE = timedelta(seconds=2)  # and so long it has to be seen,
LOOKS = 2  # in so many looks: they are seconds apart where nothing moves
PATIENCE = 8  # looks after which what comes and goes is given up
TOO_OLD = timedelta(minutes=20)  # the light has gone on: nothing can be said
SETTLED = timedelta(seconds=3)  # a scene counts as the one before if nobody comes so soon after
MUCH = 0.02  # of the picture moves: it is not still

SMALLEST, LARGEST = 0.0015, 0.06  # of the picture
DARK = 6.0  # added before the logarithm, or the noise of darkness would count most
AROUND = 21  # in fours of pixels: the surroundings whose light is taken out
STEPS = 64  # that a change of the logarithm by 1 is told in
CHANGE = 0.12  # of the logarithm of the light, or of a colour
NOISES = 6.0  # and so many times what is usual in this pair of pictures
EVEN = 0.1  # how little detail there is in the change of a patch in a shadow or a lamp's circle
ALIKE = 0.6  # correlation of two patches that show the same under another light
CLEARLY = 0.4  # by how much more it stands out in one picture than in the other, in logarithms

Change = Literal["left", "taken"]


@dataclass(frozen=True)
class Found:
    change: Change
    box: Box


class Leftovers:
    """One camera's."""

    def __init__(self, zones: Sequence[Zone] = ()) -> None:
        self._zones = zones
        self.start_again()

    def start_again(self) -> None:
        """The camera was not seen for a while: nothing is known of before."""
        self._before: _Scene | None = None
        self._next: _Scene | None = None  # becomes the one before if nobody comes
        self._happened = False  # somebody was there since
        self._quiet: datetime | None = None
        self._suspects: list[_Suspect] = []
        self._looks = 0  # since it is quiet

    def interrupt(self) -> None:
        """Somebody is there: from here on, the scene may become another."""
        self._happened = True
        self.wait()

    def wait(self) -> None:
        """Something goes on: this is not how the scene is when it is still."""
        self._quiet = self._next = None
        self._suspects, self._looks = [], 0

    def look(
        self,
        at: datetime,
        image: Image,
        moving: Sequence[Box] = (),
        standing: Sequence[Box] = (),
    ) -> list[Found]:
        """What is found to have been left or taken, each once; to be called while nobody is there.
        ``standing``: where something known stands."""
        if sum(box.area for box in moving) > MUCH:
            self.wait()
            return []
        self._quiet = self._quiet or at
        if at - self._quiet < SETTLES:
            return []
        now = _Scene.of(at, image, self._hidden(image, moving, standing))
        if self._before is None or not self._happened:
            self._go_on(now)
            return []
        if at - self._before.at > TOO_OLD or self._before.size != now.size:
            return self._over(now)
        return self._compare(self._before, now)

    def _compare(self, before: _Scene, now: _Scene) -> list[Found]:
        self._looks += 1
        suspects = [self._seen_again(found, now.at) for found in _differences(before, now)]
        self._suspects = suspects
        sure = [s.found for s in suspects if s.looks >= LOOKS and now.at - s.since >= STABLE]
        unsure = len(suspects) > len(sure)
        if self._looks < LOOKS or (unsure and self._looks < PATIENCE):
            return []
        self._over(now)
        return sure

    def _seen_again(self, found: Found, at: datetime) -> _Suspect:
        for suspect in self._suspects:
            same = suspect.found.box.overlap(found.box) >= 0.5
            if same and suspect.found.change == found.change:
                return replace(suspect, looks=suspect.looks + 1)
        return _Suspect(found, at)

    def _over(self, now: _Scene) -> list[Found]:
        """What is there now is what was there before, from here on."""
        self._before, self._next, self._happened = now, None, False
        self._suspects, self._looks = [], 0
        return []

    def _go_on(self, now: _Scene) -> None:
        """Nothing happens: the light may change, and it is kept up with."""
        if self._before is None:
            self._before = now
        elif self._next is None:
            self._next = now
        elif now.at - self._next.at >= SETTLED:
            self._before, self._next = self._next, now

    def _hidden(self, image: Image, moving: Sequence[Box], standing: Sequence[Box]) -> Mask:
        """255 where nothing can be said: something is or stands there, or it is not looked at."""
        height, width = _size(image)
        mask = ignored_pixels(self._zones, (height, width))
        for box in (*moving, *standing):
            left, top, right, bottom = corners(box)
            corner = max(0, round(left * width) - 3), max(0, round(top * height) - 3)
            cv2.rectangle(
                mask, corner, (round(right * width) + 3, round(bottom * height) + 3), 255, -1
            )
        return mask


@dataclass(frozen=True)
class _Suspect:
    found: Found
    since: datetime
    looks: int = 1


@dataclass(frozen=True)
class _Scene:
    """A still scene, small, in numbers that light changes alike: a sum, where it is a product."""

    at: datetime
    light: Plane  # its logarithm
    colours: tuple[Plane, Plane]  # of blue and of red, against green
    hidden: Mask

    @classmethod
    def of(cls, at: datetime, image: Image, hidden: Mask) -> _Scene:
        height, width = hidden.shape
        small = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
        smooth = cv2.GaussianBlur(small, (3, 3), 0).astype(np.float32)
        logs: Plane = np.log(smooth + np.float32(DARK))
        blue, green, red = (logs[:, :, channel] for channel in range(3))
        light = ((blue + 2 * green + red) / 4).astype(np.float32)
        return cls(at, light, (blue - green, red - green), hidden)

    @property
    def size(self) -> tuple[int, ...]:
        return self.hidden.shape


def _differences(before: _Scene, now: _Scene) -> list[Found]:
    """Patches that look otherwise in themselves."""
    light = _against_surroundings(now.light - before.light)
    blue, red = (
        _against_surroundings(new - old)
        for old, new in zip(before.colours, now.colours, strict=True)
    )
    colour = np.hypot(blue, red)
    differs = (np.abs(light) > _limit(light)) | (colour > _limit(blue, red))
    differs &= (before.hidden | now.hidden) == 0
    changed = np.where(differs, 255, 0).astype(np.uint8)
    changed = cv2.morphologyEx(changed, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    changed = cv2.morphologyEx(changed, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(changed)
    rows, columns = changed.shape
    found: list[Found] = []
    for index in range(1, count):
        left, top, width, height, size = stats[index].tolist()
        if not SMALLEST <= size / changed.size <= LARGEST:
            continue
        patch = labels == index
        if _only_lit(before, now, patch, light, colour):
            continue
        if change := _change(before, now, patch):
            box = Box(
                left=left / columns,
                top=top / rows,
                right=(left + width) / columns,
                bottom=(top + height) / rows,
            )
            found.append(Found(change, box))
    return found


def _only_lit(before: _Scene, now: _Scene, patch: Where, light: Plane, colour: Plane) -> bool:
    """Whether a patch shows the same as before, in a shadow or in a lamp's circle."""
    if _correlation(before.light[patch], now.light[patch]) > ALIKE:
        return True
    inner = cv2.erode(patch.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    if inner.sum() < 0.25 * patch.sum():
        inner = patch
    detail = light - cv2.blur(light, (7, 7))  # a shadow has none of its own
    low, high = np.quantile(detail[inner], (0.1, 0.9))
    return bool(high - low < EVEN and np.median(colour[inner]) < CHANGE)


def _change(before: _Scene, now: _Scene, patch: Where) -> Change | None:
    """By what stands out from its surroundings, and has an edge to them."""
    more = np.log(_stands_out(now, patch) / _stands_out(before, patch))
    more += np.log(_edge(now, patch) / _edge(before, patch))
    if abs(more) < CLEARLY:
        return None
    return "left" if more > 0 else "taken"


def _stands_out(scene: _Scene, patch: Where) -> float:
    """How much a patch differs from what is around it: in its values, each in their order."""
    mask = patch.astype(np.uint8)
    near, far = (cv2.dilate(mask, np.ones((size, size), np.uint8)) > 0 for size in (5, 15))
    around = far & ~near
    parts = np.linspace(0.05, 0.95, 19)
    return 1e-3 + sum(
        float(np.abs(np.quantile(plane[patch], parts) - np.quantile(plane[around], parts)).mean())
        for plane in (scene.light, *scene.colours)
    )


def _edge(scene: _Scene, patch: Where) -> float:
    """How much of an edge there is around a patch."""
    rim = cv2.morphologyEx(patch.astype(np.uint8), cv2.MORPH_GRADIENT, np.ones((5, 5), np.uint8))
    across = cv2.Sobel(scene.light, cv2.CV_32F, 1, 0)
    along = cv2.Sobel(scene.light, cv2.CV_32F, 0, 1)
    return 1e-3 + float(cv2.magnitude(across, along)[rim > 0].mean())


def _against_surroundings(change: Plane) -> Plane:
    """Less what is the middle around a place, which a thing alone does not shift."""
    height, width = change.shape
    steps = np.clip(change * STEPS + 128, 0, 255).astype(np.uint8)
    few = cv2.resize(steps, (width // 4, height // 4), interpolation=cv2.INTER_AREA)
    middle = cv2.resize(cv2.medianBlur(few, AROUND), (width, height)).astype(np.float32)
    return (change - (middle - 128) / STEPS).astype(np.float32)


def _limit(*changes: Plane) -> float:
    """What is more than noise: in the dark, there is much of it."""
    return max(CHANGE, NOISES * max(float(np.median(np.abs(change))) for change in changes))


def _correlation(one: Plane, other: Plane) -> float:
    one, other = one - one.mean(), other - other.mean()
    spread = float(np.sqrt((one**2).sum() * (other**2).sum()))
    return float((one * other).sum()) / spread if spread > 1e-6 else 0.0


def _size(image: Image) -> tuple[int, int]:
    height, width = image.shape[:2]
    return max(1, round(height * WIDE / width)), WIDE
