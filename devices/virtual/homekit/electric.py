"""What is switched: a lamp with colours, an outlet."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# HAP-python carries no types.

from __future__ import annotations

from pyhap.accessory_driver import AccessoryDriver
from pyhap.characteristic import Characteristic
from pyhap.const import CATEGORY_LIGHTBULB, CATEGORY_OUTLET

from devices.capabilities import Brightness, Capability, Color, ColorTemperature, Power
from devices.virtual.faults import VirtualDevice
from devices.virtual.homekit.accessory import VirtualAccessory


class Lamp(VirtualAccessory):
    """A lamp with colours and whites."""

    category = CATEGORY_LIGHTBULB
    model = "B-1"

    def __init__(self, driver: AccessoryDriver, thing: VirtualDevice, aid: int) -> None:
        super().__init__(driver, thing, aid)
        service = self.serve("Lightbulb", "Brightness", "Hue", "Saturation", "ColorTemperature")
        self._on: Characteristic = service.configure_char("On")
        self._level: Characteristic = service.configure_char("Brightness", value=60)
        self._hue: Characteristic = service.configure_char("Hue", value=30)
        self._saturation: Characteristic = service.configure_char("Saturation", value=0)
        self._mired: Characteristic = service.configure_char(
            "ColorTemperature", value=370, properties={"minValue": 154, "maxValue": 454}
        )

    def by_hand(self, change: Capability) -> None:
        match change:
            case Power(on=on):
                self._on.set_value(on)
            case Brightness(percent=percent):
                self._level.set_value(round(percent))
                self._on.set_value(percent > 0)
            case Color(hue=hue, saturation=saturation):
                self._hue.set_value(hue)
                self._saturation.set_value(saturation)
            case ColorTemperature(kelvin=kelvin):
                self._mired.set_value(round(1e6 / kelvin))
            case _:
                super().by_hand(change)


class Outlet(VirtualAccessory):
    """A switched socket."""

    category = CATEGORY_OUTLET
    model = "O-1"

    def __init__(self, driver: AccessoryDriver, thing: VirtualDevice, aid: int) -> None:
        super().__init__(driver, thing, aid)
        service = self.serve("Outlet")
        self._on: Characteristic = service.configure_char("On")
        service.configure_char("OutletInUse", value=True)

    def by_hand(self, change: Capability) -> None:
        match change:
            case Power(on=on):
                self._on.set_value(on)
            case _:
                super().by_hand(change)
