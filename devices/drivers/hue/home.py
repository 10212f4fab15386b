"""What a bridge has, as devices and states: its resources, parsed one by one with aiohue."""

# pyright: reportMissingTypeStubs=false
# aiohue is annotated, but ships no py.typed.

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from aiohue.util import dataclass_from_dict  # pyright: ignore[reportUnknownVariableType]
from aiohue.v2.models.contact import Contact
from aiohue.v2.models.device import Device as HueDevice
from aiohue.v2.models.device import DeviceArchetypes
from aiohue.v2.models.device_power import DevicePower
from aiohue.v2.models.light import Light
from aiohue.v2.models.light_level import LightLevel
from aiohue.v2.models.motion import Motion
from aiohue.v2.models.resource import ResourceTypes
from aiohue.v2.models.room import Room
from aiohue.v2.models.scene import Scene as HueScene
from aiohue.v2.models.temperature import Temperature
from aiohue.v2.models.zone import Zone

from devices.capabilities import State
from devices.device import Ability, Device, clean_name
from devices.drivers.hue import states
from devices.drivers.hue.connection import Raw
from devices.drivers.hue.groups import groups_of

log = logging.getLogger(__name__)

T = TypeVar("T")
MODELS: dict[str, type[Any]] = {
    "contact": Contact,
    "device": HueDevice,
    "device_power": DevicePower,
    "light": Light,
    "light_level": LightLevel,
    "motion": Motion,
    "room": Room,
    "scene": HueScene,
    "temperature": Temperature,
    "zone": Zone,
}
MEASURING = {"motion", "temperature", "light_level", "contact"}
STRUCTURE = {"metadata", "services", "children", "product_data", "group"}  # what devices hang on
LOST = {"disconnected", "connectivity_issue"}


@dataclass(frozen=True)
class Thing:
    """A device of ours, and where it lives on the bridge."""

    device: Device
    resource: str  # what is read and written: "light/<id>", "scene/<id>"; "" for a sensor
    parts: tuple[str, ...]  # ids of the resources that make up its state
    radio: str | None = None  # id of its zigbee_connectivity


def parsed(raw: Raw, model: type[T]) -> T | None:
    """The resource as aiohue's model; None, and a line in the log, when it makes no sense."""
    try:
        return dataclass_from_dict(model, raw)
    except (KeyError, TypeError, ValueError) as error:
        log.warning("unreadable Hue %s %s: %s", raw.get("type"), raw.get("id"), error)
        return None


class HueHome:
    """The resources of one bridge as last heard, and the things they make up."""

    def __init__(self, bridge_id: str, resources: Iterable[Raw]) -> None:
        self._family = f"hue:{bridge_id}"
        self._raw: dict[str, Raw] = {str(r["id"]): r for r in resources if "id" in r}
        self.things: dict[str, Thing] = {}
        self.groups: dict[str, frozenset[str]] = {}  # grouped_light id -> its lamps; largest first
        self._owner: dict[str, str] = {}  # resource id -> device id
        self._rebuild()

    @property
    def bridge_id(self) -> str:
        """As the bridge itself says it; empty when it does not."""
        said = (r.get("bridge_id") for r in self._raw.values() if r.get("type") == "bridge")
        return str(next(said, "")).lower()

    @property
    def devices(self) -> tuple[Device, ...]:
        return tuple(thing.device for thing in self.things.values())

    def reachable(self, device: str) -> bool:
        """Whether the bridge itself can reach it; scenes always."""
        radio = self.things[device].radio
        return radio is None or self._raw[radio].get("status") not in LOST

    def light(self, device: str) -> Light:
        """The light behind a device. Raises ValueError when it makes no sense."""
        light = parsed(self._raw[self.things[device].parts[0]], Light)
        if light is None:
            raise ValueError("an unreadable light")
        return light

    def state(self, device: str, fresh: Iterable[Raw] | None = None) -> State:
        """Its state from what was last heard, or from ``fresh`` resources alone.

        Raises ValueError when they make no sense.
        """
        thing = self.things[device]
        known = self._raw if fresh is None else {str(r.get("id")): r for r in fresh}
        state = states.state_of(self._models(known[p] for p in thing.parts if p in known))
        if thing.resource and not state:
            raise ValueError("an unreadable state")
        return state

    def hear(self, kind: str, items: Iterable[Raw]) -> set[str]:
        """Take an event in (``add``, ``update``, ``delete``).

        Returns the ids of the devices whose state it touches; ``things`` is up to date.
        """
        touched: set[str] = set()
        rebuilt = False
        for item in items:
            rid = str(item.get("id", item.get("rid", "")))
            touched.add(self._owner.get(rid, ""))
            if kind == "update":
                changed = rid in self._raw and _merge(self._raw[rid], item)
                rebuilt |= changed and not STRUCTURE.isdisjoint(item)
            else:
                rebuilt = True
                self._raw.pop(rid, None)
                if kind == "add" and rid:
                    self._raw[rid] = item
        if rebuilt:
            self._rebuild()
        return touched & self.things.keys()

    def _models(self, resources: Iterable[Raw]) -> Iterator[object]:
        for raw in resources:
            model = MODELS.get(str(raw.get("type")))
            if model is not None and (made := parsed(raw, model)) is not None:
                yield made

    def _all(self, kind: str, model: type[T]) -> Iterator[T]:
        for raw in self._raw.values():
            if raw.get("type") == kind and (made := parsed(raw, model)) is not None:
                yield made

    def _rebuild(self) -> None:
        rooms = list(self._all("room", Room))
        room_of = {c.rid: clean_name(r.metadata.name) for r in rooms for c in r.children}
        things: list[Thing] = []
        for device in self._all("device", HueDevice):
            room = room_of.get(device.id)
            things += self._lights(device, room)
            things += self._sensors(device, room)
        things += self._scenes({r.id: clean_name(r.metadata.name) for r in rooms})
        self.things = {thing.device.id: thing for thing in things}
        self._owner = {
            part: thing.device.id
            for thing in things
            for part in (*thing.parts, *([thing.radio] if thing.radio else []))
        }
        self.groups = {
            group: frozenset(self._owner[light] for light in lights)
            for group, lights in groups_of(self._raw).items()
            if lights <= self._owner.keys()  # else it sets one that we do not even know
        }

    def _lights(self, owner: HueDevice, room: str | None) -> Iterator[Thing]:
        lights, stamped = self._services(owner, "light"), self._serial(owner)
        plug = owner.metadata.archetype is DeviceArchetypes.PLUG
        for number, raw in enumerate(lights):
            light = parsed(raw, Light)
            if light is None:
                continue
            own_name = light.metadata.name if light.metadata and len(lights) > 1 else None
            device = Device(
                id=f"{self._family}/{light.id}",
                name=clean_name(own_name or owner.metadata.name),
                kind="outlet" if plug else "light",
                room=room,
                abilities=states.light_abilities(light),
                maker=clean_name(owner.product_data.manufacturer_name),
                model=_model(owner),
                serial=f"{stamped}/{number}" if number else stamped,
            )
            yield Thing(device, f"light/{light.id}", (light.id,), self._radio(owner))

    def _sensors(self, owner: HueDevice, room: str | None) -> Iterator[Thing]:
        measuring = [s.rid for s in owner.services if s.rtype.value in MEASURING]
        if not measuring:
            return
        batteries = [str(raw["id"]) for raw in self._services(owner, "device_power")]
        device = Device(
            id=f"{self._family}/{owner.id}",
            name=clean_name(owner.metadata.name),
            kind="sensor",
            room=room,
            abilities=(Ability(kind="reading"),),
            maker=clean_name(owner.product_data.manufacturer_name),
            model=_model(owner),
            serial=self._serial(owner),
        )
        yield Thing(device, "", (*measuring, *batteries), self._radio(owner))

    def _scenes(self, rooms: Mapping[str, str]) -> Iterator[Thing]:
        zones = {zone.id: zone.metadata.name for zone in self._all("zone", Zone)}
        for scene in self._all("scene", HueScene):
            zone = zones.get(scene.group.rid)
            name = f"{zone} {scene.metadata.name}" if zone else scene.metadata.name
            device = Device(
                id=f"{self._family}/{scene.id}",
                name=clean_name(name),
                kind="scene",
                room=rooms.get(scene.group.rid),
                abilities=(Ability(kind="scene"),),
                maker="Philips Hue",
            )
            yield Thing(device, f"scene/{scene.id}", (scene.id,))

    def _services(self, owner: HueDevice, kind: str) -> list[Raw]:
        rids = [s.rid for s in owner.services if s.rtype is ResourceTypes(kind)]
        return [self._raw[rid] for rid in rids if rid in self._raw]

    def _serial(self, owner: HueDevice) -> str:
        """The address burned into its radio: the same behind another bridge, or one reset."""
        radios = self._services(owner, "zigbee_connectivity")
        return clean_name(str(radios[0].get("mac_address", ""))) if radios else ""

    def _radio(self, owner: HueDevice) -> str | None:
        radios = self._services(owner, "zigbee_connectivity")
        return str(radios[0]["id"]) if radios else None


def _model(owner: HueDevice) -> str:
    product = owner.product_data
    return clean_name(f"{product.product_name} ({product.model_id})")


def _merge(known: Raw, news: Raw) -> bool:
    """Put an update's fields in place; returns whether anything changed.

    A lamp is in white or in colour mode. The vendor's bridges say so in ``mirek_valid``; others
    send only the new value, which says it as well.
    """
    changed = _deep(known, news)
    white = known.get("color_temperature")
    if isinstance(white, dict) and white:
        told = news.get("color_temperature")
        if isinstance(told, dict) and cast("Raw", told).get("mirek") is not None:
            cast("Raw", white)["mirek_valid"] = True
        elif "color" in news:
            cast("Raw", white).update(mirek=None, mirek_valid=False)
    return changed


def _deep(known: Raw, news: Raw) -> bool:
    changed = False
    for key, value in news.items():
        inner = known.get(key)
        if isinstance(value, dict) and isinstance(inner, dict):
            changed |= _deep(cast("Raw", inner), cast("Raw", value))
        elif inner != value:
            known[key] = value
            changed = True
    return changed
