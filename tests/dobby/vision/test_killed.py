"""Killed at any moment (SIGKILL), the watch loses no incident and tells each of them once."""

from __future__ import annotations

import asyncio
import random
import sys
from pathlib import Path

import pytest

from tests.dobby.vision.conftest import opened_world
from tests.dobby.vision.killed import PEOPLE, story

KILLS = 8


async def run(home: Path, first: int, kill_after: int | None, pause_s: float) -> int:
    """One life of the watch; the first report that it gave no receipt for."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.dobby.vision.killed", str(home), str(first),
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    following = first
    async for line in process.stdout:
        said = line.decode().strip()
        following = int(said) + 1 if said.isdigit() else following
        if kill_after is not None and following - first >= kill_after:
            await asyncio.sleep(pause_s)
            process.kill()
            kill_after = None
    await process.wait()
    return following


@pytest.mark.timeout(240)
async def test_killed_at_any_moment_each_is_told_once(tmp_path: Path) -> None:
    dice = random.Random(58)
    following, count = 0, len(story())
    for _ in range(KILLS):
        steps = dice.randint(1, count // KILLS)
        following = await run(tmp_path, following, steps, dice.random() * 0.03)
    if following < count:
        await run(tmp_path, following, None, 0)
    async with opened_world(tmp_path) as world:
        kept = await world.kept()
        said = [row.draft.text for row in await world.sent()]
    assert len(kept) == PEOPLE
    assert [i.told for i in kept] == [True] * PEOPLE
    assert [i.had("left_something") for i in kept] == [False, True] * (PEOPLE // 2)
    assert len(said) == PEOPLE
