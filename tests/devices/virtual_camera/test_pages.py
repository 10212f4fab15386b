"""The virtual camera's motion JPEG and stills, as others' clients see them."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator

import aiohttp
import av
import cv2
import httpx
import pytest
from PIL import Image

from devices.virtual.camera import Clip, VirtualCamera
from tests.devices.virtual_camera.conftest import tool
from tests.peers.cameras import with_size

DIGEST = (aiohttp.DigestAuthMiddleware("admin", "secret"),)


def size_of(jpeg: bytes) -> tuple[int, int]:
    with av.open(io.BytesIO(jpeg)) as picture:
        frame = next(picture.decode(video=0))
    return frame.width, frame.height


async def pictures(answer: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
    """The parts of a motion JPEG, by aiohttp's own reader."""
    reader = aiohttp.MultipartReader.from_response(answer)
    while (part := await reader.next()) is not None:
        yield bytes(await part.read())


async def drain(stream: AsyncIterator[bytes]) -> None:
    async for _ in stream:
        pass


async def test_a_still_for_whoever_knows_the_password(people: Clip) -> None:
    async with VirtualCamera(people, user="admin", password="secret") as camera:
        at = camera.http_address("/still.jpg")
        async with httpx.AsyncClient(auth=httpx.DigestAuth("admin", "secret")) as client:
            answer = await client.get(at)
            assert answer.headers["content-type"] == "image/jpeg"
            assert size_of(answer.content) == (768, 432)
        async with httpx.AsyncClient(auth=httpx.DigestAuth("admin", "wrong")) as client:
            assert (await client.get(at)).status_code == 401
        async with httpx.AsyncClient(auth=("admin", "secret")) as client:
            assert (await client.get(at)).status_code == 401, "Basic was not asked for"


async def test_curl_gets_a_still(people: Clip, tmp_path) -> None:
    async with VirtualCamera(people, user="admin", password="secret") as camera:
        code, said = await tool(
            "curl", "-sf", "--digest", "-u", "admin:secret", "-o", str(tmp_path / "still.jpg"),
            camera.http_address("/still.jpg"),
        )  # fmt: skip
    assert (code, said) == (0, "")
    assert size_of((tmp_path / "still.jpg").read_bytes()) == (768, 432)


async def test_the_still_shows_what_the_stream_shows(people: Clip) -> None:
    async with VirtualCamera(people) as camera, aiohttp.ClientSession() as session:
        async with session.get(camera.still_url) as answer:
            empty = await answer.read()
        camera.reels["/main"].began -= 7.5  # somebody is there by now
        async with session.get(camera.still_url) as answer:
            person = await answer.read()
    before, after = (next(av.open(io.BytesIO(j)).decode(video=0)).to_ndarray(format="gray")
                     for j in (empty, person))  # fmt: skip
    assert (cv2.absdiff(before, after) > 25).mean() > 0.02


@pytest.mark.parametrize("scheme", ["digest", "basic"])
async def test_motion_jpeg(people: Clip, scheme) -> None:
    async with VirtualCamera(people, user="admin", password="secret", scheme=scheme) as camera:
        middlewares = DIGEST if scheme == "digest" else ()
        at = camera.http_address("/mjpeg") if middlewares else camera.mjpeg_url
        async with (
            aiohttp.ClientSession(middlewares=middlewares) as session,
            session.get(at) as answer,
        ):
            assert answer.status == 200
            stream = pictures(answer)
            shown = [await anext(stream) for _ in range(5)]
    assert [size_of(jpeg) for jpeg in shown] == [(768, 432)] * 5
    assert len(set(shown)) > 1


async def test_opencv_and_ffmpeg_play_motion_jpeg(people: Clip) -> None:
    def read(url: str) -> bool:
        capture = cv2.VideoCapture(url, cv2.CAP_FFMPEG)
        good, picture = capture.read()
        capture.release()
        return good and picture.shape == (432, 768, 3)

    async with VirtualCamera(people, user="admin", password="secret", scheme="basic") as camera:
        assert await asyncio.to_thread(read, camera.mjpeg_url)
        code, said = await tool(
            "ffmpeg", "-v", "error", "-i", camera.mjpeg_url, "-frames:v", "3", "-f", "null", "-"
        )
    assert (code, said) == (0, "")


async def test_two_watch_at_once(people: Clip) -> None:
    async with (
        VirtualCamera(people) as camera,
        aiohttp.ClientSession() as session,
        session.get(camera.mjpeg_url) as one,
        session.get(camera.mjpeg_url) as two,
    ):
        first, second = pictures(one), pictures(two)
        for _ in range(3):
            assert size_of(await anext(first)) == size_of(await anext(second))


async def test_a_frozen_camera_keeps_the_line_and_shows_nothing_more(people: Clip) -> None:
    async with (
        VirtualCamera(people) as camera,
        aiohttp.ClientSession() as session,
        session.get(camera.mjpeg_url) as answer,
    ):
        shown = pictures(answer)
        await anext(shown)
        camera.fault.frozen = True
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(drain(shown), 1.5)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5), session.get(camera.still_url):
                pass


async def test_a_camera_that_is_gone_hangs_up(people: Clip) -> None:
    async with (
        VirtualCamera(people) as camera,
        aiohttp.ClientSession() as session,
        session.get(camera.mjpeg_url) as answer,
    ):
        shown = pictures(answer)
        await anext(shown)
        camera.fault.gone = True
        with pytest.raises(aiohttp.ClientError):
            await drain(shown)
        with pytest.raises(aiohttp.ClientError):
            await session.get(camera.still_url)


async def test_it_refuses_the_right_password_when_told(people: Clip) -> None:
    async with (
        VirtualCamera(people, user="admin", password="secret") as camera,
        aiohttp.ClientSession(middlewares=DIGEST) as session,
    ):
        camera.fault.refuse = True
        async with session.get(camera.http_address("/still.jpg")) as answer:
            assert answer.status == 401


async def test_its_pictures_change_their_size(people: Clip, street: Clip) -> None:
    async with VirtualCamera(people) as camera, aiohttp.ClientSession() as session:
        async with session.get(camera.still_url) as answer:
            assert size_of(await answer.read()) == (768, 432)
        camera.play(street)
        async with session.get(camera.still_url) as answer:
            assert size_of(await answer.read()) == (1920, 1080)


async def test_a_still_that_claims_to_be_enormous(people: Clip) -> None:
    async with VirtualCamera(people) as camera, aiohttp.ClientSession() as session:
        camera.still = with_size(await camera.darkroom.newest(), 20_000, 20_000)
        async with session.get(camera.still_url) as answer:
            bomb = await answer.read()
    with pytest.raises(Image.DecompressionBombError, match="400000000 pixels"):
        Image.open(io.BytesIO(bomb))
    assert len(bomb) < 100_000
