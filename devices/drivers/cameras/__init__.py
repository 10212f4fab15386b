"""Cameras: those that announce themselves (ONVIF), and those whose address the owner tells."""

from devices.drivers.cameras.onvif import Onvif
from devices.drivers.cameras.told import Cameras

__all__ = ["Cameras", "Onvif"]
