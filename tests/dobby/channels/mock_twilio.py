"""A Twilio on loopback: it signs webhooks, keeps what it is told to send, and misbehaves on demand.

It stands for the world outside: it lives on while the daemon under test is killed.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import secrets
from collections import deque
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web
from pydantic import HttpUrl, SecretStr
from twilio.request_validator import RequestValidator

from dobby.settings import TwilioSettings

ACCOUNT = "AC" + "0" * 32
TOKEN = "0123456789abcdef0123456789abcdef"
PUBLIC = "https://dobby.example"
SMS, WHATSAPP = "+14155550100", "+14155550199"


def settings(api_base: str, **changes: Any) -> TwilioSettings:
    given = {
        "account_sid": ACCOUNT,
        "auth_token": SecretStr(TOKEN),
        "whatsapp_from": WHATSAPP,
        "sms_from": SMS,
        "public_url": HttpUrl(PUBLIC),
        "api_base": HttpUrl(api_base),
    }
    return TwilioSettings(**{**given, **changes})


def sid(kind: str = "SM") -> str:
    return kind + secrets.token_hex(16)


def signature(url: str, fields: dict[str, str], token: str = TOKEN) -> str:
    return RequestValidator(token).compute_signature(url, fields)


@dataclass
class Sent:
    """A message that Twilio took on to send."""

    sid: str
    to: str
    sender: str
    body: str
    callback: str
    media: list[str]
    at: datetime
    status: str = "queued"
    template: str = ""
    variables: str = ""


@dataclass
class MockTwilio:
    """``faults`` are used up one a request, first to last:

    ``refuse 21610`` 400 with that code; ``rate`` 429; ``busy`` 503; ``broken`` 500 and not sent;
    ``swallow`` sent, and the connection dropped; ``drop`` not sent, and dropped.
    """

    sent: list[Sent] = field(default_factory=list)
    received: list[dict[str, Any]] = field(default_factory=list)  # inbound, as the API lists them
    files: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    faults: deque[str] = field(default_factory=deque)
    requests: list[web.Request] = field(default_factory=list)
    undelivered: dict[str, str] = field(default_factory=dict)  # by recipient: the code told late
    callback_delay_s: float = 0.0
    callbacks: bool = True
    daemon: str = ""  # where the webhooks go: http://127.0.0.1:port
    base: str = ""
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _count: itertools.count[int] = field(default_factory=itertools.count)

    @contextlib.asynccontextmanager
    async def serve(self) -> AsyncGenerator[MockTwilio]:
        app = web.Application()
        account = f"/2010-04-01/Accounts/{ACCOUNT}"
        app.router.add_post(f"{account}/Messages.json", self._create)
        app.router.add_get(f"{account}/Messages.json", self._list)
        app.router.add_get(f"{account}/Messages/{{sid}}/Media.json", self._media)
        app.router.add_get("/{path:.*}", self._file)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        assert site._server is not None
        self.base = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"  # type: ignore[attr-defined]
        self._session = aiohttp.ClientSession()
        try:
            yield self
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await self._session.close()
            await runner.cleanup()

    def settings(self, **changes: Any) -> TwilioSettings:
        return settings(self.base, **changes)

    # Its side of the webhooks ---------------------------------------------------------------

    def inbound(self, text: str, sender: str, to: str | None = None, **more: str) -> dict[str, str]:
        """The fields of a message that a person just wrote; also listed by the API from now on."""
        to = to or (f"whatsapp:{WHATSAPP}" if sender.startswith("whatsapp:") else SMS)
        fields = {
            "MessageSid": sid(),
            "AccountSid": ACCOUNT,
            "From": sender,
            "To": to,
            "Body": text,
            "NumMedia": "0",
            "NumSegments": "1",
            "ApiVersion": "2010-04-01",
            **more,
        }
        self.list_inbound(fields)
        return fields

    def list_inbound(self, fields: dict[str, str], at: datetime | None = None) -> None:
        stamp = format_datetime(at or datetime.now(UTC))
        self.received.append(
            {
                "sid": fields["MessageSid"],
                "from": fields["From"],
                "to": fields["To"],
                "body": fields["Body"],
                "direction": "inbound",
                "status": "received",
                "num_media": fields["NumMedia"],
                "date_created": stamp,
                "date_sent": stamp,
            }
        )

    async def post(
        self, path: str, fields: dict[str, str], headers: dict[str, str] | None = None
    ) -> int:
        """A signed webhook; the status that the daemon answered with."""
        if headers is None:
            headers = {"X-Twilio-Signature": signature(PUBLIC + path, fields)}
        async with self._session.post(
            self.daemon + path,
            data=urlencode(fields),
            headers={"Content-Type": "application/x-www-form-urlencoded", **headers},
        ) as response:
            await response.read()
            return response.status

    async def text(self, text: str, sender: str, **more: str) -> int:
        return await self.post("/twilio/inbound", self.inbound(text, sender, **more))

    def bodies(self, to: str | None = None) -> list[str]:
        return [one.body for one in self.sent if to is None or one.to == to]

    async def wait_for(
        self, count: int, to: str | None = None, deadline_s: float = 10
    ) -> list[str]:
        """The bodies sent (to that number), as soon as there are so many."""
        async with asyncio.timeout(deadline_s):
            while len(self.bodies(to)) < count:
                self.arrived.clear()
                await self.arrived.wait()
        return self.bodies(to)

    # Its REST API ----------------------------------------------------------------------------

    async def _create(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        if request.headers.get("Authorization") != aiohttp.encode_basic_auth(ACCOUNT, TOKEN):
            return web.json_response({"code": 20003, "message": "Authenticate"}, status=401)
        form = await request.post()
        fault, _, code = (self.faults.popleft() if self.faults else "").partition(" ")
        match fault:
            case "refuse":
                return web.json_response(
                    {"code": int(code), "message": "no", "status": 400}, status=400
                )
            case "rate":
                return web.json_response(
                    {"code": 20429, "message": "Too many"},
                    status=429,
                    headers={"Retry-After": "0.5"},
                )
            case "busy":
                return web.json_response({}, status=503, headers={"Retry-After": "0.5"})
            case "broken":
                return web.json_response({}, status=500)
            case "drop":
                return _cut(request)
            case _:
                pass
        sent = Sent(
            sid=sid(),
            to=str(form["To"]),
            sender=str(form["From"]),
            # A template's words come around the variable.
            body=str(form.get("Body") or f"Dobby says: {_variable(form)}"),
            callback=str(form.get("StatusCallback", "")),
            media=[str(url) for url in form.getall("MediaUrl", [])],
            at=datetime.now(UTC),
            template=str(form.get("ContentSid", "")),
            variables=str(form.get("ContentVariables", "")),
        )
        self.sent.append(sent)
        self.arrived.set()
        if self.callbacks and sent.callback:
            task = asyncio.create_task(self._call_back(sent))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if fault == "swallow":
            return _cut(request)
        return web.json_response({"sid": sent.sid, "status": "queued"}, status=201)

    async def _call_back(self, sent: Sent) -> None:
        await asyncio.sleep(self.callback_delay_s)
        code = self.undelivered.get(sent.to)
        for status in ("sent", "undelivered" if code else "delivered"):
            sent.status = status
            fields = {"MessageSid": sent.sid, "MessageStatus": status, "AccountSid": ACCOUNT}
            if code and status == "undelivered":
                fields["ErrorCode"] = code
            with contextlib.suppress(aiohttp.ClientError, OSError):  # the daemon may be dead
                await self.post(sent.callback.removeprefix(PUBLIC), fields)

    async def _list(self, request: web.Request) -> web.Response:
        self.requests.append(request)
        outbound = [
            {
                "sid": one.sid,
                "to": one.to,
                "from": one.sender,
                "body": one.body,
                "direction": "outbound-api",
                "status": one.status,
                "date_created": format_datetime(one.at),
            }
            for one in self.sent
        ]
        wanted = {k.lower(): v for k, v in request.query.items() if k in ("To", "From")}
        found = [
            m for m in [*self.received, *outbound] if all(m[k] == v for k, v in wanted.items())
        ]
        return web.json_response({"messages": found[::-1], "next_page_uri": None})

    async def _media(self, request: web.Request) -> web.Response:
        message = request.match_info["sid"]
        listed = [
            {"uri": f"{path}.json", "content_type": kind}
            for path, (_, kind) in self.files.items()
            if message in path
        ]
        return web.json_response({"media_list": listed})

    async def _file(self, request: web.Request) -> web.Response:
        self.requests.append(request)
        if request.path not in self.files:
            raise web.HTTPNotFound
        content, kind = self.files[request.path]
        if kind.startswith("redirect:"):
            raise web.HTTPFound(kind.removeprefix("redirect:"))
        return web.Response(body=content, content_type=kind)


def _variable(form: Any) -> str:
    return json.loads(str(form["ContentVariables"]))["1"]


def _cut(request: web.Request) -> web.StreamResponse:
    """End the connection without a word."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()
