"""What detectors share: frames that wait, and word of whether anybody answers."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections import deque
from dataclasses import dataclass
from typing import Literal

from dobby.eyes.frames import Detections, DetectorError, Frame


@dataclass(frozen=True)
class Asked:
    """A frame that somebody awaits the detections of."""

    frame: Frame
    answer: asyncio.Future[Detections]


class QueuedDetector(ABC):
    """A ``frames.Detector`` that gives what waits to whoever is idle, all at once: nobody waits
    for a batch to fill, and the busier it is, the larger the batches are.

    ``state``: "ready"; "starting", also after a crash; "blind" for as long as ``why`` says, in the
    owner's words.
    """

    def __init__(self) -> None:
        self.state: Literal["starting", "ready", "blind"] = "starting"
        self._error = DetectorError("The detector is starting.")
        self._waiting: deque[Asked] = deque()
        self._changed = asyncio.Event()

    @property
    def why(self) -> str:
        return "" if self.state == "ready" else str(self._error)

    async def changed(self) -> None:
        """Wait until ``state`` or ``why`` is another than now."""
        await self._changed.wait()

    async def detect(self, frame: Frame) -> Detections:
        if self.state != "ready":
            raise self._error.__class__(str(self._error))  # one object would gather tracebacks
        loop = asyncio.get_running_loop()
        asked = Asked(frame, loop.create_future())
        self._waiting.append(asked)
        loop.call_soon(self._send)  # after the others that come at this very moment
        return await asked.answer

    @abstractmethod
    def _send(self) -> None:
        """Give what waits to whoever is idle. Called when a frame came; an answer calls it too."""

    def _take(self, most: int) -> list[Asked]:
        """What waits, without what nobody waits for any more."""
        taken: list[Asked] = []
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

    def _tell(self, state: Literal["starting", "ready", "blind"], error: DetectorError) -> None:
        before = self.state, self.why
        self.state, self._error = state, error
        if (self.state, self.why) != before:
            self._changed.set()
            self._changed = asyncio.Event()


def fail(asked: list[Asked], error: DetectorError) -> None:
    for one in asked:
        if not one.answer.done():
            one.answer.set_exception(error.__class__(str(error)))


def answer(asked: Asked, found: Detections) -> None:
    if not asked.answer.done():
        asked.answer.set_result(found)
