"""Questions about what happened, answered from the record."""

from __future__ import annotations

from tests.dobby.agent.cameras.conftest import ANN, BEN, Chat
from tests.dobby.vision.conftest import DOOR, DRIVE, World
from tests.dobby.vision.stories import leftover, sight, track
from tests.dobby.vision.test_watch import picture, scene, stays


async def a_visit(world: World, begin: float, name: str, camera: str = DOOR) -> None:
    await world.tell(scene(begin, track(name, since=begin), camera=camera,
                           pictures=(picture(name),)))  # fmt: skip
    await world.tell(*stays(begin + 1, begin + 20, track(name, since=begin), camera=camera))
    await world.until(begin + 100)


async def test_what_happened_while_i_was_out(chat: Chat, world: World) -> None:
    await a_visit(world, 0, "a")
    await chat.say("I'm leaving")
    nothing = await chat.say("what happened while I was out?")
    assert nothing.reply.startswith("I saw nothing since 14:01.")
    await a_visit(world, 600, "b", DRIVE)
    await world.until(1200)
    assert (await chat.say("we're back")).reply.startswith("Welcome home.")
    await a_visit(world, 1800, "c")
    told = await chat.say("what happened while I was out?")
    assert told.reply == "Today: Someone was at the drive, 14:10."
    assert len(told.pictures) == 1


async def test_who_never_said_that_they_went_is_told_so(chat: Chat, world: World) -> None:
    await a_visit(world, 0, "a")
    told = await chat.say("what happened while I was out?", BEN)
    assert told.reply == (
        "I do not know when you were out: tell me when you leave, and I will. "
        "Today: Someone was at the front door, 14:00."
    )


async def test_presence_survives_a_restart(chat: Chat, world: World) -> None:
    await chat.say("I'm leaving")
    await world.restart()
    assert world.watch.presence.is_home(ANN.id) is False
    assert world.watch.presence.last_out(ANN.id) == (world.clock, None)


async def test_when_the_package_came(chat: Chat, world: World) -> None:
    assert (await chat.say("when did the package come?")).reply.startswith(
        "I saw nothing being left since"
    )
    await a_visit(world, 0, "a")
    await world.tell(scene(200, track("d", since=200), pictures=(picture("d"),)))
    await world.tell(*stays(201, 210, track("d", since=200)), leftover(215, camera=DOOR))
    await world.until(400)
    told = await chat.say("when did the package come?")
    assert told.reply == "Today: Someone was at the front door, 14:03; they left something."
    assert len(told.pictures) == 1
    assert (await chat.say("did a package come today?")).reply.startswith("Yes. Today: Someone")


async def test_people_are_counted_by_place(chat: Chat, world: World) -> None:
    await a_visit(world, 0, "a")
    await a_visit(world, 600, "b", DRIVE)
    assert (await chat.say("how many people came today?")).reply == (
        "I counted two people since 00:00: 14:00 at the front door and 14:10 at the drive."
    )
    assert (await chat.say("did anyone come to the front door today?")).reply == (
        "Yes. Today: Someone was at the front door, 14:00."
    )
    assert (await chat.say("did anyone come to the drive this morning?")).reply == (
        "I saw nobody at the drive between 05:00 and 12:00."
    )


async def test_who_comes_again_before_it_was_quiet_for_a_minute_is_counted_once(
    chat: Chat, world: World
) -> None:
    await a_visit(world, 0, "a")
    await world.tell(scene(110, track("b", since=110)), scene(112))
    await world.tell(scene(150, track("c", since=150)), scene(152))
    await world.until(220)
    assert (await chat.say("how many people came today?")).reply == (
        "I counted two people since 00:00: 14:00 at the front door and 14:01 at the front door."
    )
    await world.tell(scene(230, track("d", since=230)), scene(232))  # after 78 s of nobody
    await world.until(300)
    assert (await chat.say("how many people came today?")).reply == (
        "I counted three people since 00:00: 14:00 at the front door, 14:01 at the front door "
        "and 14:03 at the front door."
    )


async def test_what_came_within_a_minute_is_timed_once(chat: Chat, world: World) -> None:
    for begin in (70, 90, 110, 200):
        car = track(f"c{begin}", label="car", since=begin)
        await world.tell(scene(begin, car, camera=DRIVE), scene(begin + 2, camera=DRIVE))
    await world.until(300)
    assert (await chat.say("how many cars came today?")).reply == (
        "I counted four cars since 00:00: 14:01 at the drive and 14:03 at the drive."
    )


async def test_packages_are_asked_about_in_many_ways(chat: Chat, world: World) -> None:
    nothing = await chat.say("is there a package at the front door?")
    assert nothing.reply.startswith("I saw nothing being left or taken at the front door since")
    await world.tell(scene(0, track("a"), pictures=(picture(),)))
    await world.tell(*stays(1, 10, track("a")), leftover(15, camera=DOOR))
    await world.until(100)
    left = "Today: Someone was at the front door, 14:00; they left something."
    assert (await chat.say("is there a package at the front door?")).reply == left
    stolen = await chat.say("did anyone take the parcel?")
    assert stolen.reply.startswith("I saw nothing being taken since")
    assert (await chat.say("show me the last person at the front door")).reply == left


async def test_what_was_taken_did_not_come(chat: Chat, world: World) -> None:
    await world.tell(scene(0, track("a")), *stays(1, 10, track("a")))
    await world.tell(leftover(15, "taken", camera=DOOR))
    await world.until(100)
    assert (await chat.say("has the mail been delivered?")).reply.startswith("I saw nothing being")
    assert (await chat.say("did anyone take the mail?")).reply.startswith("Yes. Today: Someone")


async def test_when_something_under_way_began(chat: Chat, world: World) -> None:
    await world.tell(scene(130, track("a", since=130)))
    told = await chat.say("when did someone come to the front door?")
    assert told.reply == "Today, 14:02: Someone is at the front door."


async def test_a_dark_camera_is_no_thing_to_be_counted(chat: Chat, world: World) -> None:
    for n in range(10):
        await a_visit(world, n * 200, f"v{n}")
    await world.tell(sight(2100, "offline", camera=DOOR))
    await world.until(2160)
    await world.tell(sight(2160, "seeing", camera=DOOR))
    await world.until(2400)
    assert (await chat.say("what happened today?")).reply == (
        "Today: Ten people at the front door (14:00-14:30). "
        "The front door camera is back; it was dark, 14:35-14:36."
    )


async def test_many_are_grouped_and_only_a_few_pictures_are_shown(chat: Chat, world: World) -> None:
    for number in range(10):
        await a_visit(world, number * 300.0, f"p{number}")
    told = await chat.say("what happened today?")
    assert told.reply == "Today: Ten people at the front door (14:00-14:45)."
    assert len(told.pictures) == 4
    newest = (await world.kept())[-1]
    assert told.pictures[-1] == newest.picture


async def test_what_a_private_camera_saw_is_told_without_its_picture(
    chat: Chat, world: World
) -> None:
    await a_visit(world, 0, "a")
    await chat.say("privacy mode on the front door camera")
    told = await chat.say("what happened today?")
    assert "Someone was at the front door" in told.reply
    assert told.pictures == ()


async def test_cameras_that_nobody_watches_are_named_where_nothing_was_seen(
    chat: Chat, world: World
) -> None:
    await world.watch.change(DRIVE, watched=False)
    assert (await chat.say("what happened in the last hour?")).reply == (
        "I saw nothing since 13:00. I do not watch the drive camera."
    )
