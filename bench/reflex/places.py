"""A house of Home Assistant's, as a house file of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KINDS = {
    "light": "light", "switch": "switch", "fan": "fan", "lock": "lock", "media_player": "tv",
    "climate": "thermostat", "scene": "scene", "script": "scene", "vacuum": "vacuum",
    "lawn_mower": "mower", "valve": "valve", "todo": "list", "sensor": "sensor",
    "binary_sensor": "sensor",
}  # fmt: skip
_COVERS = {"garage": "garage", "gate": "gate", "door": "gate", "window": "window"}

_STATES: dict[str, dict[str, Any]] = {
    "light": {"power": False, "brightness": 50, "color": {"hue": 300, "saturation": 3},
              "color_temperature": 3333},
    "switch": {"power": False},
    "fan": {"power": False, "fan_speed": 33},
    "lock": {"lock": True},
    "tv": {"power": True, "volume": 50, "mute": False, "playback": "playing",
           "media": {"item": "Radio", "title": "Prelude"}, "skip": "next"},
    "thermostat": {"climate": {"mode": "heat", "target": 20.5, "current": 19.5}},
    "scene": {"scene": False},
    "vacuum": {"chore": "docked"},
    "mower": {"chore": "docked"},
    "valve": {"position": 40},
    "list": {"todo": [{"text": "apples"}]},
    "sensor": {"reading": {"temperature": 19, "battery": 80}},
    "timer": {"timers": []},
}  # fmt: skip


_SWITCHED = {"on": True, "off": False}
_READINGS = {  # their device class -> our field of a reading, for on and off
    "door": "contact", "window": "contact", "garage_door": "contact", "opening": "contact",
    "motion": "motion", "moving": "motion", "occupancy": "occupancy",
    "moisture": "leak", "smoke": "smoke",
}  # fmt: skip
_MEASURED = {
    "temperature": "temperature", "humidity": "humidity", "illuminance": "illuminance",
    "battery": "battery", "power": "power", "energy": "energy", "carbon_dioxide": "co2",
}  # fmt: skip


@dataclass(frozen=True)
class Thing:
    """An entity of theirs as a device of ours."""

    key: str
    name: str
    domain: str
    area: str | None = None
    device_class: str = ""
    state: str = ""  # as they have it
    unit: str = ""
    shopping: bool = False  # the list that is meant where none is named

    @property
    def kind(self) -> str | None:
        if self.domain == "cover":
            return _COVERS.get(self.device_class, "shade")
        if self.domain in ("sensor", "binary_sensor") and self.state:
            return "sensor" if self.reading else None
        return "timer" if self.domain == "timer" else KINDS.get(self.domain)

    @property
    def reading(self) -> dict[str, Any]:
        """What it measures, in our units; nothing where we have no field for it."""
        if self.domain == "binary_sensor":
            field = _READINGS.get(self.device_class or _guessed(self.name))
            return {field: _SWITCHED[self.state]} if field and self.state in _SWITCHED else {}
        field = _MEASURED.get(self.device_class or ("temperature" if "°" in self.unit else ""))
        if not field:
            return {}
        value = float(self.state)
        return {field: round((value - 32) / 1.8, 1) if self.unit == "°F" else value}

    @property
    def known(self) -> dict[str, Any]:
        """The part of our state that theirs tells."""
        match self.kind, self.state:
            case (("light" | "switch" | "fan"), ("on" | "off")):
                return {"power": _SWITCHED[self.state]}
            case (("shade" | "window" | "garage" | "gate" | "valve"), ("open" | "closed")):
                return {"position": self.state}
            case "lock", ("locked" | "unlocked"):
                return {"lock": self.state}
            case "sensor", _ if self.state:
                return {"reading": self.reading}
            case _:
                return {}

    def declared(self) -> dict[str, Any]:
        """Its entry in a house file."""
        kind = self.kind or "unknown"
        state = {**_STATES.get(kind, {"position": 40}), **self.known}
        can: list[Any] = [ability for ability in state if ability != "skip"]
        if kind == "tv":
            can.append("skip")
        state.pop("skip", None)
        return {"name": self.name, "kind": kind, "room": self.area, "can": can, "state": state}


def _guessed(name: str) -> str:
    """The device class that a name without one tells: ``Patio Door``."""
    words = name.casefold().split()
    return next((w for w in words if w in _READINGS), "occupancy" if "sensor" in words else "")


@dataclass(frozen=True)
class Place:
    """A house of theirs."""

    things: tuple[Thing, ...]
    floors: Mapping[str, str | None]  # area -> floor
    fahrenheit: bool = False

    def declared(self, language: str = "en") -> dict[str, Any]:
        """The house file."""
        return {
            "language": language,
            "units": "fahrenheit" if self.fahrenheit else "celsius",
            "rooms": [{"name": area, "floor": floor} for area, floor in self.floors.items()],
            "devices": {t.key: t.declared() for t in self.things if t.kind},
        }
