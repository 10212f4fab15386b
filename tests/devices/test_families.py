"""A family costs nothing until something of it is met; then its driver answers as any other."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from devices.device import Announcement, Device
from devices.families import Family
from devices.house import House
from tests.devices.knocker import Knocker
from tests.devices.memory_vault import MemoryVault

HEARD = Announcement("mdns", next(iter(Knocker.services)), "a knocker", "127.0.0.1", 1)
KNOCKER = Family(Knocker.family, Knocker.services, "tests.devices.knocker:Knocker")
BROKEN = Family("broken", Knocker.services, "tests.devices.no_such_module:Driver")

EMPTY_HOME = """
import asyncio, sys
from devices.drivers import DRIVERS
from devices.house import House
from tests.devices.memory_vault import MemoryVault
import dobby.daemon.app

async def main():
    async with House(DRIVERS, MemoryVault()):
        await asyncio.sleep(0)

asyncio.run(main())
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_an_empty_home_imports_no_family() -> None:
    told = subprocess.run(
        [sys.executable, "-c", EMPTY_HOME],
        cwd=Path(__file__).parents[2],
        check=True,
        capture_output=True,
        text=True,
    )
    theirs = {"aiohomekit", "aiohue", "alembic", "anthropic", "cryptography", "hassil", "lxml",
              "onvif", "requests", "soco", "zeep"}  # fmt: skip
    assert theirs & set(told.stdout.split()) == set()


@pytest.mark.parametrize("families", [[KNOCKER], [BROKEN, KNOCKER]])
async def test_the_first_that_is_heard_opens_its_family(families: list[Family]) -> None:
    async with House(families, MemoryVault()) as house:
        assert not house._drivers
        async with house.events() as events:
            for _ in range(5):  # one announcement among many
                house.hear(HEARD)
            async with asyncio.timeout(10):
                while (await events.get()).what != "found":
                    pass
        assert list(house._drivers) == [Knocker.family]
        assert isinstance(house._drivers[Knocker.family], Knocker)


async def test_what_is_known_opens_its_family() -> None:
    known = Device(id=f"{Knocker.family}:1", name="Door", kind="light", abilities=())
    async with House([KNOCKER], MemoryVault()) as house:
        await house.restore([known], [], {}, {})
        assert isinstance(house.driver_of(known.id), Knocker)


async def test_what_no_family_answers_to_opens_none() -> None:
    async with House([KNOCKER], MemoryVault()) as house:
        house.hear(Announcement("mdns", "_other._tcp.local.", "a stranger", "127.0.0.1", 1))
        await asyncio.sleep(0)
        assert not house._drivers
        assert [stranger.family for stranger in house.strangers.values()] == [None]
