"""From a text to a changed device, through the signed webhook: ``python -m bench.turn``.

300 distinct sentences in houses of 20, 200 and 1,000 devices. The daemon is put together as for
real, on a real socket; its devices are declared ones that obey at once. Dobby's own share is the
time from the first byte of the webhook to the change, less the time spent inside the driver. The
processor's time is beside it: on a busy machine the rest is waiting for a turn, and for the disk.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
import tempfile
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlencode

import uvicorn
from aiohttp import web
from pydantic import HttpUrl, SecretStr
from rich.console import Console
from rich.table import Table
from twilio.request_validator import RequestValidator  # pyright: ignore[reportMissingTypeStubs]

from bench.homes import SIZES, Stopwatch, furnish, house_file, sentences
from dobby.channels.twilio import INBOUND
from dobby.daemon.app import opened
from dobby.people.registry import People
from dobby.people.roles import Role
from dobby.settings import Settings, TwilioSettings
from dobby.supervise import keep
from dobby.web.app import create_app

SENTENCES = 300
AIM_MS = 10.0
ACCOUNT, TOKEN = "AC" + "0" * 32, "a-token-to-sign-with"
SIGN = RequestValidator(TOKEN)
PUBLIC, OWNER, DOBBY = "https://dobby.example", "whatsapp:+48600100200", "whatsapp:+14155238886"


def main() -> None:
    logging.disable(logging.WARNING)
    table = Table(title="Text to device changed, Dobby's own share (ms)", title_justify="left")
    for name in (
        "devices", "understood", "p50", "p95", "p99", "p95 / at 20", "aim p95", "cpu p50",
        "cpu p95", "reply p95",
    ):  # fmt: skip
        table.add_column(name, justify="right")
    base = 0.0
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="dobby-bench-") as home:
            changed, cpu, replied = asyncio.run(measure(Path(home), size))
        p95 = percentile(changed, 0.95)
        base = base or p95
        table.add_row(
            f"{size:,}", f"{len(changed)}/{SENTENCES}",
            *(f"{percentile(changed, share):.2f}" for share in (0.5, 0.95, 0.99)),
            f"{p95 / base:.2f}", f"< {AIM_MS:g}", f"{percentile(cpu, 0.5):.2f}",
            f"{percentile(cpu, 0.95):.2f}", f"{percentile(replied, 0.95):.2f}",
        )  # fmt: skip
    Console(width=120).print(table)


async def measure(home: Path, size: int) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of own share until the change, of it the processor's, and until the reply
    reached Twilio."""
    file = house_file(size)
    changed: list[float] = []
    cpu: list[float] = []
    replied: list[float] = []
    async with answering() as (api, arrived):
        settings = _settings(home, api)
        with patch("dobby.daemon.app.DRIVERS", (Stopwatch,)):
            async with daemon(settings, partial(furnish, file=file)) as address:
                for text in sentences(file, SENTENCES):
                    before, busy = Stopwatch.changes, Stopwatch.busy_s
                    used = time.process_time()
                    began = await post(address, text)
                    told = await asyncio.wait_for(arrived.get(), 10)
                    inside = Stopwatch.busy_s - busy
                    if Stopwatch.changes > before:
                        changed.append((Stopwatch.changed_at - began - inside) * 1e3)
                        cpu.append((Stopwatch.cpu_at - used) * 1e3)
                        replied.append((told - began - inside) * 1e3)
    return changed, cpu, replied


def _settings(home: Path, api: str) -> Settings:
    return Settings(
        home=home,
        interfaces=["127.0.0.1"],
        trusted_hosts=["127.0.0.1", "localhost"],
        twilio=TwilioSettings(
            account_sid=ACCOUNT,
            auth_token=SecretStr(TOKEN),
            whatsapp_from=DOBBY.removeprefix("whatsapp:"),
            public_url=HttpUrl(PUBLIC),
            api_base=HttpUrl(api),
        ),
    )


@asynccontextmanager
async def daemon(settings: Settings, prepare: partial[object]) -> AsyncGenerator[tuple[str, int]]:
    """The daemon on a port of its own; its parts from ``daemon.app``, at work as in ``serve``."""
    async with opened(settings, prepare) as parts:  # pyright: ignore[reportArgumentType]
        await People(parts.store).ensure(
            "whatsapp", OWNER.removeprefix("whatsapp:"), "Owner", Role.OWNER
        )
        listener = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(create_app(parts.web), log_config=None, lifespan="off")
        server = uvicorn.Server(config)
        tasks = [asyncio.create_task(keep(name, work)) for name, work in parts.work]
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield listener.getsockname()
        finally:
            await parts.inbox.drain()
            server.should_exit = True
            await serving
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def answering() -> AsyncGenerator[tuple[str, asyncio.Queue[float]]]:
    """Twilio's API as far as replies need it; when each arrived."""
    arrived: asyncio.Queue[float] = asyncio.Queue()

    async def create(request: web.Request) -> web.Response:
        arrived.put_nowait(time.perf_counter())
        sid = "SM" + secrets.token_hex(16)
        return web.json_response({"sid": sid, "status": "queued"}, status=201)

    async def nothing(request: web.Request) -> web.Response:
        return web.json_response({"messages": []})

    app = web.Application()
    app.router.add_post("/{path:.*}", create)
    app.router.add_get("/{path:.*}", nothing)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", arrived
    finally:
        await runner.cleanup()


async def post(address: tuple[str, int], text: str) -> float:
    """A webhook on a connection of its own, made beforehand; when its first byte was sent."""
    fields = {
        "AccountSid": ACCOUNT, "MessageSid": "SM" + secrets.token_hex(16), "From": OWNER,
        "To": DOBBY, "Body": text, "NumMedia": "0",
    }  # fmt: skip
    signature = SIGN.compute_signature(PUBLIC + INBOUND, fields)  # pyright: ignore[reportUnknownMemberType]
    body = urlencode(fields)
    request = (
        f"POST {INBOUND} HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: {signature}\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}"
    )
    reader, writer = await asyncio.open_connection(*address)
    began = time.perf_counter()
    writer.write(request.encode())
    status = await reader.readline()
    await reader.read()
    writer.close()
    assert b" 200 " in status, status
    return began


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


if __name__ == "__main__":
    main()
