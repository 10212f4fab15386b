"""A third party's accessories: the examples of hap-nodejs, over real sockets on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import selectors
import subprocess
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from devices.capabilities import (
    Brightness,
    Capability,
    Climate,
    Color,
    FanSpeed,
    Lock,
    Position,
    Power,
    Reading,
)
from devices.device import Announcement, Device, NeedsPairing, Refused
from devices.drivers.homekit.driver import HomeKit
from tests.devices.homekit.conftest import ListeningHub
from tests.peers.packages import HAP_NODEJS, module, program

SCRIPT = Path(__file__).parents[2] / "peers" / "hap_nodejs.js"
PIN = "031-45-154"
START_S = 20
EXAMPLES = (
    "Light", "Lock", "AirConditioner", "GarageDoorOpener", "MotionSensor", "TemperatureSensor",
    "Outlet", "Fan", "Sprinkler",
)  # fmt: skip


class Node:
    """The process that serves the examples."""

    def __init__(self, process: subprocess.Popen[bytes], octets: str) -> None:
        self._process = process
        self._octets = octets
        self.heard: dict[str, Announcement] = {}

    def wait(self) -> None:
        """Until all listen; what the examples print themselves is passed over."""
        assert self._process.stdout is not None
        ends = time.monotonic() + START_S
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            pending = b""
            while len(self.heard) < len(EXAMPLES):
                assert time.monotonic() < ends, f"only {sorted(self.heard)} listen"
                if selector.select(0.2):
                    pending += self._process.stdout.read1(65536)
                    *lines, pending = pending.split(b"\n")
                    for line in lines:
                        self._note(line)

    def _note(self, line: bytes) -> None:
        if line.startswith(b"{"):
            said = json.loads(line)
            self.heard[said["example"]] = Announcement(
                "mdns", "_hap._tcp.local.", said["example"], "127.0.0.1", said["port"],
                {"id": said["id"], "sf": "1"},
            )  # fmt: skip

    def by_hand(
        self, example: str, service: str, characteristic: str, *values: Any, silent: bool = False
    ) -> None:
        """The values one right after the other; ``silent``: no event tells of them."""
        assert self._process.stdin is not None
        said = {"example": example, "service": service, "characteristic": characteristic}
        line = json.dumps({**said, "values": values, "silent": silent})
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    with serving(tmp_path_factory.mktemp("hap-nodejs"), new_octets()) as running:
        yield running


def new_octets() -> str:
    return ":".join(["02", *(secrets.token_hex(1) for _ in range(4))])


@contextlib.contextmanager
def serving(storage: Path, octets: str) -> Generator[Node]:
    """The ids of accessories are made of ``octets``, their keys lie in ``storage``."""
    binary, package = program("node"), module(HAP_NODEJS)
    process = subprocess.Popen(
        [binary, str(SCRIPT), str(package), str(storage), octets, *EXAMPLES],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        running = Node(process, octets)
        running.wait()
        yield running
    finally:
        process.kill()
        process.wait()


async def paired(driver: HomeKit, node: Node, example: str) -> dict[str, Device]:
    """The devices of an example, by kind."""
    return {d.kind: d for d in await driver.pair(node.heard[example], PIN)}


async def does(driver: HomeKit, device: Device, command: Capability) -> None:
    await driver.apply(device.id, command)
    async with asyncio.timeout(5):
        while True:
            if command.shown_by((await driver.read(device.id)).get(command.kind)):
                return
            await asyncio.sleep(0.05)


async def test_a_wrong_pin_then_a_light(node: Node, hub: ListeningHub) -> None:
    async with HomeKit(hub) as driver:
        with pytest.raises(Refused, match="not its PIN"):
            await driver.pair(node.heard["Light"], "123-45-678")
        light = (await paired(driver, node, "Light"))["light"]
        assert light.maker == "HAP-NodeJS"
        await does(driver, light, Power(on=True))
        await does(driver, light, Brightness(percent=35))
        await does(driver, light, Color(hue=120, saturation=80))
        assert await driver.pair(node.heard["Light"], PIN), "it is ours already"
        async with HomeKit(ListeningHub()) as other:
            with pytest.raises(Refused, match="already paired"):
                await other.pair(node.heard["Light"], PIN)
        await driver.forget(node.heard["Light"])


async def test_a_pairing_is_restored_and_given_back(node: Node, hub: ListeningHub) -> None:
    heard = node.heard["Outlet"]
    async with HomeKit(hub) as driver:
        outlet = (await paired(driver, node, "Outlet"))["outlet"]
        await does(driver, outlet, Power(on=True))
    async with HomeKit(hub) as driver:
        await hub.found(outlet.id)
        await driver.identify(heard)
        assert (await driver.read(outlet.id))["power"] == Power(on=True)
        await driver.forget(heard)
        assert not hub.vault.kept
        assert await driver.pair(heard, PIN)


async def test_an_accessory_that_was_reset_says_so_and_is_paired_again(
    tmp_path: Path, hub: ListeningHub
) -> None:
    """It has the same id, and other keys."""
    octets = new_octets()
    async with HomeKit(hub) as driver:
        with serving(tmp_path / "before", octets) as node:
            (light,) = await driver.pair(node.heard["Light"], PIN)
        with serving(tmp_path / "after", octets) as node:
            heard = node.heard["Light"]
            with pytest.raises(NeedsPairing, match=r"other keys .* reset .* HomeKit PIN") as asked:
                await driver.identify(heard)
            assert asked.value.how == "pin"
            with pytest.raises(Refused, match="other keys"):
                await driver.read(light.id)
            with pytest.raises(Refused, match="not its PIN"):
                await driver.pair(heard, "123-45-678")
            assert await driver.pair(heard, PIN) == (light,)
            await does(driver, light, Power(on=True))


async def test_what_is_away_is_forgotten_and_its_owner_told_what_is_left(
    tmp_path: Path, hub: ListeningHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("devices.drivers.homekit.driver.UNPAIR_S", 1.0)
    async with HomeKit(hub) as driver:
        with serving(tmp_path, new_octets()) as node:
            heard = node.heard["Light"]
            await driver.pair(heard, PIN)
        assert "reset it before it is paired again" in await driver.forget(heard)
        assert not hub.vault.kept


async def test_a_lock_turned_by_hand(node: Node, hub: ListeningHub) -> None:
    async with HomeKit(hub) as driver:
        lock = (await paired(driver, node, "Lock"))["lock"]
        await does(driver, lock, Lock(locked=True))
        node.by_hand("Lock", "LockMechanism", "LockCurrentState", 0)
        await hub.update(lock.id, lambda s: s["lock"] == Lock(locked=False))
        await driver.forget(node.heard["Lock"])


async def test_changes_in_one_event_end_with_the_last(node: Node, hub: ListeningHub) -> None:
    """They come in one list, the newest first; each is told, and the last is what it is."""
    async with HomeKit(hub, pulse_s=60) as driver:
        lock = (await paired(driver, node, "Lock"))["lock"]
        node.by_hand("Lock", "LockMechanism", "LockCurrentState", 0, silent=True)
        await driver.read(lock.id)
        hub.events.clear()
        node.by_hand("Lock", "LockMechanism", "LockCurrentState", 1, 0, 1, 0, 1)
        seen: list[bool] = []
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1.5):
                while True:
                    state = await hub.update(lock.id, lambda _: True)
                    seen.append(state["lock"] == Lock(locked=True))
        assert seen[:5] == [True, False, True, False, True]
        assert len(seen) > 5, "and it was asked"
        assert all(seen[5:])
        await driver.forget(node.heard["Lock"])


async def test_what_no_event_told_of_is_learned_by_the_pulse(node: Node, hub: ListeningHub) -> None:
    async with HomeKit(hub, pulse_s=0.2) as driver:
        light = (await paired(driver, node, "Light"))["light"]
        await does(driver, light, Brightness(percent=35))
        hub.events.clear()
        node.by_hand("Light", "Lightbulb", "Brightness", 77, silent=True)
        await hub.update(light.id, lambda s: s.get("brightness") == Brightness(percent=77))
        node.by_hand("Light", "Lightbulb", "On", False, silent=True)
        await hub.update(light.id, lambda s: s.get("power") == Power(on=False))
        await driver.forget(node.heard["Light"])


async def test_three_devices_in_one_accessory(node: Node, hub: ListeningHub) -> None:
    async with HomeKit(hub) as driver:
        devices = await paired(driver, node, "AirConditioner")
        assert set(devices) == {"fan", "thermostat", "light"}
        assert len({d.id for d in devices.values()}) == 3
        await does(driver, devices["fan"], FanSpeed(percent=60))
        await does(driver, devices["light"], Power(on=True))
        await does(driver, devices["thermostat"], Climate(mode="cool", target=21))


async def test_a_garage_door(node: Node, hub: ListeningHub) -> None:
    async with HomeKit(hub) as driver:
        garage = (await paired(driver, node, "GarageDoorOpener"))["garage"]
        await does(driver, garage, Position(percent=100))
        await does(driver, garage, Position(percent=0))


async def test_sensors_push(node: Node, hub: ListeningHub) -> None:
    async with HomeKit(hub) as driver:
        motion = (await paired(driver, node, "MotionSensor"))["sensor"]
        node.by_hand("MotionSensor", "MotionSensor", "MotionDetected", True)
        await hub.update(motion.id, lambda s: s["reading"] == Reading(motion=True))
        warmth = (await paired(driver, node, "TemperatureSensor"))["sensor"]
        state = await driver.read(warmth.id)
        assert isinstance(state["reading"], Reading)
        assert state["reading"].temperature is not None


async def test_a_fan_and_a_valve(node: Node, hub: ListeningHub) -> None:
    async with HomeKit(hub) as driver:
        await does(driver, (await paired(driver, node, "Fan"))["fan"], Power(on=True))
        valve = (await paired(driver, node, "Sprinkler"))["valve"]
        assert (await driver.read(valve.id))["power"] == Power(on=False)
        await driver.apply(valve.id, Power(on=True))
