"""A recording of reports, tried on the rules again: as a file of JSON lines would be."""

from __future__ import annotations

from dobby.settings import VisionSettings
from dobby.vision.records import AlertRule
from dobby.vision.replay import Line, told
from dobby.vision.reports import Report, Reports
from tests.dobby.vision.stories import (
    CAMERAS,
    DOOR,
    DRIVE,
    leftover,
    scene,
    sight,
    stays,
    track,
)


def recorded(*reports: Report) -> list[Reports]:
    """Through JSON, one report a line."""
    ordered = sorted(reports, key=lambda report: report.at)
    lines = [
        Reports(run="r", number=n, sent=report.at, reports=(report,)).model_dump_json()
        for n, report in enumerate(ordered)
    ]
    return [Reports.model_validate_json(line) for line in lines]


RECORDING = recorded(
    *stays(0, 70, track("a")),
    leftover(75),
    *stays(200, 204, track("c", label="car"), camera=DRIVE),
    *stays(400, 409, track("cat", label="cat")),
    sight(500, "offline", DRIVE),
    sight(600, "seeing", DRIVE),
)


def said(lines: list[Line]) -> list[str]:
    return [str(line) for line in lines]


def test_what_would_have_been_told() -> None:
    assert said(told(RECORDING, CAMERAS)) == [
        "14:00:00 told: Someone is at the front door.\n"
        "  Someone has been at the front door for 1 minute.\n"
        "  Someone left something at the front door.",
        "14:03:20 not told: A car is at the drive. (I do not tell of vehicles that only pass)",
        "14:06:40 not told: A cat is at the front door. (I do not tell of animals unless you ask "
        "me to)",
        "14:09:05 told: The drive camera has gone dark (it does not answer).",
    ]
    assert all(line.incident.ended for line in told(RECORDING, CAMERAS))


def test_with_other_rules_and_settings() -> None:
    rules = [
        AlertRule(verdict="quiet", cameras=(DOOR,), said="not the door"),
        AlertRule(verdict="tell", labels=("cat",)),
    ]
    lines = told(RECORDING, CAMERAS, rules, VisionSettings(lingers_s=1000))
    assert [line.told for line in lines] == [False, False, True, True]
    assert lines[0].why == "you said “not the door”"
    assert lines[0].later == ()


def test_seven_people_are_seven() -> None:
    reports: list[Report] = []
    for number in range(7):
        start = 5 + number * 80
        reports += stays(start, start + 2, track(f"p{number}", 0.5))
        reports += stays(start + 3, start + 12, track(f"p{number}", 0.55, still=True))
        reports += stays(start + 13, start + 14, track(f"p{number}", 0.85))
    lines = told(recorded(*reports), CAMERAS)
    assert [line.told for line in lines] == [True] * 7


def test_hours_of_nothing_take_no_time() -> None:
    lines = told(recorded(scene(0, track("a")), scene(86400 * 365, track("b"))))
    assert [line.text for line in lines] == ["Someone is at one of the cameras."] * 2


def test_an_empty_recording() -> None:
    assert told([]) == []
