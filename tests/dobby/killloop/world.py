"""Lamps and speakers that live on while the daemon is killed, and remember what was done."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

DEAD = "Porch"  # its lamp takes what it is told, and never answers
ROOMS = ("Oak", "Elm", "Fir", "Ash", "Yew", "Bay", "Fig", "Box")
SLOWEST_S = 0.05


@dataclass
class World:
    """One lamp and one speaker a room, behind HTTP, and a door. ``changes`` are effects, not
    requests. What is ``slow`` is done at once, and answered so many seconds later."""

    levels: dict[str, float] = field(default_factory=lambda: dict.fromkeys(ROOMS, 0.0))
    tracks: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ROOMS, 0))
    changes: dict[str, list[float]] = field(default_factory=lambda: {room: [] for room in ROOMS})
    locked: bool = True
    unlocked: int = 0  # times
    requests: int = 0
    slow: float = 0.0
    opened: asyncio.Event = field(default_factory=asyncio.Event)
    base: str = ""

    @contextlib.asynccontextmanager
    async def serve(self) -> AsyncGenerator[World]:
        app = web.Application()
        app.router.add_get("/Door", self._door)
        app.router.add_post("/Door", self._turn_key)
        app.router.add_route("*", f"/{DEAD}", self._never)
        app.router.add_get("/{room}", self._read)
        app.router.add_post("/{room}", self._set)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _read(self, request: web.Request) -> web.Response:
        return web.json_response(self._state(request.match_info["room"]))

    async def _set(self, request: web.Request) -> web.Response:
        room, told = request.match_info["room"], await request.json()
        await asyncio.sleep(random.uniform(0, SLOWEST_S))
        self.requests += 1
        if told == {"skip": "next"}:
            self.tracks[room] += 1
        elif self.levels[room] != told["level"]:
            self.levels[room] = told["level"]
            self.changes[room].append(told["level"])
        await asyncio.sleep(random.uniform(0, SLOWEST_S))
        return web.json_response(self._state(room))

    async def _door(self, request: web.Request) -> web.Response:
        return web.json_response({"locked": self.locked})

    async def _turn_key(self, request: web.Request) -> web.Response:
        self.locked = (await request.json())["locked"]
        self.unlocked += not self.locked
        self.opened.set()
        await asyncio.sleep(self.slow)
        return web.json_response({"locked": self.locked})

    async def _never(self, request: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    def _state(self, room: str) -> dict[str, Any]:
        return {"level": self.levels[room], "track": self.tracks[room]}
