"""Virtual cameras, and a house that has only cameras' drivers."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncGenerator, Callable
from pathlib import Path

import pytest

from devices.device import Announcement, Device
from devices.discovery.wsd import NETWORK_VIDEO_TRANSMITTER
from devices.drivers.cameras.onvif import Onvif
from devices.drivers.cameras.told import Cameras
from devices.house import House, HouseEvent
from devices.virtual.camera import Clip, VirtualCamera
from tests.devices.memory_vault import MemoryVault
from tests.peers.cameras import PEOPLE, STREET, footage

UUID = "5f5a69c2-e0ae-504f-829b-000000000001"
SECRET = "admin:hun:ter@2/ü"
USER, _, PASSWORD = SECRET.partition(":")
PATIENCE_S = 30.0


@pytest.fixture(scope="session")
def small() -> Clip:
    """768x432."""
    return Clip.load(footage(PEOPLE))


@pytest.fixture(scope="session")
def large() -> Clip:
    """1920x1080."""
    return Clip.load(footage(STREET))


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


@pytest.fixture
async def house(vault: MemoryVault) -> AsyncGenerator[House]:
    async with House((Onvif, Cameras), vault) as open_:
        yield open_


@pytest.fixture
async def camera(large: Clip, small: Clip) -> AsyncGenerator[VirtualCamera]:
    """One with all that a camera can have."""
    async with VirtualCamera(
        large, small, name="Porch", user=USER, password=PASSWORD, views=("Door", "Gate", "Street")
    ) as up:
        yield up


def heard(camera: VirtualCamera, uuid: str = UUID) -> Announcement:
    """What discovery makes of that camera's answer."""
    return Announcement(
        "wsd", NETWORK_VIDEO_TRANSMITTER, uuid, camera.host, camera.http_port,
        {"name": camera.name, "xaddr": camera.onvif_url},
    )  # fmt: skip


KEY = f"{NETWORK_VIDEO_TRANSMITTER}/{UUID}"


async def paired(house: House, camera: VirtualCamera) -> Device:
    """The camera as a device of the house."""
    await wait_for(house, lambda: KEY in house.strangers, lambda: house.hear(heard(camera)))
    (device,) = await house.pair(KEY, SECRET)
    return device


async def wait_for(
    house: House, is_so: Callable[[], bool], then: Callable[[], None] = lambda: None
) -> None:
    """Do something, and wait until it shows in the house."""
    async with asyncio.timeout(PATIENCE_S), house.events() as events:
        then()
        while not is_so():
            event: HouseEvent = await events.get()
            assert event.what != "resync"


@contextlib.asynccontextmanager
async def peer(script: str, package: Path, *arguments: str) -> AsyncGenerator[list[str]]:
    """A script of tests/peers in a process of its own; what it says when it is ready."""
    path = Path(__file__).parents[2] / "peers" / script
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(path), *arguments,
        stdout=PIPE, env={**os.environ, "PYTHONPATH": str(package)},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        async with asyncio.timeout(PATIENCE_S):
            word, *said = (await process.stdout.readline()).decode().split()
        assert word == "ready"
        yield said
    finally:
        process.kill()
        await process.wait()
