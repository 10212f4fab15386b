"""The eyes: they watch what the daemon wants watched, and tell it what they see."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import signal
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from dobby.eyes.capture import CameraCapture
from dobby.eyes.client import DaemonAway, DaemonClient
from dobby.eyes.detecting import DetectorProcess
from dobby.eyes.queued import QueuedDetector
from dobby.eyes.telling import Telling
from dobby.eyes.watching import Watching
from dobby.logs import log_to_stderr
from dobby.settings import EYES_TOKEN, Settings, SettingsError
from dobby.supervise import keep
from dobby.vision.reports import CameraPlan, Plan

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0


async def serve(
    settings: Settings, url: str, token: str, token_file: Path | None, until_eof: bool
) -> None:
    """Be the eyes of the daemon at ``url``, or of this machine's, until a signal or the end of
    stdin ends them. Raises SettingsError."""
    log_to_stderr(settings.log_level)
    token = token or await asyncio.to_thread(_token, token_file or settings.home / EYES_TOKEN)
    async with _ended(until_eof) as ended, AsyncExitStack() as stack:
        daemon = await stack.enter_async_context(DaemonClient(url or settings.own_url, token))
        detector = await stack.enter_async_context(_detector(settings))
        work = asyncio.create_task(Eyes(daemon, detector, settings.vision.fps).run())
        await asyncio.wait({work, ended}, return_when=asyncio.FIRST_COMPLETED)
        failed = work.done()
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        if failed:
            work.result()


class Eyes:
    """Each camera is watched for itself: one that fails never stops another."""

    def __init__(self, daemon: DaemonClient, detector: QueuedDetector, fps: float) -> None:
        self._daemon, self._detector, self._fps = daemon, detector, fps
        self._run = secrets.token_hex(4)
        self._telling = Telling(daemon, self._run)
        self._watched: dict[str, _Watched] = {}
        self._opened = 0

    async def run(self) -> None:
        """Until cancelled; then every camera is closed."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(keep("telling", self._telling.run))
                tasks.create_task(keep("plan", self._follow_plan))
        finally:
            await asyncio.gather(*(self._close(camera) for camera in list(self._watched)))

    async def _follow_plan(self) -> None:
        known, pause = "", FIRST_PAUSE_S
        while True:
            try:
                plan = await self._daemon.plan(known)
            except DaemonAway as error:
                if pause == FIRST_PAUSE_S:
                    log.warning("%s", error)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE_S)
                continue
            pause = FIRST_PAUSE_S
            if plan.version != known:
                known = plan.version
                await self._take(plan)

    async def _take(self, plan: Plan) -> None:
        """Watch these cameras and no others."""
        wanted = {camera.camera: camera for camera in plan.cameras}
        await asyncio.gather(
            *(
                self._close(camera)
                for camera, watched in list(self._watched.items())
                if camera not in wanted or not _is_like(watched.plan, wanted[camera])
            )
        )
        for camera in plan.cameras:
            if camera.camera in self._watched:
                self._watched[camera.camera].change(camera)
            else:
                self._open(camera)

    def _open(self, plan: CameraPlan) -> None:
        watched = _Watched(plan)
        watched.task = asyncio.create_task(
            keep(f"camera {plan.camera}", lambda: self._watch(watched))
        )
        self._watched[plan.camera] = watched

    async def _watch(self, watched: _Watched) -> None:
        self._opened += 1
        run = f"{self._run}.{self._opened}"
        capture = CameraCapture(watched.plan, self._fps)
        watched.watching = Watching(watched.plan, run, capture, self._detector, self._telling.tell)
        await watched.watching.run()

    async def _close(self, camera: str) -> None:
        task = self._watched.pop(camera).task
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@dataclass
class _Watched:
    """A camera of the plan, and what keeps it watched."""

    plan: CameraPlan
    task: asyncio.Task[None] | None = None
    watching: Watching | None = None

    def change(self, plan: CameraPlan) -> None:
        """What may change on the way; and whoever made the plan may not know what is seen."""
        self.plan = plan
        if self.watching is not None:
            self.watching.change(plan)
            self.watching.tell_sight()


def _is_like(one: CameraPlan, other: CameraPlan) -> bool:
    """Whether one watching does for both."""
    changes = {"live": False, "name": ""}
    return one.model_copy(update=changes) == other.model_copy(update=changes)


def _detector(settings: Settings) -> QueuedDetector:
    if settings.vision.cluster:
        from dobby.eyes.cluster import RayDetectors  # an extra that few have

        return RayDetectors(settings.vision, settings.home)
    return DetectorProcess(settings.vision, settings.home)


def _token(file: Path) -> str:
    try:
        token = file.read_text().strip()
    except OSError as error:
        raise SettingsError(
            f"The eyes' token cannot be read ({error.strerror}: {file}). Copy {EYES_TOKEN} from "
            "the daemon's home folder, and name it with --token-file."
        ) from error
    if not token.isascii() or not token.isprintable() or not token:
        raise SettingsError(f"There is no token in {file}.")
    return token


@contextlib.asynccontextmanager
async def _ended(until_eof: bool) -> AsyncGenerator[asyncio.Future[None]]:
    """Done as soon as a signal ends us, or whoever started us has gone."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[None] = loop.create_future()

    def end() -> None:
        if not ended.done():
            ended.set_result(None)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end)
    waiting = asyncio.create_task(_end_of_stdin(end)) if until_eof else None
    try:
        yield ended
    finally:
        if waiting is not None:
            waiting.cancel()


async def _end_of_stdin(end: Callable[[], None]) -> None:
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while await reader.read(4096):
        pass
    end()
