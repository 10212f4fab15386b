"""The way to a camera for who cannot sign in there: libavformat knows a digest by one spelling of
it only ("MD5", not "md5"), and none of the newer ones.

It comes to a door on this machine instead, where each request is signed and goes on to the camera.
For a process of its own that opens one camera: the door's threads end with it.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from urllib.parse import unquote, urlsplit

from devices.digest import algorithms, authorization

KNOWN = "MD5"  # to libavformat, in these letters
WAIT_S = 8.0
MOST_LINES, LONGEST_LINE, LONGEST_BODY = 100, 1 << 13, 1 << 16
CHUNK = 1 << 16
_PORTS = {"rtsp": 554, "rtsps": 322, "http": 80, "https": 443}


class SignedIn:
    """A door to the camera at ``address``, which has the password in it."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._place = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._tls = _any_certificate() if parts.scheme in ("rtsps", "https") else None
        self._rtsp = parts.scheme.startswith("rtsp")
        bare = parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="")
        self._there = bare.geturl()
        self._site = f"{parts.scheme}://{bare.netloc}"
        self._host = bare.netloc
        self._here = ""  # host and port of the door

    def is_needed(self) -> bool:
        """Whether the camera wants a digest that libavformat cannot do. Blocks for some seconds."""
        method = "DESCRIBE" if self._rtsp else "GET"
        uri = self._there if self._rtsp else _path(self._there)
        version = "RTSP/1.0\r\nCSeq: 1" if self._rtsp else f"HTTP/1.1\r\nHost: {self._host}"
        try:
            with self._camera() as camera:
                camera.sendall(f"{method} {uri} {version}\r\n\r\n".encode())
                wanted = algorithms(_reply(camera.makefile("rb")).challenges)
        except (OSError, ValueError):
            return False
        return bool(wanted) and KNOWN not in wanted

    def open(self) -> str:
        """The address here, without the password."""
        door = socket.create_server(("127.0.0.1", 0))
        self._here = f"127.0.0.1:{door.getsockname()[1]}"
        threading.Thread(target=self._serve, args=(door,), daemon=True).start()
        parts = urlsplit(self._there)
        return parts._replace(scheme=parts.scheme.removesuffix("s"), netloc=self._here).geturl()

    def _serve(self, door: socket.socket) -> None:
        while True:
            client, _ = door.accept()
            threading.Thread(target=self._go_between, args=(client,), daemon=True).start()

    def _go_between(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError, ValueError), contextlib.ExitStack() as stack:
            camera = stack.enter_context(self._camera())
            told = camera.makefile("rb")
            challenges: list[str] = []
            signed = 0
            for asked in _asked(client.makefile("rb")):
                if isinstance(asked, bytes):
                    camera.sendall(asked)
                    continue
                there = self._for_the_camera(asked)
                if not challenges:
                    camera.sendall(there.bytes())
                    reply = _reply(told, body=self._rtsp)
                    challenges = reply.challenges if reply.status == 401 else []
                    if not challenges:
                        client.sendall(reply.raw)
                    if challenges and not self._rtsp:  # it may have closed that connection
                        camera = stack.enter_context(self._camera())
                        told = camera.makefile("rb")
                    if challenges or not self._rtsp:
                        threading.Thread(target=_pour, args=(told, client), daemon=True).start()
                if challenges:
                    signed += 1
                    camera.sendall(there.bytes(self._signature(challenges, there, signed)))

    def _camera(self) -> socket.socket:
        plain = socket.create_connection(self._place, WAIT_S)
        if self._tls is None:
            return plain
        return self._tls.wrap_socket(plain, server_hostname=self._place[0])

    def _signature(self, challenges: list[str], there: _Request, signed: int) -> str:
        return authorization(
            challenges, there.method, there.uri, self._user, self._password, signed
        )

    def _for_the_camera(self, request: _Request) -> _Request:
        uri = request.uri.replace(f"rtsp://{self._here}", self._site, 1)
        lines = [
            f"Host: {self._host}" if line.lower().startswith("host:") else line
            for line in request.lines
        ]
        return _Request(request.method, uri, request.version, lines)


@dataclass(frozen=True)
class _Request:
    method: str
    uri: str
    version: str
    lines: list[str]  # its headers

    def bytes(self, authorization: str = "") -> bytes:
        lines = [f"{self.method} {self.uri} {self.version}", *self.lines]
        if authorization:
            lines.append(f"Authorization: {authorization}")
        return "\r\n".join([*lines, "", ""]).encode()


@dataclass(frozen=True)
class _Reply:
    status: int
    challenges: list[str]
    raw: bytes


def _asked(client: BufferedReader) -> Iterator[_Request | bytes]:
    """Requests, and as bytes what is said in between (RTCP, RFC 2326 10.12)."""
    while first := client.peek(1)[:1]:
        if first == b"$":
            frame = client.read(4)
            yield frame + client.read(int.from_bytes(frame[2:4], "big"))
            continue
        start, *lines = _head(client)
        method, uri, version = start.split(" ")
        yield _Request(method, uri, version, lines)


def _reply(told: BufferedReader, body: bool = False) -> _Reply:
    """Its head, and with ``body`` all of it."""
    start, *lines = _head(told)
    split = [line.partition(":") for line in lines]
    headers = [(name.strip().lower(), value.strip()) for name, _, value in split]
    raw = "\r\n".join([start, *lines, "", ""]).encode()
    length = next((int(value) for name, value in headers if name == "content-length"), 0)
    if body and not 0 <= length <= LONGEST_BODY:
        raise ValueError("too long an answer")
    if body:
        raw += told.read(length)
    challenges = [value for name, value in headers if name == "www-authenticate"]
    return _Reply(int(start.split(" ")[1]), challenges, raw)


def _head(stream: BufferedReader) -> list[str]:
    lines: list[str] = []
    while len(lines) < MOST_LINES:
        line = stream.readline(LONGEST_LINE)
        if not line.endswith(b"\n"):
            raise ValueError("it ended")
        if line in (b"\r\n", b"\n"):
            if lines:
                return lines
            continue
        lines.append(line.decode("latin-1").rstrip("\r\n"))
    raise ValueError("too many lines")


def _pour(told: BufferedReader, client: socket.socket) -> None:
    """All that the camera says from now on."""
    with contextlib.suppress(OSError, ValueError):
        while said := told.read1(CHUNK):
            client.sendall(said)
    with contextlib.suppress(OSError):
        client.shutdown(socket.SHUT_RDWR)


def _path(address: str) -> str:
    parts = urlsplit(address)
    return parts._replace(scheme="", netloc="").geturl() or "/"


def _any_certificate() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False  # self-signed: there is nothing to check it against
    context.verify_mode = ssl.CERT_NONE
    return context
