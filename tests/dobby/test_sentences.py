"""The sentence book against the production path, and the judge against known outcomes."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import pytest

from devices.device import KINDS
from tests.sentences.book import LANGUAGES, Expectation, Sentence, load
from tests.sentences.replies import declines, says
from tests.sentences.stage import Judged, Stage, run
from tests.sentences.verdict import Observation, Verdict, expand, judge

RIGHT_FLOOR = 0.93  # share of the book; raise it when the brain gets better, never lower it
WRONG_CEILING = 0.01
ONLY_MEASURED = {"exam hard", "exam questions", "exam family", "exam pitfalls"}
"""Kinds that no floor holds yet: written without knowledge of the brain, printed by the bench."""
SHOWN = 60  # failing sentences in the message of a failed test

pytestmark = pytest.mark.timeout(900)  # the whole book, in a fixture, beside other tests


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    """Every trap, and every third other sentence: the bench runs the whole book."""
    book = [s for s in load() if s.kind not in ONLY_MEASURED]
    plain = [s for s in book if not s.trap][::3]
    return asyncio.run(run([s for s in book if s.trap] + plain))


def report(failures: list[Judged]) -> str:
    more = f"\n... and {len(failures) - SHOWN} more" if len(failures) > SHOWN else ""
    return "\n".join(map(str, failures[:SHOWN])) + more


def test_a_trap_never_causes_a_wrong_action(judged: list[Judged]) -> None:
    failures = [j for j in judged if j.sentence.trap and j.verdict is Verdict.WRONG]
    if failures:  # no assert: pytest would spell out every house of every sentence
        pytest.fail(f"{len(failures)} wrong on traps:\n{report(failures)}", pytrace=False)


def test_the_share_that_is_right_holds(judged: list[Judged]) -> None:
    counts = Counter(j.verdict for j in judged)
    failures = [j for j in judged if j.verdict is not Verdict.RIGHT]
    share = counts[Verdict.RIGHT] / len(judged)
    if share < RIGHT_FLOOR:
        pytest.fail(f"{share:.1%} right, {dict(counts)}:\n{report(failures)}", pytrace=False)


def test_the_share_that_is_wrong_holds(judged: list[Judged]) -> None:
    failures = [j for j in judged if j.verdict is Verdict.WRONG]
    share = len(failures) / len(judged)
    if share > WRONG_CEILING:
        pytest.fail(f"{share:.1%} wrong:\n{report(failures)}", pytrace=False)


# The other languages -------------------------------------------------------------------------

OTHERS = {  # share right at least; wrong at most, of a hundred. Raise the first, lower the second.
    "de": (0.86, 2.0), "es": (0.90, 2.0), "fr": (0.85, 2.0), "nl": (0.84, 2.0), "pl": (0.90, 2.0),
}  # fmt: skip


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_is_understood_and_does_little_harm(language: str) -> None:
    """Every trap, and every fifth other sentence: the whole books take minutes (the bench)."""
    book = load(language)
    plain = [s for s in book if not s.trap][::5]
    judged = asyncio.run(run([s for s in book if s.trap] + plain))
    right, most = OTHERS[language]
    understood = [j for j in judged if not j.sentence.trap]
    share = sum(j.verdict is Verdict.RIGHT for j in understood) / len(understood)
    wrong = [j for j in judged if j.verdict is Verdict.WRONG]
    if share < right or 100 * len(wrong) > most * len(judged):
        told = f"{share:.1%} right of {len(understood)}, {len(wrong)} wrong of {len(judged)}"
        pytest.fail(f"{language}: {told}:\n{report(wrong)}", pytrace=False)


# The book itself -----------------------------------------------------------------------------


def test_the_book_is_large_varied_and_full_of_traps() -> None:
    book = load()
    said = Counter((s.house, s.text, s.before, s.room, str(s.state), s.person) for s in book)
    assert [key for key, times in said.items() if times > 1] == []
    assert len(book) >= 1500
    assert sum(s.trap for s in book) >= len(book) / 5
    assert len({s.house for s in book}) >= 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_expectation_names_devices_that_exist(language: str) -> None:
    book = load(language)
    stages = {house: Stage(house) for house in {s.house for s in book}}
    for sentence in book:
        stage = stages[sentence.house]
        assert stage.language == language, f"{sentence.where}: a house of another language"
        for outcome in sentence.outcomes:
            expand(outcome.expect or {}, stage.scene)
            expand(outcome.may, stage.scene)
        assert set(sentence.state or {}) <= set(stage.scene.devices), sentence.where


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_book_of_its_own_with_traps(language: str) -> None:
    book = load(language)
    said = Counter((s.house, s.text, s.before, s.room, str(s.state), s.person) for s in book)
    assert [key for key, times in said.items() if times > 1] == []
    assert len(book) >= 300
    assert sum(s.trap for s in book) >= len(book) / 5


def test_the_houses_have_every_kind_of_device() -> None:
    houses = {s.house for s in load()}
    kinds = {d.kind for house in houses for d in Stage(house).scene.devices.values()}
    unspoken = {"appliance", "unknown", "door"}  # nothing is said to these that others lack
    assert set(KINDS) - unspoken <= kinds


# The judge -----------------------------------------------------------------------------------

LAMP_ON = {"reading_lamp": {"power": {"on": True}}}
HALL_OFF = {"hall_light": {"power": {"on": False}}}


def heard(*outcomes: dict[str, Any]) -> Sentence:
    readings = tuple(Expectation.model_validate(outcome) for outcome in outcomes)
    return Sentence("family", "judge", "-", "-", readings)


@pytest.mark.parametrize(
    ("outcome", "changes", "reply", "verdict"),
    [
        ({"expect": {"reading_lamp": {"power": True}}}, LAMP_ON, "Done.", Verdict.RIGHT),
        ({"expect": {"reading_lamp": {"power": True}}}, {}, "Which lamp?", Verdict.ABSTAINED),
        ({"expect": {"reading_lamp": {"power": True}}}, HALL_OFF, "Done.", Verdict.WRONG),
        (
            {"expect": {"reading_lamp": {"power": True}}},
            {**LAMP_ON, **HALL_OFF},
            "Done.",
            Verdict.WRONG,
        ),
        (
            {"expect": {"reading_lamp": {"power": True}}, "may": {"hall_light": {"power": False}}},
            {**LAMP_ON, **HALL_OFF},
            "Done.",
            Verdict.RIGHT,
        ),
        ({"abstains": True}, {}, "I did nothing. Which one?", Verdict.RIGHT),
        ({"abstains": True}, LAMP_ON, "Reading lamp is on.", Verdict.WRONG),
        ({"abstains": True}, {}, "", Verdict.WRONG),
        ({"says": "closed|shut"}, {}, "The garage is shut.", Verdict.RIGHT),
        ({"says": ["closed", "!open"]}, {}, "It is closed, not open.", Verdict.WRONG),
        ({"says": "closed"}, {}, "Which garage?", Verdict.ABSTAINED),
        ({"says": "closed"}, {}, "The garage is open.", Verdict.WRONG),
        ({"asks": True}, {}, "Done.", Verdict.ABSTAINED),
        (
            {"expect": {"floor_lamp": {"brightness": "41..65"}}},
            {"floor_lamp": {"brightness": {"percent": 50.0}}},
            "50%",
            Verdict.RIGHT,
        ),
        (
            {"expect": {"floor_lamp": {"brightness": "41..65"}}},
            {"floor_lamp": {"brightness": {"percent": 70.0}}},
            "70%",
            Verdict.WRONG,
        ),
        (
            {"expect": {"floor_lamp": {"color": "red"}}},
            {"floor_lamp": {"color": {"hue": 358.0, "saturation": 100.0}}},
            "red",
            Verdict.RIGHT,
        ),
        (
            {"expect": {"living_heat": {"climate": {"target": "72 F"}}}},
            {"living_heat": {"climate": {"target": 22.2}}},
            "72",
            Verdict.RIGHT,
        ),
        (
            {"expect": {"shopping": {"todo": ["milk", {"text": "eggs", "done": True}]}}},
            {"shopping": {"todo": {"items": [{"text": "eggs", "done": True}, {"text": "Milk"}]}}},
            "ok",
            Verdict.RIGHT,
        ),
        (
            {"expect": {"shopping": {"todo": ["milk"]}}},
            {"shopping": {"todo": {"items": [{"text": "milk"}, {"text": "eggs"}]}}},
            "ok",
            Verdict.WRONG,
        ),
    ],
)
def test_the_judge(
    outcome: dict[str, Any], changes: dict[str, Any], reply: str, verdict: Verdict
) -> None:
    seen = Observation(changes, after=changes, obeyed=bool(changes), reply=reply)
    assert judge(heard(outcome), seen, Stage("family").scene)[0] is verdict


def test_the_judge_takes_any_defensible_reading() -> None:
    either = heard({"expect": {"reading_lamp": {"power": True}}}, {"abstains": True})
    scene = Stage("family").scene
    on = Observation(LAMP_ON, LAMP_ON, obeyed=True, reply="Reading lamp is on.")
    silent = Observation({}, {}, obeyed=False, reply="Which lamp?")
    elsewhere = Observation(HALL_OFF, HALL_OFF, obeyed=True, reply="Hall light is off.")
    verdicts = [judge(either, seen, scene)[0] for seen in (on, silent, elsewhere)]
    assert verdicts == [Verdict.RIGHT, Verdict.RIGHT, Verdict.WRONG]


@pytest.mark.parametrize(
    ("language", "reply", "silent"),
    [
        ("en", "I can't do that.", True),
        ("en", "No: the lamp is off.", False),
        ("de", "Das weiß ich leider nicht.", True),
        ("de", "Welche Lampe meinst du?", True),
        ("de", "Nein, das Licht ist nicht an.", False),
        ("fr", "Je ne sais pas.", True),
        ("fr", "Non, elle n'est pas allumée.", False),
        ("es", "No lo sé.", True),
        ("es", "No, está apagada.", False),
        ("nl", "Dat weet ik niet.", True),
        ("nl", "Nee, de lamp is niet aan.", False),
        ("pl", "Nie wiem.", True),
        ("pl", "Nie, lampa jest wyłączona.", False),
    ],
)
def test_a_reply_that_declines_is_known_in_its_language(
    language: str, reply: str, silent: bool
) -> None:
    assert declines(reply, language) is silent


def test_a_number_is_said_with_a_comma_or_a_point() -> None:
    assert says("22.5", "Es sind 22,5 Grad.")


def test_a_code_is_wrong_where_nothing_was_due_and_timid_where_an_effect_was() -> None:
    scene = Stage("family").scene
    asking = Observation({}, {}, obeyed=False, reply="Send 4711.", asks=True)
    assert judge(heard({"abstains": True}), asking, scene)[0] is Verdict.WRONG
    due = heard({"expect": {"reading_lamp": {"power": True}}})
    assert judge(due, asking, scene)[0] is Verdict.ABSTAINED


def test_a_command_that_changes_nothing_is_still_an_act() -> None:
    scene = Stage("family").scene
    idle = Observation({}, {}, obeyed=True, reply="Hall light is on.")
    assert judge(heard({"abstains": True}), idle, scene)[0] is Verdict.WRONG
