"""Clips put together of real footage: people cut out of a clip walk over real pictures, past
parked vehicles, in changing light. Written as a camera would send them: with noise, compressed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from dobby.eyes.frames import Image
from tests.peers.cameras import PEOPLE, footage

WIDTH, HEIGHT, FPS = 768, 432, 5
NOISE = 3.0  # of 255, of the sensor
EMPTY = (2, 21.4, 48, 72.5, 90, 121.8)  # seconds at which nobody is in the room
Pixels = np.ndarray  # float32
Light = Callable[[float, Pixels], Pixels]  # at a second of the clip


@dataclass(frozen=True)
class Cutout:
    """Something cut out of a picture; ``mask`` is 0-1."""

    pixels: Pixels
    mask: Pixels

    def scaled(self, height: int) -> Cutout:
        size = (round(self.pixels.shape[1] * height / self.pixels.shape[0]), height)
        mask = cv2.resize(self.mask, size, interpolation=cv2.INTER_AREA)
        return Cutout(cv2.resize(self.pixels, size, interpolation=cv2.INTER_AREA), mask)


@dataclass(frozen=True)
class Walk:
    """A cutout whose foot goes from point to point: (second, x, y) in pixels, straight between."""

    who: Cutout
    way: Sequence[tuple[float, float, float]]

    def drawn(self, second: float, on: Pixels) -> None:
        times = [time for time, _, _ in self.way]
        if not times[0] <= second <= times[-1]:
            return
        x = np.interp(second, times, [x for _, x, _ in self.way])
        y = np.interp(second, times, [y for _, _, y in self.way])
        height, width = self.who.mask.shape
        _paste(on, self.who, round(float(x) - width / 2), round(float(y) - height))


@dataclass(frozen=True)
class Lies:
    """A thing that is there from one second to another."""

    what: Cutout
    left: int
    top: int
    since: float = 0.0
    until: float = float("inf")

    def drawn(self, second: float, on: Pixels) -> None:
        if self.since <= second < self.until:
            _paste(on, self.what, self.left, self.top)


def frames(
    scene: Image,
    seconds: float,
    things: Iterable[Walk | Lies] = (),
    light: Light = lambda _, pixels: pixels,
    seed: int = 5,
) -> Iterable[Image]:
    """Each frame of the clip. ``things``: those further back first."""
    random = np.random.default_rng(seed)
    grain = random.normal(0, NOISE, (HEIGHT + 64, WIDTH + 64, 3)).astype(np.float32)
    for number in range(round(seconds * FPS)):
        picture = scene.astype(np.float32)
        for thing in things:
            thing.drawn(number / FPS, picture)
        y, x = random.integers(0, 64, 2)
        seen = light(number / FPS, picture) + grain[y : y + HEIGHT, x : x + WIDTH]
        yield np.clip(seen, 0, 255).astype(np.uint8)


def clip(path: Path, pictures: Iterable[Image]) -> Path:
    """Written as motion JPEG."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), FPS, (WIDTH, HEIGHT))
    assert writer.isOpened()
    for picture in pictures:
        writer.write(picture)
    writer.release()
    return path


def fitted(picture: Image) -> Image:
    """Cropped from the middle to the size of the clips."""
    height, width = picture.shape[:2]
    scale = max(WIDTH / width, HEIGHT / height)
    picture = cv2.resize(picture, (round(width * scale) + 1, round(height * scale) + 1))
    top, left = (picture.shape[0] - HEIGHT) // 2, (picture.shape[1] - WIDTH) // 2
    return np.ascontiguousarray(picture[top : top + HEIGHT, left : left + WIDTH])


def still(name: str) -> Image:
    picture = cv2.imread(str(footage(name)))
    assert picture is not None
    return fitted(picture)


@cache
def room() -> Image:
    """Where the people of the clip come to, without them."""
    return clip_at(2)


@cache
def visitor(seconds: float) -> Cutout:
    """Whoever stands in the clip at that second, without the room."""
    without = min(EMPTY, key=lambda empty: abs(empty - seconds))  # the camera's colours drift
    seen, empty = (clip_at(when).astype(np.float32) for when in (seconds, without))
    differs = (np.abs(seen - empty).max(axis=2) > 28).astype(np.uint8)
    differs = cv2.morphologyEx(differs, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(differs)
    index = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    left, top, width, height, _ = stats[index].tolist()
    mask = (labels == index).astype(np.uint8)
    outline, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = cv2.drawContours(np.zeros_like(mask), outline, -1, 1, -1).astype(np.float32)
    filled = cv2.GaussianBlur(filled, (3, 3), 0)
    box = slice(top, top + height), slice(left, left + width)
    return Cutout(seen[box], filled[box])


def clip_at(seconds: float) -> Image:
    video = cv2.VideoCapture(str(footage(PEOPLE)))
    video.set(cv2.CAP_PROP_POS_MSEC, 1000 * seconds)
    good, frame = video.read()
    assert good
    return frame


def part(picture: Image, rows: slice, columns: slice, height: int) -> Cutout:
    """A piece of a picture, round at its corners."""
    pixels = picture[rows, columns].astype(np.float32)
    mask = np.zeros(pixels.shape[:2], np.float32)
    tall, wide = mask.shape
    cv2.ellipse(mask, (wide // 2, tall // 2), (wide // 2 - 1, tall // 2 - 1), 0, 0, 360, 1.0, -1)
    return Cutout(pixels, cv2.GaussianBlur(mask, (5, 5), 0)).scaled(height)


def _paste(on: Pixels, what: Cutout, left: int, top: int) -> None:
    height, width = what.mask.shape
    rows = slice(max(top, 0), min(top + height, on.shape[0]))
    columns = slice(max(left, 0), min(left + width, on.shape[1]))
    if rows.start >= rows.stop or columns.start >= columns.stop:
        return
    inner = (
        slice(rows.start - top, rows.stop - top),
        slice(columns.start - left, columns.stop - left),
    )
    mask = what.mask[inner][..., None]
    on[rows, columns] = on[rows, columns] * (1 - mask) + what.pixels[inner] * mask
