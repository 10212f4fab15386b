"""One player: its web server, its services and what it plays."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web
from aiohttp.typedefs import Handler

from devices.virtual.faults import Fault
from devices.virtual.sonos import soap
from devices.virtual.sonos.avtransport import AVTransport
from devices.virtual.sonos.catalogue import Zone
from devices.virtual.sonos.content import ContentDirectory
from devices.virtual.sonos.gena import Events
from devices.virtual.sonos.rendering import GroupRenderingControl, RenderingControl, Sound
from devices.virtual.sonos.system import (
    AlarmClock,
    DeviceProperties,
    MusicServices,
    SystemProperties,
    ZoneGroupTopology,
    description,
)
from devices.virtual.sonos.transport import Transport

if TYPE_CHECKING:
    from devices.virtual.sonos.household import SonosHousehold

_MAX_BODY = 1 << 18


class Player:
    """One zone player on an address of its own."""

    def __init__(
        self, household: SonosHousehold, zone: Zone, mac: str, host: str, port: int
    ) -> None:
        self.household = household
        self.zone = zone
        self.mac = mac
        self.host, self.port = host, port
        self.uid = f"RINCON_{mac.replace(':', '')}0{1400}"
        self.serial = f"{mac.replace(':', '-')}:8"
        self.fault = Fault()
        self.sound = Sound()
        self.transport = Transport(self._plays_different, household.stations)
        self.coordinator: Player = self
        self.events = Events(lambda: self.fault.gone)
        self.avtransport = AVTransport(self)
        self.services: dict[str, soap.Service] = {
            service.name: service
            for service in (
                self.avtransport, RenderingControl(self), GroupRenderingControl(self),
                ContentDirectory(self), ZoneGroupTopology(self), DeviceProperties(self),
                SystemProperties(self), MusicServices(), AlarmClock(),
            )
        }  # fmt: skip
        self._runner: web.AppRunner | None = None

    @property
    def members(self) -> list[Player]:
        """Everyone who plays along with this coordinator, itself first."""
        others = [p for p in self.household.players if p.coordinator is self and p is not self]
        return [self, *others] if self.coordinator is self else others

    @property
    def group_id(self) -> str:
        return f"{self.uid}:{self.household.generation}"

    @property
    def queue_uri(self) -> str:
        return f"x-rincon-queue:{self.uid}#0"

    @property
    def location(self) -> str:
        return f"http://{self.host}:{self.port}/xml/device_description.xml"

    def set_volume(self, volume: int) -> None:
        self.sound.volume = volume
        self.sounds_different()

    def sounds_different(self) -> None:
        self._tell("RenderingControl")
        self.coordinator._tell("GroupRenderingControl")

    def topology_changed(self) -> None:
        self._tell("ZoneGroupTopology")
        self._tell("AVTransport")

    def content_changed(self) -> None:
        self._tell("ContentDirectory")

    async def open(self) -> None:
        app = web.Application(client_max_size=_MAX_BODY, middlewares=[self._faulty])
        app.router.add_get("/xml/device_description.xml", self._describe)
        app.router.add_get(r"/xml/{service:\w+}1.xml", self._describe_service)
        for service in self.services.values():
            app.router.add_post(f"{service.path}/Control", self._control)
            app.router.add_route("SUBSCRIBE", f"{service.path}/Event", self._subscribe)
            app.router.add_route("UNSUBSCRIBE", f"{service.path}/Event", self._subscribe)
        await self.events.open()
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, self.host, self.port, reuse_address=True).start()

    async def close(self) -> None:
        self.transport.close()
        await self.events.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _plays_different(self) -> None:
        for member in self.members:
            member._tell("AVTransport")

    def _tell(self, service: str) -> None:
        self.events.publish(service, self.services[service].evented())

    @web.middleware
    async def _faulty(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Slow and gone, for every request; what commands do is ``_perform``'s."""
        if self.fault.slow_s:
            await asyncio.sleep(self.fault.slow_s)
        if self.fault.gone:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()  # to nobody
        return await handler(request)

    async def _describe(self, request: web.Request) -> web.Response:
        return _xml(description(self))

    async def _describe_service(self, request: web.Request) -> web.Response:
        service = self.services.get(request.match_info["service"])
        if service is None:
            raise web.HTTPNotFound
        return _xml(service.describe())

    def _addressed(self, request: web.Request) -> soap.Service:
        path = request.path.rpartition("/")[0]
        return next(s for s in self.services.values() if s.path == path)

    async def _subscribe(self, request: web.Request) -> web.StreamResponse:
        service = self._addressed(request)
        if request.method == "UNSUBSCRIBE":
            return self.events.unsubscribe(service, request)
        return await self.events.subscribe(service, request)

    async def _control(self, request: web.Request) -> web.Response:
        service = self._addressed(request)
        try:
            name, arguments = soap.request(await request.read())
            return _xml(self._perform(service, name, arguments))
        except soap.UpnpError as error:
            return _xml(soap.fault(error.code), status=500)

    def _perform(self, service: soap.Service, name: str, arguments: soap.Arguments) -> str:
        found = service.actions.get(name)
        if found is not None and not found.reads:
            if self.fault.refuse:
                raise soap.UpnpError(501, "action failed")
            if self.fault.lie:
                return service.answer(found, {})
        return service.perform(name, arguments)


def _xml(text: str, status: int = 200) -> web.Response:
    return web.Response(text=text, status=status, content_type="text/xml", charset="utf-8")
