"""What a connection comes to that sends half, too slowly, or too much."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from urllib.parse import urlsplit

import pytest

from dobby.daemon.server import allow_open_files
from dobby.web import serving, shield
from tests.dobby.web.conftest import Page

CHUNK = b"4000\r\n" + b"x" * 0x4000 + b"\r\n"
CHUNKS = 640  # 10 MB
PATIENCE_S = 0.5
SOON_S = 5.0


async def connected(page: Page) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection(*_where(page))


def _where(page: Page) -> tuple[str, int]:
    parts = urlsplit(page.url)
    return str(parts.hostname), int(parts.port or 0)


def head(page: Page, method: str, path: str, *more: str) -> bytes:
    bearer = f"Authorization: Bearer {page.token}"
    host = f"Host: {_where(page)[0]}"
    return "\r\n".join([f"{method} {path} HTTP/1.1", host, bearer, *more, "", ""]).encode()


@pytest.mark.parametrize("path", ["/api/chat", "/login", "/nowhere", "/health", "/eyes/reports"])
@pytest.mark.parametrize("length", ["Transfer-Encoding: chunked", "Content-Length: 10485760"])
async def test_a_refusal_is_read_by_who_sends_it_all_first(
    page: Page, path: str, length: str
) -> None:
    """And closes after it: a socket closed on unread data resets, and the answer is lost."""
    reader, writer = await connected(page)
    kind = "Content-Type: application/x-www-form-urlencoded"
    writer.write(head(page, "POST", path, kind, length, "Connection: close"))
    chunked = "chunked" in length
    for _ in range(CHUNKS):
        writer.write(CHUNK if chunked else CHUNK[6:-2])
        await writer.drain()
    writer.write(b"0\r\n\r\n" if chunked else b"")
    async with asyncio.timeout(20):
        answer = await reader.read()
    told = int(answer.split()[1])
    if chunked:
        assert told == {"/nowhere": 404, "/health": 405, "/eyes/reports": 401}.get(path, 413)
    else:
        assert told == 413
    writer.close()


async def test_who_asks_first_is_told_before_sending(page: Page) -> None:
    reader, writer = await connected(page)
    writer.write(
        head(page, "POST", "/api/chat", "Content-Length: 10000000", "Expect: 100-continue")
    )
    async with asyncio.timeout(5):
        assert b" 413 " in await reader.readuntil(b"\r\n")
    writer.close()


POST = b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\n"
HALVES = {
    "nothing": (b"", "HEAD_S"),
    "half a head": (b"GET / HTTP/1.1\r\nHost: ", "HEAD_S"),
    "a second head": (b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET / HT", "HEAD_S"),
    "half a body": (POST + b"Content-Length: 1000\r\n\r\nto", "BODY_S"),
    "half a chunk": (POST + b"Transfer-Encoding: chunked\r\n\r\n400\r\nto", "BODY_S"),
}


@pytest.mark.parametrize("what", HALVES)
@pytest.mark.parametrize("drips", [False, True])
async def test_half_a_request_is_not_waited_for_long(
    page: Page, monkeypatch: pytest.MonkeyPatch, what: str, drips: bool
) -> None:
    """Nor longer for a byte now and then."""
    sent, patience = HALVES[what]
    for name in ("HEAD_S", "BODY_S", "READ_S"):
        monkeypatch.setattr(serving, name, PATIENCE_S if name == patience else 60.0)
    monkeypatch.setattr(shield, "REST_S", 60.0)
    reader, writer = await connected(page)
    writer.write(sent)
    began = time.monotonic()
    ended = asyncio.create_task(let_go(reader))
    while not ended.done() and time.monotonic() - began < SOON_S:
        if drips:
            writer.write(b"x")
        await asyncio.wait([ended], timeout=0.1)
    assert ended.done()
    assert time.monotonic() - began > PATIENCE_S * 0.9
    writer.transport.abort()


async def test_an_answer_that_nobody_reads_is_not_kept(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "READ_S", PATIENCE_S)
    dropped = asyncio.Event()
    drop = serving.Connection.drop

    def dropping(connection: serving.Connection) -> None:
        drop(connection)
        dropped.set()

    monkeypatch.setattr(serving.Connection, "drop", dropping)
    asked = 1000  # some 6 MB, more than the buffers between take
    with socket.socket() as small:
        small.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        small.connect(_where(page))
        reader, writer = await asyncio.open_connection(sock=small.dup())
    writer.transport.pause_reading()  # type: ignore[attr-defined]
    writer.write(head(page, "GET", "/static/style.css") * asked)
    async with asyncio.timeout(60):  # to fill the buffers is most of it
        await dropped.wait()
    writer.transport.resume_reading()  # type: ignore[attr-defined]
    async with asyncio.timeout(30):  # what the buffers hold comes through a small window
        assert (await let_go(reader)).count(b"HTTP/1.1 200") < asked
    writer.transport.abort()


async def let_go(reader: asyncio.StreamReader) -> bytes:
    """What came until the far side closed."""
    told = bytearray()
    with contextlib.suppress(ConnectionError):
        while more := await reader.read(65536):
            told += more
    return bytes(told)


async def test_a_page_that_listens_is_not_waited_for(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HEAD_S", "BODY_S", "READ_S"):
        monkeypatch.setattr(serving, name, 0.3)
    async with page.stream() as stream:
        await stream.next("hello")
        await asyncio.sleep(1.0)
        page.daemon.web.channel.line("k", "dobby", "still here")
        assert (await stream.next("line"))["text"] == "still here"


@pytest.fixture
def many_files() -> None:
    allow_open_files()  # as the daemon does at its start


async def test_hundreds_of_pages_may_come_in_one_moment(many_files: None, page: Page) -> None:
    """From one address, as behind a proxy after a restart."""
    asked = head(page, "GET", "/api/house", "Connection: close")

    async def come() -> bytes:
        reader, writer = await connected(page)
        writer.write(asked)
        told = await let_go(reader)
        writer.close()
        return told[:12]

    async with asyncio.timeout(60):
        told = await asyncio.gather(*(come() for _ in range(2 * serving.MOST_WAITING)))
    assert set(told) == {b"HTTP/1.1 200"}
