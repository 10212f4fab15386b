"""The whole way, over real protocols: virtual house, discovery, drivers, house, receipts."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Callable, Iterable

import pytest
from zeroconf.asyncio import AsyncZeroconf

from devices.capabilities import Brightness, Capability, Position, Power, Volume
from devices.device import Announcement, Command, Outcome, Receipt
from devices.discovery import Discovery
from devices.discovery.mdns import SERVICE_TYPES
from devices.discovery.ssdp import SEARCH_TARGETS
from devices.discovery.wsd import NETWORK_VIDEO_TRANSMITTER
from devices.drivers import DRIVERS
from devices.drivers.lists import LISTS
from devices.families import Family
from devices.house import House
from devices.virtual.house import VirtualHouse

LOOPBACK = ["127.0.0.1"]


@contextlib.asynccontextmanager
async def discovering(virtual: VirtualHouse, vault) -> AsyncGenerator[House]:
    """A house with every driver, hearing this virtual house alone: others may be about."""
    zeroconf = AsyncZeroconf(interfaces=LOOPBACK)
    try:
        async with House(DRIVERS, vault, zeroconf) as house:

            def hear(heard: Announcement) -> None:
                if is_of(virtual, heard):
                    house.hear(heard)

            async with Discovery(zeroconf, LOOPBACK, hear):
                yield house
    finally:
        await zeroconf.async_close()


def is_of(virtual: VirtualHouse, heard: Announcement) -> bool:
    return any(
        heard.host == own.host and (heard.port == own.port or heard.source == "ssdp")
        for own in virtual.announcements()
        if own.service == heard.service or heard.source == "ssdp"
    )


async def eventually(true: Callable[[], bool], seconds: float = 15.0) -> None:
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, "it did not come about"
        await asyncio.sleep(0.02)


async def pair_all(house: House, virtual: VirtualHouse) -> None:
    await eventually(lambda: len([s for s in house.strangers.values() if s.needs]) == 2)
    by_need = {s.needs: key for key, s in house.strangers.items() if s.needs}
    virtual.press_hue_button()
    await house.pair(by_need["button"])
    await house.pair(by_need["pin"], virtual.pin)


def expected(virtual: VirtualHouse) -> set[str]:
    on_the_lan = set(virtual.devices) - {f"hue:{virtual.hue.bridge_id}"}  # the bridge is no device
    return on_the_lan | {known.id for known in LISTS}


def by_name(house: House, name: str, family: str) -> str:
    return next(
        d.id for d in house.devices.values() if d.name == name and d.id.startswith(f"{family}:")
    )


async def do(house: House, wishes: Iterable[tuple[str, Capability]]) -> list[Receipt]:
    return await house.apply([Command(device=d, set=wanted) for d, wanted in wishes])


async def test_everything_is_found_and_obeys_without_a_line_of_set_up(tmp_path, vault) -> None:
    async with (
        VirtualHouse(tmp_path, pace=10) as virtual,
        discovering(virtual, vault) as house,
    ):
        await pair_all(house, virtual)
        await eventually(lambda: set(house.devices) == expected(virtual))
        assert not house.away
        assert {d.room for d in house.devices.values() if d.room} <= {
            room.name for room in virtual.rooms()
        }
        assert set(virtual.placements().values()) <= {r.name for r in virtual.rooms()}
        for device in house.devices.values():
            assert house.state(device.id), device
        speaker = by_name(house, "Kitchen", "sonos")
        lamp = by_name(house, "Kitchen ceiling", "hue")
        shade = by_name(house, "Bedroom blinds", "homekit")
        receipts = await do(
            house,
            [
                (speaker, Volume(percent=31)),
                (lamp, Brightness(percent=40)),
                (shade, Position(percent=60)),
            ],
        )
        assert [r.outcome for r in receipts] == [Outcome.VERIFIED] * 3, receipts
        assert virtual.sonos.player("Kitchen").sound.volume == 31


async def test_faults_come_out_as_receipts_and_pass(
    tmp_path, vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("devices.house.LOOK_S", 0.5)
    monkeypatch.setattr(Volume, "settles_s", 1.5)
    monkeypatch.setattr(Power, "settles_s", 1.5)
    async with (
        VirtualHouse(tmp_path, pace=10) as virtual,
        discovering(virtual, vault) as house,
    ):
        await pair_all(house, virtual)
        await eventually(lambda: set(house.devices) == expected(virtual))
        speaker = by_name(house, "Kitchen", "sonos")
        lamp = by_name(house, "Kitchen ceiling", "hue")
        fan = by_name(house, "Bedroom fan", "homekit")
        wishes: list[tuple[str, Capability]] = [
            (speaker, Volume(percent=42)),
            (lamp, Power(on=True)),
            (fan, Power(on=True)),
        ]
        faults = [virtual.devices[device].fault for device, _ in wishes]

        for fault in faults:
            fault.lie = True
        assert [r.outcome for r in await do(house, wishes)] == [Outcome.CONTRADICTED] * 3

        for fault in faults:
            fault.lie, fault.refuse = False, True
        receipts = await do(house, wishes)
        assert [r.outcome for r in receipts] == [Outcome.REFUSED] * 3
        assert all(r.reason for r in receipts)

        for fault in faults:
            fault.refuse, fault.gone = False, True
        assert [r.outcome for r in await do(house, wishes)] == [Outcome.UNREACHABLE] * 3
        assert {speaker, lamp, fan} <= house.away

        for fault in faults:
            fault.gone, fault.slow_s = False, 0.5
        await eventually(lambda: not house.away, 25)
        assert [r.outcome for r in await do(house, wishes)] == [Outcome.VERIFIED] * 3


async def test_it_comes_back_at_other_addresses_as_itself(tmp_path, vault) -> None:
    moved = VirtualHouse(tmp_path, pace=10)
    async with VirtualHouse(tmp_path, pace=10) as virtual:
        hearing = discovering(virtual, vault)
        house = await hearing.__aenter__()
        await pair_all(house, virtual)
        await eventually(lambda: set(house.devices) == expected(virtual))
        before = dict(house.devices)
        ports = {a.port for a in virtual.announcements()}
    try:
        async with moved:
            assert {a.port for a in moved.announcements()} != ports
            for heard in moved.announcements():
                house.hear(heard)
            await eventually(lambda: not house.away, 25)
            assert set(house.devices) == set(before)
            assert not [s for s in house.strangers.values() if s.needs]
            lamp = by_name(house, "Hall lamp", "hue")
            fan = by_name(house, "Bedroom fan", "homekit")
            receipts = await do(house, [(lamp, Power(on=False)), (fan, Power(on=True))])
            assert all(r.verified for r in receipts), receipts
    finally:
        await hearing.__aexit__(None, None, None)


async def test_a_restart_needs_neither_pairing_nor_discovery(tmp_path, vault) -> None:
    async with VirtualHouse(tmp_path, pace=10) as virtual:
        async with discovering(virtual, vault) as first:
            await pair_all(first, virtual)
            await eventually(lambda: set(first.devices) == expected(virtual))
            lamp = by_name(first, "Hall lamp", "hue")
            first.rename(lamp, name="Porch light")
            known = (list(first.devices.values()), list(first.rooms.values()))
            sightings = dict(first.sightings)
        async with House(DRIVERS, vault, None) as second:
            await second.restore(*known, {lamp: {"name": "Porch light"}}, sightings)
            assert second.away == set(second.devices) - {known.id for known in LISTS}
            await eventually(lambda: not second.away, 10)  # before it would look for them by itself
            (receipt,) = await do(second, [(lamp, Power(on=False))])
            assert receipt.verified
            assert second.devices[lamp].name == "Porch light"


def test_a_family_says_of_itself_what_its_driver_says() -> None:
    for family in DRIVERS:
        driver = family.load() if isinstance(family, Family) else family
        assert (family.family, family.services) == (driver.family, driver.services)


def test_what_drivers_answer_to_is_asked_for_by_name() -> None:
    """Not every device answers a question for all there is."""
    asked = {*SERVICE_TYPES, *SEARCH_TARGETS, NETWORK_VIDEO_TRANSMITTER}
    assert {service for driver in DRIVERS for service in driver.services} <= asked
