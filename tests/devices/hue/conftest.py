from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Any

import pytest

from devices.capabilities import State
from devices.device import Announcement
from devices.driver import Away, DriverEvent, Found, Update
from devices.drivers.hue.driver import Hue
from devices.virtual.hue import HueBridge
from tests.devices.memory_vault import MemoryVault

RECORDINGS = Path(__file__).parents[4] / "shared" / "recordings" / "hue"
PATIENCE_S = 10.0


class RecordingHub:
    """A hub that keeps what it hears, and lets a test wait for it."""

    def __init__(self) -> None:
        self.vault = MemoryVault()
        self.zeroconf = None
        self.events: list[DriverEvent] = []
        self._news = asyncio.Event()

    def publish(self, event: DriverEvent) -> None:
        self.events.append(event)
        self._news.set()

    async def hears(self, wanted: Callable[[DriverEvent], bool], since: int = 0) -> DriverEvent:
        async with asyncio.timeout(PATIENCE_S):
            while True:
                self._news.clear()
                for event in self.events[since:]:
                    if wanted(event):
                        return event
                await self._news.wait()

    async def state(self, device: str, shows: Callable[[State], bool], since: int = 0) -> State:
        """The first pushed state of a device that shows something."""

        def right(event: DriverEvent) -> bool:
            return isinstance(event, Update) and event.device == device and shows(event.state)

        event = await self.hears(right, since)
        assert isinstance(event, Update)
        return event.state

    async def away(self, device: str, since: int = 0) -> None:
        await self.hears(lambda e: isinstance(e, Away) and device in e.devices, since)

    async def found(self, device: str, since: int = 0) -> None:
        await self.hears(
            lambda e: isinstance(e, Found) and device in {d.id for d in e.devices}, since
        )


@pytest.fixture
def bridge_id() -> str:
    return f"001788fffe{uuid.uuid4().hex[:6]}"


@pytest.fixture
async def bridge(bridge_id: str) -> AsyncGenerator[HueBridge]:
    async with HueBridge(bridge_id=bridge_id) as up:
        yield up


@pytest.fixture
def heard(bridge: HueBridge) -> Announcement:
    return bridge.announcements()[0]


@pytest.fixture
async def hub() -> RecordingHub:
    return RecordingHub()


@pytest.fixture
async def unpaired(hub: RecordingHub) -> AsyncGenerator[Hue]:
    async with Hue(hub) as driver:
        yield driver


@pytest.fixture
async def hue(unpaired: Hue, bridge: HueBridge, heard: Announcement, hub: RecordingHub) -> Hue:
    """A driver paired with the bridge, whose first states have been pushed."""
    bridge.press_button()
    await unpaired.pair(heard, None)
    await hub.hears(lambda e: isinstance(e, Update))
    return unpaired


@pytest.fixture
def recorded() -> dict[str, Any]:
    """The recorded resources by type, the recorded event items, and the recorded config."""
    if not RECORDINGS.is_dir():
        pytest.skip(f"no recordings at {RECORDINGS}")
    resources: dict[str, list[dict[str, Any]]] = {}
    for resource in json.loads((RECORDINGS / "clip_v2_resource.json").read_text())["data"]:
        resources.setdefault(resource["type"], []).append(resource)
    messages = [
        json.loads(line[len("data: ") :])
        for line in (RECORDINGS / "eventstream.txt").read_text().splitlines()
        if line.startswith("data: ")
    ]
    config = json.loads((RECORDINGS / "api_0_config.json").read_text())
    return {"resources": resources, "messages": messages, "config": config}
