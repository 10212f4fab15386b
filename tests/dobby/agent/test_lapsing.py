"""A question of Dobby's lapses with whatever is said next, or after ten minutes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dobby.agent.calls import QUESTION_LIVES, Watched
from dobby.agent.tool import Caller
from dobby.agent.turn import Answer, Said, Talk
from dobby.commands.try_house import Trial
from dobby.language.brain import Language
from dobby.people.roles import Person, Role
from tests.dobby.conversation.test_inbox import Page, family, message
from tests.dobby.message_path import message_path
from tests.sentences.book import HOUSES

ASKED = datetime(2026, 11, 20, 12, tzinfo=UTC)
OLGA = Person("olga", "Olga", Role.OWNER)
CAMERA = "declared:cam_drive"
SOON, LATE = timedelta(minutes=9), timedelta(minutes=11)


class Owner:
    """Somebody who was asked where a camera looks."""

    def __init__(self, trial: Trial) -> None:
        self._trial = trial
        self.now, self.talk = ASKED + timedelta(minutes=1), Talk()

    async def say(self, text: str, after: timedelta = timedelta(seconds=5)) -> Answer:
        self.now += after
        caller = Caller(OLGA, self.now)
        watched = Watched(asked=CAMERA, asked_at=ASKED)
        answer = await self._trial.agent.turn(Said(text, caller, watched=watched), self.talk)
        self.talk = answer.talk
        return answer


@pytest.fixture
async def owner() -> AsyncIterator[Owner]:
    async with Trial(HOUSES / "lookout.yaml") as trial:
        yield Owner(trial)


def placed(answer: Answer) -> list[str]:
    """The places that cameras were told to look at."""
    return [str(c.arguments["looks_at"]) for c in answer.calls if c.name == "watch_camera"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("the front door", "front door"), ("It's the side gate.", "side gate"),
        ("Anna's room", "Anna's room"), ("the pond", "pond"),
        ("back of the shed", "back of the shed"),
        ("it looks at the koi basin", "koi basin"), ("over the chicken coop", "chicken coop"),
        ("that one faces the letterbox", "letterbox"), ("my workshop", "workshop"),
    ],
)  # fmt: skip
async def test_a_place_is_the_answer_while_the_question_is_fresh(
    owner: Owner, text: str, place: str
) -> None:
    assert placed(await owner.say(text)) == [place]


@pytest.mark.parametrize(
    "text",
    ["koi basin", "fireflies in the living room", "the usual", "that is the plum tree bed"],
)
async def test_what_may_be_no_place_is_asked_about(owner: Owner, text: str) -> None:
    asked = await owner.say(text)
    assert not asked.calls
    assert asked.reply.startswith("Shall I take it that ")
    assert placed(await owner.say("yes"))


@pytest.mark.parametrize(
    "text",
    ["turn on candlelight in the living room", "switch the pond pump off", "dim the frobnicator",
     "is it raining?", "nothing", "unlock", "no", "play jazz", "what did you say", "louder please",
     "the camera is broken, and the lamp too", "stop", "not the front door", "hello", "yes"],
)  # fmt: skip
async def test_what_is_no_place_is_none(owner: Owner, text: str) -> None:
    said = await owner.say(text)
    assert placed(said) == []
    assert "take it that" not in said.reply


@pytest.mark.parametrize(
    "between", ["what time is it", "turn on the drive light", "blah blah blah"]
)
async def test_it_lapses_with_what_is_said_next(owner: Owner, between: str) -> None:
    await owner.say(between)
    late = await owner.say("the front door")
    assert placed(late) == []
    assert late.reply.startswith("Shall I take it that ")
    assert placed(await owner.say("yes")) == ["front door"]


async def test_it_lapses_after_ten_minutes(owner: Owner) -> None:
    assert placed(await owner.say("the front door", QUESTION_LIVES)) == []
    assert "take it that" not in (await owner.say("koi basin")).reply


@pytest.mark.parametrize(("after", "dims"), [(SOON, True), (LATE, False)])
async def test_which_one_lapses(after: timedelta, dims: bool) -> None:
    async with Trial(HOUSES / "family.yaml") as trial:
        owner = Owner(trial)
        assert (await owner.say("dim the lamp to 30")).reply.startswith("Which one")
        assert bool((await owner.say("the floor lamp", after)).receipts) is dims


async def test_a_code_closes_which_one() -> None:
    async with Trial(HOUSES / "family.yaml") as trial:
        owner = Owner(trial)
        (code,) = (await owner.say("unlock the front door")).codes
        await owner.say("dim the lamp to 30")
        await owner.say(code)
        assert not (await owner.say("the floor lamp")).receipts


async def test_words_about_people_close_an_offer(tmp_path: Path) -> None:
    page = Page()
    async with message_path(tmp_path, channels=[page], reflex=Language()) as path:
        await family(path)
        said = ("turn on the kitchen light in ten minutes", "who do you know?", "yes")
        told: list[str] = []
        for number, text in enumerate(said, 1):
            await path.inbox.receive(message(text, number))
            told = await page.wait_for(number)
        assert told[0].endswith("Shall I switch the kitchen light on now?")
        assert told[2] == "Nothing is waiting for a yes."
        assert path.state("kitchen_light")["power"] == {"on": False}
