"""What it costs to keep an eye on a camera, and what decoding it alone costs.

A clip (768x432, a room that people come to) is made into 5 frames a second, still and with motion
a tenth of the time, and served by GStreamer's RTSP server to all at once: to our capture, and to
the bare loops of PyAV and OpenCV, which read each frame and do nothing. Decoding is the floor;
what is above it is ours.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path

from dobby.eyes.capture import CameraCapture
from dobby.eyes.frames import Frame
from dobby.vision.reports import CameraPlan
from tests.peers.cameras import gst_camera

HEADINGS = ("768x432, 5 frames a second", "Dobby", "PyAV alone", "OpenCV alone")
FPS = 5
WARM_S = 4.0
MEMORY_CAMERAS = 4
STILL = [(0.4, 5.4)] * 10  # seconds of the clip
BUSY = [*([(0.4, 5.4)] * 4), (0.4, 4.4), (23.0, 26.0), (0.4, 4.4), *([(0.4, 5.4)] * 4)]
ENCODING = "-c:v libx264 -preset medium -bf 0 -g 20 -crf 23 -maxrate 512k -bufsize 512k"
LOOPS = {
    "PyAV alone": (
        "import av, sys\n"
        "film = av.open(sys.argv[1], options={'rtsp_transport': 'tcp', 'probesize': '32'})\n"
        "film.streams.video[0].codec_context.thread_count = 1\n"
        "for frame in film.decode(video=0): pass\n"
    ),
    "OpenCV alone": (
        "import cv2, sys\n"
        "film = cv2.VideoCapture(sys.argv[1], cv2.CAP_FFMPEG, [cv2.CAP_PROP_N_THREADS, 1])\n"
        "while film.read()[0]: pass\n"
    ),
}

Row = tuple[str, ...]


@dataclass(frozen=True)
class Cost:
    share: float  # of one core, percent
    sent: int = 0  # frames, to a detector


async def rows(clip: Path, seconds: float = 30.0) -> list[Row]:
    """An answer to each question, as ``HEADINGS``. At most 40 seconds."""
    with tempfile.TemporaryDirectory() as folder:
        still, busy = Path(folder, "still.mp4"), Path(folder, "busy.mp4")
        await _film(clip, still, STILL)
        await _film(clip, busy, BUSY)
        first = await _first(still)
        at_rest = await _costs(still, seconds)
        at_work = await _costs(busy, seconds)
        memory = await _memory(still)
    cameras = {name: f"{100 / cost.share:.0f}" for name, cost in at_work.items()}
    sent = 100 * at_work["Dobby"].sent / (FPS * seconds)
    return [
        _row("still scene, % of a core", _shares(at_rest)),
        _row("motion 10% of the time, % of a core", _shares(at_work)),
        _row("cameras a core, without a detector", cameras),
        _row("frames sent to the detector, % of all", {"Dobby": f"{sent:.0f}"}),
        _row("memory of a camera, MB (PSS)", {k: f"{mb:.0f}" for k, mb in memory.items()}),
        _row("until the first frame, s", {"Dobby": f"{first:.2f}"}),
    ]


def _shares(costs: dict[str, Cost]) -> dict[str, str]:
    return {name: f"{cost.share:.2f}" for name, cost in costs.items()}


def _row(question: str, answers: dict[str, str]) -> Row:
    return (question, *(answers.get(name, "") for name in HEADINGS[1:]))


async def _film(clip: Path, film: Path, parts: list[tuple[float, float]]) -> None:
    """Those parts of the clip one after the other, as a cheap camera would send them."""
    cuts = ";".join(f"[0]trim={a}:{b},setpts=PTS-STARTPTS,fps={FPS}[p{n}]"
                    for n, (a, b) in enumerate(parts))  # fmt: skip
    joined = "".join(f"[p{n}]" for n in range(len(parts))) + f"concat=n={len(parts)}"
    making = await asyncio.create_subprocess_exec(
        *("ffmpeg", "-v", "error", "-i", str(clip), "-an", "-filter_complex", f"{cuts};{joined}"),
        *(*ENCODING.split(), str(film)),
    )
    assert await making.wait() == 0


async def _costs(film: Path, seconds: float) -> dict[str, Cost]:
    """Of all three at once, so that none has a busier machine than the others."""
    async with gst_camera(film) as url, _captures(url, 1) as watched, _loops(url) as loops:
        await asyncio.sleep(WARM_S)
        pids = {"Dobby": watched[0].pid} | loops
        before, sent = {name: _cpu_s(pid) for name, pid in pids.items()}, watched[0].frames
        await asyncio.sleep(seconds)
        return {
            name: Cost(100 * (_cpu_s(pid) - before[name]) / seconds, watched[0].frames - sent)
            for name, pid in pids.items()
        }


async def _memory(film: Path) -> dict[str, float]:
    async with (
        gst_camera(film) as url,
        _captures(url, MEMORY_CAMERAS) as watched,
        _loops(url) as loops,
    ):
        await asyncio.sleep(WARM_S)
        memory = {name: _pss_mb(pid) for name, pid in loops.items()}
        memory["Dobby"] = sum(_pss_mb(one.pid) for one in watched) / len(watched)
        return memory


async def _first(film: Path) -> float:
    """From wanting to watch to the first frame: of the second camera, when all is loaded."""
    async with gst_camera(film) as url, _captures(url, 1), _captures(url, 1) as watched:
        return watched[0].first_s


class _Watched:
    """A camera whose frames are given back unread."""

    def __init__(self, url: str) -> None:
        self._capture = CameraCapture(CameraPlan(camera="bench", name="room", stream=url), FPS)
        self.frames = 0
        self.first_s = 0.0

    @property
    def pid(self) -> int:
        return self._capture.pid or 0

    async def follow(self) -> None:
        began = time.monotonic()
        async for event in self._capture.events():
            if isinstance(event, Frame):
                self.first_s = self.first_s or time.monotonic() - began
                self.frames += 1
                self._capture.give_back(event)


@contextlib.asynccontextmanager
async def _captures(url: str, count: int) -> AsyncGenerator[list[_Watched]]:
    watched = [_Watched(url) for _ in range(count)]
    async with asyncio.TaskGroup() as tasks:
        following = [tasks.create_task(one.follow()) for one in watched]
        while not all(one.frames for one in watched):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        yield watched
        for task in following:
            task.cancel()


@contextlib.asynccontextmanager
async def _loops(url: str) -> AsyncGenerator[dict[str, int]]:
    running = {
        name: await asyncio.create_subprocess_exec(sys.executable, "-c", code, url, stderr=DEVNULL)
        for name, code in LOOPS.items()
    }
    try:
        yield {name: process.pid for name, process in running.items()}
    finally:
        for process in running.values():
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def _cpu_s(pid: int) -> float:
    """Seconds on a processor, of all threads, to the nanosecond."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def _pss_mb(pid: int) -> float:
    """Memory, with what is shared divided among those who share it."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(rollup.partition("Pss:")[2].split()[0]) / 1024
