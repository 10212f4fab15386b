"""The virtual house as a process: it starts beside others, takes faults by its door, and stops."""

from __future__ import annotations

import asyncio
import contextlib
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest

from devices.virtual.control import Control
from devices.virtual.house import SONOS_BLOCKS, VirtualHouse, VirtualHouseError

TOKEN = "a-token-for-the-test"
AUTHORISED = {"Authorization": f"Bearer {TOKEN}"}


@contextlib.asynccontextmanager
async def process(home: Path, *options: str) -> AsyncGenerator[tuple[Process, list[str]]]:
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "devices.virtual", "--home", str(home), *options,
        stdin=PIPE, stdout=PIPE, stderr=PIPE, env={"DOBBY_VIRTUAL_TOKEN": TOKEN},
    )  # fmt: skip
    try:
        lines: list[str] = []
        async with asyncio.timeout(20):
            while not lines or lines[-1] not in {"ready", ""}:
                lines.append((await running.stdout.readline()).decode().strip())
        yield running, lines
    finally:
        with contextlib.suppress(ProcessLookupError):
            running.kill()
        await running.wait()


async def ended(running: Process) -> int:
    async with asyncio.timeout(10):
        return await running.wait()


async def test_it_says_where_it_is_and_stops_when_told(tmp_path: Path) -> None:
    async with process(tmp_path) as (running, lines):
        assert [line.split()[0] for line in lines] == [
            "sonos", "hue", "homekit", "control", "ready",
        ]  # fmt: skip
        assert re.search(r"PIN \d{3}-\d\d-\d{3}", lines[2])
        assert TOKEN not in "".join(lines)
        running.send_signal(signal.SIGTERM)
        assert await ended(running) == 0
        assert (await running.stderr.read()).decode() == ""


async def test_it_goes_with_its_parent(tmp_path: Path) -> None:
    async with process(tmp_path, "--until-eof") as (running, _):
        running.stdin.close()
        assert await ended(running) == 0


async def test_two_cannot_live_in_one_folder(tmp_path: Path) -> None:
    async with VirtualHouse(tmp_path), process(tmp_path) as (running, _):
        assert await ended(running) == 1
        words = (await running.stderr.read()).decode()
    assert "is running already: stop it, or give this one a folder of its own." in words
    assert "Traceback" not in words


async def test_an_unusable_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(VirtualHouseError, match="cannot be used"):
        async with VirtualHouse(tmp_path / "file"):
            pass


async def test_where_port_1400_is_taken_it_moves_to_the_next_block(tmp_path: Path) -> None:
    async with (
        VirtualHouse(tmp_path / "one") as one,
        VirtualHouse(tmp_path / "two") as two,
    ):
        hosts = [{p.host for p in house.sonos.players} for house in (one, two)]
        assert not hosts[0] & hosts[1]
        assert not set(one.devices) & set(two.devices)


async def test_where_every_block_is_taken_it_says_so(tmp_path: Path, monkeypatch) -> None:
    async with VirtualHouse(tmp_path / "one") as one:
        taken = one.sonos.players[0].host.rpartition(".")[0]
        monkeypatch.setattr("devices.virtual.house.SONOS_BLOCKS", (taken,))
        with pytest.raises(VirtualHouseError, match=r"Port 1400 is taken.*ss -ltnp"):
            async with VirtualHouse(tmp_path / "two"):
                pass
    assert taken in SONOS_BLOCKS


async def test_its_devices_keep_their_identity(tmp_path: Path) -> None:
    async with VirtualHouse(tmp_path) as house:
        before = set(house.devices)
    async with VirtualHouse(tmp_path) as house:
        assert set(house.devices) == before


@contextlib.asynccontextmanager
async def door(tmp_path: Path) -> AsyncGenerator[tuple[VirtualHouse, str, aiohttp.ClientSession]]:
    async with (
        VirtualHouse(tmp_path) as house,
        Control(house, TOKEN) as control,
        aiohttp.ClientSession() as session,
    ):
        yield house, f"http://127.0.0.1:{control.port}", session


async def test_faults_and_the_button_go_through_the_door(tmp_path: Path) -> None:
    async with door(tmp_path) as (house, url, session):
        async with session.get(f"{url}/devices", headers=AUTHORISED) as answer:
            told = await answer.json()
        assert told["pin"] == house.pin
        assert {d["id"] for d in told["devices"]} == set(house.devices)
        assert {d["family"] for d in told["devices"]} == {"sonos", "hue", "homekit"}
        assert len(told["rooms"]) == 5
        assert {room["floor"] for room in told["rooms"]} == {"Ground floor", "Upstairs"}

        device = told["devices"][0]["id"]
        wanted = {"id": device, "slow_s": 1.5, "lie": True}
        async with session.post(f"{url}/faults", json=wanted, headers=AUTHORISED) as answer:
            assert answer.status == 200
        fault = house.devices[device].fault
        assert (fault.slow_s, fault.lie, fault.gone, fault.refuse) == (1.5, True, False, False)
        async with session.post(f"{url}/faults", json={"id": device}, headers=AUTHORISED) as answer:
            assert answer.status == 200
        assert (fault.slow_s, fault.lie) == (0.0, False)

        assert not house.hue.button_pressed
        async with session.post(f"{url}/hue-button", headers=AUTHORISED) as answer:
            assert answer.status == 200
        assert house.hue.button_pressed


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": "Bearer ü"}, 401),
        (AUTHORISED | {"Host": "evil.example"}, 400),
        (AUTHORISED | {"Origin": "http://evil.example"}, 403),
        (AUTHORISED | {"Origin": "null"}, 403),
    ],
)
async def test_the_door_is_shut_to_others(tmp_path: Path, headers, status) -> None:
    async with (
        door(tmp_path) as (house, url, session),
        session.post(f"{url}/hue-button", headers=headers) as answer,
    ):
        assert answer.status == status
        assert not house.hue.button_pressed


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{}", 400),
        (b'{"id": "nobody"}', 404),
        (b'{"id": "x", "slow_s": -1}', 400),
        (b'{"id": "x", "gone": "yes"}', 400),
        (b'{"id": "x", "burn": true}', 400),
        (b"[" * 5000, 413),
    ],
)
async def test_a_wrong_fault_is_told(tmp_path: Path, body: bytes, status: int) -> None:
    async with (
        door(tmp_path) as (_, url, session),
        session.post(f"{url}/faults", data=body, headers=AUTHORISED) as answer,
    ):
        assert answer.status == status


async def test_no_token_no_door(tmp_path: Path) -> None:
    async with VirtualHouse(tmp_path) as house:
        with pytest.raises(ValueError, match="empty token"):
            Control(house, "")
