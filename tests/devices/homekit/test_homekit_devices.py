"""Every kind of device of the virtual house, over real sockets."""

from __future__ import annotations

import asyncio
import time

import pytest

from devices.capabilities import (
    Brightness,
    Capability,
    Climate,
    Color,
    ColorTemperature,
    FanSpeed,
    Lock,
    Position,
    Power,
    Reading,
    State,
    Volume,
)
from devices.device import UnknownDevice, Unsupported
from devices.drivers.homekit.driver import HomeKit
from devices.virtual.homekit import HomeKitHouse
from devices.virtual.homekit.climate import Thermostat
from devices.virtual.homekit.house import PIN
from devices.virtual.homekit.server import FaultyDriver
from tests.devices.homekit.conftest import PATIENCE_S, ListeningHub

Ids = dict[str, str]


async def until(driver: HomeKit, device: str, wanted: Capability) -> list[State]:
    """Read until the device shows it; the states seen on the way."""
    seen: list[State] = []
    async with asyncio.timeout(PATIENCE_S):
        while True:
            seen.append(await driver.read(device))
            if wanted.shown_by(seen[-1].get(wanted.kind)):
                return seen
            await asyncio.sleep(0.02)


async def test_what_is_in_the_house(
    driver: HomeKit, house: HomeKitHouse, ids: Ids, hub: ListeningHub
) -> None:
    devices = {d.name: d for d in await driver.identify(house.announcements()[0])}
    kinds = {name: device.kind for name, device in devices.items()}
    assert kinds == {
        "Thermostat": "thermostat",
        "Living room shades": "shade",
        "Bedroom blinds": "shade",
        "Front door": "lock",
        "Garage door": "garage",
        "Bedroom fan": "fan",
        "Bathroom sensor": "sensor",
        "Back door": "sensor",
        "Desk lamp": "light",
        "Coffee machine": "outlet",
    }
    assert {name: d.id for name, d in devices.items()} == ids
    assert set(house.rooms) == set(ids.values())
    climate = devices["Thermostat"].ability("climate")
    assert climate is not None
    assert (climate.min, climate.max, climate.step) == (10, 30, 0.5)
    assert climate.choices == ("off", "heat", "cool", "auto")
    white = devices["Desk lamp"].ability("color_temperature")
    assert white is not None
    assert (white.min, white.max) == (2203, 6493)
    assert all(d.room is None for d in devices.values())


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("Coffee machine", Power(on=True)),
        ("Desk lamp", Power(on=True)),
        ("Desk lamp", Brightness(percent=40)),
        ("Desk lamp", Brightness(percent=0)),
        ("Desk lamp", Color(hue=240, saturation=90)),
        ("Desk lamp", ColorTemperature(kelvin=2700)),
        ("Bedroom fan", Power(on=True)),
        ("Bedroom fan", FanSpeed(percent=75)),
        ("Bedroom fan", FanSpeed(percent=0)),
        ("Thermostat", Climate(mode="cool", target=25.5)),
        ("Thermostat", Climate(mode="off")),
        ("Thermostat", Climate(target=18)),
        ("Front door", Lock(locked=False)),
        ("Front door", Lock(locked=True)),
        ("Garage door", Position(percent=100)),
        ("Bedroom blinds", Position(percent=35)),
    ],
    ids=str,
)
async def test_a_command_is_done_and_read_back(
    driver: HomeKit, ids: Ids, name: str, command: Capability
) -> None:
    await driver.apply(ids[name], command)
    await until(driver, ids[name], command)


async def test_light_given_a_level_or_a_colour_is_lit(driver: HomeKit, ids: Ids) -> None:
    lamp = ids["Desk lamp"]
    assert (await driver.read(lamp))["brightness"] == Brightness(percent=0), "dark is 0 percent"
    for command in (Brightness(percent=30), Color(hue=0, saturation=100)):
        await driver.apply(lamp, Power(on=False))
        await driver.apply(lamp, command)
        assert (await driver.read(lamp))["power"] == Power(on=True)


async def test_shades_pass_through_values(driver: HomeKit, ids: Ids, hub: ListeningHub) -> None:
    shade = ids["Living room shades"]
    await driver.apply(shade, Position(percent=0))
    positions = [
        s["position"].said()["percent"] for s in await until(driver, shade, Position(percent=0))
    ]
    assert positions[0] > 40, "it cannot be there at once"
    assert len(set(positions)) > 3
    assert positions == sorted(positions, reverse=True)
    pushed = await hub.update(shade, lambda s: s.get("position") == Position(percent=0))
    assert pushed["position"] == Position(percent=0)


async def test_a_garage_door_moves_before_it_is_open(
    driver: HomeKit, ids: Ids, hub: ListeningHub
) -> None:
    garage = ids["Garage door"]
    await driver.apply(garage, Position(percent=100))
    seen = await until(driver, garage, Position(percent=100))
    assert 0 < seen[0]["position"].said()["percent"] < 100
    with pytest.raises(Unsupported, match="half-way"):
        await driver.apply(garage, Position(percent=40))


async def test_the_lock_is_not_done_when_it_has_only_been_asked(
    driver: HomeKit, ids: Ids, hub: ListeningHub
) -> None:
    door = ids["Front door"]
    await driver.apply(door, Lock(locked=False))
    assert (await driver.read(door))["lock"] == Lock(locked=True)
    await hub.update(door, lambda s: s["lock"] == Lock(locked=False))


@pytest.mark.parametrize(
    ("name", "change", "pushed"),
    [
        ("Front door", Lock(locked=False), Lock(locked=False)),
        ("Back door", Reading(contact=True), Reading(contact=True)),
        (
            "Bathroom sensor",
            Reading(humidity=80),
            Reading(humidity=80, temperature=22.5, battery=87),
        ),
        ("Coffee machine", Power(on=True), Power(on=True)),
        ("Desk lamp", Brightness(percent=10), Brightness(percent=10)),
        ("Bedroom fan", FanSpeed(percent=20), FanSpeed(percent=20)),
    ],
    ids=str,
)
async def test_what_somebody_does_by_hand_is_pushed(
    driver: HomeKit,
    house: HomeKitHouse,
    hub: ListeningHub,
    ids: Ids,
    name: str,
    change: Capability,
    pushed: Capability,
) -> None:
    house.by_hand(ids[name], change)
    await hub.update(ids[name], lambda s: s.get(change.kind) == pushed)


async def test_the_room_warms_while_heating_and_cools_while_not(
    driver: HomeKit, hub: ListeningHub, ids: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Thermostat, "tick_s", 0.1)
    thermostat = ids["Thermostat"]

    def warmth(state: State) -> float:
        climate = state["climate"]
        assert isinstance(climate, Climate)
        assert climate.current is not None
        return climate.current

    before = warmth(await driver.read(thermostat))
    await driver.apply(thermostat, Climate(mode="heat", target=28))
    await hub.update(thermostat, lambda s: "climate" in s and warmth(s) > before + 0.5)
    await driver.apply(thermostat, Climate(mode="off"))
    peak = warmth(await driver.read(thermostat))
    await hub.update(thermostat, lambda s: "climate" in s and warmth(s) < peak)


async def test_our_own_writes_are_not_mistaken_for_the_devices_word(
    driver: HomeKit, house: HomeKitHouse, hub: ListeningHub, ids: Ids
) -> None:
    outlet = ids["Coffee machine"]
    house.devices[outlet].fault.lie = True
    await driver.apply(outlet, Power(on=True))
    house.by_hand(ids["Back door"], Reading(contact=True))
    await hub.update(ids["Back door"], lambda _: True)
    assert await driver.read(outlet) == {"power": Power(on=False)}


async def test_what_a_device_cannot_do_is_said(driver: HomeKit, ids: Ids) -> None:
    with pytest.raises(Unsupported, match="Coffee machine has no volume"):
        await driver.apply(ids["Coffee machine"], Volume(percent=3))
    with pytest.raises(Unsupported, match="10 to 30"):
        await driver.apply(ids["Thermostat"], Climate(target=80))
    with pytest.raises(Unsupported):
        await driver.apply(ids["Thermostat"], Climate(mode="dry"))
    with pytest.raises(Unsupported):
        await driver.apply(ids["Back door"], Reading(contact=True))
    for nobody in ("homekit:00:00:00:00:00:00/1", ids["Thermostat"] + "9", "homekit:", "x"):
        with pytest.raises(UnknownDevice):
            await driver.read(nobody)


async def test_a_lock_that_wants_a_timed_write_gets_one(
    house: HomeKitHouse, hub: ListeningHub, ids: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    tickets: list[dict[str, int]] = []
    prepare = FaultyDriver.prepare

    def watched(self: FaultyDriver, ticket: dict[str, int], client: tuple[str, int]) -> object:
        tickets.append(ticket)
        return prepare(self, ticket, client)

    monkeypatch.setattr(FaultyDriver, "prepare", watched)
    target = (
        house._accessories[ids["Front door"]]
        .get_service("LockMechanism")
        .get_characteristic("LockTargetState")
    )
    target.override_properties({"Permissions": ["pr", "pw", "ev", "tw"]})
    async with HomeKit(hub) as driver:
        await driver.pair(house.announcements()[0], PIN)
        await driver.apply(ids["Coffee machine"], Power(on=True))
        assert not tickets
        await driver.apply(ids["Front door"], Lock(locked=False))
        await until(driver, ids["Front door"], Lock(locked=False))
        assert len(tickets) == 1


async def test_one_apply_and_read_are_quick(driver: HomeKit, ids: Ids) -> None:
    started = time.perf_counter()
    for turn in range(20):
        await driver.apply(ids["Coffee machine"], Power(on=turn % 2 == 0))
        await driver.read(ids["Coffee machine"])
    assert (time.perf_counter() - started) / 20 < 0.1
