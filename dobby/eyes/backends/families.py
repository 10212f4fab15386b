"""How two families of models want their picture, and how they tell what is in it.

Each is given a picture exactly as it was trained on them; whatever differs costs accuracy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from dobby.eyes.backends.coco import LABELS, WANTED
from dobby.eyes.frames import Detection, DetectorError, Image
from dobby.vision.reports import Box

Floats = NDArray[np.float32]
Size = tuple[int, int]  # height, width

OVERLAP = 0.45
"""Boxes of one class that share more than this are one thing; as YOLOX's own runtime. Ultralytics'
0.7 leaves two boxes on one person, which would become two people."""
GREY = 114
STRIDES = (8, 16, 32)


@dataclass(frozen=True)
class Fit:
    """Where a picture lies in the model's input, in its pixels."""

    left: int
    top: int
    width: float
    height: float


class Family(Protocol):
    def fit(self, image: Image) -> tuple[Floats, Fit]:
        """The picture as (3, height, width)."""
        ...

    def read(self, output: Floats, fit: Fit, least: float) -> list[Detection]:
        """What one picture's output says."""
        ...


def family(size: Size, output: Sequence[int]) -> Family:
    """By the output's shape, without the batch. Raises DetectorError when it is neither."""
    anchors = sum((size[0] // stride) * (size[1] // stride) for stride in STRIDES)
    if tuple(output) == (anchors, 5 + len(LABELS)):
        return Yolox(size)
    if tuple(output) == (4 + len(LABELS), anchors):
        return Yolo11(size)
    raise DetectorError(
        f"The detector's model gives {tuple(output)}, which I cannot read: I know YOLOX and YOLO11"
        " models trained on COCO. Ultralytics' other models need the backend ultralytics."
    )


class Yolox:
    """Top left on grey, BGR, 0-255; a box is told against its place in three grids."""

    def __init__(self, size: Size) -> None:
        self._size = size
        rows: list[NDArray[np.intp]] = []
        for stride in STRIDES:
            y, x = np.mgrid[: size[0] // stride, : size[1] // stride].reshape(2, -1)
            rows.append(np.stack([x, y, np.full_like(x, stride)], axis=1))
        grid = np.concatenate(rows).astype(np.float32)
        self._corner, self._stride = grid[:, :2], grid[:, 2:]

    def fit(self, image: Image) -> tuple[Floats, Fit]:
        scale = _scale(image, self._size)
        height, width = (max(1, int(side * scale)) for side in image.shape[:2])
        canvas = np.full((3, *self._size), GREY, np.float32)
        canvas[:, :height, :width] = _resized(image, height, width).transpose(2, 0, 1)
        # Not the rounded width and height: boxes are scaled by the exact factor in training.
        return canvas, Fit(0, 0, image.shape[1] * scale, image.shape[0] * scale)

    def read(self, output: Floats, fit: Fit, least: float) -> list[Detection]:
        likely = np.flatnonzero(output[:, 4] >= least)  # a class is never surer than its thing
        output, stride = output[likely], self._stride[likely]
        scores = output[:, 4:5] * output[:, 5:]
        centre = (output[:, :2] + self._corner[likely]) * stride
        return _told(centre, np.exp(output[:, 2:4]) * stride, scores, fit, least)


class Yolo11:
    """In the middle of grey, RGB, 0-1; and YOLOv8, which tells the same."""

    def __init__(self, size: Size) -> None:
        self._size = size

    def fit(self, image: Image) -> tuple[Floats, Fit]:
        scale = _scale(image, self._size)
        height, width = (max(1, round(side * scale)) for side in image.shape[:2])
        # An odd row of grey goes below, as in training.
        top, left = (
            round((whole - used) / 2 - 0.1)
            for whole, used in zip(self._size, (height, width), strict=True)
        )
        canvas = np.full((3, *self._size), GREY / 255, np.float32)
        inside = canvas[:, top : top + height, left : left + width]
        inside[:] = _resized(image, height, width)[:, :, ::-1].transpose(2, 0, 1)
        inside /= 255
        return canvas, Fit(left, top, image.shape[1] * scale, image.shape[0] * scale)

    def read(self, output: Floats, fit: Fit, least: float) -> list[Detection]:
        output = output[:, output[4:].max(axis=0) >= least].T
        return _told(output[:, :2], output[:, 2:4], output[:, 4:], fit, least)


def _scale(image: Image, size: Size) -> float:
    return min(size[0] / image.shape[0], size[1] / image.shape[1])


def _resized(image: Image, height: int, width: int) -> Image:
    if image.shape[:2] == (height, width):
        return image
    return cv2.resize(image, (width, height), interpolation=cv2.INTER_LINEAR)  # pyright: ignore[reportReturnType]


def _told(centre: Floats, size: Floats, scores: Floats, fit: Fit, least: float) -> list[Detection]:
    """The best class of each box, without the boxes that say again what a surer one says."""
    classes = scores.argmax(axis=1)
    best = scores[np.arange(len(scores)), classes]
    kept = np.flatnonzero((best >= least) & WANTED[classes])
    if not len(kept):
        return []
    corner, size, best, classes = (centre - size / 2)[kept], size[kept], best[kept], classes[kept]
    boxes = np.hstack([corner, size]).astype(float)
    chosen = np.ravel(cv2.dnn.NMSBoxesBatched(boxes, best, classes, least, OVERLAP))  # pyright: ignore[reportArgumentType]
    whole = np.array([fit.width, fit.height] * 2)
    corners = (np.hstack([corner, corner + size]) - [fit.left, fit.top] * 2) / whole
    return [
        detection(LABELS[int(classes[i])], float(best[i]), corners[i].tolist())
        for i in chosen.tolist()
    ]


def detection(label: str, score: float, corners: Sequence[float]) -> Detection:
    """From left, top, right, bottom in fractions, which may lie outside the picture."""
    left, top, right, bottom = (min(max(corner, 0.0), 1.0) for corner in corners)
    return Detection(label, score, Box(left=left, top=top, right=right, bottom=bottom))
