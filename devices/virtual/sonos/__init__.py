"""A virtual Sonos household that speaks the real UPnP protocol on loopback."""

from devices.virtual.sonos.catalogue import Playlist, Station, Track, Zone
from devices.virtual.sonos.household import SonosHousehold

__all__ = ["Playlist", "SonosHousehold", "Station", "Track", "Zone"]
