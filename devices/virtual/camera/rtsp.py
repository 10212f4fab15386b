"""The camera's RTSP server (RFC 2326): media interleaved in the connection that asked for it.

UDP is answered with 461, as by a camera set to TCP alone; clients then ask for TCP by themselves.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import struct
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self
from urllib.parse import urlsplit

from devices.virtual.camera.clip import Reel
from devices.virtual.camera.gate import Gate
from devices.virtual.camera.rtp import Sender, sdp
from devices.virtual.faults import Fault

TRACK = "video"
REPORT_S = 5.0
LATE_S = 3.0  # a client that reads this much too slowly loses pictures, as from a real camera
MAX_HEAD, MAX_BODY = 8192, 65536
_METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN"
_REASONS = {
    200: "OK",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    454: "Session Not Found",
    455: "Method Not Valid In This State",
    461: "Unsupported Transport",
}


class Camera(Protocol):
    """What the server needs of the camera that it belongs to."""

    name: str
    gate: Gate
    fault: Fault
    corrupt: bool
    reels: Mapping[str, Reel]  # by path; another one at any time

    def wall_clock(self) -> float: ...


@dataclass(frozen=True)
class Request:
    method: str
    url: str
    headers: Mapping[str, str]  # names in lower case


class RtspServer:
    """Serves the camera's reels, each at its path, while the context is open."""

    def __init__(self, camera: Camera, host: str, port: int = 0) -> None:
        self._camera = camera
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.Task[None]] = set()
        self.host, self.port = host, port

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(
            self._accept, self.host, self.port, limit=MAX_HEAD
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        assert self._server is not None  # noqa: S101 - entered
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    @property
    def watched(self) -> int:
        """How many clients are connected."""
        return len(self._open)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(_Connection(self._camera, reader, writer).serve())
        self._open.add(task)
        task.add_done_callback(self._open.discard)


class _Connection:
    """One client: its requests, and its stream in between."""

    def __init__(
        self, camera: Camera, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._camera, self._reader, self._writer = camera, reader, writer
        self._session = f"{id(self):x}"
        self._sender = Sender()
        self._channel: int | None = None  # of RTP; RTCP has the next one
        self._playing: asyncio.Task[None] | None = None

    async def serve(self) -> None:
        """Answer until the client goes, or the camera is gone."""
        try:
            while request := await _read(self._reader):
                fault = self._camera.fault
                await asyncio.sleep(fault.slow_s)
                if fault.gone:
                    break
                self._answer(request)
                await self._writer.drain()
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # gone, or no RTSP: there is nobody to tell
        finally:
            if self._playing is not None:
                self._playing.cancel()
            self._writer.transport.abort()

    def _answer(self, request: Request) -> None:
        status, headers, body = self._respond(request)
        headers = {"CSeq": request.headers.get("cseq", "0"), **headers}
        if body:
            headers["Content-Length"] = str(len(body.encode()))
        lines = [
            f"RTSP/1.0 {status} {_REASONS[status]}",
            *(f"{k}: {v}" for k, v in headers.items()),
        ]
        self._writer.write("\r\n".join([*lines, "", body]).encode())

    def _respond(self, request: Request) -> tuple[int, dict[str, str], str]:
        gate, fault = self._camera.gate, self._camera.fault
        if request.method == "OPTIONS":
            return 200, {"Public": _METHODS}, ""
        admitted = gate.admits(request.method, request.headers.get("authorization", ""))
        if fault.refuse or not admitted:
            return 401, {"WWW-Authenticate": gate.challenge}, ""
        path = urlsplit(request.url).path.rstrip("/").removesuffix(f"/{TRACK}")
        reel = self._camera.reels.get(path)
        if reel is None:
            return 404, {}, ""
        match request.method:
            case "DESCRIBE":
                return self._describe(request, reel)
            case "SETUP":
                return self._set_up(request)
            case "PLAY" | "GET_PARAMETER" | "TEARDOWN" if self._channel is None:
                return 454, {}, ""
            case "PLAY":
                return self._play(request, path)
            case "GET_PARAMETER":
                return 200, {"Session": self._session}, ""
            case "TEARDOWN":
                self._stop()
                return 200, {"Session": self._session}, ""
            case _:
                return 405, {"Allow": _METHODS}, ""

    def _describe(self, request: Request, reel: Reel) -> tuple[int, dict[str, str], str]:
        host = self._writer.get_extra_info("sockname")[0]
        body = sdp(reel.clip, host, self._camera.name)
        base = request.url.rstrip("/") + "/"
        return 200, {"Content-Base": base, "Content-Type": "application/sdp"}, body

    def _set_up(self, request: Request) -> tuple[int, dict[str, str], str]:
        if self._playing is not None:
            return 455, {}, ""
        asked = re.search(r"RTP/AVP/TCP[^,]*", request.headers.get("transport", ""))
        if asked is None:
            return 461, {}, ""
        channel = re.search(r"interleaved=(\d{1,3})", asked[0])
        self._channel = min(int(channel[1]), 254) if channel else 0
        transport = (
            f"RTP/AVP/TCP;unicast;interleaved={self._channel}-{self._channel + 1};"
            f"ssrc={self._sender.ssrc:08X}"
        )
        return 200, {"Transport": transport, "Session": f"{self._session};timeout=60"}, ""

    def _play(self, request: Request, path: str) -> tuple[int, dict[str, str], str]:
        reel = self._camera.reels[path]
        number = reel.key_before(reel.newest())
        info = (
            f"url={request.url.rstrip('/')}/{TRACK};seq={self._sender.sequence};"
            f"rtptime={self._sender.ticks(reel.shown(number))}"
        )
        if self._playing is None:
            self._playing = asyncio.create_task(self._stream(path, number))
        return 200, {"Session": self._session, "Range": "npt=now-", "RTP-Info": info}, ""

    def _stop(self) -> None:
        if self._playing is not None:
            self._playing.cancel()
        self._playing = self._channel = None

    async def _stream(self, path: str, number: int) -> None:
        """Send picture after picture when it is due, from a key picture on."""
        reel = self._camera.reels[path]
        reported = 0.0
        with contextlib.suppress(OSError):
            while True:
                await asyncio.sleep(max(0.0, reel.sent(number) - time.monotonic()))
                await self._camera.fault.thaw()
                if self._camera.fault.gone:
                    break
                if reel is not self._camera.reels[path] or _is_late(reel, number):
                    reel = self._camera.reels[path]
                    number = reel.key_before(reel.newest())
                    continue
                if time.monotonic() - reported > REPORT_S:
                    reported = time.monotonic()
                    report = self._sender.report(self._camera.wall_clock(), reported)
                    self._writer.write(self._interleaved(1, report))
                self._send_picture(reel, number)
                await self._writer.drain()
                number += 1
        self._writer.transport.abort()

    def _send_picture(self, reel: Reel, number: int) -> None:
        nals = reel.unit(number).nals
        if self._camera.corrupt:
            nals = tuple(_spoil(nal, number) for nal in nals)
        packets = self._sender.packets(nals, reel.shown(number))
        self._writer.write(b"".join(self._interleaved(0, packet) for packet in packets))

    def _interleaved(self, channel: int, packet: bytes) -> bytes:
        assert self._channel is not None  # noqa: S101 - a stream is set up before it plays
        return b"$" + struct.pack(">BH", self._channel + channel, len(packet)) + packet


def _is_late(reel: Reel, number: int) -> bool:
    """Whether the client fell behind by more than the wait for the newest key picture."""
    newest = reel.newest()
    late = time.monotonic() - reel.sent(number) > LATE_S
    return late and number < reel.key_before(newest)


def _spoil(nal: bytes, seed: int) -> bytes:
    """Flip some bits of a slice, here and there; parameter sets and headers stay whole."""
    if nal[0] & 0x1F not in {1, 5} or len(nal) < 64:
        return nal
    spoilt = bytearray(nal)
    for at in range(32 + seed % 29, len(nal), 97):
        spoilt[at] ^= 0x55
    return bytes(spoilt)


async def _read(reader: asyncio.StreamReader) -> Request | None:
    """The next request; None where the client has gone. Media and reports from it are dropped."""
    while (first := await reader.read(1)) == b"$":
        head = await reader.readexactly(3)
        await reader.readexactly(int.from_bytes(head[1:], "big"))
    if not first:
        return None
    text = (first + await reader.readuntil(b"\r\n\r\n")).decode("utf-8", "replace")
    start, *lines = text.strip().splitlines()
    method, url, _version = start.split()
    headers = dict(_headers(lines))
    if length := int(headers.get("content-length", "0")):
        if not 0 < length <= MAX_BODY:
            raise ValueError("a request with too much in it")
        await reader.readexactly(length)
    return Request(method, url, headers)


def _headers(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        name, _, value = line.partition(":")
        yield name.strip().lower(), value.strip()
