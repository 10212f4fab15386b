"""The virtual camera's RTSP, as others' clients see it."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from itertools import pairwise

import av
import av.error
import cv2
import pytest

from devices.virtual.camera import Clip, VirtualCamera
from tests.devices.virtual_camera.conftest import tool, until
from tests.peers.cameras import motion_camera

OVER_TCP = {
    "rtsp_transport": "tcp",
    "timeout": "20000000",  # microseconds
    "analyzeduration": "1",  # the stream's description says it all
    "fflags": "nobuffer",
}


@dataclass(frozen=True)
class Seen:
    shown: float
    width: int
    arrived: float


@contextlib.asynccontextmanager
async def watching(url: str) -> AsyncGenerator[asyncio.Queue[Seen]]:
    """PyAV reads the stream in a thread; the queue fills with what it decodes."""
    seen: asyncio.Queue[Seen] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    enough = False

    def read() -> None:
        with contextlib.suppress(av.error.FFmpegError), av.open(url, options=OVER_TCP) as stream:
            stream.streams.video[0].thread_count = 1  # else a decoder holds pictures back
            for frame in stream.decode(video=0):
                if enough:
                    return
                if frame.pts is None:
                    continue  # the first one, whoever serves it
                one = Seen(float(frame.pts * frame.time_base), frame.width, time.monotonic())
                loop.call_soon_threadsafe(seen.put_nowait, one)

    reading = asyncio.create_task(asyncio.to_thread(read))
    try:
        async with asyncio.timeout(60):
            yield seen
    finally:
        enough = True
        async with asyncio.timeout(30):
            await reading


async def take(seen: asyncio.Queue[Seen], count: int) -> list[Seen]:
    return [await seen.get() for _ in range(count)]


def look(url: str) -> int:
    """Open, decode one picture, and tell its width. Raises av.error.FFmpegError."""
    with av.open(url, options=OVER_TCP) as stream:
        stream.streams.video[0].thread_count = 1
        return next(stream.decode(video=0)).width


async def test_ffmpeg_plays_it(people: Clip) -> None:
    async with VirtualCamera(people, name="Door", user="admin", password="p@ss:1/2") as camera:
        for address in (camera.rtsp_url, camera.rtsp_sub_url):
            code, said = await tool(
                "ffprobe", "-v", "error", "-rtsp_transport", "tcp", "-analyzeduration", "1",
                "-of", "compact", "-show_entries", "stream=codec_name,width,height", address,
            )  # fmt: skip
            assert (code, said.strip()) == (0, "stream|codec_name=h264|width=768|height=432")


async def test_ffmpeg_falls_back_to_tcp_by_itself(people: Clip) -> None:
    async with VirtualCamera(people) as camera:
        code, said = await tool(
            "ffmpeg", "-v", "error", "-i", camera.rtsp_url, "-frames:v", "5", "-f", "null", "-"
        )
    assert code == 0
    assert "461 Unsupported Transport" in said


async def test_gstreamer_plays_it(cars: Clip) -> None:
    async with VirtualCamera(cars, user="admin", password="secret") as camera:
        code, said = await tool(
            "gst-launch-1.0", "-q", "rtspsrc", f"location={camera.rtsp_url}", "user-id=admin",
            "user-pw=secret", "latency=0", "!", "rtph264depay", "!", "h264parse", "!",
            "avdec_h264", "!", "fakesink", "num-buffers=20", "sync=false",
        )  # fmt: skip
    assert (code, said) == (0, "")


async def test_opencv_plays_it(people: Clip, monkeypatch) -> None:
    monkeypatch.setenv("OPENCV_FFMPEG_CAPTURE_OPTIONS", "rtsp_transport;tcp")

    def read(url: str) -> list[tuple[bool, tuple[int, ...]]]:
        capture = cv2.VideoCapture(url, cv2.CAP_FFMPEG)
        try:
            read = [capture.read() for _ in range(5)]
        finally:
            capture.release()
        return [(good, picture.shape) for good, picture in read if good]

    async with VirtualCamera(people, user="u", password="p") as camera:
        assert await asyncio.to_thread(read, camera.rtsp_url) == [(True, (432, 768, 3))] * 5


async def test_motion_plays_it_and_shows_it(people: Clip, tmp_path) -> None:
    async with (
        VirtualCamera(people, user="admin", password="secret") as camera,
        motion_camera(camera.rtsp_url, tmp_path, "u", "p") as url,
    ):
        assert url.startswith("http://u:p@")
        assert camera.rtsp.watched


async def test_two_watch_at_once(people: Clip) -> None:
    async with (
        VirtualCamera(people) as camera,
        watching(camera.rtsp_url) as one,
        watching(camera.rtsp_sub_url) as two,
    ):
        assert len(await take(one, 10)) == len(await take(two, 10)) == 10
        assert camera.rtsp.watched == 2


async def test_time_goes_on_where_the_clip_begins_anew(people: Clip) -> None:
    async with VirtualCamera(people.cut(0, 1)) as camera, watching(camera.rtsp_url) as seen:
        shown = [one.shown for one in await take(seen, 35)]
    steps = [round(b - a, 3) for a, b in pairwise(shown)]
    assert set(steps[:-3]) == {0.1}


@pytest.mark.parametrize("credentials", ["", "admin:wrong@", "other:secret@"])
async def test_a_wrong_password_is_refused(people: Clip, credentials: str) -> None:
    async with VirtualCamera(people, user="admin", password="secret") as camera:
        assert await asyncio.to_thread(look, camera.rtsp_url) == 768
        wrong = camera.rtsp_url.replace("admin:secret@", credentials)
        with pytest.raises(av.error.HTTPUnauthorizedError):
            await asyncio.to_thread(look, wrong)


async def test_basic_is_spoken_too(people: Clip) -> None:
    async with VirtualCamera(people, user="admin", password="secret", scheme="basic") as camera:
        assert await asyncio.to_thread(look, camera.rtsp_url) == 768
        with pytest.raises(av.error.HTTPUnauthorizedError):
            await asyncio.to_thread(look, camera.rtsp_url.replace("secret", "wrong"))


async def test_another_path_is_not_found(people: Clip) -> None:
    async with VirtualCamera(people) as camera:
        with pytest.raises(av.error.HTTPNotFoundError):
            await asyncio.to_thread(look, camera.rtsp_url.replace("/main", "/other"))


async def test_it_refuses_the_right_password_when_told(people: Clip) -> None:
    async with VirtualCamera(people, user="admin", password="secret") as camera:
        camera.fault.refuse = True
        with pytest.raises(av.error.HTTPUnauthorizedError):
            await asyncio.to_thread(look, camera.rtsp_url)


async def test_a_frozen_camera_stays_connected_and_sends_nothing(people: Clip) -> None:
    async with VirtualCamera(people) as camera, watching(camera.rtsp_url) as seen:
        await take(seen, 5)
        camera.fault.frozen = True
        await asyncio.sleep(1.0)
        while not seen.empty():
            seen.get_nowait()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(seen.get(), 1.5)
        assert camera.rtsp.watched == 1
        camera.fault.frozen = False
        assert len(await take(seen, 5)) == 5


async def test_a_camera_that_is_gone_hangs_up_and_lets_nobody_in(people: Clip) -> None:
    async with VirtualCamera(people) as camera:
        async with watching(camera.rtsp_url) as seen:
            await take(seen, 3)
            camera.fault.gone = True
            await until(lambda: not camera.rtsp.watched)
        with pytest.raises((av.error.FFmpegError, OSError)):
            await asyncio.to_thread(look, camera.rtsp_url)
        camera.fault.gone = False
        assert await asyncio.to_thread(look, camera.rtsp_url) == 768


async def test_a_slow_camera_answers_late(people: Clip) -> None:
    async with VirtualCamera(people) as camera:
        camera.fault.slow_s = 0.3
        began = time.monotonic()
        assert await asyncio.to_thread(look, camera.rtsp_url) == 768
        assert time.monotonic() - began >= 4 * 0.3  # OPTIONS, DESCRIBE, SETUP, PLAY


async def test_its_pictures_change_their_size_in_mid_stream(cars: Clip, street: Clip) -> None:
    async with VirtualCamera(cars) as camera, watching(camera.rtsp_url) as seen:
        assert (await seen.get()).width == 768
        camera.play(street)
        while (await seen.get()).width != 1920:
            pass


async def test_flipped_bits_break_pictures_and_not_the_stream(people: Clip) -> None:
    play = ("ffmpeg", "-v", "error", "-rtsp_transport", "tcp", "-analyzeduration", "1", "-i")
    null = ("-t", "1.5", "-f", "null", "-")
    async with VirtualCamera(people) as camera, watching(camera.rtsp_url) as seen:
        await take(seen, 3)
        camera.corrupt = True
        code, said = await tool(*play, camera.rtsp_url, *null)
        assert code == 0
        assert "error" in said
        camera.corrupt = False
        mended = time.monotonic()
        while (await seen.get()).arrived < mended + 1.0:
            pass
        assert camera.rtsp.watched == 1
        assert await tool(*play, camera.rtsp_url, *null) == (0, "")


@pytest.mark.parametrize(
    "rubbish",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"\r\n\r\n",
        b"DESCRIBE\r\n\r\n",
        b"PLAY rtsp://x/main RTSP/1.0\r\nContent-Length: -4\r\n\r\n",
        b"PLAY rtsp://x/main RTSP/1.0\r\nContent-Length: many\r\n\r\n",
        b"SETUP rtsp://x/main RTSP/1.0\r\nTransport: RTP/AVP/TCP;interleaved=999-1\r\n\r\n",
        b"\xff" * 20_000,
        b"$\x00\xff\xff",
    ],
)
async def test_rubbish_does_no_harm(people: Clip, rubbish: bytes) -> None:
    async with VirtualCamera(people) as camera:
        reader, writer = await asyncio.open_connection(camera.host, camera.rtsp.port)
        writer.write(rubbish)
        writer.write_eof()
        with contextlib.suppress(ConnectionError):
            await reader.read()
        writer.close()
        assert await asyncio.to_thread(look, camera.rtsp_url) == 768
