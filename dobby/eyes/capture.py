"""A camera watched by a child process, which is started again for as long as it is wanted.

The parent owns the shared memory and decides when it is written; it takes nothing on trust: a
child that hangs, or that was killed, is replaced, and a camera of which nothing comes is told.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import AsyncGenerator
from dataclasses import asdict, dataclass
from datetime import datetime
from multiprocessing.shared_memory import SharedMemory
from typing import Literal

from dobby.eyes.child import Child, Order
from dobby.eyes.frames import CaptureError, Frame, Image, Slot, State
from dobby.eyes.slots import pixels
from dobby.vision.reports import Box, CameraPlan

log = logging.getLogger(__name__)

JPEG_S = 5.0
_Seen = Literal["seeing", "offline", "refused", "frozen"]


@dataclass(frozen=True)
class Patience:
    """Seconds. The child gives up a little earlier by itself, and knows better why."""

    open_s: float = 15.0  # until the first frame
    stale_s: float = 12.0  # between two
    pause_s: float = 1.0  # before the next try; twice as long after each that failed
    longest_pause_s: float = 30.0
    refused_pause_s: float = 300.0  # cameras lock out who keeps knocking with a wrong password


@dataclass(frozen=True)
class _Loss:
    state: _Seen
    why: str


_SILENT = _Loss("offline", "it does not answer")
_STANDS_STILL = _Loss("frozen", "its picture stands still: nothing comes any more")
_DIED = _Loss("offline", "what it sends cannot be read: the process that tries ends")


class CameraCapture:
    """``fast`` reads a file without skipping or waiting, and ends with it."""

    def __init__(
        self,
        plan: CameraPlan,
        fps: float,
        *,
        pace: Literal["live", "fast"] = "live",
        patience: Patience = Patience(),
    ) -> None:
        self._camera = plan.camera
        self._name = plan.name
        self._order = Order(stream=plan.stream, fps=fps, zones=plan.zones, pace=pace)
        self._patience = patience
        self._events: asyncio.Queue[Frame | State | None] = asyncio.Queue()
        self._state = ""  # as it was last told
        self._seen = False  # by this child
        self._child: Child | None = None
        self._wanted: tuple[int, int] | None = None  # height and width, by this child
        self._memory: SharedMemory | None = None
        self._slot: Slot | None = None
        self._held: Frame | None = None  # not given back yet
        self._viewed: list[SharedMemory] = []
        self._asked: deque[asyncio.Future[bytes]] = deque()

    @property
    def pid(self) -> int | None:
        """Of the child that watches now."""
        return self._child.pid if self._child else None

    async def events(self) -> AsyncGenerator[Frame | State]:
        """Frames with motion at most ``fps`` a second, one for a re-check now and then, and what
        becomes of the camera. The next frame comes only after ``give_back`` of the last. A file's
        end when it has been read. Close it to stop."""
        living = asyncio.create_task(self._live(), name=f"camera {self._camera}")
        living.add_done_callback(lambda _: self._events.put_nowait(None))
        try:
            while (event := await self._events.get()) is not None:
                yield event
            await living
        finally:
            living.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await living
            self._drop_memory()

    def give_back(self, frame: Frame) -> None:
        if frame is self._held:
            self._held = None
            self._allot()

    def image(self, frame: Frame) -> Image:
        """The pixels, as a view of the slot: valid until it is given back. Raises CaptureError."""
        if frame is not self._held or self._memory is None:
            raise CaptureError("That picture has been given back.")
        return pixels(frame.slot, self._memory)

    async def jpeg(self, longest: int = 1920) -> bytes:
        """The newest frame, moving or not. Raises CaptureError."""
        none = CaptureError(f"The camera at {self._name} shows me nothing at the moment.")
        if self._child is None:
            raise none
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._asked.append(answer)
        self._child.tell("jpeg", longest=longest)
        try:
            async with asyncio.timeout(JPEG_S):
                jpeg = await answer
        except TimeoutError:
            jpeg = b""
        if not jpeg:
            raise none
        return jpeg

    async def _live(self) -> None:
        """One child after the other, until a file has ended."""
        pause = self._patience.pause_s
        while True:
            self._seen = False
            loss = await self._watched()
            if loss is None:
                return
            if loss is _DIED and self._seen:
                log.warning("%s: the process that watched it ended; it starts again", self._camera)
            else:
                self._told(loss.state, loss.why)
            pause = self._patience.pause_s if self._seen else pause
            refused = loss.state == "refused"
            await asyncio.sleep(self._patience.refused_pause_s if refused else pause)
            pause = min(2 * pause, self._patience.longest_pause_s)

    async def _watched(self) -> _Loss | None:
        """A child's life. How it lost the camera, or None when a file has ended."""
        child = await Child.start(self._order)
        self._child, self._wanted = child, None
        try:
            return await self._followed(child)
        except EOFError:
            return _DIED
        finally:
            self._child = None
            while self._asked:
                _answer(self._asked.popleft(), b"")
            await child.close()

    async def _followed(self, child: Child) -> _Loss | None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._patience.open_s
        while True:
            try:
                async with asyncio.timeout_at(deadline):
                    said = await child.said()
            except TimeoutError:
                return _STANDS_STILL if self._seen else _SILENT
            match said:
                case {"say": "alive"}:
                    deadline = loop.time() + self._patience.stale_s
                    self._seen = True
                    self._told("seeing")
                case {"say": "want", "height": int(height), "width": int(width)}:
                    self._wanted = (height, width)
                    self._allot()
                case {"say": "frame", "at": at, "moving": moving}:
                    self._hand_over(datetime.fromisoformat(at), moving)
                case {"say": "jpeg", "bytes": int(size)}:
                    _answer(self._asked.popleft(), await child.payload(size))
                case {"say": "lost", "state": state, "why": why}:
                    return _Loss(state, why)
                case {"say": "note", "text": text}:
                    log.info("%s: %s", self._camera, text)
                case _:  # the end of a file
                    return None

    def _hand_over(self, at: datetime, moving: list[list[float]]) -> None:
        if self._slot is None:
            return
        boxes = tuple(Box(left=x0, top=y0, right=x1, bottom=y1) for x0, y0, x1, y1 in moving)
        self._held = Frame(self._camera, at, self._slot, boxes)
        self._events.put_nowait(self._held)

    def _allot(self) -> None:
        """Let the child write, once it has asked and while nobody reads: in a slot that fits."""
        if self._child is None or self._wanted is None or self._held is not None:
            return
        height, width = self._wanted
        if self._slot is None or (self._slot.height, self._slot.width) != (height, width):
            self._drop_memory()
            self._memory = SharedMemory(create=True, size=height * width * 3)
            self._slot = Slot(self._memory.name, height, width)
        self._child.tell("slot", **asdict(self._slot))

    def _drop_memory(self) -> None:
        """It is gone for whoever opens it; a view that is still about keeps its own alive."""
        if self._memory is not None:
            self._memory.unlink()
            self._viewed.append(self._memory)
        self._memory = self._slot = None
        self._viewed = [memory for memory in self._viewed if not _closed(memory)]

    def _told(self, state: _Seen, why: str = "") -> None:
        if state != self._state:
            self._state = state
            self._events.put_nowait(State(state, why))


def _answer(waiting: asyncio.Future[bytes], jpeg: bytes) -> None:
    if not waiting.done():  # nobody may wait any more
        waiting.set_result(jpeg)


def _closed(memory: SharedMemory) -> bool:
    try:
        memory.close()
    except BufferError:
        return False
    return True
