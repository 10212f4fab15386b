"""The detector's process with a real model: frames in shared memory, crashes, hangs, no model."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import replace
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path

import numpy as np
import pytest

from dobby.eyes import detecting, weights
from dobby.eyes.detecting import DetectorProcess
from dobby.eyes.frames import Detections, DetectorError, Frame, NoWeights, Slot
from dobby.eyes.queued import QueuedDetector
from dobby.eyes.slots import Slots
from dobby.settings import VisionSettings
from tests.dobby.eyes.detector_models import (
    YOLO11,
    YOLOX,
    home_with_model,
    in_memory,
    model,
    picture,
)

SOON_S = 60.0


@asynccontextmanager
async def at_work(
    home: Path, settings: VisionSettings | None = None
) -> AsyncGenerator[DetectorProcess]:
    async with DetectorProcess(settings or VisionSettings(), home) as detector:
        await _until(detector, "ready")
        yield detector


async def _until(detector: QueuedDetector, state: str) -> None:
    async with asyncio.timeout(SOON_S):
        while detector.state != state:
            await detector.changed()


def _labels(found: Detections) -> list[str]:
    return sorted(one.label for one in found.found if one.score > 0.5)


async def test_answers_to_each_its_own(tmp_path: Path) -> None:
    wanted = {
        "zidane.jpg": ["person", "person"],
        "bus.jpg": ["bus", "person", "person", "person"],
        "darknet_dog.jpg": ["bicycle", "car", "dog"],
    }
    async with at_work(home_with_model(tmp_path / "home")) as detector:
        with ExitStack() as memory:
            names = [*wanted] * 5
            frames = [memory.enter_context(in_memory(picture(name))) for name in names]
            found = await asyncio.gather(*(detector.detect(frame) for frame in frames))
    assert [_labels(each) for each in found] == [wanted[name] for name in names]
    assert all(each.seconds > 0 for each in found)


async def test_slot_written_again_and_made_again(tmp_path: Path) -> None:
    """The memory stays attached: what is read is what lies in it now; and a camera that changes
    its size has another."""
    zidane, bus = picture("zidane.jpg"), picture("bus.jpg")
    async with at_work(home_with_model(tmp_path / "home")) as detector:
        with in_memory(zidane) as frame:
            assert _labels(await detector.detect(frame)) == ["person", "person"]
            memory = SharedMemory(frame.slot.name)
            np.ndarray(zidane.shape, np.uint8, memory.buf)[:] = 0
            assert _labels(await detector.detect(frame)) == []
            memory.close()
        with in_memory(bus) as frame:
            assert "bus" in _labels(await detector.detect(frame))
        with in_memory(np.ascontiguousarray(bus[::2, ::2])) as frame:
            assert "bus" in _labels(await detector.detect(frame))


async def test_frame_that_is_gone_harms_no_other(tmp_path: Path) -> None:
    async with at_work(home_with_model(tmp_path / "home")) as detector:
        with in_memory(picture("zidane.jpg")) as there:
            gone = replace(there, slot=Slot("psm_not_there", 10, 10))
            lies = replace(there, slot=replace(there.slot, height=99_999))
            asked = [there, gone, lies, there]
            found = await asyncio.gather(
                *(detector.detect(frame) for frame in asked), return_exceptions=True
            )
    assert [type(each) for each in found] == [
        Detections,
        DetectorError,
        DetectorError,
        Detections,
    ]


async def test_memory_of_a_camera_outlives_the_detector(tmp_path: Path) -> None:
    with in_memory(picture("zidane.jpg")) as frame:
        async with at_work(home_with_model(tmp_path / "home")) as detector:
            await detector.detect(frame)
        SharedMemory(frame.slot.name).close()  # still to be opened by name


async def test_killed_at_it_and_back_by_itself(tmp_path: Path) -> None:
    async with at_work(home_with_model(tmp_path / "home")) as detector:
        with in_memory(picture("zidane.jpg")) as frame:
            assert detector.pid
            os.kill(detector.pid, signal.SIGSTOP)  # so that it is certainly in the midst of it
            asked = [asyncio.create_task(detector.detect(frame)) for _ in range(20)]
            await asyncio.sleep(0.1)
            os.kill(detector.pid, signal.SIGKILL)
            async with asyncio.timeout(SOON_S):
                found = await asyncio.gather(*asked, return_exceptions=True)
            assert {type(each) for each in found} == {DetectorError}
            with pytest.raises(DetectorError, match="started again"):
                await detector.detect(frame)
            await _until(detector, "ready")
            assert _labels(await detector.detect(frame)) == ["person", "person"]


async def test_killed_while_idle_is_noticed(tmp_path: Path) -> None:
    async with at_work(home_with_model(tmp_path / "home")) as detector:
        assert detector.pid
        os.kill(detector.pid, signal.SIGKILL)
        await _until(detector, "starting")
        await _until(detector, "ready")


async def test_stuck_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_work(home_with_model(tmp_path / "home")) as detector:
        monkeypatch.setattr(detecting, "HUNG_S", 0.5)
        stuck = detector.pid
        assert stuck
        os.kill(stuck, signal.SIGSTOP)
        with in_memory(picture("zidane.jpg")) as frame:
            async with asyncio.timeout(SOON_S):
                with pytest.raises(DetectorError):
                    await detector.detect(frame)
            monkeypatch.undo()
            await _until(detector, "ready")
            assert detector.pid != stuck
            assert _labels(await detector.detect(frame)) == ["person", "person"]


async def test_asker_that_gives_up_leaves_the_others_theirs(tmp_path: Path) -> None:
    async with at_work(home_with_model(tmp_path / "home")) as detector:
        with in_memory(picture("zidane.jpg")) as frame:
            asked = [asyncio.create_task(detector.detect(frame)) for _ in range(8)]
            await asyncio.sleep(0)
            for impatient in asked[::2]:
                impatient.cancel()
            found = await asyncio.gather(*asked[1::2])
            assert [_labels(each) for each in found] == [["person", "person"]] * 4


async def test_blind_until_the_model_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "LOOK_S", 0.05)
    source = model(YOLOX)
    settings = VisionSettings(model="mine.onnx")
    async with DetectorProcess(settings, tmp_path) as detector:
        await _until(detector, "blind")
        assert f"there is no model {tmp_path}/models/mine.onnx" in detector.why
        frame = Frame("camera:door", None, Slot("psm_any", 1, 1))  # type: ignore[arg-type]
        with pytest.raises(NoWeights, match="there is no model"):
            await detector.detect(frame)
        (tmp_path / "models").mkdir()
        shutil.copy(source, tmp_path / "models" / "copying")
        (tmp_path / "models" / "copying").rename(tmp_path / "models" / "mine.onnx")
        await _until(detector, "ready")
        assert detector.why == ""
        with in_memory(picture("zidane.jpg")) as frame:
            assert _labels(await detector.detect(frame)) == ["person", "person"]


async def test_corrupt_model_is_told_until_it_is_mended(tmp_path: Path) -> None:
    source = model(YOLOX)
    path = tmp_path / "models" / "mine.onnx"
    path.parent.mkdir()
    path.write_bytes(source.read_bytes()[:100_000])
    async with DetectorProcess(VisionSettings(model="mine.onnx"), tmp_path) as detector:
        await _until(detector, "blind")
        assert detector.why == "The detector's model mine.onnx cannot be loaded."
        shutil.copy(source, path)
        await _until(detector, "ready")


async def test_openvino_in_the_process(tmp_path: Path) -> None:
    settings = VisionSettings(backend="openvino", model=str(model(YOLO11)))
    async with at_work(tmp_path, settings) as detector:
        with in_memory(picture("darknet_dog.jpg")) as frame:
            assert "dog" in _labels(await detector.detect(frame))


async def test_ends_when_it_is_left(tmp_path: Path) -> None:
    with in_memory(picture("zidane.jpg")) as frame:
        async with at_work(home_with_model(tmp_path / "home")) as detector:
            pid = detector.pid
            await detector.detect(frame)
        assert not Path(f"/proc/{pid}").exists()
        with pytest.raises(DetectorError, match="stopped"):
            await detector.detect(frame)


EYES = """
import asyncio, sys
from pathlib import Path
from dobby.eyes.detecting import DetectorProcess
from dobby.settings import VisionSettings
async def main():
    async with DetectorProcess(VisionSettings(), Path(sys.argv[1])) as detector:
        while detector.state != "ready":
            await detector.changed()
        print(detector.pid, flush=True)
        await asyncio.sleep(600)
asyncio.run(main())
"""


async def test_ends_with_the_eyes_that_are_killed(tmp_path: Path) -> None:
    home = home_with_model(tmp_path / "home")
    eyes = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", EYES, str(home)), stdout=asyncio.subprocess.PIPE
    )
    assert eyes.stdout
    async with asyncio.timeout(SOON_S):
        child = int(await eyes.stdout.readline())
        eyes.kill()
        await eyes.wait()
        while _runs(child):  # noqa: ASYNC110
            await asyncio.sleep(0.05)


def _runs(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False


def test_slots_are_let_go_when_they_are_no_longer_read(monkeypatch: pytest.MonkeyPatch) -> None:
    slots = Slots()
    with in_memory(np.full((40, 50, 3), 7, np.uint8)) as frame:
        assert slots.image(frame.slot).mean() == 7
        name = f"/dev/shm/{frame.slot.name}"  # noqa: S108
        assert name in Path("/proc/self/maps").read_text()
    assert name in Path("/proc/self/maps").read_text()  # removed, and held by us alone
    monkeypatch.setattr("dobby.eyes.slots.KEPT_S", -1.0)
    with in_memory(np.full((40, 50, 3), 8, np.uint8)) as frame:
        assert slots.image(frame.slot).mean() == 8
    assert name not in Path("/proc/self/maps").read_text()
    slots.close()
