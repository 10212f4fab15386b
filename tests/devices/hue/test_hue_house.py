"""Hue in the house: paired from there, and every command verified by reading back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING

import pytest

from devices.capabilities import Brightness, Capability, Color, ColorTemperature, Power, Scene
from devices.device import Command, Outcome
from devices.drivers.hue.driver import Hue
from devices.house import House
from devices.virtual.hue import HueBridge

if TYPE_CHECKING:
    from .conftest import RecordingHub


@pytest.fixture
async def house(bridge: HueBridge, hub: RecordingHub) -> AsyncGenerator[House]:
    async with House([Hue], hub.vault) as house, asyncio.timeout(20), house.events() as events:
        house.hear(bridge.announcements()[0])
        while (event := await events.get()).what != "stranger":
            pass
        assert house.strangers[event.device].needs == "button"
        bridge.press_button()
        await house.pair(event.device)
        yield house


async def test_commands_are_verified(house: House, bridge: HueBridge) -> None:
    wanted: list[tuple[str, Capability]] = [
        ("Kitchen counter", Brightness(percent=40)),
        ("Kitchen ceiling", ColorTemperature(kelvin=2700)),
        ("Bedroom lamp", Color(hue=0, saturation=100)),
        ("Living room lamp", Brightness(percent=0)),
        ("Christmas tree", Power(on=True)),
        ("Bedroom/Relax", Scene(active=True)),
    ]
    commands = [Command(device=bridge.device_id(name), set=what) for name, what in wanted]
    receipts = await house.apply(commands)
    assert [r.outcome for r in receipts] == [Outcome.VERIFIED] * len(commands)
    assert not house.strangers
    assert set(house.rooms) == {"Kitchen", "Living Room", "Hall", "Bedroom", "Bath"}


async def test_faults_are_told_apart(house: House, bridge: HueBridge) -> None:
    lamps = {
        name: bridge.device_id(name)
        for name in ("Hall lamp", "Bath mirror", "Reading lamp", "Kitchen counter")
    }
    bridge.devices[lamps["Hall lamp"]].fault.lie = True
    bridge.devices[lamps["Bath mirror"]].fault.gone = True
    bridge.devices[lamps["Reading lamp"]].fault.refuse = True
    receipts = await house.apply(
        [Command(device=lamp, set=Brightness(percent=55)) for lamp in lamps.values()]
    )
    assert [r.outcome for r in receipts] == [
        Outcome.CONTRADICTED, Outcome.UNREACHABLE, Outcome.REFUSED, Outcome.VERIFIED,
    ]  # fmt: skip
    assert house.away == {lamps["Bath mirror"]}


async def test_a_scene_comes_up_on_all_lamps_but_a_dead_one(
    house: House, bridge: HueBridge
) -> None:
    bridge.devices[bridge.device_id("Reading lamp")].fault.gone = True
    scene = Command(device=bridge.device_id("Living Room/Relax"), set=Scene(active=True))
    assert (await house.apply([scene]))[0].outcome is Outcome.VERIFIED
    assert not bridge.resource(bridge.device_id("Reading lamp"))["on"]["on"]


async def test_a_lamp_that_somebody_made_red_is_no_longer_white(
    house: House, bridge: HueBridge
) -> None:
    lamp = bridge.device_id("Bedroom lamp")
    async with house.events() as events:
        bridge.set_light(lamp, on={"on": True}, color_temperature={"mirek": 370})
        while "color_temperature" not in house.state(lamp):
            await events.get()
        bridge.set_light(lamp, color={"xy": {"x": 0.67, "y": 0.32}})
        while house.state(lamp)["color"] == Color(hue=0, saturation=0):
            await events.get()
    assert "color_temperature" not in house.state(lamp)
