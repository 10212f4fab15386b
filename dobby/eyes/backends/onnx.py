"""Models for ONNX Runtime, on the processor or on CUDA where its provider is installed."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime as ort

from dobby.eyes.backends.families import Floats
from dobby.eyes.backends.network import Network
from dobby.eyes.frames import DetectorError

PROVIDERS = ("CUDAExecutionProvider", "CPUExecutionProvider")


class OnnxModel(Network):
    def __init__(self, model: Path) -> None:
        """Raises DetectorError."""
        super().__init__(f"onnx {model.stem}", _Session(model))


class _Session:
    def __init__(self, model: Path) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        installed = ort.get_available_providers()
        try:
            self._session = ort.InferenceSession(
                model, options, providers=[each for each in PROVIDERS if each in installed]
            )
        except Exception as error:  # its own exceptions have no common root
            raise DetectorError(f"The detector's model {model.name} cannot be loaded.") from error
        taken = self._session.get_inputs()[0]
        batch, _, height, width = taken.shape
        if not (isinstance(height, int) and isinstance(width, int)):
            height = width = 640  # an export for any size
        self._name, self.size = taken.name, (height, width)
        self.together = not isinstance(batch, int) and PROVIDERS[0] in self._session.get_providers()

    def run(self, pictures: Floats) -> Floats:
        return np.asarray(self._session.run(None, {self._name: pictures})[0])
