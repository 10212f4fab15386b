"""The live stream (server-sent events, WHATWG HTML section 9.2): the chat, and the house moving.

It begins with ``hello``, everything as it stands, taken after the listening began: a page that
connects again has missed nothing, and ids tell it what it has already. Then ``line``, ``draft``,
``lines`` (the history anew), ``house``, ``devices``, ``incident`` and ``beat``.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import time
from collections import Counter
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import AsyncExitStack
from typing import Any, Generic, TypeVar

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse

from devices.house import House, HouseEvent
from dobby.channels.local import CLOSED, LOST, Event
from dobby.vision.records import Incident
from dobby.web.api import HISTORY
from dobby.web.guard import Door, WeakToken
from dobby.web.parts import WebParts
from dobby.web.view import device_view, house_view

BEAT_S = 25.0  # so that a page notices a dead connection
CHECK_S = 1.0  # how soon streams end whose session was shut
BLINK_S = 0.05  # what changes within it is told at once
WHOLE_S = 0.5  # the whole house at most this often

T = TypeVar("T")


def router(parts: WebParts) -> APIRouter:
    routes = APIRouter(prefix="/api", dependencies=[Depends(parts.door.let_in)])
    sessions = _Sessions(parts.door)

    @routes.get("/events")
    async def events(request: Request) -> StreamingResponse:
        stream = _stream(parts, sessions)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)

    return routes


async def _stream(parts: WebParts, sessions: _Sessions) -> AsyncGenerator[str]:
    """It wakes when there is something to tell: hundreds of pages cost nothing meanwhile."""
    async with AsyncExitStack() as stack:
        shut = stack.enter_context(sessions.shut())
        chat = _Tap(await stack.enter_async_context(parts.channel.listening()))
        moves = _Tap(await stack.enter_async_context(parts.house.events()))
        seen = _Tap(await stack.enter_async_context(parts.sightings.news()))
        for tap in (chat, moves, seen):
            stack.callback(tap.close)
        house = _HouseNews(parts.house, parts.fahrenheit)
        yield await _hello(parts, house)
        told = time.monotonic()
        while True:
            wait_s = max(0.0, min(told + BEAT_S - time.monotonic(), house.due_s()))
            # While something of the house waits to be told, more of it need not wake anyone.
            taps: set[asyncio.Task[Any]] = {chat.next, seen.next, shut}
            taps |= {moves.next} if math.isinf(house.due_s()) else set()
            await asyncio.wait(taps, timeout=wait_s, return_when=asyncio.FIRST_COMPLETED)
            said = chat.take()
            if CLOSED in said or shut.done():
                return
            house.take(moves.take())
            news = [*await _said(said, parts), *house.news(), *await _happened(seen.take(), parts)]
            if not news and time.monotonic() - told >= BEAT_S:
                news = [_event("beat", {})]
            if news:
                told = time.monotonic()
                yield "".join(news)


async def _hello(parts: WebParts, house: _HouseNews) -> str:
    drafted = parts.channel.drafted  # before the history: its line replaces it, never the reverse
    lines = list(await parts.history(HISTORY))
    return _event("hello", {"lines": lines, "draft": drafted, "house": house.whole()})


async def _said(events: Sequence[Event], parts: WebParts) -> list[str]:
    if LOST in events:
        return [_event("lines", {"lines": list(await parts.history(HISTORY))})]
    news: list[str] = []
    draft = ""
    for event in events:
        if event["type"] == "draft":
            draft += event["text"]
            continue
        if draft:
            news.append(_event("draft", {"text": draft}))
            draft = ""
        news.append(_event("line", event))
    return [*news, _event("draft", {"text": draft})] if draft else news


async def _happened(incidents: Sequence[Incident], parts: WebParts) -> list[str]:
    """Each incident as it is now, once."""
    latest = {incident.id: incident for incident in incidents}
    return [_event("incident", await parts.sightings.incident(one)) for one in latest.values()]


class _Sessions:
    """One look a second at the token, for all streams of a session."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._streams: Counter[str] = Counter()
        self._shut: dict[str, asyncio.Task[None]] = {}

    @contextlib.contextmanager
    def shut(self) -> Generator[asyncio.Task[None]]:
        """A task that is done when the session of now is shut."""
        session = self._door.session()
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
            while self._door.session() == session:  # noqa: ASYNC110 - a file has no event
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


class _HouseNews:
    """What of the house one page has not been told yet: some devices, or all of it."""

    def __init__(self, house: House, fahrenheit: bool) -> None:
        self._house = house
        self._fahrenheit = fahrenheit
        self._changed: set[str] = set()
        self._shown: dict[str, str | None] = {}  # device -> the room it is shown in
        self._all = False
        self._since: float | None = None  # when the first thing changed that is not told
        self._told_all = 0.0

    def due_s(self) -> float:
        """Seconds until there is something to tell; infinite if nothing changed."""
        if self._since is None:
            return math.inf
        due = self._since + BLINK_S
        if self._all:
            due = max(due, self._told_all + WHOLE_S)
        return max(0.0, due - time.monotonic())

    def take(self, events: Sequence[HouseEvent]) -> None:
        for event in events:
            device = self._house.devices.get(event.device)
            known = device is not None and self._shown.get(device.id, "") == device.room
            if known and event.what in ("changed", "away", "found"):
                self._changed.add(event.device)
            elif event.what != "changed":
                self._all = True
        if self._since is None and (self._changed or self._all):
            self._since = time.monotonic()

    def news(self) -> list[str]:
        if self.due_s() > 0:
            return []
        self._since = None
        if self._all:
            return [_event("house", self.whole())]
        views = [
            device_view(self._house, device, self._fahrenheit)
            for device in self._changed
            if device in self._house.devices
        ]
        self._changed.clear()
        return [_event("devices", {"devices": views})] if views else []

    def whole(self) -> dict[str, Any]:
        self._changed.clear()
        self._all = False
        self._since = None
        self._told_all = time.monotonic()
        self._shown = {device.id: device.room for device in self._house.devices.values()}
        return house_view(self._house, self._fahrenheit)


def _event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
