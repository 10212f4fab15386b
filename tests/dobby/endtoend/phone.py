"""Phones that text Dobby through Twilio: webhooks signed here, answers validated by Prism.

Prism is a third party's mock of Twilio, made from the vendor's own specification: what it does
not accept is told as a failure. A proxy before it keeps what went through.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from twilio.request_validator import RequestValidator

from tests.dobby.endtoend.processes import DaemonProcess, free_port, process
from tests.peers import packages
from tests.peers.packages import PRISM

ACCOUNT, TOKEN = "AC" + "0123456789abcdef" * 2, "0123456789abcdef0123456789abcdef"
PUBLIC = "https://dobby.example"
DOBBY = "whatsapp:+14155238886"
REPLY_S = 20.0
SPEC = Path(__file__).parents[4] / "shared" / "specs" / "twilio_patched.json"

TWILIO = {
    "TWILIO__ACCOUNT_SID": ACCOUNT,
    "TWILIO__AUTH_TOKEN": TOKEN,
    "TWILIO__WHATSAPP_FROM": DOBBY.removeprefix("whatsapp:"),
    "TWILIO__PUBLIC_URL": PUBLIC,
}


def signature(fields: dict[str, str], path: str) -> str:
    return RequestValidator(TOKEN).compute_signature(f"{PUBLIC}{path}", fields)


@dataclass
class Exchange:
    """The carrier: hands messages in by webhook, and keeps what is sent, by recipient."""

    url: str = ""  # of the API, for the daemon
    webhook: str = ""  # the daemon's, once it is there
    sent: dict[str, asyncio.Queue[str]] = field(default_factory=dict)
    rejected: list[str] = field(default_factory=list)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    _callbacks: set[asyncio.Task[None]] = field(default_factory=set)

    def inbox(self, number: str) -> asyncio.Queue[str]:
        return self.sent.setdefault(f"whatsapp:{number}", asyncio.Queue())

    async def deliver(self, path: str, fields: dict[str, str], sign: str | None = None) -> int:
        """A webhook; its status. ``sign`` replaces the right signature; empty for none."""
        signed = signature(fields, path) if sign is None else sign
        headers = {"X-Twilio-Signature": signed} if signed else {}
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"{self.webhook}{path}", data=fields, headers=headers) as answer,
        ):
            await answer.read()
            return answer.status

    async def forward(self, prism: str, request: web.Request) -> web.Response:
        body = await request.read()
        fields = {k: str(v) for k, v in (await request.post()).items()}
        kept = ("Authorization", "Content-Type")
        headers = {k: v for k, v in request.headers.items() if k in kept}
        async with (
            aiohttp.ClientSession() as session,
            session.request(
                request.method, f"{prism}{request.path_qs}", data=body, headers=headers
            ) as answer,
        ):
            said = await answer.read()
            if answer.status >= 400:
                self.rejected.append(f"{request.method} {request.path} {said.decode()}")
        self.requests.append((f"{request.method} {request.path}", fields))
        if request.method == "GET":  # Prism's example would be somebody's missed message
            return web.json_response({"messages": [], "next_page_uri": None})
        told = {"sid": "SM" + secrets.token_hex(16)} | (
            {"status": "queued"} if answer.status == 201 else {}
        )
        if answer.status == 201:
            self.sent.setdefault(fields["To"], asyncio.Queue()).put_nowait(fields["Body"])
            task = asyncio.create_task(self._call_back(fields, told["sid"]))
            self._callbacks.add(task)
            task.add_done_callback(self._callbacks.discard)
        return web.json_response(told, status=answer.status)

    async def _call_back(self, fields: dict[str, str], sid: str) -> None:
        path = fields["StatusCallback"].removeprefix(PUBLIC)
        told = {"AccountSid": ACCOUNT, "MessageSid": sid, "MessageStatus": "delivered"}
        assert await self.deliver(path, told) == 204


@contextlib.asynccontextmanager
async def exchange(folder: Path) -> AsyncGenerator[Exchange]:
    """Twilio as Prism plays it; skips the test where that cannot be had."""
    if not SPEC.is_file():
        pytest.skip("the specification of Twilio's API is not here")
    prism = packages.folder(PRISM) / "node_modules/.bin/prism"
    port = free_port()
    command = (str(prism), "mock", "-h", "127.0.0.1", "-p", str(port), str(SPEC))
    between = Exchange()
    app = web.Application()

    async def forward(request: web.Request) -> web.Response:
        return await between.forward(f"http://127.0.0.1:{port}", request)

    app.router.add_route("*", "/{path:.*}", forward)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    async with process(folder / "prism.log", *command, ready="is listening"):
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            between.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield between
        finally:
            await asyncio.gather(*between._callbacks)
            await runner.cleanup()


@dataclass
class Phone:
    """One person's phone."""

    number: str
    exchange: Exchange

    def message(self, text: str, **more: str) -> dict[str, str]:
        return {
            "AccountSid": ACCOUNT,
            "MessageSid": "SM" + secrets.token_hex(16),
            "From": f"whatsapp:{self.number}",
            "To": DOBBY,
            "Body": text,
            "NumMedia": "0",
            "ProfileName": "Owner",
            **more,
        }

    async def says(self, text: str) -> str:
        """Send a message, and wait for the reply to it."""
        await self.sends(self.message(text))
        return await self.hears()

    async def sends(self, message: dict[str, str]) -> None:
        status = await self.exchange.deliver("/twilio/inbound", message)
        assert status == 200, status

    async def hears(self) -> str:
        async with asyncio.timeout(REPLY_S):
            return await self.exchange.inbox(self.number).get()

    @property
    def unread(self) -> int:
        return self.exchange.inbox(self.number).qsize()


def phone(number: str, exchange: Exchange, daemon: DaemonProcess) -> Phone:
    exchange.webhook = daemon.url
    return Phone(number, exchange)


def fields_of(exchange: Exchange) -> list[dict[str, Any]]:
    return [dict(fields) for request, fields in exchange.requests if request.startswith("POST")]
