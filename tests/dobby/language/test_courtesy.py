"""Courtesy changes no deed: an order in polite words does the same, or asks."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.dobby.language.conftest import Speaker
from tests.sentences.orders import acts, deed, orders

BEFORE_VERBS = (
    "would you be a dear and {}",
    "could you please {}",
    "can you {} for me",
    "I want to {}",
    "I'd like to {}",
    "we need you to {}",
    "I'd like you to {}",
    "it would be great if you could {}",
    "do me a favour and {}",
    "be a love and {}",
    "go ahead and {}",
    "sorry to bother you, but could you {}",
)
ANYWHERE = (
    "hey Dobby, {}",
    "darling, {}",
    "ok so {} then",
    "um, {}",
    "{}, please",
    "{} please, thank you",
    "{} thanks love",
    "{}, mate",
    "{} real quick",
    "{} right now",
    "{} if you don't mind",
    "{} when you get a chance",
)
EVERY = 16  # each wording of a deed meets one or two of the 24, the next wording the next
MOST_LOST = 0.05


def test_courtesy_does_no_other_deed_and_loses_few() -> None:
    fates: Counter[str] = Counter()
    others: list[str] = []
    for turn, order in enumerate(orders()):
        for number, words in enumerate(ANYWHERE + BEFORE_VERBS):
            if (number + turn) % EVERY or (words in BEFORE_VERBS and not order.begins_with_a_verb):
                continue
            said = words.format(order.text)
            polite = order.reworded(said)
            if not acts(polite):
                fates["lost"] += 1
            elif deed(polite.calls) == deed(order.meant.calls):
                fates["same"] += 1
            else:
                fates["other"] += 1
                others.append(f"{said!r} came to {deed(polite.calls)}")
    said = fates.total()
    print(f"{said} polite orders: {dict(fates)}, {fates['lost'] / said:.1%} lost")  # noqa: T201
    assert said > 1500
    if others:
        pytest.fail("\n".join(others[:40]), pytrace=False)
    assert fates["lost"] <= MOST_LOST * said


@pytest.mark.parametrize(
    "text",
    [
        "I want to turn off the hall lamp",
        "we'd love you to turn off the hall lamp, there's a dear",
        "would it be possible to turn off the hall lamp?",
        "I was wondering if you could turn off the hall lamp, please",
    ],
)
def test_a_polite_order_is_no_question_and_turns_nothing_round(speaker: Speaker, text: str) -> None:
    assert speaker.calls(text) == [("power", {"devices": ["hl"], "on": False})]


@pytest.mark.parametrize(
    "text",
    [
        "could you not turn on the hall lamp",
        "I don't want you to turn on the hall lamp",
        "would you ever turn on the hall lamp?",
        "do you want me to turn on the hall lamp?",
        "I wanted to turn on the hall lamp",
        "when you get home turn on the hall lamp",
        "if you can see me turn on the hall lamp",
        "you should have turned on the hall lamp",
    ],
)
def test_what_only_looks_like_courtesy_is_obeyed_by_nobody(speaker: Speaker, text: str) -> None:
    assert not acts(speaker.say(text))
