"""What there is to play, what was asked for, and what plays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from rapidfuzz import fuzz, process, utils

from devices.capabilities import Media
from devices.device import Refused, clean_name
from devices.drivers.sonos.wire import Answer
from devices.untrusted_xml import UntrustedXml, parse

MAX_CHOICES = 200
MAX_TITLE = 128
_DC = "{http://purl.org/dc/elements/1.1/}"
_UPNP = "{urn:schemas-upnp-org:metadata-1-0/upnp/}"
_LITE = "{urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/}"
_RINCON = "{urn:schemas-rinconnetworks-com:metadata-1-0/}"
_PLAYABLE = frozenset(
    {
        "http", "https", "aac", "hls-radio", "x-rincon-cpcontainer",
        "x-rincon-mp3radio", "x-rincon-stream", "x-sonosapi-radio", "x-sonosapi-stream",
    }
)  # fmt: skip
_CONTAINERS = ("x-rincon-cpcontainer:", "x-rincon-playlist:", "file:///jffs/settings/savedqueues")
_INPUTS = {"x-rincon-stream": "Line in", "x-sonos-htastream": "TV", "x-sonos-vli": "AirPlay"}
_FILLERS = frozenset(
    {"the", "a", "an", "some", "my", "radio", "station", "channel", "playlist", "music", "stream"}
)
_WORD_ALIKE, _NAME_ALIKE = 70, 75  # least likeness of each word, and of the words on average
_SONG = re.compile(r"\b(TITLE|ARTIST|ALBUM) ([^|]*)")


@dataclass(frozen=True)
class Choice:
    """Something that plays. ``queued``: a list of tracks, which goes through the queue."""

    name: str
    uri: str
    metadata: str
    queued: bool


@dataclass(frozen=True)
class Asked:
    """What was asked of a coordinator, to tell whether that is what it plays."""

    item: str
    name: str
    uri: str
    tracks: int | None = None  # how long its queue was then


def choices(favourites: str, playlists: str) -> tuple[Choice, ...]:
    """What two listings (DIDL-Lite) offer; favourites first, in the owner's order."""
    found: dict[str, Choice] = {}
    for item in (*_entries(favourites), *_entries(playlists)):
        title = clean_name(item.findtext(f"{_DC}title", ""), MAX_TITLE)
        uri = item.findtext(f"{_LITE}res", "")
        metadata = item.findtext(f"{_RINCON}resMD", "")
        if title and uri and title.casefold() not in found and len(found) < MAX_CHOICES:
            queued = uri.startswith(_CONTAINERS) or ">object.container" in metadata
            found[title.casefold()] = Choice(title, uri, metadata, queued)
    return tuple(found.values())


def resolve(asked: str, offered: Sequence[Choice]) -> Choice:
    """The choice that was meant, or the URI itself. Raises Refused and names the nearest."""
    scheme = asked.partition(":")[0].lower()
    if scheme in _PLAYABLE:
        return Choice(asked, asked, described(_title_from(asked)), asked.startswith(_CONTAINERS))
    if "://" in asked:
        raise Refused(f"Speakers cannot play {scheme} addresses.")
    name = asked.casefold().strip()
    for choice in offered:
        if choice.name.casefold() == name:
            return choice
    wanted = [w for w in utils.default_process(asked).split() if w not in _FILLERS]
    scored = [(_likeness(wanted, choice.name), choice) for choice in offered]
    likeness, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    if best is not None and likeness >= _NAME_ALIKE:
        return best
    raise Refused(_nothing_like(asked, offered))


def as_radio(uri: str) -> str:
    """The same stream, asked for as a radio station: players refuse endless http as a track."""
    return f"x-rincon-mp3radio:{uri.partition(':')[2]}"


def described(title: str) -> str:
    """The least that a player wants to know of a stream."""
    return (
        '<DIDL-Lite xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:upnp="urn:schemas-upnp-org:metadata-1-0/upnp/" '
        'xmlns="urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/">'
        f'<item id="-1" parentID="-1" restricted="true"><dc:title>{escape(title)}</dc:title>'
        "<upnp:class>object.item.audioItem.audioBroadcast</upnp:class></item></DIDL-Lite>"
    )


def playing(
    media: Answer, position: Answer, offered: Sequence[Choice], asked: Asked | None, source: str
) -> Media:
    """What plays, from GetMediaInfo and GetPositionInfo.

    ``asked`` counts only while the player still plays that; ``source`` is the name that the player
    itself gave to what fills its queue.
    """
    uri = media.get("CurrentURI", "")
    if not uri:
        return Media()
    track = _track(position)
    return Media(
        item=_item(media, uri, offered, asked, source),
        title=_clean(track.get("title")),
        artist=_clean(track.get("artist")),
        album=_clean(track.get("album")),
    )


def title_of(described: object) -> str:
    """The title that SoCo read in a pushed description; nothing when it could not."""
    title = getattr(described, "title", None)
    return clean_name(title, MAX_TITLE) if isinstance(title, str) else ""


def _title_in(metadata: str) -> str:
    return next((e.findtext(f"{_DC}title", "") for e in _entries(metadata)), "")


def _item(
    media: Answer, uri: str, offered: Sequence[Choice], asked: Asked | None, source: str
) -> str | None:
    if asked is not None and asked.uri == uri and _same_queue(asked, media):
        # The name where it shows what was asked, else the owner's word for it: "jaz" is Jazz FM.
        return asked.name if asked.item.casefold() in asked.name.casefold() else asked.item
    known = next((choice.name for choice in offered if choice.uri == uri), None)
    known = known or _INPUTS.get(uri.partition(":")[0])
    named = known or source or _title_in(media.get("CurrentURIMetaData", ""))
    if named or uri.startswith("x-rincon-queue:"):
        return _clean(named)
    return uri[:MAX_TITLE]


def _same_queue(asked: Asked, media: Answer) -> bool:
    return asked.tracks is None or media.get("NrTracks") == str(asked.tracks)


def _track(position: Answer) -> dict[str, str]:
    """Title, artist and album; a station says them in one line of text."""
    item = next(iter(_entries(position.get("TrackMetaData", ""))), None)
    if item is None:
        return {}
    stream = item.findtext(f"{_RINCON}streamContent", "")
    if "TYPE=SNG|" in stream:
        return {m[1].lower(): m[2] for m in _SONG.finditer(stream)}
    artist, dash, title = stream.partition(" - ")
    if dash:
        return {"artist": artist, "title": title}
    title = item.findtext(f"{_DC}title", "")
    endless = position.get("TrackDuration", "") in {"", "0:00:00"}
    if endless and title in unquote(position.get("TrackURI", "")):
        title = stream  # for a title, streams give the end of their URL
    creator, album = item.findtext(f"{_DC}creator", ""), item.findtext(f"{_UPNP}album", "")
    return {"title": title, "artist": creator, "album": album}


def _entries(didl: str) -> list[Element]:
    """The items and containers of a DIDL-Lite document; none when it is nonsense."""
    if not didl.lstrip().startswith("<"):
        return []  # "NOT_IMPLEMENTED", or nothing
    try:
        return list(parse(didl))
    except UntrustedXml:
        return []


def _likeness(wanted: Sequence[str], name: str) -> float:
    """How well each of these words is found in a name, 0-100; zero when one is not."""
    words = utils.default_process(name).split()
    if not words or not wanted:
        return 0.0
    scores = [max(fuzz.ratio(w, word) for word in words) for w in wanted]
    return sum(scores) / len(scores) if min(scores) >= _WORD_ALIKE else 0.0


def _nothing_like(asked: str, offered: Sequence[Choice]) -> str:
    names = [choice.name for choice in offered]
    nearest = process.extract(asked, names, processor=utils.default_process, limit=3)
    wanted = clean_name(asked)
    if not nearest:
        return f"I find nothing called “{wanted}”: there are no favourites or playlists."
    listed = ", ".join(name for name, _, _ in nearest)
    return f"I find no favourite or playlist called “{wanted}”. The nearest are: {listed}."


def _title_from(uri: str) -> str:
    parts = urlsplit(uri)
    return clean_name(unquote(parts.path.rpartition("/")[2]) or parts.netloc or uri, MAX_TITLE)


def _clean(text: str | None) -> str | None:
    return clean_name(text, MAX_TITLE) or None if text else None
