"""Who is followed, and who is believed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dobby.eyes.frames import Detection
from dobby.eyes.tracks import HITS, Followed, Tracker
from dobby.vision.reports import SOMETHING
from tests.dobby.eyes.looks import at, found, seconds


def follow(looks: Sequence[tuple[float, Sequence[Detection]]]) -> list[list[Followed]]:
    tracker = Tracker("run")
    return [tracker.look(at(when), what) for when, what in looks]


def ids(looks: Sequence[Sequence[Followed]]) -> list[str]:
    return list(dict.fromkeys(one.id for look in looks for one in look))


def test_who_walks_through_is_one_and_is_believed_after_three_looks() -> None:
    tracker = Tracker("run")
    believed = []
    for when in seconds(0, 4):
        seen = tracker.look(at(when), [found(0.1 + when * 0.15)])
        believed.append(any(one.believed for one in seen))
    assert believed == [look + 1 >= HITS for look in range(len(believed))]
    assert [one.id for one in seen] == ["run.1"]
    assert seen[0].label == "person"
    assert seen[0].score == 0.8


def test_two_runs_never_share_a_name() -> None:
    looks = [at(when) for when in seconds(0, 1)]
    names = set()
    for run in ("a", "b"):
        tracker = Tracker(run)
        for when in looks:
            names |= {one.id for one in tracker.look(when, [found(0.4)])}
    assert names == {"a.1", "b.1"}


def test_kinds_do_not_mix_and_cars_are_trucks() -> None:
    looks = []
    for when in seconds(0, 3):
        label = "truck" if round(when * 5) % 3 == 0 else "car"  # told now as this, now as that
        looks.append((when, [found(0.4, label, 0.7), found(0.42, "person", height=0.3, top=0.1)]))
    seen = follow(looks)[-1]
    assert sorted((one.kind, one.label) for one in seen) == [
        ("person", "person"), ("vehicle", "vehicle"),
    ]  # fmt: skip
    assert len(ids(follow(looks))) == 2


def test_one_thing_under_two_names_is_one() -> None:
    looks = [
        (when, [found(0.4, "car", 0.69), found(0.4, "truck", 0.5), found(0.41, "dog", 0.45)])
        for when in seconds(0, 2)
    ]
    assert [(one.kind, one.label) for one in follow(looks)[-1]] == [("vehicle", "vehicle")]


def test_what_is_no_news_to_a_household_is_not_followed() -> None:
    looks = [
        (when, [found(0.4, "airplane", 0.9), found(0.6, "cell phone", 0.9)]) for when in (0, 1)
    ]
    assert follow(looks)[-1] == []


def test_a_median_below_the_threshold_is_not_believed_though_some_looks_were_sure() -> None:
    scores = [0.45, 0.3, 0.3, 0.9, 0.2, 0.3, 0.9, 0.2]
    looks = [(n / 5, [found(0.4, "cat", score)]) for n, score in enumerate(scores)]
    assert [one.hits for one in follow(looks)[-1]] == [len(scores)]
    assert not any(one.believed for look in follow(looks) for one in look)


def test_once_believed_it_stays_so_while_half_hidden() -> None:
    looks = [(n / 5, [found(0.4, score=0.9 if n < 5 else 0.2)]) for n in range(30)]
    last = follow(looks)[-1]
    assert [one.believed for one in last] == [True]
    assert last[0].score == 0.2


def test_a_lost_one_is_found_again_within_a_second() -> None:
    looks = [(when, [] if 1 < when < 2 else [found(0.4)]) for when in seconds(0, 4)]
    assert ids(follow(looks)) == ["run.1"]


def test_people_one_after_another_are_not_one() -> None:
    first = [(when, [found(0.4)]) for when in seconds(0, 3)]
    nobody = [(when, []) for when in seconds(3, 6)]
    second = [(when, [found(0.4)]) for when in seconds(6, 9)]
    looks = follow([*first, *nobody, *second])
    assert ids(looks) == ["run.1", "run.2"]
    assert looks[len(first) + len(nobody) - 1] == []


def test_nobody_is_gone_while_nobody_looks() -> None:
    """Nothing moves, so frames come rarely: who stands there is there."""
    looks = [(when, [found(0.4)]) for when in seconds(0, 3)]
    looks += [(when, [found(0.4)]) for when in (5.0, 9.0, 17.0, 33.0, 65.0, 125.0, 185.0)]
    assert ids(follow(looks)) == ["run.1"]


def test_who_is_missing_in_rare_looks_is_gone_after_two() -> None:
    looks = [(when, [found(0.4)]) for when in seconds(0, 3)]
    seen = follow([*looks, (63.0, []), (123.0, [])])
    assert len(seen[-2]) == 1  # a detector overlooks things
    assert seen[-1] == []


def test_clocks_may_stand_or_go_backwards() -> None:
    looks = [(when, [found(0.4)]) for when in (0.0, 0.2, 0.2, 0.1, 0.4, 0.6)]
    assert ids(follow(looks)) == ["run.1"]


@pytest.mark.parametrize(
    ("label", "score", "word"),
    [
        ("dog", 0.85, "dog"),
        ("dog", 0.6, SOMETHING),
        ("horse", 0.69, SOMETHING),
        ("motorcycle", 0.8, "motorcycle"),
        ("motorcycle", 0.6, "vehicle"),
    ],
)
def test_a_word_that_is_not_sure_is_not_said(label: str, score: float, word: str) -> None:
    looks = [(when, [found(0.4, label, score)]) for when in seconds(0, 2)]
    assert [one.label for one in follow(looks)[-1]] == [word]


def test_words_that_change_are_not_said_and_a_sure_one_is_kept() -> None:
    mixed = [(w, [found(0.4, "dog" if n % 2 else "cow")]) for n, w in enumerate(seconds(0, 3))]
    assert follow(mixed)[-1][0].label == SOMETHING
    turns = [(when, [found(0.4, "dog", 0.9 if when < 2 else 0.5)]) for when in seconds(0, 9)]
    assert follow(turns)[-1][0].label == "dog"


def test_what_somebody_turns_into_is_no_animal_be_it_ever_so_sure() -> None:
    stands = [(when, [found(0.4)]) for when in seconds(0, 3)]
    bends = [(when, [found(0.4, "bird", 0.87, top=0.5, height=0.2)]) for when in seconds(3, 6)]
    assert {one.kind: one.label for one in follow([*stands, *bends])[-1]}["animal"] == SOMETHING
    apart = [(when, [found(0.6, "bird", 0.87, top=0.5, height=0.2)]) for when in seconds(3, 6)]
    assert {one.kind: one.label for one in follow([*stands, *apart])[-1]}["animal"] == "bird"
