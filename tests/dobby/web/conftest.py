"""The page of a whole daemon behind a real socket; its house hears nothing but the test."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from fastapi import FastAPI

from devices.device import Device
from devices.driver import Found
from dobby.daemon.app import Daemon, opened
from dobby.settings import Settings
from dobby.web.app import create_app
from dobby.web.serving import Server

SOON_S = 5.0


@dataclass
class Page:
    url: str
    daemon: Daemon
    app: FastAPI
    token: str
    session: aiohttp.ClientSession
    home: Path
    bearer: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.bearer = {"Authorization": f"Bearer {self.token}"}

    async def post(self, path: str, body: Any) -> aiohttp.ClientResponse:
        answer = await self.session.post(f"{self.url}{path}", json=body, headers=self.bearer)
        await answer.read()
        return answer

    async def history(self) -> list[dict[str, Any]]:
        async with self.session.get(f"{self.url}/api/history", headers=self.bearer) as answer:
            return (await answer.json())["lines"]

    def settle(self, *devices: Device) -> None:
        self.daemon.house.publish(Found(devices))

    @contextlib.asynccontextmanager
    async def stream(self) -> AsyncGenerator[Stream]:
        get = self.session.get(f"{self.url}/api/events", headers=self.bearer)
        async with get as answer:
            assert answer.status == 200
            yield Stream(answer)


class Stream:
    """Server-sent events, as a browser reads them."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._events = self._read(answer)

    async def _read(self, answer: aiohttp.ClientResponse) -> AsyncIterator[tuple[str, Any]]:
        name = ""
        while line := await answer.content.readline():
            text = line.decode().rstrip("\n")
            if text.startswith("event: "):
                name = text.removeprefix("event: ")
            elif text.startswith("data: "):
                yield name, json.loads(text.removeprefix("data: "))

    async def next(self, *names: str) -> Any:
        """The next event of one of these names."""
        async with asyncio.timeout(SOON_S):
            async for name, data in self._events:
                if name in names:
                    return data
        raise EOFError

    async def line(self, who: str) -> dict[str, Any]:
        while True:
            line = await self.next("line")
            if line["who"] == who:
                return line

    async def ended(self, within_s: float = SOON_S) -> bool:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                async for _ in self._events:
                    pass
                return True
        return False


@contextlib.asynccontextmanager
async def served(app: FastAPI, port: int = 0) -> AsyncGenerator[str]:
    """The app behind a real socket, as the daemon serves it; its address."""
    server = Server(app, port)
    task = asyncio.create_task(server.serve())
    async with asyncio.timeout(SOON_S):
        while not server.started:  # noqa: ASYNC110 - it has no event to await
            await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.end()
        await task


@contextlib.asynccontextmanager
async def running(home: Path, port: int = 0, **settings: Any) -> AsyncGenerator[Page]:
    own = {"interfaces": ["127.0.0.1"], "demo_control": "http://nobody@127.0.0.1:9"}
    chosen = Settings(home=home, **(own | settings))
    async with opened(chosen, admit=lambda heard: False) as daemon:
        app = create_app(daemon.web)
        tasks = [asyncio.ensure_future(work()) for _, work in daemon.work]
        try:
            # No jar: a test shows the cookies that it means to show.
            async with (
                served(app, port) as url,
                aiohttp.ClientSession(
                    cookie_jar=aiohttp.DummyCookieJar(), read_bufsize=2**22
                ) as session,
            ):
                try:
                    yield Page(url, daemon, app, daemon.access.token(), session, home)
                finally:
                    daemon.web.channel.close()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    async with running(tmp_path / "home") as page:
        yield page
