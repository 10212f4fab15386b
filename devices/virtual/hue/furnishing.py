"""What the virtual bridge has paired: lamps, a plug, sensors, a switch, rooms and scenes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

LampKind = Literal["white", "ambiance", "color", "plug"]


@dataclass(frozen=True)
class Lamp:
    name: str
    room: str
    kind: LampKind
    archetype: str = "classic_bulb"
    on: bool = False
    brightness: float = 100.0


@dataclass(frozen=True)
class SceneLook:
    """How a scene leaves each lamp of its room that can show it; plugs are left out."""

    name: str
    brightness: float
    mirek: int
    xy: tuple[float, float] | None = None  # for colour lamps, instead of the white


@dataclass(frozen=True)
class Furnishing:
    rooms: dict[str, str]  # name -> the bridge's archetype of a room
    lamps: tuple[Lamp, ...]
    scenes: dict[str, tuple[SceneLook, ...]] = field(
        default_factory=dict[str, tuple[SceneLook, ...]]
    )
    motion_sensors: dict[str, str] = field(default_factory=dict[str, str])  # name -> room
    contact_sensors: dict[str, str] = field(default_factory=dict[str, str])
    switches: dict[str, str] = field(default_factory=dict[str, str])
    zones: dict[str, tuple[str, ...]] = field(  # name -> lamps, of whatever rooms
        default_factory=dict[str, tuple[str, ...]]
    )


RELAX = SceneLook("Relax", brightness=56.3, mirek=447)
BRIGHT = SceneLook("Bright", brightness=100.0, mirek=233)
MOVIE = SceneLook("Movie night", brightness=18.1, mirek=454, xy=(0.245, 0.098))

HOUSE = Furnishing(
    rooms={
        "Kitchen": "kitchen",
        "Living Room": "living_room",
        "Hall": "hallway",
        "Bedroom": "bedroom",
        "Bath": "bathroom",
    },
    lamps=(
        Lamp("Kitchen ceiling", "Kitchen", "ambiance", "ceiling_round", brightness=80.0),
        Lamp("Kitchen counter", "Kitchen", "white", "single_spot"),
        Lamp("Living room lamp", "Living Room", "color", "floor_shade", on=True, brightness=60.0),
        Lamp("Reading lamp", "Living Room", "ambiance", "flexible_lamp", brightness=40.0),
        Lamp("Christmas tree", "Living Room", "plug", "plug"),
        Lamp("Hall lamp", "Hall", "white", "pendant_round", on=True),
        Lamp("Bedroom lamp", "Bedroom", "color", "table_shade", brightness=30.0),
        Lamp("Bath mirror", "Bath", "ambiance", "wall_spot"),
    ),
    scenes={
        "Kitchen": (BRIGHT, RELAX),
        "Living Room": (RELAX, BRIGHT, MOVIE),
        "Bedroom": (RELAX, BRIGHT),
    },
    motion_sensors={"Hall motion": "Hall"},
    contact_sensors={"Bath window": "Bath"},
    switches={"Bedroom switch": "Bedroom"},
)
