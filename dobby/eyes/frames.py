"""What the parts of the eyes hand to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from dobby.vision.reports import Box

Image = NDArray[np.uint8]  # (height, width, 3), BGR


@dataclass(frozen=True)
class Slot:
    """Where a frame lies in shared memory: any process of the eyes can read it there."""

    name: str
    height: int
    width: int

    @property
    def nbytes(self) -> int:
        return self.height * self.width * 3


@dataclass(frozen=True)
class Frame:
    """A camera's newest frame. Its slot is not written again until it is given back."""

    camera: str
    at: datetime  # when it arrived here: cameras' own clocks are not believed
    slot: Slot
    moving: tuple[Box, ...] = ()  # where something moves; empty on a frame sent for a re-check


@dataclass(frozen=True)
class State:
    """Whether the camera can be seen; as ``reports.Sight``."""

    state: Literal["seeing", "offline", "refused", "frozen"]
    why: str = ""


@dataclass(frozen=True)
class Detection:
    """One thing in one frame, by the detector's own word; boxes in fractions."""

    label: str
    score: float
    box: Box


@dataclass(frozen=True)
class Detections:
    found: tuple[Detection, ...] = ()
    seconds: float = 0.0  # in the detector, this frame's share of its batch


class Backend(Protocol):
    """A model in this process. ``scores`` below ``least`` are left out; labels are COCO's."""

    name: str
    batch: int  # as many at once are the faster for it; more are not

    def detect(self, images: Sequence[Image], least: float = 0.1) -> list[list[Detection]]: ...


class EyesError(Exception):
    """Root of the errors of the eyes; ``str()`` is fit for the owner.

    ├── CaptureError    a camera gave no picture
    ├── DetectorError   the detector is not there
    └── NoWeights       its model file is missing; says how to mend it
    """


class CaptureError(EyesError):
    pass


class DetectorError(EyesError):
    pass


class NoWeights(DetectorError):
    pass
