"""What detectors share: frames that wait, a model to wait for, and word of whether they see."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from dobby.eyes import weights
from dobby.eyes.frames import Detections, DetectorError, Frame, NoWeights
from dobby.settings import VisionSettings
from dobby.supervise import keep

log = logging.getLogger(__name__)

State = Literal["starting", "ready", "blind"]
GONE = "The frame was gone before the detector could see it."


@dataclass(frozen=True)
class DetectionRequest:
    """A frame that somebody awaits the detections of."""

    frame: Frame
    answer: asyncio.Future[Detections]


class QueuedDetector(ABC):
    """Frames of any cameras in, detections out. What waits goes to whoever is idle, all at once:
    nobody waits for a batch to fill, and the busier it is, the larger the batches are. It is at
    work, and back by itself after every failure, while it is entered.

    ``state``: "ready"; "starting", also after a crash; "blind" for as long as ``why`` says, in the
    owner's words.
    """

    def __init__(self, settings: VisionSettings, home: Path) -> None:
        self._settings, self._home = settings, home
        self.state: State = "starting"
        self._error = DetectorError("The detector is starting.")
        self._waiting: deque[DetectionRequest] = deque()
        self._changed = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._work = asyncio.create_task(keep("detector", self._run))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._work.cancel()
        await asyncio.gather(self._work, return_exceptions=True)
        self._not_ready(DetectorError("The detector was stopped."), blind=False)

    @property
    def why(self) -> str:
        return "" if self.state == "ready" else str(self._error)

    async def changed(self) -> None:
        """Wait until ``state`` or ``why`` is another than now."""
        await self._changed.wait()

    async def detect(self, frame: Frame) -> Detections:
        """Raises DetectorError when it is not there, or was killed at it; try the next frame."""
        if self.state != "ready":
            raise self._error.__class__(str(self._error))  # one object would gather tracebacks
        loop = asyncio.get_running_loop()
        asked = DetectionRequest(frame, loop.create_future())
        self._waiting.append(asked)
        loop.call_soon(self._send)  # after the others that come at this very moment
        return await asked.answer

    @abstractmethod
    async def _run(self) -> None:
        """Be at work until something fails, which is raised; for ``keep``."""

    @abstractmethod
    def _send(self) -> None:
        """Give what waits to whoever is idle. Called when a frame came; an answer calls it too."""

    async def _model(self) -> Path:
        """The model's file, waited for while it is missing."""
        while True:
            try:
                return await weights.ready(self._settings, self._home)
            except NoWeights as error:
                if str(error) != self.why:
                    log.warning("%s", error)
                self._not_ready(error, blind=True)
                await weights.appeared(self._settings, self._home)

    def _take(self, most: int) -> list[DetectionRequest]:
        """What waits, without what nobody waits for any more."""
        taken: list[DetectionRequest] = []
        while self._waiting and len(taken) < most:
            asked = self._waiting.popleft()
            if not asked.answer.done():
                taken.append(asked)
        return taken

    def _ready(self) -> None:
        self._tell("ready", self._error)

    def _not_ready(self, error: DetectorError, blind: bool) -> None:
        """Whoever waits is told, and whoever asks from now on."""
        self._tell("blind" if blind else "starting", error)
        fail(self._take(len(self._waiting)), error)

    def _tell(self, state: State, error: DetectorError) -> None:
        before = self.state, self.why
        self.state, self._error = state, error
        if (self.state, self.why) != before:
            self._changed.set()
            self._changed = asyncio.Event()


def fail(asked: Sequence[DetectionRequest], error: DetectorError) -> None:
    for one in asked:
        if not one.answer.done():
            one.answer.set_exception(error.__class__(str(error)))


def tell(asked: DetectionRequest, found: Detections) -> None:
    if not asked.answer.done():
        asked.answer.set_result(found)
