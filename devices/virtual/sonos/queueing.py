"""The half of AVTransport:1 that is about queues: a player's own, and the saved ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from devices.virtual.sonos import didl
from devices.virtual.sonos.soap import Answer, Arguments, Service, UpnpError, action
from devices.virtual.sonos.transport import Loaded

if TYPE_CHECKING:
    from devices.virtual.sonos.player import Player

_ENQUEUED = "FirstTrackNumberEnqueued NumTracksAdded NewQueueLength"
_SAVED = "NumTracksAdded NewQueueLength NewUpdateID"


class Queueing(Service):
    def __init__(self, player: Player) -> None:
        self.player = player
        self.house = player.household

    def lead_only(self) -> None:
        """Transport commands are the coordinator's alone."""
        if self.player.coordinator is not self.player:
            raise UpnpError(800, "not a coordinator")

    @action(
        "AddURIToQueue",
        "InstanceID EnqueuedURI EnqueuedURIMetaData DesiredFirstTrackNumberEnqueued EnqueueAsNext",
        _ENQUEUED,
    )
    def add(self, a: Arguments) -> Answer:
        at = number(a["DesiredFirstTrackNumberEnqueued"])
        return self._enqueue([(a["EnqueuedURI"], a["EnqueuedURIMetaData"])], at)

    @action(
        "AddMultipleURIsToQueue",
        "InstanceID UpdateID NumberOfURIs EnqueuedURIs EnqueuedURIsMetaData ContainerURI "
        "ContainerMetaData DesiredFirstTrackNumberEnqueued EnqueueAsNext",
        _ENQUEUED + " NewUpdateID",
    )
    def add_many(self, a: Arguments) -> Answer:
        uris = a["EnqueuedURIs"].split(" ")
        end = "</DIDL-Lite>"
        described = [d.strip() + end for d in a["EnqueuedURIsMetaData"].split(end) if d.strip()]
        described += [""] * (len(uris) - len(described))
        at = number(a["DesiredFirstTrackNumberEnqueued"])
        return self._enqueue(list(zip(uris, described, strict=False)), at)

    def _enqueue(self, wanted: list[tuple[str, str]], at: int) -> Answer:
        self.lead_only()
        tracks = [t for uri, metadata in wanted for t in self.house.content.resolve(uri, metadata)]
        uri, metadata = wanted[0]
        source = Loaded(uri, metadata, didl.read_title(metadata))
        transport = self.player.transport
        first = transport.enqueue(tracks, at, source)
        return {
            "FirstTrackNumberEnqueued": first,
            "NumTracksAdded": len(tracks),
            "NewQueueLength": len(transport.queue),
            "NewUpdateID": transport.queue_version,
        }

    @action("RemoveTrackFromQueue", "InstanceID ObjectID UpdateID")
    def remove(self, a: Arguments) -> Answer:
        self.lead_only()
        self.player.transport.remove(number(a["ObjectID"].removeprefix("Q:0/")), 1)

    @action(
        "RemoveTrackRangeFromQueue",
        "InstanceID UpdateID StartingIndex NumberOfTracks",
        "NewUpdateID",
    )
    def remove_range(self, a: Arguments) -> Answer:
        self.lead_only()
        self.player.transport.remove(number(a["StartingIndex"]), number(a["NumberOfTracks"]))
        return {"NewUpdateID": self.player.transport.queue_version}

    @action("RemoveAllTracksFromQueue", "InstanceID")
    def clear(self, a: Arguments) -> Answer:
        self.lead_only()
        self.player.transport.clear()

    @action("ReorderTracksInQueue", "InstanceID StartingIndex NumberOfTracks InsertBefore UpdateID")
    def reorder(self, a: Arguments) -> Answer:
        self.lead_only()
        block = (number(a["StartingIndex"]), number(a["NumberOfTracks"]))
        self.player.transport.reorder(*block, number(a["InsertBefore"]))

    @action(
        "CreateSavedQueue",
        "InstanceID Title EnqueuedURI EnqueuedURIMetaData",
        _SAVED + " AssignedObjectID",
    )
    def create_saved(self, a: Arguments) -> Answer:
        uri = a["EnqueuedURI"]
        tracks = self.house.content.resolve(uri, a["EnqueuedURIMetaData"]) if uri else []
        saved = self.house.content.save(a["Title"], tracks)
        return {
            "NumTracksAdded": len(tracks),
            "NewQueueLength": len(tracks),
            "AssignedObjectID": saved.id,
            "NewUpdateID": saved.version,
        }

    @action("SaveQueue", "InstanceID Title ObjectID", "AssignedObjectID")
    def save_queue(self, a: Arguments) -> Answer:
        self.lead_only()
        return {
            "AssignedObjectID": self.house.content.save(a["Title"], self.player.transport.queue).id
        }

    @action(
        "AddURIToSavedQueue",
        "InstanceID ObjectID UpdateID EnqueuedURI EnqueuedURIMetaData AddAtIndex",
        _SAVED,
    )
    def add_to_saved(self, a: Arguments) -> Answer:
        tracks = self.house.content.resolve(a["EnqueuedURI"], a["EnqueuedURIMetaData"])
        saved = self.house.content.saved_queue(a["ObjectID"])
        saved.insert(tracks, number(a["AddAtIndex"]))
        self.house.content.changed()
        return {
            "NumTracksAdded": len(tracks),
            "NewQueueLength": len(saved.tracks),
            "NewUpdateID": saved.version,
        }

    @action(
        "ReorderTracksInSavedQueue",
        "InstanceID ObjectID UpdateID TrackList NewPositionList",
        "QueueLengthChange NewQueueLength NewUpdateID",
    )
    def reorder_saved(self, a: Arguments) -> Answer:
        saved = self.house.content.saved_queue(a["ObjectID"])
        before = len(saved.tracks)
        moved = [number(n) for n in a["TrackList"].split(",") if n]
        targets = [number(n) if n else None for n in a["NewPositionList"].split(",")]
        saved.reorder(moved, targets + [None] * (len(moved) - len(targets)))
        self.house.content.changed()
        return {
            "QueueLengthChange": len(saved.tracks) - before,
            "NewQueueLength": len(saved.tracks),
            "NewUpdateID": saved.version,
        }


def number(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise UpnpError(402, f"not a number: {text}") from error
