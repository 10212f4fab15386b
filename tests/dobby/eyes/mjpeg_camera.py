"""A camera that shows what the test paints, as motion JPEG or as a still, and fails as told."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable

import cv2
import numpy as np

from dobby.eyes.frames import Image

FPS = 20
_OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: "
_NO = b"HTTP/1.1 401 No\r\nConnection: close\r\nWWW-Authenticate: Basic realm=cam\r\n\r\n"


class MjpegCamera:
    """Paints picture ``number``, 0, 1, 2 ... for each viewer alike, ``FPS`` a second."""

    def __init__(self, paint: Callable[[int], Image]) -> None:
        self.paint = paint
        self.number = 0
        self.frozen = False
        self.spoils: Callable[[int, bytes], bytes] = lambda _, jpeg: jpeg
        self.password = ""
        self.asked = 0  # requests for a picture
        self._server: asyncio.Server | None = None
        self._viewers: set[asyncio.StreamWriter] = set()
        self._port = 0

    def url(self, path: str = "/video", user: str = "") -> str:
        return f"http://{user}{'@' if user else ''}127.0.0.1:{self._port}{path}"

    async def shows(self, more: int) -> None:
        """Wait until it has shown so many more pictures."""
        last = self.number + more
        while self.number < last:  # noqa: ASYNC110
            await asyncio.sleep(0.02)

    async def plug_in(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def pull_the_cable(self) -> None:
        """Connections break, and new ones are refused."""
        assert self._server
        self._server.close()
        for viewer in self._viewers:
            viewer.transport.abort()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._viewers.add(writer)
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            self.asked += 1
            if self.password.encode() not in request:
                writer.write(_NO)
            elif b"/still" in request:
                jpeg = self._jpeg()
                writer.write(_OK + b"image/jpeg\r\n\r\n" + jpeg)
            else:
                await self._stream(writer)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self._viewers.discard(writer)
            writer.close()

    async def _stream(self, writer: asyncio.StreamWriter) -> None:
        writer.write(_OK + b"multipart/x-mixed-replace; boundary=cut\r\n\r\n")
        while True:
            if not self.frozen:
                jpeg = self._jpeg()
                head = f"--cut\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
                writer.write(head.encode() + jpeg + b"\r\n")
                await writer.drain()
            await asyncio.sleep(1 / FPS)

    def _jpeg(self) -> bytes:
        self.number += 1
        jpeg = cv2.imencode(".jpg", self.paint(self.number))[1].tobytes()
        return self.spoils(self.number, jpeg)


@contextlib.asynccontextmanager
async def mjpeg_camera(paint: Callable[[int], Image]) -> AsyncGenerator[MjpegCamera]:
    camera = MjpegCamera(paint)
    await camera.plug_in()
    try:
        yield camera
    finally:
        with contextlib.suppress(Exception):
            await camera.pull_the_cable()


def still(_: int, width: int = 640, height: int = 360) -> Image:
    """A yard with nothing in it."""
    across = np.linspace(40, 200, width)[None, :, None]
    down = np.linspace(0, 50, height)[:, None, None]
    return np.broadcast_to(across + down, (height, width, 3)).astype(np.uint8)


def moving(number: int, width: int = 640, height: int = 360) -> Image:
    """The yard, and a box that walks through it; read the number off with ``number_of``."""
    image = still(number, width, height).copy()
    left = (number * 12) % (width - 60)
    image[height // 2 : height // 2 + 80, left : left + 40] = (20, 240, 30)
    image[:32] = 0
    for bit in range(16):
        image[:32, bit * 32 : bit * 32 + 32] = 255 * (number >> bit & 1)
    return image


def number_of(image: Image) -> int:
    return sum((int(image[16, bit * 32 + 16].mean()) > 127) << bit for bit in range(16))
