"""Sonos players, over UPnP."""

from devices.drivers.sonos.driver import Sonos

__all__ = ["Sonos"]
