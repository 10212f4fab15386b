"""German: plain wishes act, questions look, and what is not for now does nothing."""

from __future__ import annotations

from typing import Any

import pytest

from devices.capabilities import Climate, Lock, Position, Power
from devices.device import Ability, Device, Room
from dobby.agent.calls import Context
from dobby.language.brain import Language
from tests.dobby.language.conftest import NOW, View

THINGS = {
    "lamp": ("Küchenlicht", "light", "Küche", ("power", "brightness")),
    "blind": ("Rollo", "shade", "Wohnzimmer", ("position",)),
    "garage": ("Garagentor", "garage", "Garage", ("position",)),
    "door": ("Haustür", "lock", "Flur", ("lock",)),
    "heat": ("Thermostat", "thermostat", "Wohnzimmer", ("climate",)),
}


@pytest.fixture(scope="module")
def german() -> View:
    devices = {
        key: Device(id=key, name=name, kind=kind, room=room,
                    abilities=tuple(Ability(kind=a) for a in abilities))
        for key, (name, kind, room, abilities) in THINGS.items()
    }  # fmt: skip
    rooms = {d.room: Room(name=d.room) for d in devices.values() if d.room}
    states = {
        "lamp": {"power": Power(on=True)},
        "blind": {"position": Position(percent=100)},
        "garage": {"position": Position(percent=0)},
        "door": {"lock": Lock(locked=False)},
        "heat": {"climate": Climate(mode="heat", target=20)},
    }
    return View(devices, rooms, dict(states))


BRAIN = Language()


@pytest.mark.parametrize(
    ("text", "name", "arguments"),
    [
        ("Mach das Licht in der Küche aus", "power", {"devices": ["lamp"], "on": False}),
        ("Küchenlicht auf 40 Prozent", "brightness", {"devices": ["lamp"], "percent": 40}),
        ("Rollo auf 30%", "position", {"devices": ["blind"], "percent": 30}),
        ("Schließ die Haustür ab", "lock", {"devices": ["door"], "locked": True}),
    ],
)
def test_a_plain_wish(german: View, text: str, name: str, arguments: dict[str, Any]) -> None:
    understood = BRAIN.understand(text, Context(german, NOW, language="de"))
    assert [(c.name, c.arguments) for c in understood.calls] == [(name, arguments)]


def test_a_question_only_looks(german: View) -> None:
    asked = BRAIN.understand(
        "Hast du die Haustür abgeschlossen?", Context(german, NOW, language="de")
    )
    assert [c.name for c in asked.calls] in ([], ["read_state"])


@pytest.mark.parametrize(
    "text",
    [
        "Schalte das Küchenlicht nicht ein",
        "Schalte um 18 Uhr das Küchenlicht ein",
        "Mach das Licht aus, wenn ich gehe",
        "Gestern war das Licht in der Küche an",
        "Schalte das Licht im Keller ein",
    ],
)
def test_what_it_leaves_alone(german: View, text: str) -> None:
    understood = BRAIN.understand(text, Context(german, NOW, language="de"))
    assert not understood.calls
    assert understood.reply


IN_ENGLISH = {
    "ceiling": ("Ceiling", "Kitchen"), "lamp": ("Floor lamp", "Living Room"),
    "hall": ("Spots", "Hall"), "bed": ("Reading lamp", "Bedroom"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "device"),
    [
        ("de", "mach das Licht in der Küche an", "ceiling"), ("de", "Flurlicht an", "hall"),
        ("fr", "allume la lumière de la cuisine", "ceiling"),
        ("es", "enciende la luz del dormitorio", "bed"),
        ("nl", "doe het licht in de woonkamer aan", "lamp"),
        ("pl", "zapal światło w sypialni", "bed"), ("en", "lounge light on", "lamp"),
    ],
)  # fmt: skip
def test_a_room_is_known_in_every_language(language: str, text: str, device: str) -> None:
    rooms = {room: Room(name=room) for _, room in IN_ENGLISH.values()}
    devices = {
        key: Device(id=key, name=name, kind="light", room=room, abilities=(Ability(kind="power"),))
        for key, (name, room) in IN_ENGLISH.items()
    }
    house = View(devices, rooms, {key: {"power": Power(on=False)} for key in devices})
    understood = BRAIN.understand(text, Context(house, NOW, language=language))
    (call,) = understood.calls
    assert call.arguments == {"devices": [device], "on": True}
