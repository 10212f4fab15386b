"""Long-lived work is kept going: restarted with backoff, and never silently."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 60.0
STEADY_S = 3.0  # after running this long, it counts as working again
HEALTHY_S = 120.0  # after running this long, a failure counts as the first again


class Vitals:
    """What does not work at the moment, by name: what ``/health`` tells."""

    def __init__(self) -> None:
        self._ailing: set[str] = set()

    @property
    def ailing(self) -> Sequence[str]:
        return sorted(self._ailing)

    def ails(self, name: str) -> None:
        self._ailing.add(name)

    def well(self, name: str) -> None:
        self._ailing.discard(name)


async def keep(
    name: str, work: Callable[[], Awaitable[None]], vitals: Vitals | None = None
) -> None:
    """Run ``work`` for ever; when it raises, log it and start it again a little later."""
    pause = FIRST_PAUSE_S
    vitals = vitals or Vitals()
    while True:
        started = time.monotonic()
        steady = asyncio.get_running_loop().call_later(STEADY_S, vitals.well, name)
        try:
            await work()
        except Exception:  # the one boundary that keeps siblings alive
            vitals.ails(name)
            log.exception("%s failed; it starts again in %.1f s", name, pause)
        else:
            return
        finally:
            steady.cancel()
        if time.monotonic() - started > HEALTHY_S:
            pause = FIRST_PAUSE_S
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE_S)
