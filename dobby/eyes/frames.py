"""What the parts of the eyes hand to each other."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from dobby.vision.reports import Box, CameraPlan

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

    camera: str
    at: datetime
    state: Literal["seeing", "offline", "refused", "frozen"]
    why: str = ""


class Capture(Protocol):
    """One camera's child process, respawned with backoff for as long as it is open."""

    def __init__(self, plan: CameraPlan, fps: float) -> None: ...
    def events(self) -> AsyncGenerator[Frame | State]:
        """Frames with motion at most ``fps`` a second, one for a re-check now and then, and what
        becomes of the camera. The next frame comes only after ``give_back`` of the last."""
        ...

    def give_back(self, frame: Frame) -> None: ...
    def image(self, frame: Frame) -> Image:
        """The pixels, as a view of the slot: valid until it is given back."""
        ...

    async def jpeg(self, longest: int = 1920) -> bytes:
        """The newest frame, moving or not. Raises CaptureError."""
        ...


@dataclass(frozen=True)
class Detection:
    """One thing in one frame, by the detector's own word; boxes in fractions."""

    label: str
    score: float
    box: Box


@dataclass(frozen=True)
class Detections:
    found: tuple[Detection, ...] = field(default_factory=tuple)
    seconds: float = 0.0  # in the detector, this frame's share of its batch


class Detector(Protocol):
    """Frames of any cameras in, detections out; batched where that is faster."""

    async def detect(self, frame: Frame) -> Detections:
        """Raises DetectorError when it is not there, or was killed at it; try the next frame."""
        ...


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
