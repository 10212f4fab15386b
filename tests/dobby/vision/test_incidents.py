"""Stories at the cameras, and the incidents that are made of them."""

from __future__ import annotations

import pytest

from dobby.vision.incidents import Event, Tick, Unwatched, reduce
from dobby.vision.reports import SOMETHING
from dobby.vision.state import State, restored
from tests.dobby.vision.stories import (
    DOOR,
    DRIVE,
    LAYOUT,
    YARD,
    Telling,
    at,
    leftover,
    moments,
    opening,
    scene,
    sight,
    stays,
    told,
    track,
)

STORIES: dict[str, tuple[list[Event], list[str]]] = {
    "somebody comes and goes": (
        stays(0, 8, track("a")),
        ["person x1: arrived gone"],
    ),
    "nothing but what stood there from the start": (
        stays(0, 90, track("c", label="car", still=True, parked=True), track("p", still=True)),
        [],
    ),
    "a parked car drives off: it came by": (
        [
            *stays(0, 5, track("c", label="car", parked=True, still=True)),
            *stays(5, 8, track("c", label="car")),
        ],
        ["vehicle x1: arrived gone"],
    ),
    "a second one joins, a third comes when the first has left": (
        [
            *stays(0, 4, track("a")),
            *stays(4, 8, track("a"), track("b", 0.7)),
            *stays(8, 12, track("b", 0.7), track("c", 0.1)),
        ],
        ["person x2: arrived joined gone"],
    ),
    "one who goes in and out of the picture is one visitor": (
        [*stays(0, 8, track("a", 0.9)), *stays(20, 28, track("b", 0)), *stays(80, 85, track("c"))],
        ["person x1: arrived returned returned gone"],
    ),
    "two visitors, an hour apart": (
        [*stays(0, 8, track("a", 0.9)), *stays(600, 610, track("b", 0.9))],
        ["person x1: arrived gone", "person x1: arrived gone"],
    ),
    "two at once from the first are two": (
        stays(0, 5, track("a"), track("b", 0.7)),
        ["person x2: arrived gone"],
    ),
    "one after the other, four seconds apart": (
        [*stays(0, 8, track("a", 0.9)), *stays(12, 20, track("b", 0.4))],
        ["person x1: arrived returned gone"],
    ),
    "one right after the other, elsewhere in the picture": (
        [*stays(0, 8, track("a", 0.9)), *stays(10, 20, track("b", 0.2))],
        ["person x1: arrived gone"],
    ),
    "lost and found again, a step further": (
        [*stays(0, 8, track("a", 0.4)), *stays(10, 20, track("b", 0.47))],
        ["person x1: arrived gone"],
    ),
    "another name for the same, from one picture to the next": (
        [*stays(0, 8, track("a")), *stays(9, 20, track("b", 0.42))],
        ["person x1: arrived gone"],
    ),
    "lost while standing, found standing after long, and then gone: no news": (
        [
            *stays(0, 8, track("a", still=False)),
            *stays(15, 100, track("b", still=True, parked=True)),
            *stays(101, 104, track("b", 0.5)),
        ],
        ["person x1: arrived lingers gone"],
    ),
    "a coat that is taken for one who stands, elsewhere, keeps nothing open": (
        [
            *stays(0, 8, track("a", 0.9)),
            *stays(12, 200, track("coat", 0.1, still=True, parked=True)),
        ],
        ["person x1: arrived gone"],
    ),
    "the same track after a silence of the eyes": (
        [*stays(0, 8, track("a")), *stays(40, 45, track("a", 0.8))],
        ["person x1: arrived gone"],
    ),
    "more than a minute after: somebody else, be it at the same place": (
        [*stays(0, 8, track("a")), *stays(71, 80, track("b"))],
        ["person x1: arrived gone", "person x1: arrived gone"],
    ),
    "from the drive to the front door": (
        [*stays(0, 8, track("a"), camera=DRIVE), *stays(15, 20, track("b"), camera=DOOR)],
        ["person x1: arrived arrived gone"],
    ),
    "in view of both at once": (
        [*stays(0, 30, track("a"), camera=DRIVE), *stays(5, 20, track("b"), camera=DOOR)],
        ["person x1: arrived arrived gone"],
    ),
    "at cameras that do not see the same": (
        [*stays(0, 8, track("a"), camera=DRIVE), *stays(5, 9, track("b"), camera=YARD)],
        ["person x1: arrived gone", "person x1: arrived gone"],
    ),
    "at the next camera, too late to be the same": (
        [*stays(0, 8, track("a"), camera=DRIVE), *stays(71, 80, track("b"), camera=DOOR)],
        ["person x1: arrived gone", "person x1: arrived gone"],
    ),
    "somebody lingers": (
        stays(0, 65, track("a")),
        ["person x1: arrived lingers gone"],
    ),
    "lingering is counted through a lost track": (
        [*stays(0, 40, track("a")), *stays(42, 70, track("b"))],
        ["person x1: arrived lingers gone"],
    ),
    "a car passes": (
        stays(0, 4, track("c", label="car")),
        ["vehicle x1: arrived gone"],
    ),
    "a truck stops, and leaves": (
        [
            *stays(0, 5, track("t", label="truck")),
            *stays(5, 40, track("t", label="truck", still=True)),
            *stays(40, 45, track("t", label="truck")),
        ],
        ["vehicle x1: arrived stopped gone"],
    ),
    "a truck stops out of the traffic": (
        [
            *stays(0, 5, track("c", 0.1, "car"), track("t", 0.5, "truck")),
            *stays(5, 9, track("t", 0.5, "truck", still=True), track("d", 0.2, "car")),
        ],
        ["vehicle x2: arrived gone", "vehicle x1: arrived stopped gone"],
    ),
    "a car that stops, and moves on a bit": (
        [
            *stays(0, 5, track("c", 0.1, "car")),
            *stays(5, 9, track("c", 0.1, "car", still=True)),
            *stays(20, 25, track("d", 0.8, "car")),
            *stays(25, 40, track("d", 0.8, "car", still=True)),
        ],
        ["vehicle x1: arrived stopped gone", "vehicle x1: arrived gone"],
    ),
    "two cars that stop, minutes apart": (
        [
            *stays(0, 5, track("c", 0.1, "car")),
            *stays(5, 9, track("c", 0.1, "car", still=True)),
            *stays(120, 125, track("d", 0.1, "car")),
            *stays(125, 140, track("d", 0.1, "car", still=True)),
        ],
        ["vehicle x1: arrived stopped gone"] * 2,
    ),
    "two cameras see it stop: one truck": (
        [
            *stays(0, 5, track("t", label="truck"), camera=DRIVE),
            *stays(2, 5, track("u", label="truck"), camera=DOOR),
            *stays(6, 30, track("t", label="truck", still=True), camera=DRIVE),
            *stays(7, 30, track("u", label="truck", still=True), camera=DOOR),
        ],
        ["vehicle x1: arrived arrived stopped gone"],
    ),
    "a standing truck is hidden for a while": (
        [
            *stays(0, 5, track("t", label="truck")),
            *stays(5, 20, track("t", label="truck", still=True)),
            *stays(55, 80, track("u", label="truck", still=True)),
        ],
        ["vehicle x1: arrived stopped gone"],
    ),
    "somebody leaves something, and it is noticed when they have gone": (
        [*stays(0, 8, track("a")), leftover(20)],
        ["person x1: arrived left_something gone"],
    ),
    "it is noticed late": (
        [*stays(0, 8, track("a")), leftover(150)],
        ["person x1: arrived gone left_something"],
    ),
    "it is noticed twice": (
        [*stays(0, 8, track("a")), leftover(20), leftover(22), leftover(30, camera=DRIVE)],
        ["person x1: arrived left_something gone"],
    ),
    "somebody takes it": (
        [*stays(0, 8, track("a")), leftover(12, "taken")],
        ["person x1: arrived took_something gone"],
    ),
    "nobody was seen to leave it": (
        [leftover(10)],
        ["package x1: left_something gone"],
    ),
    "a thing where a car stopped is the car": (
        [
            *stays(0, 4, track("c", 0.68, "car")),
            *stays(4, 20, track("c", 0.68, "car", still=True)),
            leftover(21, top=0.5),
        ],
        ["vehicle x1: arrived stopped gone"],
    ),
    "a bag that is carried": (
        stays(0, 8, track("a"), track("bag", 0.42, "handbag", still=True)),
        ["person x1: arrived gone"],
    ),
    "a case that stays when they have gone": (
        [
            *stays(0, 8, track("a"), track("case", 0.42, "suitcase")),
            *stays(8.5, 15, track("case", 0.42, "suitcase", still=True)),
            leftover(16),
        ],
        ["person x1: arrived left_something gone"],
    ),
    "a case that nobody brought is furniture": (
        stays(0, 8, track("case", 0.42, "suitcase", still=True)),
        [],
    ),
    "a dog with its owner": (
        stays(0, 8, track("a"), track("d", 0.6, "dog")),
        ["person x1: arrived gone", "animal x1: arrived gone"],
    ),
    "somebody who bends is another word to the detector, and the same": (
        [
            *stays(0, 8, track("a")),
            *stays(9, 15, track("x", 0.43, "horse", sure=False)),
            *stays(16, 20, track("b", 0.45)),
        ],
        ["person x1: arrived gone"],
    ),
    "a second word for who is in view": (
        stays(0, 8, track("a"), track("x", 0.42, "bird", sure=False)),
        ["person x1: arrived gone"],
    ),
    "something that comes by itself": (
        stays(0, 8, track("x", 0.42, "bird", sure=False)),
        ["animal x1: arrived gone"],
    ),
    "a camera dark for a moment": ([sight(0, "offline"), sight(20, "seeing")], []),
    "a camera dark, and back": (
        [sight(0, "offline"), sight(100, "seeing")],
        ["camera x1: dark back"],
    ),
    "a camera that flaps is dark once": (
        [sight(0, "frozen")]
        + [sight(50 + n, "seeing" if n % 2 else "offline") for n in range(200)],
        ["camera x1: dark back"],
    ),
    "eyes without a detector say nothing of the camera": ([sight(0, "blind")], []),
    "the garage is open for a while": ([opening(0, True), opening(300, False)], []),
    "the garage stays open": (
        [opening(0, True), opening(1, True), opening(900, False)],
        ["open x1: opened closed"],
    ),
}


@pytest.mark.parametrize("name", STORIES)
def test_story(name: str) -> None:
    events, expected = STORIES[name]
    assert told(Telling().tell(*events).until(1200)) == expected


@pytest.mark.parametrize(("gaps", "expected"), [
    ((4, 6, 5, 6, 5, 4), ["person x1: arrived" + 6 * " returned" + " gone"]),
    ((64, 66, 75, 66, 65, 64), ["person x1: arrived gone"] * 7),
])  # fmt: skip
def test_seven_people_walk_by_one_by_one(gaps: tuple[int, ...], expected: list[str]) -> None:
    """As in the well-known clip: they enter below and leave at the right. Seconds apart they are
    one message; each is a message where it was quiet for a minute."""
    telling, second = Telling(), 5.0
    for number, gap in enumerate((*gaps, 0)):
        person = f"p{number}"
        telling.tell(
            *stays(second, second + 2, track(person, 0.5)),
            *stays(second + 3, second + 12, track(person, 0.55, still=True)),
            *stays(second + 13, second + 14, track(person, 0.85)),
        )
        second += 14 + gap
    telling.until(second + 70)
    assert told(telling) == expected
    assert not telling.state.open
    assert not telling.state.tracks


def test_an_arrival_is_told_at_once_and_every_change_shows_it_as_it_stands() -> None:
    telling = Telling().tell(scene(0, track("a"), track("b", 0.7)))
    (change,) = telling.changes
    assert change.what == "opened"
    assert (change.incident.count, change.incident.place) == (2, "front door")
    telling.tell(scene(1, track("a", zones=["mat"]), track("b", 0.7)))
    assert telling.changes[-1].incident.zones == ("mat",)  # it may matter to a rule
    assert telling.changes[-1].moment.what == "arrived"


def test_an_animal_is_called_what_it_is_once_that_is_sure() -> None:
    telling = Telling().tell(scene(0, track("x", label="cat", sure=False)))
    assert telling.incidents[0].label == SOMETHING
    telling.tell(scene(1, track("x", label="cat")))
    assert telling.changes[-1].incident.label == "cat"
    telling.tell(scene(2, track("y", 0.8, "cat", sure=False)))
    assert telling.incidents[0].label == "cat"


def test_a_truck_is_called_what_it_is_known_as_when_it_stops() -> None:
    telling = Telling().tell(scene(0, track("t", label="car")))
    telling.tell(scene(1, track("t", 0.5, "truck", still=True)))
    change = telling.changes[-1]
    assert (change.moment.what, change.incident.label) == ("stopped", "truck")
    assert change.incident.stands == track("t", 0.5).box


def test_somebody_came_with_the_truck() -> None:
    telling = Telling().tell(
        *stays(0, 5, track("t", label="truck"), camera=DRIVE),
        *stays(5, 60, track("t", label="truck", still=True), camera=DRIVE),
        *stays(30, 50, track("a"), camera=DOOR),
        leftover(55),
    )
    truck, person = telling.incidents
    assert person.story == truck.id
    assert moments(person) == "arrived left_something"


def test_long_after_the_truck_nobody_came_with_it() -> None:
    telling = Telling().tell(
        scene(0, track("t", label="truck"), camera=DRIVE),
        *stays(1, 400, track("t", label="truck", still=True), camera=DRIVE),
        *stays(380, 390, track("a"), camera=DOOR),
    )
    assert telling.incidents[1].story == ""


def test_a_thing_is_the_last_one_s() -> None:
    telling = Telling().tell(
        *stays(0, 8, track("a", 0.9)), *stays(80, 88, track("b", 0.1)), leftover(95)
    )
    assert [moments(i) for i in telling.incidents] == ["arrived gone", "arrived left_something"]


def test_a_camera_is_dark_since_it_went_dark() -> None:
    telling = Telling().tell(sight(10, "refused")).until(70)
    (incident,) = telling.incidents
    assert (incident.label, incident.started) == ("refused", at(10))


def test_what_is_no_longer_watched_is_over_at_once() -> None:
    telling = Telling().tell(scene(0, track("a")), sight(1, "offline", DRIVE)).until(60)
    telling.tell(scene(60, track("b")), Unwatched(DOOR, at(61)), Unwatched(DRIVE, at(61)))
    assert not telling.state.open
    assert not telling.state.dark
    assert not telling.state.tracks


def test_what_ended_is_forgotten_in_the_end() -> None:
    telling = Telling().tell(*stays(0, 8, track("a"))).until(600)
    assert telling.state == State()


def test_nothing_is_changed_in_place() -> None:
    before = Telling().tell(scene(0, track("a"))).state
    kept = dict(before.open), dict(before.tracks)
    reduce(before, scene(1, track("a", 0.5), track("b", 0.8)), LAYOUT)
    reduce(before, Tick(at(100)), LAYOUT)
    assert (before.open, before.tracks) == kept


# After a restart -------------------------------------------------------------------------------


def test_the_same_track_goes_on_after_a_restart() -> None:
    before = Telling().tell(*stays(0, 8, track("a"))[:-1])
    after = Telling(state=restored(before.incidents, at(15)))
    after.tell(*stays(15, 30, track("a", 0.8))).until(120)
    assert told(after) == ["person x1: arrived gone"]
    assert after.incidents[0].id == before.incidents[0].id


def test_who_came_meanwhile_is_somebody_else() -> None:
    before = Telling().tell(*stays(0, 8, track("a"))[:-1])
    after = Telling(state=restored(before.incidents, at(60)))
    after.tell(*stays(80, 90, track("b", since=79))).until(160)
    assert told(after) == ["person x1: arrived gone"] * 2


def test_a_visitor_comes_back_after_a_restart_and_is_the_same() -> None:
    before = Telling().tell(*stays(0, 8, track("a", 0.9))[:-1])
    after = Telling(state=restored(before.incidents, at(15)))
    after.tell(*stays(30, 40, track("b", 0.1, since=29))).until(150)
    assert told(after) == ["person x1: arrived returned gone"]


def test_a_standing_truck_is_the_same_after_a_restart_of_the_eyes_too() -> None:
    before = Telling().tell(
        scene(0, track("t", label="truck")),
        *stays(1, 20, track("t", label="truck", still=True))[:-1],
    )
    after = Telling(state=restored(before.incidents, at(40)))
    after.tell(*stays(50, 90, track("x", label="truck", still=True, parked=True, since=48)))
    after.until(300)
    (incident,) = after.incidents
    assert moments(incident) == "arrived stopped gone"
    assert incident.ended == at(90)


def test_a_dark_camera_and_an_open_garage_are_known_after_a_restart() -> None:
    before = Telling().tell(sight(0, "offline"), opening(0, True)).until(700)
    after = Telling(state=restored(before.incidents, at(800)))
    after.tell(sight(801, "offline"), opening(801, True)).until(2000)
    assert not after.changes
    after.tell(sight(2000, "seeing"), opening(2001, False)).until(2100)
    assert told(after) == ["open x1: opened closed", "camera x1: dark back"]


def test_told_twice_is_one_incident() -> None:
    """The last reports come again when their receipt was lost with the process."""
    events = [scene(0, track("a")), scene(1, track("a"), track("b", 0.8)), leftover(2)]
    once = Telling().tell(*events)
    again = Telling(state=restored(once.incidents, at(3)))
    again.tell(*events)
    assert [i.id for i in again.state.open.values()] == [i.id for i in once.incidents]
    assert told(Telling().tell(*events)) == [
        f"{i.kind} x{i.count}: {moments(i)}" for i in again.state.open.values()
    ]
