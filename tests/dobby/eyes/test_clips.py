"""Real clips through the real motion gate, detector, tracks and rules, against what was written
down by watching them (``truth.yaml``)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from dobby.eyes.replay import replay
from dobby.settings import Settings, VisionSettings
from dobby.vision.replay import Line
from tests.dobby.eyes.detector_models import YOLO11, YOLOX, home_with_model, model
from tests.peers.cameras import CARS, PEOPLE, STREET, footage

TRUTH: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("truth.yaml").read_text())
SLACK = 3.0  # seconds, until one who leaves is known to be gone


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    backend, _, other = getattr(request, "param", "onnx").partition("-")
    if backend == "openvino":
        pytest.importorskip("openvino")
    named = str(model(YOLO11 if other else YOLOX))
    vision = VisionSettings(backend=backend, model=named)
    return Settings(home=home_with_model(tmp_path / "home"), vision=vision)


def lines(name: str, settings: Settings) -> list[Line]:
    return replay(footage(name), settings)


def seconds(line: Line) -> tuple[float, float]:
    incident = line.incident
    midnight = incident.started.replace(hour=0, minute=0, second=0, microsecond=0)
    start, end = (
        (when - midnight) / timedelta(seconds=1) for when in (incident.started, incident.last)
    )
    return start, end


@pytest.mark.parametrize("settings", ["onnx", "openvino", "openvino-yolo11"], indirect=True)
def test_six_people_seconds_apart_are_one_message_and_nothing_else_is_told(
    settings: Settings,
) -> None:
    (line,) = lines(PEOPLE, settings)
    people = TRUTH[PEOPLE]["happens"]
    assert (line.incident.kind, line.told, line.incident.count) == ("person", True, 1)
    start, end = seconds(line)
    assert people[0]["from"] <= start <= people[0]["from"] + 2
    assert people[-1]["to"] - 2 <= end <= people[-1]["to"] + SLACK
    came = [moment.at - line.incident.started for moment in line.incident.moments[:-1]]
    assert {moment.what for moment in line.incident.moments[1:-1]} == {"returned"}
    for time in came:
        at = start + time.total_seconds()
        assert any(person["from"] <= at <= person["from"] + 2 for person in people)


def test_cars_that_pass_are_not_told(settings: Settings) -> None:
    """What a detector makes of cars from above is another matter: nothing, or a bus."""
    told = lines(CARS, settings)
    assert [line for line in told if line.told] == []
    passing = [(car["from"], car["to"]) for car in TRUTH[CARS]["happens"]]
    for line in told:
        start, end = seconds(line)
        assert line.incident.kind == "vehicle"
        assert any(a <= start and end <= b + SLACK for a, b in passing)


def test_a_busy_street_is_one_incident(settings: Settings) -> None:
    told = [line for line in lines(STREET, settings) if line.told]
    assert [line.incident.kind for line in told] == ["person"]
    assert told[0].incident.count >= 8
