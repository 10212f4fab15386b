"""What has to be done now and then so that the house is remembered for years: a backup a day, and
pictures that are let go."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from dobby.vision.pictures import PictureError, Pictures
from memory.errors import StoreError
from memory.store import Store

log = logging.getLogger(__name__)

EVERY = timedelta(days=1)
KEPT = 7
LOOK_S = 3600.0
LAST = "backup"  # the note that holds when the last one was made


async def back_up(store: Store, kept: int = KEPT) -> None:
    """Keep a copy a day, the newest ``kept`` of them; for ever. One that fails is tried again."""
    while True:
        try:
            await back_up_if_due(store, datetime.now(UTC), kept)
        except (StoreError, OSError) as error:
            log.warning("no backup could be made: %s", error)
        await asyncio.sleep(LOOK_S)


async def back_up_if_due(store: Store, now: datetime, kept: int = KEPT) -> bool:
    """Whether one was due, and made. Raises StoreError, OSError."""
    last = await store.note(LAST)
    if last is not None and now - datetime.fromisoformat(last) < EVERY:
        return False
    made = await store.backup()
    await store.set_note(LAST, now.isoformat())
    daily = sorted(made.parent.glob("dobby-*.db"))
    for old in daily[: max(0, len(daily) - kept)]:
        old.unlink()
    log.info("backed up to %s", made)
    return True


async def tidy(pictures: Pictures) -> None:
    """Let go of pictures that are too old or too many; for ever. What fails is tried again."""
    while True:
        try:
            if gone := await pictures.tidy(datetime.now(UTC)):
                log.info("let go of %d pictures", gone)
        except (PictureError, StoreError) as error:
            log.warning("old pictures could not be removed: %s", error)
        await asyncio.sleep(LOOK_S)
