"""Long-lived work is kept going: restarted with backoff, and never silently."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 60.0
HEALTHY_S = 120.0  # after running this long, a failure counts as the first again


async def keep(name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Run ``work`` for ever; when it raises, log it and start it again a little later."""
    pause = FIRST_PAUSE_S
    while True:
        started = time.monotonic()
        try:
            await work()
        except Exception:  # the one boundary that keeps siblings alive
            log.exception("%s failed; it starts again in %.1f s", name, pause)
        else:
            return
        if time.monotonic() - started > HEALTHY_S:
            pause = FIRST_PAUSE_S
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE_S)
