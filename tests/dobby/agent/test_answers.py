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
async def house(
    home: Path, devices: Mapping[str, Any], language: str = "en"
) -> AsyncGenerator[Trial]:
    path = home / "house.yaml"
    rooms = sorted({device["room"] for device in devices.values()})
    declared = {"language": language, "rooms": rooms, "devices": dict(devices)}
    path.write_text(json.dumps(declared))  # which is YAML
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


@pytest.mark.parametrize(
    ("language", "room", "texts", "cannot"),
    [
        ("de", "Flur", ("heiz den Flur auf 22", "Heizung auf 22", "dreh die Heizung auf 22"),
         "kann nicht heizen. Zur Wahl: Aus oder Kühlen"),
        ("fr", "Salon", ("chauffe le salon à 22", "chauffage à 22", "monte le chauffage à 22"),
         "ne peut pas chauffer. Au choix : arrêt ou froid"),
        ("pl", "Salon", ("ogrzej salon do 22", "ogrzewanie na 22", "podkręć ogrzewanie do 22"),
         "nie potrafi grzać. Do wyboru: wyłączone lub chłodzenie"),
    ],
)  # fmt: skip
async def test_heat_is_asked_for_in_any_language(
    tmp_path: Path, language: str, room: str, texts: tuple[str, ...], cannot: str
) -> None:
    device: dict[str, Any] = {**tempered("thermostat", "off"), "name": "Thermostat", "room": room}
    async with house(tmp_path, {"it": device}, language) as trial:
        for mode, text in itertools.product(MODES, texts):
            change = {"it": {"climate": {"mode": mode, "target": 25, "current": 24}}}
            said = await trial.say(text, state=change)
            shown = said.state["it"]["climate"]
            assert shown["target"] == 22, (text, said.reply)
            assert shown["mode"] == ("auto" if mode == "auto" else "heat"), (text, said.reply)
    device |= {"kind": "aircon", "can": [{"climate": {"choices": ["off", "cool"]}}]}
    device["state"]["climate"]["mode"] = "cool"
    async with house(tmp_path, {"it": device}, language) as trial:
        said = await trial.say(texts[0])
        assert not said.receipts
        assert cannot in said.reply


async def test_heat_turned_up_starts_it_and_turned_down_does_not(tmp_path: Path) -> None:
    off = {"it": {"climate": {"mode": "off", "target": 20, "current": 18}}}
    wishes = {
        "heat up the hall": {"mode": "heat", "target": 21},
        "turn up the heating by 2 degrees": {"mode": "heat", "target": 22},
        "lower the heating to 16": {"mode": "off", "target": 16},
    }
    async with house(tmp_path, {"it": tempered("thermostat", "off")}) as trial:
        for text, wanted in wishes.items():
            said = await trial.say(text, state=off)
            shown = said.state["it"]["climate"]
            assert wanted.items() <= shown.items(), (text, said.reply)


async def test_a_mode_that_is_named_is_set(tmp_path: Path) -> None:
    async with house(tmp_path, {"it": tempered("thermostat", "auto")}) as trial:
        said = await trial.say("set the hall thermostat to heat at 22 degrees")
        assert said.state["it"]["climate"]["mode"] == "heat"


async def test_heat_for_one_room_is_of_no_cooler_in_the_other(tmp_path: Path) -> None:
    devices = {
        "hall": tempered("thermostat", "heat"),
        "loft": {**tempered("thermostat", "heat"), "name": "Loft thermostat", "room": "Loft"},
        "cooler": {**tempered("aircon", "cool"), "name": "Loft unit", "room": "Loft"},
    }
    async with house(tmp_path, devices) as trial:
        said = await trial.say("heating 21 in the hall and 17 in the loft")
        shown = {name: state["climate"]["target"] for name, state in said.state.items()}
        assert shown == {"hall": 21, "loft": 17, "cooler": 25}, said.reply


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
    assert set(MEASURED) == set(Reading.model_fields)


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


ELSEWHERE = [
    ("de", "energy", 3.2, "3,2 kWh", "wie viel Energie hat der Fühler im Büro verbraucht"),
    ("de", "flow", 4.5, "4,5 l/min", "wie viel Wasser fließt durch den Fühler im Büro"),
    ("de", "motion", True, "Ja", "bewegt sich etwas im Büro"),
    ("de", "leak", True, "Ja", "irgendwelche Lecks?"),
    ("de", "occupancy", True, "Ja", "ist wer im Büro?"),
    ("fr", "energy", 3.2, "3,2 kWh", "combien d'énergie a consommé le Fühler"),
    ("fr", "occupancy", True, "Oui", "quelqu'un dans le Büro ?"),
    ("fr", "leak", True, "Oui", "est-ce que ça fuit quelque part ?"),
    ("es", "smoke", True, "Sí", "¿huele a humo en Büro?"),
    ("nl", "energy", 3.2, "3,2 kWh", "hoeveel stroom heeft de Fühler verbruikt"),
    ("pl", "leak", True, "Tak", "czy gdzieś cieknie?"),
    ("pl", "occupancy", True, "Tak", "czy jest ktoś w Büro?"),
]


@pytest.mark.parametrize(("language", "field", "value", "shown", "text"), ELSEWHERE)
async def test_it_is_asked_in_any_language(
    tmp_path: Path, language: str, field: str, value: Any, shown: str, text: str
) -> None:
    devices = {
        "sensor": sensor("Fühler", "Büro", **{field: value}),
        "lamp": a("light", "Bibi", "Büro", power=True, brightness=40),
    }
    async with house(tmp_path, devices, language) as trial:
        said = await trial.say(text)
        assert shown in said.reply
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
        ("are the front door and the back door closed?", "I can't tell", "Yes"),
        ("any motion in the cellar?", "Nothing there tells me that.", "No."),
        ("any lights on in the hall", "Yes: Five are on", "off"),
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


# What only seems to be of another kind ------------------------------------------------------------

YARD = {
    "pool": a("pool", "Basin", "Pool", climate={"mode": "heat", "target": 28, "current": 26}),
    "cover": a("shade", "Cover", "Pool", position=0),
    "mower": a("mower", "Clipper", "Pool", chore="docked"),
    "lock": a("lock", "Wicket", "Pool", lock=True),
    "heat": a("heater", "Stove", "Hut", climate={"mode": "heat", "target": 18, "current": 17}),
    "air": sensor("Hut air", "Hut", temperature=25),
}


@pytest.mark.parametrize(
    ("language", "text", "has", "lacks"),
    [
        ("en", "is the basin warm enough to swim yet?", "26 °C", "nothing"),
        ("de", "ist Basin schon warm genug zum Schwimmen?", "26 °C", "nichts"),
        ("fr", "Basin est-il assez chaud pour nager ?", "26 °C", "rien"),
        ("es", "¿está Basin lo bastante caliente para nadar?", "26 °C", "nada"),
        ("nl", "is Basin warm genoeg om te zwemmen?", "26 °C", "niets"),
        ("pl", "czy Basin jest wystarczająco ciepły?", "26 °C", "Nic"),
        ("en", "is the cover on?", "Cover is closed", "off"),
        ("en", "is the clipper out", "docked", "cannot"),
        ("en", "is the wicket already locked?", "Yes", "past"),
        ("fr", "Wicket est-il déjà verrouillé ?", "Oui", "était"),
        ("en", "how warm is it in the hut", "Hut air shows 25 °C", "cannot"),
        ("en", "how warm is it in the hut", "17 °C in Hut", "cannot"),
    ],
)
async def test_it_is_answered_for_what_it_is(
    tmp_path: Path, language: str, text: str, has: str, lacks: str
) -> None:
    async with house(tmp_path, YARD, language) as trial:
        said = await trial.say(text)
        assert has in said.reply
        assert lacks not in said.reply
        assert not said.receipts
