"""The eyes' door: who may fetch addresses of cameras, and tell what was seen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from fastapi import FastAPI

from dobby.vision.reports import CameraPlan, Plan, Reports, Sight
from dobby.web import eyes_api as eyes
from dobby.web.guard import WRONG_ALLOWED
from dobby.web.shield import MAX_REPORTS, Shield
from tests.dobby.web.conftest import served

SECRET = "rtsp://admin:hunter2@192.168.1.9/live"


@dataclass
class Desk:
    """Plans and takes, as the watch does."""

    current: Plan = field(default_factory=lambda: Plan(version="1"))
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    taken: list[Reports] = field(default_factory=list)

    async def plan_after(self, known: str, wait_s: float) -> Plan:
        if known == self.current.version:
            async with asyncio.timeout(wait_s):
                await self.changed.wait()
        return self.current

    async def take(self, reports: Reports) -> None:
        self.taken.append(reports)


@dataclass
class Door:
    url: str
    desk: Desk
    token: str
    session: aiohttp.ClientSession

    async def get(self, path: str, token: str) -> tuple[int, str]:
        headers = {"Authorization": f"Bearer {token}"}
        async with self.session.get(f"{self.url}{path}", headers=headers) as answer:
            return answer.status, await answer.text()

    async def post(self, body: Any, token: str | None = None) -> int:
        headers = {"Authorization": f"Bearer {self.token if token is None else token}"}
        path = f"{self.url}/eyes/reports"
        async with self.session.post(path, data=body, headers=headers) as answer:
            return answer.status


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    desk, key = Desk(), eyes.key(tmp_path)
    app = FastAPI()
    app.add_middleware(Shield)
    app.include_router(eyes.router(desk, key))
    async with served(app) as url, aiohttp.ClientSession() as session:
        yield Door(url, desk, key.token(), session)


def reports() -> Reports:
    now = datetime.now(UTC)
    seeing = Sight(camera="onvif:1", at=now, state="seeing")
    return Reports(run="a", number=1, sent=now, reports=(seeing,))


async def test_only_the_token_opens_it(door: Door, tmp_path: Path) -> None:
    assert (tmp_path / "eyes.token").stat().st_mode & 0o777 == 0o600
    assert (await door.get("/eyes/plan", ""))[0] == 401
    assert (await door.get("/eyes/plan", "guess"))[0] == 401
    assert await door.post(reports().model_dump_json(), "guess") == 401
    assert door.desk.taken == []
    assert (await door.get("/eyes/plan", door.token))[0] == 200


async def test_guessing_is_slowed_down(door: Door) -> None:
    for _ in range(WRONG_ALLOWED):
        await door.get("/eyes/plan", "guess")
    assert (await door.get("/eyes/plan", "guess"))[0] == 429


async def test_a_changed_plan_is_told_at_once(door: Door) -> None:
    asking = asyncio.create_task(door.get("/eyes/plan?known=1", door.token))
    await asyncio.sleep(0.05)
    assert not asking.done()
    watched = CameraPlan(camera="onvif:1", name="front door", stream=SECRET)
    door.desk.current = Plan(version="2", cameras=(watched,))
    door.desk.changed.set()
    status, body = await asking
    assert status == 200
    assert Plan.model_validate_json(body) == door.desk.current


async def test_reports_are_taken(door: Door) -> None:
    told = reports()
    assert await door.post(told.model_dump_json()) == 204
    assert door.desk.taken == [told]


@pytest.mark.parametrize("body", ["", "{", '{"run": 1}', '{"run":"a","number":1,"reports":[{}]}'])
async def test_what_is_no_report_is_refused(door: Door, body: str) -> None:
    assert await door.post(body) == 422
    assert door.desk.taken == []


async def test_nobody_fills_the_memory(door: Door) -> None:
    assert await door.post(b"x" * (MAX_REPORTS + 1)) == 413

    async def drip() -> AsyncIterator[bytes]:
        for _ in range(MAX_REPORTS // 2**16 + 2):
            yield b"x" * 2**16

    assert await door.post(drip()) == 413, "no length"
    assert await door.post(b"x" * 2**20, "guess") == 401, "not read"
