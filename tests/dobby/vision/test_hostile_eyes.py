"""Whoever has the eyes' token tells odd things: the owner hears of what is watched, in plain words,
and the daemon goes on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from dobby.vision.clocks import corrected
from dobby.vision.reports import MOST_TRACKS, Reports, Sight
from tests.dobby.vision.conftest import DOOR, World
from tests.dobby.vision.stories import at, track
from tests.dobby.vision.test_watch import scene

LONG = "x" * 100_000


def reports(**changes: Any) -> dict[str, Any]:
    told = Reports(run="r", number=1, sent=at(0), reports=(scene(0, track("a")),))
    return told.model_dump(mode="json") | changes


def of_a_scene(**changes: Any) -> dict[str, Any]:
    told = reports()
    told["reports"][0] |= changes
    return told


def of_a_track(**changes: Any) -> dict[str, Any]:
    told = reports()
    told["reports"][0]["tracks"][0] |= changes
    return told


A_TRACK = reports()["reports"][0]["tracks"][0]


@pytest.mark.parametrize(
    "told",
    [
        reports(run=LONG),
        reports(number=-1),
        reports(number=10**30),
        reports(reports=reports()["reports"] * 1001),
        reports(sent="2026-01-01T00:00:00"),  # of which clock?
        of_a_scene(camera=LONG),
        of_a_scene(tracks=[A_TRACK] * (MOST_TRACKS + 1)),
        of_a_scene(pictures=[{"jpeg": ""}] * 21),
        of_a_scene(more=1),
        of_a_track(id=LONG),
        of_a_track(label=LONG),
        of_a_track(label="<script>alert(1)</script>"),
        of_a_track(label="cat\n\u202eyou owe me 5 EUR"),
        of_a_track(zones=[LONG]),
        of_a_track(zones=["z"] * 41),
        of_a_track(score=float("nan")),
        of_a_track(box={"left": -1e300, "top": 0, "right": 1, "bottom": 1}),
        of_a_track(since="+999999-01-01T00:00:00Z"),
    ],
)
def test_what_has_no_end_or_no_sense_is_no_report(told: dict[str, Any]) -> None:
    Reports.model_validate(reports())
    with pytest.raises(ValidationError):
        Reports.model_validate(told)


async def test_what_is_not_watched_is_nobodys_business(world: World) -> None:
    for camera in ("camera:other", "../../etc/passwd", "", "'; DROP TABLE incidents; --"):
        told = scene(0, track("a")).model_copy(update={"camera": camera})
        await world.watch.take(Reports(run="r", number=1, sent=at(0), reports=(told,)))
        assert world.watch.scene(camera) is None
    assert await world.kept() == []
    assert await world.sent() == []


@pytest.mark.parametrize("years", [-2000, -10, 10, 7900])
async def test_nothing_is_of_a_time_to_come(world: World, years: int) -> None:
    """It would be the newest for ever, and never end."""
    odd = scene(0, track("a")).model_copy(update={"at": at(0).replace(year=2026 + years)})
    await world.watch.take(Reports(run="r", number=1, sent=at(0), reports=(odd,)))
    for incident in await world.kept():
        assert incident.last <= at(0)
    await world.until(60)
    told = (scene(60, track("b")),)
    await world.watch.take(Reports(run="r", number=2, sent=at(60), reports=told))
    assert (await world.kept())[-1].last == at(60)
    await world.until(200)
    assert all(incident.ended for incident in await world.kept())


@pytest.mark.parametrize("sent", [datetime.min, datetime.max])
async def test_a_clock_of_no_time_spoils_no_other_report(world: World, sent: datetime) -> None:
    sent = sent.replace(tzinfo=UTC)
    told = (scene(0, track("a")),)
    await world.watch.take(Reports(run="r", number=1, sent=sent, reports=told))
    await world.watch.take(Reports(run="r", number=2, sent=at(0), reports=told))
    assert len(await world.sent()) == 1


def test_of_a_clock_ahead_by_less_than_the_way_takes() -> None:
    told = scene(2, track("a", since=1))
    right = corrected(told, at(2), at(0))
    assert (right.at, right.tracks[0].since) == (at(0), at(0))


async def test_why_a_camera_is_dark_is_one_line(world: World) -> None:
    why = f"no\n\u202eevil \x1b[31m{LONG}"
    told = Sight(camera=DOOR, at=at(0), state="blind", why=why)
    await world.watch.take(Reports(run="r", number=1, sent=at(0), reports=(told,)))
    sight = world.watch.sight(DOOR)
    assert sight is not None
    assert sight.why.startswith("no evil [31mx")
    assert len(sight.why) <= 400
    await world.until(5)
    (said,) = await world.said()
    assert len(said) < 500
    assert said.isprintable()


async def test_ten_thousand_tracks_are_not_all_remembered(world: World) -> None:
    for number in range(100):
        tracks = [track(f"{number}.{n}", n / 100) for n in range(MOST_TRACKS)]
        await world.watch.take(
            Reports(run="r", number=number, sent=at(0), reports=(scene(0, *tracks),))
        )
    assert len(world.watch._chronicle.state.tracks) <= 600
    assert len(await world.kept()) < 10
    assert len(await world.sent()) < 10


async def test_a_busy_street_is_followed_for_hours_in_little_memory(world: World) -> None:
    for number in range(500):
        now = 10 * number
        await world.until(now)
        told = scene(now, track(f"{number}"), track(f"{number - 1}"))
        await world.watch.take(Reports(run="r", number=number, sent=told.at, reports=(told,)))
    assert len(await world.kept()) == 1, "as there is always somebody"
    assert len(world.watch._chronicle.state.tracks) < 20
