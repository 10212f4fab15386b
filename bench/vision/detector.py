"""Frames a second through the detector's process, by how many wait at once. Beside it the model
alone on one thread, which is the least of the processor that a frame can take: "of raw" is how
much of the processor's time for a frame goes into the model, and not into what is around it."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path

import cv2
import numpy as np
from rich.table import Table

from bench.vision.engines import Engine, there
from bench.vision.media import Media
from dobby.eyes.detecting import DetectorProcess
from dobby.eyes.frames import Frame, Image, Slot
from dobby.settings import VisionSettings

AT_ONCE = (1, 2, 4, 8, 32)  # cameras whose frames wait
SIZE = (768, 432)
LASTS_S = 2.0


def rows(media: Media) -> Table:
    picture = cv2.imread(str(media.clip("bus.jpg")))
    assert picture is not None
    image = np.asarray(cv2.resize(picture, SIZE), np.uint8)
    table = Table(title=f"The detector ({_gpu()}), frames of 768x432", title_justify="left")
    table.add_column("backend")
    for name in ("at once", "ms a frame", "frames/s", "cpu ms", "raw cpu ms", "of raw", "MB"):
        table.add_column(name, justify="right")
    for engine, model in there(media):
        if isinstance(model, str):
            table.add_row(engine.title, model)
            continue
        raw = engine.raw(model, 1)
        alone = _processor(lambda raw=raw: raw.run(raw.tensor))
        for place, measured in enumerate(asyncio.run(_through(engine, model, image))):
            at_once, took, busy, memory = measured
            table.add_row(
                "" if place else engine.title, str(at_once), f"{took * 1e3:.1f}",
                f"{1 / took:.0f}", f"{busy * 1e3:.1f}", f"{alone * 1e3:.1f}",
                f"{alone / busy:.0%}", f"{memory:.0f}",
            )  # fmt: skip
        table.add_section()
    return table


async def _through(
    engine: Engine, model: Path, image: Image
) -> list[tuple[int, float, float, float]]:
    """How many at once, seconds a frame, of the processor's, and megabytes of the process."""
    measured: list[tuple[int, float, float, float]] = []
    memory = SharedMemory(create=True, size=image.nbytes)
    try:
        np.ndarray(image.shape, np.uint8, memory.buf)[:] = image
        frame = Frame("camera", datetime.now(UTC), Slot(memory.name, *image.shape[:2]))
        settings = VisionSettings(backend=engine.kind, model=str(model))
        with tempfile.TemporaryDirectory() as home:
            async with DetectorProcess(settings, Path(home)) as detector:
                while detector.state != "ready":
                    await detector.changed()
                for at_once in AT_ONCE:
                    await asyncio.gather(*(detector.detect(frame) for _ in range(at_once)))
                    began, busy, count = time.perf_counter(), _busy(detector.pid), 0
                    while time.perf_counter() - began < LASTS_S:
                        await asyncio.gather(*(detector.detect(frame) for _ in range(at_once)))
                        count += at_once
                    took = (time.perf_counter() - began) / count
                    used = (_busy(detector.pid) - busy) / count
                    measured.append((at_once, took, used, _megabytes(detector.pid)))
    finally:
        memory.close()
        memory.unlink()
    return measured


def _processor(run: Callable[[], object]) -> float:
    """Seconds of the processor's for a run."""
    run()
    until, busy, count = time.perf_counter() + LASTS_S, time.process_time(), 0
    while time.perf_counter() < until:
        run()
        count += 1
    return (time.process_time() - busy) / count


def _busy(pid: int | None) -> float:
    """Seconds of the processor's that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def _megabytes(pid: int | None) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _gpu() -> str:
    if shutil.which("nvidia-smi") is None:
        return "no GPU here"
    asked = ("nvidia-smi", "--query-gpu=name", "--format=csv,noheader")
    told = subprocess.run(asked, capture_output=True, text=True, check=False)
    return told.stdout.strip() or "no GPU here"
