"""Fetching what strangers point at: each way into the house that such an address could be."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from dobby.channels.media import Fetched, Fetcher, MediaError, is_public, store

AUTH = aiohttp.encode_basic_auth("AC", "token")


@dataclass
class Server:
    """A provider, or a stranger's server, on loopback."""

    base: str = ""
    seen: list[tuple[str, str | None]] = field(default_factory=list[tuple[str, str | None]])
    location: str = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.seen.append((request.path, request.headers.get("Authorization")))
        match request.path:
            case "/file":
                return web.Response(body=b"picture", content_type="image/jpeg")
            case "/moved":
                raise web.HTTPFound(self.location)
            case "/round":
                raise web.HTTPFound("/round")
            case "/huge":
                return await self._stream(request, b"x" * 65536, 0)
            case "/drip":
                return await self._stream(request, b"x", 0.02)
            case "/bomb":
                headers = {"Content-Encoding": "gzip"}
                return web.Response(body=b"\x1f\x8b", headers=headers)
            case _:
                raise web.HTTPNotFound

    async def _stream(
        self, request: web.Request, chunk: bytes, pause_s: float
    ) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(10_000):
            await response.write(chunk)
            await asyncio.sleep(pause_s)
        return response


async def started() -> tuple[Server, web.AppRunner]:
    server = Server()
    app = web.Application()
    app.router.add_get("/{path:.*}", server.handle)
    runner = web.AppRunner(app, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    return server, runner


@pytest.fixture
async def provider() -> AsyncIterator[Server]:
    server, runner = await started()
    yield server
    await runner.cleanup()


@pytest.fixture
async def elsewhere() -> AsyncIterator[Server]:
    server, runner = await started()
    yield server
    await runner.cleanup()


async def test_the_provider_s_own_files_are_fetched(provider: Server) -> None:
    async with Fetcher(provider.base, AUTH) as fetcher:
        assert await fetcher.fetch(f"{provider.base}/file") == Fetched(b"picture", "image/jpeg")
    assert provider.seen == [("/file", AUTH)]


@pytest.mark.parametrize(
    "url",
    ["http://169.254.169.254/latest", "https://example.org/a", "file:///etc/passwd", "nonsense",
     "http://127.0.0.1:1/a", ""],
)  # fmt: skip
async def test_attack_36_only_the_provider_is_asked_first(provider: Server, url: str) -> None:
    async with Fetcher(provider.base, AUTH) as fetcher:
        with pytest.raises(MediaError):
            await fetcher.fetch(url)
    assert provider.seen == []


@pytest.mark.parametrize(
    "location",
    ["https://127.0.0.1/x", "https://2130706433/x", "https://0x7f.1/x", "https://localhost/x",
     "https://[::ffff:127.0.0.1]/x", "https://[64:ff9b::7f00:1]/x", "https://10.0.0.1/x",
     "https://100.64.0.1/x", "https://[fe80::1]/x", "https://169.254.169.254/x",
     "http://1.1.1.1/x", "https://user:pw@1.1.1.1/x", "gopher://1.1.1.1/x", "https://0/x"],
)  # fmt: skip
async def test_attacks_37_and_38_each_hop_is_looked_at(provider: Server, location: str) -> None:
    provider.location = location
    async with Fetcher(provider.base, AUTH) as fetcher:
        with pytest.raises(MediaError) as refused:
            await fetcher.fetch(f"{provider.base}/moved", deadline_s=5)
    assert "too long" not in str(refused.value)  # turned away, not tried


async def test_attack_39_a_name_is_looked_at_when_it_is_connected_to(
    provider: Server, elsewhere: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that resolves to the LAN is refused by the very resolver that connects."""
    provider.location = "https://rebound.example/file"
    asked: list[str] = []

    async def resolve(self: object, host: str, port: int = 0, family: int = 0) -> list[object]:
        asked.append(host)
        return [{"hostname": host, "host": "127.0.0.1", "port": port, "family": family,
                 "proto": 0, "flags": 0}]  # fmt: skip

    monkeypatch.setattr(aiohttp.ThreadedResolver, "resolve", resolve)
    async with Fetcher(provider.base, AUTH) as fetcher:
        with pytest.raises(MediaError):
            await fetcher.fetch(f"{provider.base}/moved")
    assert asked == ["rebound.example"]
    assert elsewhere.seen == []


async def test_attack_40_credentials_stay_with_the_provider(
    provider: Server, elsewhere: Server
) -> None:
    provider.location = f"{elsewhere.base}/file"
    async with Fetcher(provider.base, AUTH, also=[elsewhere.base]) as fetcher:
        assert (await fetcher.fetch(f"{provider.base}/moved")).content == b"picture"
    assert elsewhere.seen == [("/file", None)]


@pytest.mark.parametrize(
    ("path", "why"),
    [("huge", "larger than"), ("drip", "too long"), ("bomb", "compressed"),
     ("round", "redirects"), ("gone", "404")],
)  # fmt: skip
async def test_attack_44_there_is_a_cap_and_a_deadline(
    provider: Server, path: str, why: str
) -> None:
    async with Fetcher(provider.base, AUTH, cap=1024 * 1024) as fetcher:
        with pytest.raises(MediaError, match=why):
            await fetcher.fetch(f"{provider.base}/{path}", deadline_s=1)


@pytest.mark.parametrize(
    ("address", "public"),
    [("1.1.1.1", True), ("2606:4700::1111", True), ("::ffff:1.1.1.1", True),
     ("127.0.0.1", False), ("0.0.0.0", False), ("100.64.0.1", False), ("192.168.1.1", False),
     ("::1", False), ("::ffff:127.0.0.1", False), ("64:ff9b::7f00:1", False),
     ("64:ff9b:1::a00:1", False), ("2002:7f00:1::", False), ("fd00::1", False),
     ("224.0.0.1", False), ("ff0e::1", False), ("240.0.0.1", False)],
)  # fmt: skip
def test_what_is_public(address: str, public: bool) -> None:
    assert is_public(ip_address(address)) is public


def test_files_are_the_owner_s_alone(tmp_path: Path) -> None:
    path = store(tmp_path / "media", "7-0", Fetched(b"x", "image/jpeg"))
    assert path == tmp_path / "media" / "7-0.jpg"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    store(tmp_path / "media", "7-0", Fetched(b"y", "image/jpeg"))  # after a restart: replaced
    assert path.read_bytes() == b"y"
    assert store(tmp_path / "media", "8-0", Fetched(b"x", "text/html")).suffix == ".bin"


def test_a_folder_that_refuses_is_told(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("in the way")
    with pytest.raises(MediaError, match="could not be stored"):
        store(tmp_path / "media", "7-0", Fetched(b"x", "image/jpeg"))
