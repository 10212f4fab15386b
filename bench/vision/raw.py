"""The runtimes by themselves: the plainest call of each model, with the reference's own steps
before and after it, written apart from the product. What the product loses is measured on these.
"""

# pyright: reportMissingTypeStubs=false, reportMissingImports=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnknownParameterType=false
from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Found = list[tuple[list[float], float]]  # left, top, right, bottom in pixels; score; persons only


@dataclass(frozen=True)
class Raw:
    """``run`` is the model alone, on ``tensor``; ``persons`` all of it, on a picture. It has so
    many threads; 0: as many as its maker thinks right."""

    tensor: Array
    run: Callable[[Array], Array]
    persons: Callable[[Array, float], Found]


def onnxruntime_yolox(model: Path, threads: int = 0) -> Raw:
    import onnxruntime as ort

    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return _yolox(lambda tensor: np.asarray(session.run(None, {"images": tensor})[0]))


def openvino_yolox(model: Path, threads: int = 0) -> Raw:
    compiled = _compiled(model, threads)
    return _yolox(lambda tensor: compiled(tensor)[0])


def openvino_yolo11(model: Path, threads: int = 0) -> Raw:
    compiled = _compiled(next(model.glob("*.xml")), threads)

    def run(tensor: Array) -> Array:
        return compiled(tensor)[0]

    def persons(image: Array, least: float) -> Found:
        height, width = image.shape[:2]
        gain = min(640 / height, 640 / width)
        inner = (round(width * gain), round(height * gain))
        left, top = ((640 - side) / 2 for side in inner)
        scaled = image if inner == (width, height) else cv2.resize(image, inner)
        framed = cv2.copyMakeBorder(
            scaled,
            *(round(top - 0.1), round(top + 0.1), round(left - 0.1), round(left + 0.1)),
            cv2.BORDER_CONSTANT,
            value=(114, 114, 114),
        )
        rows = run(framed[None, :, :, ::-1].transpose(0, 3, 1, 2).astype(np.float32) / 255)[0].T
        x, y, w, h = rows[:, :4].T
        corners = np.stack([x - w / 2, y - h / 2, x + w / 2, y + h / 2], 1)
        scores = rows[:, 4:]
        sure = (scores.argmax(1) == 0) & (scores[:, 0] > least)
        kept = _greedy(corners[sure], scores[sure, 0], 0.7)
        pad = [round(left - 0.1), round(top - 0.1)] * 2
        whole = [width, height] * 2
        return [
            (np.clip((box - pad) / gain, 0, whole).tolist(), float(score)) for box, score in kept
        ]

    return Raw(np.zeros((1, 3, 640, 640), np.float32), run, persons)


def ultralytics_itself(model: Path, threads: int = 0) -> Raw:
    import torch
    from ultralytics import YOLO

    if threads:
        torch.set_num_threads(threads)

    yolo = YOLO(str(model), task="detect", verbose=False)

    def run(image: Array) -> Array:
        return yolo.predict(image, verbose=False)[0].boxes.xyxy

    def persons(image: Array, least: float) -> Found:
        boxes = yolo.predict(image, conf=least, verbose=False)[0].boxes
        found = zip(boxes.xyxy.tolist(), boxes.conf.tolist(), boxes.cls.tolist(), strict=True)
        return [(box, score) for box, score, label in found if label == 0]

    return Raw(np.zeros((480, 640, 3), np.uint8), run, persons)


def _yolox(run: Callable[[Array], Array]) -> Raw:
    grids: list[Array] = []
    for stride in (8, 16, 32):
        side = 416 // stride
        grids += [np.array([[x, y, stride] for y in range(side) for x in range(side)], np.float32)]
    grid = np.concatenate(grids)

    def persons(image: Array, least: float) -> Found:
        ratio = min(416 / image.shape[0], 416 / image.shape[1])
        framed = np.full((416, 416, 3), 114, np.uint8)
        scaled = cv2.resize(image, (int(image.shape[1] * ratio), int(image.shape[0] * ratio)))
        framed[: scaled.shape[0], : scaled.shape[1]] = scaled
        rows = run(np.ascontiguousarray(framed.transpose(2, 0, 1), np.float32)[None])[0]
        centre = (rows[:, :2] + grid[:, :2]) * grid[:, 2:]
        half = np.exp(rows[:, 2:4]) * grid[:, 2:] / 2
        corners = np.concatenate([centre - half, centre + half], 1) / ratio
        scores = rows[:, 4:5] * rows[:, 5:]
        sure = (scores.argmax(1) == 0) & (scores[:, 0] > least)
        kept = _greedy(corners[sure], scores[sure, 0], 0.65)  # as its own evaluation
        return [(box.tolist(), float(score)) for box, score in kept]

    return Raw(np.zeros((1, 3, 416, 416), np.float32), run, persons)


def _compiled(model: Path, threads: int) -> Any:
    sys.modules["openvino_telemetry"] = None  # pyright: ignore[reportArgumentType]
    import openvino as ov

    return ov.Core().compile_model(model, "CPU", {"INFERENCE_NUM_THREADS": threads})


def _greedy(boxes: Array, scores: Array, overlap: float) -> list[tuple[Array, float]]:
    """Non-maximum suppression as in the textbook."""
    kept: list[tuple[Array, float]] = []
    for place in scores.argsort()[::-1]:
        box: Array = boxes[place]
        if all(_shared(box, other) <= overlap for other, _ in kept):
            kept.append((box, float(scores[place])))
    return kept


def _shared(one: Array, other: Array) -> float:
    sides = np.minimum(one[2:], other[2:]) - np.maximum(one[:2], other[:2])
    if (sides <= 0).any():
        return 0.0
    both = sides.prod()
    return float(both / ((one[2:] - one[:2]).prod() + (other[2:] - other[:2]).prod() - both))
