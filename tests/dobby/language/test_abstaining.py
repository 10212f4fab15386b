"""Sentences that tempt to a wrong action: none of them may act."""

from __future__ import annotations

import pytest

from dobby.agent.calls import Abstention
from tests.dobby.language.conftest import Speaker

READS = {"read_state", "tell_time", "list_devices", "help", "cancel", "recall"}

TRAPS = [
    "don't unlock the front door",
    "never turn off the hall lamp",
    "did I unlock the front door?",
    "unlock the front door at 6pm",
    "turn on the hall lamp at 6",
    "turn on the hall lamp in ten minutes",
    "turn on the hall lamp for 5 minutes",
    "turn on the hall lamp tonight",
    "open the garage when I get home",
    "unlock the door if it rains",
    "turn off the heating unless it is cold",
    "would you ever unlock the front door?",
    "I was going to unlock the front door",
    "tell me how to unlock the front door",
    "remind me to lock the front door",
    "what happens if I turn off the fridge outlet",
    "she said turn on the hall lamp",
    "the hall lamp is on",
    "are you able to open the garage?",
    "turn on the front door lock",
    "turn off the hall lamp or the reading lamp",
    "turn off everything except the sauna",
    "turn the lights on and off",
    "turn on the hall lamp, no wait, off",
    "turn on the light in the sauna",
    "dim the hall lamp to 20 and 40",
    "hall lamp on?",
    "garage open?",
    "open everything",
    "turn everything on",
    "leave the garage open",
    "unblock the front door",
    "heat the hot tub? nah",
    "play chess with me",
    "pause the speaker at 6",
    "timer to turn the tv off in an hour",
    "up",
    "72?",
    "lights",
    "on",
]


@pytest.mark.parametrize("text", TRAPS)
def test_a_trap_does_nothing(speaker: Speaker, text: str) -> None:
    understood = speaker.say(text)
    assert all(call.name in READS for call in understood.calls), understood.calls
    assert understood.calls or understood.reply


@pytest.mark.parametrize("text", ["", "   ", "🙂🙂", "?!...", "\u200b\u202e", "x" * 10_000])
def test_odd_messages_are_answered(speaker: Speaker, text: str) -> None:
    understood = speaker.say(text)
    assert not understood.calls
    assert understood.abstained is not Abstention.NONE
    assert understood.reply


def test_invisible_and_wide_letters_are_read(speaker: Speaker) -> None:
    disguised = "\u200bＴＵＲＮ on\u00a0the h\u200dall lamp!!!"
    assert speaker.calls(disguised) == [("power", {"devices": ["hl"], "on": True})]
