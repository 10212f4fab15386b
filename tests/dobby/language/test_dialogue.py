""" "It", "the other one", "and the hall too", and answers to a question."""

from __future__ import annotations

from dobby.language.words import Words
from tests.dobby.language.conftest import Speaker


def test_it_is_what_was_spoken_of(speaker: Speaker) -> None:
    speaker.say("turn on the hall lamp")
    assert speaker.calls("turn it off") == [("power", {"devices": ["hl"], "on": False})]
    assert speaker.calls("a bit brighter") == [("brightness", {"devices": ["hl"], "percent": 70})]


def test_it_needs_something_spoken_of(speaker: Speaker) -> None:
    assert not speaker.say("turn it off").calls


def test_it_within_one_sentence(speaker: Speaker) -> None:
    assert speaker.calls("turn on the tv and switch it to HDMI two") == [
        ("power", {"devices": ["tv"], "on": True}),
        ("source", {"devices": ["tv"], "name": "HDMI 2"}),
    ]


def test_the_other_one(speaker: Speaker) -> None:
    speaker.say("turn on the left bedside lamp")
    assert speaker.calls("the other one too") == [("power", {"devices": ["br"], "on": True})]


def test_the_same_elsewhere(speaker: Speaker) -> None:
    speaker.say("turn off the floor lamp")
    assert speaker.calls("and the hall too") == [("power", {"devices": ["hl"], "on": False})]


def test_an_answer_completes_the_sentence(speaker: Speaker) -> None:
    question = speaker.say("dim the lamp to 30")
    assert set(question.dialogue.options) >= {"hl", "ll", "bl"}
    assert question.dialogue.pending == "dim the lamp to 30"
    assert speaker.calls("the hall one") == [("brightness", {"devices": ["hl"], "percent": 30})]


def test_a_new_order_is_no_answer(speaker: Speaker) -> None:
    speaker.say("turn on the lamp")
    assert speaker.calls("pause the music") == [
        ("playback", {"devices": ["sb"], "state": "paused"})
    ]


def test_undo_after_a_deed_takes_back_no_note(speaker: Speaker) -> None:
    speaker.say("remember that the bins go out on monday")
    assert [call.name for call in speaker.say("undo").calls] == ["undo"]
    speaker.say("turn on the hall lamp")
    undone = speaker.say("undo")
    assert not undone.calls
    assert undone.abstained
    assert Words().put(undone.reply).endswith("?")
