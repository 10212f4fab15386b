"""The virtual Hue bridge: its server, its button, its faults, and what happens around it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self
from uuid import uuid4

from aiohttp import web
from zeroconf.asyncio import AsyncServiceInfo

from devices.device import Announcement, UnknownDevice
from devices.virtual.faults import Fault, VirtualDevice
from devices.virtual.hue import shapes
from devices.virtual.hue.api import Api
from devices.virtual.hue.certificate import tls_context
from devices.virtual.hue.clip import Clip
from devices.virtual.hue.flash import Flash
from devices.virtual.hue.furnishing import HOUSE, Furnishing, Lamp
from devices.virtual.hue.registry import Registry
from devices.virtual.hue.shapes import Resource

MDNS_TYPE = "_hue._tcp.local."
SSDP_TARGET = "urn:schemas-upnp-org:device:basic:1"
BUTTON_S = 30.0
FAULT_LOOK_S = 0.2  # how soon a fault that has no request of its own (a dead lamp) shows


class HueBridge:
    """One bridge on ``host:port``; port 0 takes any, and a second start may take another.

    ``home`` is where it keeps its certificate and the keys it gave out; without it they last as
    long as this object. Devices are lamps, scenes, sensors and, by ``hue:<bridge id>``, itself.
    """

    def __init__(
        self,
        port: int = 0,
        host: str = "127.0.0.1",
        *,
        bridge_id: str = "001788fffe5d0bb1",
        name: str = "Hue Bridge",
        furnishing: Furnishing = HOUSE,
        home: Path | None = None,
    ) -> None:
        self.bridge_id = bridge_id.lower()
        self.name = name
        self.host = host
        self.port = port
        self.button_s = BUTTON_S
        self._wanted_port = port
        self.flash = Flash(self.bridge_id, home)
        self._devices: dict[str, VirtualDevice] = {}
        self._by_resource: dict[str, VirtualDevice] = {}
        self._listeners: set[asyncio.Queue[bytes | None]] = set()
        self._open = False
        self._button_until = 0.0
        self._events_told = 0
        self._running = contextlib.AsyncExitStack()
        self.clip = Clip(
            Registry(self.bridge_id, name, furnishing), emit=self._emit, fault_of=self.fault_of
        )
        self._itself = VirtualDevice(f"hue:{self.bridge_id}", name)
        self._devices[self._itself.id] = self._itself
        self._enlist()

    async def __aenter__(self) -> Self:
        runner = web.AppRunner(Api(self).application(), shutdown_timeout=1.0, access_log=None)
        await runner.setup()
        self._running.push_async_callback(runner.cleanup)
        self._running.callback(self._stop_listening)
        self._open = True
        site = web.TCPSite(
            runner, self.host, self._wanted_port, ssl_context=tls_context(self.flash.identity)
        )
        await site.start()
        self.port = runner.addresses[0][1]
        watch = asyncio.create_task(self._watch_faults(), name=f"faults of {self._itself.id}")
        self._running.callback(watch.cancel)
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self._running.aclose()

    # What the whole house asks of it --------------------------------------------------------

    @property
    def devices(self) -> Mapping[str, VirtualDevice]:
        return MappingProxyType(self._devices)

    def announcements(self) -> Sequence[Announcement]:
        properties = {"bridgeid": self.bridge_id, "modelid": "BSB002"}
        return [Announcement("mdns", MDNS_TYPE, self._instance, self.host, self.port, properties)]

    def services(self) -> Sequence[AsyncServiceInfo]:
        """To be registered with mDNS while the bridge is up."""
        return [
            AsyncServiceInfo(
                MDNS_TYPE,
                self._instance,
                addresses=[socket.inet_aton(self.host)],
                port=self.port,
                properties={"bridgeid": self.bridge_id, "modelid": "BSB002"},
                server=f"{self.bridge_id}.local.",
            )
        ]

    def ssdp_reply(self) -> dict[str, str]:
        """Headers of the answer to an M-SEARCH. A real bridge's LOCATION is plain HTTP on 80."""
        return {
            "CACHE-CONTROL": "max-age=100",
            "EXT": "",
            "LOCATION": f"https://{self.host}:{self.port}/description.xml",
            "SERVER": "Hue/1.0 UPnP/1.0 IpBridge/1.67.0",
            "hue-bridgeid": self.bridge_id.upper(),
            "ST": SSDP_TARGET,
            "USN": f"uuid:2f402f80-da50-11e1-9b23-{self.bridge_id[:6]}{self.bridge_id[10:]}",
        }

    # What people and other apps do to it ----------------------------------------------------

    def press_button(self) -> None:
        """The link button: for 30 s whoever asks gets a key."""
        self._button_until = time.monotonic() + self.button_s

    def reset(self) -> None:
        """Forget every key, as after a factory reset."""
        self.flash.forget_keys()
        self._end_streams()

    def device_id(self, name: str) -> str:
        """The id of the device of that name ("Hall lamp"; scenes: "Kitchen/Relax")."""
        for device in self._devices.values():
            if device.name == name:
                return device.id
        raise UnknownDevice(f"The virtual bridge has no {name!r}.")

    def resource(self, device: str) -> Resource:
        """The live resource behind a device id."""
        return self.clip.resources[device.partition("/")[2]]

    def set_light(self, device: str, **features: Any) -> None:
        """Another app changes a light: ``set_light(id, on={"on": True}, dimming={...})``."""
        self.clip.put_light(self.resource(device), features)

    def sense(
        self,
        device: str,
        *,
        motion: bool | None = None,
        celsius: float | None = None,
        light_level: int | None = None,
        is_open: bool | None = None,
    ) -> None:
        """A sensor measures. ``light_level`` is the API's 10000 * log10(lux) + 1."""
        reports: dict[str, Resource] = {}
        if motion is not None:
            reports["motion"] = shapes.motion_report(motion)
        if celsius is not None:
            reports["temperature"] = shapes.temperature_report(celsius)
        if light_level is not None:
            reports["light_level"] = shapes.light_level_report(light_level)
        if is_open is not None:
            reports["contact"] = shapes.contact_report(is_open)
        for service in self.resource(device)["services"]:
            if report := reports.get(service["rtype"]):
                measured = self.clip.resources[service["rid"]]
                measured.update(report)
                self.clip.tell(measured, report)

    def add_lamp(self, lamp: Lamp) -> str:
        """Someone adds a bulb with the vendor's app; returns its device id."""
        *new, room = self.clip.registry.add_lamp(lamp)
        self._enlist()
        self._emit("add", new)
        self.clip.tell(room, {"children": room["children"]})
        return self.device_id(lamp.name)

    def babble(self, raw: bytes) -> None:
        """Send these bytes, whatever they are, to everybody who listens for events."""
        for queue in self._listeners:
            queue.put_nowait(raw)

    # What its interface asks of it ----------------------------------------------------------

    @property
    def fault(self) -> Fault:
        return self._itself.fault

    def fault_of(self, resource: str) -> Fault:
        device = self._by_resource.get(resource)
        return device.fault if device else Fault()

    @property
    def config(self) -> Resource:
        return shapes.config(self.bridge_id, self.name)

    @property
    def button_pressed(self) -> bool:
        return time.monotonic() < self._button_until

    def listen(self) -> asyncio.Queue[bytes | None]:
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        if not self._open:
            queue.put_nowait(None)
        self._listeners.add(queue)
        return queue

    def unlisten(self, queue: asyncio.Queue[bytes | None]) -> None:
        self._listeners.discard(queue)

    # Inside ---------------------------------------------------------------------------------

    @property
    def _instance(self) -> str:
        return f"Hue Bridge - {self.bridge_id[-6:].upper()}.{MDNS_TYPE}"

    def _emit(self, kind: str, items: list[Resource]) -> None:
        stamp = int(time.time())
        event = {
            "creationtime": shapes.now()[:19] + "Z",
            "data": items,
            "id": str(uuid4()),
            "type": kind,
        }
        data = json.dumps([event], separators=(",", ":"))
        message = f"id: {stamp}:{self._events_told}\ndata: {data}\n\n".encode()
        self._events_told += 1
        self.babble(message)

    def _end_streams(self) -> None:
        for queue in self._listeners:
            queue.put_nowait(None)

    def _stop_listening(self) -> None:
        self._open = False
        self._end_streams()

    def _enlist(self) -> None:
        """Give every lamp, scene and sensor its place among the devices that can go wrong."""
        rooms = {r["id"]: r["metadata"]["name"] for r in self.clip.of("room")}
        for resource in list(self.clip.resources.values()):
            name = resource.get("metadata", {}).get("name")
            measures = any(
                s["rtype"] in {"motion", "contact"} for s in resource.get("services", ())
            )
            if resource["type"] == "scene":
                name = f"{rooms[resource['group']['rid']]}/{name}"
            elif resource["type"] != "light" and not (resource["type"] == "device" and measures):
                continue
            device_id = f"hue:{self.bridge_id}/{resource['id']}"
            device = self._devices.setdefault(device_id, VirtualDevice(device_id, name))
            self._by_resource[resource["id"]] = device
            if resource["type"] == "light":
                self._by_resource[resource["owner"]["rid"]] = device

    async def _watch_faults(self) -> None:
        """Show what no request asks for: a lamp that lost its mains, a bridge that vanished."""
        while True:
            await asyncio.sleep(FAULT_LOOK_S)
            if self.fault.gone:
                self._end_streams()
            for radio in self.clip.of("zigbee_connectivity"):
                gone = self.fault_of(radio["owner"]["rid"]).gone
                status = "connectivity_issue" if gone else "connected"
                if radio["status"] != status:
                    radio["status"] = status
                    self.clip.tell(radio, {"status": status})
