"""Detectors on several machines: Ray actors. Ray places them, and starts them again; each takes
what waits when it is idle, so that the least loaded has the most to do."""

# pyright: reportMissingImports=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUntypedFunctionDecorator=false
from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Sequence
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import ray
from ray.exceptions import RayError

from dobby.eyes.backends import Kind, load
from dobby.eyes.frames import Detection, Detections, DetectorError, Image
from dobby.eyes.queued import GONE, DetectionRequest, QueuedDetector, fail, tell
from dobby.eyes.slots import Slots
from dobby.settings import VisionSettings

log = logging.getLogger(__name__)

HUNG_S = 60.0  # a batch, with its pixels' way
JOIN_S = 120.0
AGAIN_S = 30.0
LOST = "The cluster's detector was lost at it."


class RayDetectors(QueuedDetector):
    """One detector for each GPU of the cluster, or for each machine where there is none."""

    def __init__(self, settings: VisionSettings, home: Path) -> None:
        super().__init__(settings, home)
        self._arrived = asyncio.Event()
        self._idle = 0
        self._working = 0
        self._slots = Slots()

    async def _run(self) -> None:
        model = await self._model()
        try:
            actors, files = await asyncio.to_thread(self._hire, model)
            async with asyncio.TaskGroup() as tasks:
                for actor in actors:
                    tasks.create_task(self._employ(actor, files))
        except (ConnectionError, RayError, RuntimeError) as error:
            self._not_ready(DetectorError("The cluster of detectors cannot be reached."), True)
            raise DetectorError(f"Ray: {error}") from error
        finally:
            self._slots.close()
            await asyncio.to_thread(ray.shutdown)

    def _hire(self, model: Path) -> tuple[list[Any], Any]:
        """Actors for the whole cluster, and the model's files: no machine needs its own."""
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        ray.init(
            self._settings.cluster,
            ignore_reinit_error=True,
            log_to_driver=False,
            logging_level=logging.WARNING,
        )
        gpus = int(ray.cluster_resources().get("GPU", 0))
        count = gpus or sum(node["Alive"] for node in ray.nodes())
        hired = ray.remote(Worker).options(
            num_gpus=1 if gpus else 0, num_cpus=1, max_restarts=-1, scheduling_strategy="SPREAD"
        )
        actors = [hired.remote(self._settings.backend, model.name) for _ in range(count)]
        return actors, ray.put(_files(model))

    async def _employ(self, actor: Any, files: Any) -> None:
        """Give an actor work for as long as the cluster is there, whatever becomes of it."""
        start = actor.start.options(max_task_retries=-1)  # waits while Ray starts it again
        while True:
            try:
                name, most = await asyncio.wait_for(_answer(start.remote(files)), JOIN_S)
            except (RayError, DetectorError, TimeoutError) as error:
                log.warning("a detector of the cluster does not start: %s", error)
                if not self._working:
                    self._not_ready(_why(error), blind=True)
                await asyncio.sleep(AGAIN_S)
                continue
            log.info("a detector of the cluster is ready: %s", name)
            self._working += 1
            self._ready()
            try:
                while True:
                    await self._ask(actor, await self._next(most))
            except RayError as error:
                log.warning("a detector of the cluster was lost; Ray starts it again: %s", error)
            except TimeoutError:
                log.warning("a detector of the cluster is stuck; Ray starts it again")
                ray.kill(actor, no_restart=False)
            finally:
                self._working -= 1
                if not self._working:
                    self._not_ready(DetectorError(LOST), blind=False)

    def _send(self) -> None:
        self._arrived.set()

    async def _next(self, most: int) -> list[DetectionRequest]:
        """A fair share of what waits, once something does."""
        self._idle += 1
        try:
            while True:
                await self._arrived.wait()
                taken = self._take(min(most, ceil(len(self._waiting) / self._idle)))
                if not self._waiting:
                    self._arrived.clear()
                if taken:
                    return taken
        finally:
            self._idle -= 1

    async def _ask(self, actor: Any, asked: Sequence[DetectionRequest]) -> None:
        """Whoever waits is told in any case. Raises RayError or TimeoutError."""
        there: list[tuple[DetectionRequest, Image]] = []
        for one in asked:
            try:
                there.append((one, self._slots.image(one.frame.slot)))
            except (FileNotFoundError, ValueError):  # its camera's process has ended
                fail([one], DetectorError(GONE))
        try:
            pixels = await asyncio.to_thread(ray.put, [image for _, image in there])
            found, seconds = await asyncio.wait_for(_answer(actor.detect.remote(pixels)), HUNG_S)
            for (one, _), things in zip(there, found, strict=True):
                tell(one, Detections(tuple(things), seconds / len(there)))
        finally:
            fail(asked, DetectorError(LOST))


async def _answer(reference: Any) -> Any:
    return await reference


def _why(error: BaseException) -> DetectorError:
    if isinstance(error, DetectorError):
        return DetectorError(str(error.args[0]))
    return DetectorError("No machine of the cluster could start a detector.")


class Worker:
    """On whichever machine Ray chose."""

    def __init__(self, kind: Kind, model: str) -> None:
        self._kind: Kind = kind
        self._model = model
        self._folder = TemporaryDirectory(prefix="dobby-")  # removed at its end

    def start(self, files: dict[str, bytes]) -> tuple[str, int]:
        """The backend's name and batch. Raises DetectorError."""
        folder = Path(self._folder.name)
        for name, content in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
        self._backend = load(self._kind, folder / self._model, folder)
        return self._backend.name, self._backend.batch

    def detect(self, images: Sequence[Image]) -> tuple[list[list[Detection]], float]:
        started = time.perf_counter()
        return self._backend.detect(images), time.perf_counter() - started


def _files(model: Path) -> dict[str, bytes]:
    """A model by its name, or a folder's files by theirs."""
    if model.is_dir():
        return {f"{model.name}/{file.name}": file.read_bytes() for file in model.iterdir()}
    return {model.name: model.read_bytes()}
