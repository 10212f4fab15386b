"""Questions, from the sentence to the answer."""

from __future__ import annotations

import pytest

from dobby.agent.answers import answer
from dobby.language.words import Words
from tests.dobby.language.conftest import Speaker, View

QUESTIONS = [
    ("is the garage door open?", "No. The garage door is closed."),
    ("is the hall lamp on", "Yes. The hall lamp is on."),
    ("which lights are on in the living room?", "Two are on: Floor lamp and Reading lamp."),
    ("how many lights are on upstairs?", "None of 2."),
    ("are all the doors locked?", "Yes, all are locked: Front door and Back door."),
    ("did I lock the front door?", "Yes. The front door is locked."),
    ("what's playing?", "So What by Miles Davis (Jazz FM) is playing in the bath."),
    ("how warm is it upstairs?", "It is 17 °C in the bedroom."),
    ("what is the bedroom thermostat set to", "The bedroom thermostat is set to 18 °C."),
    ("what's on the shopping list?", "Shopping list: milk."),
    ("how long is left on the timer?", "The pasta timer has 4 minutes 10 seconds left."),
    ("where is the hall lamp?", "The hall lamp is in the hall."),
    ("any windows open?", "Yes: The kitchen window sensor is open."),
]


@pytest.mark.parametrize(("text", "expected"), QUESTIONS, ids=[q for q, _ in QUESTIONS])
def test_an_answer(speaker: Speaker, text: str, expected: str) -> None:
    (call,) = speaker.say(text).calls
    assert call.name == "read_state"
    assert answer(call, speaker.house, Words()) == expected


def test_degrees_in_the_owners_unit(speaker: Speaker) -> None:
    (call,) = speaker.say("how warm is it in the bedroom").calls
    assert answer(call, speaker.house, Words(fahrenheit=True)) == "It is 63 °F in the bedroom."


def test_a_device_that_is_away_is_said_to_be(speaker: Speaker, house: View) -> None:
    house.away = frozenset({"hl"})
    (call,) = speaker.say("is the hall lamp on?").calls
    assert answer(call, house, Words()) == "The hall lamp does not answer."
