"""``/health`` says so when somebody would not be heard, answered or told."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from dobby import supervise
from dobby.daemon.server import VITAL
from dobby.delivery.types import Message
from dobby.supervise import Vitals, keep
from memory import sqlite
from tests.dobby.web.conftest import running

SOON_S = 30.0


async def until(url: str, status: int, ailing: list[str] | None = None) -> None:
    async with asyncio.timeout(SOON_S), aiohttp.ClientSession() as session:
        while True:
            async with session.get(f"{url}/health") as answer:
                told = await answer.json()
                if answer.status == status and (ailing is None or told["ailing"] == ailing):
                    assert told["well"] == (status == 200)
                    return
            await asyncio.sleep(0.05)


async def test_a_memory_that_takes_nothing_fails_it_and_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = ("PRAGMA busy_timeout=50", *sqlite._WRITER[1:])  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(sqlite, "_WRITER", quick)
    async with running(tmp_path / "home") as page:
        await until(page.url, 200, [])
        message = Message("one", "web", "page", "help", datetime.now(UTC))
        other = sqlite3.connect(tmp_path / "home" / "dobby.db", isolation_level=None)
        await page.daemon.web.receive(message)
        other.execute("BEGIN IMMEDIATE")  # before its turn has ended
        await until(page.url, 503)
        other.execute("ROLLBACK")
        await until(page.url, 200, [])
        assert await page.daemon.web.answers("one")
        other.close()


async def test_a_full_disk_fails_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(tmp_path / "home") as page:
        (tmp_path / "home" / "dobby.db.reserve").unlink()
        monkeypatch.setattr("shutil.disk_usage", lambda _: type("Full", (), {"free": 0}))
        await until(page.url, 503, ["memory"])


@pytest.mark.parametrize("name", VITAL)
async def test_work_that_fails_is_told_until_it_runs_again(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervise, "FIRST_PAUSE_S", 0.05)
    monkeypatch.setattr(supervise, "STEADY_S", 0.05)
    vitals, fails = Vitals(), asyncio.Event()
    fails.set()

    async def work() -> None:
        if fails.is_set():
            raise RuntimeError("a bug")
        await asyncio.Event().wait()

    task = asyncio.create_task(keep(name, work, vitals))
    async with asyncio.timeout(SOON_S):
        while vitals.ailing != [name]:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        fails.clear()
        while vitals.ailing:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    task.cancel()
