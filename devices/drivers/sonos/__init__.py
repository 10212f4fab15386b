"""Sonos players, over UPnP."""

from devices.families import Family

SONOS = Family(
    "sonos",
    frozenset({"_sonos._tcp.local.", "urn:schemas-upnp-org:device:ZonePlayer:1"}),
    "devices.drivers.sonos.driver:Sonos",
)
