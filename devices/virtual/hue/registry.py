"""Builds the resources of a furnished bridge; ids are derived, so they outlive a restart."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid5

from devices.virtual.hue import shapes
from devices.virtual.hue.furnishing import Furnishing, Lamp
from devices.virtual.hue.shapes import Resource

NAMESPACE = UUID("6f1c2d4e-8a53-4f0b-9d1e-2b7a45c09e10")
MOTION_SENSOR = ("SML001", "Hue motion sensor", "unknown_archetype")
CONTACT_SENSOR = ("SOC001", "Hue secure contact sensor", "unknown_archetype")
DIMMER_SWITCH = ("RWL021", "Hue dimmer switch", "unknown_archetype")
BRIDGE = ("BSB002", "Philips hue", "bridge_v2")


class Registry:
    """Resources by id, as they are made; ``Registry(...).resources`` is the whole bridge."""

    def __init__(self, bridge_id: str, name: str, furnishing: Furnishing) -> None:
        self.resources: dict[str, Resource] = {}
        self._bridge_id = bridge_id
        self._numbers: dict[str, int] = {}
        self._rooms: dict[str, Resource] = {}
        self._build_bridge(name)
        for room, archetype in furnishing.rooms.items():
            self._build_room(room, archetype)
        for lamp in furnishing.lamps:
            self.add_lamp(lamp)
        for motion_sensor, room in furnishing.motion_sensors.items():
            self._build_motion_sensor(motion_sensor, room)
        for contact_sensor, room in furnishing.contact_sensors.items():
            self._build_contact_sensor(contact_sensor, room)
        for switch, room in furnishing.switches.items():
            self._build_switch(switch, room)
        for room, looks in furnishing.scenes.items():
            lights = list(self.lights_of(self._rooms[room]))
            for look in looks:
                rid = self._id("scene", f"{room}/{look.name}")
                self._keep(shapes.scene(rid, look, self._rooms[room], lights))
        for zone, lamps in furnishing.zones.items():
            self._build_zone(zone, lamps)
        home = self._keep(
            shapes.bridge_home(self._id("bridge_home", ""), list(self._rooms.values()))
        )
        self._group(home, "/groups/0")

    def lights_of(self, room: Resource) -> Iterator[Resource]:
        """The lights of a room, a zone, or the whole home."""
        for child in room["children"]:
            owner = self.resources[child["rid"]]
            if owner["type"] == "light":
                yield owner
                continue
            if owner["type"] == "room":
                yield from self.lights_of(owner)
            for service in owner["services"]:
                if service["rtype"] == "light":
                    yield self.resources[service["rid"]]

    def add_lamp(self, lamp: Lamp) -> list[Resource]:
        """Device, light and radio of a new lamp; its room, if changed, comes last."""
        device = self._device(lamp.name, "/lights", lamp.archetype, shapes.PRODUCTS[lamp.kind])
        light = self._serve(device, shapes.light(self._id("light", lamp.name), lamp, device))
        zigbee = self._add_radio(device)
        room = self._rooms[lamp.room]
        room["children"].append(shapes.ref(device))
        return [device, light, zigbee, room]

    def _build_bridge(self, name: str) -> None:
        device = self._keep(
            shapes.device(self._id("device", "bridge"), "", name, "bridge_v2", BRIDGE)
        )
        self._serve(device, shapes.bridge(self._id("bridge", ""), self._bridge_id, device))

    def _build_room(self, name: str, archetype: str) -> None:
        id_v1 = self._number("/groups")
        room = self._keep(shapes.room(self._id("room", name), id_v1, name, archetype))
        self._group(room, id_v1)
        self._rooms[name] = room

    def _build_zone(self, name: str, lamps: tuple[str, ...]) -> None:
        id_v1 = self._number("/groups")
        lights = [self.resources[self._id("light", lamp)] for lamp in lamps]
        zone = self._keep(shapes.zone(self._id("zone", name), id_v1, name, lights))
        self._group(zone, id_v1)

    def _build_motion_sensor(self, name: str, room: str) -> None:
        device = self._device(name, "/sensors", "unknown_archetype", MOTION_SENSOR)
        for kind, measured in (
            ("motion", shapes.motion_report(motion=False)),
            ("light_level", shapes.light_level_report(12000)),
            ("temperature", shapes.temperature_report(21.0)),
        ):
            self._serve(device, shapes.sensor(self._id(kind, name), kind, device, measured))
        self._add_battery(device)
        self._add_radio(device)
        self._rooms[room]["children"].append(shapes.ref(device))

    def _build_contact_sensor(self, name: str, room: str) -> None:
        device = self._device(name, "/sensors", "unknown_archetype", CONTACT_SENSOR)
        measured = shapes.contact_report(is_open=False)
        self._serve(device, shapes.sensor(self._id("contact", name), "contact", device, measured))
        self._add_battery(device)
        self._add_radio(device)
        self._rooms[room]["children"].append(shapes.ref(device))

    def _build_switch(self, name: str, room: str) -> None:
        device = self._device(name, "/sensors", "unknown_archetype", DIMMER_SWITCH)
        for number in range(1, 5):
            self._serve(
                device, shapes.button(self._id("button", f"{name}{number}"), number, device)
            )
        self._add_battery(device)
        self._add_radio(device)
        self._rooms[room]["children"].append(shapes.ref(device))

    def _add_battery(self, device: Resource) -> None:
        self._serve(device, shapes.device_power(self._id("device_power", device["id"]), device))

    def _add_radio(self, device: Resource) -> Resource:
        rid = self._id("zigbee_connectivity", device["id"])
        number = self._numbers["/lights"] + self._numbers.get("/sensors", 0)
        return self._serve(device, shapes.zigbee(rid, device["id_v1"], number, device))

    def _device(
        self, name: str, v1: str, archetype: str, product: tuple[str, str, str]
    ) -> Resource:
        rid = self._id("device", name)
        return self._keep(shapes.device(rid, self._number(v1), name, archetype, product))

    def _group(self, owner: Resource, id_v1: str) -> None:
        rid = self._id("grouped_light", owner["id"])
        self._serve(owner, shapes.grouped_light(rid, id_v1, owner))

    def _serve(self, owner: Resource, service: Resource) -> Resource:
        owner["services"].append(shapes.ref(service))
        return self._keep(service)

    def _keep(self, resource: Resource) -> Resource:
        self.resources[resource["id"]] = resource
        return resource

    def _id(self, kind: str, name: str) -> str:
        return str(uuid5(NAMESPACE, f"{self._bridge_id}/{kind}/{name}"))

    def _number(self, v1: str) -> str:
        self._numbers[v1] = self._numbers.get(v1, 0) + 1
        return f"{v1}/{self._numbers[v1]}"
