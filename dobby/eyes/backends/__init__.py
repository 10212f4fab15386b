"""What can run a detector's model: one file each. ``load`` is the list of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from dobby.eyes.frames import Backend, DetectorError

Kind = Literal["onnx", "openvino", "ultralytics"]  # as in ``settings.VisionSettings.backend``
EXTRAS = {"onnx": "vision", "openvino": "openvino", "ultralytics": "yolo"}


def load(kind: Kind, model: Path, home: Path) -> Backend:
    """A backend that has run its model once. Raises DetectorError, in the owner's words.

    Blocks for as long as that takes: a process of its own calls it. A runtime is imported only
    where it is asked for: each is tens of megabytes, and most houses have one of them.
    """
    # OpenVINO tells Google Analytics whenever it is imported, also by Ultralytics, unless the
    # package that does so is not there.
    sys.modules["openvino_telemetry"] = None  # pyright: ignore[reportArgumentType]
    try:
        return _load(kind, model, home)
    except ImportError as error:
        raise DetectorError(
            f"What the detector {kind} needs is not installed where the eyes run:"
            f" pip install 'dobby[{EXTRAS[kind]}]'."
        ) from error


def _load(kind: Kind, model: Path, home: Path) -> Backend:
    match kind:
        case "onnx":
            from dobby.eyes.backends.onnx import OnnxModel

            return OnnxModel(model)
        case "openvino":
            from dobby.eyes.backends.openvino import OpenVinoModel

            return OpenVinoModel(model)
        case "ultralytics":
            from dobby.eyes.backends.yolo import YoloModel

            return YoloModel(model, home)
