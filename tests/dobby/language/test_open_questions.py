"""An order is never taken for the answer to a question of Dobby's that is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from dobby.agent.calls import Context, Dialogue, Offer, ToolCall, Watched
from dobby.agent.confirmation import PendingActions, read_confirmation
from dobby.language.brain import Language
from dobby.language.words import Words
from dobby.people.roles import Person, Role
from tests.dobby.language.conftest import View, declared
from tests.sentences.book import HOUSES, Sentence, load

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CAMERA = "new-camera"
OLGA = Person("olga", "Olga", Role.OWNER)

Question = Callable[[View], Iterator[tuple[Dialogue, Watched]]]


def which_one(house: View) -> Iterator[tuple[Dialogue, Watched]]:
    """Which of several of a kind, whatever was wished of it."""
    kinds = {device.kind for device in house.devices.values()}
    for kind in sorted(kinds):
        alike = tuple(d.id for d in house.devices.values() if d.kind == kind)
        if len(alike) > 1:
            wish = f"turn off the {kind}"
            yield Dialogue(options=alike[:8], pending=wish, at=NOW), Watched()


def where_does_it_look(house: View) -> Iterator[tuple[Dialogue, Watched]]:
    yield Dialogue(), Watched(asked=CAMERA, asked_at=NOW)


def an_old_where(house: View) -> Iterator[tuple[Dialogue, Watched]]:
    yield Dialogue(), Watched(unplaced=CAMERA)


@pytest.fixture(scope="module")
def orders() -> dict[str, list[Sentence]]:
    """Orders of the book that stand for themselves, by house: every sixth."""
    found: dict[str, list[Sentence]] = {}
    for sentence in load()[::6]:
        if not sentence.before and not sentence.state:
            found.setdefault(sentence.house, []).append(sentence)
    return found


@pytest.mark.parametrize("question", [which_one, where_does_it_look, an_old_where])
def test_an_order_does_what_it_does_without_the_question(
    orders: dict[str, list[Sentence]], question: Question
) -> None:
    taken: list[str] = []
    for name, sentences in orders.items():
        house, brain = declared(HOUSES / f"{name}.yaml"), Language()
        open_ones = list(question(house))
        for number, sentence in enumerate(sentences):
            plain = brain.understand(sentence.text, Context(house, NOW, sentence.room))
            if not plain.calls or not open_ones:
                continue
            dialogue, watched = open_ones[number % len(open_ones)]
            context = Context(house, NOW, sentence.room, dialogue, watched=watched)
            said = brain.understand(sentence.text, context)
            if _names_one(house, dialogue, sentence.text):
                continue
            if said.calls != plain.calls or said.offers:
                taken.append(
                    f"{name} {sentence.text!r}: {said.calls} {said.offers}, {dialogue.pending}"
                )
    if taken:
        pytest.fail(f"{len(taken)}\n" + "\n".join(taken), pytrace=False)


def _names_one(house: View, dialogue: Dialogue, text: str) -> bool:
    """Whether somebody says the bare name of what was offered, or what it is: an answer."""
    said = set(text.casefold().split()) - {"please", "the"}
    offered = [house.devices[option] for option in dialogue.options]
    labels = [{*name.casefold().split(), d.kind} for d in offered for name in (d.name, *d.aliases)]
    return any(said <= label for label in labels)


def test_no_order_is_a_code_a_yes_or_a_no(orders: dict[str, list[Sentence]]) -> None:
    pending, _ = PendingActions().asking([], "unlock the front door", OLGA, NOW)
    offer = Offer(calls=(ToolCall(name="power", arguments={}),), doing="x", person=OLGA.id)
    taken = [
        sentence.text
        for own in orders.values()
        for sentence in own
        if sentence.outcomes[0].expect
        and read_confirmation(
            sentence.text, pending, offer, OLGA, NOW, choosing=False, words=Words()
        )
    ]
    assert taken == []
