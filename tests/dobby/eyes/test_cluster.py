"""Detectors as Ray actors, on a cluster of this machine."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest

from dobby.eyes.frames import DetectorError, Slot
from dobby.settings import VisionSettings
from tests.dobby.eyes.detector_models import home_with_model, in_memory, picture

ray = pytest.importorskip("ray", reason="the extra cluster is not installed")

from dobby.eyes.cluster import RayDetectors  # noqa: E402

SOON_S = 90.0
SETTINGS = VisionSettings(cluster="auto")

pytestmark = [
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.timeout(300),
]


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    ray.init("local", num_cpus=2, include_dashboard=False, logging_level="ERROR")
    yield
    ray.shutdown()


async def _until(detectors: RayDetectors, state: str) -> None:
    async with asyncio.timeout(SOON_S):
        while detectors.state != state:
            await detectors.changed()


@pytest.mark.usefixtures("cluster")
async def test_sees_and_is_back_after_a_worker_was_killed(tmp_path: Path) -> None:
    home = home_with_model(tmp_path / "home")
    with in_memory(picture("zidane.jpg")) as zidane, in_memory(picture("bus.jpg")) as bus:
        async with RayDetectors(SETTINGS, home) as detectors:
            await _until(detectors, "ready")
            async with asyncio.timeout(SOON_S):
                found = await asyncio.gather(
                    *(detectors.detect(frame) for frame in [zidane, bus] * 4)
                )
            persons = [
                sum(one.label == "person" and one.score > 0.5 for one in each.found)
                for each in found
            ]
            assert persons == [2, 3] * 4

            gone = replace(zidane, slot=Slot("psm_not_there", 10, 10))
            async with asyncio.timeout(SOON_S):
                there, lost = await asyncio.gather(
                    *(detectors.detect(frame) for frame in (zidane, gone)), return_exceptions=True
                )
            assert len(there.found) > 1
            assert isinstance(lost, DetectorError)

            [worker] = _workers()
            os.kill(worker, signal.SIGSTOP)  # so that it is certainly in the midst of it
            asked = [asyncio.create_task(detectors.detect(zidane)) for _ in range(4)]
            await asyncio.sleep(0.3)
            os.kill(worker, signal.SIGKILL)
            async with asyncio.timeout(SOON_S):
                lost = await asyncio.gather(*asked, return_exceptions=True)
            assert DetectorError in {type(each) for each in lost}
            await _until(detectors, "ready")
            async with asyncio.timeout(SOON_S):
                assert (await detectors.detect(zidane)).found


@pytest.mark.usefixtures("cluster")
async def test_corrupt_model_is_told(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "mine.onnx").write_bytes(b"not a model")
    settings = SETTINGS.model_copy(update={"model": "mine.onnx"})
    async with RayDetectors(settings, tmp_path) as detectors:
        await _until(detectors, "blind")
        assert "mine.onnx cannot be loaded" in detectors.why


def _workers() -> list[int]:
    found: list[int] = []
    for process in Path("/proc").iterdir():
        with contextlib.suppress(OSError):  # it ended just now
            if b"ray::Worker" in (process / "cmdline").read_bytes():
                found.append(int(process.name))
    return found
