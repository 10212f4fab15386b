"""What goes wrong: faults of accessories, a network gone silent, peers that talk nonsense."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from devices.capabilities import Lock, Position, Power
from devices.device import Announcement, DeviceError, Refused, Unreachable
from devices.drivers.homekit.driver import HomeKit
from devices.drivers.homekit.link import Link
from devices.virtual.faults import Fault
from devices.virtual.homekit import HomeKitHouse
from devices.virtual.homekit.house import PIN
from tests.devices.homekit.conftest import ListeningHub

Ids = dict[str, str]


async def test_refused_in_plain_words(driver: HomeKit, house: HomeKitHouse, ids: Ids) -> None:
    door = ids["Front door"]
    house.devices[door].fault.refuse = True
    with pytest.raises(Refused, match="Front door does not allow that now"):
        await driver.apply(door, Lock(locked=False))
    assert await driver.read(door) == {"lock": Lock(locked=True)}
    house.devices[door].fault = Fault()
    await driver.apply(door, Lock(locked=False))


async def test_a_liar_says_yes_and_does_nothing(
    driver: HomeKit, house: HomeKitHouse, ids: Ids
) -> None:
    shade = ids["Living room shades"]
    house.devices[shade].fault.lie = True
    before = await driver.read(shade)
    await driver.apply(shade, Position(percent=0))
    assert await driver.read(shade) == before


async def test_one_gone_behind_its_bridge_is_noticed_and_comes_back(
    driver: HomeKit, house: HomeKitHouse, hub: ListeningHub, ids: Ids
) -> None:
    outlet = ids["Coffee machine"]
    house.devices[outlet].fault.gone = True
    await hub.away(outlet)
    with pytest.raises(Unreachable, match="Coffee machine does not answer"):
        await driver.read(outlet)
    with pytest.raises(Unreachable):
        await driver.apply(outlet, Power(on=True))
    assert await driver.read(ids["Desk lamp"]), "its neighbour is none the worse"
    house.by_hand(outlet, Power(on=True))
    house.devices[outlet].fault.gone = False
    await hub.found(outlet)
    await hub.update(outlet, lambda s: s["power"] == Power(on=True))


async def test_a_slow_one_is_waited_for(driver: HomeKit, house: HomeKitHouse, ids: Ids) -> None:
    lamp = ids["Desk lamp"]
    house.devices[lamp].fault.slow_s = 0.4
    started = time.monotonic()
    await driver.apply(lamp, Power(on=True))
    assert (await driver.read(lamp))["power"] == Power(on=True)
    assert time.monotonic() - started >= 0.8


async def test_who_gives_up_on_a_slow_one_does_not_cut_off_the_others(
    driver: HomeKit, house: HomeKitHouse, hub: ListeningHub, ids: Ids
) -> None:
    house.devices[ids["Desk lamp"]].fault.slow_s = 1.0
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await driver.read(ids["Desk lamp"])
    assert await driver.read(ids["Coffee machine"]) == {"power": Power(on=False)}
    house.by_hand(ids["Coffee machine"], Power(on=True))
    await hub.update(ids["Coffee machine"], lambda s: s["power"] == Power(on=True))


async def test_too_slow_ends_in_time(
    driver: HomeKit, house: HomeKitHouse, ids: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Link.answer_s < 6, "what the house grants a driver"
    monkeypatch.setattr(Link, "answer_s", 1.0)
    house.devices[ids["Desk lamp"]].fault.slow_s = 30.0
    async with asyncio.timeout(2):
        with pytest.raises(Unreachable, match="Desk lamp does not answer"):
            await driver.read(ids["Desk lamp"])
    assert await driver.read(ids["Coffee machine"])


# Peers -----------------------------------------------------------------------------------------

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def peer(serve: Serve) -> AsyncGenerator[int]:
    """A server of ours on loopback; its port."""
    serving: set[asyncio.Task[None]] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.add(asyncio.create_task(accept(reader, writer)))

    server = await asyncio.start_server(begin, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving)


async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()


async def rude(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


def answering(body: bytes) -> Serve:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(65536):
            writer.write(body)
            await writer.drain()

    return serve


NONSENSE = (
    b"SSH-2.0-OpenSSH_9.2\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n\xff\xff\xff",
    b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
    b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
    b"EVENT/1.0 200 OK\r\nContent-Length: 2\r\n\r\n[]",
    b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n\x06\x01\x02\x07\x01\x02",
    bytes(range(256)) * 8,
)


@pytest.mark.parametrize("body", NONSENSE, ids=range(len(NONSENSE)))
async def test_pairing_with_a_peer_that_talks_nonsense_is_an_error_in_words(
    hub: ListeningHub, heard: Announcement, body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("devices.drivers.homekit.setup.PAIR_S", 0.3)
    async with peer(answering(body)) as port, HomeKit(hub) as driver:
        with pytest.raises(DeviceError):
            await driver.pair(replace(heard, port=port), PIN)
        assert not hub.vault.kept


def _elsewhere(record: dict[str, object]) -> dict[str, object]:
    """Those keys, with an address where nobody is: the driver must not connect by itself."""
    return {**record, "AccessoryPort": 9}


@pytest.mark.parametrize("serve", [silent, rude, *map(answering, NONSENSE)])
async def test_a_known_accessory_whose_address_now_answers_nonsense(
    driver: HomeKit,
    heard: Announcement,
    hub: ListeningHub,
    serve: Serve,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Link, "connect_s", 0.3)
    hub.vault.kept = {key: _elsewhere(record) for key, record in hub.vault.kept.items()}
    async with peer(serve) as port, HomeKit(hub) as restarted:
        async with asyncio.timeout(6):
            with pytest.raises(DeviceError):
                await restarted.identify(replace(heard, port=port))
        assert await restarted.identify(heard), "and is itself again at its own address"


async def test_a_network_that_falls_silent_is_noticed(
    hub: ListeningHub,
    ids: Ids,
    heard: Announcement,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No packet says so: the cable is out. Only a question without an answer tells."""
    monkeypatch.setattr(Link, "answer_s", 0.5)
    monkeypatch.setattr("devices.drivers.homekit.session.GRACE_S", 0.5)
    cut = asyncio.Event()

    async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            if not cut.is_set():
                writer.write(data)

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", heard.port)
        async with asyncio.TaskGroup() as both:
            both.create_task(pipe(reader, back))
            both.create_task(pipe(there, writer))

    async with HomeKit(hub, pulse_s=0.3) as driver, peer(proxy) as port:
        await driver.pair(replace(heard, port=port), PIN)
        hub.events.clear()
        cut.set()
        await hub.away(ids["Front door"])
        assert await driver.identify(heard), "the same accessory, found at another port"
        await hub.found(ids["Front door"])
