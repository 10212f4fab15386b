"""What has to be done now and then so that the house is remembered for years: a backup a day, and
pictures that are let go."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import AwareDatetime, BaseModel

from dobby.vision.pictures import PictureError, Pictures
from memory import backups
from memory.errors import StoreError
from memory.store import Store

log = logging.getLogger(__name__)

EVERY = timedelta(days=1)
KEPT = 7  # days
LOOK_S = 60.0
LOG_S = 600.0
TIDY_S = 3600.0
LAST = "backed up"  # the note that holds when the last one was made, and of what


class _Made(BaseModel):
    at: AwareDatetime
    mark: str


async def back_up(store: Store, home: Path, kept: int = KEPT) -> None:
    """Keep a backup a day, and one after each pairing; for ever. One that fails is tried again."""
    while True:
        try:
            await back_up_if_due(store, home, datetime.now(UTC), kept)
        except (StoreError, OSError) as error:
            log.warning("no backup could be made: %s", error)
        await asyncio.sleep(LOOK_S)


async def back_up_if_due(store: Store, home: Path, now: datetime, kept: int = KEPT) -> bool:
    """Whether one was due, and made: not of an empty house. Raises StoreError, OSError."""
    mark = await store.precious()
    last = await store.noted(LAST, _Made.model_validate_json, None)
    # A clock that was put back, or right again, holds up nothing.
    if not mark or (last and last.mark == mark and abs(now - last.at) < EVERY):
        return False
    made = await asyncio.to_thread(backups.make, home, now)
    await store.set_note(LAST, _Made(at=now, mark=mark).model_dump_json())
    await asyncio.to_thread(backups.prune, home, kept)
    log.info("backed up to %s", made)
    return True


async def tidy_log(store: Store) -> None:
    """Keep nothing in the database's log that is not in the database any more; for ever."""
    while True:
        await asyncio.sleep(LOG_S)
        await store.tidy_log()


async def tidy(pictures: Pictures) -> None:
    """Let go of pictures that are too old or too many; for ever. What fails is tried again."""
    while True:
        try:
            if gone := await pictures.tidy(datetime.now(UTC)):
                log.info("let go of %d pictures", gone)
        except (PictureError, StoreError) as error:
            log.warning("old pictures could not be removed: %s", error)
        await asyncio.sleep(TIDY_S)
