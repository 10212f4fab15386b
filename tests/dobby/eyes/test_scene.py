"""What is told of a camera, when, and with which pictures."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from dobby.eyes.frames import CaptureError, Detection
from dobby.eyes.pictures import MOST, PER_MINUTE, Album, decoded, encoded
from dobby.eyes.scene import SceneTracker
from dobby.eyes.seen import Seen
from dobby.vision.reports import CameraPlan, Picture, Scene, Track, Zone
from tests.dobby.eyes.looks import at, box, found, moving, seconds
from tests.peers.cameras import footage, with_size

LEFT = Zone(name="walk", points=((0, 0), (0.5, 0), (0.5, 1), (0, 1)))
BLANK = np.full((432, 768, 3), 90, np.uint8)


def told(view: SceneTracker, looks: Sequence[tuple[float, Sequence[Detection]]]) -> list[Scene]:
    scenes = []
    for when, what in looks:
        view.look(at(when), what, moving(what))
        scenes.append(view.scene(at(when)))
    return [scene for scene in scenes if scene is not None]


def test_nothing_is_told_of_an_empty_scene() -> None:
    assert told(SceneTracker("camera:yard", (), "run"), [(when, []) for when in range(30)]) == []


def test_who_passes_is_told_each_second_and_once_when_gone() -> None:
    view = SceneTracker("camera:yard", (LEFT,), "run")
    walks = [(when, [found(0.1 + 0.2 * (when - 10))]) for when in seconds(10, 13.8)]
    nobody = [(when, []) for when in seconds(14, 40)]
    scenes = told(view, [(0, []), *walks, *nobody])
    assert scenes[0].at == at(10.4)  # the third look
    assert [scene.tracks for scene in scenes][-1] == ()
    assert len([scene for scene in scenes if not scene.tracks]) == 1
    zones = [track.zones for scene in scenes for track in scene.tracks]
    assert zones[0] == ("walk",)
    assert zones[-1] == ()
    gaps = [(b.at - a.at).total_seconds() for a, b in itertools.pairwise(scenes)]
    assert max(gaps) <= 1.3
    assert len(scenes) <= 9


def test_what_goes_on_is_told_while_nobody_looks_and_never_backwards() -> None:
    view = SceneTracker("camera:yard", (), "run")
    told(view, [(0, []), *((when, [found(0.4)]) for when in seconds(10, 12))])
    again = [view.again(at(12 + n / 2)) for n in range(8)]
    assert [scene is not None for scene in again[:4]] == [False, True, False, True]
    view.look(at(15.0), [found(0.4), found(0.8)], [])  # of a moment before the last word
    view.look(at(15.1), [found(0.4), found(0.8)], [])
    view.look(at(15.2), [], [])
    picture = Picture(jpeg=b"", track=view.tracks[0].id)
    last = view.scene(at(15.2), [picture])
    assert last
    assert last.at == at(15.5)


def test_what_is_new_is_told_by_its_look_with_the_picture_and_not_in_between() -> None:
    view = SceneTracker("camera:yard", (), "run")
    told(view, [(0, []), *((when, [found(0.4)]) for when in (10, 10.2))])
    view.look(at(10.4), [found(0.4)], [])
    assert len(view.tracks) == 1
    assert view.again(at(10.5)) is None
    assert view.scene(at(10.4)) is not None


@pytest.mark.parametrize(("label", "at_once"), [("person", True), ("dog", True), ("car", False)])
def test_who_is_there_from_the_start_may_yet_go(label: str, at_once: bool) -> None:
    """And what is compared with the scene after is no scene with somebody in it."""
    view = SceneTracker("camera:yard", (), "run")
    stays = [found(0.4, label)]
    for when in seconds(0, 3):
        view.look(at(when), stays, [])
    assert view.busy is at_once
    for when in range(10, 700, 10):
        view.look(at(when), stays, [])
    assert not view.busy, "a poster"


def test_what_stands_is_told_more_rarely() -> None:
    view = SceneTracker("camera:yard", (), "run")
    told(view, [(when, [found(0.4, "car")]) for when in (0, 2, 6, 14)])
    assert [track.parked for track in view.tracks] == [True]
    later = [view.scene(at(15 + n)) for n in range(20)]
    assert 3 <= len([scene for scene in later if scene]) <= 5


def test_what_stands_in_an_ignored_zone_is_not_told() -> None:
    street = LEFT.model_copy(update={"use": "ignore"})
    view = SceneTracker("camera:yard", (street,), "run")
    assert told(view, [(when, [found(0.2)]) for when in seconds(10, 14)]) == []


def test_names_of_tracks_are_not_used_again_after_the_camera_was_dark() -> None:
    view = SceneTracker("camera:yard", (), "run")
    names = set()
    for start in (10, 20, 30):
        scenes = told(
            view,
            [(when, [found(0.1 + 0.1 * (when - start))]) for when in seconds(start, start + 5)],
        )
        names |= {track.id for scene in scenes for track in scene.tracks}
        view.start_again()
    assert len(names) == 3


# Pictures --------------------------------------------------------------------------------------


def track(name: str = "a", width: float = 0.1, parked: bool = False) -> Track:
    where = box(0.3, width=width, height=width * 2)
    return Track(
        id=name, kind="person", label="person", score=0.8, box=where, since=at(0), parked=parked
    )


def test_a_track_has_few_pictures_and_the_later_ones_are_much_better() -> None:
    album = Album()
    taken = []
    for n, when in enumerate(seconds(0, 10)):
        one = track(width=0.05 + 0.008 * n)
        if album.wanted(at(when), [one]):
            album.take(at(when), one)
            taken.append(one.box.right - one.box.left)
    assert len(taken) == MOST
    assert all(b > 1.4 * a for a, b in itertools.pairwise(taken))


def test_of_many_each_has_its_first_picture_and_there_is_an_end() -> None:
    album = Album()
    many = [track(str(n), 0.05 + n / 500) for n in range(30)]
    taken = []
    for when in seconds(0, 20):
        if one := album.wanted(at(when), many):
            album.take(at(when), one)
            taken.append(one.id)
    assert len(set(taken)) == len(taken) == PER_MINUTE


def test_what_is_parked_has_none() -> None:
    assert Album().wanted(at(0), [track(parked=True)]) is None


async def test_the_picture_goes_with_the_first_word_of_somebody() -> None:
    seen = Seen(CameraPlan(camera="camera:yard", name="yard", stream="x"), "run")
    reports = await seen.look(at(0), BLANK, [], [])
    for when in seconds(10, 11):
        who = [found(0.1 + 0.1 * (when - 10))]
        reports += await seen.look(at(when), BLANK, who, moving(who))
    first = reports[0]
    assert isinstance(first, Scene)
    assert [picture.track for picture in first.pictures] == [first.tracks[0].id]
    assert first.pictures[0].box == first.tracks[0].box
    assert decoded(first.pictures[0].jpeg).shape == BLANK.shape


def test_a_picture_is_at_most_1920_wide() -> None:
    assert decoded(encoded(np.zeros((2160, 3840, 3), np.uint8))).shape == (1080, 1920, 3)


def test_a_still_that_asks_for_gigabytes_is_not_decoded() -> None:
    jpeg = cv2.imencode(".jpg", BLANK)[1].tobytes()
    for content in (with_size(jpeg, 20000, 20000), b"", b"<html>", jpeg[:200]):
        with pytest.raises(CaptureError):
            decoded(content)


def test_a_real_still_is_decoded() -> None:
    image = decoded(footage("bus.jpg").read_bytes())
    assert image.shape == cv2.imread(str(footage("bus.jpg"))).shape
