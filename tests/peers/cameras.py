"""Third-party cameras for the tests, and footage to play; each skips visibly where it is missing.

- ``gst_camera``: GStreamer's RTSP server (Debian: ``gir1.2-gst-rtsp-server-1.0``)
- ``motion_camera``: motion JPEG by ``motion`` (Debian's package of that name)
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import struct
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientError, ClientSession, DigestAuthMiddleware

from tests.peers.packages import missing, program

MEDIA = Path(__file__).parents[3] / "shared" / "media"
PEOPLE = "intel_one-by-one-person-detection.mp4"  # 768x432, 10 a second, out of order
CARS = "intel_car-detection.mp4"  # 768x432, 12.5 a second, a key picture every 4.8 s
STREET = "people_yas-sim.mp4"  # 1920x1080, 30 a second
SYSTEM_PYTHON = "/usr/bin/python3"
START_S = 30.0


def footage(name: str) -> Path:
    """A clip or a picture to test with; skips the test where there is none."""
    path = MEDIA / name
    if not path.is_file():
        pytest.skip(f"no footage: {path} is missing")
    return path


@asynccontextmanager
async def gst_camera(path: Path, user: str = "", password: str = "") -> AsyncGenerator[str]:
    """GStreamer serves that file from its beginning; yields the address, credentials included."""
    python = program(SYSTEM_PYTHON)
    script = Path(__file__).with_name("gst_rtsp.py")
    credentials = (user, password) if user else ()
    async with _running(python, str(script), str(path), *credentials) as process:
        line = await _line(process, rb"ready (\d+)", "GStreamer's RTSP server")
        who = f"{user}:{password}@" if user else ""
        yield f"rtsp://{who}127.0.0.1:{int(line[1])}/cam"


@asynccontextmanager
async def motion_camera(
    source: str, folder: Path, user: str = "", password: str = ""
) -> AsyncGenerator[str]:
    """``motion`` shows the stream ``source`` as MJPEG; yields the address, with credentials."""
    motion = program("motion")
    port = free_port()
    settings = {
        "daemon": "off", "netcam_url": source,
        "width": 768, "height": 432, "framerate": 10,
        "stream_port": port, "stream_localhost": "on", "stream_maxrate": 10, "stream_grey": "off",
        "picture_output": "off", "movie_output": "off", "target_dir": folder,
    }  # fmt: skip
    if user:
        settings |= {"stream_auth_method": 2, "stream_authentication": f"{user}:{password}"}
    config = folder / "motion.conf"
    config.write_text("".join(f"{key} {value}\n" for key, value in settings.items()))
    async with _running(motion, "-c", str(config)) as process:
        url = f"http://127.0.0.1:{port}/"
        await _showing(process, url, user, password)
        yield url.replace("//", f"//{user}:{password}@") if user else url


def with_size(jpeg: bytes, width: int, height: int) -> bytes:
    """The same JPEG, claiming another size: a few kilobytes that ask for gigabytes."""
    start = jpeg.index(b"\xff\xc0")  # of the frame header: length, precision, height, width
    return jpeg[: start + 5] + struct.pack(">HH", height, width) + jpeg[start + 9 :]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def _running(*command: str) -> AsyncGenerator[Process]:
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=DEVNULL)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _line(process: Process, wanted: bytes, what: str) -> re.Match[bytes]:
    assert process.stdout is not None
    async with asyncio.timeout(START_S):
        async for line in process.stdout:
            if found := re.match(wanted, line):
                return found
    raise missing(f"{what} is not installed")


async def _showing(process: Process, url: str, user: str, password: str) -> None:
    """Until there is a first picture; before, motion hangs up on whoever asks."""
    digest = (DigestAuthMiddleware(user, password),) if user else ()
    async with asyncio.timeout(START_S), ClientSession(middlewares=digest) as session:
        while process.returncode is None:
            with contextlib.suppress(ClientError):
                async with session.get(url) as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(0.2)
    pytest.fail(f"motion ended with {process.returncode}")
