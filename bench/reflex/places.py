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


@dataclass(frozen=True)
class Thing:
    """An entity of theirs as a device of ours."""

    key: str
    name: str
    domain: str
    area: str | None = None
    device_class: str = ""

    @property
    def kind(self) -> str | None:
        if self.domain == "cover":
            return _COVERS.get(self.device_class, "shade")
        return "timer" if self.domain == "timer" else KINDS.get(self.domain)

    def declared(self) -> dict[str, Any]:
        """Its entry in a house file."""
        kind = self.kind or "unknown"
        state = dict(_STATES.get(kind, {"position": 40}))
        can: list[Any] = [ability for ability in state if ability != "skip"]
        if kind == "tv":
            can.append("skip")
        state.pop("skip", None)
        return {"name": self.name, "kind": kind, "room": self.area, "can": can, "state": state}


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
