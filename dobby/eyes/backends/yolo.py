"""Any model that the package ultralytics runs, TensorRT's engines too; on CUDA where it can.

Package and models are AGPL-3.0. It is kept from what it does unasked: fetching models and
packages, telling a host of its makers that it ran, writing outside the home folder.
"""

# pyright: reportMissingImports=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np

from dobby.eyes.backends.families import OVERLAP, detection
from dobby.eyes.backends.network import TOGETHER
from dobby.eyes.frames import Detection, DetectorError, Image
from dobby.vision.reports import KINDS


class YoloModel:
    def __init__(self, model: Path, home: Path) -> None:
        """Raises DetectorError, and ImportError where the package is not installed."""
        ultralytics = _package(home)
        self.name = f"ultralytics {model.stem}"
        try:
            self._model: Any = ultralytics.YOLO(str(model), task="detect", verbose=False)
            self._wanted = [number for number, label in self._model.names.items() if label in KINDS]
            self._predict([np.zeros((480, 640, 3), np.uint8)], 0.1)
        except Exception as error:  # torch's, pickle's, its own: no common root
            raise DetectorError(f"The detector's model {model.name} cannot be loaded.") from error
        if not self._wanted:
            raise DetectorError(f"The detector's model {model.name} knows no person and no animal.")
        self.batch = _together(self._model.predictor.model, model)

    def detect(self, images: Sequence[Image], least: float = 0.1) -> list[list[Detection]]:
        found: list[list[Detection]] = []
        for start in range(0, len(images), self.batch):
            found += self._predict(images[start : start + self.batch], least)
        return found

    def _predict(self, images: Sequence[Image], least: float) -> list[list[Detection]]:
        results = self._model.predict(
            list(images), conf=least, iou=OVERLAP, classes=self._wanted, verbose=False
        )
        return [_read(result) for result in results]


def _read(result: Any) -> list[Detection]:
    boxes = result.boxes.cpu().numpy()
    rows = zip(boxes.cls.tolist(), boxes.conf.tolist(), boxes.xyxyn.tolist(), strict=True)
    return [detection(result.names[int(number)], score, box) for number, score, box in rows]


def _together(loaded: Any, model: Path) -> int:
    """How many pictures one run takes; on a processor one by one is as fast."""
    if loaded.device.type == "cpu":
        return 1
    if model.suffix == ".pt":
        return TOGETHER
    return min(TOGETHER, int(loaded.batch)) if loaded.dynamic else 1


def _package(home: Path) -> ModuleType:
    os.environ |= {
        "YOLO_OFFLINE": "true",
        "YOLO_AUTOINSTALL": "false",
        "YOLO_VERBOSE": "false",
        "YOLO_CONFIG_DIR": str(home / "ultralytics"),
        "ULTRALYTICS_SAFE_LOAD": "true",
    }
    (home / "ultralytics").mkdir(parents=True, exist_ok=True)
    torchvision = _torchvision()
    import ultralytics
    from ultralytics.utils.nms import TorchNMS

    if not hasattr(torchvision, "ops"):
        torchvision.ops = SimpleNamespace(nms=TorchNMS.nms)  # pyright: ignore[reportAttributeAccessIssue]
    ultralytics.settings.update({"sync": False})
    return ultralytics


def _torchvision() -> ModuleType:
    """Its wheels hold code for one build of torch and do not import beside another, as beside a
    torch for the processor alone. All that detection wants of it is ``ops.nms``, which Ultralytics
    has itself: then a bare module stands in for it."""
    try:
        import torchvision
    except (ImportError, RuntimeError, OSError):
        torchvision = ModuleType("torchvision")
        torchvision.__spec__ = ModuleSpec("torchvision", None)
        sys.modules["torchvision"] = torchvision
    return torchvision
