"""One bridge's HTTPS: aiohue's requests over a connection pinned to the bridge's certificate."""

# pyright: reportMissingTypeStubs=false
# aiohue is annotated, but ships no py.typed.

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import re
import ssl
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

import aiohttp
from aiohue.errors import (
    AiohueException,
    BridgeBusy,
    LinkButtonNotPressed,
    Unauthorized,
    raise_from_error,  # pyright: ignore[reportUnknownVariableType]
)
from aiohue.v2 import HueBridgeV2

from devices import untrusted_http
from devices.device import NeedsPairing, Refused, Unreachable, clean_name

Raw = dict[str, Any]  # a resource, or a part of one, as the bridge sent it

REQUEST_S = 5.0
CONNECTIONS = 3  # a bridge answers 429 to more at once
IDLE_S = 60.0  # a new TLS handshake costs a bridge 100 ms and more
MAX_EVENT_BYTES = 4_000_000
PRESS_THE_BUTTON = (
    "Press the round button on top of the Hue bridge, then tell me to pair within 30 seconds."
)


class KeyRejected(Refused):
    """The bridge does not know our key: it was reset, or the key was removed."""


class CertificateChanged(Unreachable):
    """What answers is not the bridge that was paired."""


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


@dataclass(frozen=True)
class Pairing:
    """What is kept of a bridge: our key there, and its certificate's SHA-256."""

    app_key: str
    certificate: bytes


_ID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")  # says nothing to a person


@contextlib.contextmanager
def in_our_words(bridge: str) -> Generator[None]:
    """Turn what aiohue and aiohttp raise into this package's errors."""
    try:
        yield
    except aiohttp.ServerFingerprintMismatch as error:
        raise CertificateChanged(
            f"{bridge} shows another certificate than when it was paired, so I do not trust it. "
            "If it was replaced or reset, pair it again."
        ) from error
    except Unauthorized as error:
        raise KeyRejected(
            f"{bridge} no longer accepts my key; it has to be paired again."
        ) from error
    except BridgeBusy as error:
        raise Unreachable(f"{bridge} is too busy to answer.") from error
    except AiohueException as error:
        told = " ".join(_ID.sub("", clean_name(str(error), 160)).split())
        raise Refused(f"{bridge} refused: {told}") from error
    except aiohttp.ClientResponseError as error:
        raise Unreachable(f"{bridge} answered with HTTP {error.status}.") from error
    except TimeoutError as error:
        raise Unreachable(f"{bridge} did not answer in time.") from error
    except (aiohttp.ClientError, OSError) as error:
        raise Unreachable(f"{bridge} does not answer.") from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        # aiohue indexes into whatever JSON came, so nonsense surfaces as any of these.
        raise Unreachable(f"{bridge} answered with something I cannot read.") from error


def _session() -> aiohttp.ClientSession:
    connector = aiohttp.TCPConnector(limit_per_host=CONNECTIONS, keepalive_timeout=IDLE_S)
    return untrusted_http.session(
        timeout=aiohttp.ClientTimeout(total=REQUEST_S), connector=connector
    )


class PinnedBridge(HueBridgeV2):
    """aiohue's client, which itself accepts any certificate, accepting one.

    The certificate is checked after the TLS handshake and before the key is sent.
    """

    def __init__(self, address: Address, pairing: Pairing) -> None:
        super().__init__(str(address), pairing.app_key)
        self._session = _session()
        self._pin = aiohttp.Fingerprint(pairing.certificate)
        self._key = pairing.app_key

    @asynccontextmanager
    async def create_request(
        self, method: str, path: str, **kwargs: Any
    ) -> AsyncGenerator[aiohttp.ClientResponse]:
        headers = {**kwargs.pop("headers", {}), "hue-application-key": self._key}
        url = f"https://{self.host}/{path}"
        async with self._session.request(
            method, url, headers=headers, ssl=self._pin, allow_redirects=False, **kwargs
        ) as response:
            yield response

    async def close(self) -> None:
        await self._session.close()

    async def fetch(self, path: str = "") -> list[Raw]:
        """GET resources: all, of a type, or one (``"light/<id>"``)."""
        async with asyncio.timeout(REQUEST_S):
            data = await self._requested(f"clip/v2/resource/{path}".rstrip("/"))
        items = cast("list[object]", data) if isinstance(data, list) else [None]
        if not all(isinstance(item, dict) for item in items):
            raise ValueError("not a list of resources")
        return cast("list[Raw]", items)

    async def _requested(self, path: str) -> object:
        return await self.request("get", path)  # pyright: ignore

    @asynccontextmanager
    async def event_stream(self) -> AsyncGenerator[EventReader]:
        """The event stream, open once this is entered.

        aiohue's own reader is left alone: it retries up to ten minutes apart, takes a refused key
        or certificate for a lost connection, dies silently of one bad message, and writes to the
        bridge every minute to keep it talking.
        """
        endless = aiohttp.ClientTimeout(total=None, sock_connect=REQUEST_S)
        async with contextlib.AsyncExitStack() as stack:
            async with asyncio.timeout(REQUEST_S):
                response = await stack.enter_async_context(
                    self.create_request(
                        "get",
                        "eventstream/clip/v2",
                        headers={"Accept": "text/event-stream"},
                        timeout=endless,
                    )
                )
            if response.status == 403:
                raise Unauthorized("the event stream")
            response.raise_for_status()
            yield EventReader(response.content)


class EventReader:
    """Server-sent events of a bridge, as the lists of events that it sends."""

    def __init__(self, content: aiohttp.StreamReader) -> None:
        self._content = content
        self._rest = b""

    async def read(self) -> list[Raw]:
        """The next events; may be cancelled and called again without losing any.

        Raises ConnectionError at the end of the stream, ValueError on what is not JSON.
        """
        while True:
            line, newline, rest = self._rest.partition(b"\n")
            if newline:
                self._rest = rest
                if line.startswith(b"data:"):
                    events: object = json.loads(line[5:])
                    return cast("list[Raw]", events) if isinstance(events, list) else []
                continue
            chunk = await self._content.readany()
            if not chunk:
                raise ConnectionError("the event stream ended")
            self._rest += chunk
            if len(self._rest) > MAX_EVENT_BYTES:
                raise ValueError("an event without end")


async def pair_with(address: Address, bridge_id: str, name: str) -> Pairing:
    """Ask for a key while the link button is fresh; what answers now is trusted from here on.

    aiohue's ``create_app_key`` is not used: it falls back to plain HTTP on any error, which would
    send the key in the clear. Raises NeedsPairing until the button is pressed, Refused when
    another bridge than the one announced answers, Unreachable.
    """
    with in_our_words(name):
        async with asyncio.timeout(REQUEST_S), _session() as session:
            certificate = await _certificate(address)
            pin = aiohttp.Fingerprint(certificate)

            async def ask(method: str, path: str, wish: Raw | None = None) -> Any:
                url = f"https://{address}/{path}"
                asking = session.request(method, url, json=wish, ssl=pin, allow_redirects=False)
                async with asking as response:
                    return json.loads(await untrusted_http.body_of(response))

            config: Raw = await ask("GET", "api/0/config")
            if str(config["bridgeid"]).lower() != bridge_id:
                raise Refused(f"At {address} answers another bridge than the one announced.")
            answer: Raw = (await ask("POST", "api", {"devicetype": "dobby#house"}))[0]
            if "error" in answer:
                try:
                    raise_from_error(answer["error"])
                except LinkButtonNotPressed as error:
                    raise NeedsPairing("button", PRESS_THE_BUTTON) from error
            return Pairing(str(answer["success"]["username"]), certificate)


async def _certificate(address: Address) -> bytes:
    """SHA-256 of the certificate that the bridge shows."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False  # self-signed: there is nothing to check it against
    context.verify_mode = ssl.CERT_NONE
    _, writer = await asyncio.open_connection(address.host, address.port, ssl=context)
    try:
        tls: ssl.SSLObject = writer.get_extra_info("ssl_object")
        shown = tls.getpeercert(binary_form=True)
    finally:
        writer.close()
    if shown is None:
        raise ConnectionError("no certificate was shown")
    return hashlib.sha256(shown).digest()
