"""The detector of this machine: a process of its own, which may crash, hang or be killed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

from dobby.eyes.backends.families import detection
from dobby.eyes.frames import Detections, DetectorError
from dobby.eyes.queued import GONE, DetectionRequest, QueuedDetector, fail, tell
from dobby.settings import VisionSettings

log = logging.getLogger(__name__)

LOAD_S = 300.0  # TensorRT builds an engine for minutes
HUNG_S = 30.0  # no batch takes so long
LONGEST_LINE = 8 * 1024 * 1024
ENDED = "The detector's process ended; it is being started again."


class DetectorProcess(QueuedDetector):
    """A child process with the model."""

    def __init__(self, settings: VisionSettings, home: Path) -> None:
        super().__init__(settings, home)
        self._child: Process | None = None
        self._most = 1
        self._asked: list[DetectionRequest] = []  # the batch that the child is at
        self._hung: asyncio.TimerHandle | None = None

    @property
    def pid(self) -> int | None:
        return self._child.pid if self._child else None

    async def _run(self) -> None:
        """One life of the child. Raises DetectorError at its end."""
        model = await self._model()
        self._child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "dobby.eyes.detector_child"),
            *(self._settings.backend, str(model), str(self._home)),
            stdin=PIPE,
            stdout=PIPE,
            limit=LONGEST_LINE,
            start_new_session=True,  # Ctrl-C is for the eyes, which end it after themselves
        )
        try:
            await self._serve(_lines(self._child))
        except DetectorError as error:
            self._not_ready(error, blind=self.state != "ready")
            raise
        finally:
            await self._end(self._child)

    async def _serve(self, lines: AsyncIterator[bytes]) -> None:
        await self._greet(lines)
        async for line in lines:
            self._answer(line)
        raise DetectorError(ENDED)

    async def _greet(self, lines: AsyncIterator[bytes]) -> None:
        try:
            async with asyncio.timeout(LOAD_S):
                said = json.loads(await anext(lines, b"{}"))
        except TimeoutError:
            raise DetectorError("The detector takes too long to load its model.") from None
        if "ready" not in said:
            raise DetectorError(said.get("failed", "The detector's process ended at its start."))
        log.info("the detector is ready: %s", said["ready"])
        self._most = said["batch"]
        self._ready()

    def _send(self) -> None:
        pipe = self._child and self._child.stdin
        if self._asked or not pipe:
            return
        self._asked = self._take(self._most)
        if not self._asked:
            return
        slots = [one.frame.slot for one in self._asked]
        line = json.dumps([(slot.name, slot.height, slot.width) for slot in slots])
        pipe.write(line.encode() + b"\n")  # not drained: one line is on its way
        self._hung = asyncio.get_running_loop().call_later(HUNG_S, self._kill)

    def _answer(self, line: bytes) -> None:
        said = json.loads(line)
        asked, self._asked = self._asked, []
        if self._hung:
            self._hung.cancel()
        for one, found in zip(asked, said["found"], strict=True):
            if found is None:
                fail([one], DetectorError(GONE))
            else:
                things = tuple(detection(label, score, box) for label, score, *box in found)
                tell(one, Detections(things, said["seconds"] / len(asked)))
        self._send()

    def _kill(self) -> None:
        log.warning("the detector has not answered for %.0f s; it is killed", HUNG_S)
        if self._child:
            with contextlib.suppress(ProcessLookupError):
                self._child.kill()

    async def _end(self, child: Process) -> None:
        if self._hung:
            self._hung.cancel()
        asked, self._asked = self._asked, []
        fail(asked, DetectorError(ENDED))
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        await child.wait()


async def _lines(child: Process) -> AsyncIterator[bytes]:
    """Whole ones: a killed child may leave half of one."""
    while child.stdout and (line := await child.stdout.readline()).endswith(b"\n"):
        yield line
