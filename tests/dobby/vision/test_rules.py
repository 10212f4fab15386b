"""Who is told what: with no rules, with the owner's, and when it is too much."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dobby.language.words import Message, Words, message
from dobby.vision.explaining import describe_rule, explain
from dobby.vision.incidents import Event
from dobby.vision.records import AlertRule, Incident, Moment, Telling
from dobby.vision.reports import Hours
from dobby.vision.rules import PART, Circumstances, Judgement, OwnRule, judge
from tests.dobby.vision import stories
from tests.dobby.vision.stories import (
    DOOR,
    DRIVE,
    NAMES,
    YARD,
    at,
    box,
    leftover,
    opening,
    scene,
    sight,
    stays,
    track,
)

NIGHT = Hours(start="22:00", end="07:00")


def happened(*events: Event, until: float = 0) -> tuple[Incident, Moment]:
    change = stories.Telling().tell(*events).until(until).changes[-1]
    return change.incident, change.moment


def around(now: float = 0, **what: Any) -> Circumstances:
    return Circumstances(at(now), "ann", **what)


def rule(number: int = 1, person: str = "ann", **fields: Any) -> OwnRule:
    return OwnRule(number, AlertRule(**fields), person, at(-86400))


def quiet(**fields: Any) -> OwnRule:
    return rule(verdict="quiet", **fields)


PERSON = happened(scene(0, track("a")))
PASSING = happened(scene(0, track("c", label="car"), camera=DRIVE))
STOPPED = happened(
    scene(0, track("c", label="car"), camera=DRIVE),
    scene(1, track("c", 0.6, "car", still=True), camera=DRIVE),
)
LINGERS = happened(*stays(0, 60, track("a"))[:-1])
CAT = happened(scene(0, track("x", label="cat")))

SENSE: dict[str, tuple[tuple[Incident, Moment], bool]] = {
    "somebody": (PERSON, True),
    "somebody lingers": (LINGERS, True),
    "a car that passes": (PASSING, False),
    "a car that stops": (STOPPED, True),
    "a cat": (CAT, False),
    "a thing left": (happened(leftover(0)), True),
    "the garage": (happened(opening(0, True), until=601), True),
    "a window": (happened(opening(0, True, "bath window", "window"), until=601), False),
    "a camera": (happened(sight(0, "offline"), until=60), True),
    "somebody who has gone": (happened(*stays(0, 5, track("a")), until=70), False),
    "a camera that is back": (happened(sight(0, "offline"), sight(90, "seeing"), until=200), False),
}


@pytest.mark.parametrize("name", SENSE)
def test_without_any_rule(name: str) -> None:
    (incident, moment), told = SENSE[name]
    assert judge(incident, moment, (), around()).tell is told


def test_only_owners_are_told_unasked() -> None:
    assert not judge(*PERSON, (), around(owner=False)).tell
    assert judge(*PERSON, [rule(verdict="tell", kinds=("person",))], around(owner=False)).tell
    assert not judge(*PERSON, [rule(verdict="tell", person="ben")], around(owner=False)).tell


FITTING: list[tuple[dict[str, Any], tuple[Incident, Moment], dict[str, Any], bool]] = [
    ({}, PERSON, {}, True),
    ({"kinds": ("person",)}, PERSON, {}, True),
    ({"kinds": ("vehicle",)}, PERSON, {}, False),
    ({"labels": ("car",)}, STOPPED, {}, True),
    ({"labels": ("bus",)}, STOPPED, {}, False),
    ({"cameras": (DOOR, YARD)}, PERSON, {}, True),
    ({"cameras": (YARD,)}, PERSON, {}, False),
    ({"zones": ("mat",)}, PERSON, {}, False),
    ({"zones": ("mat",)}, happened(scene(0, track("a", zones=["mat"]))), {}, True),
    ({"what": ("lingers",)}, PERSON, {}, False),
    ({"what": ("lingers",)}, LINGERS, {}, True),
    ({"hours": NIGHT}, PERSON, {}, False),
    ({"outside_hours": NIGHT}, PERSON, {}, True),
    ({"hours": Hours(start="13:00", end="15:00")}, PERSON, {}, True),
    ({"presence": "home"}, PERSON, {"home": True}, True),
    ({"presence": "home"}, PERSON, {"home": False}, False),
    ({"presence": "home"}, PERSON, {}, False),  # nobody knows: it is told
    ({"presence": "away"}, PERSON, {"home": False}, True),
    ({"until": at(60)}, PERSON, {}, True),
    ({"until": at(-60)}, PERSON, {}, False),
    ({"near": box(0.62), "cameras": (DRIVE,)}, STOPPED, {}, True),
    ({"near": box(0.1), "cameras": (DRIVE,)}, STOPPED, {}, False),
    ({"near": box(0.62), "cameras": (DOOR,)}, STOPPED, {}, False),
]


@pytest.mark.parametrize(("fields", "event", "now", "fits"), FITTING)
def test_a_quiet_rule_is_about(
    fields: dict[str, Any], event: tuple[Incident, Moment], now: dict[str, Any], fits: bool
) -> None:
    judgement = judge(*event, [quiet(**fields)], around(**now))
    assert judgement.tell is not fits
    assert judgement.rule == (1 if fits else None)


def test_the_newest_that_fits_decides() -> None:
    rules = [
        quiet(number=1),
        rule(2, verdict="tell", cameras=(DOOR,)),
        quiet(number=3, kinds=("animal",)),
    ]
    assert judge(*PERSON, rules, around()).rule == 2
    assert judge(*PERSON, [*rules, quiet(number=4)], around()) == Judgement(
        False, message("why-rule"), 4
    )


def test_only_when_they_linger_is_two_rules() -> None:
    rules = [quiet(number=1), rule(2, verdict="tell", what=("lingers",))]
    assert not judge(*PERSON, rules, around()).tell
    assert judge(*LINGERS, rules, around()).tell


def test_the_neighbour_s_car_is_known_where_it_stands_and_others_are_told() -> None:
    neighbour = [quiet(kinds=("vehicle",), cameras=(DRIVE,), near=box(0.6))]
    assert not judge(*STOPPED, neighbour, around()).tell
    other = happened(
        scene(0, track("d", label="car"), camera=DRIVE),
        scene(1, track("d", 0.1, "car", still=True), camera=DRIVE),
    )
    assert judge(*other, neighbour, around()).tell


def test_a_private_camera_tells_nothing() -> None:
    assert not judge(*PERSON, [rule(verdict="tell")], around(private=frozenset({DOOR}))).tell


# Too much ---------------------------------------------------------------------------------------


def told(
    incident: Incident, when: datetime, why: Message | str = "", tell: bool = True
) -> Incident:
    telling = Telling(person="ann", at=when, told=tell, why=why)
    return incident.model_copy(update={"tellings": (telling,), "told": tell})


def person(number: int, second: float, left: float = 0.4, camera: str = DOOR) -> Incident:
    return happened(scene(second, track(f"p{number}", left), camera=camera))[0]


def lately(seconds: Sequence[float], **where: Any) -> list[Incident]:
    return [
        told(person(100 + n, second, 0.8, **where), at(second)) for n, second in enumerate(seconds)
    ]


def test_who_comes_to_the_same_place_after_the_last_one_s_minute_is_told() -> None:
    before = told(person(1, 0, 0.4), at(0))
    next_one = happened(scene(70, track("b", 0.42)))
    assert judge(*next_one, (), around(70, lately=[before])).tell


def test_who_comes_and_leaves_something_is_told() -> None:
    before = told(person(1, 0, 0.4), at(0))
    event = happened(scene(60, track("b", 0.42)), leftover(62))
    assert judge(*event, (), around(62, lately=[before])).tell


def test_many_of_a_kind_at_one_place_are_held() -> None:
    many = lately(range(0, 160, 20))
    assert judge(*happened(scene(200, track("a", 0.1))), (), around(200, lately=many)).held
    assert judge(*happened(scene(200, track("a"), camera=YARD)), (), around(200, lately=many)).tell
    assert judge(*happened(scene(900, track("a", 0.1))), (), around(900, lately=many)).tell


def test_cameras_that_all_go_dark_at_once_are_told_a_few_times() -> None:
    def dark(camera: str) -> tuple[Incident, Moment]:
        return happened(sight(0, "offline", camera), until=50)

    three = [told(dark(camera)[0], at(50)) for camera in (DOOR, DRIVE, "camera:shed")]
    assert judge(*dark(YARD), (), around(50, lately=three[:2])).tell
    assert judge(*dark(YARD), (), around(50, lately=three)).held


def test_so_many_an_hour_and_no_more() -> None:
    many = lately(range(0, 2400, 200))
    judgement = judge(*happened(scene(3000, track("a", 0.1))), (), around(3000, lately=many))
    assert judgement == Judgement(False, message("why-enough", count=12), held=True)
    assert judge(*PERSON, (), around(3000, lately=many, per_hour=13)).tell
    assert judge(*PERSON, (), around(3601, lately=many)).tell


def test_who_came_with_a_truck_that_was_told_is_part_of_it() -> None:
    telling = stories.Telling().tell(
        scene(0, track("t", label="truck"), camera=DRIVE),
        scene(1, track("t", label="truck", still=True), camera=DRIVE),
        scene(9, track("t", label="truck", still=True), track("a", 0.8), camera=DRIVE),
    )
    truck, somebody = telling.incidents
    moment = telling.changes[-1].moment
    known = around(9, lately=[told(truck, at(1))])
    assert judge(somebody, moment, (), known) == Judgement(False, PART)
    assert judge(somebody, moment, (), around(9, lately=[truck])).tell  # it was not told
    at_the_door = somebody.model_copy(update={"place": "front door"})
    assert judge(at_the_door, moment, (), known).tell


# In words ---------------------------------------------------------------------------------------

NOW = at(2 * 86400)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"verdict": "quiet", "kinds": ("vehicle",), "cameras": (DRIVE,), "near": box(0.6),
             "said": "stop telling me about the neighbour's car"},
            "not told: vehicles in that one spot at the drive; since you said “stop telling me "
            "about the neighbour's car” on 3 May",
        ),
        (
            {"verdict": "quiet", "outside_hours": NIGHT, "said": "only at night"},
            "not told: everything except from 22:00 to 07:00; since you said “only at night” "
            "on 3 May",
        ),
        (
            {"verdict": "tell", "kinds": ("person",), "cameras": (YARD,)},
            "told: people in the back yard; since you made this rule on 3 May",
        ),
        (
            {"verdict": "quiet", "presence": "home", "labels": ("cat", "dog")},
            "not told: cats and dogs while you are at home; since you made this rule on 3 May",
        ),
        (
            {"verdict": "quiet", "until": at(2 * 86400 + 3600)},
            "not told: everything until 15:00; since you made this rule on 3 May",
        ),
        (
            {"verdict": "tell", "kinds": ("person",), "what": ("lingers",), "zones": ("gate",)},
            "told: people that linger within gate; since you made this rule on 3 May",
        ),
    ],
)  # fmt: skip
def test_a_rule_in_words(fields: dict[str, Any], said: str) -> None:
    assert describe_rule(rule(**fields), NAMES, NOW, UTC, Words()) == said


def test_why_it_was_told_or_not() -> None:
    incident, moment = PERSON
    assert explain(incident, "ann", None, NOW, UTC, Words()).startswith("I kept it in the record")
    judgement = judge(incident, moment, (), around())
    by_sense = told(incident, at(0), judgement.why)
    assert explain(by_sense, "ann", None, NOW, UTC, Words()) == (
        "I told you at 14:00 because I tell of people unless you say otherwise."
    )
    own = quiet(said="not again for the postman")
    judgement = judge(incident, moment, [own], around())
    by_rule = told(incident, at(0), judgement.why, tell=False)
    assert explain(by_rule, "ann", own, NOW, UTC, Words()) == (
        "I did not tell you because you said “not again for the postman” on 3 May."
    )


def test_rules_of_years_ago_say_the_year() -> None:
    old = OwnRule(1, AlertRule(verdict="quiet"), "ann", at(0) - timedelta(days=400))
    assert describe_rule(old, NAMES, NOW, UTC, Words()).endswith("on 30 March 2025")
