"""Cameras whose digest libavformat cannot do: we sign in for it, on the way."""

from __future__ import annotations

import asyncio
import contextlib
import re
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncGenerator
from hashlib import md5
from pathlib import Path

import av.error
import pytest

from devices.digest import algorithms, authorization
from devices.drivers.cameras import jpeg, still
from devices.signed_in import SignedIn
from devices.virtual.camera import Clip, VirtualCamera
from tests.dobby.eyes.test_capture import watched
from tests.peers.cameras import PEOPLE, footage, gst_camera, motion_camera

ROOT = Path(__file__).parents[3]


@contextlib.asynccontextmanager
async def in_small_letters(url: str) -> AsyncGenerator[str]:
    """The same server, which writes its digest's algorithm as ``md5``."""
    host, port = re.search(r"([\d.]+):(\d+)", url).groups()  # type: ignore[union-attr]

    async def pour(source: asyncio.StreamReader, to: asyncio.StreamWriter, spell: bool) -> None:
        while said := await source.read(65536):
            if spell:
                said = re.sub(rb', algorithm="?MD5"?', b"", said)
                said = said.replace(b": Digest ", b": Digest algorithm=md5, ")
            to.write(said)
            await to.drain()
        to.close()

    async def go_between(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to_reader, to_writer = await asyncio.open_connection(host, int(port))
        with contextlib.suppress(OSError):
            async with asyncio.TaskGroup() as both:
                both.create_task(pour(reader, to_writer, spell=False))
                both.create_task(pour(to_reader, writer, spell=True))

    server = await asyncio.start_server(go_between, "127.0.0.1")
    here = server.sockets[0].getsockname()[1]
    async with server:
        yield url.replace(f"{host}:{port}", f"127.0.0.1:{here}")


@contextlib.asynccontextmanager
async def gstreamer() -> AsyncGenerator[str]:
    async with (
        gst_camera(footage(PEOPLE), "owner", "right") as there,
        in_small_letters(there) as url,
    ):
        yield url


async def test_over_rtsp() -> None:
    """GStreamer's server, with the algorithm in small letters."""
    async with gstreamer() as url:
        with pytest.raises(av.error.HTTPUnauthorizedError):
            await asyncio.to_thread(av.open, url, timeout=8)
        async with watched(url.replace("right", "wrong")) as watch:
            await watch.until(lambda: watch.states)
            assert watch.told == ["refused"]
        async with watched(url) as watch:
            await watch.until(lambda: len(watch.frames) > 2)
            assert watch.told == ["seeing"]


async def test_over_http(tmp_path: Path) -> None:
    """Debian's ``motion``, as it is."""
    clip = Clip.load(footage(PEOPLE))
    async with (
        VirtualCamera(clip) as source,
        motion_camera(source.rtsp_url, tmp_path, "owner", "right") as url,
    ):
        assert await asyncio.to_thread(SignedIn(url).is_needed)
        async with watched(url.replace("right", "wrong")) as watch:
            await watch.until(lambda: watch.states)
            assert watch.told == ["refused"]
        async with watched(url) as watch:
            await watch.until(lambda: len(watch.frames) > 2)
            assert watch.told == ["seeing"]


async def test_a_picture_out_of_such_a_stream() -> None:
    async with gstreamer() as url:
        process = await asyncio.create_subprocess_exec(
            sys.executable, still.__file__, stdin=PIPE, stdout=PIPE, env={"PYTHONPATH": str(ROOT)}
        )
        picture, _ = await process.communicate(url.encode() + b"\n")
        assert process.returncode == 0
        assert jpeg.size(picture) == (768, 432)


async def test_no_door_for_who_is_merely_refused() -> None:
    async with gst_camera(footage(PEOPLE), "owner", "right") as url:
        assert not await asyncio.to_thread(SignedIn(url).is_needed)
    assert not await asyncio.to_thread(SignedIn(url).is_needed), "nobody answers"


def test_a_digest_by_each_name_of_its_algorithm() -> None:
    """RFC 7616, 3.9.1, without what is drawn by lot."""
    challenge = 'Digest realm="http-auth@example.org", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcC", '
    for name in ("md5", "MD5", "Md5"):
        said = authorization([f"{challenge}algorithm={name}"], "GET", "/dir", "Mufasa", "Circle")
        assert f"algorithm={name}" in said
        assert 'response="' + _md5_of("Mufasa", "Circle", "/dir") + '"' in said
    newer = [f"{challenge}algorithm=SHA-512-256", f"{challenge}algorithm=sha-256"]
    assert len(re.findall(r'response="([0-9a-f]+)"', _signed(newer))[0]) == 64
    assert _signed([f"{challenge}algorithm=SHA-512-256"]) == ""
    assert _signed(["Basic realm=x"]) == "Basic TXVmYXNhOkNpcmNsZQ=="
    assert algorithms([*newer, "Basic realm=x", challenge]) == ["SHA-512-256", "sha-256", "MD5"]


def _signed(challenges: list[str]) -> str:
    return authorization(challenges, "GET", "/dir", "Mufasa", "Circle")


def _md5_of(user: str, password: str, uri: str) -> str:
    def hashed(*parts: str) -> str:
        return md5(":".join(parts).encode(), usedforsecurity=False).hexdigest()

    realm, nonce = "http-auth@example.org", "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcC"
    return hashed(hashed(user, realm, password), nonce, hashed("GET", uri))
