"""Declared houses of any size, with names as people give them, and a driver with a stopwatch."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from typing import Any

from devices.capabilities import Capability, State
from devices.device import Room
from devices.driver import Found
from devices.house import House
from devices.virtual.declared import Declared, HouseFile, devices_of, read_state

SIZES = (20, 200, 1000)

ROOMS = (
    "Kitchen", "Living Room", "Bedroom", "Bathroom", "Hall", "Study", "Attic", "Cellar", "Garage",
    "Terrace", "Library", "Gym", "Nursery", "Pantry", "Workshop", "Balcony", "Gallery", "Laundry",
    "Sunroom", "Dining Room",
)  # fmt: skip
WINGS = ("", "Guest", "North", "East", "Upper")
LIT: dict[str, Any] = {"power": True, "brightness": 50}
THINGS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("light", "ceiling light", LIT),
    ("light", "floor lamp", LIT),
    ("speaker", "speaker", {"volume": 30, "playback": "stopped", "mute": False}),
    ("shade", "blind", {"position": 0}),
    ("light", "reading lamp", LIT),
    ("thermostat", "thermostat", {"climate": {"mode": "heat", "target": 20, "current": 19}}),
    ("outlet", "heater plug", {"power": False}),
    ("light", "wall light", LIT),
    ("fan", "fan", {"power": True, "fan_speed": 40}),
    ("sensor", "motion sensor", {"reading": {"motion": False, "temperature": 21}}),
)
SAYINGS = {
    "light": (
        "turn on the {name}", "switch the {name} off", "set the {name} to {n}%",
        "{name} at {n} percent", "can you dim the {name} to {n}%?", "turn the {name} on please",
    ),
    "speaker": ("set the volume of the {name} to {n}", "mute the {name}", "unmute the {name}"),
    "shade": ("open the {name} to {n}%", "close the {name}", "open the {name}"),
    "thermostat": ("set the {name} to {t} degrees",),
    "outlet": ("turn on the {name}", "please switch off the {name}"),
    "fan": ("set the {name} to {n}%", "turn off the {name}"),
}  # fmt: skip


def house_file(size: int) -> HouseFile:
    """Two things a room at the least, ten at the most; ids as long as protocols make them."""
    wings = max(1, size // (len(ROOMS) * len(THINGS)))
    rooms = [f"{wing} {room}".strip() for wing in WINGS[:wings] for room in ROOMS]
    rooms = rooms[: max(1, size // 2)]
    devices: dict[str, Any] = {}
    for number in range(size):
        room = rooms[number % len(rooms)]
        kind, thing, state = THINGS[number // len(rooms) % len(THINGS)]
        key = f"00:17:88:01:0c:{number // 256:02x}:{number % 256:02x}:5e-0b/{kind}/{number:04}"
        devices[key] = {"name": f"{room} {thing}", "kind": kind, "room": room, "state": state}
    given = [Room(name=r, floor="Upstairs" if "Bed" in r else "Ground floor") for r in rooms]
    return HouseFile.model_validate({"rooms": given, "devices": devices})


class Stopwatch(Declared):
    """A declared driver that knows how long it was at work, and when it changed something last."""

    busy_s: float = 0.0  # of the whole house; one house is measured at a time
    changed_at: float = 0.0
    cpu_at: float = 0.0  # the processor time that the process had used by then
    changes: int = 0

    async def read(self, device: str) -> State:
        began = time.perf_counter()
        try:
            return await super().read(device)
        finally:
            Stopwatch.busy_s += time.perf_counter() - began

    async def apply(self, device: str, command: Capability) -> None:
        began = time.perf_counter()
        await super().apply(device, command)
        Stopwatch.changed_at = time.perf_counter()
        Stopwatch.cpu_at = time.process_time()
        Stopwatch.busy_s += Stopwatch.changed_at - began
        Stopwatch.changes += 1


async def furnish(house: House, file: HouseFile) -> None:
    for room in file.rooms:
        assert isinstance(room, Room)
        house.add_room(room)
    known = devices_of(file)
    house.publish(Found(tuple(known)))
    for device, declared in zip(known, file.devices.values(), strict=True):
        driver = house.driver_of(device.id)
        assert isinstance(driver, Declared)
        state = read_state(declared.state)
        driver.set_state(device.id, state, None)
        house.learn(device.id, state, whole=True)


def sentences(file: HouseFile, count: int) -> list[str]:
    """So many distinct sentences, each of which changes one device; always the same ones."""

    def endless() -> Iterator[str]:
        chance = random.Random(20)  # noqa: S311  # a choice that can be repeated
        devices = [d for d in file.devices.values() if d.kind in SAYINGS]
        while True:
            device = chance.choice(devices)
            saying = chance.choice(SAYINGS[device.kind])
            yield saying.format(name=device.name, n=chance.randint(2, 99), t=chance.randint(16, 24))

    distinct: dict[str, None] = {}
    for sentence in endless():
        distinct[sentence] = None
        if len(distinct) == count:
            return list(distinct)
    raise AssertionError("endless")
