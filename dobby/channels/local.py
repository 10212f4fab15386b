"""Talking without a carrier: the web page and the command line. Sending is handing to listeners."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime
from typing import Any

from dobby.delivery.types import ChannelLimits, Link, Outgoing

PAGE = "page"  # the address of whoever is logged in at the page or the command line
MAX_WAITING = 500
SHOWN_S = 12 * 3600.0  # how long a picture of a line can be looked at, until the page asks anew

Event = dict[str, Any]
LOST: Event = {"type": "lost"}  # events were dropped: look at the history anew
CLOSED: Event = {"type": "closed"}


class LocalChannel:
    """A channel whose far side is connected to this process; who is away reads the history.

    Listeners hear ``line`` (``id``, ``who``, ``text``, ``at``, ``pictures``; ``changed`` where a
    line of before says something else from now on), ``draft`` (a piece of the reply that is being
    made; the line replaces it), ``lost`` and ``closed``.
    """

    limits = ChannelLimits(characters=20_000, media=True)

    def __init__(self, name: str, link: Link) -> None:
        self.name = name
        self._link = link
        self.drafted = ""  # of the reply that is being made, for whoever begins to listen now
        self._listeners: set[asyncio.Queue[Event]] = set()

    async def send(self, out: Outgoing) -> str:
        self.drafted = ""
        self.line(out.key, "dobby", out.text, out.media)
        return out.key

    async def edit(self, out: Outgoing) -> None:
        self._tell({**self._line(out.key, "dobby", out.text, out.media), "changed": True})

    def pictures(self, media: Sequence[str]) -> list[str]:
        """Addresses of the pictures among a line's media."""
        links = (self._link(one, SHOWN_S) for one in media)
        return [link for link in links if link and link.startswith("/")]

    def draft(self, address: str, text: str) -> None:
        """A piece of a reply that is still being made; the whole comes as a line."""
        self.drafted += text
        self._tell({"type": "draft", "text": text})

    def line(self, key: str, who: str, text: str, media: Sequence[str] = ()) -> None:
        """A line of the chat; ``key`` is the one that the history has for it."""
        self._tell(self._line(key, who, text, media))

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

    def _line(self, key: str, who: str, text: str, media: Sequence[str]) -> Event:
        at, pictures = datetime.now(UTC).isoformat(), self.pictures(media)
        line = {"type": "line", "id": key, "who": who, "text": text, "at": at}
        return {**line, "pictures": pictures}

    def _tell(self, event: Event) -> None:
        for queue in self._listeners:
            if queue.full():  # a page asleep: it is not waited for
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait(LOST)
            queue.put_nowait(event)
