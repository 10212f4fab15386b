"""A video and a recording, tried again, by the command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from dobby.eyes.frames import EyesError
from dobby.eyes.replay import CannotReplay, read_rules, replay
from dobby.settings import Settings
from dobby.vision.records import AlertRule
from dobby.vision.reports import Reports
from tests.dobby.eyes.detector_models import home_with_model
from tests.peers.cameras import PEOPLE, footage


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=home_with_model(tmp_path / "home"))


def film(path: Path, frames: list[np.ndarray], fps: float = 10) -> Path:
    height, width = frames[0].shape[:2]
    codec = cv2.VideoWriter.fourcc(*"mp4v")
    video = cv2.VideoWriter(str(path), codec, fps, (width, height))
    for frame in frames:
        video.write(frame)
    video.release()
    return path


def a_visit(leaves: np.ndarray | None = None) -> list[np.ndarray]:
    """Somebody of a real clip comes and goes; ``leaves`` stays behind on the floor."""
    video = cv2.VideoCapture(str(footage(PEOPLE)))
    frames = [video.read()[1] for _ in range(220)]
    visit = frames[:100] + frames[170:]  # in between, they stand
    after = [frames[-1 - n % 10] for n in range(120)]
    if leaves is not None:
        height, width = leaves.shape[:2]
        for frame in (*visit[-18:], *after):  # from when they are out of the picture
            frame[410 - height : 410, 150 : 150 + width] = leaves
    return visit + after


def suitcase() -> np.ndarray:
    """A thing that no detector knows: a piece of a real bus."""
    bus = cv2.imread(str(footage("bus.jpg")))
    assert bus is not None
    return cv2.resize(bus[250:600, 100:400], (90, 105), interpolation=cv2.INTER_AREA)


def test_who_leaves_something_is_told(settings: Settings, tmp_path: Path) -> None:
    lines = replay(film(tmp_path / "front door.mp4", a_visit(suitcase())), settings)
    assert [line.told for line in lines] == [True]
    assert lines[0].text == "Someone is at the front door."
    assert [moment.what for moment in lines[0].incident.moments] == [
        "arrived", "left_something", "gone",
    ]  # fmt: skip
    assert lines[0].later == ("Someone left something at the front door.",)


def test_who_leaves_nothing_is_told_as_just_that(settings: Settings, tmp_path: Path) -> None:
    lines = replay(film(tmp_path / "front door.mp4", a_visit()), settings)
    assert [moment.what for moment in lines[0].incident.moments] == ["arrived", "gone"]


def test_a_recording_says_the_same_and_rules_change_it(settings: Settings, tmp_path: Path) -> None:
    video, recording = film(tmp_path / "yard.mp4", a_visit()), tmp_path / "yard.jsonl"
    seen = replay(video, settings, save=recording)
    batches = [Reports.model_validate_json(line) for line in recording.read_text().splitlines()]
    assert [batch.number for batch in batches] == list(range(1, len(batches) + 1))
    again = replay(recording, settings)
    assert [(line.at, line.told) for line in again] == [(line.at, line.told) for line in seen]
    rules = tmp_path / "rules.yaml"
    rules.write_text("- {verdict: quiet, kinds: [person], said: nobody}\n")
    assert read_rules(rules) == [AlertRule(verdict="quiet", kinds=("person",), said="nobody")]
    assert [line.told for line in replay(recording, settings, read_rules(rules))] == [False]


def test_the_command_prints_it(settings: Settings, tmp_path: Path) -> None:
    video = film(tmp_path / "front door.mp4", a_visit())
    ran = subprocess.run(
        [sys.executable, "-m", "dobby", "eyes", "replay", str(video)],
        env={"DOBBY_HOME": str(settings.home), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == "00:00:06 told: Someone is at the front door.\n"


def test_files_that_cannot_be_used_are_said_plainly(settings: Settings, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"run": "a"}\n')
    noise = tmp_path / "noise.mp4"
    noise.write_bytes(bytes(2000))
    for file, says in (
        (tmp_path / "none.mp4", "no file"),
        (bad, "Line 1"),
        (noise, "cannot be watched"),
    ):
        with pytest.raises(CannotReplay, match=says):
            replay(file, settings)
    with pytest.raises(CannotReplay, match="rules"):
        read_rules(bad)
    assert issubclass(CannotReplay, EyesError)


def test_a_wrong_setting_is_one_line(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "dobby", "eyes", "replay", "x.mp4", "--fps", "-1"],
        env={"DOBBY_HOME": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert ran.stderr.startswith("dobby: fps:")
    assert "Traceback" not in ran.stderr
