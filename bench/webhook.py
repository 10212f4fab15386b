"""How fast webhooks are acknowledged with a durable commit: ``python -m bench.webhook``.

The daemon runs as a process of its own, on a fresh database in a temporary folder, with no device
and a Twilio on loopback that takes every reply. What is measured is signature, de-duplication,
identity, commit and acknowledgement, while the same process takes each message through its turn
and its reply out.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import secrets
import socket
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from rich.console import Console
from rich.table import Table
from twilio.request_validator import RequestValidator  # pyright: ignore[reportMissingTypeStubs]

from dobby.people.registry import People
from dobby.people.roles import Role
from memory.store import Store

ACCOUNT, TOKEN = "AC" + "0" * 32, secrets.token_hex(16)
PUBLIC, PATH = "https://dobby.example", "/twilio/inbound"
PEOPLE = [f"+4860010{number:04}" for number in range(50)]
START_S = 30.0
SIGN = RequestValidator(TOKEN)


@dataclass(frozen=True)
class Run:
    """One load and what it came to; times in milliseconds."""

    who: str
    load: str
    messages: int
    failed: int
    seconds: float
    times: list[float]

    def row(self) -> list[str]:
        cuts = quantiles(self.times, n=100)
        rate = self.messages / self.seconds
        figures = [cuts[49], cuts[94], cuts[98], max(self.times)]
        return [self.who, self.load, f"{self.messages}", f"{self.failed}", f"{rate:.0f}/s"] + [
            f"{figure:.1f}" for figure in figures
        ]


@asynccontextmanager
async def twilio() -> AsyncGenerator[str]:
    """A Twilio that takes everything; its address."""

    async def create(request: web.Request) -> web.Response:
        return web.json_response({"sid": "SM" + secrets.token_hex(16)}, status=201)

    app = web.Application()
    app.router.add_post("/{path:.*}", create)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def daemon(home: Path, api: str, known: bool) -> AsyncGenerator[str]:
    """A running daemon; its address. Unless ``known``, everyone is a stranger and stays one."""
    if known:
        async with Store(home / "dobby.db") as store:
            for number in PEOPLE:
                await People(store).ensure("sms", number, number, Role.ADULT)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "DOBBY_HOME": str(home),
        "DOBBY_PORT": str(port),
        "DOBBY_INTERFACES": '["127.0.0.1"]',
        "DOBBY_LOG_LEVEL": "error",
        "DOBBY_TWILIO__ACCOUNT_SID": ACCOUNT,
        "DOBBY_TWILIO__AUTH_TOKEN": TOKEN,
        "DOBBY_TWILIO__SMS_FROM": "+14155550100",
        "DOBBY_TWILIO__PUBLIC_URL": PUBLIC,
        "DOBBY_TWILIO__API_BASE": api,
    }
    process = await asyncio.create_subprocess_exec(
        str(Path(sys.executable).with_name("dobby")), "run", env=environment
    )
    base = f"http://127.0.0.1:{port}"
    try:
        async with asyncio.timeout(START_S), aiohttp.ClientSession() as session:
            while not await _up(session, base):  # noqa: ASYNC110 - a port has no event
                await asyncio.sleep(0.05)
        yield base
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _up(session: aiohttp.ClientSession, base: str) -> bool:
    try:
        async with session.post(base + PATH) as response:
            return response.status == 403
    except aiohttp.ClientError:
        return False


def signed(number: int) -> tuple[str, dict[str, str]]:
    """Body and headers of a message that was not sent before."""
    fields = {
        "MessageSid": "SM" + secrets.token_hex(16),
        "AccountSid": ACCOUNT,
        "From": PEOPLE[number % len(PEOPLE)],
        "To": "+14155550100",
        "Body": "what time is it?",
        "NumMedia": "0",
    }
    signature = SIGN.compute_signature(PUBLIC + PATH, fields)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    headers = {
        "X-Twilio-Signature": str(signature),  # pyright: ignore[reportUnknownArgumentType]
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return urlencode(fields), headers


async def steady(session: aiohttp.ClientSession, base: str, rate: float, seconds: float) -> Run:
    """``rate`` messages a second, sent on time whether or not earlier ones were answered."""
    count = int(rate * seconds)
    requests = [signed(number) for number in range(count)]
    began = time.perf_counter()

    async def one(number: int) -> tuple[float, bool]:
        await asyncio.sleep(began + number / rate - time.perf_counter())
        return await _post(session, base, *requests[number])

    results = await asyncio.gather(*(one(number) for number in range(count)))
    return _run(f"{rate:.0f} a second", results, time.perf_counter() - began)


async def flood(session: aiohttp.ClientSession, base: str, count: int, at_once: int) -> Run:
    """As many as go, ``at_once`` under way."""
    requests = iter([signed(number) for number in range(count)])
    results: list[tuple[float, bool]] = []

    async def sender() -> None:
        for body, headers in requests:
            results.append(await _post(session, base, body, headers))

    began = time.perf_counter()
    await asyncio.gather(*(sender() for _ in range(at_once)))
    return _run(f"as many as go, {at_once} at a time", results, time.perf_counter() - began)


async def _post(
    session: aiohttp.ClientSession, base: str, body: str, headers: dict[str, str]
) -> tuple[float, bool]:
    began = time.perf_counter()
    async with session.post(base + PATH, data=body, headers=headers) as response:
        await response.read()
        return (time.perf_counter() - began) * 1000, response.status == 200


def _run(load: str, results: list[tuple[float, bool]], seconds: float) -> Run:
    times = [took for took, _ in results]
    return Run("", load, len(results), sum(not good for _, good in results), seconds, times)


async def measure(rate: float, seconds: float) -> list[Run]:
    runs: list[Run] = []
    for known, who in ((True, "the household"), (False, "strangers")):
        with tempfile.TemporaryDirectory() as folder:
            async with (
                twilio() as api,
                daemon(Path(folder), api, known) as base,
                aiohttp.ClientSession() as session,
            ):
                await steady(session, base, rate, 1.0)  # the first requests warm both sides
                own = [
                    await steady(session, base, rate, seconds),
                    await flood(session, base, 2000, 32),
                ]
                runs += [replace(run, who=who) for run in own]
    return runs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=50.0, help="messages a second")
    parser.add_argument("--seconds", type=float, default=20.0)
    given = parser.parse_args()
    table = Table(
        "who", "load", "messages", "failed", "rate", "p50 ms", "p95 ms", "p99 ms", "max ms"
    )
    for run in asyncio.run(measure(given.rate, given.seconds)):
        table.add_row(*run.row())
    Console().print(table)


if __name__ == "__main__":
    main()
