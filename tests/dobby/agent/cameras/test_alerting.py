"""Answers to alerts become rules: kept, listed, explained, dropped, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.dobby.agent.cameras.conftest import ANN, BEN, CLEO, Chat
from tests.dobby.vision.conftest import DOOR, DRIVE, World
from tests.dobby.vision.stories import START, track
from tests.dobby.vision.test_watch import scene, stays

SOMEBODY = "Someone is at the front door."


async def somebody(world: World, begin: float) -> None:
    """Somebody is at the front door for a moment, and gone."""
    await world.tell(*stays(begin, begin + 5, track(f"p{begin}", since=begin), camera=DOOR))
    await world.until(begin + 200)


async def a_car(world: World, begin: float, left: float = 0.2) -> None:
    """A car stops at the drive, and leaves."""
    car = f"c{begin}"
    for second in range(20):
        told = track(car, left, "car", still=second > 2, since=begin)
        await world.tell(scene(begin + second, told, camera=DRIVE))
    await world.tell(scene(begin + 21, camera=DRIVE))
    await world.until(begin + 300)


async def rules(chat: Chat) -> list[str]:
    said = await chat.say("what alert rules are there?")
    return said.reply.split("\n")[1:]


async def test_only_at_night_is_about_what_was_told_last(chat: Chat, world: World) -> None:
    await somebody(world, 0)
    answer = await chat.say("only at night")
    assert answer.reply == (
        "All right, I do not tell you of people at the front door except from 22:00 to 06:00. "
        "Say undo to take that back."
    )
    await somebody(world, 400)
    assert len(await world.said()) == 1
    await world.until(9 * 3600)  # 23:00
    await somebody(world, 9 * 3600 + 10)
    assert len(await world.said()) == 2


async def test_a_short_answer_to_nothing_is_none(chat: Chat, world: World) -> None:
    for words in ("only at night", "not again", "always", "not while I'm home", "no cats"):
        assert (await chat.say(words)).calls == ()
    await somebody(world, 0)
    await world.until(7 * 3600)  # and none to what is long past
    assert (await chat.say("only at night")).calls == ()
    assert await rules(chat) == []


async def test_not_while_i_am_home(chat: Chat, world: World) -> None:
    await somebody(world, 0)
    await chat.say("not while I'm home")
    await chat.say("I'm home")
    await somebody(world, 400)
    assert len(await world.said()) == 1
    await chat.say("I'm leaving")
    await somebody(world, 800)
    assert len(await world.said()) == 2


async def test_the_neighbours_car_is_told_no_more_and_others_are(chat: Chat, world: World) -> None:
    assert "tell" not in (await chat.say("stop telling me about the neighbour's car")).reply[:10]
    await a_car(world, 0)
    answer = await chat.say("stop telling me about the neighbour's car")
    assert "vehicles in that one spot at the drive" in answer.reply
    await a_car(world, 1000)
    assert len(await world.said()) == 1
    await a_car(world, 2000, left=0.7)
    assert len(await world.said()) == 2


async def test_a_rule_is_explained(chat: Chat, world: World) -> None:
    assert (await chat.say("why did you tell me?")).reply == "I have told you of nothing yet."
    await somebody(world, 0)
    assert (await chat.say("why did you tell me?")).reply == (
        "“Someone was at the front door, 14:00”: I told you at 14:00 because I tell of people "
        "unless you say otherwise."
    )
    await chat.say("not again")
    await somebody(world, 400)
    untold = (await chat.say("why didn't you tell me?")).reply
    assert "I did not tell you because you said “not again”" in untold


async def test_rules_are_listed_dropped_and_taken_back(chat: Chat, world: World) -> None:
    assert (await rules(chat)) == []
    await chat.say("don't tell me about cats")
    await chat.say("always tell me about people at the drive")
    first, second = await rules(chat)
    assert first.startswith("1. not told: cats; since you said “don't tell me about cats”")
    assert second.startswith("2. told: people at the drive;")
    assert (await chat.say("forget the rule about cats")).reply == (
        "Forgotten: “don't tell me about cats”."
    )
    assert len(await rules(chat)) == 1
    assert (await chat.say("undo")).reply == "Taken back: “forget the rule about cats”."
    assert (await rules(chat))[0].startswith("1. not told: cats")  # in its old place
    assert (await chat.say("delete rule 2")).reply.startswith("Forgotten: “always tell me")
    assert (await chat.say("forget all alert rules")).reply.startswith("Forgotten:")
    assert await rules(chat) == []


async def test_undo_takes_back_what_was_changed_last_whatever_it_was(
    chat: Chat, world: World
) -> None:
    await chat.say("remember that the gate code is in the shed")
    world.watch.clock = world.clock = START + timedelta(days=1000)  # after today, for certain
    await chat.say("don't tell me about cats")
    assert (await chat.say("undo")).reply == "Taken back: “don't tell me about cats”."
    assert "no longer remember" in (await chat.say("undo")).reply
    assert (await chat.say("undo")).reply == "There is nothing to take back."


async def test_only_people_is_taken_back_at_once(chat: Chat) -> None:
    answer = await chat.say("only people at the front door")
    assert answer.reply == (
        "All right, of what I see there I tell you only of people at the front door."
    )
    assert len(await rules(chat)) == 2
    await chat.say("undo that")
    assert await rules(chat) == []


async def test_leave_me_alone_until_8(chat: Chat, world: World) -> None:
    answer = await chat.say("leave me alone until 8")
    assert answer.reply.startswith("All right, I do not tell you of anything until 20:00.")
    await somebody(world, 0)
    assert await world.said() == []
    await chat.say("alerts back on")
    await somebody(world, 400)
    assert await world.said() != []


async def test_everyone_has_rules_of_their_own(chat: Chat, world: World) -> None:
    await chat.say("don't tell me about people")
    await chat.say("tell me about people", BEN)
    await somebody(world, 0)
    assert await world.said() == []
    assert await world.said("ben") == ["Someone was at the front door, 14:00."]
    await chat.say("delete rule 1", BEN)
    assert [own.person for own in await world.watch.rules()] == ["ann"]


async def test_a_part_of_a_picture_is_ignored_by_its_name(chat: Chat, world: World) -> None:
    unknown = await chat.say("ignore the street")
    assert unknown.reply.startswith("No camera looks at the street")
    corner = ((0.0, 0.0), (1.0, 0.0), (1.0, 0.3))
    await world.watch.change(DRIVE, zones=[{"name": "Street", "points": corner}])
    answer = await chat.say("ignore the street")
    assert "within Street" in answer.reply
    (own,) = await world.watch.rules()
    assert (own.rule.zones, own.rule.verdict, own.rule.said) == (
        ("Street",), "quiet", "ignore the street",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("don't bother me about the drive", "not tell you of anything at the drive."),
        (
            "only tell me at night about the drive",
            "not tell you of anything at the drive except from 22:00 to 06:00.",
        ),
        ("tell me about everything in the drive", "tell you of everything at the drive."),
    ],
)
async def test_all_of_one_place(chat: Chat, words: str, told: str) -> None:
    assert told in (await chat.say(words)).reply


@pytest.mark.parametrize(
    "words",
    [
        "always for people at the back garden", "no alerts from the back garden for an hour",
        "privacy mode on the back garden camera", "no camera in the back garden from 8 to 22",
        "don't keep pictures of the back garden", "stop watching the back garden",
        "show me the back garden", "is anybody in the back garden?",
        "what happened in the back garden today?", "Claude may see the back garden",
    ],
)  # fmt: skip
async def test_where_no_camera_looks_it_says_so(chat: Chat, words: str) -> None:
    told = "No camera looks at the back garden. I see the front door and the drive."
    assert (await chat.say(words)).reply == told


@pytest.mark.parametrize(
    "words", ["turn off the kitchen", "mute the kitchen", "never in the kitchen", "the kitchen"]
)
async def test_a_room_is_more_than_a_view(chat: Chat, words: str) -> None:
    assert "camera" not in (await chat.say(words)).reply


async def test_children_change_no_rules(chat: Chat, world: World) -> None:
    for words in ("don't tell me about cats", "delete rule 1", "stop watching the drive"):
        assert (await chat.say(words, CLEO)).reply == "Only an adult of the house may do that."
    assert await world.watch.rules() == []


@pytest.mark.parametrize(
    "arguments",
    [
        {"verdict": "silence"},
        {"verdict": "quiet", "hours": "at night"},
        {"verdict": "quiet", "zones": ["nowhere"]},
        {"verdict": "quiet", "kinds": ["alien"]},
        {"verdict": "quiet", "unlock": True},
        {"verdict": "quiet", "like_last": True},
        {},
    ],
    ids=str,
)
async def test_a_bad_rule_is_refused_in_words(chat: Chat, world: World, arguments) -> None:
    result = await chat.call("alert_rule", **arguments)
    assert result.refused
    assert await world.watch.rules() == []


async def test_a_model_makes_the_same_rules(chat: Chat, world: World) -> None:
    result = await chat.call(
        "alert_rule", verdict="quiet", labels=["cat"], devices=["Door camera"],
        until="2026-05-04T18:00",
    )  # fmt: skip
    assert "cats at the front door until 18:00" in result.words
    (own,) = await world.watch.rules()
    assert own.rule.until == START + timedelta(hours=4)
    assert (own.person, own.rule.cameras) == (ANN.id, (DOOR,))
