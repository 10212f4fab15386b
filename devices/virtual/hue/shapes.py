"""The resources of CLIP v2, in the shapes that a recorded bridge gives them.

Each function returns one resource as the bridge would serve it. Shapes of ``room``, ``zone``,
``scene`` and ``contact``, which the recording lacks, follow the vendor's API reference
(hue-api-v2).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from devices.virtual.hue.furnishing import Lamp, SceneLook
from devices.virtual.hue.lamp import GAMUT_C, stepped, white_point

Resource = dict[str, Any]

MIREK_LIMITS = {"ambiance": (153, 454), "color": (153, 500)}
PRODUCTS = {
    "white": ("LWA011", "Hue white lamp", "classic_bulb"),
    "ambiance": ("LTA001", "Hue ambiance lamp", "classic_bulb"),
    "color": ("LCA001", "Hue color lamp", "sultan_bulb"),
    "plug": ("LOM007", "Hue Smart plug", "plug"),
}
EFFECTS = ["no_effect", "candle", "fire", "colorloop"]


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def ref(resource: Resource) -> dict[str, str]:
    return {"rid": resource["id"], "rtype": resource["type"]}


def device(
    rid: str, id_v1: str, name: str, archetype: str, product: tuple[str, str, str]
) -> Resource:
    model, product_name, product_archetype = product
    return {
        "id": rid,
        "id_v1": id_v1,
        "identify": {},
        "metadata": {"archetype": archetype, "name": name},
        "product_data": {
            "certified": True,
            "manufacturer_name": "Signify Netherlands B.V.",
            "product_archetype": product_archetype,
            "product_name": product_name,
            "software_version": "1.104.2",
            "model_id": model,
        },
        "services": [],
        "type": "device",
    }


def light(rid: str, lamp: Lamp, owner: Resource) -> Resource:
    made: Resource = {
        "alert": {"action_values": ["breathe"]},
        "dynamics": {
            "speed": 0,
            "speed_valid": False,
            "status": "none",
            "status_values": ["none", "dynamic_palette"],
        },
        "effects": {"effect_values": EFFECTS, "status": "no_effect", "status_values": EFFECTS},
        "timed_effects": {},
        "identify": {},
        "id": rid,
        "id_v1": owner["id_v1"],
        "metadata": {"name": lamp.name, "function": "mixed", "archetype": lamp.archetype},
        "mode": "normal",
        "on": {"on": lamp.on},
        "owner": ref(owner),
        "product_data": {"function": "mixed"},
        "signaling": {"signal_values": ["no_signal", "on_off"]},
        "powerup": {
            "preset": "last_on_state",
            "configured": True,
            "on": {"mode": "on", "on": {"on": True}},
            "dimming": {"mode": "previous"},
        },
        "service_id": 0,
        "type": "light",
    }
    if lamp.kind != "plug":
        made["dimming"] = {"brightness": stepped(lamp.brightness), "min_dim_level": 0.1}
        made["dimming_delta"] = {}
    if limits := MIREK_LIMITS.get(lamp.kind):
        made["color_temperature"] = {
            "mirek": 366,
            "mirek_schema": {"mirek_maximum": limits[1], "mirek_minimum": limits[0]},
            "mirek_valid": True,
        }
        made["color_temperature_delta"] = {}
    if lamp.kind == "color":
        corners = zip(("red", "green", "blue"), GAMUT_C, strict=True)
        made["color"] = {
            "gamut": {name: xy(point) for name, point in corners},
            "gamut_type": "C",
            "xy": xy(white_point(366)),
        }
    return made


def xy(point: tuple[float, float]) -> dict[str, float]:
    return {"x": point[0], "y": point[1]}


def grouped_light(rid: str, id_v1: str, owner: Resource) -> Resource:
    return {
        "alert": {"action_values": ["breathe"]},
        "color": {},
        "dimming": {"brightness": 0.0},
        "dimming_delta": {},
        "dynamics": {},
        "id": rid,
        "id_v1": id_v1,
        "on": {"on": False},
        "type": "grouped_light",
        "owner": ref(owner),
        "signaling": {"signal_values": ["no_signal", "on_off"]},
    }


def room(rid: str, id_v1: str, name: str, archetype: str) -> Resource:
    return {
        "children": [],
        "id": rid,
        "id_v1": id_v1,
        "metadata": {"name": name, "archetype": archetype},
        "services": [],
        "type": "room",
    }


def zone(rid: str, id_v1: str, name: str, lights: list[Resource]) -> Resource:
    return {
        **room(rid, id_v1, name, "other"),
        "children": [ref(light) for light in lights],
        "type": "zone",
    }


def scene(rid: str, look: SceneLook, group: Resource, lights: list[Resource]) -> Resource:
    return {
        "actions": [
            {"target": ref(lit), "action": _action(look, lit)} for lit in lights if "dimming" in lit
        ],
        "auto_dynamic": False,
        "group": ref(group),
        "id": rid,
        "id_v1": f"/scenes/{rid[:15]}",
        "metadata": {"name": look.name},
        "palette": {"color": [], "color_temperature": [], "dimming": [], "effects": []},
        "recall": {},
        "speed": 0.5,
        "status": {"active": "inactive"},
        "type": "scene",
    }


def _action(look: SceneLook, lit: Resource) -> Resource:
    action: Resource = {"on": {"on": True}, "dimming": {"brightness": look.brightness}}
    if look.xy is not None and "color" in lit:
        action["color"] = {"xy": xy(look.xy)}
    elif "color_temperature" in lit:
        action["color_temperature"] = {"mirek": look.mirek}
    return action


def zigbee(rid: str, id_v1: str, number: int, owner: Resource) -> Resource:
    return {
        "id": rid,
        "id_v1": id_v1,
        "mac_address": f"00:17:88:01:00:{number >> 8 & 255:02x}:{number & 255:02x}:6e",
        "owner": ref(owner),
        "status": "connected",
        "type": "zigbee_connectivity",
    }


def sensor(rid: str, kind: str, owner: Resource, measured: Resource) -> Resource:
    """A ``motion``, ``light_level``, ``temperature`` or ``contact`` service."""
    made: Resource = {
        "enabled": True,
        "id": rid,
        "id_v1": owner["id_v1"],
        "owner": ref(owner),
        "type": kind,
        **measured,
    }
    if kind == "motion":
        made["sensitivity"] = {"status": "set", "sensitivity": 2, "sensitivity_max": 2}
    return made


def motion_report(motion: bool) -> Resource:
    return {"motion": {"motion_report": {"changed": now(), "motion": motion}}}


def light_level_report(level: int) -> Resource:
    return {"light": {"light_level_report": {"changed": now(), "light_level": level}}}


def temperature_report(celsius: float) -> Resource:
    return {"temperature": {"temperature_report": {"changed": now(), "temperature": celsius}}}


def contact_report(is_open: bool) -> Resource:
    state = "no_contact" if is_open else "contact"
    return {"contact_report": {"changed": now(), "state": state}}


def device_power(rid: str, owner: Resource, percent: int = 100) -> Resource:
    return {
        "id": rid,
        "id_v1": owner["id_v1"],
        "owner": ref(owner),
        "power_state": {"battery_level": percent, "battery_state": "normal"},
        "type": "device_power",
    }


def button(rid: str, number: int, owner: Resource) -> Resource:
    events = ["initial_press", "repeat", "short_release", "long_release", "long_press"]
    return {
        "id": rid,
        "id_v1": owner["id_v1"],
        "owner": ref(owner),
        "metadata": {"control_id": number},
        "button": {
            "last_event": "initial_press",
            "button_report": {"updated": now(), "event": "initial_press"},
            "repeat_interval": 800,
            "event_values": events,
        },
        "type": "button",
    }


def bridge(rid: str, bridge_id: str, owner: Resource) -> Resource:
    return {
        "bridge_id": bridge_id,
        "id": rid,
        "id_v1": "",
        "owner": ref(owner),
        "time_zone": {"time_zone": "Europe/London"},
        "type": "bridge",
    }


def bridge_home(rid: str, children: list[Resource]) -> Resource:
    return {
        "children": [ref(c) for c in children],
        "id": rid,
        "id_v1": "/groups/0",
        "services": [],
        "type": "bridge_home",
    }


def config(bridge_id: str, name: str) -> Resource:
    """What anybody may read, without a key: ``/api/0/config``."""
    digits = bridge_id[:6] + bridge_id[10:]
    return {
        "name": name,
        "datastoreversion": "126",
        "swversion": "1967054020",
        "apiversion": "1.67.0",
        "mac": ":".join(digits[i : i + 2] for i in range(0, 12, 2)),
        "bridgeid": bridge_id.upper(),
        "factorynew": False,
        "replacesbridgeid": None,
        "modelid": "BSB002",
        "starterkitid": "",
    }
