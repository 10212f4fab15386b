"""What holds for every request: whose page may send it, how long it may be, what browsers may do.

Plain ASGI: a middleware that wraps the response would stand between the stream and its client.
"""

from __future__ import annotations

import asyncio
import contextlib
from email.utils import formatdate
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 64 * 1024
MAX_REPORTS = 8 * 1024 * 1024  # pictures are in them; nothing is read before the token is right
REST_S = 10.0  # for what still comes of a refused body
REST_BODY = 64 * 1024 * 1024
LARGER = {"/eyes/reports": MAX_REPORTS}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


class Shield:
    """Refuses what another site's page sends with the owner's cookie (403), and long bodies
    (413) before anything is parsed; adds the headers to every answer.

    An answer that comes before the whole body is sent at once, and ended when the rest of the
    body was taken and thrown away: closing on who still sends would reset the connection, and the
    answer would never be read."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":  # there are none; closed before it is accepted, 403
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        body = _Body(scope, receive)

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Date", formatdate(usegmt=True))
            elif not message.get("more_body") and body.is_coming:
                await send({**message, "more_body": True})
                await body.take_rest()
                message = {"type": "http.response.body"}
            await send(message)

        app = _refusal(scope) or self._app
        await app(scope, body.receive, send_on)


class _Body:
    """A request's body as it comes, up to the limit."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        headers = Headers(scope=scope)
        told = "transfer-encoding" in headers or headers.get("content-length", "0") != "0"
        self.is_coming = told and "expect" not in headers  # who asks first sends nothing unasked
        self._receive = receive
        self._longest = _longest(scope)
        self._length = 0

    async def receive(self) -> Message:
        message = await self._next()
        if self._length > self._longest:
            raise HTTPException(413, "Too long.")
        return message

    async def take_rest(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(REST_S):
                while self.is_coming and self._length <= REST_BODY:
                    await self._next()

    async def _next(self) -> Message:
        message = await self._receive()
        self._length += len(message.get("body", b""))
        self.is_coming = self.is_coming and message.get("more_body", False)
        return message


def _longest(scope: Scope) -> int:
    return LARGER.get(scope["path"], MAX_BODY)


def _refusal(scope: Scope) -> ASGIApp | None:
    headers = Headers(scope=scope)
    if scope["method"] not in SAFE and _is_foreign(headers):
        return PlainTextResponse("Cross-origin requests are refused.", 403)
    if "upgrade" in headers.get("connection", "").lower():
        return PlainTextResponse("There is nothing to upgrade to.", 403)
    length = headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit() or int(length) > _longest(scope):
        return PlainTextResponse("Too long.", 413)
    return None


def _is_foreign(headers: Headers) -> bool:
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc != headers.get("host")
    return headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}
