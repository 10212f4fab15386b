"""The plan for the eyes, what is asked about new cameras, and what is told when nobody sees."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from pydantic import ValidationError

from devices.device import Ability, Device, NeedsPairing
from devices.driver import Found
from dobby.language.words import Words
from dobby.people.roles import Person, Role
from dobby.vision.health import NOT_RUNNING
from dobby.vision.reports import Hours, Reports, Sight, Zone
from tests.dobby.vision import stories
from tests.dobby.vision.conftest import DOOR, DRIVE, JPEG, World, unreachable
from tests.dobby.vision.stories import at, scene, track

ANN, BEN = Person("ann", "Ann", Role.OWNER), Person("ben", "Ben", Role.ADULT)
PORCH = "declared:porch"


def planned(world: World) -> list[str]:
    return [camera.camera for camera in world.watch.plan().cameras]


# The plan ----------------------------------------------------------------------------------------


async def test_watched_cameras_are_planned_with_their_streams(world: World) -> None:
    door = world.watch.plan().cameras[0]
    assert (door.camera, door.name, door.live) == (DOOR, "front door", False)
    assert door.stream == "rtsp://u:secret@10.0.0.9/door/sub"
    assert door.still == "rtsp://u:secret@10.0.0.9/door"
    assert planned(world) == [DOOR, DRIVE]


async def test_every_change_makes_another_version_and_a_restart_does(world: World) -> None:
    versions = [world.watch.plan().version]
    for changes in (
        {"zones": (Zone(name="street", points=((0, 0), (1, 0), (1, 0.2)), use="ignore"),)},
        {"looks_at": "porch"},
        {"private": True},
        {"private": False},
    ):
        await world.watch.change(DOOR, **changes)
        versions.append(world.watch.plan().version)
    await world.restart()
    await world.watch.cameras.find_addresses()
    versions.append(world.watch.plan().version)
    assert versions[2] == versions[4]  # the same again
    assert len(set(versions)) == 5
    assert world.watch.plan().cameras[0].name == "porch"


async def test_whoever_waits_is_told_of_a_change(world: World) -> None:
    known = world.watch.plan().version
    waiting = [asyncio.create_task(world.watch.plan_after(known, 30)) for _ in range(2)]
    await asyncio.sleep(0)
    await world.watch.change(DRIVE, watched=False)
    plans = await asyncio.gather(*waiting)
    assert [[c.camera for c in plan.cameras] for plan in plans] == [[DOOR], [DOOR]]
    assert await world.watch.plan_after(known, 30) == plans[0]
    assert await world.watch.plan_after(plans[0].version, 0.01) == plans[0]
    last = [asyncio.create_task(world.watch.plan_after(plans[0].version, 30)) for _ in range(2)]
    await asyncio.sleep(0)
    world.watch.cameras.close()
    assert await asyncio.wait_for(asyncio.gather(*last), 5) == plans


async def test_a_private_camera_is_not_in_the_plan_at_all(world: World) -> None:
    await world.watch.change(DOOR, private=True)
    await world.watch.change(DRIVE, private_hours=(Hours(start="14:30", end="15:00"),))
    assert planned(world) == [DRIVE]
    await world.until(1801)
    assert planned(world) == []
    await world.until(3601)
    assert planned(world) == [DRIVE]
    assert "10.0.0.9/door" not in world.watch.plan().model_dump_json()


async def test_somebody_who_looks_sees_it_live_for_a_while(world: World) -> None:
    world.watch.look(DOOR)
    assert [camera.live for camera in world.watch.plan().cameras] == [True, False]
    await world.until(12)
    assert not any(camera.live for camera in world.watch.plan().cameras)


async def test_settings_that_make_no_sense_are_refused_and_change_nothing(world: World) -> None:
    with pytest.raises(ValidationError):
        await world.watch.change(DOOR, private_hours=({"start": "25:00", "end": "07:00"},))
    assert world.watch.settings_of(DOOR).private_hours == ()
    assert planned(world) == [DOOR, DRIVE]


async def test_settings_outlive_the_run(world: World) -> None:
    await world.watch.change(DOOR, record=False, describe=True)
    before = world.watch.settings_of(DOOR)
    await world.restart()
    assert world.watch.settings_of(DOOR) == before


async def test_an_address_that_cannot_be_had_is_asked_for_again_and_is_a_dark_camera(
    world: World,
) -> None:
    world.driver.failing[DRIVE] = unreachable()
    await world.restart()
    await world.watch.cameras.find_addresses()
    assert planned(world) == [DOOR]
    await world.until(50)
    assert await world.said() == ["The drive camera has gone dark (it does not answer)."]
    sight = world.watch.sight(DRIVE)
    assert sight is not None
    assert sight.state == "offline"
    await world.watch.cameras.find_addresses()
    del world.driver.failing[DRIVE]
    await world.watch.cameras.find_addresses()  # asked a moment ago: not yet again
    assert planned(world) == [DOOR]
    await world.until(85)
    await world.watch.cameras.find_addresses()
    assert planned(world) == [DOOR, DRIVE]
    await world.tell(stories.sight(90, "seeing", DRIVE))
    await world.until(200)
    (said,) = await world.said()
    assert said.startswith("The drive camera is back; it was dark, 14:00-14:01")


async def test_a_password_that_is_missing_says_so(world: World) -> None:
    world.driver.failing[DRIVE] = NeedsPairing("pin", "It wants a password.")
    await world.restart()
    await world.watch.cameras.find_addresses()
    await world.until(50)
    assert await world.said() == ["The drive camera has gone dark (it refuses my password)."]


async def test_credentials_are_in_no_log_and_no_repr(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await world.tell(scene(0, track("a"), camera=DOOR))
    assert "secret" not in caplog.text
    assert "secret" not in repr(world.watch.cameras.of(DOOR))


# The question ------------------------------------------------------------------------------------


def new_camera(key: str = "porch") -> Device:
    device = f"declared:{key}"
    can = (Ability(kind="snapshot"),)
    return Device(id=device, name="Cam", kind="camera", abilities=can, maker="Axis", model="P32")


async def test_a_new_camera_is_asked_about_once(world: World) -> None:
    await world.watch._asking.ask()
    assert await world.said() == []  # the others are known
    world.house.publish(Found((new_camera(),)))
    for _ in range(3):
        await world.watch._asking.ask()
    (row,) = await world.sent()
    assert row.draft.text == "I see a camera (Axis P32). Where does it look?"
    (picture,) = row.draft.media
    assert await world.pictures.load(picture.removeprefix("picture:")) == JPEG
    assert world.watch.waiting_question(ANN) == PORCH
    assert world.watch.waiting_question(BEN) == ""
    assert await world.said("ben") == []
    await world.restart()
    await world.watch._asking.ask()
    assert len(await world.sent()) == 1
    assert world.watch.waiting_question(ANN) == PORCH
    await world.watch.change(PORCH, looks_at="porch", watched=True)
    assert world.watch.waiting_question(ANN) == ""


async def test_one_camera_is_asked_about_at_a_time(world: World) -> None:
    world.house.publish(Found((new_camera("one"), new_camera("two"))))
    await world.watch._asking.ask()
    await world.watch._asking.ask()
    assert len(await world.sent()) == 1
    await world.watch.change(world.watch.waiting_question(ANN), looks_at="hall", watched=True)
    await world.watch._asking.ask()
    assert len(await world.sent()) == 2


async def test_attack_52_a_private_one_is_asked_about_without_a_look(world: World) -> None:
    world.house.publish(Found((new_camera(),)))
    await world.watch.change(PORCH, private=True)
    await world.watch._asking.ask()
    (row,) = await world.sent()
    assert row.draft.media == ()
    assert await world.store.pictures() == []


async def test_a_camera_that_shows_nothing_is_asked_about_all_the_same(world: World) -> None:
    world.driver.failing[PORCH] = unreachable()
    world.house.publish(Found((new_camera(),)))
    await world.watch._asking.ask()
    (row,) = await world.sent()
    assert row.draft.media == ()


# Nobody sees -------------------------------------------------------------------------------------


async def test_missing_eyes_are_told_once_and_that_they_are_back(world: World) -> None:
    world.eyes = False
    await world.until(600)
    missing = Words().put(NOT_RUNNING)
    assert await world.said() == [missing]
    await world.restart()
    await world.until(1200)
    assert await world.said() == [missing]
    world.eyes = True
    await world.until(1300)
    assert await world.said() == [missing, "I watch the cameras again."]


async def test_eyes_without_a_detector_are_told_once_for_all_cameras(world: World) -> None:
    why = (  # all of it is told
        "the detector's model could not be fetched (Cannot connect to host github.com:443 "
        "ssl:default [Name or service not known]). Put yolox_nano.onnx into /home/ann/dobby/models;"
        " it is at https://github.com/Megvii-BaseDetection/YOLOX/releases/yolox_nano.onnx."
    )
    blind = [Sight(camera=c, at=at(0), state="blind", why=why) for c in (DOOR, DRIVE)]
    await world.tell(*blind)
    await world.until(60)
    assert await world.said() == [f"I cannot watch the cameras: {why}"]
    assert world.watch.scene(DOOR) is None
    seeing = [Sight(camera=c, at=at(61), state="seeing") for c in (DOOR, DRIVE)]
    await world.tell(*seeing)
    await world.until(200)
    assert (await world.said())[1:] == ["I watch the cameras again."]


async def test_nobody_is_missed_where_there_is_nothing_to_watch(world: World) -> None:
    world.eyes = False
    for camera in (DOOR, DRIVE):
        await world.watch.change(camera, watched=False)
    await world.until(1000)
    assert await world.said() == []


async def test_reports_of_cameras_that_are_not_watched_are_nothing(world: World) -> None:
    for camera in ("declared:unknown", DRIVE):
        await world.watch.change(DRIVE, watched=False)
        told = Reports(run=camera, number=1, sent=at(0), reports=(scene(0, camera=camera),))
        await world.watch.take(told)
    assert await world.kept() == []


async def test_a_start_with_eyes_that_were_never_there(world: World) -> None:
    world.eyes = False
    await world.until(80)
    assert await world.said() == []
    assert not world.watch._health.are_there(world.clock + timedelta(seconds=60))


# A clock that is put back ------------------------------------------------------------------------


DAYS = 2 * 86400


def put_back(world: World) -> None:
    world.clock -= timedelta(seconds=DAYS)
    world.watch.clock = world.clock


async def test_a_camera_is_asked_for_again_though_the_clock_was_put_back(world: World) -> None:
    world.driver.failing[DRIVE] = unreachable()
    await world.restart()
    await world.watch.cameras.find_addresses()
    assert planned(world) == [DOOR]
    put_back(world)
    del world.driver.failing[DRIVE]
    await world.watch.cameras.find_addresses()
    assert planned(world) == [DOOR, DRIVE]


async def test_missing_eyes_are_told_though_the_clock_was_put_back(world: World) -> None:
    await world.until(100)
    put_back(world)
    await world.until(200 - DAYS)
    assert await world.said() == []  # they were there all the time
    world.eyes = False
    await world.until(900 - DAYS)
    assert await world.said() == [Words().put(NOT_RUNNING)]
