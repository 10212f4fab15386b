"""Philips Hue: bridges over CLIP v2 (aiohue)."""

from devices.drivers.hue.driver import Hue

__all__ = ["Hue"]
