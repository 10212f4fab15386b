"""A bridge is forgotten when its owner agrees; what its devices were called waits for the next."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from devices.drivers.homekit.driver import HomeKit
from devices.drivers.hue.driver import Hue
from devices.drivers.sonos.driver import Sonos
from devices.house import House
from devices.virtual.camera import Clip, VirtualCamera
from devices.virtual.homekit import HomeKitHouse
from devices.virtual.hue import HueBridge
from dobby.daemon.house_memory import restore, save_changes
from tests.dobby.agent.cameras.test_passwords import Home, home
from tests.peers.cameras import PEOPLE, footage

LAMP, CALLED = "Hall lamp", "Lighthouse"


async def paired(here: Home, bridge: HueBridge) -> None:
    here.house.hear(bridge.announcements()[0])
    async with asyncio.timeout(5), here.house.events() as events:
        while not here.house.strangers:
            await events.get()
    bridge.press_button()
    assert (await here.say("pair the hue bridge")).startswith("Paired.")


def called(house: House, name: str) -> list[str]:
    return [device.id for device in house.devices.values() if device.name == name]


async def comes(what: Callable[[], Awaitable[bool]]) -> bool:
    for _ in range(100):
        if await what():
            return True
        await asyncio.sleep(0.05)
    return False


async def _forgotten(here: Home) -> bool:
    return bool(here.house.strangers) and not await here.store.devices()


async def _kept(here: Home, device: str) -> bool:
    return device in await here.store.given_names()


async def kept_in_step(here: Home) -> asyncio.Task[None]:
    await restore(here.house, here.store)
    return asyncio.create_task(save_changes(here.house, here.store))


async def test_a_bridge_is_forgotten_and_the_next_has_its_names(tmp_path: Path) -> None:
    async with HueBridge(bridge_id="001788fffe000001") as old:
        async with home(tmp_path, (Hue, HomeKit, Sonos)) as here:
            keeping = await kept_in_step(here)
            await paired(here, old)
            await here.say(f"call the {LAMP} {CALLED}")
            await here.say("yes")
            assert called(here.house, CALLED)
            assert (await here.say("forget the homekit bridge")).startswith("Shall I forget")
            assert "paired with nothing" in await here.say("yes")
            asked = await here.say("forget the Hue bridge")
            assert asked.startswith("Shall I forget ")
            assert "devices?" in asked
            assert here.house.devices, "nothing is forgotten before a yes"
            told = await here.say("yes")
            assert "I have forgotten" in told
            assert "Hue app" in told
            assert not here.house.devices
            assert await comes(lambda: _forgotten(here))
            assert not await here.store.vault.keys("hue:")
            keeping.cancel()
        async with home(tmp_path, (Hue, HomeKit, Sonos)) as here:
            keeping = await kept_in_step(here)
            here.said = 100  # messages of another day
            assert not here.house.devices
            async with HueBridge(bridge_id="001788fffe000002") as new:  # with the lamps of the old
                await paired(here, new)
                (lamp,) = called(here.house, CALLED)
                assert lamp.startswith("hue:001788fffe000002/")
                assert await comes(lambda: _kept(here, lamp))
            keeping.cancel()


async def test_a_bridge_that_was_reset_leaves_no_ghosts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with home(tmp_path, (Hue,)) as here:
        bridge = HueBridge(bridge_id="001788fffe000003")
        async with bridge:
            await paired(here, bridge)
            (before,) = called(here.house, LAMP)
            here.house.rename(before, name=CALLED)
        monkeypatch.setattr("devices.virtual.hue.registry.NAMESPACE", uuid4())
        anew = HueBridge(bridge_id="001788fffe000003")
        assert anew.device_id(LAMP) != before, "a reset bridge gives its lamps new ids"
        async with anew:
            here.house.hear(anew.announcements()[0])
            async with asyncio.timeout(8), here.house.events() as events:
                while not here.house.strangers:
                    await events.get()
            assert "another certificate" in await here.say("scan")
            anew.press_button()
            assert (await here.say("pair the hue bridge")).startswith("Paired.")
            assert called(here.house, CALLED) == [anew.device_id(LAMP)]
            assert before not in here.house.devices
            assert not here.house.away


@pytest.mark.parametrize("name", ["Upstairs box", "Homebridge 8B97", "Küche & Bad", "the Machine"])
@pytest.mark.parametrize("order", ["forget {}", "Please forget about the {}.", "remove {}"])
async def test_a_bridge_is_forgotten_by_its_very_name(
    name: str, order: str, tmp_path: Path
) -> None:
    async with (
        HomeKitHouse(tmp_path / "bridge", pin="031-45-155") as bridge,
        home(tmp_path / "home", (HomeKit, Hue)) as here,
    ):
        (heard,) = bridge.announcements()
        here.house.hear(replace(heard, name=name))
        async with asyncio.timeout(5), here.house.events() as events:
            while not here.house.strangers:
                await events.get()
        assert (await here.say(f"pair {name} with 031-45-155")).startswith("Paired.")
        await here.say(f"remember that {name} is from Anna")
        told = await here.say(f"forget what I told you about {name}")
        assert told.startswith("Forgotten: “"), "what was said of it is not the thing itself"
        assert (await here.say(order.format(name))).startswith(f"Shall I forget {name} and its ")
        assert here.house.devices, "nothing is forgotten before a yes"
        assert (await here.say("yes")).startswith(f"I have forgotten {name} and its ")
        assert not here.house.devices


async def test_a_camera_is_not_said_to_be_forgotten_nor_never_paired(tmp_path: Path) -> None:
    async with (
        VirtualCamera(Clip.load(footage(PEOPLE)), user="admin", password="x1y2z3") as camera,
        home(tmp_path) as here,
    ):
        address = camera.http_address("/still.jpg").replace("://", "://admin:x1y2z3@")
        assert (await here.say(f"add the porch camera {address}")).startswith("I watch")
        for order in ("unpair the porch camera", "unlink porch"):
            assert await here.say(order) == (
                "I cannot forget a camera. I can leave it alone: "
                "say, for instance, stop watching Porch camera."
            )
        assert here.house.devices
        await here.say("stop watching Porch camera")
        assert (await here.say("is the porch camera on?")).endswith("not watched.")
