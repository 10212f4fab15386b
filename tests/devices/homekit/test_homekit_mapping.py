"""Accessories as they describe themselves, and the devices made of them."""

from __future__ import annotations

import math
from typing import Any

import pytest
from aiohomekit.model.characteristics import CharacteristicsTypes as C
from aiohomekit.model.services import ServicesTypes as S

from devices.capabilities import (
    Alarm,
    Capability,
    Climate,
    FanSpeed,
    Position,
    Power,
    Reading,
    Tilt,
)
from devices.device import Unsupported
from devices.drivers.homekit.database import Accessory, parse
from devices.drivers.homekit.mapping import Unit, all_units, units

RW = ["pr", "pw", "ev"]


def described(*services: tuple[str, dict[str, Any]], aid: int = 3) -> dict[str, Any]:
    """An accessory of these services; a value may be a dictionary with limits beside it."""
    raw: list[dict[str, Any]] = []
    info = (S.ACCESSORY_INFORMATION, {C.NAME: "Thing", C.MANUFACTURER: "Maker"})
    for number, (kind, characteristics) in enumerate([info, *services], 1):
        rows: list[dict[str, Any]] = []
        for offset, (type_, value) in enumerate(characteristics.items(), 1):
            more = value if isinstance(value, dict) else {"value": value}
            iid = number * 100 + offset
            rows.append({"iid": iid, "type": type_, "perms": RW, "format": "float", **more})
        raw.append({"iid": number * 100, "type": kind, "characteristics": rows})
    return {"aid": aid, "services": raw}


def made(*services: tuple[str, dict[str, Any]]) -> tuple[Accessory, list[Unit]]:
    accessory = next(parse({"accessories": [described(*services)]}))
    return accessory, units("aa", accessory)


def only(*services: tuple[str, dict[str, Any]]) -> tuple[Accessory, Unit]:
    accessory, found = made(*services)
    assert len(found) == 1
    return accessory, found[0]


def writes(accessory: Accessory, unit: Unit, command: Capability) -> dict[str, object]:
    """What would be written, by characteristic."""
    return {c.type: value for c, value in unit.writes(command, accessory.values())}


def test_an_air_conditioner_moves_both_thresholds_in_auto() -> None:
    accessory, unit = only(
        (
            S.HEATER_COOLER,
            {
                C.ACTIVE: 1,
                C.TARGET_HEATER_COOLER_STATE: 0,
                C.TEMPERATURE_CURRENT: 23.5,
                C.TEMPERATURE_HEATING_THRESHOLD: 20,
                C.TEMPERATURE_COOLING_THRESHOLD: 24,
                C.ROTATION_SPEED: {"value": 2, "maxValue": 4, "minStep": 1},
            },
        )
    )
    assert unit.device.kind == "aircon"
    state = unit.state(accessory.values())
    assert state["climate"] == Climate(mode="auto", target=22, current=23.5)
    assert state["fan_speed"] == FanSpeed(percent=50)
    assert writes(accessory, unit, Climate(target=21)) == {
        C.TEMPERATURE_HEATING_THRESHOLD: 19,
        C.TEMPERATURE_COOLING_THRESHOLD: 23,
    }
    assert writes(accessory, unit, Climate(mode="cool", target=19)) == {
        C.ACTIVE: 1,
        C.TARGET_HEATER_COOLER_STATE: 2,
        C.TEMPERATURE_COOLING_THRESHOLD: 19,
    }
    assert writes(accessory, unit, Climate(mode="off")) == {C.ACTIVE: 0}
    assert writes(accessory, unit, FanSpeed(percent=100))[C.ROTATION_SPEED] == 4


def test_a_heater_offers_only_what_it_has() -> None:
    accessory, unit = only(
        (
            S.HEATER_COOLER,
            {
                C.ACTIVE: 0,
                C.TARGET_HEATER_COOLER_STATE: {"value": 1, "valid-values": [1]},
                C.TEMPERATURE_CURRENT: 18,
                C.TEMPERATURE_HEATING_THRESHOLD: {"value": 20, "minValue": 5, "maxValue": 30},
            },
        )
    )
    assert unit.device.kind == "heater"
    ability = unit.device.ability("climate")
    assert ability is not None
    assert (ability.min, ability.max, ability.choices) == (5, 30, ("off", "heat"))
    assert unit.state(accessory.values())["climate"] == Climate(mode="off", target=20, current=18)
    with pytest.raises(Unsupported):
        unit.writes(Climate(mode="cool"), accessory.values())


@pytest.mark.parametrize(
    ("current", "target", "shown"),
    [(0, 0, "home"), (1, 1, "away"), (2, 2, "night"), (3, 1, "disarmed"), (4, 1, "away")],
)
def test_the_alarm_shows_what_is_and_armed_when_it_rings(
    current: int, target: int, shown: str
) -> None:
    accessory, unit = only(
        (
            S.SECURITY_SYSTEM,
            {C.SECURITY_SYSTEM_STATE_CURRENT: current, C.SECURITY_SYSTEM_STATE_TARGET: target},
        )
    )
    assert unit.state(accessory.values())["alarm"] == Alarm.model_validate({"mode": shown})
    assert writes(accessory, unit, Alarm(mode="night")) == {C.SECURITY_SYSTEM_STATE_TARGET: 2}


@pytest.mark.parametrize(("angle", "percent"), [(0, 100), (90, 0), (-90, 0), (45, 50)])
def test_slats_are_open_when_level(angle: int, percent: int) -> None:
    accessory, unit = only(
        (
            S.WINDOW_COVERING,
            {
                C.POSITION_CURRENT: 30,
                C.POSITION_TARGET: 90,
                C.HORIZONTAL_TILT_CURRENT: angle,
                C.HORIZONTAL_TILT_TARGET: 0,
            },
        )
    )
    state = unit.state(accessory.values())
    assert state == {"position": Position(percent=30), "tilt": Tilt(percent=percent)}
    assert writes(accessory, unit, Tilt(percent=100)) == {C.HORIZONTAL_TILT_TARGET: 0}
    assert writes(accessory, unit, Tilt(percent=0)) == {C.HORIZONTAL_TILT_TARGET: 90}


def test_a_valve_is_on_when_water_runs() -> None:
    accessory, unit = only((S.VALVE, {C.ACTIVE: 1, C.IN_USE: 0}))
    assert unit.state(accessory.values()) == {"power": Power(on=False)}
    assert writes(accessory, unit, Power(on=True)) == {C.ACTIVE: 1}


def test_a_jammed_lock_is_neither_locked_nor_unlocked() -> None:
    accessory, unit = only(
        (S.LOCK_MECHANISM, {C.LOCK_MECHANISM_CURRENT_STATE: 2, C.LOCK_MECHANISM_TARGET_STATE: 1})
    )
    assert unit.state(accessory.values()) == {}


def test_a_strip_of_outlets_is_as_many_devices() -> None:
    accessory, found = made(
        (S.OUTLET, {C.ON: 1, C.NAME: "Kettle", C.VENDOR_EVE_ENERGY_WATT: 1800}),
        (S.OUTLET, {C.ON: 0, C.NAME: "Thing"}),
    )
    assert [(u.device.id, u.device.name) for u in found] == [
        ("homekit:aa/3/200", "Kettle"),
        ("homekit:aa/3/300", "Thing 2"),
    ]
    assert found[0].state(accessory.values()) == {
        "power": Power(on=True),
        "reading": Reading(power=1800),
    }
    assert found[1].state(accessory.values()) == {"power": Power(on=False)}


def test_sensors_of_one_accessory_are_one_device_and_doubles_another() -> None:
    accessory, found = made(
        (S.TEMPERATURE_SENSOR, {C.TEMPERATURE_CURRENT: 21}),
        (S.HUMIDITY_SENSOR, {C.RELATIVE_HUMIDITY_CURRENT: 40}),
        (S.SMOKE_SENSOR, {C.SMOKE_DETECTED: 0}),
        (S.BATTERY_SERVICE, {C.BATTERY_LEVEL: 77}),
        (S.TEMPERATURE_SENSOR, {C.TEMPERATURE_CURRENT: 5, C.NAME: "Outside"}),
    )
    first, second = found
    assert first.state(accessory.values()) == {
        "reading": Reading(temperature=21, humidity=40, smoke=False, battery=77)
    }
    assert (second.device.id, second.device.name) == ("homekit:aa/3/600", "Outside")
    assert second.state(accessory.values()) == {"reading": Reading(temperature=5)}


def test_a_light_with_a_motion_sensor_is_one_device() -> None:
    accessory, unit = only((S.LIGHTBULB, {C.ON: 1}), (S.MOTION_SENSOR, {C.MOTION_DETECTED: 1}))
    assert unit.device.kind == "light"
    assert unit.state(accessory.values())["reading"] == Reading(motion=True)


def test_a_bare_bridge_is_no_device() -> None:
    assert made()[1] == []


def test_one_accessory_that_makes_no_sense_does_not_spoil_the_others() -> None:
    good = described((S.SWITCH, {C.ON: 1}), aid=9)
    for bad in (
        {},
        {"aid": "x"},
        {"aid": 2, "services": 7},
        [],
        None,
        {"aid": 2, "services": [{}]},
    ):
        assert [a.aid for a in parse({"accessories": [bad, good]})] == [9]


@pytest.mark.parametrize("value", [None, "on", [], {}, float("nan"), 1e308, -5])
def test_values_that_make_no_sense_show_nothing_false(value: object) -> None:
    """A pushed value may be anything at all."""
    accessory, found = made(
        (
            S.LIGHTBULB,
            {C.ON: 1, C.BRIGHTNESS: 50, C.HUE: 1, C.SATURATION: 1, C.COLOR_TEMPERATURE: 300},
        ),
        (S.WINDOW_COVERING, {C.POSITION_CURRENT: 1, C.POSITION_TARGET: 1}),
        (
            S.THERMOSTAT,
            {C.TEMPERATURE_TARGET: 20, C.HEATING_COOLING_TARGET: 1, C.TEMPERATURE_CURRENT: 20},
        ),
        (S.GARAGE_DOOR_OPENER, {C.DOOR_STATE_CURRENT: 1, C.DOOR_STATE_TARGET: 1}),
        (S.HUMIDITY_SENSOR, {C.RELATIVE_HUMIDITY_CURRENT: 1}),
    )
    for unit in found:
        for state in unit.state(dict.fromkeys(accessory.values(), value)).values():
            numbers = [v for v in state.said().values() if isinstance(v, float)]
            assert all(math.isfinite(n) for n in numbers)
            assert type(state).model_validate(state.said()) == state


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (C.BRIGHTNESS, {"value": 3, "maxValue": 0}),
        (C.COLOR_TEMPERATURE, {"value": 3, "minValue": 0, "maxValue": 400}),
        (C.COLOR_TEMPERATURE, {"value": 3, "minValue": 1, "maxValue": math.nan}),
    ],
)
def test_an_accessory_with_limits_that_make_no_sense_spares_the_others(
    kind: str, value: dict[str, Any]
) -> None:
    odd = described((S.LIGHTBULB, {C.ON: True, kind: value}), aid=2)
    lamp = described((S.LIGHTBULB, {C.ON: True}))
    found = [u.aid for u in all_units("aa", list(parse({"accessories": [odd, lamp]})))]
    assert found == [3]
