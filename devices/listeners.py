"""Who listens to the house, and what they hear."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Literal

MAX_WAITING_EVENTS = 1000


@dataclass(frozen=True)
class HouseEvent:
    """What subscribers hear. ``resync`` means events were lost: look at the house anew."""

    what: Literal["found", "changed", "away", "stranger", "renamed", "forgotten", "resync"]
    device: str = ""


class Listeners:
    """A queue for each; one who is too slow holds up nobody."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[HouseEvent]] = set()

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncGenerator[asyncio.Queue[HouseEvent]]:
        """A queue of what happens from now on."""
        queue: asyncio.Queue[HouseEvent] = asyncio.Queue(MAX_WAITING_EVENTS)
        self._queues.add(queue)
        try:
            yield queue
        finally:
            self._queues.discard(queue)

    def tell(self, event: HouseEvent) -> None:
        for queue in self._queues:
            if not queue.full():
                queue.put_nowait(event)
                continue
            while not queue.empty():
                queue.get_nowait()
            queue.put_nowait(HouseEvent("resync"))
