"""What stands, what came, and what was there all along: by whole looks at a scene."""

from __future__ import annotations

from collections.abc import Sequence

from dobby.eyes.frames import Detection
from dobby.eyes.scene import SceneTracker
from dobby.vision.reports import Track
from tests.dobby.eyes.looks import at, found, moving, seconds

CAR = found(0.1, "car", 0.8, top=0.5, width=0.3, height=0.3)
POSTER = found(0.7, "person", 0.7, top=0.1, width=0.08, height=0.25)


class Looking:
    def __init__(self) -> None:
        self.view = SceneTracker("camera:yard", (), "run")
        self.told: list[tuple[float, tuple[Track, ...]]] = []

    def look(self, when: float, what: Sequence[Detection], moves: Sequence[Detection] = ()) -> None:
        self.told.append((when, self.view.look(at(when), what, moving(moves))))

    @property
    def now(self) -> tuple[Track, ...]:
        return self.told[-1][1]

    @property
    def news(self) -> set[str]:
        """Tracks that were ever told as anything but parked."""
        return {track.id for _, tracks in self.told for track in tracks if not track.parked}


def test_a_car_that_was_there_is_parked_and_no_news() -> None:
    looking = Looking()
    for when in (0.0, 2.0, 6.0, 14.0, 30.0):
        looking.look(when, [CAR])
    assert [(track.label, track.parked, track.still) for track in looking.now] == [
        ("vehicle", True, True)
    ]
    assert looking.news == set()


def test_somebody_who_walks_at_the_start_is_news_as_soon_as_they_have_moved() -> None:
    looking = Looking()
    for when in seconds(0, 3):
        walker = found(0.1 + 0.15 * when)
        looking.look(when, [walker, CAR], [walker])
    assert [(track.kind, track.parked) for track in looking.now] == [("person", False)]


def test_who_comes_is_news_at_once_and_still_after_a_while() -> None:
    looking = Looking()
    looking.look(0.0, [])
    for when in seconds(10, 12):
        walker = found(0.1 + 0.15 * (when - 10))
        looking.look(when, [walker], [walker])
    assert looking.told[3][1][0].kind == "person"
    stands = walker
    for when in seconds(12, 20):
        looking.look(when, [stands], [stands])
    assert [(track.still, track.parked) for track in looking.now] == [(True, False)]
    assert len({track.id for _, tracks in looking.told for track in tracks}) == 1


def test_a_poster_is_no_news_though_people_pass_before_it() -> None:
    looking = Looking()
    for when in (0.0, 2.0, 6.0):
        looking.look(when, [POSTER])
    for when in seconds(10, 16):
        walker = found(0.1 + 0.12 * (when - 10), top=0.2, height=0.6)
        covered = walker.box.left < 0.8 and walker.box.right > 0.68
        looking.look(when, [walker] if covered else [walker, POSTER], [walker])
    for when in (17.0, 19.0, 23.0):
        looking.look(when, [POSTER])
    walkers = {t.id for _, tracks in looking.told for t in tracks if t.box.bottom > 0.5}
    assert looking.news == walkers
    assert len(walkers) == 1
    assert [track.parked for track in looking.now] == [True]


def test_a_car_seen_only_at_dawn_was_there_before() -> None:
    """The detector makes it out in the first light; nothing moved there."""
    looking = Looking()
    for when in (0.0, 2.0, 6.0, 14.0):
        looking.look(when, [])
    for when in (30.0, 62.0, 122.0, 182.0):
        looking.look(when, [CAR])
    assert [track.parked for track in looking.now] == [True]
    assert looking.news == set()


def test_a_parked_car_half_hidden_by_who_passes_has_not_moved() -> None:
    looking = Looking()
    for when in (0.0, 2.0, 6.0):
        looking.look(when, [CAR])
    half = found(0.1, "car", 0.6, top=0.5, width=0.15, height=0.3)
    for when in seconds(10, 14):
        walker = found(0.2 + 0.05 * (when - 10), top=0.3, height=0.6)
        looking.look(when, [half, walker], [walker])
    assert [track.parked for track in looking.now if track.kind == "vehicle"] == [True]


def test_a_parked_car_that_drives_off_is_news_and_its_place_is_free() -> None:
    looking = Looking()
    for when in (0.0, 2.0, 6.0):
        looking.look(when, [CAR])
    for when in seconds(10, 13):
        car = found(0.1 + 0.2 * (when - 10), "car", 0.8, top=0.5, width=0.3, height=0.3)
        looking.look(when, [car], [car])
    assert [(track.kind, track.parked, track.still) for track in looking.now] == [
        ("vehicle", False, False)
    ]
    assert looking.view.standing() == []


def test_a_van_that_stopped_and_was_lost_stands_when_it_is_found_again() -> None:
    looking = Looking()
    looking.look(0.0, [])
    for when in seconds(10, 18):
        van = found(min(0.1 + 0.2 * (when - 10), 0.4), "truck", 0.8, top=0.5, width=0.3, height=0.3)
        looking.look(when, [van], [van])
    assert [track.still for track in looking.now] == [True]
    for when in seconds(18, 22):  # somebody passes close to the camera
        looking.look(when, [], [found(0.3, width=0.5, height=0.7)])
    for when in seconds(22, 23):
        looking.look(when, [van], [van])
    assert [(track.still, track.parked) for track in looking.now] == [(True, False)]


def test_who_stood_there_is_not_who_stands_there_next() -> None:
    looking = Looking()
    looking.look(0.0, [])
    here = found(0.4)
    for when in [*seconds(10, 18), *seconds(30, 31)]:
        looking.look(when, [here], [here])
        if when > 17.7 and when < 18:
            for gone in seconds(18, 22):
                looking.look(gone, [], [])
    assert [track.still for track in looking.now] == [False]
    assert len({track.id for _, tracks in looking.told for track in tracks}) == 2


def test_after_the_camera_was_dark_what_is_there_was_there() -> None:
    looking = Looking()
    looking.look(0.0, [])
    looking.view.start_again()
    for when in (100.0, 102.0, 106.0, 114.0):
        looking.look(when, [CAR])
    assert [track.parked for track in looking.now] == [True]
    assert looking.news == set()


def test_boxes_that_tremble_stand_still() -> None:
    looking = Looking()
    looking.look(0.0, [])
    for n, when in enumerate(seconds(10, 20)):
        wobble = 0.006 * (-1) ** n
        person = found(0.4 + wobble, top=0.3 - wobble)
        looking.look(when, [person], [person])
    assert [track.still for track in looking.now] == [True]


SECOND = found(0.5, "car", 0.8, top=0.5, width=0.3, height=0.3)


def test_a_part_of_a_parked_car_under_another_name_has_not_just_stopped() -> None:
    """The rest of it is hidden by who stands before it, while the first name is still followed."""
    looking = Looking()
    for when in (0.0, 2.0, 6.0):
        looking.look(when, [CAR])
    part = found(0.1, "car", 0.6, top=0.5, width=0.1, height=0.3)
    for when in seconds(10, 18):
        walker = found(0.2, top=0.3, height=0.6)
        looking.look(when, [part, walker] if when > 10.4 else [CAR, walker], [walker, CAR])
    for when in seconds(18, 26):
        looking.look(when, [CAR], [CAR])
    assert {t.id for _, tracks in looking.told for t in tracks if t.kind == "vehicle"}
    assert not [
        t
        for _, tracks in looking.told
        for t in tracks
        if t.kind == "vehicle" and t.id in looking.news
    ]


def test_a_name_that_goes_on_with_a_passing_van_leaves_the_parked_car_behind() -> None:
    looking = Looking()
    for when in (0.0, 2.0, 6.0):
        looking.look(when, [CAR])
    for when in seconds(10, 13):  # the box that was the car's is the van's
        van = found(0.1 + 0.2 * (when - 10), "truck", 0.8, top=0.4, width=0.3, height=0.4)
        looking.look(when, [van], [van])
    for when in seconds(13, 22):
        looking.look(when, [CAR], [CAR])
    cars = [t for t in looking.now if t.box.left < 0.2]
    assert [(t.parked, t.still) for t in cars] == [(True, True)]


def test_a_guess_of_the_detector_moves_no_parked_car() -> None:
    looking = Looking()
    for when in (0.0, 2.0, 6.0):
        looking.look(when, [CAR])
    for when in seconds(10, 16):
        guess = found(0.25, "car", 0.15, top=0.45, width=0.25, height=0.3)
        looking.look(when, [guess], [guess])
    assert looking.news == set()


def test_a_name_that_goes_from_one_parked_car_to_the_next_has_not_moved() -> None:
    looking = Looking()
    for when in (0.0, 2.0, 6.0):
        looking.look(when, [CAR, SECOND])
    for when in seconds(10, 14):
        looking.look(when, [SECOND], [CAR])
    steps = [found(0.1 + 0.1 * n, "car", 0.8, top=0.5, width=0.3, height=0.3) for n in range(5)]
    for when, step in zip(seconds(14, 15), steps, strict=True):
        looking.look(when, [step], [CAR, SECOND])
    for when in seconds(15, 24):
        looking.look(when, [CAR, SECOND], [CAR, SECOND])
    assert [t.parked for t in looking.now] == [True, True]


def test_a_car_that_comes_to_where_another_has_parked_and_left_is_news() -> None:
    looking = Looking()
    for when in (0.0, 2.0, 6.0):
        looking.look(when, [CAR])
    leaves = [
        (w, found(0.1 + 0.3 * (w - 10), "car", 0.8, top=0.5, width=0.3, height=0.3))
        for w in seconds(10, 13)
    ]
    for when, car in leaves:
        looking.look(when, [car], [car])
    for when in seconds(14, 45):
        looking.look(when, [], [])
    for when in seconds(60, 63):
        car = found(0.7 - 0.2 * (when - 60), "car", 0.8, top=0.5, width=0.3, height=0.3)
        looking.look(when, [car], [car])
    for when in seconds(63, 70):
        looking.look(when, [CAR], [CAR])
    assert [(t.parked, t.still) for t in looking.now] == [(False, True)]
