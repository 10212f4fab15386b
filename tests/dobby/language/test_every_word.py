"""Every word of an obeyed sentence is accounted for: what is added does more, or is asked about."""

from __future__ import annotations

import itertools
import random

import pytest

from tests.sentences.orders import Order, acts, deed, orders

TAILS = (  # none of these can leave an order what it was
    "{}, away", "{} and night", "{} then home", "{}, docked", "{}, flooded", "{}, red",
    "{} and turquoise", "{}, 77%", "{}, 13 degrees", "{} and dry mode", "{}, shuffle",
    "{}, then unlock everything", "{} except the wombat", "{} but not the wombat",
    "{} unless it rains", "{} tomorrow", "{} slowly", "{} with the wombat", "{} from the wombat",
    "{}, disarmed", "{} and Netflix", "{}, triggered", "{} for an hour", "{}, armed",
    "{} until noon", "{} instead of the wombat", "{} twice", "{} or the wombat", "{}, or not",
    "{} as usual", "{} by night",
)  # fmt: skip
INSIDE = (
    "red", "docked", "77%", "twice", "tomorrow", "never", "shuffle", "unlock", "armed", "wombat",
    "second", "without", "triggered",
)  # fmt: skip
EVERY = 32  # each wording of a deed meets one of the tails, the next wording the next
MOST_LOOSE = 0.005  # of insertions: "dock the docked mower" says nothing new
SENT_HOME = {"docked", "home"}  # of a robot: the same once more


@pytest.mark.timeout(300)
def test_what_is_added_to_an_order_is_never_passed_over() -> None:
    passed: list[str] = []
    tried = 0
    for turn, order in enumerate(orders()):
        for number, tail in enumerate(TAILS):
            if (number + turn) % EVERY == 0:
                tried += 1
                passed += _passed_over(order, tail.format(order.text))
    assert tried > 1250
    if passed:
        pytest.fail(f"{len(passed)} of {tried}:\n" + "\n".join(passed[:40]), pytrace=False)


@pytest.mark.timeout(300)
def test_a_word_put_into_an_order_is_hardly_ever_passed_over() -> None:
    rng = random.Random(7)
    passed: list[str] = []
    tried = 0
    for order in itertools.islice(orders(), 0, None, 2):
        words, word = order.text.split(), rng.choice(INSIDE)
        at = rng.randrange(len(words) + 1)
        tried += 1
        passed += _passed_over(order, " ".join([*words[:at], word, *words[at:]]))
    if len(passed) > MOST_LOOSE * tried:
        pytest.fail(f"{len(passed)} of {tried}:\n" + "\n".join(passed), pytrace=False)


def _passed_over(order: Order, said: str) -> list[str]:
    """The sentence, if it comes to the plain order's deed although it says more."""
    got = order.reworded(said)
    last = said.split()[-1].casefold()
    robot = last in SENT_HOME and any(c.name == "chore" for c in got.calls)
    restated = robot or last in order.text.casefold().split()
    same = acts(got) and deed(got.calls) == deed(order.meant.calls)
    return [f"[{order.sentence.house}] {said!r}"] if same and not restated else []
