"""Pictures on demand, and who is there."""

from __future__ import annotations

import pytest

from dobby.vision.pictures import PictureGone
from tests.dobby.agent.cameras.conftest import CLEO, GUS, Chat
from tests.dobby.vision.conftest import DOOR, DRIVE, JPEG, World, unreachable
from tests.dobby.vision.stories import sight, track
from tests.dobby.vision.test_watch import picture, scene

REFUSED = "That is for the people who live here."


async def seen(world: World) -> None:
    await world.tell(sight(0, "seeing", camera=DOOR), sight(0, "seeing", camera=DRIVE))


async def test_show_me_the_front_door(chat: Chat, world: World) -> None:
    await seen(world)
    answer = await chat.say("show me the front door")
    assert answer.reply == "The front door, now: nobody is there."
    (shown,) = answer.pictures
    assert await world.pictures.load(shown) == JPEG


async def test_several_at_once_and_what_is_in_view(chat: Chat, world: World) -> None:
    await world.tell(sight(0, "seeing", camera=DOOR), scene(1, track("a"), track("b", 0.7, "dog")))
    answer = await chat.say("show me all cameras")
    assert answer.reply == (
        "The front door, now: one person and a dog are there. The drive, now."
    )  # the drive was not seen yet: nothing is claimed of it
    assert len(answer.pictures) == 2


async def test_a_camera_that_does_not_answer_has_an_older_picture(chat: Chat, world: World) -> None:
    await world.tell(
        sight(0, "seeing", camera=DOOR), scene(60, track("a"), pictures=(picture(),)), scene(90)
    )
    await world.until(200)
    world.driver.failing[DOOR] = unreachable()
    answer = await chat.say("show me the front door")
    assert answer.reply == "It does not answer. The last picture is of today at 14:01."
    (incident,) = await world.kept()
    assert answer.pictures == (incident.picture,)
    world.driver.failing[DRIVE] = unreachable()
    bare = await chat.say("show me the drive")
    assert bare.reply == "It does not answer. I have no older picture of the drive."
    assert bare.pictures == ()


@pytest.mark.parametrize("asked", ["show me the front door", "who's at the front door?"])
async def test_attack_52_privacy_is_kept_from_everyone(
    chat: Chat, world: World, asked: str
) -> None:
    await world.watch.change(DOOR, private=True)
    answer = await chat.say(asked)
    assert answer.reply == "The front door camera is in privacy mode: I do not look."
    assert (answer.pictures, world.driver.failing) == ((), {})


@pytest.mark.parametrize(
    "asked",
    [
        "show me the front door",
        "who's at the front door?",
        "what happened today?",
        "what alert rules are there?",
        "why did you tell me?",
        "is the drive camera on?",
        "I'm leaving",
        "don't tell me about cats",
        "privacy mode on the front door camera",
    ],
)
async def test_attack_52_guests_see_nothing_and_change_nothing(chat: Chat, asked: str) -> None:
    answer = await chat.say(asked, GUS)
    assert answer.reply in (REFUSED, "Only an adult of the house may do that.")
    assert answer.pictures == ()


async def test_attack_52_nor_when_a_model_asks_for_them(chat: Chat) -> None:
    for tool in ("snapshot", "who_is_there", "what_happened", "camera_state"):
        result = await chat.call(tool, GUS, devices=[DOOR])
        assert (result.refused, result.words, result.pictures) == (REFUSED, "", ())


async def test_children_may_look(chat: Chat) -> None:
    assert len((await chat.say("show me the front door", CLEO)).pictures) == 1


async def test_who_is_there_is_the_incident_with_a_fresh_picture(chat: Chat, world: World) -> None:
    await seen(world)
    await world.tell(scene(60, track("a"), pictures=(picture(),)))
    answer = await chat.say("who's at the front door?")
    assert answer.reply == "Someone is at the front door."
    (shown,) = answer.pictures
    (incident,) = await world.kept()
    assert shown != incident.picture  # taken for the asking


async def test_nobody_is_there_and_who_was_there_last(chat: Chat, world: World) -> None:
    await seen(world)
    assert (await chat.say("anyone in the drive?")).reply == "Nobody is at the drive now."
    await world.tell(scene(60, track("a"), pictures=(picture(),)), scene(90))
    await world.until(200)
    answer = await chat.say("who's there?")
    assert answer.reply == (
        "Nobody is to be seen now. The last time, today: Someone was at the front door, 14:01."
    )
    (incident,) = await world.kept()
    assert answer.pictures == (incident.picture,)
    dog = await chat.say("is there a dog at the front door?")
    assert dog.reply == "No dog is at the front door now."


async def test_a_parked_car_is_there_for_whoever_asks_for_it(chat: Chat, world: World) -> None:
    parked = track("c", label="car", still=True, parked=True)
    await seen(world)
    await world.tell(scene(60, parked, camera=DRIVE))
    assert (await chat.say("is there a car in the drive?")).reply == "A car is at the drive."
    assert (await chat.say("anyone in the drive?")).reply == "Nobody is at the drive now."


async def test_who_just_went_is_not_said_to_be_there(chat: Chat, world: World) -> None:
    await seen(world)
    await world.tell(scene(60, track("a")), scene(61))  # they may still come back into view
    answer = await chat.say("who's at the front door?")
    assert answer.reply == (
        "Nobody is at the front door now. "
        "The last time, today: Someone was at the front door, 14:01."
    )


async def test_the_door_is_the_one_door_that_is_looked_at(chat: Chat, world: World) -> None:
    await seen(world)
    answer = await chat.say("who's at the door?")
    assert answer.calls[0].arguments == {"devices": [DOOR]}
    also = await chat.say("and the drive?")
    assert also.calls[0].arguments == {"devices": [DRIVE]}


async def test_a_cameras_state_in_words(chat: Chat, world: World) -> None:
    await world.tell(
        sight(0, "seeing", camera=DOOR), sight(0, "offline", camera=DRIVE), scene(1, track("a"))
    )
    assert (await chat.say("list the cameras")).reply == (
        "The front door camera: one person in view. The drive camera: dark, it does not answer."
    )
    await world.watch.change(DOOR, private=True)
    assert (await chat.say("is the front door camera on?")).reply == (
        "The front door camera: private."
    )


async def test_what_is_no_camera_says_so(chat: Chat) -> None:
    assert (await chat.call("snapshot", devices=["Garage Door"])).refused == "That is no camera."


async def test_attack_46_a_picture_is_no_path(world: World) -> None:
    for name in ("../../.ssh/id_rsa", "pictures.key", "/etc/passwd", "0" * 31):
        with pytest.raises(PictureGone):
            await world.pictures.load(name)
