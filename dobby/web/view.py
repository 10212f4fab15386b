"""The house as the page shows it: plain JSON, names as data."""

from __future__ import annotations

from typing import Any

from devices.capabilities import Capability, Power, Reading
from devices.device import Device
from devices.house import House
from dobby.agent.phrases import percent, predicate, temperature

QUIET = frozenset({"play_mode", "snapshot", "skip", "group"})  # said in chat, not on a tile


def house_view(house: House, fahrenheit: bool) -> dict[str, Any]:
    """Every room with its devices, and what waits to be paired."""
    rooms: dict[str, list[dict[str, Any]]] = {name: [] for name in house.rooms}
    for device in sorted(house.devices.values(), key=lambda d: (d.kind, d.name)):
        rooms.setdefault(device.room or "", []).append(device_view(house, device.id, fahrenheit))
    return {
        "rooms": [
            {"name": name, "floor": house.rooms[name].floor if name in house.rooms else None,
             "devices": devices}
            for name, devices in rooms.items()
        ],
        "strangers": [
            {"name": s.heard.name.partition(".")[0], "needs": s.needs, "says": s.message}
            for s in house.strangers.values()
            if s.needs
        ],
    }  # fmt: skip


def device_view(house: House, device_id: str, fahrenheit: bool) -> dict[str, Any]:
    """One device: what it is, whether it answers, and its state in a few words."""
    device = house.devices[device_id]
    state = house.state(device_id)
    return {
        "id": device.id,
        "name": device.name,
        "kind": device.kind,
        "room": device.room,
        "away": device.id in house.away,
        "active": _active(device, state),
        "says": "away" if device.id in house.away else _says(state, fahrenheit),
        "color": _color(state),
    }


def _says(state: dict[str, Capability], fahrenheit: bool) -> str:
    shown = [v for k, v in state.items() if k not in QUIET]
    power = state.get("power")
    if isinstance(power, Power):
        if not power.on:
            return "off"
        shown = [v for v in shown if v is not power] or [power]
    said = [
        _reading(v, fahrenheit)
        if isinstance(v, Reading)
        else predicate(v, False, fahrenheit).removeprefix("is ")
        for v in shown
    ]
    return ", ".join(part for part in said if part)


def _reading(reading: Reading, fahrenheit: bool) -> str:
    said: list[str] = []
    for name, value in reading.said().items():
        match name:
            case "temperature":
                said.append(temperature(value, fahrenheit))
            case "humidity":
                said.append(f"{percent(value)} humid")
            case "illuminance":
                said.append(f"{value:.0f} lux")
            case "contact":
                said.append("open" if value else "closed")
            case "motion" | "occupancy":
                said.append("someone moves" if value else "still")
            case "leak" | "smoke":
                said.append(name if value else f"no {name}")
            case "battery":
                said.append(f"battery {percent(value)}")
            case _:
                said.append(f"{name} {value:g}")
    return ", ".join(said)


def _active(device: Device, state: dict[str, Capability]) -> bool:
    """Whether the tile is lit: on, playing, open, unlocked."""
    facts = {kind: value.said() for kind, value in state.items()}
    if "power" in facts:
        return bool(facts["power"]["on"])
    if "playback" in facts:
        return facts["playback"]["state"] == "playing"
    if "lock" in facts:
        return not facts["lock"]["locked"]
    if "position" in facts:
        return facts["position"]["percent"] > 0
    if "climate" in facts:
        return facts["climate"].get("mode", "off") != "off"
    return False


def _color(state: dict[str, Capability]) -> str | None:
    color = state.get("color")
    if color is None:
        return None
    said = color.said()
    return f"hsl({said['hue']:.0f} {said['saturation']:.0f}% {100 - said['saturation'] / 2:.0f}%)"
