"""Water: how much runs through a valve, and how far it is opened."""

from __future__ import annotations

import pytest

from devices.capabilities import Reading, State
from devices.device import Device
from dobby.agent.values import value_line
from dobby.language.words import Words
from tests.dobby.abilities.conftest import Say


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "how much water runs through the rose valve?"),
        ("en", "what is the flow of the rose valve?"),
        ("de", "wie viel Wasser läuft durch das Rosenventil?"),
        ("fr", "combien d'eau coule par la vanne des rosiers ?"),
        ("es", "¿cuánta agua pasa por la válvula de los rosales?"),
        ("nl", "hoeveel water stroomt er door de rozenkraan?"),
        ("pl", "ile wody płynie przez zawór róż?"),
    ],
)
def test_how_much_runs_through(say: Say, language: str, text: str) -> None:
    (call,) = say(language, text).calls
    asked = {"devices": ["valve"], "form": "what", "about": "reading", "field": "flow"}
    assert (call.name, call.arguments) == ("read_state", asked)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "open the rose valve to 30 percent"), ("de", "öffne das Rosenventil auf 30 %"),
        ("fr", "ouvre la vanne des rosiers à 30 %"),
        ("es", "abre la válvula de los rosales al 30 %"),
        ("nl", "open de rozenkraan tot 30 %"), ("pl", "otwórz zawór róż na 30 %"),
    ],
)  # fmt: skip
def test_it_is_opened_so_far(say: Say, language: str, text: str) -> None:
    (call,) = say(language, text).calls
    assert (call.name, call.arguments) == ("position", {"devices": ["valve"], "percent": 30})


@pytest.mark.parametrize(
    ("text", "percent"), [("water the roses", 100), ("stop watering the roses", 0)]
)
def test_what_is_watered_opens_its_valve(say: Say, text: str, percent: int) -> None:
    (call,) = say("en", text).calls
    assert (call.name, call.arguments) == ("position", {"devices": ["valve"], "percent": percent})


def test_the_flow_is_told_with_its_unit() -> None:
    state: State = {"reading": Reading(flow=3.25)}
    device = Device(id="valve", name="Rose valve", kind="valve")
    said = value_line(device, state, "reading", "flow", Words("en"))
    assert said == "The Rose valve: 3.25 l/min."
