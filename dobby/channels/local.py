"""Talking without a carrier: the web page and the command line. Sending is handing to listeners."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from typing import Any

from dobby.events import ChannelLimits, Outgoing

MAX_WAITING = 500


class LocalChannel:
    """A channel whose far side is connected to this process; who is away reads the history."""

    limits = ChannelLimits(characters=20_000, media=True)

    def __init__(self, name: str) -> None:
        self.name = name
        self._listeners: set[asyncio.Queue[dict[str, Any]]] = set()

    async def send(self, out: Outgoing) -> str:
        self.tell({"type": "message", "who": "dobby", "text": out.text, "media": out.media})
        return out.key

    def draft(self, address: str, text: str) -> None:
        """A piece of a reply that is still being made; the whole comes as a message."""
        self.tell({"type": "draft", "text": text})

    def tell(self, event: dict[str, Any]) -> None:
        for queue in self._listeners:
            with contextlib.suppress(asyncio.QueueFull):  # a page asleep: it reloads the history
                queue.put_nowait(event)

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncGenerator[asyncio.Queue[dict[str, Any]]]:
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue(MAX_WAITING)
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)
