"""What a family would be told of clips put together of real footage: visitors who go and come back,
couriers who pass parked cars, lamps that are switched while somebody is there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from dobby.eyes.replay import replay
from dobby.settings import Settings, VisionSettings
from tests.dobby.eyes.composed import (
    Lies,
    Pixels,
    Walk,
    clip,
    frames,
    part,
    room,
    still,
    visitor,
)
from tests.dobby.eyes.detector_models import YOLO11, YOLOX, home_with_model, model


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    home = home_with_model(tmp_path / "home")
    return Settings(home=home, vision=VisionSettings(backend="onnx", model=str(model(YOLOX))))


def told(path: Path, settings: Settings) -> list[str]:
    """Kind and moments of each incident that was told."""
    return [
        " ".join([line.incident.kind, *(moment.what for moment in line.incident.moments)])
        for line in replay(path, settings)
        if line.told
    ]


def walk(who: float, *way: tuple[float, float], tall: int = 280, foot: float = 420) -> Walk:
    """Somebody of the clip, along (second, x)."""
    return Walk(visitor(who).scaled(tall), [(second, x, foot) for second, x in way])


def through(who: float, start: float) -> Walk:
    """In from the left, a halt, out to the right."""
    return walk(who, (start, -60), (start + 4, 300), (start + 8, 310), (start + 12, 830))


def test_one_who_goes_out_and_comes_in_elsewhere_is_told_once(
    tmp_path: Path, settings: Settings
) -> None:
    back = walk(30, (30, 830), (33, 500), (37, 500), (41, -60))
    path = clip(tmp_path / "back.avi", frames(room(), 45, [through(30, 6), back]))
    assert told(path, settings) == ["person arrived returned gone"]


def test_one_who_is_hidden_for_a_while_is_told_once(tmp_path: Path, settings: Settings) -> None:
    """Behind a parked truck, and out on its other side."""
    yard = still("people30/images/000000312720.jpg")
    truck = part(still("people30/images/000000521052.jpg"), slice(0, 432), slice(80, 640), 400)
    way = walk(110, (6, -60), (9, 40), (11, 300), (19, 420), (22, 700), (26, 830), tall=220)
    scene = frames(yard, 30, [way, Lies(truck, 120, 32)])
    assert [line.split()[0] for line in told(clip(tmp_path / "hidden.avi", scene), settings)] == [
        "person"
    ]


def test_two_visitors_more_than_a_minute_apart_are_two(tmp_path: Path, settings: Settings) -> None:
    scene = frames(room(), 100, [through(30, 6), through(110, 84)])
    assert told(clip(tmp_path / "two.avi", scene), settings) == ["person arrived gone"] * 2


def couriers() -> Sequence[tuple[str, Walk]]:
    halts = [
        (8.0, -60.0),
        (11.0, 200.0),
        (20.0, 250.0),
        (23.0, 450.0),
        (28.0, 450.0),
        (31.0, 830.0),
    ]
    return [
        ("000000165039.jpg", walk(110, *halts, tall=230)),  # a bus and cars in the street
        ("000000165039.jpg", walk(130, *halts, tall=330)),
        ("000000521052.jpg", walk(30, *halts)),  # a truck
        ("000000521052.jpg", walk(130, *reversed([(39 - t, x) for t, x in halts]), tall=420)),
    ]


@pytest.mark.parametrize(
    ("detector", "which"), [("onnx", 0), ("onnx", 3), ("openvino", 1), ("openvino", 2)]
)
def test_parked_cars_that_a_courier_passes_have_not_just_stopped(
    tmp_path: Path, settings: Settings, which: int, detector: str
) -> None:
    if detector == "openvino":
        pytest.importorskip("openvino")
        other = VisionSettings(backend="openvino", model=str(model(YOLO11)))
        settings = settings.model_copy(update={"vision": other})
    street, courier = couriers()[which]
    scene = frames(still(f"people30/images/{street}"), 45, [courier])
    path = clip(tmp_path / "courier.avi", scene)
    assert {line.split()[0] for line in told(path, settings)} == {"person"}


def test_a_car_that_stops_before_a_parked_one_is_told_and_one_that_passes_is_not(
    tmp_path: Path, settings: Settings
) -> None:
    street = still("people30/images/000000165039.jpg")
    taxi = part(street, slice(130, 270), slice(440, 690), 190)
    passes = Walk(taxi, [(8, -160, 420), (12, 930, 420)])
    stops = Walk(taxi, [(20, -160, 400), (22, 300, 400), (28, 300, 400), (31, 930, 400)])
    scene = frames(still("people30/images/000000521052.jpg"), 45, [passes, stops])
    assert told(clip(tmp_path / "taxi.avi", scene), settings) == ["vehicle arrived stopped gone"]


def lit(share: float, *hours: tuple[float, float]):
    """Lamps are on from one second to another; else it is dark."""

    def light(second: float, pixels: Pixels) -> Pixels:
        on = any(start <= second < end for start, end in hours)
        rows, columns = np.mgrid[: pixels.shape[0], : pixels.shape[1]]
        near = 1.4 / (1 + (np.hypot(columns - 150, rows - 60) / 250) ** 2)
        return pixels * (share + (near if on else 0 * near))[..., None]

    return light


@pytest.mark.parametrize("share", [0.08, 0.3])
@pytest.mark.parametrize(
    "hours",
    [[(9, 99)], [(0, 14)], [(9, 24)], [(0, 13), (30, 99)]],
    ids=["on", "off", "on and off", "off and on"],
)
def test_nothing_is_taken_or_left_where_a_lamp_is_switched(
    tmp_path: Path, settings: Settings, share: float, hours: Sequence[tuple[float, float]]
) -> None:
    place = still("people30/images/000000366141.jpg")
    scene = frames(place, 40, [through(130, 6)], lit(share, *hours))
    lines = told(clip(tmp_path / "lamp.avi", scene), settings)
    assert not any("something" in line for line in lines)


def test_a_parcel_that_is_left_is_told(tmp_path: Path, settings: Settings) -> None:
    picture = still("darknet_dog.jpg")
    parcel = part(picture, slice(60, 140), slice(440, 700), 60)
    place = still("people30/images/000000366141.jpg")
    scene = frames(place, 40, [Lies(parcel, 300, 340, since=12), through(130, 6)])
    assert told(clip(tmp_path / "parcel.avi", scene), settings) == [
        "person arrived left_something gone"
    ]
