"""The daemon itself, with everything that it imports while it serves held up for the loop.

A package that is first imported then goes on only once the loop has turned: whoever imports it on
the loop, or has the loop wait for the thread that does, stands still for it and is found out, on
a fast machine as on a slow one. Prints what was answered, the packages that it stood still for, and
for how long at most it stood still for whatever reason: a figure that depends on the machine.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

import dobby.daemon.server
from dobby.channels.local import PAGE
from dobby.daemon.app import Daemon, opened
from dobby.people.registry import People
from dobby.people.roles import Role
from dobby.settings import load
from memory.store import Store

PATIENCE_S = 3.0  # for a loop that is not held up, but busy
STEP_S = 0.005


class Watchman(MetaPathFinder):
    """Asked first for every module; finds none."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.watches = False
        self.met: list[str] = []
        self.stood_still_for: list[str] = []
        self._loop = loop

    def watch(self) -> None:
        self.watches = True

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if self.watches and path is None and fullname not in sys.stdlib_module_names:
            turned = threading.Event()
            self.met.append(fullname)
            self._loop.call_soon_threadsafe(turned.set)
            if not turned.wait(PATIENCE_S):
                self.stood_still_for.append(fullname)
        return None


async def main() -> None:
    settings = load()
    async with Store(settings.database_url, settings.home) as store:
        people = People(store)
        await people.ensure("web", PAGE, "Owner", Role.OWNER)
        owner = await people.identify("web", PAGE)
        assert owner is not None
        await store.receive("web", "left", owner.id, PAGE, "tell me a joke about trains")
    watchman = Watchman(asyncio.get_running_loop())
    sys.meta_path.insert(0, watchman)

    @asynccontextmanager
    async def watched(*given: Any) -> AsyncGenerator[Daemon]:
        async with opened(*given) as daemon:
            asyncio.get_running_loop().call_soon(watchman.watch)  # before any task of its begins
            yield daemon

    dobby.daemon.server.opened = watched

    async def ready(daemon: Daemon) -> None:
        longest_s = 0.0
        async with asyncio.timeout(60):
            while (answers := await daemon.store.answers("web", "left")) is None:
                before = time.perf_counter()
                await asyncio.sleep(STEP_S)
                longest_s = max(longest_s, time.perf_counter() - before - STEP_S)
        told = {
            "answers": answers,
            "met": watchman.met,
            "held": watchman.stood_still_for,
            "longest_s": longest_s,
        }
        print(json.dumps(told), flush=True)  # noqa: T201 - to whoever started it
        os._exit(0)

    await dobby.daemon.server.serve(settings, ready=ready)


if __name__ == "__main__":
    asyncio.run(main())
