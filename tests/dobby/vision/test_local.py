"""Eyes on this machine: real processes, before a door of the daemon; and of the whole daemon."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncGenerator
from functools import partial
from pathlib import Path

import pytest

from dobby.settings import Settings, VisionSettings
from dobby.supervise import keep
from dobby.vision.local import EyesEnded, watch_here
from dobby.vision.reports import CameraPlan, Sight
from tests.dobby.endtoend.processes import daemon
from tests.dobby.eyes.detector_models import home_with_model
from tests.dobby.eyes.door import SOON_S, Door, door
from tests.dobby.eyes.mjpeg_camera import MjpegCamera, mjpeg_camera, moving
from tests.dobby.eyes.test_process import alive, all_gone, descendants

SECRETS = {
    "ANTHROPIC_API_KEY": "sk-ant-hunter2",
    "DOBBY_TWILIO__AUTH_TOKEN": "hunter2-twilio",
    "dobby_model__api_key": "hunter2-model",  # settings are read whatever their case
    "DOBBY_DATABASE": "postgresql://hunter2@db/house",
    "DOBBY_VIRTUAL_TOKEN": "hunter2-house",
}


@pytest.fixture
async def camera() -> AsyncGenerator[MjpegCamera]:
    async with mjpeg_camera(moving) as shown:
        yield shown


@pytest.fixture
async def eyes_door(tmp_path: Path) -> AsyncGenerator[Door]:
    async with door(tmp_path) as opened:
        yield opened


@pytest.fixture
def settings(eyes_door: Door, tmp_path: Path) -> Settings:
    port = int(eyes_door.url.rpartition(":")[2])
    home = home_with_model(tmp_path / "home")
    return Settings(home=home, port=port, log_level="debug", vision=VisionSettings(fps=3.0))


@contextlib.asynccontextmanager
async def watching(settings: Settings, door: Door) -> AsyncGenerator[asyncio.Task[None]]:
    work = partial(watch_here, settings, door.token, door.desk)
    task = asyncio.create_task(keep("eyes", work))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def eyes(process: int | None = None) -> set[int]:
    """The eyes themselves among what a process has started."""
    found: set[int] = set()
    for number in descendants(process or os.getpid()):
        with contextlib.suppress(OSError):
            said = Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
            if b"dobby" in said and b"eyes" in said:
                found.add(number)
    return found


def plan(camera: MjpegCamera) -> CameraPlan:
    return CameraPlan(camera="camera:yard", name="yard", stream=camera.url())


async def test_there_while_there_is_something_to_watch(
    settings: Settings, eyes_door: Door, camera: MjpegCamera
) -> None:
    desk = eyes_door.desk
    async with watching(settings, eyes_door):
        await desk.until(lambda: desk.asked)
        assert not eyes()
        desk.watch(plan(camera))
        await desk.until(lambda: desk.told(Sight))
        (started,) = eyes()
        all_ = descendants(started)
        assert len(all_) > 2, "the camera's and the detector's"
        desk.watch()
        await all_gone(all_)
        desk.watch(plan(camera))
        seen = len(desk.told(Sight))
        await desk.until(lambda: len(desk.told(Sight)) > seen)
        (again,) = eyes()
        all_ = descendants(again)
    await all_gone(all_)


async def test_killed_they_are_started_again(
    settings: Settings, eyes_door: Door, camera: MjpegCamera
) -> None:
    desk = eyes_door.desk
    desk.watch(plan(camera))
    async with watching(settings, eyes_door):
        await desk.until(lambda: desk.told(Sight))
        (first,) = eyes()
        of_the_first = descendants(first)
        os.kill(first, 9)
        run = desk.batches[0].run
        await desk.until(lambda: desk.batches[-1].run != run)
        await all_gone(of_the_first)
        (second,) = eyes()
    assert second != first


async def test_that_they_end_by_themselves_is_a_failure(
    settings: Settings, eyes_door: Door, camera: MjpegCamera
) -> None:
    """So that whoever keeps them going waits longer each time, and says so."""
    eyes_door.desk.watch(plan(camera))
    watch = asyncio.create_task(watch_here(settings, eyes_door.token, eyes_door.desk))
    await eyes_door.desk.until(lambda: eyes())
    os.kill(*eyes(), 9)
    with pytest.raises(EyesEnded, match="-9"):
        await watch


async def test_they_are_given_what_they_need_and_no_secret(
    settings: Settings, eyes_door: Door, camera: MjpegCamera, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    eyes_door.desk.watch(plan(camera))
    async with watching(settings, eyes_door):
        await eyes_door.desk.until(lambda: eyes_door.desk.told(Sight))
        (process,) = eyes()
        given = Path(f"/proc/{process}/environ").read_bytes().decode()
        lines = [
            Path(f"/proc/{number}/cmdline").read_bytes().decode() for number in descendants(process)
        ]
    assert "hunter2" not in given
    assert f"DOBBY_EYES_TOKEN={eyes_door.token}" in given.split("\0")
    assert '"fps":3.0' in given
    assert not any(eyes_door.token in line or camera.url() in line for line in lines)


async def test_a_daemon_that_is_killed_leaves_no_eyes(camera: MjpegCamera, tmp_path: Path) -> None:
    home = home_with_model(tmp_path / "home")
    async with daemon(home) as dobby:
        await dobby.post("/api/cameras/add", url=camera.url(), name="yard")
        async with asyncio.timeout(SOON_S):
            while len(everything := descendants(dobby.process.pid)) < 4:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        assert len(eyes(dobby.process.pid)) == 1
        dobby.process.kill()
        await dobby.process.wait()
        await all_gone(everything)
    assert not alive(everything)


async def test_a_daemon_without_cameras_ends_when_it_is_told_to(tmp_path: Path) -> None:
    """Its eyes wait for a camera, and there will be none."""
    async with daemon(tmp_path / "home") as dobby:
        dobby.process.terminate()
        async with asyncio.timeout(SOON_S):
            assert await dobby.process.wait() == 0
