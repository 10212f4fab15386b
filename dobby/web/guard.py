"""The page's door: one token, a session derived from it, and little patience with wrong ones.

The right token is always looked at, whoever else tries from the same address (behind a reverse
proxy all of them are one): it is beyond guessing, so nobody has to be locked out to keep it. What
could be guessed is refused as a token.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import secrets
import time
from collections import OrderedDict, deque
from pathlib import Path

from fastapi import HTTPException
from starlette.requests import HTTPConnection

from dobby.settings import SettingsError

log = logging.getLogger(__name__)

TOKEN_FILE = "web.token"  # noqa: S105  # a file's name
WRONG_ALLOWED = 10
WRONG_WITHIN_S = 60.0
MAX_ADDRESSES = 1000
SHORTEST = 16  # characters of a token, for who writes one by hand


class WeakToken(SettingsError):
    """A token that could be guessed."""


class PageAccess:
    """Checks tokens and sessions. A new token in the file shuts every old session at once."""

    def __init__(self, home: Path) -> None:
        self._key = KeyFile(home / TOKEN_FILE)
        # A browser keeps one jar for all ports of a host: two houses on it need two names.
        self.cookie = f"dobby_{hashlib.sha256(str(home / TOKEN_FILE).encode()).hexdigest()[:8]}"

    def token(self) -> str:
        """The page's token; made on first use, readable by the owner alone."""
        return self._key.token()

    def session(self) -> str:
        """What a browser carries in place of the token."""
        return hmac.new(self.token().encode(), b"session", hashlib.sha256).hexdigest()

    def opens(self, token: str, address: str) -> bool:
        """Whether that is the token. Raises HTTPException 429 for a wrong one after many."""
        return self._key.fits(token, address)

    def knows(self, connection: HTTPConnection) -> bool:
        """Whether it carries the session, or the token as a bearer."""
        if _same(connection.cookies.get(self.cookie, ""), self.session()):
            return True
        return self._key.let_in(connection)

    async def let_in(self, connection: HTTPConnection) -> None:
        """A dependency for everything behind the door: 401 without a session or bearer token."""
        if not self.knows(connection):
            raise HTTPException(401, "Log in first.", {"WWW-Authenticate": "Bearer"})


class KeyFile:
    """A token in a file of the home folder, for whoever can read it there; made on first use."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._attempts = Attempts()

    def token(self) -> str:
        """Raises WeakToken."""
        try:
            kept = self._path.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            kept = ""
        if kept and len(kept) < SHORTEST:
            raise WeakToken(
                f"The token in {self._path.name} is too short to be safe. Take the file away, and "
                f"I make a new one; or write {SHORTEST} characters or more into it."
            )
        if kept:
            return kept
        made = secrets.token_urlsafe(24)
        with os.fdopen(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as f:
            f.write(made + "\n")
        return made

    def fits(self, token: str, address: str) -> bool:
        """Whether that is the token. Raises HTTPException 429 for a wrong one after many."""
        if _same(token, self.token()):
            return True
        if wait := self._attempts.wrong(address):
            log.warning("%s tries one wrong token after the other", address)
            said = "That is not the token of this house, and many wrong ones were tried from here."
            raise HTTPException(429, said, {"Retry-After": f"{wait:.0f}"})
        return False

    def let_in(self, connection: HTTPConnection) -> bool:
        """Whether it carries the token as a bearer. Raises HTTPException 429."""
        scheme, _, bearer = connection.headers.get("authorization", "").partition(" ")
        return scheme.lower() == "bearer" and self.fits(bearer.strip(), address_of(connection))


class Attempts:
    """Wrong tokens by address."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[str, deque[float]] = OrderedDict()

    def wrong(self, address: str) -> float:
        """One more. Seconds until the next may come; 0 while they are few."""
        now = time.monotonic()
        times = self._wrong.setdefault(address, deque(maxlen=WRONG_ALLOWED))
        wait = times[0] + WRONG_WITHIN_S - now if len(times) == WRONG_ALLOWED else 0.0
        times.append(now)
        self._wrong.move_to_end(address)
        if len(self._wrong) > MAX_ADDRESSES:
            self._wrong.popitem(last=False)
        return max(0.0, wait)


def address_of(connection: HTTPConnection) -> str:
    return connection.client.host if connection.client else ""


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(
        one.encode(errors="surrogatepass"), other.encode(errors="surrogatepass")
    )
