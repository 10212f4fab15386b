"""The daemon's side of the cameras, over the real store: kept, told once, and never lost."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dobby.language.words import message
from dobby.vision.pictures import PictureError
from dobby.vision.records import AlertRule
from dobby.vision.reports import Box, Hours, Live, Picture, Reports, Scene
from dobby.vision.watch import Watch
from memory.errors import DiskFull
from tests.dobby.vision import stories
from tests.dobby.vision.conftest import DOOR, DRIVE, JPEG, World
from tests.dobby.vision.stories import at, leftover, track

SOMEBODY = "Someone is at the front door."


def scene(seconds: float, *tracks, camera: str = DOOR, pictures: tuple[Picture, ...] = ()) -> Scene:
    return Scene(camera=camera, at=at(seconds), tracks=tracks, pictures=pictures)


def picture(of: str = "a", jpeg: bytes = JPEG) -> Picture:
    box = Box(left=0.4, top=0.3, right=0.5, bottom=0.7)
    return Picture(jpeg=jpeg, box=box, track=of)


def stays(first: float, last: float, *tracks, camera: str = DOOR) -> list[Scene]:
    return stories.stays(first, last, *tracks, camera=camera)


async def test_somebody_at_the_door_is_told_at_once_with_the_picture(world: World) -> None:
    await world.tell(scene(0, track("a"), pictures=(picture(),)))
    (row,) = await world.sent()
    assert row.draft.text == SOMEBODY
    (incident,) = await world.kept()
    assert row.draft.media == (f"picture:{incident.picture}",)
    assert await world.pictures.load(incident.picture) == JPEG
    assert incident.moments[0].picture == incident.picture
    assert (incident.told, incident.why) == (True, message("why-people"))


async def test_only_owners_hear_of_it_unasked(world: World) -> None:
    await world.watch.add_rule(AlertRule(verdict="tell", labels=("cat",)), "ben")
    await world.tell(scene(0, track("a")), scene(1, track("a"), track("c", 0.8, "cat")))
    assert await world.said() == [SOMEBODY]
    assert await world.said("ben") == ["A cat is at the front door."]
    assert await world.said("cleo") == []


async def test_the_message_follows_the_incident(world: World) -> None:
    await world.tell(*stays(0, 130, track("a")), leftover(140, camera=DOOR))
    await world.until(200)
    assert await world.said() == [
        "Someone was at the front door, 14:00-14:02; they left something."
    ]
    assert await world.texted() == [  # cannot be changed once they are sent
        SOMEBODY,
        "Someone has been at the front door for 1 minute.",
        "Someone left something at the front door.",
    ]


async def test_seven_people_one_by_one_are_told_of_seven_times(world: World) -> None:
    """They enter below and leave at the right, each where the one before did, a minute later."""
    for number in range(7):
        start, name = 5 + number * 80, f"p{number}"
        await world.tell(
            *stays(start, start + 2, track(name, 0.5)),
            *stays(start + 3, start + 12, track(name, 0.55, still=True)),
            *stays(start + 13, start + 14, track(name, 0.85)),
        )
    await world.until(600)
    assert [i.told for i in await world.kept()] == [True] * 7
    assert len(await world.said()) == 7


async def test_a_picture_that_comes_later_comes_into_the_message(world: World) -> None:
    await world.tell(scene(0, track("a")), scene(1, track("a"), pictures=(picture(),)))
    (row,) = await world.sent()
    assert row.draft.media == (f"picture:{(await world.kept())[0].picture}",)


async def test_a_truck_and_who_came_with_it_are_one_story(world: World) -> None:
    truck = "truck"
    for second in range(40):
        tracks = [track("t", label=truck, still=second > 2)]
        tracks += [track("a", 0.8)] * (10 < second < 30)
        await world.tell(scene(second, *tracks, camera=DRIVE))
    assert await world.said() == [
        "A truck just stopped at the drive; someone came with it, it seems."
    ]
    await world.tell(leftover(45, camera=DRIVE))
    (told,) = await world.said()
    assert told.endswith("someone came with it, it seems, and left something: a delivery.")
    assert await world.texted() == [
        "A truck just stopped at the drive.",
        "A delivery, it seems: someone left something at the drive.",
    ]


async def test_told_twice_is_taken_once(world: World) -> None:
    told = Reports(run="r", number=1, sent=at(0), reports=(scene(0, track("a")),))
    for _ in range(50):
        await world.watch.take(told)
    assert len(await world.sent()) == len(await world.kept()) == 1


async def test_another_run_s_numbers_are_its_own(world: World) -> None:
    await world.watch.take(Reports(run="r", number=9, sent=at(0), reports=(scene(0),)))
    told = Reports(run="s", number=1, sent=at(0), reports=(scene(0, track("a")),))
    await world.watch.take(told)
    assert len(await world.sent()) == 1


async def test_a_clock_that_is_off_is_corrected(world: World) -> None:
    off = scene(-7200, track("a"))
    await world.watch.take(Reports(run="r", number=1, sent=at(-7200), reports=(off,)))
    (incident,) = await world.kept()
    assert incident.started == at(0)
    assert incident.told


async def test_without_recording_no_picture_is_kept(world: World) -> None:
    await world.watch.change(DOOR, record=False)
    await world.tell(scene(0, track("a"), pictures=(picture(),)))
    assert await world.said() == [SOMEBODY]
    assert await world.store.pictures() == []


async def test_a_picture_that_is_none_is_left_out(world: World) -> None:
    await world.tell(scene(0, track("a"), pictures=(picture(jpeg=b"not a jpeg"),)))
    (row,) = await world.sent()
    assert (row.draft.text, row.draft.media) == (SOMEBODY, ())


# Restarts and failures ---------------------------------------------------------------------------


async def test_a_restart_tells_nothing_twice_and_goes_on(world: World) -> None:
    await world.tell(*stays(0, 5, track("a"))[:-1])
    await world.restart()
    await world.tell(*stays(6, 10, track("a")))
    await world.until(80)
    assert await world.said() == ["Someone was at the front door, 14:00."]
    assert len(await world.kept()) == 1


async def test_killed_between_keeping_and_telling_it_is_told_after_the_start(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def killed(*_: Any) -> None:
        raise asyncio.CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(world.notifier, "alert", killed)
        with pytest.raises(asyncio.CancelledError):
            await world.tell(scene(0, track("a")))
    assert await world.sent() == []
    await world.restart()
    await world.until(2)
    assert await world.said() == [SOMEBODY]


async def test_killed_between_telling_and_noting_it_is_told_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = world.notifier.alert

    async def killed(*args: Any) -> None:
        await real(*args)
        raise asyncio.CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(world.notifier, "alert", killed)
        with pytest.raises(asyncio.CancelledError):
            await world.tell(scene(0, track("a")))
    await world.restart()
    await world.tell(scene(1, track("a")))
    await world.until(2)
    assert await world.said() == [SOMEBODY]
    assert (await world.kept())[0].told


async def test_a_full_disk_loses_nothing_and_tells_when_there_is_room(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: Any, **__: Any) -> None:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(world.store, "save_incident", full)
        await world.tell(*stays(0, 10, track("a")), *stays(80, 90, track("b", 0.8)))
        await world.until(160)
        assert await world.sent() == []
    await world.until(161)
    assert await world.said() == [
        "Someone was at the front door, 14:00.", "Someone was at the front door, 14:01.",
    ]  # fmt: skip
    assert [moment.what for i in await world.kept() for moment in i.moments] == [
        "arrived", "gone", "arrived", "gone",
    ]  # fmt: skip


async def test_a_locked_database_holds_up_what_is_told_and_not_what_is_looked_at(
    world: World,
) -> None:
    with contextlib.closing(sqlite3.connect(world.home / "dobby.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        told = Reports(run="r", number=1, sent=at(0), reports=(scene(0, track("a")),))
        telling = asyncio.create_task(world.watch.take(told))
        seen = Live(camera=DOOR, at=at(0), jpeg=JPEG)
        async with asyncio.timeout(1):
            await world.watch.take(Reports(run="s", number=1, sent=at(0), reports=(seen,)))
        assert world.watch.frame(DOOR) == seen
        await asyncio.sleep(0.3)
        assert not telling.done()
        assert await world.sent() == []
        other.rollback()
    async with asyncio.timeout(30):
        await telling
        while not await world.sent():  # if it was given up, the next tick tells
            await world.watch._tick()
    assert await world.said() == [SOMEBODY]
    assert (await world.kept())[0].told


async def test_what_could_not_be_told_for_long_is_dropped_on_the_record(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: Any, **__: Any) -> None:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(world.store, "save_incident", full)
        await world.tell(*stays(0, 10, track("a")))
        await world.until(700)
    await world.until(702)
    assert await world.sent() == []
    (incident,) = await world.kept()
    assert (incident.told, incident.why) == (False, message("why-late"))


async def test_pictures_that_cannot_be_kept_hold_up_no_alert(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: Any) -> str:
        raise PictureError("The disk is nearly full.")

    monkeypatch.setattr(world.pictures, "keep", fail)
    await world.tell(scene(0, track("a"), pictures=(picture(),)))
    assert await world.said() == [SOMEBODY]


async def test_one_bad_report_does_not_spoil_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = world.watch._chronicle.take

    async def fails(event: Any) -> None:
        if getattr(event, "camera", "") == DRIVE:
            raise ZeroDivisionError
        await real(event)

    monkeypatch.setattr(world.watch._chronicle, "take", fails)
    both = (scene(0, track("b"), camera=DRIVE), scene(0, track("a")))
    await world.watch.take(Reports(run="r", number=1, sent=at(0), reports=both))
    assert await world.said() == [SOMEBODY]


async def test_old_news_after_a_cut_link_is_kept_and_not_told(world: World) -> None:
    await world.until(3600)
    await world.watch.take(
        Reports(run="r", number=1, sent=at(3600), reports=tuple(stays(0, 5, track("a"))))
    )
    await world.until(3602)
    assert await world.sent() == []
    assert len(await world.kept()) == 1


# Too much ---------------------------------------------------------------------------------------


async def test_attack_58_flapping_a_hundred_times_a_minute(world: World) -> None:
    """Somebody new each time, elsewhere each time: the worst that a broken eye could tell."""
    for number in range(1000):
        second = number * 0.6
        left = (number * 0.37) % 0.8
        await world.tell(scene(second, track(f"p{number}", left)), scene(second + 0.3))
    assert 1 <= len(await world.sent()) <= 8


async def test_attack_58_what_is_too_much_is_one_line_an_hour_later(world: World) -> None:
    for number in range(24):
        left = (number * 0.25) % 1
        await world.tell(*stays(number * 90, number * 90 + 5, track(f"p{number}", left)))
    await world.until(3000)
    await world.watch._save()
    assert len(await world.sent()) == 12
    assert sum(i.tellings[0].held for i in await world.kept()) == 12
    await world.until(4800)
    for _ in range(3):
        await world.watch._save()
    assert (await world.said())[12:] == [
        "There were 12 more things within the last hour; they are on the page."
    ]
    await world.restart()
    await world.watch._save()
    assert len(await world.sent()) == 13


async def test_a_camera_and_eyes_that_flap_are_told_of_a_few_times_an_hour(world: World) -> None:
    for second in range(0, 3500, 250):
        await world.tell(
            stories.sight(second, "offline", DOOR), stories.sight(second + 60, "seeing", DOOR)
        )
        world.eyes = second % 500 > 0
    await world.until(3599)
    said = await world.said()
    assert sum(text.startswith("The front door camera") for text in said) <= 3
    assert sum("eyes" in text for text in said) == 1


async def test_many_things_are_told_up_to_so_many_an_hour(world: World) -> None:
    for number in range(20):
        start = number * 170.0
        await world.tell(*stays(start, start + 5, track(f"p{number}", (number * 0.37) % 0.8)))
    assert len(await world.sent()) == 12
    assert sum(i.tellings[0].held for i in await world.kept()) == 8


def test_time_is_local_and_counts_on_where_clocks_are_changed(world: World) -> None:
    world.watch.zone = ZoneInfo("Europe/Berlin")
    now = Watch.now(world.watch)
    assert isinstance(now.tzinfo, timezone)
    assert now.utcoffset() == datetime.now(world.watch.zone).utcoffset()


# Now ---------------------------------------------------------------------------------------------


async def test_what_is_in_view(world: World) -> None:
    assert world.watch.scene(DOOR) is None
    await world.tell(stories.sight(0, "seeing", DOOR))
    empty = world.watch.scene(DOOR)
    assert empty is not None
    assert empty.tracks == ()
    await world.tell(scene(1, track("a"), pictures=(picture(),)))
    seen = world.watch.scene(DOOR)
    assert seen is not None
    assert ([t.id for t in seen.tracks], seen.pictures) == (["a"], ())
    await world.tell(stories.sight(2, "frozen", DOOR))
    assert world.watch.scene(DOOR) is None
    sight = world.watch.sight(DOOR)
    assert sight is not None
    assert sight.state == "frozen"


async def test_without_eyes_nothing_is_in_view(world: World) -> None:
    await world.tell(stories.sight(0, "seeing", DOOR), scene(1))
    world.eyes = False
    await world.until(200)
    assert world.watch.scene(DOOR) is None


async def test_a_live_frame_is_one_of_now(world: World) -> None:
    live = Live(camera=DOOR, at=at(0), jpeg=JPEG)
    await world.tell(live)
    frame = world.watch.frame(DOOR)
    assert frame is not None
    assert frame.jpeg == JPEG
    world.watch.clock += timedelta(seconds=9)
    assert world.watch.frame(DOOR) is None


async def test_a_private_camera_is_neither_seen_nor_told(world: World) -> None:
    await world.tell(stories.sight(0, "seeing", DOOR), scene(1, track("a")))
    await world.watch.change(DOOR, private=True)
    await world.until(3)
    assert world.watch.scene(DOOR) is None
    await world.tell(scene(4, track("b", 0.8)))
    assert len(await world.kept()) == 1
    assert (await world.kept())[0].ended is not None


async def test_what_cut_off_eyes_saw_in_private_hours_is_not_taken(world: World) -> None:
    """They knew of no plan but the last one; the daemon was down when the hours began."""
    await world.watch.change(DOOR, private_hours=(Hours(start="12:00", end="14:00"),))
    before = scene(-600, track("a"), pictures=(picture(),))
    after = scene(0, track("b"), pictures=(picture("b"),))
    await world.watch.take(Reports(run="r", number=1, sent=at(0), reports=(before, after)))
    (incident,) = await world.kept()
    assert incident.started == at(0)
    assert len(await world.store.pictures()) == 1


async def test_after_a_restart_eyes_that_went_on_are_believed(world: World) -> None:
    await world.tell(stories.sight(0, "seeing", DOOR), scene(1, track("a")))
    await world.restart()
    await world.tell(scene(2, track("a")))
    seen = world.watch.scene(DOOR)
    assert seen is not None
    assert len(seen.tracks) == 1


# Rules -------------------------------------------------------------------------------------------


async def test_a_rule_holds_from_now_on_and_can_be_undone(world: World) -> None:
    said = AlertRule(verdict="quiet", kinds=("person",), said="no people")
    rule = await world.watch.add_rule(said, "ann", None)
    await world.tell(*stays(0, 5, track("a")))
    assert await world.said() == []
    (incident,) = await world.kept()
    assert (incident.rule, incident.why) == (rule, message("why-said", said="no people"))
    assert await world.watch.drop_rule(rule)
    assert not await world.watch.drop_rule(rule)
    await world.tell(*stays(60, 65, track("b", 0.8)))
    assert len(await world.said()) == 1
    assert await world.watch.restore_rule(rule)
    await world.restart()
    assert [own.id for own in await world.watch.rules()] == [rule]


async def test_what_was_told_last(world: World) -> None:
    assert await world.watch.last_alert("ann") is None
    await world.tell(*stays(0, 5, track("a")), *stays(30, 35, track("c", 0.8, "cat")))
    last = await world.watch.last_alert("ann")
    assert last is not None
    assert last.kind == "person"
    assert await world.watch.last_alert("ben") is None


async def test_not_while_i_am_home(world: World) -> None:
    await world.watch.add_rule(AlertRule(verdict="quiet", presence="home"), "ann")
    await world.watch.presence.say("ann", True)
    await world.tell(*stays(0, 5, track("a")))
    await world.watch.presence.say("ann", False)
    await world.tell(*stays(80, 85, track("b", 0.8)))
    assert [i.told for i in await world.kept()] == [False, True]
