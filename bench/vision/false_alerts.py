"""What is told of hours in which nothing happens, but weather and light.

Still frames of the clips are seen by a sensor with noise, through the hours of a day, with what
keeps cameras busy painted in: the light switched off and on, rain, headlights, leaves in the wind,
infrared. They go through the real motion gate, detector, tracks, scenes and rules; the clock is a
simulated one. Whatever is told is false.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.vision.media import Media
from dobby.eyes.backends import load
from dobby.eyes.frames import Backend, Image
from dobby.eyes.grabber import Rhythm
from dobby.eyes.motion import MotionGate
from dobby.eyes.seen import Seen
from dobby.vision.records import CameraSettings
from dobby.vision.replay import told
from dobby.vision.reports import Box, CameraPlan, Reports
from tests.dobby.eyes.weather import (
    Scene,
    Yard,
    darker,
    headlights,
    infrared,
    leaves,
    rain,
)
from tests.peers.cameras import CARS, PEOPLE, STREET

HEADINGS = ("still frame", "simulated", "took", "looks sent", "told", "an hour", "what")
FPS = 5
WIDE = 768
MODEL = "yolox_nano.onnx"
FRAMES = ((PEOPLE, 2.0), (CARS, 11.0), (STREET, 6.0))  # clip, and second, of nobody or of many
SPELL_S = 60.0
START = datetime(2026, 5, 4, tzinfo=UTC)

Luma = NDArray[np.uint8]


@dataclass(frozen=True)
class Spell:
    """A minute of some weather."""

    name: str
    scene: Callable[[], Scene]


def _calm(_: int, yard: NDArray[np.float32]) -> NDArray[np.float32]:
    return yard


SPELLS = (
    Spell("calm", lambda: _calm),
    Spell("light off", lambda: darker(0.5)),
    Spell("light on", lambda: _calm),
    Spell("rain", lambda: rain(60)),
    Spell("headlights", lambda: headlights(100, 115)),
    Spell("calm", lambda: _calm),
    Spell("leaves", leaves),
    Spell("infrared", lambda: infrared(20)),
    Spell("calm", lambda: _calm),
    Spell("rain and dark", lambda: _both(darker(0.4), rain(120))),
)


async def rows(media: Media, hours: float = 1.0) -> list[tuple[str, ...]]:
    backend = load("onnx", media.model(MODEL), Path())
    return [
        await _row(f"{name.partition('.')[0]} at {second:g} s", picture, backend, hours)
        for name, second in FRAMES
        if (picture := _frame(media.clip(name), second)) is not None
    ]


async def _row(name: str, picture: Image, backend: Backend, hours: float) -> tuple[str, ...]:
    began = time.perf_counter()
    seen = Seen(CameraPlan(camera=name, name=name, stream=""), "run")
    recording: list[Reports] = []
    sent = 0
    for at, image, moving in _sent(picture, hours):
        sent += 1
        found = backend.detect([image])[0]
        if reports := await seen.look(at, image, found, moving):
            batch = Reports(run="run", number=sent, sent=at, reports=tuple(reports))
            recording.append(batch)
    lines = [line for line in told(recording, [CameraSettings(camera=name)]) if line.told]
    what = ", ".join(dict.fromkeys(f"{line.incident.kind} {line.at:%H:%M}" for line in lines))
    looks = hours * 3600 * FPS
    return (
        name, f"{hours:g} h", f"{time.perf_counter() - began:.0f} s", f"{100 * sent / looks:.1f} %",
        str(len(lines)), f"{len(lines) / hours:.2f}", what,
    )  # fmt: skip


def _sent(picture: Image, hours: float) -> Iterator[tuple[datetime, Image, tuple[Box, ...]]]:
    """The frames that a camera's process would have sent."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.uint8)
    yard, gate, rhythm = Yard(grey, noise=2.5), MotionGate(FPS), Rhythm(FPS)
    for number, luma in enumerate(_days(yard, hours)):
        now = number / FPS
        moving = gate.look(luma)
        if rhythm.sends(now, bool(moving)):
            yield START + timedelta(seconds=now), _coloured(picture, grey, luma), moving


def _days(yard: Yard, hours: float) -> Iterator[Luma]:
    day = yard.picture.copy()
    frames = round(SPELL_S * FPS)
    for number in range(round(hours * 3600 / SPELL_S)):
        sun = 1 + 0.25 * math.sin(2 * math.pi * number * SPELL_S / 86400)
        spell = SPELLS[number % len(SPELLS)].scene()
        yard.picture = (day * sun).astype(np.float32)
        yield from yard.frames(frames, spell)


def _coloured(picture: Image, grey: Luma, luma: Luma) -> Image:
    """The picture in the light in which its luma is seen."""
    more = (luma.astype(np.float32) + 4) / (grey.astype(np.float32) + 4)
    return np.clip(picture * more[:, :, None], 0, 255).astype(np.uint8)


def _both(one: Scene, other: Scene) -> Scene:
    return lambda number, yard: other(number, one(number, yard))


def _frame(clip: Path, second: float) -> Image | None:
    video = cv2.VideoCapture(str(clip))
    video.set(cv2.CAP_PROP_POS_MSEC, 1000 * second)
    good, frame = video.read()
    if not good:
        return None
    height = round(frame.shape[0] * WIDE / frame.shape[1])
    return cv2.resize(frame, (WIDE, height), interpolation=cv2.INTER_AREA).astype(np.uint8)
