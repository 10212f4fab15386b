"""A device's state in the few words that fit on a tile."""

from __future__ import annotations

from collections.abc import Mapping

from devices.capabilities import (
    Brightness,
    Capability,
    Climate,
    Color,
    ColorTemperature,
    Group,
    Media,
    Movement,
    Mute,
    Playback,
    Power,
    Reading,
    Scene,
    Todo,
    Volume,
)
from devices.device import Device
from devices.house import House
from dobby.agent.phrases import color_name, predicate, white_name
from dobby.language.words import Words

QUIET = frozenset({"play_mode", "snapshot", "skip", "group"})  # said in the chat, not on a tile
BETWEEN = " · "
WHITE_BELOW = 35  # percent: incandescent white has about that much saturation
LOW_BATTERY = 20
FIRST = ("leak", "smoke", "contact", "motion", "occupancy")  # what happens, before what is measured


def says(house: House, device: Device, fahrenheit: bool) -> str:
    """What was last read of it; empty while nothing is known."""
    words = Words(fahrenheit=fahrenheit)
    if house.is_veiled(device.id):
        return "private"
    state = house.state(device.id)
    power = state.get("power")
    if isinstance(power, Power) and not power.on:
        measured = {k: v for k, v in state.items() if isinstance(v, Reading)}
        return BETWEEN.join(["off", *_parts(measured, words)])
    told = {"power", "playback", "media"}
    told.add("color_temperature" if is_colored(state.get("color")) else "color")
    rest = {k: v for k, v in state.items() if k not in QUIET | told}
    said = [*_music(house, device), *_parts(rest, words)]
    if power and not any(kind in rest for kind in ("brightness", "climate", "fan_speed")):
        said.insert(0, "on")
    return BETWEEN.join(said)


def is_colored(color: Capability | None) -> bool:
    """Whether a lamp shines in a colour rather than in a white."""
    return isinstance(color, Color) and color.saturation >= WHITE_BELOW


def _parts(state: Mapping[str, Capability], words: Words) -> list[str]:
    said = [_part(value, words) for value in state.values()]
    return [part for part in said if part]


def _part(value: Capability, words: Words) -> str:
    match value:
        case Brightness(percent=p):
            return words.percent(p)
        case Color():
            return color_name(value, words)
        case ColorTemperature(kelvin=kelvin):
            return white_name(kelvin, words)
        case Volume(percent=p):
            return f"volume {p:.0f}"
        case Scene(active=active):
            return "set" if active else ""
        case Movement(moving=moving):
            return "moving" if moving else ""  # at rest is how everything is that moves
        case Mute(muted=muted):
            return "muted" if muted else ""
        case Climate():
            return _climate(value, words)
        case Reading():
            return BETWEEN.join(_reading(value, words))
        case Todo(items=items):
            left = [item.text for item in items if not item.done]
            return ", ".join(left) or "nothing left to do"
        case _:
            return predicate(value, words).removeprefix("is ").removeprefix("has ")


def _music(house: House, device: Device) -> list[str]:
    """What plays, and with whom."""
    state = house.state(device.id)
    playback, media, group = (state.get(k) for k in ("playback", "media", "group"))
    title = ""
    if isinstance(media, Media):
        title = media.title or media.item or ""
        title += f" by {media.artist}" if media.title and media.artist else ""
    said: list[str] = []
    match playback:
        case Playback(state="playing"):
            said.append(title or "playing")
        case Playback(state="paused"):
            said.append(f"paused: {title}" if title else "paused")
        case Playback():
            said.append("silent")
        case _:
            said += [title] if title else []
    if isinstance(group, Group) and group.leader != device.id:
        leader = house.devices.get(group.leader)
        said.append(f"with {leader.name}" if leader else "in a group")
    return said


def _climate(climate: Climate, words: Words) -> str:
    said: list[str] = []
    if climate.current is not None:
        said.append(words.temperature(climate.current))
    if climate.mode == "off":
        said.append("off")
    elif climate.target is not None:
        verb = {"heat": "heating to", "cool": "cooling to"}.get(climate.mode or "", "set to")
        said.append(f"{verb} {words.temperature(climate.target)}")
    elif climate.mode:
        said.append(climate.mode)
    return BETWEEN.join(said)


def _reading(reading: Reading, words: Words) -> list[str]:
    said: list[str] = []
    fields = reading.said()
    for name in (*(n for n in FIRST if n in fields), *(n for n in fields if n not in FIRST)):
        value = fields[name]
        match name:
            case "temperature":
                said.append(words.temperature(value))
            case "humidity":
                said.append(f"{words.percent(value)} humid")
            case "illuminance":
                said.append(f"{value:.0f} lux")
            case "battery":
                said += [f"battery {words.percent(value)}"] if value <= LOW_BATTERY else []
            case "power":
                said.append(f"{value:.0f} W")
            case "energy":
                said.append(f"{value:.1f} kWh")
            case "co2":
                said.append(f"{value:.0f} ppm CO₂")
            case "flow":
                said.append(f"{words.number(value, 1)} {Reading.units[name]}")
            case "contact":
                said.append("open" if value else "closed")
            case "motion":
                said.append("motion" if value else "no motion")
            case "occupancy":
                said.append("occupied" if value else "nobody there")
            case _:  # leak, smoke
                said.append(name if value else f"no {name}")
    return said
