"""Other people's clients against the virtual household: SoCo's own integration suite, svrooij's."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import soco
from soco.discovery import discover

from devices.virtual.sonos import SonosHousehold
from devices.virtual.sonos.transport import Loaded
from tests.peers.packages import SOCO, SVROOIJ, folder, program

from .conftest import fresh_block

EXERCISE = Path(__file__).with_name("svrooij.cjs")


async def run(*command: str, cwd: Path, seconds: float = 60) -> tuple[int, str]:
    """A program's exit status and what it printed."""
    process = await asyncio.create_subprocess_exec(
        *command, cwd=cwd, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    try:
        async with asyncio.timeout(seconds):
            output, _ = await process.communicate()
    except TimeoutError:
        process.kill()
        await process.wait()
        return -1, f"{command[0]} took more than {seconds} s"
    return process.returncode or 0, output.decode(errors="replace")


@pytest.fixture
async def playing() -> AsyncIterator[SonosHousehold]:
    """A household whose first player plays from a queue, as SoCo's suite demands."""
    async with SonosHousehold(block=fresh_block()) as household:
        kitchen = household.player("Kitchen")
        tracks = household.content.saved_queue("SQ:1").tracks
        kitchen.transport.enqueue(tracks, 0, Loaded())
        kitchen.transport.load(Loaded(kitchen.queue_uri))
        kitchen.transport.play()
        yield household


async def test_socos_own_integration_suite_passes(playing: SonosHousehold) -> None:
    source = folder(SOCO) / f"soco-{SOCO.version}"
    suite = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:asyncio", "-p", "no:timeout")
    host = playing.player("Kitchen").host
    status, output = await run(
        sys.executable, *suite, "tests/test_integration.py", "--ip", host, cwd=source
    )
    passed = re.search(r"[= ](\d+) passed in ", output)
    assert status == 0, output[-4000:]
    assert passed is not None, output[-4000:]  # "66 passed, 1 skipped in" is not all
    assert int(passed[1]) >= 67


async def test_a_stricter_client_finds_nothing_to_complain_of(playing: SonosHousehold) -> None:
    node, modules = program("node"), folder(SVROOIJ) / "node_modules"
    host = playing.player("Kitchen").host
    status, output = await run(node, str(EXERCISE), str(modules), host, cwd=modules, seconds=30)
    assert status == 0, output
    told = json.loads(output.splitlines()[-1])
    assert sorted(told["devices"]) == ["Bathroom", "Kitchen", "Living Room"]
    assert told["favourites"] == len(playing.content.favourite_titles())
    assert told["queue"] == 4
    assert told["state"] == "PLAYING"
    assert told["volume"] == 31
    assert told["pushedVolume"] == 42
    assert told["joined"] == "Kitchen"
    assert told["station"] == "x-rincon-mp3radio://radio.example/bluelantern.mp3"
    assert told["errorCode"] == 711


async def test_soco_discovers_every_player_by_ssdp() -> None:
    async with SonosHousehold(block=fresh_block(), id="Sonos_ssdp", ssdp=True) as household:
        soco.soco_reset()
        found = await asyncio.to_thread(
            discover, timeout=3, interface_addr="127.0.0.1", household_id="Sonos_ssdp"
        )
        hosts = {zone.ip_address for zone in found or ()}
    assert hosts == {player.host for player in household.players}
