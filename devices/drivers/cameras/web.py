"""Pictures over HTTP: a JPEG for the asking, or motion JPEG, of which the first is taken."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import Literal

import aiohttp
from aiohttp.client_middlewares import ClientMiddlewareType

from devices import untrusted_http
from devices.device import Refused, Unreachable
from devices.drivers.cameras import jpeg
from devices.drivers.cameras.address import Credentials
from devices.drivers.cameras.refusals import Denied, NotThere

ANSWER_S = 6.0
CHUNK = 1 << 16


@dataclass(frozen=True)
class Look:
    """What an address shows: one picture at a time, or one after the other."""

    form: Literal["jpeg", "mjpeg"]
    picture: bytes


async def look(url: str, credentials: Credentials | None, who: str) -> Look:
    """One GET, no redirect; the picture is checked, and not decoded.

    Raises Denied, NotThere, Refused, Unreachable.
    """
    try:
        async with asyncio.timeout(ANSWER_S), _answer(url, credentials) as response:
            _judge(response, who)
            form = "mjpeg" if response.content_type.startswith("multipart/") else "jpeg"
            if form == "mjpeg":
                picture = await _first(response)
            else:
                picture = await untrusted_http.body_of(response, jpeg.MAX_BYTES)
    except TimeoutError as error:
        raise Unreachable(f"{who} did not answer in time.") from error
    except aiohttp.ClientPayloadError as error:
        raise Refused(f"{who} sent something that is no picture.") from error
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise Unreachable(f"{who} does not answer.") from error
    if response.content_type == "text/html":
        raise Refused(f"{who} shows a web page there, and no picture.")
    return Look(form, jpeg.checked(picture, who))


@contextlib.asynccontextmanager
async def _answer(
    url: str, credentials: Credentials | None
) -> AsyncGenerator[aiohttp.ClientResponse]:
    """The password is sent hashed; in the clear only to a camera that knows nothing better."""
    digest: Sequence[ClientMiddlewareType] = ()
    if credentials is not None:
        digest = (aiohttp.DigestAuthMiddleware(credentials.user, credentials.password),)
    connector = aiohttp.TCPConnector(ssl=False)  # self-signed: there is nothing to check it against
    timeout = aiohttp.ClientTimeout(total=ANSWER_S)
    async with untrusted_http.session(timeout=timeout, connector=connector) as session:
        async with session.get(url, allow_redirects=False, middlewares=digest) as response:
            if credentials is None or not _wants_basic(response):
                yield response
                return
        basic = {"Authorization": credentials.basic()}
        async with session.get(url, allow_redirects=False, headers=basic) as response:
            yield response


def _wants_basic(response: aiohttp.ClientResponse) -> bool:
    offers = response.headers.getall("WWW-Authenticate", [])
    return response.status == 401 and all(o.lower().startswith("basic") for o in offers)


def _judge(response: aiohttp.ClientResponse, who: str) -> None:
    match response.status:
        case 200:
            return
        case 401 | 403:
            raise Denied(who)
        case 404 | 410:
            raise NotThere(f"{who} answers, but has nothing at that address. Is all of it right?")
        case status if 300 <= status < 400:
            raise Refused(f"{who} sends me to another address, where I do not go.")
        case status:
            raise Unreachable(f"{who} answered with HTTP {status}.")


async def _first(response: aiohttp.ClientResponse) -> bytes:
    """The first picture of a stream of them."""
    heard = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):
        heard += chunk
        if picture := jpeg.first(heard):
            return picture
        if len(heard) > jpeg.MAX_BYTES:
            break
    raise aiohttp.ClientPayloadError("no picture in the stream")
