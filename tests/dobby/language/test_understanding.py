"""What sentences come to: calls, each with its devices and its fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dobby.agent.calls import Abstention
from tests.dobby.language.conftest import BRAIN, Speaker, View

Call = tuple[str, str, dict[str, Any]]  # name, devices, fields

SENTENCES: list[tuple[str, list[Call]]] = [
    ("turn on the kitchen ceiling light", [("power", "kc", {"on": True})]),
    ("kitchen ceiling light on", [("power", "kc", {"on": True})]),
    ("could you switch on the big light please", [("power", "kc", {"on": True})]),
    ("turn on teh kichen ceiling ligth", [("power", "kc", {"on": True})]),
    ("turn of the lights in the hall", [("power", "hl", {"on": False})]),
    ("turn off the kitchen and the hall", [("power", "kc ks hl", {"on": False})]),
    ("turn the kitchen and hall lights off", [("power", "kc ks hl", {"on": False})]),
    ("in the kitchen, turn off the lights", [("power", "kc ks", {"on": False})]),
    (
        "lights off and shades down",
        [
            ("power", "kc ks hl ll lr bl br", {"on": False}),
            ("position", "bls bs", {"percent": 0}),
        ],
    ),
    ("turn off all lights except the hall lamp", [("power", "kc ks ll lr bl br", {"on": False})]),
    (
        "turn off all the lights but leave the hall on",
        [("power", "kc ks ll lr bl br", {"on": False})],
    ),
    ("dim the hall lamp to 20", [("brightness", "hl", {"percent": 20})]),
    ("hall lamp a bit brighter", [("brightness", "hl", {"percent": 70})]),
    (
        "dim the living room lights",
        [("brightness", "ll", {"percent": 40}), ("brightness", "lr", {"percent": 10})],
    ),
    (
        "left bedside lamp to 40%",
        [("power", "bl", {"on": True}), ("brightness", "bl", {"percent": 40})],
    ),
    (
        "make the floor lamp 50% red",
        [
            ("color", "ll", {"hue": 0, "saturation": 100}),
            ("brightness", "ll", {"percent": 50}),
        ],
    ),
    ("floor lamp warm white", [("color_temperature", "ll", {"kelvin": 2700})]),
    ("make the floor lamp a bit warmer", [("color_temperature", "ll", {"kelvin": 2700})]),
    ("bedroom two degrees warmer", [("climate", "tb", {"target": 20})]),
    ("set the bedroom to 19.5 degrees", [("climate", "tb", {"target": 19.5})]),
    ("heat the hot tub to 39", [("climate", "spa", {"target": 39, "mode": "heat"})]),
    ("open the blinds halfway", [("position", "bls", {"percent": 50})]),
    ("bedroom shade up", [("position", "bs", {"percent": 100})]),
    ("open the garage", [("position", "gd", {"percent": 100})]),
    ("lock the doors", [("lock", "fd bd", {"locked": True})]),
    ("open the front door", [("lock", "fd", {"locked": False})]),
    ("volume up 10", [("volume", "sb", {"percent": 30})]),
    ("pause the music", [("playback", "sb", {"state": "paused"})]),
    ("next track", [("skip", "sb", {"to": "next"})]),
    ("play jazz in the kitchen", [("media", "sk", {"item": "Jazz FM"})]),
    (
        "play Bohemian Rhapsody in the living room",
        [("media", "sl", {"item": "Bohemian Rhapsody"})],
    ),
    ("play the same in the kitchen", [("group", "sk", {"leader": "sb"})]),
    (
        "dim the floor lamp to 20 and play jazz in the kitchen",
        [("brightness", "ll", {"percent": 20}), ("media", "sk", {"item": "Jazz FM"})],
    ),
    ("switch the tv to netflix", [("source", "tv", {"name": "Netflix"})]),
    ("movie night", [("scene", "mv", {"active": True})]),
    ("vacuum the kitchen", [("chore", "vac", {"activity": "working", "area": "Kitchen"})]),
    ("send robby home", [("chore", "vac", {"activity": "docked"})]),
    ("turn on the sprinkler", [("position", "sp", {"percent": 100})]),
    ("set the alarm to night", [("alarm", "al", {"mode": "night"})]),
    (
        "fan to low",
        [("power", "fan", {"on": True}), ("fan_speed", "fan", {"percent": 33})],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[s for s, _ in SENTENCES])
def test_a_sentence_is_its_calls(speaker: Speaker, text: str, expected: list[Call]) -> None:
    assert speaker.calls(text) == [
        (name, {"devices": devices.split(), **fields}) for name, devices, fields in expected
    ]


def test_everything_off_spares_what_must_run(speaker: Speaker) -> None:
    touched = {d for _, arguments in speaker.calls("everything off") for d in arguments["devices"]}
    assert {"kc", "hl", "tv", "sb", "fan", "dsk"} <= touched
    assert not touched & {"fr", "th", "fd", "gd", "al", "sp", "vac", "spa"}


def test_the_speakers_room_is_meant(speaker_in: Callable[[str], Speaker]) -> None:
    assert speaker_in("Kitchen").calls("lights off") == [
        ("power", {"devices": ["kc", "ks"], "on": False})
    ]
    assert speaker_in("Bedroom").calls("it's too cold in here") == [
        ("climate", {"devices": ["tb"], "target": 19})
    ]


def test_degrees_are_the_owners(house: View) -> None:
    american = Speaker(house, fahrenheit=True, brain=BRAIN)
    assert american.calls("set the bedroom to 68 degrees") == [
        ("climate", {"devices": ["tb"], "target": 20})
    ]


def test_lists_are_whole(speaker: Speaker) -> None:
    ((name, arguments),) = speaker.calls("add bread and green beans to the shopping list")
    assert name == "todo"
    assert [(i["text"], i["done"]) for i in arguments["items"]] == [
        ("milk", False), ("eggs", True), ("bread", False), ("green beans", False),
    ]  # fmt: skip


def test_timers_are_whole(speaker: Speaker) -> None:
    ((name, arguments),) = speaker.calls("set a rice timer for an hour and a half")
    assert name == "timers"
    assert [(e["name"], e["seconds"]) for e in arguments["entries"]] == [
        ("pasta", 250), ("rice", 5400),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "arguments"),
    [
        ("what time is it?", "tell_time", {"what": "time"}),
        ("find my Sonos", "find_devices", {"what": "Sonos"}),
        ("remember that the bins go out", "remember", {"text": "the bins go out"}),
        ("what did I say about the bins?", "recall", {"query": "the bins"}),
        ("call the hall lamp Bob", "name_device", {"device": "hl", "name": "Bob"}),
        ("pair the lock with 03145154", "pair_device", {"what": "lock", "pin": "031-45-154"}),
        ("never mind", "cancel", {}),
        ("help", "help", {}),
    ],
)  # fmt: skip
def test_dobbys_own_tools(
    speaker: Speaker, text: str, name: str, arguments: dict[str, object]
) -> None:
    assert speaker.calls(text) == [(name, arguments)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("turn on the lamp", Abstention.AMBIGUOUS),
        ("set the thermostat to 50", Abstention.OUT_OF_RANGE),
        ("lock the hall lamp", Abstention.UNABLE),
        ("make the kitchen ceiling light purple", Abstention.UNABLE),
        ("turn on the disco ball", Abstention.NOT_UNDERSTOOD),
        ("turn on the light in the bath", Abstention.UNKNOWN_NAME),
        ("schalte bitte das Licht aus", Abstention.LANGUAGE),
    ],
)
def test_it_asks_instead(speaker: Speaker, text: str, why: Abstention) -> None:
    understood = speaker.say(text)
    assert understood.abstained is why
    assert not understood.calls
    assert understood.reply
