"""The demo's cameras in a real house: one is found and paired, the other is told by its address."""

from __future__ import annotations

import shutil
from pathlib import Path

from devices.discovery import Discovery
from devices.drivers.cameras.onvif import Onvif
from devices.drivers.cameras.told import Cameras
from devices.house import House
from devices.virtual.camera.footage import CARS as CARS_FOOTAGE
from devices.virtual.camera.footage import PEOPLE as PEOPLE_FOOTAGE
from devices.virtual.camera.street import CameraStreet
from tests.devices.memory_vault import MemoryVault
from tests.devices.virtual_camera.conftest import until
from tests.peers.cameras import CARS, PEOPLE, footage


async def test_both_cameras_show_their_pictures(tmp_path: Path) -> None:
    shutil.copy(footage(PEOPLE), tmp_path / PEOPLE_FOOTAGE.name)
    shutil.copy(footage(CARS), tmp_path / CARS_FOOTAGE.name)
    async with (
        CameraStreet(tmp_path, tmp_path, identity=tmp_path.name) as street,
        House((Onvif, Cameras), MemoryVault()) as house,
        Discovery(None, ["127.0.0.1"], house.hear),
    ):
        (heard,) = street.announcements()
        key = f"{heard.service}/{heard.name}"
        await until(lambda: key in house.strangers)
        front, drive = street.plates
        (found,) = await house.pair(key, f"{drive.user}:{drive.password}")
        (told,) = await house.add(front.rtsp, name=front.name)

        assert {found.id, told.id} == set(street.devices)
        assert (found.name, found.kind, told.name) == ("Drive", "camera", "Front door")
        assert {ability.kind for ability in found.abilities} >= {"snapshot", "preset"}
        for device in (found.id, told.id):
            assert (await house.picture(device)).startswith(b"\xff\xd8")
