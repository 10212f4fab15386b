"""Understanding alone, on 300 distinct sentences, in houses of 20, 200 and 1,000 devices."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bench.reflex.tables import percentile
from devices.bridges import Bridge
from devices.capabilities import Brightness, Climate, Position, Power, State, Volume
from devices.device import Ability, Device, Room
from dobby.agent.calls import Context
from dobby.commands.try_house import Brain

SIZES = (20, 200, 1000)
SENTENCES = 300

_ROOMS = (
    "Kitchen", "Living Room", "Bedroom", "Bathroom", "Hall", "Study", "Attic", "Cellar", "Garage",
    "Garden", "Terrace", "Library", "Gym", "Nursery", "Pantry", "Workshop", "Balcony", "Gallery",
    "Laundry", "Sunroom",
)  # fmt: skip
_THINGS: tuple[tuple[str, str, State], ...] = (
    ("light", "Ceiling Light", {"power": Power(on=True), "brightness": Brightness(percent=50)}),
    ("light", "Floor Lamp", {"power": Power(on=True), "brightness": Brightness(percent=50)}),
    ("light", "Reading Lamp", {"power": Power(on=False), "brightness": Brightness(percent=30)}),
    ("outlet", "Heater Plug", {"power": Power(on=False)}),
    ("shade", "Blind", {"position": Position(percent=0)}),
    ("thermostat", "Thermostat", {"climate": Climate(mode="heat", target=20, current=19)}),
    ("speaker", "Speaker", {"power": Power(on=True), "volume": Volume(percent=30)}),
    ("light", "Wall Light", {"power": Power(on=False), "brightness": Brightness(percent=50)}),
    ("light", "Strip", {"power": Power(on=False), "brightness": Brightness(percent=50)}),
    ("switch", "Extractor", {"power": Power(on=False)}),
)
_SAYINGS = (
    "turn on the {name}", "{name} off please", "set the {name} to {n}%", "dim the {name}",
    "can you switch the {name} on?", "is the {name} on?", "{room} lights to {n} percent",
    "{name} on and {other} off", "turn off all lights in the {room} except the {name}",
    "don't turn on the {name}", "make it a bit warmer in the {room}", "{name} at {n}",
)  # fmt: skip


@dataclass
class GeneratedHouse:
    """A house of so many devices, as a brain sees it."""

    size: int
    version: int = 1
    away: frozenset[str] = frozenset()
    under_way: frozenset[str] = frozenset()
    bridges: dict[str, Bridge] = field(default_factory=dict[str, Bridge])
    devices: dict[str, Device] = field(default_factory=dict[str, Device])
    rooms: dict[str, Room] = field(default_factory=dict[str, Room])
    states: dict[str, State] = field(default_factory=dict[str, State])

    def __post_init__(self) -> None:
        wings = max(1, self.size // (len(_ROOMS) * len(_THINGS)))
        places = [f"{wing} {room}" for wing in _wings(wings) for room in _ROOMS]
        for number in range(self.size):
            kind, name, state = _THINGS[number // len(places) % len(_THINGS)]
            room = places[number % len(places)].strip()
            key = f"made:{number}"
            self.rooms.setdefault(room, Room(name=room, floor=f"Floor {number % 3}"))
            self.states[key] = state
            self.devices[key] = Device(
                id=key, name=f"{room} {name}", kind=kind, room=room,
                abilities=tuple(Ability(kind=ability) for ability in state),
            )  # fmt: skip

    def state(self, device: str) -> State:
        return self.states[device]


def _wings(count: int) -> list[str]:
    names = ("", "North", "South", "East", "West", "Guest", "Old", "New", "Upper", "Lower")
    return list(names[:count])


def sentences(house: GeneratedHouse, count: int = SENTENCES) -> list[str]:
    """Distinct sentences about that house."""
    devices: Mapping[int, Device] = dict(enumerate(house.devices.values()))
    found: dict[str, None] = {}
    number = 0
    while len(found) < count:
        device, other = devices[number * 7 % len(devices)], devices[number * 13 % len(devices)]
        saying = _SAYINGS[(number + number // len(_SAYINGS)) % len(_SAYINGS)]
        text = saying.format(
            name=device.name.lower(), other=other.name.lower(), room=(device.room or "").lower(),
            n=5 + number % 90,
        )  # fmt: skip
        found[text] = None
        number += 1
    return list(found)


def measure(brain: Brain) -> str:
    """A table of the times to understand, and their ratio to the smallest house."""
    lines = [
        f"Understanding alone, {SENTENCES} distinct sentences",
        "devices   p50 ms   p95 ms   max ms   p95 to 20",
    ]
    base = 0.0
    for size in SIZES:
        house = GeneratedHouse(size)
        mind = brain(house)
        context = Context(house=house, now=datetime.now(UTC))
        times: list[float] = []
        for text in sentences(house):
            started = time.perf_counter()
            mind.understand(text, context)
            times.append((time.perf_counter() - started) * 1000)
        p95 = percentile(times, 0.95)
        base = base or p95
        p50, most = percentile(times, 0.5), max(times)
        lines.append(f"{size:>7}{p50:>9.2f}{p95:>9.2f}{most:>9.2f}{p95 / base:>12.2f}")
    return "\n".join(lines)
