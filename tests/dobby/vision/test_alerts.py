"""The words that incidents are told in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC

import pytest

from dobby.language.words import Words
from dobby.vision.alerts import alert, later, more
from dobby.vision.incidents import Event
from dobby.vision.records import Incident
from dobby.vision.wording import day, where
from tests.dobby.vision.stories import (
    DRIVE,
    NAMES,
    YARD,
    Telling,
    at,
    leftover,
    opening,
    scene,
    sight,
    stays,
    track,
)

ENGLISH = Words()


def words(events: Sequence[Event], until: float, parts: bool = False) -> str:
    """What the first incident of a story is told as then."""
    telling = Telling().tell(*(e for e in events if e.at <= at(until))).until(until)
    first, *others = telling.incidents
    own = [other for other in others if other.story == first.id] if parts else []
    return alert(first, own, NAMES, at(until), UTC, ENGLISH)


TRUCK = [
    *stays(0, 4, track("t", label="truck"), camera=DRIVE),
    *stays(4, 240, track("t", label="truck", still=True), camera=DRIVE),
]

SAID: list[tuple[Sequence[Event], float, str]] = [
    ([scene(0, track("a"))], 0, "Someone is at the front door."),
    ([scene(0, track("a"), camera=YARD)], 0, "Someone is in the back yard."),
    ([scene(0, track("a"), track("b", 0.7))], 0, "Two people are at the front door."),
    (stays(0, 90, track("a")), 90, "Someone is at the front door, since 14:00."),
    (stays(0, 9, track("a")), 80, "Someone was at the front door, 14:00."),
    (
        [*stays(0, 9, track("a")), *stays(40, 130, track("b", 0.9))],
        130,
        "Someone is at the front door, since 14:00.",
    ),
    (
        [*stays(0, 9, track("a")), *stays(40, 80, track("b", 0.9))],
        300,
        "Someone was at the front door, 14:00-14:01, more than once.",
    ),
    (
        [*stays(0, 130, track("a")), leftover(140)],
        300,
        "Someone was at the front door, 14:00-14:02; they left something.",
    ),
    ([scene(0, track("a")), leftover(1)], 2, "Someone is at the front door and left something."),
    (
        [scene(0, track("a"), camera=DRIVE), scene(9, track("b"))],
        9,
        "Someone is at the front door (first seen at the drive).",
    ),
    (TRUCK, 3, "A truck is at the drive."),
    (TRUCK, 5, "A truck just stopped at the drive."),
    (TRUCK, 400, "A truck stopped at the drive, 14:00-14:04."),
    (stays(0, 4, track("c", label="car")), 80, "A car came by the front door, 14:00."),
    (
        [scene(0, track("c", label="bus"), track("d", 0.1, "bus"))],
        0,
        "Two buses are at the front door.",
    ),
    ([scene(0, track("d", label="cat"))], 0, "A cat is at the front door."),
    ([scene(0, track("d", label="cow"), track("e", 0.8, "cow"))], 0,
     "Two cows are at the front door."),
    ([scene(0, track("d", label="cat", sure=False))], 0, "Something moved at the front door."),
    (stays(0, 4, track("d", label="horse", sure=False)), 90,
     "Something moved at the front door, 14:00."),
    ([leftover(0)], 0, "Something was left at the front door; I did not see by whom."),
    ([leftover(0, "taken")], 70,
     "Something is missing at the front door; I did not see who took it, 14:00."),
    ([opening(0, True)], 600, "The garage has been open for 10 minutes."),
    ([opening(0, True), opening(5000, False)], 5000,
     "The garage was open for 1 hour 23 minutes, until 15:23."),
    ([sight(0, "offline")], 50, "The front door camera has gone dark (it does not answer)."),
    ([sight(0, "refused")], 50, "The front door camera has gone dark (it refuses my password)."),
    ([sight(0, "frozen"), sight(130, "seeing")], 200,
     "The front door camera is back; it was dark, 14:00-14:02."),
]  # fmt: skip


@pytest.mark.parametrize(("events", "until", "said"), SAID, ids=[said for *_, said in SAID])
def test_said(events: Sequence[Event], until: float, said: str) -> None:
    assert words(events, until) == said


def test_a_delivery_is_one_story() -> None:
    at_the_drive = [
        *TRUCK,
        *stays(30, 50, track("a", 0.8), camera=DRIVE),
        leftover(60, camera=DRIVE),
    ]
    assert words(at_the_drive, 35, parts=True) == (
        "A truck just stopped at the drive; someone came with it, it seems."
    )
    assert words(at_the_drive, 400, parts=True) == (
        "A truck stopped at the drive, 14:00-14:04; someone came with it, it seems, and left "
        "something: a delivery."
    )


def test_a_delivery_at_another_door() -> None:
    telling = Telling().tell(*TRUCK[:60], *stays(30, 50, track("a")), leftover(54))
    person = telling.incidents[1]
    moment = telling.changes[-1].moment
    assert later(person, moment, NAMES, at(54), ENGLISH) == (
        "A delivery, it seems: someone left something at the front door."
    )
    telling.until(200)
    person = next(i for i in telling.incidents if i.kind == "person")
    assert alert(person, [], NAMES, at(200), UTC, ENGLISH) == (
        "Someone was at the front door, 14:00, and left something: a delivery, it seems."
    )


def test_moments_that_deserve_a_message_of_their_own() -> None:
    telling = Telling().tell(*stays(0, 70, track("a")), leftover(75), leftover(75, "taken", 0.1))
    said = [
        (change.moment.what, text)
        for change in telling.changes
        if (text := later(change.incident, change.moment, NAMES, at(75), ENGLISH))
    ]
    assert said == [
        ("lingers", "Someone has been at the front door for 1 minute."),
        ("left_something", "Someone left something at the front door."),
        ("took_something", "Someone took something that was at the front door."),
    ]


def test_a_model_s_sentence_is_quoted() -> None:
    (incident,) = Telling().tell(scene(0, track("a"))).incidents
    described: Incident = incident.model_copy(update={"words": "a man in brown with a parcel"})
    assert alert(described, [], NAMES, at(1), UTC, ENGLISH) == (
        "Someone is at the front door: “a man in brown with a parcel”."
    )


def test_a_place_unknown() -> None:
    (incident,) = Telling().tell(scene(0, track("a"), camera="camera:new")).incidents
    assert alert(incident, [], {}, at(1), UTC, ENGLISH) == "Someone is at one of the cameras."


def test_what_was_held_back() -> None:
    assert (
        more(7, ENGLISH) == "There were 7 more things within the last hour; they are on the page."
    )
    assert more(1, ENGLISH) == "There was 1 more thing within the last hour; it is on the page."


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("front door", "at the front door"),
        ("the front door", "at the front door"),
        ("The gate", "at the gate"),
        ("my workshop", "at your workshop"),
        ("Anna's room", "in Anna's room"),
        ("street", "in the street"),
    ],
)
def test_where(place: str, said: str) -> None:
    assert where(place, ENGLISH) == said


def test_days_are_said_as_people_do() -> None:
    now = at(0)
    assert [day(at(-days * 86400), now, UTC, ENGLISH) for days in (0, 1, 2, 200)] == [
        "today", "yesterday", "on 2 May", "on 16 October 2025",
    ]  # fmt: skip
