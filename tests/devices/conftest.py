"""Houses for the tests of what all families share."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from devices.device import Room
from devices.driver import Found
from devices.house import House
from devices.virtual.declared import Declared, HouseFile, devices_of, read_state
from tests.devices.memory_vault import MemoryVault


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


Declare = Callable[..., AbstractAsyncContextManager[House]]


@pytest.fixture
def declare(vault: MemoryVault) -> Declare:
    """``async with declare({"lamp": {"kind": "light"}}) as house``: a house as a file declares."""

    @contextlib.asynccontextmanager
    async def declared(
        devices: dict[str, dict[str, Any]],
        rooms: list[Any] | None = None,
        driver: type[Declared] = Declared,
    ) -> AsyncGenerator[House]:
        file = HouseFile.model_validate({"devices": devices, "rooms": rooms or []})
        async with House((driver,), vault) as house:
            for room in file.rooms:
                house.add_room(Room(name=room) if isinstance(room, str) else room)
            known = devices_of(file)
            house.publish(Found(tuple(known)))
            for device, declared in zip(known, file.devices.values(), strict=True):
                state = read_state(declared.state)
                serving = house.driver_of(device.id)
                assert isinstance(serving, Declared)
                serving.set_state(device.id, state, declared.fault)
                house.learn(device.id, state)
            yield house

    return declared
