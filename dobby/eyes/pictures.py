"""The pictures that go with what is told: the best of each track, and no more than are of use."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import av
import av.error
import cv2
import numpy as np

from dobby.eyes.frames import CaptureError, Image
from dobby.eyes.streams import MOST_PIXELS
from dobby.vision.reports import Box, Track

LONGEST = 1920  # pixels a side
QUALITY = 85

MOST = 3  # of one track
BETTER = 2.0  # times as good as the one before
APART = timedelta(seconds=1)  # from the one before of that track
PER_MINUTE = 20  # of one camera
EDGE = 0.005  # a box that ends at the picture's edge is cut off there


class Album:
    """Which track deserves a picture now."""

    def __init__(self) -> None:
        self._best: dict[str, _Best] = {}
        self._taken: deque[datetime] = deque()

    def wanted(self, at: datetime, tracks: Sequence[Track]) -> Track | None:
        """The one that needs a picture most, of those with none yet or a much worse one."""
        self._best = {track.id: self._best[track.id] for track in tracks if track.id in self._best}
        while self._taken and self._taken[0] < at - timedelta(minutes=1):
            self._taken.popleft()
        worth = [track for track in tracks if not track.parked and self._deserves(at, track)]
        if not worth or len(self._taken) >= PER_MINUTE:
            return None
        return max(worth, key=lambda track: (track.id not in self._best, _quality(track)))

    def has(self, track: Track) -> bool:
        return track.id in self._best

    def take(self, at: datetime, track: Track) -> None:
        """A picture was taken of it."""
        best = self._best.get(track.id)
        self._best[track.id] = _Best(at, _quality(track), best.count + 1 if best else 1)
        self._taken.append(at)

    def _deserves(self, at: datetime, track: Track) -> bool:
        best = self._best.get(track.id)
        if best is None:
            return True
        better = _quality(track) >= BETTER * best.quality
        return better and best.count < MOST and at - best.at >= APART


@dataclass(frozen=True)
class _Best:
    at: datetime
    quality: float
    count: int


def _quality(track: Track) -> float:
    return track.box.area * track.score * (0.5 if _is_cut(track.box) else 1.0)


def _is_cut(box: Box) -> bool:
    return min(box.left, box.top, 1 - box.right, 1 - box.bottom) < EDGE


def encoded(image: Image, longest: int = LONGEST) -> bytes:
    """As a JPEG, made smaller where it is too large. For a thread."""
    height, width = image.shape[:2]
    scale = longest / max(height, width)
    if scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    return cv2.imencode(".jpg", image, (cv2.IMWRITE_JPEG_QUALITY, QUALITY))[1].tobytes()


def decoded(jpeg: bytes) -> Image:
    """A camera's still, which may be anything. For a thread. Raises CaptureError."""
    limits = {"max_pixels": str(MOST_PIXELS)}
    try:
        with av.open(io.BytesIO(jpeg), "r", "jpeg_pipe", limits) as container:
            container.streams.video[0].codec_context.options = limits
            frame = next(container.decode(video=0))
            return np.ascontiguousarray(frame.to_ndarray(format="bgr24"))  # type: ignore[return-value]
    except (av.error.FFmpegError, StopIteration, IndexError, ValueError) as error:
        raise CaptureError("The camera's still is no picture that I can read.") from error
