"""One camera, watched: from its frames to what is told of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from datetime import UTC, datetime

from dobby.eyes.capture import CameraCapture
from dobby.eyes.frames import CaptureError, DetectorError, Frame, State
from dobby.eyes.queued import QueuedDetector
from dobby.eyes.seen import Seen
from dobby.eyes.stills import Stills
from dobby.vision.reports import CameraPlan, Live, Report, Sight

TICK_S = 1.0
LIVE_S = 0.25  # between two frames for who is looking
LIVE_LONGEST = 1280  # pixels a side
NO_FRAME_S = 1.0  # before the next try

Tell = Callable[[Report], None]


class Watching:
    """Use ``run``. What is told goes to ``tell``, in its order."""

    def __init__(
        self,
        plan: CameraPlan,
        run: str,
        capture: CameraCapture,
        detector: QueuedDetector,
        tell: Tell,
    ) -> None:
        """``run`` is this one of the eyes: no other has its name."""
        self.camera = plan.camera
        self._capture, self._detector, self._tell = capture, detector, tell
        self._stills = Stills(_still(plan))
        self._seen = Seen(plan, run, self._stills)
        self._state: State | None = None
        self._told: tuple[str, str] | None = None  # state and why
        self._live = asyncio.Event()
        self.change(plan)

    def change(self, plan: CameraPlan) -> None:
        """Whether somebody looks may change on the way; all else needs another watching."""
        if plan.live:
            self._live.set()
        else:
            self._live.clear()

    def tell_sight(self) -> None:
        """Once more: there is somebody new to tell."""
        self._told = None
        self._tell_sight()

    async def run(self) -> None:
        """Until cancelled, or something fails that should not."""
        try:
            async with asyncio.TaskGroup() as tasks:
                others = [
                    tasks.create_task(work())
                    for work in (self._tick, self._show, self._follow_detector)
                ]
                await self._watch()  # for ever; a file's frames end
                for other in others:
                    other.cancel()
        finally:
            await self._stills.close()

    async def _watch(self) -> None:
        async with contextlib.aclosing(self._capture.events()) as events:
            async for event in events:
                if isinstance(event, State):
                    self._take(event)
                else:
                    await self._look(event)

    def _take(self, state: State) -> None:
        if state.state == "seeing" and self._state is not None:
            self._seen.start_again()
        self._state = state
        self._tell_sight()

    async def _look(self, frame: Frame) -> None:
        try:
            found = await self._detector.detect(frame)
            image = self._capture.image(frame)
            reports = await self._seen.look(frame.at, image, found.found, frame.moving)
        except DetectorError:
            return  # it says so itself
        finally:
            self._capture.give_back(frame)
        for report in reports:
            self._tell(report)

    async def _tick(self) -> None:
        """What goes on is told also while nothing moves."""
        while True:
            await asyncio.sleep(TICK_S)
            seeing = self._state is not None and self._state.state == "seeing"
            if seeing and self._detector.state == "ready":
                scene = self._seen.view.again(datetime.now(UTC))
                if scene:
                    self._tell(scene)

    async def _show(self) -> None:
        """Live frames, while somebody looks."""
        while True:
            await self._live.wait()
            try:
                jpeg = await self._capture.jpeg(LIVE_LONGEST)
            except CaptureError:
                await asyncio.sleep(NO_FRAME_S)
                continue
            now = datetime.now(UTC)
            self._tell(Live(camera=self.camera, at=now, jpeg=jpeg, tracks=self._seen.view.tracks))
            await asyncio.sleep(LIVE_S)

    async def _follow_detector(self) -> None:
        while True:
            self._tell_sight()
            await self._detector.changed()

    def _tell_sight(self) -> None:
        if self._state is None:
            return
        state, why = self._state.state, self._state.why
        blind = state == "seeing" and self._detector.state == "blind"
        sight = Sight(
            camera=self.camera,
            at=datetime.now(UTC),
            state="blind" if blind else state,
            why=self._detector.why if blind else why,
        )
        if (sight.state, sight.why) != self._told:
            self._told = sight.state, sight.why
            self._tell(sight)


def _still(plan: CameraPlan) -> str:
    return "" if plan.still == plan.stream else plan.still
