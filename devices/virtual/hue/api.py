"""The bridge's HTTP interface: pairing, configuration, resources and the event stream."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, cast

from aiohttp import web

from devices.virtual.faults import Fault
from devices.virtual.hue.clip import BadRequest, Clip
from devices.virtual.hue.flash import Flash
from devices.virtual.hue.shapes import Resource

MAX_KEYS = 100
MAX_AT_ONCE = 3  # a real bridge answers 429 to more; streams do not count
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Owner(Protocol):
    """What the interface needs of the bridge it belongs to."""

    clip: Clip
    flash: Flash

    @property
    def fault(self) -> Fault: ...
    @property
    def config(self) -> Resource: ...
    @property
    def button_pressed(self) -> bool: ...
    def fault_of(self, resource: str) -> Fault: ...
    def listen(self) -> asyncio.Queue[bytes | None]: ...
    def unlisten(self, queue: asyncio.Queue[bytes | None]) -> None: ...


class Api:
    def __init__(self, owner: Owner) -> None:
        self._bridge = owner
        self._at_work = 0

    def application(self) -> web.Application:
        app = web.Application(middlewares=[self._limited, self._faults, self._authorised])
        app.router.add_get("/api/config", self._config)
        app.router.add_get("/api/{key}/config", self._config)
        app.router.add_post("/api", self._pair)
        app.router.add_get("/eventstream/clip/v2", self._events)
        app.router.add_get("/clip/v2/resource", self._get)
        app.router.add_get("/clip/v2/resource/{type}", self._get)
        app.router.add_get("/clip/v2/resource/{type}/{id}", self._get)
        app.router.add_put("/clip/v2/resource/{type}/{id}", self._put)
        return app

    @web.middleware
    async def _limited(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith("/eventstream"):
            return await handler(request)
        if self._at_work >= MAX_AT_ONCE:
            return _answer([], ["too many requests"], 429)
        self._at_work += 1
        try:
            return await handler(request)
        finally:
            self._at_work -= 1

    @web.middleware
    async def _faults(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        fault = self._bridge.fault
        own = self._bridge.fault_of(request.match_info.get("id", ""))
        if delay := fault.slow_s + own.slow_s:
            await asyncio.sleep(delay)
        if request.transport is None:
            return web.Response(status=503)  # nobody waits any more
        if fault.gone:
            request.transport.abort()
            return web.Response(status=503)
        if request.method == "PUT" and fault.refuse:
            return _answer([], ["internal error, the bridge refused the command"], 400)
        if request.method == "PUT" and fault.lie:
            info = request.match_info
            return _answer([{"rid": info["id"], "rtype": info["type"]}], [], 200)
        return await handler(request)

    @web.middleware
    async def _authorised(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path.startswith("/api"):
            return await handler(request)
        key = request.headers.get("hue-application-key", "")
        if not any(
            secrets.compare_digest(key.encode(), k.encode()) for k in self._bridge.flash.keys
        ):
            return _answer([], ["unauthorized user"], 403)
        return await handler(request)

    async def _config(self, _request: web.Request) -> web.Response:
        return web.json_response(self._bridge.config)

    async def _pair(self, request: web.Request) -> web.Response:
        body = await _json_object(request)
        if body is None:
            return _error_v1(2, "body contains invalid json")
        if not isinstance(body.get("devicetype"), str):
            return _error_v1(5, "invalid/missing parameters in body")
        if not self._bridge.button_pressed:
            return _error_v1(101, "link button not pressed")
        if len(self._bridge.flash.keys) >= MAX_KEYS:
            return _error_v1(301, "list of users is full")
        key = secrets.token_urlsafe(30)
        self._bridge.flash.add_key(key)
        success = {"username": key}
        if body.get("generateclientkey"):
            success["clientkey"] = secrets.token_hex(16).upper()
        return web.json_response([{"success": success}])

    async def _get(self, request: web.Request) -> web.Response:
        kind, rid = request.match_info.get("type"), request.match_info.get("id")
        found = [
            resource
            for resource in self._bridge.clip.resources.values()
            if kind in (None, resource["type"]) and rid in (None, resource["id"])
        ]
        if rid is not None and not found:
            return _answer([], ["Not Found"], 404)
        return _answer(found, [], 200)

    async def _put(self, request: web.Request) -> web.Response:
        kind, rid = request.match_info["type"], request.match_info["id"]
        resource = self._bridge.clip.resources.get(rid)
        if resource is None or resource["type"] != kind:
            return _answer([], ["Not Found"], 404)
        body = await _json_object(request)
        if body is None:
            return _answer([], ["body contains invalid json"], 400)
        try:
            complaints = self._bridge.clip.put(resource, body)
        except BadRequest as error:
            return _answer([], [str(error)], 400)
        return _answer([{"rid": rid, "rtype": kind}], complaints, 207 if complaints else 200)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        queue = self._bridge.listen()
        try:
            await response.write(b": hi\n\n")
            while (message := await queue.get()) is not None:
                await response.write(message)
        except ConnectionResetError:
            pass  # the listener left
        finally:
            self._bridge.unlisten(queue)
        if self._bridge.fault.gone and request.transport is not None:
            request.transport.abort()
        return response


async def _json_object(request: web.Request) -> dict[str, Any] | None:
    try:
        body: object = await request.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        return None
    return cast("dict[str, Any]", body) if isinstance(body, dict) else None


def _answer(data: list[Resource], errors: list[str], status: int) -> web.Response:
    told = [{"description": words} for words in errors]
    return web.json_response({"errors": told, "data": data}, status=status)


def _error_v1(kind: int, words: str) -> web.Response:
    return web.json_response([{"error": {"type": kind, "address": "/api", "description": words}}])
