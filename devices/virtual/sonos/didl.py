"""DIDL-Lite, the XML that UPnP describes music in: written for browsers, read from clients."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from xml.sax.saxutils import escape, quoteattr

from devices.untrusted_xml import UntrustedXml, parse
from devices.virtual.sonos.catalogue import Favourite, Playlist, Track
from devices.virtual.sonos.soap import UpnpError

DC = "http://purl.org/dc/elements/1.1/"
UPNP = "urn:schemas-upnp-org:metadata-1-0/upnp/"
RINCON = "urn:schemas-rinconnetworks-com:metadata-1-0/"
LITE = "urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/"
_SERVICE = f'<desc id="cdudn" nameSpace="{RINCON}">RINCON_AssociatedZPUDN</desc>'
TRACK = "object.item.audioItem.musicTrack"
RADIO = "object.item.audioItem.audioBroadcast"
PLAYLIST = "object.container.playlistContainer"


def document(items: Iterable[str]) -> str:
    return (
        f'<DIDL-Lite xmlns:dc="{DC}" xmlns:upnp="{UPNP}" xmlns:r="{RINCON}" xmlns="{LITE}">'
        f"{''.join(items)}</DIDL-Lite>"
    )


def clock(seconds: float) -> str:
    """Seconds as UPnP writes a duration, h:mm:ss."""
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def seconds(text: str) -> float:
    """The inverse of ``clock``. Raises UpnpError 402."""
    try:
        hours, minutes, rest = (float(part) for part in text.split(":"))
    except ValueError as error:
        raise UpnpError(402, f"not a duration: {text}") from error
    return hours * 3600 + minutes * 60 + rest


def track(item: Track, item_id: str = "-1", parent: str = "-1", stream: str = "") -> str:
    """One track; ``stream`` is what a radio station says it plays."""
    art = f"/getaa?s=1&u={item.uri}"
    return (
        f'<item id={quoteattr(item_id)} parentID={quoteattr(parent)} restricted="true">'
        f'<res protocolInfo="x-file-cifs:*:audio/flac:*" duration="{clock(item.seconds)}">'
        f"{escape(item.uri)}</res>"
        f"<r:streamContent>{escape(stream)}</r:streamContent>"
        f"<upnp:albumArtURI>{escape(art)}</upnp:albumArtURI><dc:title>{escape(item.title)}</dc:title>"
        f"<upnp:class>{TRACK}</upnp:class><dc:creator>{escape(item.artist)}</dc:creator>"
        f"<upnp:album>{escape(item.album)}</upnp:album></item>"
    )


def titled(title: str, upnp_class: str, item_id: str = "-1", parent: str = "-1") -> str:
    """A document that only names something: a station, a playlist."""
    return document(
        [
            f'<item id={quoteattr(item_id)} parentID={quoteattr(parent)} restricted="true">'
            f"<dc:title>{escape(title)}</dc:title><upnp:class>{upnp_class}</upnp:class>"
            f"{_SERVICE}</item>"
        ]
    )


def container(item_id: str, parent: str, title: str, uri: str, children: int) -> str:
    return (
        f'<container id={quoteattr(item_id)} parentID={quoteattr(parent)} restricted="true" '
        f'childCount="{children}"><dc:title>{escape(title)}</dc:title>'
        f'<res protocolInfo="file:*:audio/mpegurl:*">{escape(uri)}</res>'
        f"<upnp:class>{PLAYLIST}</upnp:class></container>"
    )


def favourite(kept: Favourite, playlist_uri: str) -> str:
    """A favourite's inner elements, the way ``FV:2`` lists them."""
    if isinstance(kept, Playlist):
        uri, info = playlist_uri, "file:*:audio/mpegurl:*"
        inner, about = titled(kept.name, PLAYLIST, playlist_uri, "SQ:"), "Sonos playlist"
    else:
        uri, info = kept.uri, "x-rincon-mp3radio:*:*:*"
        inner, about = titled(kept.name, RADIO), "Radio station"
    return (
        f"<dc:title>{escape(kept.name)}</dc:title>"
        "<upnp:class>object.itemobject.item.sonos-favorite</upnp:class><r:ordinal>0</r:ordinal>"
        f'<res protocolInfo="{info}">{escape(uri)}</res><r:type>instantPlay</r:type>'
        f"<r:description>{about}</r:description><r:resMD>{escape(inner)}</r:resMD>"
    )


def read_track(uri: str, metadata: str) -> Track:
    """What a client's metadata says of a track it queues; a bare URI is enough."""
    bare = Track(uri.rpartition("/")[2] or uri, "Unknown", "Unknown", uri=uri)
    if not metadata:
        return bare
    try:
        root = parse(metadata)
    except UntrustedXml as error:
        raise UpnpError(402, str(error)) from error
    res = root.find(f".//{{{LITE}}}res")
    told = replace(
        bare,
        title=root.findtext(f".//{{{DC}}}title") or bare.title,
        artist=root.findtext(f".//{{{DC}}}creator") or bare.artist,
        album=root.findtext(f".//{{{UPNP}}}album") or bare.album,
    )
    length = res.get("duration", "") if res is not None else ""
    return replace(told, seconds=seconds(length)) if length else told


def read_title(metadata: str) -> str:
    """The title in a document, or nothing."""
    try:
        return parse(metadata).findtext(f".//{{{DC}}}title") or ""
    except UntrustedXml:
        return ""
