"""One virtual camera on loopback: RTSP, motion JPEG, stills and ONVIF, out of one clip."""

from __future__ import annotations

import time
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Literal, Self
from urllib.parse import quote

from aiohttp import web

from devices.virtual.camera.clip import Clip, Reel
from devices.virtual.camera.darkroom import Darkroom
from devices.virtual.camera.gate import Gate
from devices.virtual.camera.pages import MJPEG, STILL, Pages
from devices.virtual.camera.rtsp import PATHS, RtspServer
from devices.virtual.faults import Fault


class VirtualCamera:
    """A camera that plays its clip in a loop while the context is open; all doors show one time.

    Without a ``user`` it is open to everyone. Its addresses hold the credentials. What can be
    wrong with it is in ``fault``, and, for tests, in ``corrupt`` (bits flipped in the stream),
    ``clock_off_s`` (how wrong its clock is) and ``still`` (what it serves for a picture).
    """

    def __init__(
        self,
        clip: Clip,
        *,
        name: str = "Camera",
        user: str = "",
        password: str = "",
        scheme: Literal["digest", "basic"] = "digest",
        host: str = "127.0.0.1",
        rtsp_port: int = 0,
        http_port: int = 0,
    ) -> None:
        self.name = name
        self.gate = Gate(user, password, scheme)
        self.fault = Fault()
        self.corrupt = False
        self.clock_off_s = 0.0
        self.still: bytes | None = None
        self.reel = Reel(clip)
        self.darkroom = Darkroom(lambda: self.reel)
        self.host, self.http_port = host, http_port
        self.rtsp = RtspServer(self, host, rtsp_port)
        self._running = AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            runner = web.AppRunner(Pages(self).application(), access_log=None, shutdown_timeout=0.1)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            await web.TCPSite(runner, self.host, self.http_port).start()
            self.http_port = runner.addresses[0][1]
            await stack.enter_async_context(self.rtsp)
            self._running = stack.pop_all()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self._running.aclose()

    def play(self, clip: Clip) -> None:
        """Show another clip from now on, in the streams that run too, whatever its size."""
        self.reel = Reel(clip)

    def wall_clock(self) -> float:
        """What the camera thinks the time is (Unix)."""
        return time.time() + self.clock_off_s

    # Its addresses --------------------------------------------------------------------------

    @property
    def rtsp_url(self) -> str:
        return self._address("rtsp", self.rtsp.port, PATHS[0])

    @property
    def rtsp_sub_url(self) -> str:
        return self._address("rtsp", self.rtsp.port, PATHS[1])

    @property
    def mjpeg_url(self) -> str:
        return self._address("http", self.http_port, MJPEG)

    @property
    def still_url(self) -> str:
        return self._address("http", self.http_port, STILL)

    def _address(self, scheme: str, port: int, path: str) -> str:
        user, password = quote(self.gate.user, safe=""), quote(self.gate.password, safe="")
        credentials = f"{user}:{password}@" if user else ""
        return f"{scheme}://{credentials}{self.host}:{port}{path}"
