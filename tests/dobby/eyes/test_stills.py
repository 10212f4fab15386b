"""Pictures in full size, from real cameras on sockets."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import numpy as np
import pytest

from dobby.eyes.frames import CaptureError
from dobby.eyes.pictures import decoded
from dobby.eyes.stills import Stills, grab
from tests.dobby.eyes.mjpeg_camera import mjpeg_camera, still
from tests.peers.cameras import PEOPLE, footage, gst_camera


def large(number: int) -> np.ndarray:
    return still(number, 1280, 720)


async def test_a_still_over_http() -> None:
    async with mjpeg_camera(large) as camera:
        assert decoded(await grab(camera.url("/still"))).shape == (720, 1280, 3)


async def test_the_first_picture_of_a_stream_of_them() -> None:
    async with mjpeg_camera(large) as camera:
        assert decoded(await grab(camera.url())).shape == (720, 1280, 3)


async def test_out_of_an_rtsp_stream() -> None:
    async with gst_camera(footage(PEOPLE), "dobby", "socks") as url:
        assert decoded(await grab(url)).shape == (432, 768, 3)


async def test_a_camera_that_gives_none_is_said_without_its_password() -> None:
    async with mjpeg_camera(large) as camera:
        camera.password = "right"
        with pytest.raises(CaptureError) as refused:
            await grab(camera.url("/still", "admin:wrong"))
        await camera.pull_the_cable()
        with pytest.raises(CaptureError) as away:
            await grab(camera.url("/still", "admin:wrong"))
    assert "wrong" not in str(refused.value) + str(away.value)


async def test_one_is_fetched_ahead_and_holds_for_a_moment() -> None:
    async with mjpeg_camera(large) as camera:
        stills = Stills(camera.url("/still"))
        stills.fetch()
        stills.fetch()
        async with asyncio.timeout(10):
            while stills.fresh(datetime.now(UTC), (432, 768)) is None:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        now = datetime.now(UTC)
        image = stills.fresh(now, (432, 768))
        assert image is not None
        assert image.shape == (720, 1280, 3)
        assert stills.fresh(now, (480, 640)) is None  # boxes would not hold for both
        assert stills.fresh(now.replace(year=now.year - 1), (432, 768)) is None
        assert camera.asked == 1
        await stills.close()


async def test_where_there_is_none_nothing_is_asked() -> None:
    stills = Stills("")
    stills.fetch()
    assert stills.fresh(datetime.now(UTC), (432, 768)) is None
    await stills.close()
