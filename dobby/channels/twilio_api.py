"""The small part of Twilio's REST API that is needed to send, and to look what was sent.

Twilio has no idempotency key: what matters here is to tell what certainly did not go out
(SendLater, SendRefused) from what may have (SendUncertain).
"""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self, cast

import aiohttp

from dobby.delivery.types import SendLater, SendRefused, SendUncertain
from dobby.settings import TwilioSettings

log = logging.getLogger(__name__)

TIMEOUT = aiohttp.ClientTimeout(total=15, sock_connect=5)
PAGES = 5
LONGEST_REASON = 300
RATE_LIMIT_S = 5.0
OUTAGE_S = 3.0
NO_ACCESS_S = 300.0  # somebody has to mend the settings

SID = re.compile(r"(?:SM|MM)[0-9a-fA-F]{32}")
_RATE_LIMITS = frozenset({20429, 63018, 14107, 30022})
_WORDS = {
    21211: "Twilio does not take this number as a recipient.",
    21408: "The Twilio account may not send to this country.",
    21610: "The recipient sent STOP: nothing goes to this number until it sends START.",
    21614: "This number cannot receive SMS.",
    21617: "The text is longer than Twilio takes.",
    63007: "Twilio knows no WhatsApp sender of this number.",
    63016: "WhatsApp lets Dobby write freely only within 24 hours of the person's last message; "
    "after that it takes a template that was approved before.",
    30003: "The phone is off, or cannot be reached.",
    30007: "The carrier took the message for spam.",
}


def words(code: int | None, otherwise: str = "") -> str:
    """What a Twilio error code means to the owner."""
    said = _WORDS.get(code or 0) or otherwise or "Twilio refused the message."
    return f"{said} ({code})" if code else said


class TwilioApi:
    """One account's Messages resource. An async context manager."""

    def __init__(self, settings: TwilioSettings) -> None:
        base = str(settings.api_base).rstrip("/")
        self._messages = f"{base}/2010-04-01/Accounts/{settings.account_sid}/Messages"
        self._base = base
        token = settings.auth_token.get_secret_value()
        self.authorization = aiohttp.encode_basic_auth(settings.account_sid, token)

    async def __aenter__(self) -> Self:
        # A kept connection that the far side has just closed would make a send uncertain.
        self._session = aiohttp.ClientSession(
            headers={"Authorization": self.authorization},
            timeout=TIMEOUT,
            connector=aiohttp.TCPConnector(force_close=True, limit=20),
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def create(self, fields: Sequence[tuple[str, str]]) -> str:
        """Send a message; its SID. Raises ChannelError."""
        try:
            async with self._session.post(
                f"{self._messages}.json", data=aiohttp.FormData(fields), allow_redirects=False
            ) as response:
                told = await _json(response)
                if response.status // 100 == 2 and isinstance(told.get("sid"), str):
                    return str(told["sid"])
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise SendLater("Twilio cannot be reached.", OUTAGE_S) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            # TimeoutError is an OSError: no answer in time, and no word on what became of it.
            raise SendUncertain(f"no answer ({type(error).__name__})") from error
        raise _refusal(response, told)

    async def listed(self, since: datetime, **where: str) -> list[Listed]:
        """Messages created since then that match (``To=``, ``From=``), and those that do not say
        when. Raises SendLater."""
        # Twilio filters by when a message was sent, which may be long after it was made, or unset:
        # a wide filter there, the exact one here.
        sent_after = f"{since.astimezone(UTC) - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"
        query = {**where, "DateSent>": sent_after, "PageSize": "200"}
        found: list[Listed] = []
        following: str | None = f"{self._messages}.json"
        for _ in range(PAGES):
            page = await self._get(following, query)
            if page is None:
                raise SendLater("Twilio answered 404.", OUTAGE_S)
            messages = [one for told in _list(page, "messages") if (one := read_listed(told))]
            found += [one for one in messages if one.at is None or one.at >= since]
            following, query = self._own(page.get("next_page_uri")), {}
            if following is None:
                break
        return found

    async def media(self, message_sid: str) -> list[tuple[str, str]]:
        """Address and content type of each file of a message; empty ones for a file that there
        was, and that cannot be had. Raises SendLater."""
        page = await self._get(f"{self._messages}/{message_sid}/Media.json", {})
        if page is None:  # deleted, or never there
            return [("", "")]
        return [self._file(told) for told in _list(page, "media_list")]

    def _file(self, told: object) -> tuple[str, str]:
        one = _object(told)
        address = self._own(one.get("uri"))
        return (address.removesuffix(".json"), _text(one, "content_type")) if address else ("", "")

    def _own(self, path: object) -> str | None:
        """The address of something of Twilio's own; None for what is no path there."""
        if path is None:
            return None
        if not isinstance(path, str) or not re.fullmatch(r"/(?!/)[\x21-\x7e]*", path):
            log.warning("Twilio tells of an address that is none of its own")
            return None
        return f"{self._base}{path}"

    async def _get(self, url: str, params: dict[str, str]) -> dict[str, Any] | None:
        """None for what is not there."""
        try:
            async with self._session.get(url, params=params, allow_redirects=False) as response:
                told = await _json(response)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise SendLater(
                f"Twilio cannot be asked ({type(error).__name__}).", OUTAGE_S
            ) from error
        if response.status in (404, 410):
            return None
        if response.status != 200:
            raise SendLater(f"Twilio answered {response.status}.", OUTAGE_S)
        return told


@dataclass(frozen=True)
class Listed:
    """A message as Twilio lists it. What it tells is not believed to be of any kind: what was not
    is empty."""

    sid: str
    sender: str
    body: str
    direction: str
    status: str
    at: datetime | None  # None: it cannot be told
    has_media: bool


def read_listed(told: object) -> Listed | None:
    """None for what is no message. Never raises."""
    one = _object(told)
    sid = _text(one, "sid")
    if not SID.fullmatch(sid):
        log.warning("Twilio lists something that is no message")
        return None
    at = _when(one.get("date_created")) or _when(one.get("date_sent"))
    return Listed(
        sid=sid,
        sender=_text(one, "from"),
        body=_text(one, "body"),
        direction=_text(one, "direction"),
        status=_text(one, "status"),
        at=at,
        has_media=one.get("num_media") not in (None, "", "0", 0),
    )


def _when(told: object) -> datetime | None:
    """An aware time of our age, or None."""
    try:
        at = parsedate_to_datetime(told) if isinstance(told, str) else None
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    if at is None or not 2000 <= at.year < 2900:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at  # "-0000" tells of no zone


def _object(told: object) -> dict[str, Any]:
    return cast("dict[str, Any]", told) if isinstance(told, dict) else {}


def _list(page: dict[str, Any], name: str) -> list[object]:
    found = page.get(name)
    return cast("list[object]", found) if isinstance(found, list) else []


def _text(one: dict[str, Any], name: str) -> str:
    value = one.get(name)
    return value if isinstance(value, str) else ""


async def _json(response: aiohttp.ClientResponse) -> dict[str, Any]:
    """The body as an object; empty for anything else."""
    try:
        told: Any = await response.json(content_type=None)
    except (ValueError, RecursionError):
        return {}
    return _object(told)


def _refusal(
    response: aiohttp.ClientResponse, told: dict[str, Any]
) -> SendLater | SendRefused | SendUncertain:
    status, code = response.status, told.get("code")
    code = code if isinstance(code, int) else None
    if status == 429 or code in _RATE_LIMITS:
        return SendLater("Twilio's rate limit is reached.", _retry_after(response, RATE_LIMIT_S))
    if status == 503:
        return SendLater("Twilio is not available.", _retry_after(response, OUTAGE_S))
    if status in (401, 403) or code == 20003:
        return SendLater("Twilio refused the account's credentials.", NO_ACCESS_S)
    if 400 <= status < 500:
        return SendRefused(words(code, _text(told, "message")[:LONGEST_REASON]))
    return SendUncertain(f"Twilio answered {status}")


def _retry_after(response: aiohttp.ClientResponse, otherwise: float) -> float:
    try:
        said = float(response.headers["Retry-After"])
    except (KeyError, ValueError):
        return otherwise
    return min(max(said, 0.5), 60.0) if math.isfinite(said) else otherwise
