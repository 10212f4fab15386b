"""Cameras by word: where they look, privacy, recording, presence, new ones, and their passwords."""

from __future__ import annotations

import pytest

from dobby.agent.secrecy import hide
from tests.dobby.agent.cameras.conftest import ANN, BEN, Chat
from tests.dobby.vision.conftest import DOOR, DRIVE, World


async def asked_about(world: World, camera: str) -> None:
    """A camera that nobody has placed yet; the owner was asked where it looks."""
    await world.watch.change(camera, looks_at="", watched=False, overlaps=())
    await world.watch._look_after_cameras()


async def test_where_does_it_look(chat: Chat, world: World) -> None:
    await asked_about(world, DRIVE)
    (question,) = await world.said()
    assert question == "I see a camera. Where does it look?"
    answer = await chat.say("The side gate.")
    assert answer.reply.startswith("I watch the side gate now")
    settings = world.watch.settings_of(DRIVE)
    assert (settings.looks_at, settings.watched) == ("side gate", True)
    assert world.house.devices[DRIVE].name == "Side gate camera"
    assert (await world.store.given_names())[DRIVE]["name"] == "Side gate camera"
    assert len((await chat.say("show me the side gate")).pictures) == 1
    assert (await chat.say("the back yard")).calls == ()  # it was answered


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("the front door", "front door"),
        ("at the front door", "front door"),
        ("It looks at the street.", "street"),
        ("it's the back yard", "back yard"),
        ("my workshop", "workshop"),
        ("it looks at the chicken coop", "chicken coop"),
        ("Anna's room", "Anna's room"),
        ("that's the garage", "garage"),
    ],
)
async def test_ways_of_saying_where(chat: Chat, world: World, words: str, place: str) -> None:
    await asked_about(world, DRIVE)
    await chat.say(words)
    assert world.watch.settings_of(DRIVE).looks_at == place


@pytest.mark.parametrize(
    "words",
    ["yes", "no", "never mind", "what?", "I don't know", "lights on", "close the garage door",
     "nowhere", "the front door?", "thanks", "stop", "unlock the front door", "Jazz FM", "later"],
)  # fmt: skip
async def test_what_is_no_place_places_nothing(chat: Chat, world: World, words: str) -> None:
    await asked_about(world, DRIVE)
    await chat.say(words)
    assert world.watch.settings_of(DRIVE).looks_at == ""


async def test_nobody_else_answers_the_owners_question(chat: Chat, world: World) -> None:
    await asked_about(world, DRIVE)
    await chat.say("the side gate", BEN)
    assert world.watch.settings_of(DRIVE).looks_at == ""


async def test_privacy_by_the_hour_and_at_once(chat: Chat, world: World) -> None:
    await chat.say("no camera at the front door from 8 to 22")
    assert world.watch.is_private(DOOR, world.watch.now())
    assert not world.watch.settings_of(DOOR).private
    await chat.say("privacy mode off on the front door camera")
    assert not world.watch.is_private(DOOR, world.watch.now())
    await chat.say("turn off the front door camera")
    assert world.watch.settings_of(DOOR).private
    assert (await chat.say("undo")).reply == "Taken back: “turn off the front door camera”."
    assert not world.watch.settings_of(DOOR).private


async def test_recording_describing_and_what_sees_the_same(chat: Chat, world: World) -> None:
    await chat.say("stop recording the front door")
    await chat.say("Claude may see the front door pictures")
    settings = world.watch.settings_of(DOOR)
    assert (settings.record, settings.describe) == (False, True)
    await chat.say("don't let Claude see the front door")
    await world.watch.change(DOOR, overlaps=())
    await chat.say("the drive and the front door see the same")
    assert world.watch.settings_of(DOOR).overlaps == (DRIVE,)
    assert world.watch.settings_of(DRIVE).overlaps == (DOOR,)
    assert not world.watch.settings_of(DOOR).describe


async def test_stop_watching_and_watch(chat: Chat, world: World) -> None:
    told = (await chat.say("stop watching the drive")).reply
    assert told == "I no longer watch the drive. Say undo to take that back."
    assert not world.watch.settings_of(DRIVE).watched
    assert (await chat.say("watch the drive")).reply == "I watch the drive."
    assert world.watch.settings_of(DRIVE).watched


async def test_a_camera_at_an_address_that_nothing_answers_to(chat: Chat) -> None:
    answer = await chat.say("add a camera rtsp://admin:hunter2@10.0.0.9/stream")
    assert answer.reply == "I know nothing that is found by its address."
    assert "hunter2" not in repr(answer)


# Passwords --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "shown", "secret"),
    [
        ("pair the porch camera with admin hunter2", "pair the porch camera with •••",
         "admin:hunter2"),
        ("add a camera rtsp://admin:p%40ss@10.0.0.5/x", "add a camera rtsp://admin:•••@10.0.0.5/x",
         "admin:p@ss"),
        ("rtsp://u:a@b@10.0.0.5:554/x", "rtsp://u:•••@10.0.0.5:554/x", "u:a@b"),
        ("the password of the porch camera is hunter2.", "the password of the porch camera is •••.",
         "admin:hunter2"),
        ("porch camera: user root, password toor", "porch camera: •••", "root:toor"),
        ("pair the porch camera with user admin and password hunter2",
         "pair the porch camera with •••", "admin:hunter2"),
    ],
)  # fmt: skip
def test_a_password_is_taken_out(said: str, shown: str, secret: str) -> None:
    hidden = hide(said)
    assert (hidden.text, hidden.secret) == (shown, secret)
    assert hidden.word not in repr(hidden)


@pytest.mark.parametrize(
    "said",
    ["the wifi password is swordfish", "pair the hue bridge", "show me the porch camera with sound",
     "remember that the camera password is on the fridge", "add a camera rtsp://10.0.0.5/x",
     "pair the porch camera with the hall",
     "turn on the light with 40 percent"],
)  # fmt: skip
def test_what_is_no_cameras_password_stays(said: str) -> None:
    assert hide(said).text == said


async def test_a_model_that_names_the_address_has_its_password_too(
    chat: Chat, world: World
) -> None:
    added: list[tuple[str, str | None, str]] = []

    async def add(url: str, secret: str | None = None, name: str = ""):
        added.append((url, secret, name))
        return [world.house.devices[DRIVE]]

    world.house.add = add  # the house has no driver of cameras by address here
    await chat.say("add the porch camera rtsp://admin:hunter2@10.0.0.9/stream")
    assert added == [("rtsp://10.0.0.9/stream", "admin:hunter2", "porch")]
    assert world.watch.settings_of(DRIVE).looks_at == "porch"
    lost = await chat.call("add_camera", ANN, url="rtsp://admin:•••@10.0.0.9/stream")
    assert "send the address again" in lost.refused
    assert len(added) == 1


@pytest.mark.parametrize(
    "words", ["add a camera", "Please add the garden camera.", "add a camera at 192.168.1.20"]
)
async def test_an_address_is_asked_for_where_it_is_missing(chat: Chat, words: str) -> None:
    answer = await chat.say(words)
    assert "add a camera rtsp://192.168.1.20/live" in answer.reply
    assert answer.calls == ()


async def test_a_camera_is_not_forgotten(chat: Chat, world: World) -> None:
    answer = await chat.say("delete the drive camera")
    assert answer.reply == (
        "I cannot forget a camera. I can leave it alone: stop watching the drive."
    )
    assert world.watch.settings_of(DRIVE).watched
