"""What is to be told to the daemon: in order, once, and kept for as long as it is away.

When too much waits, what matters least goes first: frames for who is looking, then what was in
view a while ago. That something was left, and who cannot be seen, is told in any case.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime

from dobby.eyes.client import DaemonAway, DaemonClient, NotTaken
from dobby.vision.reports import Leftover, Live, Report, Reports, Scene, Sight

log = logging.getLogger(__name__)

MOST = 600  # reports that wait,
MOST_BYTES = 48 * 1024 * 1024  # and bytes of their pictures
BATCH = 100
BATCH_BYTES = 4 * 1024 * 1024  # of pictures; the daemon takes twice that, and base64 adds a third
FIRST_PAUSE_S = 0.25
LONGEST_PAUSE_S = 15.0


class Telling:
    """One run of the eyes."""

    def __init__(self, daemon: DaemonClient, run: str) -> None:
        self._daemon = daemon
        self._run = run
        self._number = 0
        self._waiting: list[Report] = []
        self._batch: Reports | None = None  # being told; the same until it is taken
        self._news = asyncio.Event()

    def tell(self, report: Report) -> None:
        """Never waits."""
        if isinstance(report, Live):  # only the newest is of use
            self._drop(lambda old: isinstance(old, Live) and old.camera == report.camera)
        self._waiting.append(report)
        if len(self._waiting) > MOST or sum(map(_size, self._waiting)) > MOST_BYTES:
            self._make_room()
        self._news.set()

    async def run(self) -> None:
        """Tell what waits, for ever; for ``keep``. What was not taken goes again as it was."""
        while True:
            if self._batch is None:
                self._batch = await self._next()
            await self._bring(self._batch)
            self._batch = None

    async def _bring(self, batch: Reports) -> None:
        pause = FIRST_PAUSE_S
        while True:
            try:
                await self._daemon.report(batch.model_copy(update={"sent": datetime.now(UTC)}))
            except DaemonAway as error:
                if pause == FIRST_PAUSE_S:
                    log.warning("%s What is seen is kept, and told later.", error)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE_S)
            except NotTaken as error:
                log.warning("%s It is dropped.", error)
                return
            else:
                return

    async def _next(self) -> Reports:
        while not self._waiting:
            self._news.clear()
            await self._news.wait()
        self._number += 1
        reports = self._take()
        return Reports(run=self._run, number=self._number, sent=datetime.now(UTC), reports=reports)

    def _take(self) -> tuple[Report, ...]:
        size = count = 0
        for report in self._waiting[:BATCH]:
            size += _size(report)
            if count and size > BATCH_BYTES:
                break
            count += 1
        taken, self._waiting = self._waiting[:count], self._waiting[count:]
        return tuple(taken)

    def _make_room(self) -> None:
        """Down to half, by what matters least and is oldest; what is so now stays."""
        newest = {report.camera: report for report in self._waiting if isinstance(report, Scene)}
        now = {id(report) for report in newest.values()}
        count, size = len(self._waiting), sum(map(_size, self._waiting))
        gone: set[int] = set()
        for report in sorted(self._waiting, key=_worth):  # stable: the oldest of each first
            if count <= MOST // 2 and size <= MOST_BYTES // 2:
                break
            if id(report) not in now:
                gone.add(id(report))
                count, size = count - 1, size - _size(report)
        self._drop(lambda report: id(report) in gone)

    def _drop(self, unwanted: Callable[[Report], bool]) -> None:
        self._waiting = [report for report in self._waiting if not unwanted(report)]


def _worth(report: Report) -> int:
    match report:
        case Live():
            return 0
        case Scene():
            return 2 if report.pictures else 1
        case Leftover():
            return 3
        case Sight():
            return 4


def _size(report: Report) -> int:
    match report:
        case Scene():
            return sum(len(picture.jpeg) for picture in report.pictures)
        case Leftover():
            return len(report.picture.jpeg) if report.picture else 0
        case Live():
            return len(report.jpeg)
        case _:
            return 0
