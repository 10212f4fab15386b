"""A daemon, as its eyes see it: the real door on a real socket, before a desk of the test's."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import TypeVar

import uvicorn
from fastapi import FastAPI

from dobby.vision.reports import CameraPlan, Plan, Report, Reports
from dobby.web import eyes_api as eyes
from dobby.web.shield import Shield

SOON_S = 60.0
R = TypeVar("R", bound=Report)


class Desk:
    """Makes the plan, and keeps what is told; what is told twice counts once."""

    def __init__(self) -> None:
        self.plan = Plan(version="0")
        self.closed = False
        self.batches: list[Reports] = []
        self.asked = 0
        self._changed = asyncio.Event()
        self._news = asyncio.Event()

    def watch(self, *cameras: CameraPlan) -> None:
        self.plan = Plan(version=str(int(self.plan.version) + 1), cameras=cameras)
        self.answer()

    def answer(self) -> None:
        """Whoever waits for another plan."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def plan_after(self, known: str, wait_s: float) -> Plan:
        self.asked += 1
        self._news.set()
        if known == self.plan.version:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    await self._changed.wait()
        return self.plan

    async def take(self, reports: Reports) -> None:
        self.batches.append(reports)
        self._news.set()

    def told(self, kind: type[R], camera: str = "") -> list[R]:
        batches = {(batch.run, batch.number): batch for batch in self.batches}
        return [
            report
            for batch in batches.values()
            for report in batch.reports
            if isinstance(report, kind) and camera in ("", report.camera)
        ]

    async def until(self, true: Callable[[], object]) -> None:
        async with asyncio.timeout(SOON_S):
            while not true():
                self._news.clear()
                await self._news.wait()


class Door:
    def __init__(self, desk: Desk, home: Path) -> None:
        self.desk = desk
        key = eyes.key(home)
        self.token = key.token()
        self._app = FastAPI()
        self._app.add_middleware(Shield)
        self._app.include_router(eyes.router(desk, key))
        self._port = 0
        self._server: uvicorn.Server | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def open(self) -> None:
        """At the same address as before."""
        config = uvicorn.Config(
            self._app, port=self._port, log_config=None, timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._server.install_signal_handlers = lambda: None  # type: ignore[method-assign]
        self._serving = asyncio.create_task(self._server.serve())
        while not self._server.started:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        self._port = self._server.servers[0].sockets[0].getsockname()[1]

    async def shut(self) -> None:
        if self._server is not None:
            self._server.should_exit = True
            self.desk.answer()
            await self._serving


@contextlib.asynccontextmanager
async def door(home: Path) -> AsyncGenerator[Door]:
    opened = Door(Desk(), home)
    await opened.open()
    try:
        yield opened
    finally:
        await opened.shut()
