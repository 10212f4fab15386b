"""By which name somebody came: the house's own names lead to all of it, the public one to what
strangers have to reach, any other nowhere.

Plain ASGI, as the shield.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+?)\.?(:\d+)?", re.IGNORECASE)


class Hosts:
    """``public`` leads to ``outside`` alone, unless it is one of the trusted names too.

    What a proxy says of the name that was asked for (``X-Forwarded-Host``) is believed only where
    it narrows: some put their own address in the place of the name.
    """

    def __init__(self, app: ASGIApp, trusted: Sequence[str], public: str, outside: ASGIApp) -> None:
        self._app = app
        self._outside = outside
        self._trusted = [name.lower().strip("[]") for name in trusted]
        own = public.lower() in self._trusted
        self._public = "" if own else public.lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._way(scope)(scope, receive, send)

    def _way(self, scope: Scope) -> ASGIApp:
        if scope["type"] != "http":
            return self._app
        headers = Headers(scope=scope)
        host = _name(headers.get("host", ""))
        forwarded = headers.get("x-forwarded-host", "").split(",")
        if self._public and self._public in (host, *(_name(one.strip()) for one in forwarded)):
            return self._outside
        if any(_fits(host, name) for name in self._trusted):
            return self._app
        return PlainTextResponse("There is no house of that name here.", 400)


def _name(host: str) -> str:
    """The name without its port, in small letters; empty for what is no name."""
    found = _HOST.fullmatch(host)
    return found[1].lower().strip("[]") if found else ""


def _fits(host: str, trusted: str) -> bool:
    if trusted.startswith("*"):
        return bool(host) and host.endswith(trusted[1:])
    return bool(host) and host == trusted
