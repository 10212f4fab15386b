"""Models for OpenVINO, the faster on Intel processors: its own format, or ONNX."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import numpy as np
import openvino as ov

from dobby.eyes.backends.families import Floats
from dobby.eyes.backends.network import Network
from dobby.eyes.frames import DetectorError


class OpenVinoModel(Network):
    def __init__(self, model: Path) -> None:
        """From an .xml or .onnx file, or a folder with an .xml as Ultralytics exports it.
        Raises DetectorError."""
        super().__init__(f"openvino {model.stem}", _Compiled(model))


class _Compiled:
    together = False

    def __init__(self, model: Path) -> None:
        file = next(iter(sorted(model.glob("*.xml"))), model) if model.is_dir() else model
        try:
            network = ov.Core().read_model(file)  # pyright: ignore[reportUnknownMemberType]
            shape = network.input(0).partial_shape
            height, width = (
                640 if shape[side].is_dynamic else shape[side].get_length() for side in (2, 3)
            )
            network.reshape([1, 3, height, width])
            self._model = ov.Core().compile_model(
                network,
                "CPU",
                {"PERFORMANCE_HINT": "THROUGHPUT", "INFERENCE_NUM_THREADS": os.cpu_count() or 1},
            )
        except RuntimeError as error:
            raise DetectorError(f"The detector's model {model.name} cannot be loaded.") from error
        self.size = (height, width)
        self._mine = threading.local()  # a request runs one picture at a time

    def run(self, pictures: Floats) -> Floats:
        if not hasattr(self._mine, "request"):
            self._mine.request = self._model.create_infer_request()
        request: ov.InferRequest = self._mine.request
        return np.asarray(request.infer({0: pictures})[0])
