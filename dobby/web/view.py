"""The house as the page shows it: plain JSON, names as data, states as last read."""

from __future__ import annotations

from typing import Any, TypeVar

from devices.capabilities import (
    Alarm,
    Brightness,
    Capability,
    Chore,
    Climate,
    Color,
    ColorTemperature,
    FanSpeed,
    Lock,
    Playback,
    Position,
    Power,
    Reading,
    Scene,
    State,
    Timers,
    Volume,
)
from devices.device import KINDS, Device
from devices.house import House
from dobby.web.words import is_colored, says

C = TypeVar("C", bound=Capability)


def house_view(house: House, fahrenheit: bool) -> dict[str, Any]:
    """Every room with its devices, and what waits to be paired."""
    rooms: dict[str, list[dict[str, Any]]] = {name: [] for name in house.rooms}
    for device in sorted(house.devices.values(), key=_order):
        rooms.setdefault(device.room or "", []).append(device_view(house, device.id, fahrenheit))
    return {
        "rooms": [
            {
                "name": name,
                "floor": house.rooms[name].floor if name in house.rooms else None,
                "devices": devices,
            }
            for name, devices in rooms.items()
        ],
        "strangers": [
            {
                "key": key,
                "family": stranger.family,
                "name": stranger.name,
                "needs": stranger.needs,
                "says": stranger.message,
            }
            for key, stranger in house.strangers.items()
            if stranger.needs
        ],
    }


def device_view(house: House, device_id: str, fahrenheit: bool) -> dict[str, Any]:
    """One device: what it is, whether it answers, and its state in a few words."""
    device = house.devices[device_id]
    state = house.state(device_id)
    away = device.id in house.away
    return {
        "id": device.id,
        "name": device.name,
        "kind": device.kind,
        "room": device.room,
        "away": away,
        "active": not away and _active(device, state),
        "says": "away" if away else says(house, device, fahrenheit),
        "level": None if away else _level(device, state),
        "color": None if away else _color(state),
    }


def _of(state: State, kind: type[C]) -> C | None:
    value = state.get(kind.kind)
    return value if isinstance(value, kind) else None


def _order(device: Device) -> tuple[int, str]:
    kind = KINDS.index(device.kind) if device.kind in KINDS else len(KINDS)
    return kind, device.name.casefold()


def _active(device: Device, state: State) -> bool:
    """Whether the tile is lit: on, playing, open, unlocked, at work."""
    if device.kind == "shade":  # neither end of it is "on"
        return False
    if power := _of(state, Power):
        return power.on
    if playback := _of(state, Playback):
        return playback.state == "playing"
    return any(_is_active(value) for value in state.values())


def _is_active(value: Capability) -> bool:
    match value:
        case Lock(locked=locked):
            return not locked
        case Position(percent=percent) | FanSpeed(percent=percent):
            return percent > 0
        case Climate(mode=mode):
            return mode not in (None, "off")
        case Alarm(mode=mode):
            return mode != "disarmed"
        case Chore(activity=activity):
            return activity == "working"
        case Scene(active=active):
            return active
        case Timers(entries=entries):
            return bool(entries)
        case Reading():
            return any((value.contact, value.motion, value.occupancy, value.leak, value.smoke))
        case _:
            return False


def _level(device: Device, state: State) -> float | None:
    """How bright, loud, open or fast, in percent; None while it is off or has no such thing."""
    if position := _of(state, Position):
        return position.percent
    if not _active(device, state):
        return None
    for kind in (Brightness, FanSpeed, Volume):
        if value := _of(state, kind):
            return value.percent
    return None


def _color(state: State) -> str | None:
    """The colour of a light that is on, for CSS."""
    power = _of(state, Power)
    if power and not power.on:
        return None
    color = _of(state, Color)
    white = _of(state, ColorTemperature)
    if white and not is_colored(color):
        warmth = min(max((6500 - white.kelvin) / 4300, 0.0), 1.0)
        return f"hsl(38 {20 + 75 * warmth:.0f}% {84 - 20 * warmth:.0f}%)"
    if color:
        return f"hsl({color.hue:.0f} {color.saturation:.0f}% {88 - color.saturation * 0.33:.0f}%)"
    return None
