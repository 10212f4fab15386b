"""The backends and models that the figures are of, each beside its runtime by itself."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.vision import raw
from bench.vision.media import Media, Missing
from dobby.eyes.backends import Kind


@dataclass(frozen=True)
class Engine:
    kind: Kind
    model: str
    runtime: str  # the package that must be there
    raw: Callable[[Path, int], raw.Raw]  # of a model, with so many threads

    @property
    def title(self) -> str:
        return f"{self.kind} {self.model.split('.')[0].removesuffix('_openvino_model')}"


ENGINES = (
    Engine("onnx", "yolox_nano.onnx", "onnxruntime", raw.onnxruntime_yolox),
    Engine("openvino", "yolox_nano.onnx", "openvino", raw.openvino_yolox),
    Engine("openvino", "yolo11n_int8_openvino_model", "openvino", raw.openvino_yolo11),
    Engine("ultralytics", "yolo11n_int8_openvino_model", "ultralytics", raw.ultralytics_itself),
)


def there(media: Media) -> Iterator[tuple[Engine, Path | str]]:
    """Each with its model, or with why it cannot run here."""
    for engine in ENGINES:
        if importlib.util.find_spec(engine.runtime) is None:
            yield engine, f"{engine.runtime} is not installed"
            continue
        try:
            yield engine, media.model(engine.model)
        except Missing as missing:
            yield engine, str(missing)
