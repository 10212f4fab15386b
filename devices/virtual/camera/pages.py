"""What the camera serves over HTTP beside ONVIF: motion JPEG, and the newest picture."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from aiohttp import web

from devices.virtual.camera.darkroom import Darkroom
from devices.virtual.camera.gate import Gate
from devices.virtual.faults import Fault

MJPEG, STILL = "/mjpeg", "/still.jpg"
FRAMES_S = 8  # pictures a second, or as many as the clip has
_BOUNDARY = "picture"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Camera(Protocol):
    """What the pages need of the camera that they belong to."""

    gate: Gate
    fault: Fault
    darkroom: Darkroom
    still: bytes | None  # what it serves for a picture, where that is none of its own


class Pages:
    def __init__(self, camera: Camera) -> None:
        self._camera = camera

    def application(self) -> web.Application:
        app = web.Application(middlewares=[self._faults])
        app.router.add_get(MJPEG, self._guarded(self._mjpeg))
        app.router.add_get(STILL, self._guarded(self._still))
        return app

    @web.middleware
    async def _faults(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        fault = self._camera.fault
        await asyncio.sleep(fault.slow_s)
        if fault.gone and request.transport is not None:
            request.transport.abort()
        return await handler(request)

    def _guarded(self, handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            gate = self._camera.gate
            admitted = gate.admits(request.method, request.headers.get("Authorization", ""))
            if self._camera.fault.refuse or not admitted:
                return web.Response(status=401, headers={"WWW-Authenticate": gate.challenge})
            return await handler(request)

        return guarded

    async def _still(self, _request: web.Request) -> web.Response:
        await self._camera.fault.thaw()
        picture = self._camera.still or await self._camera.darkroom.newest()
        return web.Response(body=picture, content_type="image/jpeg")

    async def _mjpeg(self, request: web.Request) -> web.StreamResponse:
        kind = f"multipart/x-mixed-replace; boundary={_BOUNDARY}"
        response = web.StreamResponse(headers={"Content-Type": kind, "Cache-Control": "no-store"})
        response.force_close()
        await response.prepare(request)
        loop = asyncio.get_running_loop()
        while not self._camera.fault.gone:
            due = loop.time() + 1 / FRAMES_S
            picture = await self._camera.darkroom.newest()
            head = f"--{_BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}"
            await response.write(head.encode() + b"\r\n\r\n" + picture + b"\r\n")
            await asyncio.sleep(max(0.0, due - loop.time()))
            await self._camera.fault.thaw()
        if request.transport is not None:
            request.transport.abort()
        return response
