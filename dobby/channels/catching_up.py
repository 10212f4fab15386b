"""Messages whose webhook never came through are looked for, now and then.

A failed SMS webhook is not delivered again. The first look of all sets the mark only: what was
written before Dobby was there is not for it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from dobby.channels.carrier import Receive
from dobby.delivery.types import ChannelError, Message
from memory.errors import StoreError
from memory.store import Store

log = logging.getLogger(__name__)

CATCH_UP_S = 300.0
OVERLAP = timedelta(minutes=10)


class Lists(Protocol):
    """A channel that can be asked what was written to it."""

    async def received_since(self, since: datetime) -> tuple[list[Message], bool]:
        """Oldest first, and whether that is all. Raises ChannelError."""
        ...


async def catch_up(channels: Sequence[Lists], store: Store, receive: Receive, note: str) -> None:
    """For ever; for ``keep``. ``note`` is where it is kept until when nothing was missed."""
    while True:
        began = datetime.now(UTC)
        mark = await store.noted(note, _read_mark, None)
        # A mark of a wrong clock's future would hide what comes until then.
        if mark is None or await fetch_missed(channels, min(mark, began) - OVERLAP, receive):
            await store.set_note(note, began.isoformat())
        await asyncio.sleep(CATCH_UP_S)


async def fetch_missed(channels: Sequence[Lists], since: datetime, receive: Receive) -> bool:
    """Whether all there was could be had; what could not is looked for again. One message that
    cannot be taken stops none of the others. Raises StoreError."""
    whole = True
    for channel in channels:
        try:
            messages, complete = await channel.received_since(since)
        except ChannelError as error:
            log.info("could not look for missed messages: %s", error)
            messages, complete = [], False
        whole = whole and complete
        for message in messages:
            if await _taken(message, receive):
                log.info("a message whose webhook was missed is taken up")
    return whole


async def _taken(message: Message, receive: Receive) -> bool:
    """Raises StoreError."""
    try:
        return await receive(message)
    except StoreError:
        raise
    except Exception:  # what a carrier lists may be anything: the next one is as good as before
        log.exception("a missed message could not be taken up")
        return False


def _read_mark(kept: str) -> datetime:
    """Raises ValueError."""
    mark = datetime.fromisoformat(kept)
    if mark.tzinfo is None:
        raise ValueError("a time without a zone")
    return mark
