"""Messages whose webhook never came through are looked for, now and then.

A failed SMS webhook is not delivered again. The first look of all sets the mark only: what was
written before Dobby was there is not for it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

from dobby.channels.twilio import TwilioChannel
from dobby.delivery.types import ChannelError, Message
from memory.errors import StoreError
from memory.store import Store

log = logging.getLogger(__name__)

CATCH_UP_S = 300.0
CAUGHT_UP = "twilio.caught_up"  # the note that says until when nothing was missed
OVERLAP = timedelta(minutes=10)

Receive = Callable[[Message], Awaitable[bool]]


async def catch_up(channels: Sequence[TwilioChannel], store: Store, receive: Receive) -> None:
    """For ever; for ``keep``."""
    while True:
        began = datetime.now(UTC)
        mark = await store.noted(CAUGHT_UP, _read_mark, None)
        # A mark of a wrong clock's future would hide what comes until then.
        if mark is None or await fetch_missed(channels, min(mark, began) - OVERLAP, receive):
            await store.set_note(CAUGHT_UP, began.isoformat())
        await asyncio.sleep(CATCH_UP_S)


async def fetch_missed(
    channels: Sequence[TwilioChannel], since: datetime, receive: Receive
) -> bool:
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


def _read_mark(note: str) -> datetime:
    """Raises ValueError."""
    mark = datetime.fromisoformat(note)
    if mark.tzinfo is None:
        raise ValueError("a time without a zone")
    return mark
