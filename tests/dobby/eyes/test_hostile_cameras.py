"""Cameras that mean harm: what they send costs one process little, and leads it nowhere else."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dobby.eyes.frames import CaptureError
from dobby.eyes.grabber import MOST_MEMORY
from dobby.eyes.pictures import decoded
from dobby.eyes.stills import grab
from tests.dobby.eyes.mjpeg_camera import mjpeg_camera, moving
from tests.dobby.eyes.test_capture import Watched, watched

OK = "HTTP/1.1 200 OK\r\nConnection: close\r\n"
MULTIPART = "Content-Type: multipart/x-mixed-replace; boundary=cut\r\n\r\n--cut\r\n"
JPEG = "Content-Type: image/jpeg\r\n"
NOISE = bytes(range(1, 255)) * 4000
Answer = Callable[[str], bytes]


@dataclass
class Server:
    """Answers each request as it is told to; a stranger's, on a port of its own."""

    answer: Answer
    without_end: bytes = b""
    asked: list[str] = field(default_factory=list)
    port: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                request = (await reader.readuntil(b"\r\n\r\n")).decode()
                self.asked.append(request)
                writer.write(self.answer(request))
                await writer.drain()
                while self.without_end:
                    writer.write(self.without_end)
                    await writer.drain()
        writer.close()


@contextlib.asynccontextmanager
async def server(
    answer: Callable[[str], bytes], without_end: bytes = b""
) -> AsyncGenerator[Server]:
    it = Server(answer, without_end)
    listening = await asyncio.start_server(it.serve, "127.0.0.1", 0)
    it.port = listening.sockets[0].getsockname()[1]
    async with listening:
        yield it


def says(head: str) -> Answer:
    return lambda _: head.encode()


def wants_a_password(request: str) -> bytes:
    """As RTSP or HTTP does, in clear."""
    sequence = re.search(r"CSeq: \d+\r\n", request)
    version = "RTSP/1.0" if sequence else "HTTP/1.1"
    length = "Content-Length: 0\r\n" if not sequence else ""
    ask = 'WWW-Authenticate: Basic realm="x"\r\n'
    return f"{version} 401 No\r\n{sequence[0] if sequence else ''}{ask}{length}\r\n".encode()


def sends_on(to: str) -> Answer:
    def answer(request: str) -> bytes:
        sequence = re.search(r"CSeq: \d+\r\n", request)
        if request.startswith("OPTIONS") and sequence:
            return f"RTSP/1.0 200 OK\r\n{sequence[0]}Public: DESCRIBE\r\n\r\n".encode()
        version = "RTSP/1.0" if sequence else "HTTP/1.1"
        head = sequence[0] if sequence else "Content-Length: 0\r\n"
        return f"{version} 302 Found\r\n{head}Location: {to}\r\n\r\n".encode()

    return answer


async def dark(watch: Watched) -> None:
    await watch.until(lambda: watch.states)
    assert watch.told == ["offline"]
    assert not watch.frames


@pytest.mark.parametrize("scheme", ["rtsp", "http"])
async def test_attacks_38_and_40_nobody_is_sent_on_with_the_password(scheme: str) -> None:
    async with (
        server(wants_a_password) as other,
        server(sends_on(f"{scheme}://127.0.0.1:{other.port}/x")) as camera,
    ):
        address = f"{scheme}://admin:hunter2@127.0.0.1:{camera.port}/live"
        async with watched(address) as watch:
            await dark(watch)
        with pytest.raises(CaptureError):
            await grab(address)
    assert len(camera.asked) >= 2, "by each"
    assert other.asked == []


@pytest.mark.parametrize(
    "head",
    [
        OK + MULTIPART + JPEG + "\r\n",
        OK + MULTIPART + JPEG + "Content-Length: 2000000000\r\n\r\n",
        OK + JPEG + "\r\n",
        OK + "X-Name: ",
    ],
    ids=[
        "a part without end",
        "a part of gigabytes",
        "a still without end",
        "a header without end",
    ],
)
async def test_attack_44_what_never_ends_takes_so_much_memory_and_no_more(head: str) -> None:
    async with server(says(head), without_end=b"\xff\xd8\xff" + NOISE) as camera:
        address = f"http://127.0.0.1:{camera.port}/live.jpg"
        with pytest.raises(CaptureError):
            decoded(await grab(address))
        most = 0
        async with watched(address) as watch:
            while not watch.states:
                await asyncio.sleep(0.1)
                most = max(most, memory_of(watch.capture.pid))
            await dark(watch)
    assert 0 < most < MOST_MEMORY


def memory_of(process: int | None) -> int:
    """Bytes in use."""
    with contextlib.suppress(OSError, AttributeError):
        status = Path(f"/proc/{process}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) << 10
    return 0


async def test_attack_44_a_still_is_not_unfolded() -> None:
    head = OK + JPEG + "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x1f\x1f"
    async with server(says(head)) as camera:
        with pytest.raises(CaptureError):
            decoded(await grab(f"http://127.0.0.1:{camera.port}/still.jpg"))


async def test_a_healthy_camera_beside_a_hostile_one() -> None:
    async with (
        server(says(OK + MULTIPART + JPEG + "\r\n"), without_end=NOISE) as hostile,
        mjpeg_camera(moving) as camera,
        watched(f"http://127.0.0.1:{hostile.port}/live") as bad,
        watched(camera.url()) as good,
    ):
        await dark(bad)
        seen = len(good.frames)
        await good.until(lambda: len(good.frames) > seen + 3)
        assert good.told == ["seeing"]
