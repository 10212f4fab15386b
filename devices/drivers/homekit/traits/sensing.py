"""What is measured."""

from __future__ import annotations

from collections.abc import Callable

from aiohomekit.model.characteristics import CharacteristicsTypes as C

from devices.capabilities import Reading
from devices.device import Unsupported
from devices.drivers.homekit.database import Values
from devices.drivers.homekit.traits.base import Trait, Write

READINGS: dict[str, tuple[str, Callable[[float], float | bool]]] = {
    C.BATTERY_LEVEL: ("battery", float),
    C.CARBON_DIOXIDE_LEVEL: ("co2", float),
    C.CONTACT_STATE: ("contact", bool),  # 0: the contacts touch, the door is shut
    C.LEAK_DETECTED: ("leak", bool),
    C.LIGHT_LEVEL_CURRENT: ("illuminance", float),
    C.MOTION_DETECTED: ("motion", bool),
    C.OCCUPANCY_DETECTED: ("occupancy", bool),
    C.RELATIVE_HUMIDITY_CURRENT: ("humidity", float),
    C.SMOKE_DETECTED: ("smoke", bool),
    C.TEMPERATURE_CURRENT: ("temperature", float),
    C.VENDOR_EVE_ENERGY_KW_HOUR: ("energy", float),
    C.VENDOR_EVE_ENERGY_WATT: ("power", float),
}


class Sensor(Trait[Reading]):
    """Measurements; its service may be put together of those of several."""

    speaks = Reading
    needs = frozenset[str]()
    watches = frozenset(READINGS)

    def state(self, values: Values) -> Reading | None:
        fields: dict[str, float | bool] = {}
        for characteristic in self.service.characteristics:
            name, convert = READINGS[characteristic.type]
            value = characteristic.number(values)
            if value is not None:
                fields[name] = convert(value)
        return Reading.model_validate(fields) if fields else None

    def spell(self, command: Reading, values: Values) -> list[Write]:
        raise Unsupported("That is measured, not set.")
