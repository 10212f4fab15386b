"""Real models and pictures for the detector's tests; each skips visibly where it is missing."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path

import cv2
import numpy as np
import pytest

from dobby.eyes.frames import Frame, Image, Slot
from tests.peers.cameras import footage

MODELS = Path(__file__).parents[4] / "shared" / "models"
YOLOX = "yolox_nano.onnx"
YOLO11 = "yolo11n_int8_openvino_model"


def model(name: str) -> Path:
    if not (MODELS / name).exists():
        pytest.skip(f"no model: {MODELS / name} is missing")
    return MODELS / name


def home_with_model(home: Path) -> Path:
    """A home folder with the model that is taken where none is named."""
    (home / "models").mkdir(parents=True)
    shutil.copy(model(YOLOX), home / "models" / YOLOX)
    return home


def picture(name: str) -> Image:
    image = cv2.imread(str(footage(name)))
    assert image is not None
    return image


@contextmanager
def in_memory(image: Image, camera: str = "camera:door") -> Generator[Frame]:
    """A frame as a camera's process would leave it."""
    memory = SharedMemory(create=True, size=image.nbytes)
    try:
        np.ndarray(image.shape, np.uint8, memory.buf)[:] = image
        yield Frame(camera, datetime.now(UTC), Slot(memory.name, *image.shape[:2]))
    finally:
        memory.close()
        memory.unlink()
