"""Philips Hue: bridges over CLIP v2 (aiohue)."""

from devices.families import Family

HUE = Family(
    "hue",
    frozenset({"_hue._tcp.local.", "urn:schemas-upnp-org:device:basic:1"}),
    "devices.drivers.hue.driver:Hue",
)
