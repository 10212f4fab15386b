"""What Dobby says is so: of heating that cools, of sensors, of doors, of all that tiles show."""

from __future__ import annotations

import itertools
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from devices.capabilities import Reading
from dobby.commands.try_house import Trial


@asynccontextmanager
async def house(home: Path, devices: Mapping[str, Any]) -> AsyncGenerator[Trial]:
    path = home / "house.yaml"
    rooms = sorted({device["room"] for device in devices.values()})
    path.write_text(json.dumps({"rooms": rooms, "devices": dict(devices)}))  # which is YAML
    async with Trial(path) as trial:
        yield trial


def sensor(name: str, room: str, **reading: Any) -> dict[str, Any]:
    return {"name": name, "kind": "sensor", "room": room, "state": {"reading": reading}}


def a(kind: str, name: str, room: str, **state: Any) -> dict[str, Any]:
    return {"name": name, "kind": kind, "room": room, "state": state}


# Heating that cools ------------------------------------------------------------------------------

TEMPERED = ("thermostat", "aircon", "heater")
MODES = ("off", "heat", "cool", "auto")
HEATS = ("heating to 22", "heat the hall to 22", "set the hall heating to 22 degrees",
         "put the heating on 22", "turn the heating up to 22")  # fmt: skip
SETS = ("set the hall to 22 degrees", "make it 22 degrees in the hall")


def tempered(kind: str, mode: str) -> dict[str, Any]:
    climate = {"mode": mode, "target": 25, "current": 24}
    can = [{"climate": {"choices": list(MODES), "min": 5, "max": 32}}]
    name = {"thermostat": "Hall thermostat", "aircon": "Hall unit", "heater": "Hall stove"}[kind]
    return {"name": name, "kind": kind, "room": "Hall", "can": can, "state": {"climate": climate}}


@pytest.mark.parametrize("kind", TEMPERED)
async def test_who_asks_for_heat_gets_heat(tmp_path: Path, kind: str) -> None:
    async with house(tmp_path, {"it": tempered(kind, "heat")}) as trial:
        for mode, text in itertools.product(MODES, HEATS):
            if kind == "aircon" and text not in HEATS[1:2]:
                continue  # nobody calls it a heating
            change = {"it": {"climate": {"mode": mode, "target": 25, "current": 24}}}
            said = await trial.say(text, state=change)
            shown = said.state["it"]["climate"]
            assert shown["target"] == 22, (text, said.reply)
            assert shown["mode"] == ("auto" if mode == "auto" else "heat"), (text, said.reply)


@pytest.mark.parametrize("kind", TEMPERED)
async def test_a_target_alone_keeps_the_mode_and_says_what_it_does(
    tmp_path: Path, kind: str
) -> None:
    words = {"off": " off", "cool": "cooling", "auto": "on auto", "heat": "set to"}
    async with house(tmp_path, {"it": tempered(kind, "heat")}) as trial:
        for mode, text in itertools.product(MODES, SETS):
            change = {"it": {"climate": {"mode": mode, "target": 25, "current": 24}}}
            said = await trial.say(text, state=change)
            assert said.state["it"]["climate"]["mode"] == mode
            assert words[mode] in said.reply
            assert "22 °C" in said.reply


@pytest.mark.parametrize(
    ("mode", "heating", "cooling"),
    [("heat", "Yes", "No"), ("cool", "No", "Yes"), ("off", "No", "No"),
     ("auto", "I can't tell", "I can't tell")],
)  # fmt: skip
async def test_is_the_heating_on_is_answered_by_what_it_does(
    tmp_path: Path, mode: str, heating: str, cooling: str
) -> None:
    async with house(tmp_path, {"it": tempered("thermostat", mode)}) as trial:
        for text in (
            "is the heating on?",
            "is the hall heating on",
            "is the hall thermostat heating?",
        ):
            assert (await trial.say(text)).reply.startswith(heating), text
        assert (await trial.say("is the hall thermostat cooling?")).reply.startswith(cooling)


async def test_who_cannot_heat_says_so(tmp_path: Path) -> None:
    cooler = tempered("aircon", "cool")
    cooler["can"] = [{"climate": {"choices": ["off", "cool"]}}]
    async with house(tmp_path, {"it": cooler}) as trial:
        said = await trial.say("heat the hall to 22")
        assert not said.receipts
        assert "cannot heat" in said.reply


# All that a sensor measures ----------------------------------------------------------------------

MEASURED: dict[str, tuple[Any, str, tuple[str, ...]]] = {
    "temperature": (21.5, "21.5 °C", ("how warm is it in the den", "what is the den temperature")),
    "humidity": (48, "48%", ("how humid is it in the den?", "what is the humidity in the den")),
    "illuminance": (16, "16 lux", ("how bright is it in the den?", "how light is it in the den",
                                   "how dark is it in the den", "what is the illuminance")),
    "battery": (63, "63%", ("what is the battery of the den sensor", "den sensor battery")),
    "power": (80, "80 W", ("how much power does the den sensor use", "den sensor power usage")),
    "energy": (3.2, "3.2 kWh", ("how much energy has the den sensor used",)),
    "co2": (910, "910 ppm", ("what is the co2 in the den", "co2 level in the den")),
    "flow": (4.5, "4.5 l/min", ("what is the water flow of the den sensor", "den sensor flow")),
    "contact": (True, "open", ("is the den sensor open?", "what is the den sensor")),
    "motion": (True, "motion", ("is there motion in the den?", "any movement in the den")),
    "occupancy": (True, "somebody", ("is anyone in the den?", "is there somebody in the den")),
    "leak": (True, "leaking", ("is there water leaking anywhere", "any leaks", "is the den wet?")),
    "smoke": (True, "smok", ("is there smoke anywhere?", "any smoke in the den")),
}  # fmt: skip


def test_every_measure_is_asked_for() -> None:
    assert set(MEASURED) == set(Reading.model_fields) - {"flow"}  # which the grammar alone reads


@pytest.mark.parametrize("field", MEASURED)
async def test_what_a_tile_shows_can_be_asked(tmp_path: Path, field: str) -> None:
    value, shown, questions = MEASURED[field]
    devices = {
        "sensor": sensor("Den sensor", "Den", **{field: value}),
        "lamp": a("light", "Den lamp", "Den", power=True, brightness=40),
        "hot": a("boiler", "Hot water", "Bath", climate={"target": 50}),
        "door": a("lock", "Bath door", "Bath", lock=True),
    }
    async with house(tmp_path, devices) as trial:
        for text in questions:
            trial._talks.clear()  # pyright: ignore[reportPrivateUsage]
            said = await trial.say(text)
            assert shown in said.reply, (text, said.reply)
            assert not said.receipts


# What is not so ----------------------------------------------------------------------------------


SENSORS = {
    "water": sensor("Water sensor", "Kitchen", leak=False),
    "washer": sensor("Washer", "Cellar", leak=True),
    "smoke": sensor("Smoke detector", "Kitchen", smoke=False),
    "loft": sensor("Loft", "Cellar", smoke=True),
    "hall": sensor("Hall motion", "Hall", motion=False),
    "bed": sensor("Bedroom presence", "Bedroom", occupancy=False, motion=False),
    "front": a("lock", "Front door", "Hall", lock=True),
    "back": a("lock", "Back door", "Kitchen", lock=True),
    "back_contact": sensor("Back Door Contact", "Kitchen", contact=True),
    **{f"lamp{n}": a("light", f"Lamp {n}", "Hall", power=n > 2) for n in range(1, 8)},
}


@pytest.mark.parametrize(
    ("text", "has", "lacks"),
    [
        ("is there water leaking anywhere", "Yes: Washer", "No"),
        ("is any water leaking?", "Yes: Washer", "No"),
        ("is there any smoke in the house", "Yes: Loft", "No"),
        ("is anyone in the hall?", "I can't tell: the hall motion sees no motion", "No"),
        ("is there somebody in the hall", "I can't tell", "No"),
        ("is the hall occupied?", "I can't tell", "No"),
        ("is anyone in the bedroom?", "No: the bedroom presence says that nobody", "I can't"),
        ("is someone in the cellar?", "Nothing there tells me that.", "No."),
        ("is the front door closed", "The front door is locked.", "cannot be closed"),
        ("is the front door open?", "I can't tell whether the front door is open.", "cannot"),
        ("is the back door open?", "Yes. The back Door Contact is open.", "can't"),
        ("is the back door closed?", "No. The back Door Contact is open.", "can't"),
        ("is the back door locked?", "Yes. The back door is locked.", "can't"),
        ("are all the lights off", "No: 5 are on: Lamp 3", "Two are off"),
        ("are all lights on?", "No: 2 are off: Lamp 1 and Lamp 2.", "are on"),
        ("is every light off", "No: 5 are on", "Two are off"),
    ],
)
async def test_what_is_said_is_so(tmp_path: Path, text: str, has: str, lacks: str) -> None:
    async with house(tmp_path, SENSORS) as trial:
        reply = (await trial.say(text)).reply
        assert has in reply
        assert lacks not in reply
