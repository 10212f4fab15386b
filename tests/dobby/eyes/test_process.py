"""The eyes as a process: real cameras on sockets, the real door of a daemon, a real detector."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Callable
from pathlib import Path

import cv2
import pytest

from dobby.eyes.frames import Image
from dobby.vision.reports import CameraPlan, Live, Scene, Sight
from tests.dobby.eyes.detector_models import home_with_model
from tests.dobby.eyes.door import SOON_S, Door, door
from tests.dobby.eyes.mjpeg_camera import MjpegCamera, mjpeg_camera, still
from tests.peers.cameras import PEOPLE, footage

YARD, DOOR = "camera:yard", "camera:door"


@pytest.fixture
async def daemon(tmp_path: Path) -> AsyncGenerator[Door]:
    async with door(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def walk() -> Callable[[int], Image]:
    """Somebody comes, stands, and goes, over and over: 9 s of a real clip, 20 frames a second."""
    video = cv2.VideoCapture(str(footage(PEOPLE)))
    frames = []
    for start in (4.5, 17.0):  # in between, they stand
        video.set(cv2.CAP_PROP_POS_MSEC, 1000 * start)
        frames += [video.read()[1] for _ in range(45)]
    return lambda number: frames[number // 2 % len(frames)]


@pytest.fixture
async def camera(walk: Callable[[int], Image]) -> AsyncGenerator[MjpegCamera]:
    async with mjpeg_camera(walk) as shown:
        yield shown


@contextlib.asynccontextmanager
async def eyes(
    daemon: Door, home: Path, *options: str, token: str | None = None
) -> AsyncGenerator[Process]:
    env = {key: value for key, value in os.environ.items() if not key.startswith("DOBBY_")}
    env |= {"DOBBY_HOME": str(home), "DOBBY_EYES_TOKEN": token or daemon.token}
    env["HTTPS_PROXY"] = "http://127.0.0.1:9"  # no model is fetched
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "dobby", "eyes", "--daemon", daemon.url, *options),
        stdin=PIPE,
        env=env,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        async with asyncio.timeout(SOON_S):
            await process.wait()


def plan(camera: MjpegCamera, name: str = YARD, **more) -> CameraPlan:
    return CameraPlan(camera=name, name=name, stream=camera.url(), **more)


def people(daemon: Door, camera: str = YARD) -> list[Scene]:
    return [scene for scene in daemon.desk.told(Scene, camera) if scene.tracks]


def memory(processes: set[int]) -> set[Path]:
    """What these share with each other."""
    found = set()
    for number in processes:
        with contextlib.suppress(OSError):
            maps = Path(f"/proc/{number}/maps").read_text().split()
            found |= {Path(word) for word in maps if word.startswith("/dev/shm/psm_")}  # noqa: S108
    return found


def descendants(process: int) -> set[int]:
    """Also those with a session of their own."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    found = {process}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def alive(processes: set[int]) -> set[int]:
    running = set()
    for number in processes:
        with contextlib.suppress(OSError):
            if Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                running.add(number)
    return running


async def all_gone(processes: set[int]) -> None:
    async with asyncio.timeout(SOON_S):
        while alive(processes):  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def test_somebody_is_told_with_a_picture_and_that_they_went(
    daemon: Door, camera: MjpegCamera, tmp_path: Path
) -> None:
    daemon.desk.watch(plan(camera))

    def arrivals() -> list[Scene]:
        """Who stood there already when the eyes opened is no news, and gets no picture."""
        return [scene for scene in people(daemon) if not scene.tracks[0].parked]

    async with eyes(daemon, home_with_model(tmp_path / "home")):
        await daemon.desk.until(arrivals)
        await daemon.desk.until(lambda: not daemon.desk.told(Scene)[-1].tracks)
    first = arrivals()[0]
    assert [track.kind for track in first.tracks] == ["person"]
    assert first.pictures[0].track == first.tracks[0].id
    assert first.pictures[0].jpeg.startswith(b"\xff\xd8")
    assert [sight.state for sight in daemon.desk.told(Sight)] == ["seeing"]
    numbers = [batch.number for batch in daemon.desk.batches]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len({batch.run for batch in daemon.desk.batches}) == 1


async def test_a_dead_camera_beside_a_healthy_one(
    daemon: Door, camera: MjpegCamera, tmp_path: Path
) -> None:
    async with mjpeg_camera(still) as dead:
        await dead.pull_the_cable()
        daemon.desk.watch(plan(dead, DOOR), plan(camera))
        async with eyes(daemon, home_with_model(tmp_path / "home")):
            await daemon.desk.until(lambda: people(daemon))
            await daemon.desk.until(lambda: daemon.desk.told(Sight, DOOR))
            assert daemon.desk.told(Sight, DOOR)[0].state == "offline"
            await dead.plug_in()
            await daemon.desk.until(lambda: daemon.desk.told(Sight, DOOR)[-1].state == "seeing")
            dead.paint = camera.paint
            await daemon.desk.until(lambda: people(daemon, DOOR))


async def test_what_is_seen_while_the_daemon_is_away_is_told_when_it_is_back(
    daemon: Door, camera: MjpegCamera, tmp_path: Path
) -> None:
    daemon.desk.watch(plan(camera))
    async with eyes(daemon, home_with_model(tmp_path / "home")):
        await daemon.desk.until(lambda: daemon.desk.told(Sight))
        await daemon.shut()
        before = len(people(daemon))
        await camera.shows(20 * 9)  # somebody came, and went
        await daemon.open()
        await daemon.desk.until(lambda: len(people(daemon)) > before + 5)
        numbers = [batch.number for batch in daemon.desk.batches]
        assert sorted(set(numbers)) == list(range(1, max(numbers) + 1))
        scenes = daemon.desk.told(Scene)
        assert [scene.at for scene in scenes] == sorted(scene.at for scene in scenes)
        asked = daemon.desk.asked
        daemon.desk.watch()  # and the plan is followed again
        await daemon.desk.until(lambda: daemon.desk.asked > asked)


async def test_the_plan_is_followed_while_it_changes(
    daemon: Door, camera: MjpegCamera, tmp_path: Path
) -> None:
    async with eyes(daemon, home_with_model(tmp_path / "home")):
        await daemon.desk.until(lambda: daemon.desk.asked)
        daemon.desk.watch(plan(camera))
        await daemon.desk.until(lambda: daemon.desk.told(Sight))
        daemon.desk.watch(plan(camera, live=True))
        await daemon.desk.until(lambda: len(daemon.desk.told(Live)) > 3)
        assert daemon.desk.told(Live)[0].jpeg.startswith(b"\xff\xd8")
        assert camera.asked == 1  # it was not opened anew
        daemon.desk.watch(plan(camera))
        await daemon.desk.until(lambda: daemon.desk.asked >= 4)
        daemon.desk.watch()
        async with asyncio.timeout(SOON_S):
            while camera._viewers:  # noqa: ASYNC110
                await asyncio.sleep(0.05)


async def test_a_detector_that_was_killed_is_back(
    daemon: Door, camera: MjpegCamera, tmp_path: Path
) -> None:
    daemon.desk.watch(plan(camera))
    async with eyes(daemon, home_with_model(tmp_path / "home")) as process:
        await daemon.desk.until(lambda: people(daemon))
        killed = [
            number
            for number in descendants(process.pid)
            if b"detector_child" in Path(f"/proc/{number}/cmdline").read_bytes()
        ]
        os.kill(killed[0], signal.SIGKILL)
        known = people(daemon)[-1].tracks[0].id
        await daemon.desk.until(lambda: people(daemon) and people(daemon)[-1].tracks[0].id != known)
        assert {sight.state for sight in daemon.desk.told(Sight)} == {"seeing"}


async def test_without_weights_it_says_that_it_is_blind_and_shows_live_pictures(
    daemon: Door, camera: MjpegCamera, tmp_path: Path
) -> None:
    daemon.desk.watch(plan(camera, live=True))
    home = tmp_path / "home"
    home.mkdir()
    async with eyes(daemon, home):
        await daemon.desk.until(lambda: any(s.state == "blind" for s in daemon.desk.told(Sight)))
        await daemon.desk.until(lambda: daemon.desk.told(Live))
        assert "models" in daemon.desk.told(Sight)[-1].why
        assert daemon.desk.told(Scene) == []


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_with_all_that_it_started(
    daemon: Door, camera: MjpegCamera, tmp_path: Path, how: signal.Signals
) -> None:
    daemon.desk.watch(plan(camera))
    async with eyes(daemon, home_with_model(tmp_path / "home")) as process:
        await daemon.desk.until(lambda: people(daemon))
        processes = descendants(process.pid)
        shared = memory(processes)
        assert shared
        assert len(processes) > 3
        process.send_signal(how)
        async with asyncio.timeout(SOON_S):
            assert await process.wait() == 0
        await all_gone(processes)
    assert not [path for path in shared if path.exists()]


async def test_the_end_of_whoever_started_it_ends_it(
    daemon: Door, camera: MjpegCamera, tmp_path: Path
) -> None:
    daemon.desk.watch(plan(camera))
    async with eyes(daemon, home_with_model(tmp_path / "home"), "--until-eof") as process:
        await daemon.desk.until(lambda: daemon.desk.told(Sight))
        assert process.stdin
        process.stdin.close()
        async with asyncio.timeout(SOON_S):
            assert await process.wait() == 0


async def test_killed_at_once_it_leaves_nothing(
    daemon: Door, camera: MjpegCamera, tmp_path: Path
) -> None:
    daemon.desk.watch(plan(camera))
    async with eyes(daemon, home_with_model(tmp_path / "home")) as process:
        await daemon.desk.until(lambda: people(daemon))
        processes = descendants(process.pid)
        shared = memory(processes)
        assert shared
        process.kill()
        await all_gone(processes)
    assert not [path for path in shared if path.exists()]


async def test_a_wrong_token_is_said_and_tried_again(daemon: Door, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    async with eyes(daemon, home, token="wrong" * 5) as process:
        await asyncio.sleep(2)
        assert process.returncode is None
        assert daemon.desk.asked == 0
