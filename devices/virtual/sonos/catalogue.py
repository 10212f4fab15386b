"""What there is to hear, and the rooms it is heard in. Every name here is invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Track:
    """Something with an end that a queue holds."""

    title: str
    artist: str
    album: str
    seconds: float = 180.0
    uri: str = ""


@dataclass(frozen=True)
class Station:
    """A radio station: no end, and songs that come and go."""

    name: str
    uri: str
    songs: tuple[Track, ...] = ()


@dataclass(frozen=True)
class Playlist:
    name: str
    tracks: tuple[Track, ...]


Favourite = Station | Playlist


@dataclass(frozen=True)
class Zone:
    """One player. Its protocol tells its name alone, not its room.

    ``bonded`` names the zone whose invisible half it is (a stereo pair).
    """

    name: str
    room: str
    model: str = "One"
    bonded: str | None = None


ZONES = (
    Zone("Kitchen", "Kitchen"),
    Zone("Living Room", "Living Room", model="Five"),
    Zone("Bathroom", "Bathroom", model="Roam"),
)


def _record(album: str, artist: str, *titles: tuple[str, float]) -> tuple[Track, ...]:
    slug = "".join(c for c in album.lower() if c.isalnum())
    return tuple(
        Track(title, artist, album, seconds, f"x-file-cifs://attic/music/{slug}/{n:02}.flac")
        for n, (title, seconds) in enumerate(titles, 1)
    )


def _station(name: str, slug: str, *songs: tuple[str, str, float]) -> Station:
    played = tuple(Track(title, artist, "", seconds) for artist, title, seconds in songs)
    return Station(name, f"x-rincon-mp3radio://radio.example/{slug}.mp3", played)


DINNER = _record(
    "Lamplight", "The Copper Kettles",
    ("Second Helping", 204), ("Bread and Candles", 187), ("Long Table", 251),
    ("Leave the Dishes", 176),
)  # fmt: skip
MORNING = _record(
    "Slow Kettle", "Juno Albright",
    ("First Light", 163), ("Porch Weather", 219), ("Toast", 142), ("Half Past Anything", 198),
)  # fmt: skip
PIANO = _record(
    "Nocturnes for a Small House", "Ilse Marenholz",
    ("Hallway, Evening", 271), ("Attic Rain", 312), ("The Cat Sleeps", 188),
)  # fmt: skip
FAVOURITES: tuple[Favourite, ...] = (
    _station(
        "Blue Lantern Jazz", "bluelantern",
        ("Dexter Vale", "Midnight Ferry", 231), ("The Corner Quintet", "Brass Umbrella", 187),
        ("Lena Okoro", "Half a Moon", 204),
    ),
    _station(
        "Meridian Classical", "meridian",
        ("Halden Chamber Players", "Suite for Winter Strings", 412),
        ("Ilse Marenholz", "Attic Rain", 312),
    ),
    _station("Harbour News", "harbournews"),
    _station(
        "Granite Rock", "granite",
        ("Static Orchard", "Loud Machinery", 198), ("Ninth Gear", "Gravel Road Hymn", 224),
    ),
    _station(
        "Driftwood Chill", "driftwood",
        ("Tidewater", "Low Sun", 287), ("Ama Lin", "Paper Boats", 241),
    ),
    Playlist("Sunday Dinner", DINNER),
    Playlist("Slow Morning", MORNING),
    Playlist("Piano for Reading", PIANO),
)  # fmt: skip


def stations(favourites: Sequence[Favourite]) -> dict[str, Station]:
    """Stations by their stream's URI."""
    return {f.uri: f for f in favourites if isinstance(f, Station)}
