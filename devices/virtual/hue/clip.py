"""What a PUT does to the bridge's resources, and the events that follow from it."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from devices.virtual.faults import Fault
from devices.virtual.hue import shapes
from devices.virtual.hue.lamp import clamped, into_gamut, stepped, white_point
from devices.virtual.hue.registry import Registry
from devices.virtual.hue.shapes import Resource

Emit = Callable[[str, list[Resource]], None]  # event type, items
FaultOf = Callable[[str], Fault]  # by resource id

LIGHT_FIELDS = {"on", "dimming", "color", "color_temperature"}
IGNORED_FIELDS = {"dynamics", "alert", "identify", "signaling", "effects", "metadata"}
API_MIREK = (153, 500)


class BadRequest(Exception):
    """The bridge answers 400 with this description, and nothing was done."""


class Clip:
    """The resources and their behaviour; every change is told to ``emit``."""

    def __init__(self, registry: Registry, emit: Emit, fault_of: FaultOf) -> None:
        self.registry = registry
        self.resources = registry.resources
        self._emit = emit
        self._fault_of = fault_of
        for light in self.of("light"):
            self._regroup(light, tell=False)

    def of(self, kind: str) -> Iterator[Resource]:
        return (r for r in self.resources.values() if r["type"] == kind)

    def put(self, resource: Resource, body: Mapping[str, Any]) -> list[str]:
        """Carry a PUT out. Returns complaints (a 207's errors). Raises BadRequest."""
        match resource["type"]:
            case "light":
                return self.put_light(resource, body)
            case "grouped_light":
                return self._put_group(resource, body)
            case "scene":
                return self._recall(resource, body)
            case kind:
                raise BadRequest(f"resource of type {kind} cannot be written here")

    def put_light(self, light: Resource, body: Mapping[str, Any]) -> list[str]:
        wanted = self._validated(light, body)
        fault = self._fault_of(light["id"])
        if fault.refuse:
            raise BadRequest(f"device (light) {light['id']} refused the command")
        if fault.gone:
            return [_complaint(light, "has communication issues", wanted)]
        if fault.lie:
            return []
        stays_off = not light["on"]["on"] and not wanted.get("on", {}).get("on")
        if stays_off and wanted.keys() - {"on"}:
            return [_complaint(light, 'is "soft off"', wanted)]
        self.show(light, _settled(light, wanted))
        self._end_scenes(light)
        return []

    def show(self, light: Resource, values: Mapping[str, Resource]) -> None:
        """Set a light's values, tell what changed, and bring its groups up to date."""
        changed = {name: value for name, value in values.items() if not _holds(light[name], value)}
        if not changed:
            return
        for name, value in changed.items():
            light[name].update(copy.deepcopy(value))
        self.tell(light, changed, service_id=0)
        self._regroup(light)

    def tell(self, resource: Resource, changed: Mapping[str, Any], **more: object) -> None:
        """Emit an update of a resource with only what changed."""
        always = {k: resource[k] for k in ("id", "id_v1", "owner", "type") if k in resource}
        self._emit("update", [{**always, **copy.deepcopy(dict(changed)), **more}])

    def _validated(self, light: Resource, body: Mapping[str, Any]) -> dict[str, Any]:
        wanted: dict[str, Any] = {}
        for name, value in body.items():
            if name in IGNORED_FIELDS:
                continue
            if name not in LIGHT_FIELDS or name not in light:
                raise BadRequest(f"attribute ({name}) cannot be written")
            wanted[name] = value
        try:
            on = wanted.get("on", {"on": True})["on"]
            brightness = wanted.get("dimming", {"brightness": 1})["brightness"]
            mirek = wanted.get("color_temperature", {"mirek": 200})["mirek"]
            point = wanted.get("color", {"xy": {"x": 0, "y": 0}})["xy"]
            right = (
                isinstance(on, bool)
                and 0 <= brightness <= 100
                and API_MIREK[0] <= mirek <= API_MIREK[1]
                and all(0 <= point[axis] <= 1 for axis in ("x", "y"))
            )
        except (KeyError, TypeError) as error:
            raise BadRequest(f"body contains invalid value: {error}") from error
        if not right:
            raise BadRequest("parameter out of range")
        return wanted

    def _put_group(self, group: Resource, body: Mapping[str, Any]) -> list[str]:
        owner = self.resources[group["owner"]["rid"]]
        complaints: list[str] = []
        for light in self.registry.lights_of(owner):
            fitting = {name: value for name, value in body.items() if name in light}
            if fitting:
                complaints += self.put_light(light, fitting)
        return complaints

    def _recall(self, scene: Resource, body: Mapping[str, Any]) -> list[str]:
        recall = body.get("recall")
        action = cast("Resource", recall).get("action") if isinstance(recall, dict) else None
        if action not in ("active", "static", "dynamic_palette"):
            raise BadRequest("recall.action is missing or unknown")
        fault = self._fault_of(scene["id"])
        if fault.refuse:
            raise BadRequest(f"scene {scene['id']} refused the command")
        if fault.gone:
            return [_complaint(scene, "has communication issues", body)]
        if fault.lie:
            return []
        complaints: list[str] = []
        for step in scene["actions"]:
            try:
                complaints += self.put_light(self.resources[step["target"]["rid"]], step["action"])
            except BadRequest as error:
                complaints.append(str(error))
        self._activate(scene)
        return complaints

    def _activate(self, scene: Resource) -> None:
        for other in self.of("scene"):
            if other["group"] == scene["group"] and other is not scene:
                self._set_active(other, "inactive")
        scene["status"]["last_recall"] = shapes.now()
        self._set_active(scene, "static")

    def _end_scenes(self, light: Resource) -> None:
        """A light changed by itself: no scene of its room is on any more."""
        for scene in self.of("scene"):
            if any(step["target"]["rid"] == light["id"] for step in scene["actions"]):
                self._set_active(scene, "inactive")

    def _set_active(self, scene: Resource, active: str) -> None:
        if scene["status"]["active"] != active:
            scene["status"]["active"] = active
            self.tell(scene, {"status": scene["status"]})

    def _regroup(self, light: Resource, *, tell: bool = True) -> None:
        for group in self.of("grouped_light"):
            lights = list(self.registry.lights_of(self.resources[group["owner"]["rid"]]))
            if light not in lights:
                continue
            lit = [one for one in lights if one["on"]["on"]]
            levels = [one["dimming"]["brightness"] for one in lit if "dimming" in one]
            mean = round(sum(levels) / len(levels), 2) if levels else 0.0
            shown = {"on": {"on": bool(lit)}, "dimming": {"brightness": mean}}
            changed = {name: value for name, value in shown.items() if group[name] != value}
            group.update(copy.deepcopy(changed))
            if changed and tell:
                self.tell(group, changed)


def _settled(light: Resource, wanted: Mapping[str, Any]) -> dict[str, Resource]:
    """The values that the lamp can really take."""
    values = {name: dict(value) for name, value in wanted.items()}
    if "dimming" in values:
        values["dimming"] = {"brightness": stepped(values["dimming"]["brightness"])}
    if "color_temperature" in values:
        schema = light["color_temperature"]["mirek_schema"]
        low, high = schema["mirek_minimum"], schema["mirek_maximum"]
        mirek = clamped(int(values["color_temperature"]["mirek"]), low, high)
        values["color_temperature"] = {"mirek": mirek, "mirek_valid": True}
        if "color" in light:
            values["color"] = {"xy": shapes.xy(white_point(mirek))}
    elif "color" in values:
        point = values["color"]["xy"]
        values["color"] = {"xy": shapes.xy(into_gamut((point["x"], point["y"])))}
        values["color_temperature"] = {"mirek": None, "mirek_valid": False}
    return values


def _holds(feature: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    return all(feature.get(name) == value for name, value in values.items())


def _complaint(resource: Resource, trouble: str, fields: Mapping[str, Any]) -> str:
    device = f"device ({resource['type']}) {resource['id']}"
    return f"{device} {trouble}, command ({', '.join(sorted(fields))}) may not have effect"
