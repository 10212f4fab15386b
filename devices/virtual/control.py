"""The virtual house's back door for the demo and the tests: faults and the link button, over HTTP.

Bound to loopback, and closed to web pages: every request needs the token, a loopback Host, and no
foreign Origin.
"""

from __future__ import annotations

import hmac
from dataclasses import asdict
from types import TracebackType
from typing import Self

from aiohttp import web
from aiohttp.typedefs import Handler
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from devices.virtual.faults import VirtualDevice
from devices.virtual.house import LOOPBACK, VirtualHouse

MAX_BODY = 4096


class FaultRequest(BaseModel):
    """The whole fault of one device; what is not named is healthy."""

    model_config = ConfigDict(extra="forbid", strict=True)
    id: str
    slow_s: float = Field(default=0.0, ge=0, le=60)
    gone: bool = False
    refuse: bool = False
    lie: bool = False
    frozen: bool = False


class Control:
    """Serves ``GET /devices``, ``POST /faults`` and ``POST /hue-button`` on ``127.0.0.1:port``."""

    def __init__(self, house: VirtualHouse, token: str, port: int = 0) -> None:
        if not token:
            raise ValueError("an empty token would open the house to everyone")
        self._house = house
        self._token = token
        self.port = port
        app = web.Application(client_max_size=MAX_BODY, middlewares=[self._guard])
        app.router.add_get("/devices", self._devices)
        app.router.add_post("/faults", self._faults)
        app.router.add_post("/hue-button", self._hue_button)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, LOOPBACK, self.port).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self._runner.cleanup()

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        here = {f"{LOOPBACK}:{self.port}", f"localhost:{self.port}"}
        if request.headers.get("Host") not in here:
            raise web.HTTPBadRequest(text="This is not the host you are looking for.")
        origin = request.headers.get("Origin")
        if origin is not None and origin not in {f"http://{host}" for host in here}:
            raise web.HTTPForbidden(text="Not from another page.")
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), self._token.encode()):
            raise web.HTTPUnauthorized(text="The token is missing or wrong.")
        return await handler(request)

    async def _devices(self, request: web.Request) -> web.Response:
        house = self._house
        return web.json_response(
            {
                "pin": house.pin,
                "rooms": [room.model_dump() for room in house.rooms()],
                "placements": dict(house.placements()),
                "cameras": [asdict(p) for p in (house.cameras.plates if house.cameras else ())],
                "devices": [
                    {"id": d.id, "name": d.name, "family": family, "fault": asdict(d.fault)}
                    for family, servers in house.families.items()
                    for d in servers.devices.values()
                ],
            }
        )

    async def _faults(self, request: web.Request) -> web.Response:
        try:
            asked = FaultRequest.model_validate_json(await request.read())
        except ValidationError as error:
            raise web.HTTPBadRequest(text=error.errors()[0]["msg"]) from error
        device = self._house.devices.get(asked.id)
        if device is None:
            raise web.HTTPNotFound(text="There is no such device.")
        _inject(device, asked)
        return web.json_response({"id": device.id, "fault": asdict(device.fault)})

    async def _hue_button(self, request: web.Request) -> web.Response:
        self._house.press_hue_button()
        return web.json_response({"pressed": True})


def _inject(device: VirtualDevice, asked: FaultRequest) -> None:
    fault = device.fault  # shared with the server that suffers it: changed in place
    fault.slow_s, fault.gone = asked.slow_s, asked.gone
    fault.refuse, fault.lie, fault.frozen = asked.refuse, asked.lie, asked.frozen
