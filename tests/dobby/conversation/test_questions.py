"""Questions that are answered from what people asked to be remembered, and those that are not."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from dobby.agent.turn import NOT_TOLD
from dobby.commands.try_house import Trial
from dobby.language.words import Words

FACTS = (
    "the spare key is with Anna", "the shed key is under the flower pot",
    "the bins go out on Monday", "the plumber is Mr Kowalski, 600 100 200",
    "my passport is in the desk", "Anna's birthday is on 3 May",
    "the stopcock is under the kitchen sink", "the guest wifi is called bluebell",
    "the gardener comes every second Tuesday", "Rex eats at seven and at five",
    "we parked the caravan at Tom's farm", "the boiler was serviced in March",
    "the bedroom paint is Hague Blue", "the football boots are in the loft",
    "the recycling is collected on the first Friday", "Mia is allergic to peanuts",
)  # fmt: skip
NOISE = tuple(f"box {n} in the attic holds winter clothes of year {1990 + n}" for n in range(60))
ANSWERED = {
    "the spare key is with Anna": ("where is the spare key?", "who has the spare key",
        "who's got our spare key?", "where did I put the spare key", "where's the spare key",
        "Do you know where the spare keys are?", "tell me where the spare key is"),
    "the shed key is under": ("where is the shed key", "where do we keep the key to the shed"),
    "the bins go out": ("when do the bins go out", "what day do the bins go out?",
                        "which day are the bins"),
    "Mr Kowalski": ("who is the plumber?", "what is the plumber's number", "who's our plumber"),
    "my passport is": ("where is my passport?", "where did I leave the passport"),
    "3 May": ("when is Anna's birthday?", "what day is Anna's birthday"),
    "the kitchen sink": ("where is the stopcock", "where would I find the stopcock"),
    "bluebell": ("what is the guest wifi called?", "what's the name of the guest wifi"),
    "second Tuesday": ("when does the gardener come", "which day does the gardener come?"),
    "at seven": ("when does Rex eat", "what time does Rex eat?"),
    "Tom's farm": ("where is the caravan", "where did we park the caravan?"),
    "in March": ("when was the boiler serviced?",),
    "Hague Blue": ("what is the bedroom paint", "which paint did we use in the bedroom?"),
    "first Friday": ("when is the recycling collected",),
    "peanuts": ("who is allergic to peanuts", "what is Mia allergic to?"),
}  # fmt: skip
UNANSWERED = (
    "where is Anna", "who is Anna?", "where is the shed", "what is the capital of France",
    "where is the spare tyre", "who won the football match", "where is the cat",
    "when is Ben's birthday?", "who is the electrician", "when does the plumber come",
    "what does the spare key cost", "which shoes are mine", "when is the boiler serviced next",
    "where are the flower seeds", "who parked the tractor",
)  # fmt: skip
OF_DEVICES = {
    "how warm is it in the hall": "20 °C", "where is the hall lamp": "in the hall",
    "which lights are on?": "hall lamp", "what is the boiler set to": "50",
    "is the hall lamp on?": "on",
}  # fmt: skip
HOUSE = {
    "people": {"Olga": "owner", "Ben": "adult", "Gus": "guest"},
    "rooms": ["Hall", "Kitchen"],
    "devices": {
        "lamp": {"name": "Hall lamp", "kind": "light", "room": "Hall", "state": {"power": True}},
        "boiler": {"name": "Boiler", "kind": "boiler", "room": "Kitchen",
                   "state": {"climate": {"target": 50}}},
        "warm": {"name": "Hall sensor", "kind": "sensor", "room": "Hall",
                 "state": {"reading": {"temperature": 20}}},
    },
}  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Trial]:
    path: Path = tmp_path_factory.mktemp("asking") / "house.yaml"
    path.write_text(json.dumps(HOUSE))  # which is YAML
    async with Trial(path) as trial:
        for fact in FACTS + NOISE:
            said = await trial.say(f"remember that {fact}", "Olga")
            assert said.reply == f"I will remember: {fact}."
        yield trial


@pytest.mark.asyncio(loop_scope="module")
async def test_what_was_remembered_is_found(house: Trial) -> None:
    for holds, questions in ANSWERED.items():
        for question in questions:
            said = await house.say(question, "Olga")
            assert holds.casefold() in said.reply.casefold(), (question, said.reply)
            assert "you told me today at" in said.reply.replace("You", "you")


@pytest.mark.asyncio(loop_scope="module")
async def test_a_fact_of_another_says_whose_word_it_is(house: Trial) -> None:
    said = await house.say("where is the stopcock?", "Ben")
    assert said.reply.startswith("The stopcock is under the kitchen sink, as ")
    assert "you told me" not in said.reply
    mine = await house.say("where is the passport", "Ben")
    assert "“my passport is in the desk”" in mine.reply  # not Ben's: Olga's word is quoted


@pytest.mark.asyncio(loop_scope="module")
async def test_what_nobody_told_is_not_answered(house: Trial) -> None:
    for question in UNANSWERED:
        said = await house.say(question, "Olga")
        assert not any(fact in said.reply.casefold() for fact in map(str.casefold, FACTS)), question
        assert said.reply
    assert (await house.say("where is the cat?", "Olga")).reply == Words().put(NOT_TOLD)


@pytest.mark.asyncio(loop_scope="module")
async def test_devices_answer_for_themselves(house: Trial) -> None:
    for question, holds in OF_DEVICES.items():
        said = await house.say(question, "Olga")
        assert holds in said.reply, (question, said.reply)
        assert "told me" not in said.reply


@pytest.mark.asyncio(loop_scope="module")
async def test_a_guest_is_told_nothing_that_was_remembered(house: Trial) -> None:
    for questions in ANSWERED.values():
        for question in questions:
            said = await house.say(question, "Gus")
            assert "told me" not in said.reply
            assert "remember" not in said.reply


@pytest.mark.asyncio(loop_scope="module")
async def test_what_is_forgotten_is_no_answer(house: Trial) -> None:
    await house.say("remember that the ladder is at Peter's", "Olga")
    assert "Peter" in (await house.say("where is the ladder?", "Olga")).reply
    assert "Forgotten" in (await house.say("forget the ladder", "Olga")).reply
    assert (await house.say("where is the ladder?", "Olga")).reply == Words().put(NOT_TOLD)


@pytest.mark.asyncio(loop_scope="module")
async def test_the_newest_word_comes_first(house: Trial) -> None:
    await house.say("remember that the drill is in the cellar", "Olga")
    await house.say("remember that the drill is at Joe's", "Olga")
    reply = (await house.say("where is the drill?", "Olga")).reply
    assert reply.index("Joe") < reply.index("cellar")
