"""A video or a recording of reports, tried again: what would have been told.

A video goes through the same motion gate, detector, tracks and scenes as a camera, as fast as it
can be read, by its own clock.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from dobby.eyes.capture import CameraCapture
from dobby.eyes.detecting import DetectorProcess
from dobby.eyes.frames import EyesError, NoWeights, State
from dobby.eyes.scene import AGAIN
from dobby.eyes.seen import Seen
from dobby.settings import Settings
from dobby.vision.records import AlertRule, CameraSettings
from dobby.vision.replay import Line, told
from dobby.vision.reports import CameraPlan, Report, Reports

RECORDING = ".jsonl"
CAMERA = "replay"


class CannotReplay(EyesError):
    """The file cannot be used; says why."""


def replay(
    file: Path, settings: Settings, rules: Sequence[AlertRule] = (), save: Path | None = None
) -> list[Line]:
    """What would have been told. ``save``: where the reports of a video go, one a line. Raises
    CannotReplay, NoWeights."""
    if not file.is_file():
        raise CannotReplay(f"There is no file {file}.")
    is_recording = file.suffix == RECORDING
    recording = _read(file) if is_recording else asyncio.run(_watched(file.absolute(), settings))
    if save is not None:
        save.write_text("".join(f"{reports.model_dump_json()}\n" for reports in recording))
    seen = dict.fromkeys(report.camera for reports in recording for report in reports.reports)
    name = "" if is_recording else file.stem
    cameras = [CameraSettings(camera=camera, looks_at=name, watched=True) for camera in seen]
    return told(recording, cameras, rules, settings.vision, UTC)


def read_rules(file: Path) -> list[AlertRule]:
    """The owner's rules, oldest first, from YAML or JSON. Raises CannotReplay."""
    try:
        return TypeAdapter(list[AlertRule]).validate_python(yaml.safe_load(file.read_text()))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise CannotReplay(f"The rules in {file} cannot be read: {_first(error)}.") from error


async def watched(file: Path, settings: Settings) -> AsyncGenerator[Reports]:
    """What the eyes would have told of a video. Its first frame is at midnight."""
    plan = CameraPlan(camera=CAMERA, name=file.stem, stream=str(file))
    capture = CameraCapture(plan, settings.vision.fps, pace="fast")
    seen = Seen(plan, CAMERA)
    clock: timedelta | None = None
    last = began = datetime.combine(datetime.now(UTC), time(), UTC)
    number = 0
    async with DetectorProcess(settings.vision, settings.home) as detector:
        await _ready(detector)
        async with contextlib.aclosing(capture.events()) as events:
            async for frame in events:
                if isinstance(frame, State):
                    _check(frame, file)
                    continue
                if clock is None:
                    clock = frame.at - began
                at = frame.at - clock
                image = capture.image(frame)
                found = await detector.detect(frame)
                reports = _in_between(seen, last, at)
                reports += await seen.look(at, image, found.found, frame.moving)
                capture.give_back(frame)
                last = at
                if reports:
                    number += 1
                    yield Reports(run=CAMERA, number=number, sent=at, reports=tuple(reports))


async def _watched(file: Path, settings: Settings) -> list[Reports]:
    return [reports async for reports in watched(file, settings)]


def _in_between(seen: Seen, last: datetime, at: datetime) -> list[Report]:
    """What goes on is told also while nothing moves."""
    seconds = range(1, int((at - last) / AGAIN))
    scenes = (seen.view.again(last + second * AGAIN) for second in seconds)
    return [scene for scene in scenes if scene is not None]


async def _ready(detector: DetectorProcess) -> None:
    while detector.state == "starting":
        await detector.changed()
    if detector.state == "blind":
        raise NoWeights(detector.why)


def _check(state: State, file: Path) -> None:
    if state.state != "seeing":
        raise CannotReplay(f"{file} cannot be watched: {state.why}.")


def _read(file: Path) -> list[Reports]:
    recording: list[Reports] = []
    try:
        lines = file.read_text().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CannotReplay(f"{file} cannot be read: {_first(error)}.") from error
    for number, line in enumerate(lines, 1):
        try:
            recording.append(Reports.model_validate_json(line))
        except ValidationError as error:
            raise CannotReplay(f"Line {number} of {file} is no report: {_first(error)}.") from error
    return recording


def _first(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return error.errors(include_url=False, include_input=False)[0]["msg"]
    return str(error).splitlines()[0].rstrip(".")
