"""What happens before a camera while nobody is there, painted over a still picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import cv2
import numpy as np

GRAIN = 64  # pixels by which the sensor's noise is another in each frame
Painted = np.ndarray  # float32 (height, width), 0-255
Scene = Callable[[int, Painted], Painted]  # the number of the frame, and the yard


class Yard:
    """A still picture seen by a sensor with a little noise, as frames of luma."""

    def __init__(self, picture: np.ndarray, noise: float = 1.5, seed: int = 7) -> None:
        self.picture = picture.astype(np.float32)
        self.height, self.width = picture.shape
        self._random = np.random.default_rng(seed)
        size = (self.height + GRAIN, self.width + GRAIN)
        self._grain = self._random.normal(0, noise, size).astype(np.float32)

    def frames(self, count: int, scene: Scene = lambda _, yard: yard) -> Iterator[np.ndarray]:
        for number in range(count):
            yield self.seen(scene(number, self.picture.copy()))

    def seen(self, picture: Painted) -> np.ndarray:
        y, x = self._random.integers(0, GRAIN, 2)
        grain = self._grain[y : y + self.height, x : x + self.width]
        return np.clip(picture + grain, 0, 255).astype(np.uint8)


def darker(share: float) -> Scene:
    return lambda _, yard: yard * share


def infrared(first: int, frames: int = 8) -> Scene:
    """The filter falls away: another picture, too bright until the exposure has followed."""

    def flip(number: int, yard: Painted) -> Painted:
        if number < first:
            return yard
        too_much = max(0.0, 1 - (number - first) / frames)
        return (cv2.GaussianBlur(yard, (0, 0), 1) * 0.6 + 70) * (1 + 1.2 * too_much)

    return flip


def rain(drops: int, seed: int = 3) -> Scene:
    """Streaks of light, elsewhere in each frame."""
    random = np.random.default_rng(seed)

    def fall(_: int, yard: Painted) -> Painted:
        height, width = yard.shape
        wet = np.zeros_like(yard)
        for x, y, length in zip(
            random.integers(0, width, drops), random.integers(0, height, drops),
            random.integers(15, 60, drops), strict=True,
        ):  # fmt: skip
            cv2.line(wet, (int(x), int(y)), (int(x) + length // 8, int(y) + length), 45.0, 1)
        return yard + cv2.GaussianBlur(wet, (3, 3), 0)

    return fall


def leaves(seed: int = 4) -> Scene:
    """A tree in the upper left that never stands still."""
    random = np.random.default_rng(seed)
    texture: Painted | None = None

    def blow(_: int, yard: Painted) -> Painted:
        nonlocal texture
        height, width = yard.shape
        h, w = height // 3, width // 4
        shift = np.float32([[1, 0, random.normal(0, 3)], [0, 1, random.normal(0, 3)]])
        texture = _foliage(h + 40, w + 40) if texture is None else texture
        yard[:h, :w] = cv2.warpAffine(texture, shift, (w + 40, h + 40))[20 : h + 20, 20 : w + 20]
        return yard

    return blow


def headlights(first: int, last: int) -> Scene:
    """A beam that sweeps over the yard from left to right."""

    def sweep(number: int, yard: Painted) -> Painted:
        if not first <= number < last:
            return yard
        height, width = yard.shape
        x = int(width * (number - first) / (last - first))
        beam = np.zeros_like(yard)
        cv2.ellipse(beam, (x, height // 2), (width // 6, height // 4), 0, 0, 360, 90.0, -1)
        return yard + cv2.GaussianBlur(beam, (0, 0), 25)

    return sweep


def walker(first: int, tall: float = 0.025, speed: float = 1.8, contrast: float = -45.0) -> Scene:
    """Someone far away, ``tall`` of the picture's height, from the left to the right."""

    def walk(number: int, yard: Painted) -> Painted:
        if number < first:
            return yard
        height, width = yard.shape
        h = tall * height
        x, y, w = 0.1 * width + speed * (number - first), 0.6 * height, 0.4 * h
        figure = np.zeros_like(yard)
        shift = 4  # fractions of a pixel
        corners = [(round(a * 2**shift), round(b * 2**shift)) for a, b in ((x, y), (x + w, y + h))]
        cv2.rectangle(figure, *corners, contrast, -1, cv2.LINE_AA, shift)
        return yard + cv2.GaussianBlur(figure, (3, 3), 0)

    return walk


def _foliage(height: int, width: int) -> Painted:
    texture = np.random.default_rng(5).normal(0, 1, (height, width)).astype(np.float32)
    texture = cv2.GaussianBlur(texture, (0, 0), 3)
    return 90 + texture * (35 / texture.std())
