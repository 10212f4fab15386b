"""A camera that wants a password, paired in the chat as by the page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from devices.device import NeedsPairing
from devices.drivers.cameras.told import Cameras
from devices.house import House
from devices.virtual.camera import Clip, VirtualCamera
from dobby.agent.builtins import built_in
from dobby.agent.calls import ToolCall
from dobby.agent.tool import Caller
from dobby.agent.tools import Toolbox
from tests.devices.memory_vault import MemoryVault
from tests.dobby.agent.test_tools import NOON, OWNER
from tests.peers.cameras import PEOPLE, footage


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with House((Cameras,), MemoryVault()) as open_:
        yield open_


async def pair(house: House, **arguments: Any) -> str:
    toolbox = Toolbox(house, built_in(house))
    calls = [ToolCall(name="pair_device", arguments=arguments)]
    (result,) = await toolbox.run(calls, Caller(OWNER, NOON))
    return result.words


async def test_by_what_it_is_called_and_by_its_password(house: House) -> None:
    clip = Clip.load(footage(PEOPLE))
    async with (
        VirtualCamera(clip, user="admin", password="hunter2") as porch,
        VirtualCamera(clip, user="admin", password="hunter3") as drive,
    ):
        for camera, name in ((porch, "Porch"), (drive, "Drive")):
            with pytest.raises(NeedsPairing):
                await house.add(camera.http_address("/still.jpg"), name=name)
        assert await pair(house, what="camera", pin="admin:hunter2") == (
            "Which one: Porch or Drive? Say, for instance: pair Porch"
        )
        assert "does not take" in await pair(house, what="porch", pin="admin:hunter3")
        assert await pair(house, what="porch", pin="admin:hunter2") == (
            "Paired. I can now use Porch."
        )
        assert "user name and a password" in await pair(house, what="drive")
        assert await pair(house, what="drive camera", pin="admin hunter3") == (
            "Paired. I can now use Drive."
        )
    assert not house.strangers
