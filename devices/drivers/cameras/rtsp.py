"""DESCRIBE of RTSP (RFC 2326): whether a camera would show a stream, without opening it."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from devices.device import Refused, Unreachable
from devices.digest import authorization
from devices.drivers.cameras.address import Credentials, host_and_port
from devices.drivers.cameras.refusals import Denied, NotThere

ANSWER_S = 6.0
MAX_HEAD, MAX_BODY = 1 << 14, 1 << 16


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]  # names in lower case
    body: bytes

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]


async def describe(url: str, credentials: Credentials | None, who: str) -> None:
    """Returns when the camera would show it. Raises Denied, NotThere, Refused, Unreachable."""
    try:
        async with asyncio.timeout(ANSWER_S):
            answer = await _described(url, credentials)
    except TimeoutError as error:
        raise Unreachable(f"{who} did not answer in time.") from error
    except OSError as error:
        raise Unreachable(f"{who} does not answer.") from error
    except (ValueError, EOFError, asyncio.LimitOverrunError) as error:
        raise Unreachable(f"{who} answered with something I cannot read.") from error
    _judge(answer, who)


def _judge(answer: Answer, who: str) -> None:
    match answer.status:
        case 200 if b"m=video" in answer.body:
            return
        case 200:
            raise NotThere(f"{who} has a stream there, and no picture in it.")
        case 401 | 403:
            raise Denied(who)
        case 404 | 410 | 454:
            raise NotThere(f"{who} answers, but has nothing at that address. Is all of it right?")
        case status if 300 <= status < 400:
            raise Refused(f"{who} sends me to another address, where I do not go.")
        case status:
            raise Unreachable(f"{who} answered with RTSP {status}.")


async def _described(url: str, credentials: Credentials | None) -> Answer:
    """The answer that counts. A challenge is met on its own connection: many hold only there."""
    host, port = host_and_port(url)
    tls = _any_certificate() if urlsplit(url).scheme == "rtsps" else None
    reader, writer = await asyncio.open_connection(host, port, ssl=tls, limit=MAX_HEAD)
    try:
        answer = await _ask(reader, writer, url, 1)
        if answer.status == 401 and credentials is not None:
            challenges = answer.all("www-authenticate")
            who = credentials.user, credentials.password
            response = authorization(challenges, "DESCRIBE", url, *who)
            answer = await _ask(reader, writer, url, 2, response)
    finally:
        writer.transport.abort()
    return answer


def _any_certificate() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False  # self-signed: there is nothing to check it against
    context.verify_mode = ssl.CERT_NONE
    return context


async def _ask(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    url: str,
    number: int,
    authorization: str = "",
) -> Answer:
    lines = [f"DESCRIBE {url} RTSP/1.0", f"CSeq: {number}", "Accept: application/sdp"]
    if authorization:
        lines.append(f"Authorization: {authorization}")
    writer.write("\r\n".join([*lines, "", ""]).encode())
    await writer.drain()
    start, *rest = (await reader.readuntil(b"\r\n\r\n")).decode("utf-8", "replace").splitlines()
    version, _, status = start.partition(" ")
    if not version.startswith("RTSP/"):
        raise ValueError("no RTSP")
    split = (line.partition(":") for line in rest if ":" in line)
    headers = tuple((name.strip().lower(), value.strip()) for name, _, value in split)
    length = next((int(value) for name, value in headers if name == "content-length"), 0)
    if not 0 <= length <= MAX_BODY:
        raise ValueError("too long an answer")
    return Answer(int(status.partition(" ")[0]), headers, await reader.readexactly(length))
