"""ContentDirectory:1, and what it lists: favourites and saved queues, shared by the household."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from devices.untrusted_xml import UntrustedXml, parse
from devices.virtual.sonos import didl
from devices.virtual.sonos.catalogue import Favourite, Playlist, Track
from devices.virtual.sonos.soap import Answer, Arguments, Service, UpnpError, action

if TYPE_CHECKING:
    from devices.virtual.sonos.player import Player

_LIBRARY = ("A:", "S:", "R:0/0", "R:0/1", "G:")  # known containers with nothing in them
_SAVED_URI = "file:///jffs/settings/savedqueues.rsq#"
_MOST_FAVOURITES = 70
_TITLE = re.compile(r"<dc:title>(.*?)</dc:title>", re.DOTALL)
_RES = re.compile(r"<res\b[^>]*>(.*?)</res>", re.DOTALL)


@dataclass
class SavedQueue:
    """A Sonos playlist."""

    id: str
    title: str
    tracks: list[Track] = field(default_factory=list[Track])
    version: int = 1

    @property
    def uri(self) -> str:
        return _SAVED_URI + self.id.removeprefix("SQ:")

    def insert(self, tracks: Sequence[Track], at: int) -> None:
        self.tracks[at:at] = tracks
        self.version += 1

    def reorder(self, moved: Sequence[int], targets: Sequence[int | None]) -> None:
        """Move tracks, or drop those without a target; all positions are the original ones."""
        if any(not 0 <= n < len(self.tracks) for n in moved):
            raise UpnpError(402, "no such track")
        if not moved:
            return
        before = self.tracks
        after = [track for n, track in enumerate(before) if n not in set(moved)]
        placed = ((t, n) for t, n in zip(targets, moved, strict=True) if t is not None)
        for target, n in sorted(placed):
            after.insert(target, before[n])
        self.tracks = after
        self.version += 1


class Content:
    """What the whole household shares: favourites and saved queues."""

    def __init__(self, favourites: Sequence[Favourite], changed: Callable[[], None]) -> None:
        self.changed = changed
        self.version = 1
        self._saved: dict[str, SavedQueue] = {}
        self._favourites: dict[str, str] = {}  # object id -> the inner elements
        self._last_saved = self._last_favourite = 0
        for kept in favourites:
            tracks = kept.tracks if isinstance(kept, Playlist) else ()
            uri = self._new_saved(kept.name, tracks).uri if tracks else ""
            self._new_favourite(didl.favourite(kept, uri))

    def save(self, title: str, tracks: Sequence[Track]) -> SavedQueue:
        saved = self._new_saved(title, tracks)
        self._touch()
        return saved

    def saved_queue(self, object_id: str) -> SavedQueue:
        if (found := self._saved.get(object_id)) is None:
            raise UpnpError(701, "no such object")
        return found

    def resolve(self, uri: str, metadata: str) -> list[Track]:
        """The tracks that a URI stands for when it is queued."""
        if uri.startswith(_SAVED_URI):
            return list(self.saved_queue("SQ:" + uri.removeprefix(_SAVED_URI)).tracks)
        known = (t for saved in self._saved.values() for t in saved.tracks if t.uri == uri)
        return [next(known, None) or didl.read_track(uri, metadata)]

    def browse(self, object_id: str, queue: Sequence[Track]) -> tuple[list[str], str]:
        """What is in that container, and what it says of itself. Raises UpnpError 701."""
        if object_id == "Q:0":
            items = _tracks(queue, "Q:0")
            return items, didl.container("Q:0", "Q:", "Queue", "", len(items))
        if object_id == "FV:2":
            items = [self._favourite(n) for n in self._favourites]
            return items, didl.container("FV:2", "FV:", "Favorites", "", len(items))
        if object_id in self._favourites:
            return [], self._favourite(object_id)
        if object_id == "SQ:":
            listed = [_listing(saved) for saved in self._saved.values()]
            return listed, didl.container("SQ:", "", "Sonos Playlists", "", len(listed))
        if object_id in self._saved:
            saved = self._saved[object_id]
            return _tracks(saved.tracks, saved.id), _listing(saved)
        if object_id.startswith(_LIBRARY):
            return [], didl.container(object_id, "", object_id, "", 0)
        raise UpnpError(701, "no such object")

    def version_of(self, object_id: str, queue_version: int) -> int:
        if object_id == "Q:0":
            return queue_version
        return self._saved[object_id].version if object_id in self._saved else self.version

    def add_favourite(self, elements: str) -> str:
        """Keep a favourite as a client describes it; its object id."""
        if len(self._favourites) >= _MOST_FAVOURITES:
            raise UpnpError(805, "favourites are full")
        try:
            item = parse(elements).find(f"{{{didl.LITE}}}item")
        except UntrustedXml as error:
            raise UpnpError(712, "bad metadata") from error
        inner = re.search(r"<item\b[^>]*>(.*)</item>", elements, re.DOTALL)
        if item is None or inner is None:
            raise UpnpError(712, "bad metadata")
        resource = _RES.search(inner[1])
        kept = [_RES.search(known) for known in self._favourites.values()]
        if resource and resource[1] in {found[1] for found in kept if found}:
            raise UpnpError(803, "already a favourite")
        object_id = self._new_favourite(inner[1])
        self._touch()
        return object_id

    def update_favourite(self, object_id: str, old: str, new: str) -> None:
        if object_id not in self._favourites:
            raise UpnpError(701, "no such object")
        kept = self._favourites[object_id]
        if not new:
            raise UpnpError(712, "bad metadata")
        if old and old not in kept:
            raise UpnpError(702, "that is not its value")
        self._favourites[object_id] = kept.replace(old, new, 1) if old else kept + new
        self._touch()

    def destroy(self, object_id: str) -> None:
        if object_id in self._favourites:
            del self._favourites[object_id]
        elif object_id in self._saved:
            del self._saved[object_id]
        else:
            raise UpnpError(701, "no such object")
        self._touch()

    def _touch(self) -> None:
        self.version += 1
        self.changed()

    def _new_saved(self, title: str, tracks: Sequence[Track]) -> SavedQueue:
        self._last_saved += 1
        saved = SavedQueue(f"SQ:{self._last_saved}", title, list(tracks))
        self._saved[saved.id] = saved
        return saved

    def _new_favourite(self, inner: str) -> str:
        self._last_favourite += 1
        object_id = f"FV:2/{self._last_favourite}"
        self._favourites[object_id] = inner
        return object_id

    def _favourite(self, object_id: str) -> str:
        inner = self._favourites[object_id]
        return f'<item id={quoteattr(object_id)} parentID="FV:2" restricted="false">{inner}</item>'

    def favourite_titles(self) -> list[str]:
        found = (_TITLE.search(inner) for inner in self._favourites.values())
        return [unescape(match[1]) for match in found if match]


class ContentDirectory(Service):
    name = "ContentDirectory"
    path = "/MediaServer/ContentDirectory"

    def __init__(self, player: Player) -> None:
        self.player = player
        self.content = player.household.content

    @action("Browse",
            "ObjectID BrowseFlag Filter StartingIndex RequestedCount SortCriteria",
            "Result NumberReturned TotalMatches UpdateID")  # fmt: skip
    def browse(self, a: Arguments) -> Answer:
        transport = self.player.transport
        children, itself = self.content.browse(a["ObjectID"], transport.queue)
        start, most = int(a["StartingIndex"] or 0), int(a["RequestedCount"] or 0)
        if a["BrowseFlag"] == "BrowseMetadata":
            shown, total = [itself], 1
        else:
            shown, total = children[start : start + most if most else None], len(children)
        version = self.content.version_of(a["ObjectID"], transport.queue_version)
        return {"Result": didl.document(shown), "NumberReturned": len(shown),
                "TotalMatches": total, "UpdateID": version}  # fmt: skip

    @action("CreateObject", "ContainerID Elements", "ObjectID Result")
    def create(self, a: Arguments) -> Answer:
        if a["ContainerID"] != "FV:2":
            raise UpnpError(713, "restricted parent")
        return {"ObjectID": self.content.add_favourite(a["Elements"]), "Result": ""}

    @action("DestroyObject", "ObjectID")
    def destroy(self, a: Arguments) -> Answer:
        self.content.destroy(a["ObjectID"])

    @action("UpdateObject", "ObjectID CurrentTagValue NewTagValue")
    def update(self, a: Arguments) -> Answer:
        self.content.update_favourite(a["ObjectID"], a["CurrentTagValue"], a["NewTagValue"])

    @action("GetSystemUpdateID", outputs="Id")
    def system_update(self, a: Arguments) -> Answer:
        return {"Id": self.content.version}

    @action("GetSearchCapabilities", outputs="SearchCaps")
    def search_capabilities(self, a: Arguments) -> Answer:
        return {}

    @action("GetSortCapabilities", outputs="SortCaps")
    def sort_capabilities(self, a: Arguments) -> Answer:
        return {}

    @action("GetBrowseable", outputs="IsBrowseable")
    def browseable(self, a: Arguments) -> Answer:
        return {"IsBrowseable": 1}

    @action("GetAlbumArtistDisplayOption", outputs="AlbumArtistDisplayOption")
    def display_option(self, a: Arguments) -> Answer:
        return {"AlbumArtistDisplayOption": "NONE"}

    def evented(self) -> dict[str, str]:
        household, version = self.player.household.id, self.content.version
        return {
            "SystemUpdateID": str(version),
            "ContainerUpdateIDs": f"Q:0,{self.player.transport.queue_version}",
            "FavoritesUpdateID": f"{household},{version}",
            "SavedQueuesUpdateID": f"{household},{version}",
            "ShareIndexInProgress": "0",
        }


def _tracks(tracks: Sequence[Track], parent: str) -> list[str]:
    return [didl.track(t, f"{parent}/{n}", parent) for n, t in enumerate(tracks, 1)]


def _listing(saved: SavedQueue) -> str:
    return didl.container(saved.id, "SQ:", saved.title, saved.uri, len(saved.tracks))
