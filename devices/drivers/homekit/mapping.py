"""HomeKit accessories as devices: which service is what, and what it can."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from aiohomekit.model.characteristics import CharacteristicsTypes as C
from aiohomekit.model.services import ServicesTypes as S

from devices.capabilities import Capability, State
from devices.device import Device, Unsupported
from devices.drivers.homekit.database import Accessory, Characteristic, Service, Values
from devices.drivers.homekit.traits.base import Trait, Write
from devices.drivers.homekit.traits.climate import HeaterCooler, Thermostat, heats_only
from devices.drivers.homekit.traits.lights import (
    ActiveFanSpeed,
    ActivePower,
    FlowPower,
    LightColor,
    LightLevel,
    LightWhite,
    OnFanSpeed,
    OnPower,
)
from devices.drivers.homekit.traits.openings import (
    DoorLock,
    GarageOpening,
    HorizontalTilt,
    Moving,
    Opening,
    SecuritySystem,
    VerticalTilt,
)
from devices.drivers.homekit.traits.sensing import READINGS, Sensor
from devices.drivers.homekit.words import NONSENSE

log = logging.getLogger(__name__)

AnyTrait = Trait[Any]
SLATS = (HorizontalTilt, VerticalTilt)

SERVICES: dict[str, tuple[str, tuple[type[AnyTrait], ...]]] = {
    S.AIR_PURIFIER: ("fan", (ActivePower, ActiveFanSpeed)),
    S.DOOR: ("door", (Opening, Moving)),
    S.FAN: ("fan", (OnPower, OnFanSpeed)),
    S.FAN_V2: ("fan", (ActivePower, ActiveFanSpeed)),
    S.FAUCET: ("valve", (ActivePower,)),
    S.GARAGE_DOOR_OPENER: ("garage", (GarageOpening,)),
    S.HEATER_COOLER: ("aircon", (ActivePower, HeaterCooler, ActiveFanSpeed)),
    S.HUMIDIFIER_DEHUMIDIFIER: ("appliance", (ActivePower,)),
    S.LIGHTBULB: ("light", (OnPower, LightLevel, LightColor, LightWhite)),
    S.LOCK_MECHANISM: ("lock", (DoorLock,)),
    S.OUTLET: ("outlet", (OnPower,)),
    S.SECURITY_SYSTEM: ("alarm", (SecuritySystem,)),
    S.SWITCH: ("switch", (OnPower,)),
    S.TELEVISION: ("tv", (ActivePower,)),
    S.THERMOSTAT: ("thermostat", (Thermostat,)),
    S.VALVE: ("valve", (FlowPower,)),
    S.WINDOW: ("window", (Opening, Moving)),
    S.WINDOW_COVERING: ("shade", (Opening, Moving, *SLATS)),
}
"""What a service is to a person, and the traits it has where its characteristics allow."""


@dataclass(frozen=True)
class Unit:
    """One device behind an accessory, and how to speak of it."""

    device: Device
    aid: int
    traits: tuple[AnyTrait, ...]

    @property
    def watched(self) -> dict[int, Characteristic]:
        return {c.iid: c for t in self.traits for c in t.watched}

    def writes(self, command: Capability, values: Values) -> list[Write]:
        """What to write for a command. Raises Unsupported."""
        trait = next((t for t in self.traits if isinstance(command, t.speaks)), None)
        if trait is None:
            raise Unsupported(f"{self.device.name} has no {command.kind.replace('_', ' ')}.")
        return trait.spell(command, values)

    def state(self, values: Values, touched: Iterable[int] | None = None) -> State:
        """The state that these values show; with ``touched`` only of what those are part of."""
        state: State = {}
        only = None if touched is None else set(touched)
        for trait in self.traits:
            if only is None or any(c.iid in only for c in trait.watched):
                shown = trait.state(values)
                if shown is not None:
                    state[shown.kind] = shown
        return state


def all_units(hap_id: str, accessories: Iterable[Accessory]) -> list[Unit]:
    """The devices behind a bridge, without those of an accessory whose limits make no sense."""
    found: list[Unit] = []
    for accessory in accessories:
        try:
            found += units(hap_id, accessory)
        except NONSENSE as error:
            log.warning("Accessory %d of %s is left out: %r", accessory.aid, hap_id, error)
    return found


def units(hap_id: str, accessory: Accessory) -> list[Unit]:
    """The devices behind one accessory; none for a bare bridge or what nobody can use."""
    acting = [(s, traits) for s in accessory.services if (traits := _traits(s))]
    sensing, doubles = _sensors(accessory, {s.iid for s, _ in acting})
    several = len(acting) > 1
    found: list[Unit] = []
    for number, (service, traits) in enumerate(acting, 1):
        own = _measured(service)
        if not several:
            own = (*own, *sensing)
        if own:
            traits = (*traits, _sensor(own))
        kind = SERVICES[service.type][0]
        if service.type == S.HEATER_COOLER and heats_only(service):
            kind = "heater"
        found.append(_unit(hap_id, accessory, kind, traits, service if several else None, number))
    if sensing and len(acting) != 1:
        found.append(_unit(hap_id, accessory, "sensor", (_sensor(sensing),), None, 1))
    for number, service in enumerate(doubles, 2):
        sensor = _sensor(_measured(service))
        found.append(_unit(hap_id, accessory, "sensor", (sensor,), service, number))
    return found


def _traits(service: Service) -> tuple[AnyTrait, ...]:
    _, kinds = SERVICES.get(service.type, ("", ()))
    types = {c.type for c in service.characteristics}
    traits = [kind(service) for kind in kinds if kind.needs <= types]
    return tuple({t.speaks.kind: t for t in reversed(traits)}.values())[::-1]  # the first of a kind


def _measured(service: Service) -> tuple[Characteristic, ...]:
    """What a service measures beside its work; a thermostat's temperature is part of that."""
    inner = {C.TEMPERATURE_CURRENT} if service.type in SERVICES else set[str]()
    return tuple(c for c in service.characteristics if c.type in READINGS.keys() - inner)


def _sensors(
    accessory: Accessory, acting: set[int]
) -> tuple[tuple[Characteristic, ...], list[Service]]:
    """What the accessory's sensors measure, and the services that measure the same once more."""
    merged: dict[str, Characteristic] = {}
    doubles: list[Service] = []
    for service in accessory.services:
        measured = () if service.iid in acting else _measured(service)
        if any(c.type in merged for c in measured):
            doubles.append(service)
        else:
            merged.update((c.type, c) for c in measured)
    return tuple(merged.values()), doubles


def _sensor(measured: tuple[Characteristic, ...]) -> Sensor:
    return Sensor(Service.model_construct(iid=0, type="", characteristics=measured))


def _unit(
    hap_id: str,
    accessory: Accessory,
    kind: str,
    traits: Sequence[AnyTrait],
    service: Service | None,
    number: int,
) -> Unit:
    """A device of an accessory, or of one ``service`` where the accessory has several alike."""
    name = accessory.about(C.NAME)
    device_id = f"homekit:{hap_id}/{accessory.aid}"
    if service is not None:
        device_id = f"{device_id}/{service.iid}"
        own = service.text(C.CONFIGURED_NAME) or service.text(C.NAME)
        name = own if own and own != name else f"{name} {number}"
    device = Device(
        id=device_id,
        name=name or kind,
        kind=kind,
        abilities=tuple(t.ability() for t in traits),
        maker=accessory.about(C.MANUFACTURER),
        model=accessory.about(C.MODEL),
    )
    return Unit(device, accessory.aid, tuple(traits))
