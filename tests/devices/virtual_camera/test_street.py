"""The demo's cameras: their footage, and how they come up with it and without."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import shutil
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from devices.virtual.camera import footage
from devices.virtual.camera.footage import CARS as CARS_FOOTAGE
from devices.virtual.camera.footage import PEOPLE as PEOPLE_FOOTAGE
from devices.virtual.camera.footage import Footage, NoFootage
from devices.virtual.camera.street import DRIVE, FRONT_DOOR, CameraStreet, Scene
from devices.virtual.control import Control
from devices.virtual.house import VirtualHouse
from tests.devices.virtual_camera.conftest import until
from tests.peers.cameras import CARS, PEOPLE
from tests.peers.cameras import footage as shared

CONTENT = b"not really a film" * 1000


@contextlib.asynccontextmanager
async def publisher(content: bytes, drip_s: float = 0.0) -> AsyncGenerator[str]:
    """A web server with one file; yields its address."""

    async def file(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        for start in range(0, len(content), 1000):
            await answer.write(content[start : start + 1000])
            await asyncio.sleep(drip_s)
        return answer

    app = web.Application()
    app.router.add_get("/clip.mp4", file)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/clip.mp4"
    finally:
        await runner.cleanup()


def published(url: str, content: bytes = CONTENT) -> Footage:
    return Footage("clip.mp4", url, hashlib.sha256(content).hexdigest(), len(content))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with all footage in it."""
    folder = tmp_path / "footage"
    folder.mkdir()
    shutil.copy(shared(PEOPLE), folder / PEOPLE_FOOTAGE.name)
    shutil.copy(shared(CARS), folder / CARS_FOOTAGE.name)
    return folder


@pytest.fixture
def elsewhere(monkeypatch) -> tuple[Scene, ...]:
    """The demo's scenes, from a publisher that is not there."""
    monkeypatch.setattr(footage, "LOOK_S", 0.05)
    nowhere = Footage(
        CARS_FOOTAGE.name, "http://127.0.0.1:9/x", CARS_FOOTAGE.sha256, CARS_FOOTAGE.size
    )
    return FRONT_DOOR, replace(DRIVE, footage=nowhere)


async def test_footage_is_fetched_whole(tmp_path: Path) -> None:
    async with publisher(CONTENT) as url:
        await footage.fetch(published(url), tmp_path / "new")
    assert (tmp_path / "new" / "clip.mp4").read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"x" * len(CONTENT), "what came is not what was published"),
        (CONTENT[:-1], "what came is not what was published"),
        (CONTENT + b"x", f"more than {len(CONTENT)} bytes"),
    ],
)
async def test_other_footage_is_not_kept(tmp_path: Path, content: bytes, why: str) -> None:
    async with publisher(content) as url:
        with pytest.raises(NoFootage, match=why) as told:
            await footage.fetch(published(url), tmp_path)
    assert not list(tmp_path.iterdir())
    assert f"Put it into {tmp_path}; it is at {url}." in str(told.value)


async def test_a_slow_drip_ends(tmp_path: Path) -> None:
    async with publisher(CONTENT, drip_s=1.0) as url:
        with pytest.raises(NoFootage, match="it took too long"):
            await footage.fetch(published(url), tmp_path, deadline_s=0.3)
    assert not list(tmp_path.iterdir())


async def test_a_file_that_is_another_is_told(tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_bytes(b"another")
    with pytest.raises(NoFootage, match=r"is not the file that was published\. Remove it"):
        footage.load(published("http://x/"), tmp_path)


async def test_a_file_that_is_no_film_is_told(tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_bytes(CONTENT)
    with pytest.raises(NoFootage, match="cannot be read as video"):
        footage.load(published("http://x/"), tmp_path)


async def test_the_street_is_up_with_its_footage(tmp_path: Path, folder: Path) -> None:
    async with CameraStreet(tmp_path, folder, "abc") as street:
        assert [device.name for device in street.devices.values()] == ["Front door", "Drive"]
        front, drive = street.plates
        assert (front.found, drive.found) == (False, True)
        assert [heard.properties["name"] for heard in street.announcements()] == ["Drive"]
        assert drive.at == f"127.0.0.1:{street.announcements()[0].port}"
        async with aiohttp.ClientSession() as session, session.get(front.mjpeg) as answer:
            assert answer.status == 200
        async with aiohttp.ClientSession() as session, session.get(drive.mjpeg) as answer:
            assert answer.status == 401
        ids = set(street.devices)
    async with CameraStreet(tmp_path, folder, "abc") as street:
        assert set(street.devices) == ids
        assert (front, drive) == tuple(street.plates)


async def test_the_front_door_is_quiet_at_first(folder: Path) -> None:
    clip = FRONT_DOOR.stage(footage.load(PEOPLE_FOOTAGE, folder))
    assert clip.duration == pytest.approx(20 + 139.4, abs=0.1)
    assert [unit.sent for unit in clip.units] == sorted(unit.sent for unit in clip.units)


async def test_a_taken_port_is_given_up(tmp_path: Path, folder: Path) -> None:
    async with (
        CameraStreet(tmp_path, folder, scenes=(DRIVE,)) as one,
        CameraStreet(tmp_path, folder, scenes=(DRIVE,)) as two,
    ):
        assert one.plates[0].at != two.plates[0].at
        assert len(two.devices) == 1


async def test_a_camera_without_footage_waits_for_it(
    tmp_path: Path, folder: Path, elsewhere: tuple[Scene, ...], caplog
) -> None:
    (folder / CARS_FOOTAGE.name).unlink()
    async with CameraStreet(tmp_path, folder, scenes=elsewhere) as street:
        assert len(street.plates) == 2
        await until(lambda: caplog.records)
        assert [device.name for device in street.devices.values()] == ["Front door"]
        shutil.copy(shared(CARS), folder / CARS_FOOTAGE.name)
        await until(lambda: len(street.devices) == 2)
    (told,) = caplog.messages
    assert told.startswith("The drive camera stays away: car-detection.mp4 could not be fetched")
    assert f"Put it into {folder}" in told


async def test_without_pyav_there_are_no_cameras(
    tmp_path: Path, folder: Path, monkeypatch, caplog
) -> None:
    monkeypatch.setattr("devices.virtual.camera.street.find_spec", lambda _: None)
    async with CameraStreet(tmp_path, folder) as street:
        assert not street.devices
        assert not street.plates
        assert not street.announcements()
    assert caplog.messages == ["There are no virtual cameras: PyAV is missing (pip install av)."]


async def test_the_house_has_cameras_and_breaks_them(tmp_path: Path, folder: Path, caplog) -> None:
    caplog.set_level(logging.WARNING)
    token = {"Authorization": "Bearer t"}
    async with (
        VirtualHouse(tmp_path / "house", footage=folder) as house,
        Control(house, "t") as control,
        aiohttp.ClientSession(headers=token) as session,
    ):
        assert house.cameras is not None
        url = f"http://127.0.0.1:{control.port}"
        async with session.get(f"{url}/devices") as answer:
            told = await answer.json()
        assert [camera["name"] for camera in told["cameras"]] == ["Front door", "Drive"]
        broken = {d["name"]: d["id"] for d in told["devices"] if d["family"] == "cameras"}["Drive"]
        async with session.post(f"{url}/faults", json={"id": broken, "frozen": True}) as answer:
            assert (await answer.json())["fault"]["frozen"] is True
        assert house.devices[broken].fault.frozen
        assert house.cameras.announcements()[0] in house.announcements()
