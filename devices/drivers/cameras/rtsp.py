"""DESCRIBE of RTSP (RFC 2326): whether a camera would show a stream, without opening it."""

from __future__ import annotations

import asyncio
import re
import ssl
from dataclasses import dataclass
from hashlib import md5, sha256
from secrets import token_hex
from urllib.parse import urlsplit

from devices.device import Refused, Unreachable
from devices.drivers.cameras.address import Credentials, host_and_port
from devices.drivers.cameras.refusals import Denied, NotThere

ANSWER_S = 6.0
MAX_HEAD, MAX_BODY = 1 << 14, 1 << 16
_PARAMETER = re.compile(r'(\w+)=(?:"([^"]*)"|([^\s,]+))')
_HASHES = {"MD5": md5, "SHA-256": sha256}


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
            response = _response(answer.all("www-authenticate"), url, credentials)
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


def _response(challenges: list[str], url: str, credentials: Credentials) -> str:
    """The value of Authorization: hashed, and in the clear only for who knows nothing better."""
    for challenge in challenges:
        scheme, _, rest = challenge.partition(" ")
        said = {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(rest)}
        if scheme.lower() == "digest" and said.get("algorithm", "MD5").upper() in _HASHES:
            return _digest(said, url, credentials)
    if any(challenge.lower().startswith("basic") for challenge in challenges):
        return credentials.basic()
    return ""


def _digest(said: dict[str, str], url: str, credentials: Credentials) -> str:
    """RFC 7616, with and without a quality of protection."""
    algorithm = said.get("algorithm", "MD5")
    realm, nonce = said.get("realm", ""), said.get("nonce", "")

    def hashed(*parts: str) -> str:
        return _HASHES[algorithm.upper()](":".join(parts).encode()).hexdigest()

    secret = hashed(credentials.user, realm, credentials.password)
    asked = hashed("DESCRIBE", url)
    fields = {"username": credentials.user, "realm": realm, "nonce": nonce, "uri": url}
    extra = ""
    if "auth" in said.get("qop", "").replace(" ", "").split(","):
        ours = token_hex(8)
        fields["response"] = hashed(secret, nonce, "00000001", ours, "auth", asked)
        fields["cnonce"] = ours
        extra = ", qop=auth, nc=00000001"
    else:
        fields["response"] = hashed(secret, nonce, asked)
    if "opaque" in said:
        fields["opaque"] = said["opaque"]
    if "algorithm" in said:
        extra += f", algorithm={algorithm}"
    return "Digest " + ", ".join(f'{name}="{value}"' for name, value in fields.items()) + extra
