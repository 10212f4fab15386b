"""What is another thing in two pictures of one place, and what is only lit otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from dobby.eyes.frames import Image
from dobby.vision.reports import Box

Plane = NDArray[np.float32]
Mask = NDArray[np.uint8]  # 0 or 255
Where = NDArray[np.bool_]

SMALLEST, LARGEST = 0.0015, 0.06  # of the picture
DARK = 6.0  # added before the logarithm, or the noise of darkness would count most
AROUND = 21  # in fours of pixels: the surroundings whose light is taken out
STEPS = 64  # that a change of the logarithm by 1 is told in
BLACK = 20.0  # of 255: where it is darker around, nothing can be said
NEAR = 41  # pixels around
SWITCHED = 0.6  # of the logarithm: so much brighter in the middle, and so much less evenly
CHANGE = 0.12  # of the logarithm of the light, or of a colour
NOISES = 6.0  # and so many times what is usual in this pair of pictures
TINT = 0.3  # the colour of a lamp, against that of other light
EVEN = 0.1  # how little detail there is in the change of a patch in a shadow or a lamp's circle
EVENLY = 0.2  # or, against how much it is brighter or darker, where the light has an edge
ALIKE = 0.6  # correlation of two patches that show the same under another light
CLEARLY = 0.4  # by how much more it stands out in one picture than in the other, in logarithms

Difference = Literal["left", "taken"]


@dataclass(frozen=True)
class Found:
    change: Difference
    box: Box


@dataclass(frozen=True)
class StillScene:
    """A still scene, small, in numbers that light changes alike: a sum, where it is a product."""

    at: datetime
    light: Plane  # its logarithm
    colours: tuple[Plane, Plane]  # of blue and of red, against green
    hidden: Mask

    @classmethod
    def of(cls, at: datetime, image: Image, hidden: Mask) -> StillScene:
        height, width = hidden.shape
        small = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
        smooth = cv2.GaussianBlur(small, (3, 3), 0).astype(np.float32)
        hidden = np.where(cv2.blur(smooth[:, :, 1], (NEAR, NEAR)) < BLACK, 255, hidden)
        logs: Plane = np.log(smooth + np.float32(DARK))
        blue, green, red = (logs[:, :, channel] for channel in range(3))
        light = ((blue + 2 * green + red) / 4).astype(np.float32)
        return cls(at, light, (blue - green, red - green), hidden.astype(np.uint8))

    @property
    def size(self) -> tuple[int, ...]:
        return self.hidden.shape


def in_one_light(before: StillScene, now: StillScene) -> bool:
    """Whether what differs may be told from what light does: more or less of it, evenly or from
    the side. What a lamp brings or takes, shadows and shine, looks like things."""
    seen = (before.hidden | now.hidden) == 0
    if not seen.any():
        return False
    change = now.light - before.light
    low, middle, high = np.quantile(
        (change - _against_surroundings(change))[seen], (0.05, 0.5, 0.95)
    )
    return bool(abs(middle) + (high - low) <= SWITCHED)


def differences(before: StillScene, now: StillScene) -> list[Found]:
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


def _only_lit(
    before: StillScene, now: StillScene, patch: Where, light: Plane, colour: Plane
) -> bool:
    """Whether a patch shows the same as before, in a shadow or in a lamp's circle."""
    if _correlation(before.light[patch], now.light[patch]) > ALIKE:
        return True
    inner = cv2.erode(patch.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    if inner.sum() < 0.25 * patch.sum():
        inner = patch
    detail = light - cv2.blur(light, (7, 7))  # a shadow has none of its own
    change = (now.light - before.light)[inner]
    is_soft = _range(detail[inner]) < EVEN
    is_sharp = _range(change) < EVENLY * abs(float(np.median(change)))  # light from a door
    return bool((is_soft or is_sharp) and np.median(colour[inner]) < TINT)


def _range(values: Plane) -> float:
    low, high = np.quantile(values, (0.1, 0.9))
    return float(high - low)


def _change(before: StillScene, now: StillScene, patch: Where) -> Difference | None:
    """By what stands out from its surroundings, and has an edge to them."""
    more = np.log(_stands_out(now, patch) / _stands_out(before, patch))
    more += np.log(_edge(now, patch) / _edge(before, patch))
    if abs(more) < CLEARLY:
        return None
    return "left" if more > 0 else "taken"


def _stands_out(scene: StillScene, patch: Where) -> float:
    """How much a patch differs from what is around it: in its values, each in their order."""
    mask = patch.astype(np.uint8)
    near, far = (cv2.dilate(mask, np.ones((size, size), np.uint8)) > 0 for size in (5, 15))
    around = far & ~near
    parts = np.linspace(0.05, 0.95, 19)
    return 1e-3 + sum(
        float(np.abs(np.quantile(plane[patch], parts) - np.quantile(plane[around], parts)).mean())
        for plane in (scene.light, *scene.colours)
    )


def _edge(scene: StillScene, patch: Where) -> float:
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
