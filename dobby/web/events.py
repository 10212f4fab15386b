"""The live stream (server-sent events, WHATWG HTML section 9.2): the chat, and the house moving.

It begins with ``hello``, everything as it stands, taken after the listening began: a page that
connects again has missed nothing, and ids tell it what it has already. Then ``line``, ``draft``,
``lines`` (the history anew), ``house``, ``devices``, ``incident`` and ``beat``.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import AsyncExitStack
from typing import Any, Generic, TypeVar

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse

from dobby.channels.local import CLOSED, LOST, Event
from dobby.vision.records import Incident
from dobby.web.api import HISTORY
from dobby.web.guard import PageAccess, WeakToken
from dobby.web.moves import Moves, event
from dobby.web.parts import WebParts

BEAT_S = 25.0  # so that a page notices a dead connection
CHECK_S = 1.0  # how soon streams end whose session was shut

T = TypeVar("T")


def router(parts: WebParts) -> APIRouter:
    routes = APIRouter(prefix="/api", dependencies=[Depends(parts.access.let_in)])
    sessions, moves = _Sessions(parts.access), Moves(parts.house, parts.fahrenheit)

    @routes.get("/events")
    async def events(request: Request) -> StreamingResponse:
        stream = _stream(parts, sessions, moves)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)

    return routes


async def _stream(parts: WebParts, sessions: _Sessions, house: Moves) -> AsyncGenerator[str]:
    """It wakes when there is something to tell: hundreds of pages cost nothing meanwhile."""
    async with AsyncExitStack() as stack:
        shut = stack.enter_context(sessions.shut())
        chat = _Tap(await stack.enter_async_context(parts.channel.listening()))
        moves = _Tap(await stack.enter_async_context(house.listening()))
        seen = _Tap(await stack.enter_async_context(parts.sightings.news()))
        for tap in (chat, moves, seen):
            stack.callback(tap.close)
        yield await _hello(parts, house)
        told = time.monotonic()
        while True:
            taps: set[asyncio.Task[Any]] = {chat.next, moves.next, seen.next, shut}
            wait_s = max(0.0, told + BEAT_S - time.monotonic())
            await asyncio.wait(taps, timeout=wait_s, return_when=asyncio.FIRST_COMPLETED)
            said = chat.take()
            if CLOSED in said or shut.done():
                return
            news = [*await _said(said, parts), *moves.take(), *await _happened(seen.take(), parts)]
            if not news and time.monotonic() - told >= BEAT_S:
                news = [event("beat", {})]
            if news:
                told = time.monotonic()
                yield "".join(news)


async def _hello(parts: WebParts, house: Moves) -> str:
    drafted = parts.channel.drafted  # before the history: its line replaces it, never the reverse
    lines = list(await parts.history(HISTORY))
    return event("hello", {"lines": lines, "draft": drafted, "house": house.whole()})


async def _said(events: Sequence[Event], parts: WebParts) -> list[str]:
    if LOST in events:
        return [event("lines", {"lines": list(await parts.history(HISTORY))})]
    news: list[str] = []
    draft = ""
    for said in events:
        if said["type"] == "draft":
            draft += said["text"]
            continue
        if draft:
            news.append(event("draft", {"text": draft}))
            draft = ""
        news.append(event("line", said))
    return [*news, event("draft", {"text": draft})] if draft else news


async def _happened(incidents: Sequence[Incident], parts: WebParts) -> list[str]:
    """Each incident as it is now, once."""
    latest = {incident.id: incident for incident in incidents}
    return [event("incident", await parts.sightings.incident(one)) for one in latest.values()]


class _Sessions:
    """One look a second at the token, for all streams of a session."""

    def __init__(self, access: PageAccess) -> None:
        self._access = access
        self._streams: Counter[str] = Counter()
        self._shut: dict[str, asyncio.Task[None]] = {}

    @contextlib.contextmanager
    def shut(self) -> Generator[asyncio.Task[None]]:
        """A task that is done when the session of now is shut."""
        session = self._access.session()
        if session not in self._shut:
            self._shut[session] = asyncio.create_task(self._until_shut(session))
        self._streams[session] += 1
        try:
            yield self._shut[session]
        finally:
            self._streams[session] -= 1
            if not self._streams[session]:
                del self._streams[session]
                self._shut.pop(session).cancel()

    async def _until_shut(self, session: str) -> None:
        with contextlib.suppress(WeakToken):  # it opens nothing either
            while self._access.session() == session:  # noqa: ASYNC110 - a file has no event
                await asyncio.sleep(CHECK_S)


class _Tap(Generic[T]):
    """A queue that can be waited for beside others, and loses nothing meanwhile."""

    def __init__(self, queue: asyncio.Queue[T]) -> None:
        self._queue = queue
        self.next = asyncio.create_task(queue.get())

    def take(self) -> list[T]:
        """Everything that is there now."""
        if not self.next.done():
            return []
        taken = [self.next.result()]
        while not self._queue.empty():
            taken.append(self._queue.get_nowait())
        self.next = asyncio.create_task(self._queue.get())
        return taken

    def close(self) -> None:
        self.next.cancel()
