from __future__ import annotations

from dobby.eyes.geometry import inside, shift
from dobby.eyes.zones import ENTER, LEAVE, Zones
from dobby.vision.reports import Zone
from tests.dobby.eyes.looks import box

LEFT = Zone(name="walk", points=((0, 0), (0.5, 0), (0.5, 1), (0, 1)))
STREET = Zone(name="street", points=((0, 0), (1, 0), (1, 0.4), (0, 0.4)), use="ignore")
IN, OUT = box(0.2), box(0.7)


def test_a_point_in_a_polygon_with_a_bay() -> None:
    bay = ((0, 0), (1, 0), (1, 1), (0.5, 0.2), (0, 1))
    assert inside((0.1, 0.5), bay)
    assert inside((0.9, 0.5), bay)
    assert not inside((0.5, 0.5), bay)
    assert not inside((0.5, 1.5), bay)


def test_a_thing_is_in_a_zone_after_some_looks_and_out_of_it_after_more() -> None:
    zones = Zones([LEFT])
    told = [zones.enter("a", box) for box in [OUT, IN, IN, IN, OUT, OUT, OUT, OUT]]
    assert told.index(("walk",)) == ENTER
    assert told[::-1].index(("walk",)) == 4 - LEAVE + 1
    assert told[-1] == ()


def test_who_stands_on_the_line_does_not_come_and_go() -> None:
    zones = Zones([LEFT])
    for _ in range(3):
        zones.enter("a", IN)
    assert {zones.enter("a", (IN, OUT)[n % 2]) for n in range(20)} == {("walk",)}


def test_tracks_are_apart_and_forgotten() -> None:
    zones = Zones([LEFT])
    for _ in range(3):
        zones.enter("a", IN)
        assert zones.enter("b", OUT) == ()
    zones.forget(but=["b"])
    assert zones.enter("a", IN) == ()


def test_what_stands_in_an_ignored_zone_is_ignored_by_its_foot() -> None:
    zones = Zones([STREET])
    assert zones.ignores(box(0.2, top=0.0, height=0.3))
    assert not zones.ignores(box(0.2, top=0.1, height=0.8))  # its head is over the street


def test_a_zone_drawn_to_the_edge_has_what_is_cut_off_there() -> None:
    zones = Zones([LEFT])
    bottom = box(0.2, top=0.6, height=0.4)
    zones.enter("a", bottom)
    assert zones.enter("a", bottom) == ("walk",)


def test_half_hidden_is_not_gone() -> None:
    whole = box(0.2, height=0.4)
    assert shift(whole, box(0.2, height=0.2)) == 0  # only its lower edge moved
    assert shift(whole, box(0.27, height=0.4)) > 0.6
    assert whole.overlap(whole) == 1
    assert whole.overlap(box(0.6)) == 0
