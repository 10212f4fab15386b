"""How long after somebody comes into a picture the daemon knows, with several cameras at once.

Each camera shows the same real clip in a loop, a little later than the one before, as motion JPEG
on loopback. The clock runs from the moment at which the first frame with anything of a person in
it (the top of a head, by watching) is sent, to the moment at which the daemon's door has taken in
the report of them, picture included.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import cv2

from bench.vision.media import Media
from dobby.vision.reports import CameraPlan, Report, Reports, Scene
from tests.dobby.eyes import mjpeg_camera
from tests.dobby.eyes.door import Desk, Door
from tests.peers.cameras import PEOPLE

HEADINGS = ("cameras", "people", "known p50, s", "p95, s", "longest, s", "missed", "aim p95, s")
AIM_S = 1.5
FPS = 10
PARTS = ((3.0, 9.0), (17.0, 22.5))  # seconds of the clip: nobody, somebody comes, stands, goes
COMES = round((5.9 - 3.0) * FPS)  # the frame with the top of a head
SETTLE_S = 6.0
MODEL = "yolox_nano.onnx"


async def rows(
    media: Media, counts: Sequence[int] = (1, 4), seconds: float = 75.0
) -> list[tuple[str, ...]]:
    film = await asyncio.to_thread(_film, media.clip(PEOPLE))
    return [await _measured(media, film, count, seconds) for count in counts]


async def _measured(media: Media, film: list[bytes], count: int, seconds: float) -> tuple[str, ...]:
    delays: list[float] = []
    missed = 0
    async with contextlib.AsyncExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        cameras = [
            await stack.enter_async_context(_camera(film, number * len(film) // count))
            for number in range(count)
        ]
        desk = _Timed()
        desk.watch(
            *(
                CameraPlan(camera=str(number), name=str(number), stream=camera.url())
                for number, camera in enumerate(cameras)
            )
        )
        door = Door(desk, home)
        await door.open()
        stack.push_async_callback(door.shut)
        await stack.enter_async_context(_eyes(media, door, home))
        await asyncio.sleep(SETTLE_S + seconds)
        ended = time.monotonic()
        for number, camera in enumerate(cameras):
            for came in camera.came:
                later = [at - came for name, at in desk.first.values() if name == str(number)]
                known = min((delay for delay in later if 0 <= delay < 5), default=None)
                if known is not None:
                    delays.append(known)
                elif desk.began + SETTLE_S < came < ended - 5:
                    missed += 1
    delays.sort()
    return (
        str(count), str(len(delays)), f"{_part(delays, 0.5):.2f}", f"{_part(delays, 0.95):.2f}",
        f"{_part(delays, 1.0):.2f}", str(missed), f"{AIM_S:g}",
    )  # fmt: skip


class _Timed(Desk):
    """Notes when it hears of somebody first."""

    def __init__(self) -> None:
        super().__init__()
        self.began = time.monotonic()
        self.first: dict[str, tuple[str, float]] = {}  # by track: which camera's, and when

    async def take(self, reports: Reports) -> None:
        now = time.monotonic()
        for report in reports.reports:
            self._note(report, now)

    def _note(self, report: Report, now: float) -> None:
        if isinstance(report, Scene):
            for track in report.tracks:
                if track.kind == "person" and not track.parked:
                    self.first.setdefault(track.id, (report.camera, now))


class _Camera(mjpeg_camera.MjpegCamera):
    """Shows a film that is encoded already, in a loop."""

    def __init__(self, film: list[bytes], first: int) -> None:
        super().__init__(mjpeg_camera.still)
        self.came: list[float] = []
        self._film, self._first = film, first

    def _jpeg(self) -> bytes:
        self.number += 1
        frame = (self.number // (mjpeg_camera.FPS // FPS) + self._first) % len(self._film)
        if frame == COMES and self.number % (mjpeg_camera.FPS // FPS) == 0:
            self.came.append(time.monotonic())
        return self._film[frame]


@contextlib.asynccontextmanager
async def _camera(film: list[bytes], first: int) -> AsyncGenerator[_Camera]:
    camera = _Camera(film, first)
    await camera.plug_in()
    try:
        yield camera
    finally:
        await camera.pull_the_cable()


@contextlib.asynccontextmanager
async def _eyes(media: Media, door: Door, home: Path) -> AsyncGenerator[None]:
    (home / "models").mkdir()
    shutil.copy(media.model(MODEL), home / "models")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "dobby", "eyes", "--daemon", door.url),
        env={
            **os.environ,
            "DOBBY_HOME": str(home),
            "DOBBY_EYES_TOKEN": door.token,
            "DOBBY_LOG_LEVEL": "warning",
        },
    )
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


def _film(clip: Path) -> list[bytes]:
    video = cv2.VideoCapture(str(clip))
    film: list[bytes] = []
    for start, end in PARTS:
        video.set(cv2.CAP_PROP_POS_MSEC, 1000 * start)
        for _ in range(round((end - start) * FPS)):
            good, frame = video.read()
            assert good
            film.append(cv2.imencode(".jpg", frame, (cv2.IMWRITE_JPEG_QUALITY, 80))[1].tobytes())
    return film


def _part(values: Sequence[float], part: float) -> float:
    return values[min(len(values) - 1, int(part * len(values)))] if values else float("nan")
