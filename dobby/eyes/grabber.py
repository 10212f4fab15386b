"""One camera, in a process of its own: decodes every frame, keeps the newest, sends what moves.

It is told what to do, and tells what it sees, in lines of JSON over a socket. Pixels go into
shared memory that its parent owns, one frame at a time: when that has been given back, the newest
frame goes there, and what came in between is never sent. It owns nothing itself and may be killed
at any time; when its parent is gone, it goes too.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.shared_memory import SharedMemory
from typing import IO

import cv2
import numpy as np
from av.video.frame import VideoFrame

from dobby.eyes import streams
from dobby.eyes.child import Order
from dobby.eyes.frames import Image, Slot
from dobby.eyes.motion import Luma, MotionGate
from dobby.eyes.pictures import encoded
from dobby.eyes.slots import attach, pixels
from dobby.vision.reports import Box

BEAT_S = 1.0  # that frames come is told this often
HOLD_S = 1.0  # frames are sent until nothing has moved for this long
FIRST_RECHECK_S = 1.0  # then one after this pause, the next after twice as long,
LAST_RECHECK_S = 60.0  # and so on up to this
UNTIMED_S = 1 / 25  # between frames of a file that does not say
MOST_BOXES = 32
MOST_MEMORY = 1 << 30  # bytes, whatever a camera sends; video of 8K takes 700 MB


def run(link: socket.socket) -> None:
    """The process: until its stream is lost, or its parent is."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    cv2.setNumThreads(1)
    if not streams.hardware():  # its drivers reserve much more than they use
        resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    lines = link.makefile("r")
    if order := lines.readline():
        grabber = Grabber(link, Order.model_validate_json(order))
        threading.Thread(target=grabber.obey, args=(lines,), daemon=True).start()
        with contextlib.suppress(OSError):  # the parent is gone
            grabber.watch()
    os._exit(0)  # without waiting for libraries that are at work


@dataclass(frozen=True)
class _Due:
    """A frame to be sent as soon as there is room for it."""

    frame: VideoFrame
    at: datetime
    moving: tuple[Box, ...]


class Grabber:
    def __init__(self, link: socket.socket, order: Order) -> None:
        self._link = link
        self._order = order
        self._at_once = order.pace == "fast"
        self._began = datetime.now(UTC)
        self._played = 0.0  # seconds of a file
        self._gate = MotionGate(order.fps, order.zones)
        self._rhythm = Rhythm(order.fps)
        self._newest: VideoFrame | None = None
        self._turn = threading.Condition()  # to write to the link, and to change what follows
        self._due: _Due | None = None
        self._waits = False  # for a slot: it was asked for, or is not given back yet
        self._slot: Slot | None = None
        self._memory: SharedMemory | None = None

    def watch(self) -> None:
        """Take every frame until there are no more. Raises OSError when the parent is gone."""
        beat = float("-inf")
        try:
            for frame in self._frames():
                self._newest = frame
                if time.monotonic() - beat > BEAT_S:
                    beat = time.monotonic()
                    self._tell("alive")
                self._take(frame)
            self._tell("ended")
        except streams.Lost as lost:
            self._tell("lost", state=lost.state, why=lost.why)

    def obey(self, lines: IO[str]) -> None:
        """A thread's work: do what the parent says, also while no frame comes."""
        for line in lines:
            match json.loads(line):
                case {"do": "slot", **slot}:
                    self._use(Slot(**slot))
                case {"do": "jpeg", "longest": longest}:
                    self._send_jpeg(longest)
                case _:
                    pass
        os._exit(0)

    def _frames(self) -> Iterator[VideoFrame]:
        """At a camera's own pace; a file's at that of its clock, unless all is wanted at once."""
        paced = streams.is_file(self._order.stream) and not self._at_once
        began = time.monotonic()
        for frame in streams.frames(self._order.stream, lambda text: self._tell("note", text=text)):
            untimed = frame.pts is None
            self._played = self._played + UNTIMED_S if untimed else frame.time
            if paced:
                time.sleep(max(0.0, began + self._played - time.monotonic()))
            yield frame

    def _take(self, frame: VideoFrame) -> None:
        now = self._played if self._at_once else time.monotonic()
        if not self._rhythm.looks(now):
            return
        moving = self._gate.look(_luma(frame))[:MOST_BOXES]
        if not self._rhythm.sends(now, bool(moving)):
            return
        at = self._began + timedelta(seconds=now) if self._at_once else datetime.now(UTC)
        with self._turn:
            self._due = _Due(frame, at, moving)
            self._send_due()
            if self._at_once:
                self._turn.wait_for(lambda: self._due is None)

    def _use(self, slot: Slot) -> None:
        with self._turn:
            if self._slot is None or slot.name != self._slot.name:
                if self._memory is not None:
                    self._memory.close()
                self._memory = attach(slot.name)
            self._slot = slot
            self._waits = False
            self._send_due()
            self._turn.notify()

    def _send_due(self) -> None:
        """In the slot, if that may be written now; or ask for one that fits."""
        due, slot = self._due, self._slot
        if due is None or self._waits:
            return
        self._waits = True
        height, width = due.frame.height, due.frame.width
        if slot is None or self._memory is None or (slot.height, slot.width) != (height, width):
            self._tell("want", height=height, width=width)
            return
        np.copyto(pixels(slot, self._memory), _image(due.frame))
        boxes = [list(box.model_dump().values()) for box in due.moving]
        self._tell("frame", at=due.at.isoformat(), moving=boxes)
        self._due = None

    def _send_jpeg(self, longest: int) -> None:
        jpeg = b"" if self._newest is None else encoded(_image(self._newest), longest)
        self._tell("jpeg", jpeg, bytes=len(jpeg))

    def _tell(self, say: str, payload: bytes = b"", **what: object) -> None:
        line = json.dumps({"say": say, **what}).encode() + b"\n"
        with self._turn:
            self._link.sendall(line + payload)


class Rhythm:
    """When to look at a frame, and when to send it. Times are seconds on any one clock."""

    def __init__(self, fps: float) -> None:
        self._interval = 1 / fps
        self._next_look = self._moved = self._next_check = float("-inf")
        self._pause = FIRST_RECHECK_S

    def looks(self, now: float) -> bool:
        """``fps`` times a second, also where frames come a little early or late."""
        if now < self._next_look - self._interval / 4:
            return False
        self._next_look = max(self._next_look, now - self._interval / 2) + self._interval
        return True

    def sends(self, now: float, moving: bool) -> bool:
        """While something moves and just after; then ever more rarely. The first one always."""
        if moving:
            self._moved = now
        if now < self._moved + HOLD_S:
            self._pause = FIRST_RECHECK_S
        elif now >= self._next_check:
            self._pause = min(2 * self._pause, LAST_RECHECK_S)
        else:
            return False
        self._next_check = now + self._pause
        return True


def _luma(frame: VideoFrame) -> Luma:
    """The grey plane as it was decoded, where there is one of 8 bits."""
    layout = frame.format
    if not layout.is_planar or layout.is_rgb or layout.components[0].bits != 8:
        frame = frame.reformat(format="gray")
    plane = frame.planes[0]
    rows = np.asarray(memoryview(plane)).reshape(-1, plane.line_size)  # pyright: ignore[reportArgumentType]
    return rows[: frame.height, : frame.width]


def _image(frame: VideoFrame) -> Image:
    return np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)
