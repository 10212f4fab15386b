"""One virtual camera on loopback: RTSP, motion JPEG, stills and ONVIF, out of one clip."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Literal, Self
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from aiohttp import web

from devices.device import Announcement
from devices.discovery.wsd import NETWORK_VIDEO_TRANSMITTER
from devices.virtual.camera.clip import Clip, Reel
from devices.virtual.camera.darkroom import Darkroom
from devices.virtual.camera.events import Events
from devices.virtual.camera.gate import Gate
from devices.virtual.camera.motion import movement
from devices.virtual.camera.onvif import DEVICE, MODEL, STILL, Services
from devices.virtual.camera.pages import MJPEG, Pages
from devices.virtual.camera.rtsp import RtspServer
from devices.virtual.faults import Fault

MAIN, SUB = "/main", "/sub"


class VirtualCamera:
    """A camera that plays its clip in a loop while the context is open; all doors show one time.

    Without a ``user`` it is open to everyone. Its addresses hold the credentials. What can be
    wrong with it is in ``fault``, and, for tests, in ``corrupt`` (bits flipped in the stream),
    ``clock_off_s`` (how wrong its clock is) and ``still`` (what it serves for a picture). Its
    motion detector judges the clip, until ``motion`` says what it sees.
    """

    def __init__(
        self,
        clip: Clip,
        sub: Clip | None = None,
        *,
        name: str = "Camera",
        user: str = "",
        password: str = "",
        scheme: Literal["digest", "basic"] = "digest",
        serial: str = "V0000001",
        views: Sequence[str] = (),
        host: str = "127.0.0.1",
        rtsp_port: int = 0,
        http_port: int = 0,
    ) -> None:
        self.name, self.serial, self.views = name, serial, tuple(views)
        self.gate = Gate(user, password, scheme)
        self.fault = Fault()
        self.corrupt = False
        self.clock_off_s = 0.0
        self.still: bytes | None = None
        self.motion: bool | None = None
        self.reels: Mapping[str, Reel] = {MAIN: Reel(clip), SUB: Reel(sub or clip)}
        self._judged = clip, movement(clip)
        self.darkroom = Darkroom(lambda: self.reels[MAIN])
        self.services = Services(self)
        self.events = Events(self)
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
            watch = asyncio.create_task(self.events.run(), name=f"motion of {self.name}")
            stack.callback(watch.cancel)
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
        self.reels = {MAIN: Reel(clip), SUB: Reel(clip)}

    @property
    def moving(self) -> bool:
        """What its motion detector says."""
        if self.motion is not None:
            return self.motion
        reel = self.reels[MAIN]
        if reel.clip is not self._judged[0]:
            self._judged = reel.clip, movement(reel.clip)
        return self._judged[1][int(reel.position)]

    def wall_clock(self) -> float:
        """What the camera thinks the time is (Unix)."""
        return time.time() + self.clock_off_s

    @property
    def endpoint(self) -> str:
        """The UUID by which it is announced: the same for the same serial number."""
        return str(uuid5(NAMESPACE_URL, f"https://dobby.invalid/camera/{self.serial}"))

    @property
    def announcement(self) -> Announcement:
        """What is heard of it by WS-Discovery."""
        told = {"name": self.name, "hardware": MODEL, "xaddr": self.onvif_url}
        return Announcement(
            "wsd", NETWORK_VIDEO_TRANSMITTER, self.endpoint, self.host, self.http_port, told
        )

    # Its addresses --------------------------------------------------------------------------

    @property
    def rtsp_url(self) -> str:
        return self._with_credentials(self.rtsp_address(MAIN))

    @property
    def rtsp_sub_url(self) -> str:
        return self._with_credentials(self.rtsp_address(SUB))

    @property
    def mjpeg_url(self) -> str:
        return self._with_credentials(self.http_address(MJPEG))

    @property
    def still_url(self) -> str:
        return self._with_credentials(self.http_address(STILL))

    @property
    def onvif_url(self) -> str:
        """Of its device service; the credentials are in the requests."""
        return self.http_address(DEVICE)

    def rtsp_address(self, path: str) -> str:
        return f"rtsp://{self.host}:{self.rtsp.port}{path}"

    def http_address(self, path: str) -> str:
        return f"http://{self.host}:{self.http_port}{path}"

    def _with_credentials(self, url: str) -> str:
        user, password = quote(self.gate.user, safe=""), quote(self.gate.password, safe="")
        return url.replace("//", f"//{user}:{password}@", 1) if user else url
