"""The motion gate, on footage and on weather painted over pictures of real places."""

from __future__ import annotations

from collections.abc import Iterator

import av
import cv2
import numpy as np
import pytest

from dobby.eyes.motion import MotionGate
from dobby.vision.reports import Box, Zone
from tests.dobby.eyes.weather import (
    Scene,
    Yard,
    darker,
    headlights,
    infrared,
    leaves,
    rain,
    walker,
)
from tests.peers.cameras import CARS, PEOPLE, STREET, footage

FPS = 5
COMES_S = [6.0, 22.8, 50.2, 74.4, 92.0, 123.4]  # the seventh is there for the last frame only
GOES_S = [18.0, 43.2, 67.8, 85.0, 118.0, 134.0]
NOBODY_S = [(1, 5.8), (21, 22.6), (46, 50), (71, 74), (88, 91.8), (121.2, 123.2), (137, 139)]


def luma(name: str, fps: float = FPS) -> Iterator[np.ndarray]:
    """A clip's grey frames, so many a second."""
    with av.open(str(footage(name))) as clip:
        due = 0.0
        for frame in clip.decode(video=0):
            if frame.time >= due:
                due += 1 / fps
                yield frame.to_ndarray(format="gray")


@pytest.fixture(params=["street", "room"])
def yard(request: pytest.FixtureRequest) -> Yard:
    match request.param:
        case "street":
            picture = next(luma(STREET))
        case _:
            picture = next(luma(PEOPLE))
    return Yard(cv2.resize(picture, (768, 432), interpolation=cv2.INTER_AREA))


def looks(yard: Yard, scene: Scene, seconds: float, gate: MotionGate | None = None) -> list[bool]:
    """Whether the gate woke at each frame."""
    gate = gate or MotionGate(FPS)
    return [bool(gate.look(frame)) for frame in yard.frames(round(seconds * FPS), scene)]


def since(second: float, awake: list[bool]) -> list[bool]:
    return awake[round(second * FPS) :]


# It wakes -------------------------------------------------------------------------------------


def test_who_comes_and_goes_wakes_it_and_nobody_does_not() -> None:
    gate = MotionGate(FPS)
    awake = [bool(gate.look(frame)) for frame in luma(PEOPLE)]

    def between(start: float, end: float) -> list[bool]:
        return awake[round(start * FPS) : round(end * FPS)]

    for second in COMES_S:
        assert any(between(second, second + 0.6)), second  # three frames, the lowest a head's top
    for second in COMES_S + GOES_S:
        assert all(between(second + 0.4, second + 2)), second
    for when in NOBODY_S:
        assert not any(between(*when)), when
    assert sum(awake) < 0.35 * len(awake)  # the detector rests while they stand at the table


def test_cars_from_above_wake_it() -> None:
    gate = MotionGate(FPS)
    awake = [bool(gate.look(frame)) for frame in luma(CARS)]
    assert all(awake[round(6.4 * FPS) : round(8.4 * FPS)])
    assert all(awake[round(14.6 * FPS) : round(18.8 * FPS)])
    assert not any(awake[round(9 * FPS) : round(14 * FPS)])


@pytest.mark.parametrize("contrast", [-45.0, 35.0])
def test_somebody_far_away_wakes_it_at_once_and_for_as_long_as_he_walks(
    yard: Yard, contrast: float
) -> None:
    awake = looks(yard, walker(50, tall=0.025, contrast=contrast), 30)
    assert not any(awake[:50])
    assert any(awake[50:54])
    assert sum(awake[54:]) > 0.9 * len(awake[54:])


def test_somebody_who_hardly_moves_forward_wakes_it_again_and_again(yard: Yard) -> None:
    awake = looks(yard, walker(50, tall=0.025, speed=0.6), 25)
    assert sum(awake[50:]) > 20


def test_the_box_is_where_the_person_is(yard: Yard) -> None:
    gate = MotionGate(FPS)
    boxes: tuple[Box, ...] = ()
    for frame in yard.frames(60, walker(50, tall=0.2, speed=8)):
        boxes = gate.look(frame) or boxes
    assert len(boxes) == 1
    left, top = 0.1 + 8 * 9 / 768, 0.6
    assert abs(boxes[0].left - left) < 0.06
    assert abs(boxes[0].top - top) < 0.06
    assert abs(boxes[0].bottom - (top + 0.2)) < 0.06


def test_somebody_walks_through_the_rain(yard: Yard) -> None:
    def wet(number: int, picture: np.ndarray) -> np.ndarray:
        return showers(number, someone(number, picture))

    showers, someone = rain(60), walker(100, tall=0.1, speed=5)
    awake = looks(yard, wet, 30)
    assert sum(awake[100:]) > 0.8 * len(awake[100:])
    assert sum(awake[50:100]) < 10


def test_somebody_walks_past_a_tree(yard: Yard) -> None:
    tree, someone = leaves(), walker(100, tall=0.04, speed=3)
    awake = looks(yard, lambda n, picture: someone(n, tree(n, picture)), 30)
    assert sum(awake[100:]) > 0.9 * len(awake[100:])


# It sleeps on ---------------------------------------------------------------------------------


def test_nothing_happens(yard: Yard) -> None:
    assert not any(looks(yard, lambda _, picture: picture, 20))


def test_a_sensor_in_the_dark_is_noisy(yard: Yard) -> None:
    night = Yard(yard.picture * 0.2, noise=3.0)
    awake = looks(night, lambda _, picture: picture, 20)
    assert not any(since(2, awake))


@pytest.mark.parametrize(("before", "after"), [(1.0, 0.35), (0.2, 1.0)])
def test_a_light_switch_wakes_it_for_a_frame_at_most(
    yard: Yard, before: float, after: float
) -> None:
    first, then = darker(before), darker(after)
    awake = looks(yard, lambda n, picture: (first if n < 50 else then)(n, picture), 20)
    assert sum(since(2, awake)) <= 1


def test_a_flip_to_infrared_wakes_it_for_moments(yard: Yard) -> None:
    """The picture flares up, and the exposure takes a second and a half to follow."""
    awake = looks(yard, infrared(50), 20)
    assert sum(since(2, awake)) <= 4


def test_a_cloud_does_not_wake_it(yard: Yard) -> None:
    def cloud(number: int, picture: np.ndarray) -> np.ndarray:
        return picture * (1 - 0.35 * np.clip((number - 50) / 15, 0, 1))

    assert sum(looks(yard, cloud, 20)) <= 1


@pytest.mark.parametrize("drops", [60, 250])
def test_rain_is_got_used_to(yard: Yard, drops: int) -> None:
    awake = looks(yard, rain(drops), 40)
    assert sum(since(5, awake)) < 0.05 * len(since(5, awake))


def test_leaves_are_got_used_to(yard: Yard) -> None:
    awake = looks(yard, leaves(), 30)
    assert sum(since(4, awake)) <= 5


def test_headlights_wake_it_while_they_sweep(yard: Yard) -> None:
    awake = looks(yard, headlights(50, 65), 30)
    assert not any(awake[:50])
    assert not any(awake[68:])


def test_what_was_put_down_is_not_motion_for_long(yard: Yard) -> None:
    awake = looks(yard, walker(50, tall=0.1, speed=0.0), 20)
    assert any(awake[50:54])
    assert not any(awake[58:])


def test_a_light_that_flickers_on_and_on_does_not_hide_a_person(yard: Yard) -> None:
    someone = walker(60, tall=0.15, speed=6)

    def strobe(number: int, picture: np.ndarray) -> np.ndarray:
        return someone(number, picture) * (0.6 if number % 2 else 1.0)

    assert any(looks(yard, strobe, 24)[60:])


# Zones, sizes ---------------------------------------------------------------------------------


def test_an_ignored_zone_is_not_looked_at(yard: Yard) -> None:
    below = ((0, 0.5), (1, 0.5), (1, 1), (0, 1))
    street, garden = (Zone(name="street", points=below, use=use) for use in ("ignore", "watch"))
    scene = walker(50, tall=0.1, speed=5)
    assert not any(looks(yard, scene, 20, MotionGate(FPS, [street])))
    assert any(looks(yard, scene, 20, MotionGate(FPS, [garden])))


@pytest.mark.parametrize("size", [(1920, 1080), (640, 480), (352, 288), (101, 67), (480, 854)])
def test_pictures_of_any_size_and_a_change_between_them(size: tuple[int, int]) -> None:
    gate = MotionGate(FPS)
    picture = np.tile(np.linspace(40, 200, 768, dtype=np.float32), (432, 1))
    other = Yard(cv2.resize(picture, size))
    looks(Yard(picture), lambda _, it: it, 4, gate)
    awake = looks(other, walker(20, tall=0.2, speed=size[0] / 60), 8, gate)
    assert not any(awake[:20])
    assert any(awake[20:24])
