"""Footage as a camera sends it: coded pictures out of an mp4 file, played round and round."""

from __future__ import annotations

import re
import time
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from devices.device import DeviceError

SPS, PPS = 7, 8
_START_CODE = re.compile(rb"\x00*\x00\x00\x01")


class BadClip(DeviceError):
    """Footage that no virtual camera can play; the message says why."""


@dataclass(frozen=True)
class Unit:
    """One coded picture: its NAL units, and when it is sent and shown, in seconds of the clip."""

    nals: tuple[bytes, ...]
    sent: float
    shown: float  # later than ``sent`` where pictures are coded out of order
    key: bool


@dataclass(frozen=True)
class Clip:
    """H.264 footage in memory, as it was encoded. Every key picture carries its parameters."""

    units: Sequence[Unit] = field(repr=False)
    duration: float
    width: int
    height: int

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a file; some ten milliseconds of work and disk. Raises BadClip."""
        import av  # only cameras need it: the rest of the virtual house starts without
        from av.bitstream import BitStreamFilterContext
        from av.error import FFmpegError

        try:
            with av.open(str(path)) as file:
                if not file.streams.video or file.streams.video[0].codec.name != "h264":
                    raise BadClip(f"{path.name} holds no H.264 video.")
                stream = file.streams.video[0]
                width, height = stream.width, stream.height
                split: Any = BitStreamFilterContext("h264_mp4toannexb", stream)
                packets = [p for raw in file.demux(stream) for p in split.filter(raw) if p.size]
        except (FFmpegError, OSError) as error:
            raise BadClip(f"{path.name} cannot be read as video.") from error
        if not packets or not packets[0].is_keyframe or any(p.dts is None for p in packets):
            raise BadClip(f"{path.name} does not begin with a whole picture.")
        first, last = packets[0].dts or 0, packets[-1]
        tick = float(packets[0].time_base)
        units = tuple(
            Unit(
                nals=tuple(nal for nal in _START_CODE.split(bytes(p)) if nal),
                sent=((p.dts or 0) - first) * tick,
                shown=((p.pts if p.pts is not None else p.dts or 0) - first) * tick,
                key=p.is_keyframe,
            )
            for p in packets
        )
        return cls(units, units[-1].sent + (last.duration or 1) * tick, width, height)

    def cut(self, start: float, end: float) -> Self:
        """A part of it, between the key pictures before these times (s)."""
        sent = [unit.sent for unit in self.units if unit.key] + [self.duration]
        begin, stop = (sent[bisect_right(sent, at) - 1] for at in (start, end))
        part = [unit for unit in self.units if begin <= unit.sent < stop]
        if not part:
            raise BadClip(f"There is nothing between {start:g} and {end:g} s.")
        return replace(self, units=_shifted(part, -begin), duration=stop - begin)

    def then(self, other: Self) -> Self:
        """Both, one after the other."""
        units = (*self.units, *_shifted(other.units, self.duration))
        return replace(self, units=units, duration=self.duration + other.duration)

    def times(self, count: int) -> Self:
        """As often as that, one after the other."""
        return self if count < 2 else self.then(self.times(count - 1))

    @property
    def parameters(self) -> tuple[bytes, bytes]:
        """The sequence and picture parameter sets that decoders need first."""
        of = {nal[0] & 0x1F: nal for nal in self.units[0].nals}
        return of[SPS], of[PPS]


def _shifted(units: Sequence[Unit], by: float) -> tuple[Unit, ...]:
    return tuple(replace(unit, sent=unit.sent + by, shown=unit.shown + by) for unit in units)


class Reel:
    """A clip that runs in a loop from now on. Pictures are numbered on from lap to lap."""

    def __init__(self, clip: Clip) -> None:
        self.clip = clip
        self.began = time.monotonic()
        self._sent = [unit.sent for unit in clip.units]
        self._keys = [number for number, unit in enumerate(clip.units) if unit.key]

    @property
    def position(self) -> float:
        """How far into the clip it is now, in seconds."""
        return (time.monotonic() - self.began) % self.clip.duration

    def newest(self) -> int:
        """The number of the picture that was sent last, as of now."""
        lap, into = divmod(time.monotonic() - self.began, self.clip.duration)
        return int(lap) * len(self._sent) + bisect_right(self._sent, into) - 1

    def key_before(self, number: int) -> int:
        """The last key picture up to that number: where a decoder can begin."""
        lap, into = divmod(number, len(self._sent))
        return lap * len(self._sent) + self._keys[bisect_right(self._keys, into) - 1]

    def unit(self, number: int) -> Unit:
        return self.clip.units[number % len(self._sent)]

    def sent(self, number: int) -> float:
        """When that picture is due to be sent (monotonic)."""
        return self._lap(number) + self.unit(number).sent

    def shown(self, number: int) -> float:
        """When that picture is to be shown (monotonic); even across the laps."""
        return self._lap(number) + self.unit(number).shown

    def _lap(self, number: int) -> float:
        return self.began + number // len(self._sent) * self.clip.duration
