"""Devices that were known before the start and have not been met since.

It is Dobby who was away, not they: before one of them is said not to answer, its driver is given
time to reach it. All of them have the same time, so that one that is gone for good holds up what
is asked of it once, and not with every wish anew.
"""

from __future__ import annotations

import asyncio
import contextlib
import time

PATIENCE_S = 10.0  # from the first wish on: how long a busy machine takes until then is not known
START_S = 60.0  # after this, whoever was not met is away


class Expected:
    """Who is still to come."""

    def __init__(self) -> None:
        self._coming: dict[str, asyncio.Event] = {}
        self._began = time.monotonic()
        self._ends: float | None = None

    def add(self, device: str) -> None:
        self._coming[device] = asyncio.Event()
        self._began = time.monotonic()

    def met(self, device: str) -> None:
        if coming := self._coming.pop(device, None):
            coming.set()

    async def wait(self, device: str) -> None:
        """Until it is met or its time is up; for everybody who is not expected, not at all."""
        if (coming := self._coming.get(device)) is None:
            return
        now = time.monotonic()
        if self._ends is None:
            self._ends = now + PATIENCE_S if now < self._began + START_S else now
        if now < self._ends:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._ends - now):
                    await coming.wait()
