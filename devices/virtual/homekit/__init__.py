"""The HomeKit half of the virtual house, served by HAP-python over loopback."""

from devices.virtual.homekit.house import HomeKitHouse

__all__ = ["HomeKitHouse"]
