"""Talking without a carrier: the web page and the command line. Sending is handing to listeners."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Any

from dobby.events import ChannelLimits, Outgoing

MAX_WAITING = 500

Event = dict[str, Any]
LOST: Event = {"type": "lost"}  # events were dropped: look at the history anew
CLOSED: Event = {"type": "closed"}


class LocalChannel:
    """A channel whose far side is connected to this process; who is away reads the history.

    Listeners hear ``line`` (``id``, ``who``, ``text``, ``at``), ``draft`` (a piece of the reply
    that is being made; the line replaces it), ``lost`` and ``closed``.
    """

    limits = ChannelLimits(characters=20_000, media=True)

    def __init__(self, name: str) -> None:
        self.name = name
        self.drafted = ""  # of the reply that is being made, for whoever begins to listen now
        self._listeners: set[asyncio.Queue[Event]] = set()

    async def send(self, out: Outgoing) -> str:
        self.drafted = ""
        self.line(out.key, "dobby", out.text)
        return out.key

    def draft(self, address: str, text: str) -> None:
        """A piece of a reply that is still being made; the whole comes as a line."""
        self.drafted += text
        self._tell({"type": "draft", "text": text})

    def line(self, key: str, who: str, text: str) -> None:
        """A line of the chat; ``key`` is the one that the history has for it."""
        at = datetime.now(UTC).isoformat()
        self._tell({"type": "line", "id": key, "who": who, "text": text, "at": at})

    def close(self) -> None:
        """Tell every listener that there is nothing more to come."""
        self._tell(CLOSED)

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncGenerator[asyncio.Queue[Event]]:
        queue: asyncio.Queue[Event] = asyncio.Queue(MAX_WAITING)
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def _tell(self, event: Event) -> None:
        for queue in self._listeners:
            if queue.full():  # a page asleep: it is not waited for
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait(LOST)
            queue.put_nowait(event)
