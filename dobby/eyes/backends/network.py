"""A model that takes tensors, as a Backend: pictures fitted in, detections read out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from typing import Protocol

import cv2
import numpy as np

from dobby.eyes.backends.families import Floats, Size, family
from dobby.eyes.frames import Detection, Image

TOGETHER = 32  # pictures in one run, where that is faster than one after the other


class Engine(Protocol):
    """A loaded model. ``run`` is called from several threads, unless ``together``."""

    size: Size
    together: bool  # takes a batch of any size, and is the faster for it

    def run(self, pictures: Floats) -> Floats:
        """(n, 3, height, width) in; what the model says of each out."""
        ...


class Network:
    """On a processor each picture has one thread, and several run side by side: more pictures a
    second, for less of the processor, than all threads on one. On a GPU a batch runs as one."""

    def __init__(self, name: str, engine: Engine) -> None:
        self.name = name
        self._engine = engine
        self._cores = os.cpu_count() or 1
        self.batch = TOGETHER if engine.together else self._cores
        self._pool = ThreadPoolExecutor(self._cores, thread_name_prefix="detect")
        cv2.setNumThreads(1)
        output = engine.run(np.zeros((1, 3, *engine.size), np.float32))
        self._family = family(engine.size, output.shape[1:])

    def detect(self, images: Sequence[Image], least: float = 0.1) -> list[list[Detection]]:
        if self._engine.together:
            return self._as_one(images, least)
        if len(images) == 1:  # no other thread needs to be woken
            return [self._one(images[0], least)]
        return list(self._pool.map(self._one, images, repeat(least)))

    def _one(self, image: Image, least: float) -> list[Detection]:
        picture, fit = self._family.fit(image)
        return self._family.read(self._engine.run(picture[None])[0], fit, least)

    def _as_one(self, images: Sequence[Image], least: float) -> list[list[Detection]]:
        if not images:
            return []
        fitted = list(self._pool.map(self._family.fit, images))
        outputs = self._engine.run(np.stack([picture for picture, _ in fitted]))
        fits = [fit for _, fit in fitted]
        return list(self._pool.map(self._family.read, outputs, fits, repeat(least)))
