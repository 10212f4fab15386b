"""A daemon that dies over and over, the world around it, and what was asked of it."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import sqlite3
import sys
import time
from asyncio.subprocess import PIPE
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from dobby.channels.twilio import CAUGHT_UP
from dobby.people.registry import People
from dobby.people.roles import Role
from memory.store import Store
from tests.dobby.channels.mock_twilio import ACCOUNT, PUBLIC, SMS, TOKEN, WHATSAPP, MockTwilio
from tests.dobby.killloop.world import DEAD, ROOMS, World

NUMBERS = {room: f"+4860010020{i}" for i, room in enumerate(ROOMS)}
START_S = 90.0  # on the busiest machine
SONG, LOST = "next song", "lost"  # wishes beside levels


@dataclass
class Loop:
    home: Path
    twilio: MockTwilio
    world: World
    dice: random.Random
    port: int
    asked: dict[str, list[float | str]] = (
        field(  # per room: a level, SONG, or LOST on the dead lamp
            default_factory=lambda: {room: [] for room in ROOMS}
        )
    )
    acknowledged: Counter[str] = field(default_factory=Counter[str])
    starts: list[float] = field(default_factory=list[float])  # seconds until it answers
    kills: int = 0
    _nursery: asyncio.subprocess.Process | None = None
    _pid: int = 0
    _ended: asyncio.Task[int] | None = None  # of this life: its exit code

    # The daemon -------------------------------------------------------------------------------

    async def spawn(self, late_s: float = 0.0) -> None:
        """Begin a life; its devices are reached so many seconds after it serves, at most."""
        nursery = self._nursery = self._nursery or await self._import()
        assert nursery.stdin
        assert nursery.stdout
        nursery.stdin.write(f"{late_s}\n".encode())
        self._pid = int(await nursery.stdout.readline())
        self._ended = asyncio.create_task(_exit_code(nursery.stdout))

    async def _import(self) -> asyncio.subprocess.Process:
        environment = {
            **os.environ,
            "WORLD": self.world.base,
            "DOBBY_HOME": str(self.home),
            "DOBBY_PORT": str(self.port),
            "DOBBY_ZONE": "UTC",
            "DOBBY_LOG_LEVEL": "warning",
            "DOBBY_TWILIO__ACCOUNT_SID": ACCOUNT,
            "DOBBY_TWILIO__AUTH_TOKEN": TOKEN,
            "DOBBY_TWILIO__SMS_FROM": SMS,
            "DOBBY_TWILIO__WHATSAPP_FROM": WHATSAPP,
            "DOBBY_TWILIO__PUBLIC_URL": PUBLIC,
            "DOBBY_TWILIO__API_BASE": self.twilio.base,
        }
        with (self.home / "daemon.log").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.dobby.killloop.daemon",
                env=environment, stdin=PIPE, stdout=PIPE, stderr=log,
            )  # fmt: skip

    async def start(self, late_s: float = 0.0) -> None:
        """As ``spawn``; returns when it serves."""
        began = time.monotonic()
        await self.spawn(late_s)
        async with asyncio.timeout(START_S), aiohttp.ClientSession() as session:
            while not await self._up(session):
                assert self._lives, self.log()
                await asyncio.sleep(0.02)
        self.starts.append(time.monotonic() - began)

    async def first_start(self) -> None:
        """As ``start``; returns when what it met is kept, so that the next life knows of it."""
        await self.start()
        kept = 0
        async with asyncio.timeout(START_S):
            while kept < 2 * len(ROOMS) + 2:
                with closing(sqlite3.connect(self.home / "dobby.db")) as db:
                    (kept,) = db.execute("select count(*) from devices").fetchone()
                await asyncio.sleep(0.1)

    async def _up(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.post(f"{self.twilio.daemon}/twilio/inbound") as response:
                return response.status == 403
        except aiohttp.ClientError:
            return False

    async def kill(self) -> None:
        assert self._lives, self.log()
        assert self._ended
        os.kill(self._pid, signal.SIGKILL)
        await self._ended
        self.kills += 1

    @property
    def _lives(self) -> bool:
        return self._ended is not None and not self._ended.done()

    async def stop(self) -> None:
        assert self._nursery
        assert self._nursery.stdin
        assert self._ended
        async with asyncio.timeout(START_S):
            if self._lives:
                os.kill(self._pid, signal.SIGTERM)
                assert await self._ended == 0, self.log()
            self._nursery.stdin.close()
            await self._nursery.wait()

    def log(self) -> str:
        return (self.home / "daemon.log").read_text()[-6000:]

    # What people do ---------------------------------------------------------------------------

    async def ask(self) -> None:
        """One message by somebody, delivered as badly as webhooks are."""
        room = self.dice.choice(ROOMS)
        mine = self.asked[room]
        level = 1.0 + len(mine) % 100
        chance = self.dice.random()
        wish = LOST if chance < 0.02 else SONG if chance < 0.2 else level
        mine.append(wish)
        fields = self.twilio.inbound(
            {
                LOST: f"set the {DEAD} lamp to {level:.0f}%",
                SONG: f"next song on the {room} speaker",
            }.get(str(wish), f"set the {room} lamp to {level:.0f}%"),
            NUMBERS[room],
        )
        copies = self.dice.choice((1, 1, 1, 2, 5))
        ends = time.monotonic() + 3 * START_S
        while True:  # until one delivery is acknowledged, as a carrier would that retries
            posts = (self.twilio.post("/twilio/inbound", fields) for _ in range(copies))
            answers = await asyncio.gather(*posts, return_exceptions=True)
            if 200 in answers:
                break
            assert time.monotonic() < ends, f"never acknowledged: {answers}"
            await asyncio.sleep(0.1)
        self.acknowledged[room] += 1

    def replies(self, room: str) -> list[str]:
        return self.twilio.bodies(NUMBERS[room])

    async def leave(self, room: str, text: str) -> None:
        """A message that was taken in, and not answered, when the daemon died."""
        fields = self.twilio.inbound(text, NUMBERS[room])
        async with Store(self.home / "dobby.db") as store:
            person = await People(store).identify("sms", NUMBERS[room])
            assert person
            await store.receive("sms", fields["MessageSid"], person.id, NUMBERS[room], text)


async def _exit_code(told: asyncio.StreamReader) -> int:
    return int(await told.readline())


@asynccontextmanager
async def loop_of(home: Path, seed: int) -> AsyncGenerator[Loop]:
    async with Store(home / "dobby.db") as store:
        people = People(store)
        for room, number in NUMBERS.items():
            await people.ensure("sms", number, room, Role.ADULT)
        await store.set_note(CAUGHT_UP, "2026-01-01T00:00:00+00:00")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    async with MockTwilio().serve() as twilio, World().serve() as world:
        twilio.daemon = f"http://127.0.0.1:{port}"
        loop = Loop(home, twilio, world, random.Random(seed), port)
        try:
            yield loop
        finally:
            await loop.stop()
