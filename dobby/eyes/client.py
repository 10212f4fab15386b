"""The daemon, as its eyes reach it over HTTP (``web/eyes_api.py``)."""

from __future__ import annotations

from types import TracebackType
from typing import Self

import aiohttp
from pydantic import ValidationError

from dobby.eyes.frames import EyesError
from dobby.vision.reports import Plan, Reports

CONNECT_S = 10.0
PLAN_S = 60.0  # it is told at the latest after half of that
REPORTS_S = 30.0
AGAIN = frozenset({408, 425, 429})  # refusals that another try may mend


class DaemonAway(EyesError):
    """It cannot be reached, or cannot answer now."""


class _Ended(DaemonAway):
    """It ended the connection before it answered."""


class TokenRefused(DaemonAway):
    """It does not take our token; it may after its owner has mended that."""


class NotTaken(EyesError):
    """It never takes what was sent; another try is of no use."""


class DaemonClient:
    """Use it as a context."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}

    async def __aenter__(self) -> Self:
        timeout = aiohttp.ClientTimeout(total=None, connect=CONNECT_S)
        self._session = aiohttp.ClientSession(headers=self._headers, timeout=timeout)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def plan(self, known: str) -> Plan:
        """The plan, when it is another than the known one or after a while. Raises DaemonAway."""
        body = await self._ask("GET", f"/eyes/plan?known={known}", PLAN_S)
        try:
            return Plan.model_validate_json(body)
        except ValidationError:  # its words would have the plan in them, and so passwords
            raise DaemonAway("The daemon tells a plan that these eyes cannot read.") from None

    async def report(self, reports: Reports) -> None:
        """Raises DaemonAway, NotTaken."""
        await self._ask("POST", "/eyes/reports", REPORTS_S, reports.model_dump_json().encode())

    async def _ask(self, method: str, path: str, seconds: float, body: bytes = b"") -> bytes:
        """The daemon ends connections that were idle, be it while we use one: then it is there all
        the same. It counts once what is told twice."""
        try:
            return await self._asked(method, path, seconds, body)
        except _Ended:
            return await self._asked(method, path, seconds, body)

    async def _asked(self, method: str, path: str, seconds: float, body: bytes) -> bytes:
        headers = {"Content-Type": "application/json"} if body else {}
        timeout = aiohttp.ClientTimeout(total=seconds, connect=CONNECT_S)
        try:
            async with self._session.request(
                method,
                self._url + path,
                data=body or None,
                headers=headers,
                timeout=timeout,
                allow_redirects=False,  # the token is for this address
            ) as answer:
                _check(answer.status, f"{method} {path.partition('?')[0]}")
                return await answer.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            ended = isinstance(error, aiohttp.ServerDisconnectedError | ConnectionResetError)
            away = _Ended if ended else DaemonAway
            raise away(f"The daemon cannot be reached ({type(error).__name__}).") from error


def _check(status: int, what: str) -> None:
    if status in (401, 403):
        raise TokenRefused("The daemon does not take the eyes' token.")
    if 400 <= status < 500 and status not in AGAIN and what.startswith("POST"):
        raise NotTaken(f"The daemon does not take what was told ({status}).")
    if status >= 300:
        raise DaemonAway(f"The daemon answers {what} with {status}.")
