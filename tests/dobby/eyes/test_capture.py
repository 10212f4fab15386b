"""Cameras on real sockets, watched by real processes, and all that goes wrong with them."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import logging
import os
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from dobby.eyes import streams
from dobby.eyes.capture import CameraCapture, Patience
from dobby.eyes.frames import CaptureError, Frame, State
from dobby.vision.reports import CameraPlan
from tests.dobby.eyes.mjpeg_camera import MjpegCamera, mjpeg_camera, moving, number_of, still
from tests.peers.cameras import PEOPLE, footage, gst_camera, with_size
from tests.peers.packages import program

QUICK = Patience(open_s=5.0, stale_s=1.5, pause_s=0.1, longest_pause_s=0.2, refused_pause_s=60.0)
SOON_S = 30.0
LOOKING = """
import resource, sys
from dobby.eyes import streams
def most(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = most()
seen = len(list(streams.frames(sys.argv[1])))
print(before, most(), seen)
"""


class Watched:
    """A capture whose events are kept; frames are given back at once unless ``holds``."""

    def __init__(self, capture: CameraCapture) -> None:
        self.capture = capture
        self.states: list[State] = []
        self.frames: list[Frame] = []
        self.numbers: list[int] = []
        self.held: Frame | None = None
        self.holds = False
        self.ended = False
        self._news = asyncio.Event()

    async def follow(self) -> None:
        async with contextlib.aclosing(self.capture.events()) as events:
            async for event in events:
                if isinstance(event, State):
                    self.states.append(event)
                else:
                    self._look(event)
                self._news.set()
        self.ended = True
        self._news.set()

    def _look(self, frame: Frame) -> None:
        self.frames.append(frame)
        image = self.capture.image(frame)
        if image.shape[1] >= 512:
            self.numbers.append(number_of(image))
        self.held = frame
        if not self.holds:
            self.capture.give_back(frame)

    @property
    def told(self) -> list[str]:
        return [state.state for state in self.states]

    async def until(self, true: Callable[[], object]) -> None:
        async with asyncio.timeout(SOON_S):
            while not true():
                self._news.clear()
                await self._news.wait()


@contextlib.asynccontextmanager
async def watched(
    stream: str, fps: float = 5, patience: Patience = QUICK, **how
) -> AsyncGenerator[Watched]:
    plan = CameraPlan(camera="camera:test", name="yard", stream=stream)
    watch = Watched(CameraCapture(plan, fps, patience=patience, **how))
    following = asyncio.create_task(watch.follow())
    following.add_done_callback(lambda _: watch._news.set())
    try:
        yield watch
        if following.done():
            following.result()
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


@pytest.fixture
async def camera() -> AsyncGenerator[MjpegCamera]:
    async with mjpeg_camera(moving) as camera:
        yield camera


async def test_it_sees_and_the_pixels_are_those_of_the_camera(camera: MjpegCamera) -> None:
    async with watched(camera.url()) as watch:
        await watch.until(lambda: len(watch.frames) > 3)
        assert watch.told == ["seeing"]
        assert any(frame.moving for frame in watch.frames)
        assert all(a < b for a, b in zip(watch.numbers, watch.numbers[1:], strict=False))
        assert 0 < watch.numbers[0] <= camera.number


async def test_a_still_scene_is_sent_at_once_and_then_ever_more_rarely(
    camera: MjpegCamera,
) -> None:
    camera.paint = still
    async with watched(camera.url()) as watch:
        await watch.until(lambda: len(watch.frames) == 2)
        first, second = watch.frames
        assert not first.moving
        assert not second.moving
        assert (second.at - first.at).total_seconds() > 1.5  # 25 frames went by unsent


async def test_no_more_frames_a_second_than_asked_for(camera: MjpegCamera) -> None:
    async with watched(camera.url(), fps=2) as watch:
        await watch.until(lambda: len(watch.frames) == 5)
        took = (watch.frames[-1].at - watch.frames[0].at).total_seconds()
        assert took > 4 / 2 - 0.5


async def test_a_slot_is_never_written_before_it_is_given_back(camera: MjpegCamera) -> None:
    async with watched(camera.url()) as watch:
        watch.holds = True
        await watch.until(lambda: watch.held)
        assert watch.held
        before = watch.capture.image(watch.held).copy()
        at = camera.number
        await camera.shows(25)
        assert np.array_equal(watch.capture.image(watch.held), before)
        assert len(watch.frames) == 1
        watch.capture.give_back(watch.held)
        await watch.until(lambda: len(watch.frames) == 2)
        assert watch.numbers[1] > at + 10  # the newest, none of those between


async def test_a_slow_consumer_gets_only_what_is_new(camera: MjpegCamera) -> None:
    lags: list[int] = []
    async with watched(camera.url()) as watch:
        watch.holds = True
        for _ in range(4):
            count = len(watch.frames)
            await watch.until(lambda count=count: len(watch.frames) > count)
            lags.append(camera.number - watch.numbers[-1])
            await asyncio.sleep(0.8)
            assert watch.held
            watch.capture.give_back(watch.held)
    assert max(lags) < 20, lags  # a second, on a busy machine; a queue would have grown


async def test_a_frame_given_back_is_not_to_be_read(camera: MjpegCamera) -> None:
    async with watched(camera.url()) as watch:
        await watch.until(lambda: watch.frames)
        with pytest.raises(CaptureError):
            watch.capture.image(watch.frames[0])


async def test_a_jpeg_of_the_newest_frame_also_while_nothing_moves(camera: MjpegCamera) -> None:
    camera.paint = still
    async with watched(camera.url()) as watch:
        await watch.until(lambda: watch.frames)
        watch.holds = True
        whole, small = await watch.capture.jpeg(), await watch.capture.jpeg(longest=320)
        assert _decoded(whole).shape == (360, 640, 3)
        assert _decoded(small).shape == (180, 320, 3)
        camera.paint = moving
        at = camera.number
        await camera.shows(10)
        assert number_of(_decoded(await watch.capture.jpeg())) > at


async def test_there_is_no_jpeg_of_a_camera_that_is_not_there() -> None:
    async with watched("http://127.0.0.1:9/video") as watch:
        await watch.until(lambda: watch.states)
        with pytest.raises(CaptureError, match="yard"):
            await watch.capture.jpeg()


async def test_a_camera_that_serves_stills_is_polled(camera: MjpegCamera) -> None:
    async with watched(camera.url("/still.jpg")) as watch:
        await watch.until(lambda: len(watch.frames) >= 3)
        assert watch.told == ["seeing"]
        took = (watch.frames[2].at - watch.frames[0].at).total_seconds()
        assert took > 0.9  # at most two a second


# What goes wrong ------------------------------------------------------------------------------


async def test_a_frozen_camera_is_told_once_and_when_it_is_back(camera: MjpegCamera) -> None:
    async with watched(camera.url()) as watch:
        await watch.until(lambda: watch.frames)
        camera.frozen = True
        await watch.until(lambda: "frozen" in watch.told)
        assert "stands still" in watch.states[-1].why
        camera.frozen = False
        await watch.until(lambda: watch.told == ["seeing", "frozen", "seeing"])


@pytest.mark.parametrize("frozen", [True, False])
async def test_a_read_gives_up_by_itself(
    camera: MjpegCamera, monkeypatch: pytest.MonkeyPatch, frozen: bool
) -> None:
    """Frozen after some frames, or from the beginning."""
    monkeypatch.setattr(streams, "READ_S", 0.5)
    monkeypatch.setattr(streams, "OPEN_S", 0.5)
    camera.frozen = not frozen

    def read() -> None:
        for number, _ in enumerate(streams.frames(camera.url())):
            camera.frozen = number > 3

    with pytest.raises(streams.Lost) as lost:
        await asyncio.to_thread(read)
    assert lost.value.state == ("frozen" if frozen else "offline")


async def test_a_child_that_hangs_is_replaced(camera: MjpegCamera) -> None:
    async with watched(camera.url()) as watch:
        await watch.until(lambda: watch.frames)
        first = watch.capture.pid
        os.kill(first, signal.SIGSTOP)
        await watch.until(lambda: watch.told == ["seeing", "frozen", "seeing"])
        assert watch.capture.pid != first
        assert not Path(f"/proc/{first}").exists()


async def test_a_pulled_cable_is_told_once_and_when_it_is_back(camera: MjpegCamera) -> None:
    async with watched(camera.url()) as watch:
        await watch.until(lambda: watch.frames)
        await camera.pull_the_cable()
        await watch.until(lambda: "offline" in watch.told)
        await asyncio.sleep(1.0)  # several tries
        await camera.plug_in()
        await watch.until(lambda: watch.told == ["seeing", "offline", "seeing"])


async def test_a_wrong_password_is_told_and_not_tried_again(camera: MjpegCamera) -> None:
    camera.password = base64.b64encode(b"owner:right").decode()
    async with watched(camera.url(user="owner:wrong")) as watch:
        await watch.until(lambda: watch.states)
        asked = camera.asked
        await asyncio.sleep(1.0)
        assert watch.told == ["refused"]
        assert camera.asked == asked
    async with watched(camera.url(user="owner:right")) as watch:
        await watch.until(lambda: watch.frames)
        assert watch.told == ["seeing"]


async def test_a_resolution_that_changes_gets_another_slot(camera: MjpegCamera) -> None:
    async with watched(camera.url()) as watch:
        watch.holds = True
        await watch.until(lambda: watch.held)
        old = watch.held
        assert old
        camera.paint = lambda number: moving(number, 1280, 720)
        at = camera.number
        await camera.shows(10)
        assert watch.capture.image(old).shape == (360, 640, 3)  # still as it was
        watch.holds = False
        watch.capture.give_back(old)
        await watch.until(lambda: watch.frames[-1].slot.width == 1280)
        assert watch.numbers[-1] > at
        assert not _in_shared_memory(old.slot.name)
        assert watch.told == ["seeing"]


async def test_a_stream_of_h264_that_changes_its_resolution(tmp_path: Path) -> None:
    film = tmp_path / "both.h264"
    film.write_bytes(b"".join(_h264(tmp_path, size) for size in ("640x360", "320x180")))
    async with watched(str(film), pace="fast") as watch:
        await watch.until(lambda: watch.ended)
        sizes = {frame.slot.width for frame in watch.frames}
    assert sizes == {640, 320}


async def test_damaged_pictures_are_passed_over(camera: MjpegCamera) -> None:
    noise = np.random.default_rng(1)

    def spoil(number: int, jpeg: bytes) -> bytes:
        match number % 4:
            case 1:
                return noise.bytes(3000)
            case 2:
                return jpeg[: len(jpeg) // 3]
            case _:
                return jpeg

    camera.spoils = spoil
    async with watched(camera.url()) as watch:
        at = camera.number
        await watch.until(lambda: camera.number > at + 40 and len(watch.frames) > 3)
        assert watch.told == ["seeing"]


async def test_a_damaged_stream_of_h264_ends_nothing(tmp_path: Path) -> None:
    stream = bytearray(_h264(tmp_path, "640x360"))
    places = np.random.default_rng(2).integers(2000, len(stream), 300)
    for place in places:
        stream[place] ^= 0x5A
    film = tmp_path / "damaged.h264"
    film.write_bytes(bytes(stream))
    async with watched(str(film), pace="fast") as watch:
        await watch.until(lambda: watch.ended)
        assert watch.frames
        assert set(watch.told) == {"seeing"}


@pytest.mark.parametrize("path", ["/still.jpg", "/video"])
async def test_a_picture_of_gigabytes_is_not_decoded(camera: MjpegCamera, path: str) -> None:
    camera.spoils = lambda _, jpeg: with_size(jpeg, 20000, 20000)
    async with watched(camera.url(path), patience=replace(QUICK, open_s=3.0)) as watch:
        await watch.until(lambda: watch.states)
        assert watch.told == ["offline"]
        assert not watch.frames
        camera.spoils = lambda _, jpeg: jpeg
        await watch.until(lambda: watch.frames)


async def test_a_picture_of_gigabytes_takes_no_memory(tmp_path: Path) -> None:
    picture = tmp_path / "large.jpg"
    picture.write_bytes(with_size(cv2.imencode(".jpg", moving(1))[1].tobytes(), 20000, 20000))
    looking = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", LOOKING, str(picture)), stdout=asyncio.subprocess.PIPE
    )
    before, after, seen = map(int, (await looking.communicate())[0].split())
    assert seen == 0
    assert after - before < 100 << 10  # KiB; decoded it would take 600 << 10


async def test_a_killed_child_is_replaced_and_nobody_hears_of_it(camera: MjpegCamera) -> None:
    async with watched(camera.url()) as watch:
        watch.holds = True
        await watch.until(lambda: watch.held)
        held = watch.held
        assert held
        before = watch.capture.image(held).copy()
        first = watch.capture.pid
        os.kill(first, signal.SIGKILL)
        while watch.capture.pid in (None, first):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.5)  # the next one sees, and waits for the slot
        assert np.array_equal(watch.capture.image(held), before)
        watch.capture.give_back(held)
        await watch.until(lambda: len(watch.frames) == 2)
        assert watch.told == ["seeing"]


async def test_nothing_is_left_behind(camera: MjpegCamera) -> None:
    async with watched(camera.url()) as watch:
        await watch.until(lambda: watch.frames)
        pid, name = watch.capture.pid, watch.frames[0].slot.name
        assert _in_shared_memory(name)
    assert not _in_shared_memory(name)
    assert not Path(f"/proc/{pid}").exists()


async def test_a_password_is_in_no_log_and_on_no_command_line(
    camera: MjpegCamera, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    camera.password = base64.b64encode(b"owner:hunter2").decode()
    async with watched(camera.url(user="owner:hunter2")) as watch:
        await watch.until(lambda: watch.frames)
        line = Path(f"/proc/{watch.capture.pid}/cmdline").read_bytes()
        camera.password = "other"
        await camera.pull_the_cable()
        await watch.until(lambda: "offline" in watch.told)
        await camera.plug_in()
        await watch.until(lambda: "refused" in watch.told)
        said = "".join(capfd.readouterr()) + caplog.text + repr(watch.states)
    assert b"hunter2" not in line
    assert "hunter2" not in said


# Files, and RTSP ------------------------------------------------------------------------------


async def test_a_file_read_at_once_misses_nothing_by_its_own_clock(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    _filmed(film, count=60, fps=10)
    async with watched(str(film), pace="fast") as watch:
        watch.holds = True
        while not watch.ended:
            await watch.until(lambda: watch.held or watch.ended)
            if watch.held:
                await asyncio.sleep(0.01)
                held, watch.held = watch.held, None
                watch.capture.give_back(held)
    apart = {
        round((b.at - a.at).total_seconds(), 2)
        for a, b in zip(watch.frames[1:], watch.frames[2:], strict=False)
    }
    assert apart == {0.2}  # every second frame, of 10 a second, at 5 a second
    assert len(watch.frames) > 20


async def test_rtsp_from_another_makers_server() -> None:
    async with gst_camera(footage(PEOPLE)) as url, watched(url) as watch:
        await watch.until(lambda: watch.frames)
        assert (watch.frames[0].slot.width, watch.frames[0].slot.height) == (768, 432)
        assert watch.told == ["seeing"]


async def test_rtsp_with_a_password() -> None:
    async with gst_camera(footage(PEOPLE), "owner", "right") as url:
        async with watched(url.replace("right", "wrong")) as watch:
            await watch.until(lambda: watch.states)
            assert watch.told == ["refused"]
        async with watched(url) as watch:
            await watch.until(lambda: watch.frames)
            assert watch.told == ["seeing"]


def _decoded(jpeg: bytes):
    return cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)


def _in_shared_memory(name: str) -> bool:
    return Path("/dev/shm", name).exists()  # noqa: S108


def _h264(folder: Path, size: str) -> bytes:
    """Two seconds of a moving test picture."""
    film = folder / f"{size}.h264"
    _ffmpeg("-f", "lavfi", "-i", f"testsrc=size={size}:rate=10:duration=2", film)
    return film.read_bytes()


def _filmed(film: Path, count: int, fps: int) -> None:
    pictures = film.with_suffix("")
    pictures.mkdir()
    for number in range(count):
        cv2.imwrite(str(pictures / f"{number:03}.png"), moving(number))
    _ffmpeg("-framerate", fps, "-i", pictures / "%03d.png", film)


def _ffmpeg(*arguments: object) -> None:
    command = [program("ffmpeg"), "-v", "error", *map(str, arguments[:-1])]
    encode = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "0", "-pix_fmt", "yuv420p"]
    subprocess.run([*command, *encode, str(arguments[-1])], check=True)
