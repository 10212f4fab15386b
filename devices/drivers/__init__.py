"""The families that Dobby speaks with: a new one is a file beside this, and a line here."""

from devices.driver import Driver
from devices.drivers.cameras import Cameras, Onvif
from devices.drivers.homekit import HomeKit
from devices.drivers.hue import Hue
from devices.drivers.lists import Lists
from devices.drivers.sonos import Sonos

DRIVERS: tuple[type[Driver], ...] = (
    Sonos,
    Hue,
    HomeKit,
    Lists,
    Onvif,
    Cameras,
)
