"""How long until the whole virtual house is known and obeys.  python -m bench.scan [--runs N]

The virtual house runs in a process of its own, paired in a first run; what is timed is what an
owner sees after a restart: from the start of listening until every device is known, has told its
state, and one device of each family has obeyed and shown it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import re
import resource
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import aiohttp
from zeroconf.asyncio import AsyncZeroconf

from devices.capabilities import Brightness, Capability, FanSpeed, Volume
from devices.device import Announcement, Command
from devices.discovery import Discovery
from devices.drivers import DRIVERS
from devices.house import House

LOOPBACK = ["127.0.0.1"]
PATIENCE_S = 30.0
QUIET_S = 1.5  # an mDNS responder says a thing once a second at most (RFC 6762, section 6)
TOKEN = "bench"  # noqa: S105 - of a process that lives as long as this one
WISHES: dict[str, tuple[str, Callable[[int], Capability]]] = {
    "sonos": ("volume", lambda run: Volume(percent=20 + run % 10)),
    "hue": ("brightness", lambda run: Brightness(percent=40 + 5 * (run % 10))),
    "homekit": ("fan_speed", lambda run: FanSpeed(percent=30 + 5 * (run % 10))),
}


class Vault:
    def __init__(self) -> None:
        self._kept: dict[str, dict[str, object]] = {}

    async def load(self, key: str) -> dict[str, object] | None:
        return self._kept.get(key)

    async def save(self, key: str, value: dict[str, object]) -> None:
        self._kept[key] = value

    async def drop(self, key: str) -> None:
        self._kept.pop(key, None)

    async def keys(self, prefix: str) -> list[str]:
        return [key for key in self._kept if key.startswith(prefix)]


@dataclass(frozen=True)
class Virtual:
    """The process, and what it says of itself."""

    process: Process
    url: str
    pin: str
    devices: frozenset[str]

    async def press_button(self) -> None:
        async with _door() as session, session.post(f"{self.url}/hue-button"):
            pass

    def is_ours(self, heard: Announcement) -> bool:
        """Other virtual houses may be about on this machine."""
        said = f"{heard.name} {heard.properties}".lower()
        return any(_identity(device) in said for device in self.devices)


def _identity(device: str) -> str:
    """What a device's own announcement has of its id: bridge id, HAP id, or a player's MAC."""
    family, _, rest = device.partition(":")
    whose = rest.partition("/")[0].lower()
    return whose.removeprefix("rincon_")[:12] if family == "sonos" else whose


def _door() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(headers={"Authorization": f"Bearer {TOKEN}"})


@contextlib.asynccontextmanager
async def virtual_house(home: Path) -> AsyncGenerator[Virtual]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "devices.virtual", "--home", str(home), "--until-eof",
        stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=os.environ | {"DOBBY_VIRTUAL_TOKEN": TOKEN},
    )  # fmt: skip
    assert process.stdout is not None
    try:
        said = ""
        async with asyncio.timeout(PATIENCE_S):
            while "ready" not in said:
                line = (await process.stdout.readline()).decode()
                assert line, f"the virtual house did not start: {said}"
                said += line
        url = re.findall(r"http://127\.0\.0\.1:\d+", said)[0]
        async with _door() as session, session.get(f"{url}/devices") as answer:
            told: dict[str, Any] = await answer.json()
        ids = frozenset(d["id"] for d in told["devices"])
        bridges = {i for i in ids if i.startswith("hue:") and "/" not in i}
        yield Virtual(process, url, told["pin"], ids - bridges)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


@dataclass(frozen=True)
class Times:
    """Seconds from the start of listening."""

    first: float  # the first device is known
    known: float  # all are
    states: float  # all have told how they are
    obeyed: float  # one of each family has done and shown a command


async def scan(virtual: Virtual, vault: Vault, run: int, pair: bool = False) -> Times:
    zeroconf = AsyncZeroconf(interfaces=LOOPBACK)
    began = time.monotonic()
    try:
        async with House(DRIVERS, vault, zeroconf) as house:

            def hear(heard: Announcement) -> None:
                if virtual.is_ours(heard):
                    house.hear(heard)

            async with Discovery(zeroconf, LOOPBACK, hear), asyncio.timeout(PATIENCE_S):
                if pair:
                    await _pair(house, virtual)
                return await _timed(house, virtual, run, began)
    finally:
        await zeroconf.async_close()


async def _timed(house: House, virtual: Virtual, run: int, began: float) -> Times:
    async def when(true: Callable[[], object]) -> float:
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.002)
        return time.monotonic() - began

    first = await when(lambda: virtual.devices & house.devices.keys())
    known = await when(lambda: virtual.devices <= house.devices.keys())
    states = await when(lambda: all(house.state(device) for device in virtual.devices))
    receipts = await house.apply([_wish(house, family, run) for family in WISHES])
    assert all(receipt.verified for receipt in receipts), receipts
    return Times(first, known, states, time.monotonic() - began)


def _wish(house: House, family: str, run: int) -> Command:
    ability, wanted = WISHES[family]
    device = next(
        d for d in house.devices.values() if d.id.startswith(f"{family}:") and d.ability(ability)
    )
    return Command(device=device.id, set=wanted(run))


async def _pair(house: House, virtual: Virtual) -> None:
    while len([s for s in house.strangers.values() if s.needs]) < 2:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    await virtual.press_button()
    for key, stranger in dict(house.strangers).items():
        if stranger.needs:
            await house.pair(key, virtual.pin if stranger.needs == "pin" else None)


async def idle(pid: int, seconds: float) -> tuple[float, float]:
    """A process's share of one core, percent, over that time; and its memory, MB."""

    def used() -> float:
        stat = _proc(pid, "stat").rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")

    before = used()
    await asyncio.sleep(seconds)
    status = _proc(pid, "status")
    share = 100 * (used() - before) / seconds
    resident = re.search(r"VmRSS:\s+(\d+)", status)
    return share, int(resident[1]) / 1024 if resident else 0.0


def _proc(pid: int, name: str) -> str:
    return Path(f"/proc/{pid}/{name}").read_text()


async def measure(runs: int, idle_s: float) -> None:
    vault = Vault()
    with tempfile.TemporaryDirectory() as home:
        started = time.monotonic()
        async with virtual_house(Path(home)) as virtual:
            up = time.monotonic() - started
            await scan(virtual, vault, 0, pair=True)
            times: list[Times] = []
            for run in range(1, runs + 1):
                await asyncio.sleep(QUIET_S)
                times.append(await scan(virtual, vault, run))
            share, memory = await idle(virtual.process.pid, idle_s)
            print(f"{len(virtual.devices)} devices, {runs} runs, seconds from start of listening")
            print(f"{'':<10}{'median':>9}{'worst':>9}")
            for field in fields(Times):
                all_runs = [getattr(t, field.name) for t in times]
                print(f"{field.name:<10}{statistics.median(all_runs):9.3f}{max(all_runs):9.3f}")
            print(
                f"\nvirtual house: up in {up:.2f} s, idle {share:.2f} % of a core, {memory:.0f} MB"
            )
    ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"this process, all three drivers and discovery: at most {ours:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.scan", description=__doc__)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--idle", type=float, default=10.0, help="seconds to watch the idle house")
    given = parser.parse_args()
    asyncio.run(measure(given.runs, given.idle))


if __name__ == "__main__":
    main()
