"""Cameras: those that announce themselves (ONVIF), and those whose address the owner tells."""

from devices.discovery.wsd import NETWORK_VIDEO_TRANSMITTER
from devices.families import Family

ONVIF = Family(
    "onvif", frozenset({NETWORK_VIDEO_TRANSMITTER}), "devices.drivers.cameras.onvif:Onvif"
)
CAMERAS = Family(
    "camera", frozenset(), "devices.drivers.cameras.told:Cameras", told="camera address"
)
