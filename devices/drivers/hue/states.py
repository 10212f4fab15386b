"""Hue's values as capabilities, and commands as what to ask of a light."""

# pyright: reportMissingTypeStubs=false
# aiohue is annotated, but ships no py.typed.

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TypedDict

from aiohue.v2.models.contact import Contact, ContactState
from aiohue.v2.models.device_power import DevicePower
from aiohue.v2.models.feature import (
    ColorFeature,
    ColorFeaturePut,
    ColorPoint,
    ColorTemperatureFeaturePut,
    DimmingFeatureBase,
    MirekSchema,
    OnFeature,
)
from aiohue.v2.models.grouped_light import GroupedLightPut
from aiohue.v2.models.light import Light
from aiohue.v2.models.light_level import LightLevel
from aiohue.v2.models.motion import Motion
from aiohue.v2.models.scene import Scene as HueScene
from aiohue.v2.models.scene import SceneActiveStatus
from aiohue.v2.models.temperature import Temperature

from devices.capabilities import (
    Brightness,
    Capability,
    Color,
    ColorTemperature,
    Power,
    Reading,
    Scene,
    State,
)
from devices.device import Ability, Unsupported
from devices.drivers.hue.color import GAMUT_C, Gamut

KELVIN_STEP = 100


class LightWish(TypedDict, total=False):
    """Arguments of aiohue's ``lights.set_state``."""

    on: bool
    brightness: float
    color_xy: tuple[float, float]
    color_temp: int


def light_abilities(light: Light) -> tuple[Ability, ...]:
    abilities = [Ability(kind="power")]
    if light.dimming is not None:
        abilities.append(Ability(kind="brightness", min=0, max=100))
    if light.color_temperature is not None:
        low, high = kelvin_limits(light.color_temperature.mirek_schema)
        abilities.append(Ability(kind="color_temperature", min=low, max=high))
    if light.color is not None:
        abilities.append(Ability(kind="color"))
    return tuple(abilities)


def kelvin_limits(schema: MirekSchema) -> tuple[int, int]:
    """A lamp's whites in kelvin, in round figures: 454 to 153 mirek is 2200 to 6500 K."""
    low, high = 1e6 / schema.mirek_maximum, 1e6 / schema.mirek_minimum
    return math.floor(low / KELVIN_STEP) * KELVIN_STEP, math.floor(high / KELVIN_STEP) * KELVIN_STEP


def gamut_of(color: ColorFeature) -> Gamut:
    corners = color.gamut
    if corners is None:
        return GAMUT_C
    return Gamut(
        red=(corners.red.x, corners.red.y),
        green=(corners.green.x, corners.green.y),
        blue=(corners.blue.x, corners.blue.y),
    )


def state_of(resources: Iterable[object]) -> State:
    """The state that a device's resources add up to."""
    state: State = {}
    reading = Reading()
    for resource in resources:
        match resource:
            case Light():
                state.update(_light(resource))
            case HueScene(status=status):
                active = status is not None and status.active is not SceneActiveStatus.INACTIVE
                state["scene"] = Scene(active=active)
            case _:
                reading = reading.merged(_measured(resource))
    if reading.said():
        state["reading"] = reading
    return state


def _light(light: Light) -> State:
    """A dark light has brightness 0, whatever level it will come back with."""
    state: State = {"power": Power(on=light.on.on)}
    if light.dimming is not None:
        percent = light.dimming.brightness if light.on.on else 0.0
        state["brightness"] = Brightness(percent=percent)
    white = light.color_temperature
    mirek = white.mirek if white is not None and white.mirek_valid else None
    if mirek:
        state["color_temperature"] = ColorTemperature(kelvin=round(1e6 / mirek))
    if light.color is not None:
        if mirek:  # in white mode the chromaticity is only that white's: no colour
            state["color"] = Color(hue=0, saturation=0)
        else:
            point = light.color.xy.x, light.color.xy.y
            hue, saturation = gamut_of(light.color).hue_saturation(point)
            state["color"] = Color(hue=hue, saturation=saturation)
    return state


def _measured(resource: object) -> Reading:
    match resource:
        case Motion(enabled=True, motion=motion) if motion is not None:
            return Reading(motion=motion.value)
        case Temperature(enabled=True, temperature=temperature):
            return Reading(temperature=temperature.value)
        case LightLevel(enabled=True, light=light) if light.value is not None:
            return Reading(illuminance=round(10 ** ((light.value - 1) / 10000), 1))
        case Contact(enabled=True, contact_report=report) if report is not None:
            return Reading(contact=report.state is ContactState.NO_CONTACT)
        case DevicePower(power_state=power) if power.battery_level is not None:
            return Reading(battery=power.battery_level)
        case _:
            return Reading()


def wish(light: Light, command: Capability) -> LightWish:
    """What to ask of a light. Any value but darkness also switches it on. Raises Unsupported."""
    match command:
        case Power(on=on):
            return {"on": on}
        case Brightness(percent=0):
            return {"on": False}
        case Brightness(percent=percent):
            return {"on": True, "brightness": percent}
        case ColorTemperature(kelvin=kelvin) if light.color_temperature is not None:
            schema = light.color_temperature.mirek_schema
            low, high = kelvin_limits(schema)
            if not low <= kelvin <= high:
                raise Unsupported(f"This lamp's white goes from {low} to {high} kelvin.")
            mirek = round(1e6 / kelvin)
            mirek = max(schema.mirek_minimum, min(schema.mirek_maximum, mirek))
            return {"on": True, "color_temp": mirek}
        case Color(hue=hue, saturation=saturation) if light.color is not None:
            return {"on": True, "color_xy": gamut_of(light.color).xy(hue, saturation)}
        case _:
            raise Unsupported(f"This lamp cannot do that ({command.kind.replace('_', ' ')}).")


def for_group(wish: LightWish) -> GroupedLightPut:
    """The same, as it is asked of a group.

    aiohue's ``grouped_light.set_state`` asks for the bridge's version first, which only its own
    reader of the bridge would know.
    """
    put = GroupedLightPut()
    if "on" in wish:
        put.on = OnFeature(on=wish["on"])
    if "brightness" in wish:
        put.dimming = DimmingFeatureBase(brightness=wish["brightness"])
    if "color_xy" in wish:
        put.color = ColorFeaturePut(xy=ColorPoint(*wish["color_xy"]))
    if "color_temp" in wish:
        put.color_temperature = ColorTemperatureFeaturePut(mirek=wish["color_temp"])
    return put
