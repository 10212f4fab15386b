"""Colours, without a lamp."""

from __future__ import annotations

import pytest

from devices.capabilities import Color
from devices.drivers.hue.color import D65, GAMUT_C, Gamut
from devices.virtual.hue.lamp import into_gamut, stepped, white_point

GAMUT_A = Gamut(red=(0.704, 0.296), green=(0.2151, 0.7106), blue=(0.138, 0.08))


@pytest.mark.parametrize("gamut", [GAMUT_C, GAMUT_A], ids=["C", "A"])
@pytest.mark.parametrize("saturation", [10, 35, 60, 85, 100])
def test_every_hue_comes_back_as_it_was_said(gamut: Gamut, saturation: int) -> None:
    for hue in range(0, 360, 5):
        back = gamut.hue_saturation(gamut.xy(hue, saturation))
        said = Color(hue=hue, saturation=saturation)
        assert said.shown_by(Color(hue=back[0], saturation=back[1])), (hue, back)


def test_full_red_green_and_blue_are_the_corners_of_the_gamut() -> None:
    for hue, corner in ((0, GAMUT_C.red), (120, GAMUT_C.green), (240, GAMUT_C.blue)):
        assert GAMUT_C.xy(hue, 100) == pytest.approx(corner, abs=0.001)


def test_no_saturation_is_white() -> None:
    assert GAMUT_C.xy(77, 0) == pytest.approx(D65, abs=0.001)
    assert GAMUT_C.hue_saturation(D65)[1] < 1


def test_a_colour_that_was_never_set_is_no_error() -> None:
    assert GAMUT_C.hue_saturation((0.0, 0.0)) == (0.0, 0.0)


def test_a_point_outside_the_gamut_has_the_nearest_hue() -> None:
    hue, saturation = GAMUT_C.hue_saturation((0.73, 0.26))  # redder than the lamp can
    assert saturation == 100
    assert min(hue, 360 - hue) < 25


class TestLamp:
    def test_colours_outside_the_gamut_go_to_its_edge(self) -> None:
        assert into_gamut((0.8, 0.2)) == (0.6915, 0.3083)
        x, y = into_gamut((0.1, 0.4))
        assert 0.153 < x < 0.17
        assert 0.39 < y < 0.41

    def test_colours_inside_stay(self) -> None:
        assert into_gamut((0.4, 0.4)) == (0.4, 0.4)

    def test_brightness_goes_in_steps_and_never_dark(self) -> None:
        assert stepped(0) == stepped(0.1) == 0.39
        assert stepped(41.7) == 41.73  # a level that the recorded bridge reported
        assert stepped(100) == 100

    @pytest.mark.parametrize(("mirek", "x", "y"), [(153, 0.3125, 0.3228), (370, 0.4602, 0.4105)])
    def test_whites_lie_on_the_planckian_locus(self, mirek: int, x: float, y: float) -> None:
        assert white_point(mirek) == pytest.approx((x, y), abs=0.006)
