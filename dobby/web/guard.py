"""The page's door: one token, sessions derived from it, and what a browser may and may not do."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import HTTPException, Request, Response

COOKIE = "dobby_session"
TOKEN_FILE = "web.token"  # noqa: S105  # a file's name
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


class Door:
    """Checks tokens and sessions. A new token in the file shuts every old session at once."""

    def __init__(self, home: Path) -> None:
        self._path = home / TOKEN_FILE

    def token(self) -> str:
        """The page's token; made on first use, readable by the owner alone."""
        try:
            kept = self._path.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            kept = ""
        if kept:
            return kept
        made = secrets.token_urlsafe(24)
        with os.fdopen(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as f:
            f.write(made + "\n")
        return made

    def session(self) -> str:
        return hmac.new(self.token().encode(), b"session", hashlib.sha256).hexdigest()

    def opens(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self.token().encode())

    async def let_in(self, request: Request) -> None:
        """A dependency for everything behind the door: 401 without a session or bearer token."""
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        if bearer and self.opens(bearer):
            return
        cookie = request.cookies.get(COOKIE, "")
        if not hmac.compare_digest(cookie.encode(), self.session().encode()):
            raise HTTPException(401, "Log in first.")


async def same_origin(
    request: Request, call_next: Callable[[Request], Awaitable[Response]]
) -> Response:
    """Refuse what another site's page sends here with the owner's cookie; add the headers."""
    origin = request.headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if foreign and request.method not in SAFE:
        return Response("Cross-origin requests are refused.", status_code=403)
    response = await call_next(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
