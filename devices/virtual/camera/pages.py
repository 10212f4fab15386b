"""What the camera serves over HTTP: motion JPEG, the newest picture, and ONVIF."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Protocol

from aiohttp import web

from devices.virtual.camera import soap
from devices.virtual.camera.darkroom import Darkroom
from devices.virtual.camera.events import Events
from devices.virtual.camera.gate import Gate
from devices.virtual.camera.onvif import BEFORE_LOGIN, STILL, Services
from devices.virtual.camera.soap import SoapFault
from devices.virtual.faults import Fault

MJPEG, ONVIF = "/mjpeg", "/onvif/{service:.+}"
FRAMES_S = 8  # pictures a second, or as many as the clip has
MAX_BODY = 1 << 18
_BOUNDARY = "picture"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Camera(Protocol):
    """What the pages need of the camera that they belong to."""

    gate: Gate
    fault: Fault
    darkroom: Darkroom
    services: Services
    events: Events
    still: bytes | None  # what it serves for a picture, where that is none of its own

    def wall_clock(self) -> float: ...


class Pages:
    def __init__(self, camera: Camera) -> None:
        self._camera = camera

    def application(self) -> web.Application:
        app = web.Application(middlewares=[self._faults], client_max_size=MAX_BODY)
        app.router.add_get(MJPEG, self._guarded(self._mjpeg))
        app.router.add_get(STILL, self._guarded(self._still))
        app.router.add_post(ONVIF, self._onvif)
        return app

    @web.middleware
    async def _faults(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        fault = self._camera.fault
        await asyncio.sleep(fault.slow_s)
        if fault.gone:
            _hang_up(request)
            return web.Response(status=503)
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
        with suppress(ConnectionError):  # the client has gone
            await self._show(response)
        _hang_up(request)
        return response

    async def _show(self, response: web.StreamResponse) -> None:
        """Picture after picture, until the camera is gone."""
        loop = asyncio.get_running_loop()
        while not self._camera.fault.gone:
            await self._camera.fault.thaw()
            due = loop.time() + 1 / FRAMES_S
            picture = await self._camera.darkroom.newest()
            head = f"--{_BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}"
            await response.write(head.encode() + b"\r\n\r\n" + picture + b"\r\n")
            await asyncio.sleep(max(0.0, due - loop.time()))

    async def _onvif(self, request: web.Request) -> web.Response:
        try:
            status, answer = 200, await self._answer(await request.read(), request.path)
        except SoapFault as refusal:
            status, answer = 400, soap.fault(refusal)
        return web.Response(text=answer, status=status, content_type="application/soap+xml")

    async def _answer(self, body: bytes, path: str) -> str:
        camera = self._camera
        call = soap.read(body)
        proven = soap.admits(camera.gate, call, camera.wall_clock())
        if call.name not in BEFORE_LOGIN and (camera.fault.refuse or not proven):
            raise SoapFault("ter:NotAuthorized", "The sender is not authorized.")
        answer = camera.services.answer(call) or await camera.events.answer(call, path)
        if answer is None:
            raise SoapFault("ter:ActionNotSupported", "The action is not supported.")
        return soap.envelope(answer)


def _hang_up(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
