"""Things left and taken in real scenes: real things' pixels are laid into real pictures, seen by
a sensor with noise, through a JPEG, in another light than before."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from dobby.eyes.frames import Image
from dobby.eyes.leftovers import LOOKS, Found, Leftovers
from dobby.vision.reports import Box, Zone
from tests.dobby.eyes.composed import still
from tests.dobby.eyes.looks import at
from tests.peers.cameras import CARS, PEOPLE, footage

WIDTH, HEIGHT = 768, 432
random = np.random.default_rng(5)
NOISE = random.normal(0, 4, (600, 1000, 3)).astype(np.float32)
Light = Callable[[np.ndarray], np.ndarray]  # of float32 pixels


def clip_at(name: str, seconds: float) -> Image:
    video = cv2.VideoCapture(str(footage(name)))
    video.set(cv2.CAP_PROP_POS_MSEC, 1000 * seconds)
    good, frame = video.read()
    assert good
    return frame


PLACES: dict[str, Callable[[], Image]] = {
    "room": lambda: clip_at(PEOPLE, 2),
    "asphalt": lambda: clip_at(CARS, 11),
    "living room": lambda: still("people30/images/000000366141.jpg"),
    "street": lambda: still("people30/images/000000165039.jpg"),
    "porch": lambda: still("darknet_dog.jpg"),
}


@pytest.fixture(scope="module", params=["room", "asphalt"])
def scene(request: pytest.FixtureRequest) -> Image:
    return PLACES[request.param]()


@pytest.fixture(scope="module", params=["dog", "coat", "bike"])
def thing(request: pytest.FixtureRequest) -> Image:
    """Pixels of something real, some 80 wide."""
    name, rows, columns = {
        "dog": ("darknet_dog.jpg", slice(220, 540), slice(130, 310)),
        "coat": ("bus.jpg", slice(500, 800), slice(60, 220)),
        "bike": ("darknet_dog.jpg", slice(130, 420), slice(130, 560)),
    }[request.param]
    picture = cv2.imread(str(footage(name)))
    assert picture is not None
    cut = picture[rows, columns]
    return cv2.resize(cut, (80, round(80 * cut.shape[0] / cut.shape[1])))


def with_thing(scene: Image, thing: Image, left: int = 150, bottom: int = 410) -> Image:
    height, width = thing.shape[:2]
    mask = np.zeros((height, width, 1), np.float32)
    cv2.ellipse(
        mask, (width // 2, height // 2), (width // 2 - 2, height // 2 - 2), 0, 0, 360, 1.0, -1
    )
    mask = cv2.GaussianBlur(mask, (3, 3), 0)[..., None]
    seen = scene.astype(np.float32)
    place = seen[bottom - height : bottom, left : left + width]
    place[:] = place * (1 - mask) + thing * mask
    return seen.astype(np.uint8)


def seen(scene: Image, light: Light = lambda pixels: pixels) -> Image:
    """As a camera sends it."""
    y, x = random.integers(0, 100, 2)
    grain = NOISE[y : y + scene.shape[0], x : x + scene.shape[1]]
    pixels = light(scene.astype(np.float32)) + grain
    jpeg = cv2.imencode(".jpg", np.clip(pixels, 0, 255).astype(np.uint8), [1, 70])[1]
    return cv2.imdecode(jpeg, cv2.IMREAD_COLOR)  # type: ignore[return-value]


class Story:
    """A scene that is still, then somebody there, then still again."""

    def __init__(self, *zones: Zone) -> None:
        self.leftovers = Leftovers(zones)
        self.now = 0.0
        self.told: list[Found] = []

    def still(
        self, scene: Image, light: Light = lambda pixels: pixels, looks: int = 7, **how
    ) -> Story:
        for _ in range(looks):
            self.now += 1
            self.told += self.leftovers.look(at(self.now), seen(scene, light), **how)
        return self

    def somebody(self, seconds: float = 5) -> Story:
        self.leftovers.interrupt(at(self.now + 1))
        self.now += seconds
        return self


def around(thing: Image, left: int = 150, bottom: int = 410) -> Box:
    height, width = thing.shape[:2]
    return Box(
        left=left / WIDTH,
        top=(bottom - height) / HEIGHT,
        right=(left + width) / WIDTH,
        bottom=bottom / HEIGHT,
    )


def darker(pixels: np.ndarray) -> np.ndarray:
    return pixels * 0.6


def brighter(pixels: np.ndarray) -> np.ndarray:
    return 255 * (pixels / 255) ** 0.7


def a_lamp_at_the_side(pixels: np.ndarray) -> np.ndarray:
    return pixels * (0.7 + 0.6 * np.linspace(0, 1, pixels.shape[1]))[None, :, None]


def warmer(pixels: np.ndarray) -> np.ndarray:
    return pixels * np.array([0.85, 1.0, 1.12])


def a_soft_shadow(pixels: np.ndarray) -> np.ndarray:
    shade = np.zeros(pixels.shape[:2], np.float32)
    cv2.ellipse(shade, (300, 330), (160, 60), 20, 0, 360, 1.0, -1)
    return pixels * (1 - 0.5 * cv2.GaussianBlur(shade, (0, 0), 15))[..., None]


def a_lamps_circle(pixels: np.ndarray) -> np.ndarray:
    rows, columns = np.mgrid[: pixels.shape[0], : pixels.shape[1]]
    near = np.exp(-((columns - 250) ** 2 + (rows - 330) ** 2) / 2 / 50**2)
    return pixels * (1 + 0.7 * near)[..., None]


def infrared(pixels: np.ndarray) -> np.ndarray:
    return np.repeat(pixels.mean(axis=2, keepdims=True) * 0.8 + 20, 3, axis=2)


WHOLE = [darker, brighter, a_lamp_at_the_side, warmer, infrared]
LIGHTS = [*WHOLE, a_soft_shadow, a_lamps_circle]

# Lamps: what is seen by what is there without them, and with them ------------------------------


def only(share: float) -> Light:
    return lambda pixels: pixels * share


def lamp(share: float, shape: Callable[[int, int], np.ndarray]) -> Light:
    """Warm light of that shape, besides what is there without."""

    def lit(pixels: np.ndarray) -> np.ndarray:
        light = shape(*pixels.shape[:2])[..., None]
        return pixels * (share + light * np.array([0.8, 1.0, 1.15]))

    return lit


def bulb(height: int, width: int) -> np.ndarray:
    rows, columns = np.mgrid[:height, :width]
    away = np.hypot(columns - 0.3 * width, rows - 0.1 * height) / width
    return 1.3 / (1 + (away / 0.2) ** 2)


def bulb_with_shadows(height: int, width: int) -> np.ndarray:
    shadows = np.ones((height, width), np.float32)
    for x, y in ((0.25, 0.4), (0.5, 0.55), (0.7, 0.5), (0.4, 0.75)):
        outline = [(0, 0), (0.06, 0.02), (0.1, 0.16), (0.03, 0.13)]
        points = [(round((x + dx) * width), round((y + dy) * height)) for dx, dy in outline]
        cv2.fillPoly(shadows, [np.array(points)], 0.35)
    return (bulb(height, width) + 0.3) * cv2.GaussianBlur(shadows, (0, 0), 1.5)


def from_a_door(height: int, width: int) -> np.ndarray:
    light = np.zeros((height, width), np.float32)
    wedge = [(0.3, 0.6), (0.4, 0.6), (0.5, 0.95), (0.35, 0.95)]
    cv2.fillPoly(light, [np.array([(round(x * width), round(y * height)) for x, y in wedge])], 1.0)
    return cv2.GaussianBlur(light, (0, 0), 1)


def from_a_torch(height: int, width: int) -> np.ndarray:
    light = np.zeros((height, width), np.float32)
    cv2.circle(light, (round(0.6 * width), round(0.75 * height)), round(0.05 * width), 1.0, -1)
    return cv2.GaussianBlur(light, (0, 0), 1.5)


def lampshade(pixels: np.ndarray) -> np.ndarray:
    """The lamp itself is in the picture."""
    height, width = pixels.shape[:2]
    shade = np.zeros((height, width), np.float32)
    cv2.ellipse(shade, (width // 4, height // 3), (35, 28), 0, 0, 360, 1.0, -1)
    shade = cv2.GaussianBlur(shade, (0, 0), 1)[..., None]
    lit = pixels * (0.3 + bulb(height, width)[..., None])
    return lit * (1 - shade) + np.array([170, 225, 250]) * shade


LAMPS: dict[str, tuple[Light, Light]] = {
    "all lamps, in the dark of night": (only(0.02), only(1)),
    "all lamps, in the dark": (only(0.05), only(1)),
    "all lamps, at dusk": (only(0.1), only(1)),
    "a bulb": (only(0.2), lamp(0.2, bulb)),
    "a bulb that throws shadows": (only(0.15), lamp(0.15, bulb_with_shadows)),
    "a bulb that throws shadows at dusk": (only(0.4), lamp(0.3, bulb_with_shadows)),
    "a lampshade": (only(0.3), lampshade),
    "from a door": (only(0.3), lamp(0.3, from_a_door)),
    "a torch": (only(0.6), lamp(0.6, from_a_torch)),
}


def test_a_thing_that_stays_is_told_once_and_where_it_is(scene: Image, thing: Image) -> None:
    story = Story().still(scene).somebody().still(with_thing(scene, thing), looks=8)
    assert [found.change for found in story.told] == ["left"]
    box, told = around(thing), story.told[0].box
    assert abs(told.left - box.left) < 0.04
    assert abs(told.bottom - box.bottom) < 0.05
    story.somebody().still(with_thing(scene, thing), looks=8)
    assert len(story.told) == 1


def test_a_thing_that_is_missing_is_told(scene: Image, thing: Image) -> None:
    story = Story().still(with_thing(scene, thing)).somebody().still(scene, looks=8)
    assert [found.change for found in story.told] == ["taken"]


@pytest.mark.parametrize("light", WHOLE, ids=lambda light: light.__name__)
def test_it_is_seen_in_another_light_too(thing: Image, light: Light) -> None:
    """On plain ground; on a floor with a strong pattern, some are missed when the light changes."""
    ground = clip_at(CARS, 11)
    story = Story().still(ground).somebody().still(with_thing(ground, thing), light, looks=7)
    assert [found.change for found in story.told] == ["left"]


@pytest.mark.parametrize("light", LIGHTS, ids=lambda light: light.__name__)
def test_light_is_no_thing(scene: Image, light: Light) -> None:
    story = Story().still(scene).somebody().still(scene, light, looks=7)
    assert story.told == []
    story.somebody().still(scene, looks=7)
    assert story.told == []


@pytest.mark.parametrize("goes", ["on", "off"])
@pytest.mark.parametrize("name", LAMPS)
@pytest.mark.parametrize("place", ["asphalt", "living room", "street"])
def test_a_lamp_that_is_switched_is_no_thing(place: str, name: str, goes: str) -> None:
    scene = PLACES[place]()
    before, after = LAMPS[name] if goes == "on" else LAMPS[name][::-1]
    story = Story().still(scene, before).somebody().still(scene, after)
    story.somebody().still(scene, before).somebody().still(scene, after)
    assert story.told == []


def test_what_is_left_under_a_lamp_is_seen_when_it_is_as_before(scene: Image, thing: Image) -> None:
    story = Story().still(scene, only(0.3)).somebody().still(with_thing(scene, thing), looks=8)
    assert story.told == []
    story.still(with_thing(scene, thing), only(0.3), looks=8)
    assert [found.change for found in story.told] == ["left"]


def test_what_is_left_while_the_lamp_stays_on_is_seen_at_once(scene: Image, thing: Image) -> None:
    story = Story().still(scene, only(0.3)).somebody().still(scene, looks=6)
    story.somebody().still(with_thing(scene, thing), looks=8)
    assert [found.change for found in story.told] == ["left"]


def test_it_is_not_told_of_one_look(scene: Image, thing: Image) -> None:
    """Somebody whom the detector does not see stands there for a moment."""
    story = Story().still(scene).somebody().still(scene, looks=2)
    story.still(with_thing(scene, thing), looks=LOOKS - 1).still(scene, looks=7)
    assert story.told == []


def test_what_comes_while_nobody_was_there_is_not_told(scene: Image, thing: Image) -> None:
    assert Story().still(scene).still(with_thing(scene, thing), looks=8).told == []


def test_what_a_known_thing_hides_and_what_moves_is_not_told(scene: Image, thing: Image) -> None:
    here = [around(thing)]
    story = Story().still(scene).somebody().still(with_thing(scene, thing), standing=here)
    assert story.told == []
    story = Story().still(scene).somebody().still(with_thing(scene, thing), moving=here)
    assert story.told == []


def test_who_is_just_coming_is_no_part_of_how_it_was(scene: Image, thing: Image) -> None:
    """The first look already shows somebody's foot, whom nobody has noticed yet."""
    story = Story().still(with_thing(scene, thing), looks=4).somebody().still(scene)
    assert story.told == []


def test_what_lies_in_an_ignored_zone_is_not_told(scene: Image, thing: Image) -> None:
    zone = Zone(name="bed", points=((0.1, 0.4), (0.5, 0.4), (0.5, 1), (0.1, 1)), use="ignore")
    story = Story(zone).still(scene).somebody().still(with_thing(scene, thing), looks=7)
    assert story.told == []


def test_the_light_of_a_day_goes_by(scene: Image) -> None:
    story = Story()
    for share in np.linspace(1, 0.3, 10):
        story.still(scene, lambda pixels, share=share: pixels * share, looks=4)
    story.somebody().still(scene, lambda pixels: pixels * 0.3, looks=7)
    assert story.told == []


def test_a_camera_that_sends_another_size_starts_anew(scene: Image, thing: Image) -> None:
    story = Story().still(scene).somebody()
    small = cv2.resize(with_thing(scene, thing), (640, 480))
    assert story.still(small, looks=7).told == []
