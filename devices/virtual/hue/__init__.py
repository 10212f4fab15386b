"""A virtual Hue bridge on loopback that speaks CLIP v2 over TLS."""

from devices.virtual.hue.bridge import HueBridge

__all__ = ["HueBridge"]
