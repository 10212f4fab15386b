"""Detections, followed from look to look: ByteTrack, and whether a track is believed.

Looks come a few times a second while something moves, and rarely while nothing does. Time passes
for the tracker only as far as somebody looked: what stands in a still picture is not lost.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median

import numpy as np
from supervision import Detections
from trackers import ByteTrackTracker  # pyright: ignore[reportMissingTypeStubs]

from dobby.eyes.frames import Detection
from dobby.eyes.geometry import corners
from dobby.vision.reports import ALIKE, KINDS, SOMETHING, Box, Kind

BELIEVED: dict[Kind, float] = {"person": 0.5, "vehicle": 0.5, "animal": 0.5, "package": 0.6}
"""The median score over its life from which a track is believed (Frigate's rule)."""
HITS = 3  # and so many looks that saw it
SURE = 0.7  # the median score from which the detector's own word is said of it,
SURELY = 2 * HITS  # after so many looks,
MOSTLY = 2 / 3  # if it is the word for so much of what was scored
UPON = 0.5  # of the smaller box is shared: it began where somebody was
GENERAL = {"vehicle": "vehicle", "animal": SOMETHING}
MEMORY = 150  # scores that the median is taken of

BEGINS = 0.4  # a score from which a detection may begin a track; less only continues one
LOST_S = 1.5  # of looking without seeing it: it is gone
LOOKS = 5.0  # a second, as the tracker takes it; it knows no clock
LONGEST_STEP_S = 1.0  # between two looks; longer ones count as this
SAME = 0.6  # overlap of two boxes that are one thing: a car and a truck, a person and a dog
SCALE = 1000.0  # the tracker's noise is meant for pixels


@dataclass
class Followed:
    """One thing, from when it was seen first to when it is gone."""

    id: str
    kind: Kind
    since: datetime
    seen: datetime
    box: Box
    doubtful: bool = False  # it began where somebody was: a bending courier is no horse
    hits: int = 1
    believed: bool = False  # once and for all, as is
    sure: bool = False  # of the detector's own word for it
    _scores: deque[float] = field(default_factory=lambda: deque(maxlen=MEMORY))
    _labels: Counter[str] = field(default_factory=Counter[str])

    @property
    def score(self) -> float:
        return median(self._scores)

    @property
    def last(self) -> float:
        """The score of the look that saw it last."""
        return self._scores[-1]

    @property
    def label(self) -> str:
        """The detector's word for it, by the sum of its scores; a general one until it is sure."""
        if not self.sure and self.kind in GENERAL:
            return GENERAL[self.kind]
        label = self._labels.most_common(1)[0][0]
        return "vehicle" if label in ALIKE else label

    def see(self, at: datetime, found: Detection) -> None:
        self.seen, self.box = at, found.box
        self.hits += 1
        self._scores.append(found.score)
        self._labels[found.label] += found.score  # type: ignore[reportArgumentType]  # a sum
        if self.hits >= HITS and self.score >= BELIEVED[self.kind]:
            self.believed = True
            (_, most), *_ = self._labels.most_common(1)
            mostly = most >= MOSTLY * sum(self._labels.values())
            long = self.hits >= SURELY
            self.sure |= long and mostly and self.score >= SURE and not self.doubtful


class Tracker:
    """One camera's. Each kind is followed for itself, cars and trucks as one."""

    def __init__(self, name: str) -> None:
        """``name`` begins the tracks' ids: no other run of the eyes has it."""
        self._name = name
        self._count = 0
        self._trackers: dict[Kind, ByteTrackTracker] = {}
        self._followed: dict[tuple[Kind, int], Followed] = {}
        self._seen: dict[tuple[Kind, int], float] = {}  # by the clock
        self._clock = 0.0  # seconds looked
        self._looked: datetime | None = None

    def look(self, at: datetime, found: Sequence[Detection]) -> list[Followed]:
        """All that is followed, after one more look; what was not seen in it keeps its box."""
        past = (at - self._looked).total_seconds() if self._looked else LONGEST_STEP_S
        self._clock += min(max(past, 0.001), LONGEST_STEP_S)
        self._looked = at
        kinds: dict[Kind, list[Detection]] = {}
        for detection in _one_of_each(found):
            kinds.setdefault(KINDS[detection.label], []).append(detection)
        for kind in BELIEVED:
            if kind in kinds or any(followed == kind for followed, _ in self._followed):
                self._follow(kind, at, kinds.get(kind, []))
        return list(self._followed.values())

    def _follow(self, kind: Kind, at: datetime, found: Sequence[Detection]) -> None:
        tracker = self._trackers.setdefault(kind, _tracker())
        boxes = [corners(detection.box) for detection in found]
        seen = tracker.update(
            Detections(
                xyxy=np.array(boxes, np.float32).reshape(-1, 4) * SCALE,
                confidence=np.array([detection.score for detection in found], np.float32),
                class_id=np.arange(len(found)),  # which of them it is
            )
        )
        if seen.class_id is not None and seen.tracker_id is not None:
            for which, number in zip(seen.class_id, seen.tracker_id, strict=True):
                if number >= 0:
                    self._see((kind, int(number)), at, found[int(which)])
        for key, looked in list(self._seen.items()):
            if key[0] == kind and self._clock - looked > LOST_S:
                del self._seen[key], self._followed[key]

    def _see(self, key: tuple[Kind, int], at: datetime, found: Detection) -> None:
        followed = self._followed.get(key)
        if followed is None:  # it has its number from the second look on
            self._count += 1
            name = f"{self._name}.{self._count}"
            upon = key[0] != "person" and self._is_upon_somebody(found.box)
            followed = self._followed[key] = Followed(name, key[0], at, at, found.box, upon)
        followed.see(at, found)
        self._seen[key] = self._clock

    def _is_upon_somebody(self, box: Box) -> bool:
        people = [one.box for (kind, _), one in self._followed.items() if kind == "person"]
        return any(box.shared(one) >= UPON * min(box.area, one.area) for one in people)


def _tracker() -> ByteTrackTracker:
    return ByteTrackTracker(
        lost_track_buffer=round(LOST_S * 30),  # of thirtieths of a second
        frame_rate=LOOKS,
        track_activation_threshold=BEGINS,
        high_conf_det_threshold=BEGINS,
        minimum_consecutive_frames=1,
    )


def _one_of_each(found: Sequence[Detection]) -> list[Detection]:
    """Without what is told twice under two names; the surer one stays."""
    kept: list[Detection] = []
    for detection in sorted(found, key=lambda each: -each.score):
        known = detection.label in KINDS
        if known and all(detection.box.overlap(other.box) < SAME for other in kept):
            kept.append(detection)
    return kept
