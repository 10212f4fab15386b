"""What Dobby offers is kept with its reading: a yes does that and nothing else, once, in time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any

import pytest

from devices.capabilities import CAPABILITIES
from dobby.agent.calls import QUESTION_LIVES, Context, ToolCall, Understanding
from dobby.agent.cut_short import CutShort
from dobby.agent.tool import BuiltInTool, Caller, ToolResult
from dobby.agent.tools import Toolbox
from dobby.agent.turn import Agent, Answer, Said, Talk
from dobby.commands.try_house import Trial
from dobby.language.brain import Language
from dobby.language.words import Words
from dobby.people.roles import Person, Role
from tests.dobby.language.conftest import declared
from tests.sentences.book import HOUSES, Sentence, load

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
OLGA, BEN = Person("olga", "Olga", Role.OWNER), Person("ben", "Ben", Role.ADULT)
GUS = Person("gus", "Gus", Role.GUEST)
LATER = (
    "{} in ten minutes", "{} at 6pm", "{} tomorrow morning", "tonight, {}", "{} at midnight",
    "{} if it rains", "when I get home, {}", "{} when the film is over", "{} for half an hour",
    "{} after sunset", "{} unless Anna is here", "{} until I say so",
)  # fmt: skip
ASKS_YES = re.compile(r"(?:^|[.:;] )(?:Shall|Should|May) I\b|\bWas (?:it|that)\b[^.?]*\?")


class Talking:
    """One conversation with the agent of a house."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        self.now, self.talk = NOW, Talk()

    async def say(self, text: str, person: Person = OLGA) -> Answer:
        answer = await self._agent.turn(Said(text, Caller(person, self.now)), self.talk)
        self.talk = answer.talk
        return answer


@pytest.fixture
async def house() -> AsyncIterator[Trial]:
    async with Trial(HOUSES / "family.yaml") as trial:
        yield trial


@pytest.fixture
def talking(house: Trial) -> Talking:
    return Talking(house.agent)


async def test_a_yes_does_what_was_offered_and_once(house: Trial, talking: Talking) -> None:
    offered = await talking.say("turn off the floor lamp in ten minutes")
    assert offered.reply.endswith("Shall I switch the floor lamp off now?")
    assert not offered.receipts
    done = await talking.say("yes please")
    assert done.reply == "The floor lamp is off."
    assert (await talking.say("make it red")).receipts[0].command.device.endswith("floor_lamp")
    assert (await talking.say("yes")).reply == "Nothing is waiting for a yes."


@pytest.mark.parametrize("no", ["no", "no thanks", "never mind", "nah, leave it", "cancel it"])
async def test_a_no_drops_it(talking: Talking, no: str) -> None:
    await talking.say("turn off the floor lamp in ten minutes")
    assert (await talking.say(no)).reply == "Then I will not switch the floor lamp off."
    assert not (await talking.say("yes")).calls


@pytest.mark.parametrize(
    "between", ["what time is it", "turn on the hall light", "blah blah", "not now, tomorrow",
                "dim the lamp", "1234", "stop"],
)  # fmt: skip
async def test_it_is_of_the_last_words_alone(talking: Talking, between: str) -> None:
    await talking.say("turn off the floor lamp in ten minutes")
    await talking.say(between)
    said = await talking.say("yes")
    assert all(call.arguments.get("devices") != ["declared:floor_lamp"] for call in said.calls)


async def test_it_lapses(talking: Talking) -> None:
    await talking.say("turn off the floor lamp in ten minutes")
    talking.now += QUESTION_LIVES
    assert not (await talking.say("yes")).calls


async def test_it_is_for_who_was_asked(talking: Talking) -> None:
    await talking.say("turn off the floor lamp in ten minutes")
    assert not (await talking.say("yes", BEN)).calls


async def test_a_yes_is_no_code_and_no_permission(talking: Talking) -> None:
    await talking.say("unlock the front door at six")
    asked = await talking.say("yes")
    assert asked.codes
    assert not asked.receipts
    await talking.say("lock the front door at six", GUS)
    refused = await talking.say("yes", GUS)
    assert not refused.receipts


async def test_it_survives_a_restart(house: Trial, talking: Talking) -> None:
    await talking.say("turn off the floor lamp in ten minutes")
    talking.talk = Talk.model_validate_json(talking.talk.model_dump_json())
    assert (await talking.say("yes")).receipts


async def test_a_turn_that_was_cut_short_leaves_no_offer(house: Trial, talking: Talking) -> None:
    await talking.say("turn off the floor lamp in ten minutes")
    offer = talking.talk.offer
    assert offer is not None
    said, cut = Said("yes", Caller(OLGA, NOW)), CutShort(planned=list(offer.calls))
    resumed = await house.agent.resume(said, talking.talk, cut, _Forgetful())
    assert resumed.receipts
    assert resumed.talk.offer is None


class _Forgetful:
    async def planned(self, calls: Sequence[ToolCall], confirmed: bool, brain: str) -> None: ...
    async def done(self, results: Sequence[ToolResult]) -> None: ...


# What waits for a yes whoever calls it ------------------------------------------------------------


async def test_a_guarded_tool_waits_for_a_yes_to_its_exact_arguments(house: Trial) -> None:
    ran: list[dict[str, Any]] = []

    async def blind(arguments: dict[str, Any], caller: Caller) -> str:
        ran.append(arguments)
        return "It is private now."

    tool = BuiltInTool(
        "blind", "", {}, blind, guard=lambda a, _: f"blind {a['device']}", may_ask=True
    )

    class Blinding:
        def understand(self, text: str, context: Context) -> Understanding:
            return Understanding(
                calls=(ToolCall(name="blind", arguments={"device": "Hall light"}),)
            )

    talking = Talking(Agent(house.house, Toolbox(house.house, [tool]), Blinding()))
    assert (await talking.say("x")).reply == "Shall I blind declared:hall_light?"
    assert not ran
    house.house.rename("declared:hall_light", name="Other")
    house.house.rename("declared:desk_lamp", name="Hall light")
    assert (await talking.say("yes")).reply == "It is private now."
    assert ran == [{"device": "declared:hall_light"}]


# Every order of the book, for later ---------------------------------------------------------------


def _orders() -> list[Sentence]:
    """Plain orders, of all houses: every sixth."""
    plain = [
        s for s in load()
        if not (s.trap or s.before or s.state or s.person) and len(s.outcomes) == 1
        and s.outcomes[0].expect and s.text[-1] not in "?!.,"
    ]  # fmt: skip
    return plain[::6]


@pytest.fixture(scope="module")
def said_later() -> dict[str, list[tuple[str, Understanding, Understanding]]]:
    """By house: orders put off, as they are read; and the bare order."""
    orders: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in _orders():
        orders[sentence.house].append(sentence)
    return {house: list(_read(house, own)) for house, own in orders.items()}


def _read(
    house: str, sentences: list[Sentence]
) -> Iterator[tuple[str, Understanding, Understanding]]:
    trial, brain = Trial(HOUSES / f"{house}.yaml"), Language()
    view = declared(HOUSES / f"{house}.yaml")
    for number, sentence in enumerate(sentences):
        context = Context(view, NOW, sentence.room, fahrenheit=trial.file.units == "fahrenheit")
        bare = brain.understand(sentence.text, context)
        for form in (LATER[number % len(LATER)], LATER[(number + 5) % len(LATER)]):
            text = form.format(sentence.text)
            yield text, brain.understand(text, context), bare


def test_what_is_offered_is_the_order_without_its_time(
    said_later: dict[str, list[tuple[str, Understanding, Understanding]]],
) -> None:
    read = [one for house in said_later.values() for one in house]
    wrong = [
        (text, later.offers, bare.calls)
        for text, later, bare in read
        if later.offers and later.offers != (bare.calls or bare.offers)
    ]
    offered = sum(bool(later.offers) for _, later, _ in read)
    if wrong:
        pytest.fail(
            "\n".join(f"{text}: {offers} != {calls}" for text, offers, calls in wrong),
            pytrace=False,
        )
    assert offered > len(read) / 2, f"{offered} of {len(read)} offered"


def test_nothing_is_asked_for_a_yes_but_what_a_yes_does(
    said_later: dict[str, list[tuple[str, Understanding, Understanding]]],
) -> None:
    """The turn asks "Shall I ...?" of the offer itself; no brain may ask so beside it."""
    asked = [
        (text, later.reply)
        for house in said_later.values()
        for text, later, _ in house
        if ASKS_YES.search(Words().put(later.reply))
    ]
    assert asked == []


async def test_no_sentence_of_the_book_is_asked_for_a_yes_in_vain() -> None:
    """Over half of the book: whoever is asked "Shall I ...?" is heard when saying yes."""
    in_vain: list[str] = []
    async with AsyncExitStack() as stack:
        trials: dict[str, Trial] = {}
        for sentence in load()[::2]:
            if not (sentence.trap or sentence.outcomes[0].abstains) or sentence.before:
                continue
            if sentence.house not in trials:
                trial = Trial(HOUSES / f"{sentence.house}.yaml")
                trials[sentence.house] = await stack.enter_async_context(trial)
            talking = Talking(trials[sentence.house].agent)
            asked = await talking.say(sentence.text)
            if not ASKS_YES.search(asked.reply):
                continue
            said = await talking.say("yes")
            if not said.calls or any(c.name not in CAPABILITIES for c in said.calls):
                in_vain.append(f"{sentence.text}: {asked.reply} yes: {said.reply}")
    assert in_vain == []
