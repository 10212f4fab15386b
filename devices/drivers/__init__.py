"""The families that Dobby speaks with: a new one is a folder beside this, and a line here.

A folder's own ``__init__`` says what the family announces; its driver is imported when it is met.
"""

from devices.driver import Driver
from devices.drivers.cameras import CAMERAS, ONVIF
from devices.drivers.homekit import HOMEKIT
from devices.drivers.hue import HUE
from devices.drivers.lists import Lists
from devices.drivers.sonos import SONOS
from devices.families import Family

DRIVERS: tuple[Family | type[Driver], ...] = (SONOS, HUE, HOMEKIT, Lists, ONVIF, CAMERAS)
