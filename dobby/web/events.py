"""The live stream (server-sent events, WHATWG HTML section 9.2): the chat, and the house moving."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse

from devices.house import House, HouseEvent
from dobby.web.parts import WebParts
from dobby.web.view import device_view, house_view

BEAT_S = 20.0  # a comment line, so that a dead connection is noticed


def router(parts: WebParts) -> APIRouter:
    routes = APIRouter(prefix="/api", dependencies=[Depends(parts.door.let_in)])

    @routes.get("/events")
    async def events(request: Request) -> StreamingResponse:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(_stream(parts), media_type="text/event-stream", headers=headers)

    return routes


async def _stream(parts: WebParts) -> AsyncGenerator[str]:
    async with AsyncExitStack() as stack:
        chat = await stack.enter_async_context(parts.channel.listening())
        house = await stack.enter_async_context(parts.house.events())
        yield _event("house", house_view(parts.house, parts.fahrenheit))
        waiting: dict[str, asyncio.Task[Any]] = {}
        stack.callback(lambda: [task.cancel() for task in waiting.values()])
        while True:
            waiting.setdefault("chat", asyncio.create_task(chat.get()))
            waiting.setdefault("house", asyncio.create_task(house.get()))
            done, _ = await asyncio.wait(
                waiting.values(), timeout=BEAT_S, return_when=asyncio.FIRST_COMPLETED
            )
            if not done:
                yield ": beat\n\n"
            for name in [n for n, task in waiting.items() if task in done]:
                value = waiting.pop(name).result()
                yield _event("chat", value) if name == "chat" else _house_event(value, parts)


def _house_event(event: HouseEvent, parts: WebParts) -> str:
    house: House = parts.house
    if event.what in ("changed", "away") and event.device in house.devices:
        return _event("device", device_view(house, event.device, parts.fahrenheit))
    return _event("house", house_view(house, parts.fahrenheit))


def _event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
