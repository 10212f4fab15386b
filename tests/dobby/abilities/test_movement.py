"""A moving thing is stopped where it is, by its name or as what was spoken of."""

from __future__ import annotations

import pytest

from tests.dobby.abilities.conftest import Say

STOPS = ("movement", {"devices": ["garage"], "moving": False})


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "stop the garage door"), ("en", "pause the garage"),
        ("de", "stopp das Garagentor"), ("de", "halt das Garagentor an"),
        ("fr", "arrête la porte de garage"), ("es", "para la puerta del garaje"),
        ("nl", "stop de garagedeur"), ("pl", "zatrzymaj bramę garażową"),
    ],
)  # fmt: skip
def test_it_is_stopped_where_it_is(say: Say, language: str, text: str) -> None:
    assert [(c.name, c.arguments) for c in say(language, text).calls] == [STOPS]


def test_what_was_spoken_of_is_stopped(say: Say) -> None:
    (call,) = say("en", "stop that", "garage").calls
    assert (call.name, call.arguments) == STOPS


@pytest.mark.parametrize("text", ["don't stop the garage door", "stop the garage door at nine"])
def test_what_is_not_for_now_stops_nothing(say: Say, text: str) -> None:
    assert not say("en", text).calls


def test_a_valve_is_closed_and_not_stopped(say: Say) -> None:
    (call,) = say("en", "stop the rose valve").calls
    assert (call.name, call.arguments) == ("position", {"devices": ["valve"], "percent": 0})
