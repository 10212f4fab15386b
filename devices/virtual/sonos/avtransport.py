"""AVTransport:1 of one player: what plays, and who plays along; the queue is in ``queueing``."""

from __future__ import annotations

from time import monotonic
from xml.sax.saxutils import quoteattr

from devices.virtual.sonos import didl
from devices.virtual.sonos.catalogue import Track
from devices.virtual.sonos.queueing import Queueing, number
from devices.virtual.sonos.soap import Answer, Arguments, UpnpError, action
from devices.virtual.sonos.transport import Loaded

_FILES = (".mp3", ".flac", ".m4a", ".wav", ".ogg", ".aac")


class AVTransport(Queueing):
    name = "AVTransport"
    path = "/MediaRenderer/AVTransport"

    @action("SetAVTransportURI", "InstanceID CurrentURI CurrentURIMetaData")
    def set_uri(self, a: Arguments) -> Answer:
        uri = a["CurrentURI"]
        if uri.startswith("x-rincon:"):
            self.house.join(self.player, uri.removeprefix("x-rincon:"))
            return
        if uri.startswith("x-rincon-queue:") and uri != self.player.queue_uri:
            raise UpnpError(714, "not this player's queue")
        if ":" not in uri or _endless(uri):
            raise UpnpError(714, "not something to play")
        if self.player.coordinator is not self.player:
            self.house.leave(self.player)
        metadata = a["CurrentURIMetaData"]
        self.player.transport.load(Loaded(uri, metadata, didl.read_title(metadata)))

    @action("Play", "InstanceID Speed")
    def play(self, a: Arguments) -> Answer:
        self.lead_only()
        self.player.transport.play()

    @action("Pause", "InstanceID")
    def pause(self, a: Arguments) -> Answer:
        self.lead_only()
        self.player.transport.pause()

    @action("Stop", "InstanceID")
    def stop(self, a: Arguments) -> Answer:
        self.lead_only()
        self.player.transport.stop()

    @action("Next", "InstanceID")
    def next(self, a: Arguments) -> Answer:
        self.lead_only()
        self.player.transport.next()

    @action("Previous", "InstanceID")
    def previous(self, a: Arguments) -> Answer:
        self.lead_only()
        self.player.transport.previous()

    @action("Seek", "InstanceID Unit Target")
    def seek(self, a: Arguments) -> Answer:
        self.lead_only()
        if a["Unit"] == "REL_TIME":
            self.player.transport.seek(didl.seconds(a["Target"]))
        elif a["Unit"] == "TRACK_NR":
            self.player.transport.seek_track(number(a["Target"]))
        else:
            raise UpnpError(710, "seek mode not supported")

    @action(
        "GetTransportInfo",
        "InstanceID",
        "CurrentTransportState CurrentTransportStatus CurrentSpeed",
    )
    def transport_info(self, a: Arguments) -> Answer:
        state = self.player.coordinator.transport.state
        return {"CurrentTransportState": state, "CurrentTransportStatus": "OK", "CurrentSpeed": 1}

    @action(
        "GetPositionInfo",
        "InstanceID",
        "Track TrackDuration TrackMetaData TrackURI RelTime AbsTime RelCount AbsCount",
    )
    def position_info(self, a: Arguments) -> Answer:
        none = 2147483647  # what players say where they do not count
        told = {"AbsTime": "NOT_IMPLEMENTED", "RelCount": none, "AbsCount": none}
        if self.player.coordinator is not self.player:
            uri = f"x-rincon:{self.player.coordinator.uid}"
            return {
                "Track": 1,
                "TrackDuration": "0:00:00",
                "TrackURI": uri,
                "RelTime": "0:00:00",
                "TrackMetaData": "NOT_IMPLEMENTED",
                **told,
            }
        transport, track = self.player.transport, self.player.transport.track
        if track is None:
            return {"Track": 0, "TrackDuration": "0:00:00", "RelTime": "0:00:00", **told}
        length = 0 if transport.radio else track.seconds
        return {
            "Track": transport.current + 1 if transport.queued else 1,
            "TrackDuration": didl.clock(length),
            "TrackMetaData": self.track_metadata(),
            "TrackURI": transport.loaded.uri if transport.radio else track.uri,
            "RelTime": didl.clock(transport.position),
            **told,
        }

    def track_metadata(self) -> str:
        transport, track = self.player.transport, self.player.transport.track
        if track is None:
            return ""
        if not transport.radio:
            return didl.document([didl.track(track)])
        station = Track(transport.loaded.uri.rpartition("/")[2], "", "", 0, transport.loaded.uri)
        stream = f"{track.artist} - {track.title}" if track.artist else ""
        return didl.document([didl.track(station, stream=stream)])

    @action(
        "GetMediaInfo",
        "InstanceID",
        "NrTracks MediaDuration CurrentURI CurrentURIMetaData NextURI NextURIMetaData "
        "PlayMedium RecordMedium WriteStatus",
    )
    def media_info(self, a: Arguments) -> Answer:
        told = {
            "MediaDuration": "NOT_IMPLEMENTED",
            "RecordMedium": "NOT_IMPLEMENTED",
            "WriteStatus": "NOT_IMPLEMENTED",
            "PlayMedium": "NETWORK",
        }
        if self.player.coordinator is not self.player:
            uri = f"x-rincon:{self.player.coordinator.uid}"
            return {"NrTracks": 1, "CurrentURI": uri, **told}
        transport = self.player.transport
        count = len(transport.queue) if transport.queued else int(bool(transport.loaded.uri))
        loaded = transport.loaded
        return {
            "NrTracks": count,
            "CurrentURI": loaded.uri,
            "CurrentURIMetaData": loaded.metadata,
            **told,
        }

    @action("GetTransportSettings", "InstanceID", "PlayMode RecQualityMode")
    def settings(self, a: Arguments) -> Answer:
        mode = self.player.coordinator.transport.play_mode
        return {"PlayMode": mode, "RecQualityMode": "NOT_IMPLEMENTED"}

    @action("SetPlayMode", "InstanceID NewPlayMode")
    def set_play_mode(self, a: Arguments) -> Answer:
        self.lead_only()
        self.player.transport.set_play_mode(a["NewPlayMode"])

    @action("GetCrossfadeMode", "InstanceID", "CrossfadeMode")
    def crossfade(self, a: Arguments) -> Answer:
        return {"CrossfadeMode": self.player.transport.crossfade}

    @action("SetCrossfadeMode", "InstanceID CrossfadeMode")
    def set_crossfade(self, a: Arguments) -> Answer:
        self.lead_only()
        self.player.transport.crossfade = a["CrossfadeMode"] in {"1", "true"}
        self.player.transport.changed()

    @action("GetCurrentTransportActions", "InstanceID", "Actions")
    def transport_actions(self, a: Arguments) -> Answer:
        transport = self.player.transport
        actions = ["Set", "Stop", "Play"]
        if not transport.radio:
            actions += ["Pause", "X_DLNA_SeekTime"]
        if transport.queued:
            actions += ["Next", "Previous", "X_DLNA_SeekTrackNr"]
        return {"Actions": ", ".join(actions)}

    @action("ConfigureSleepTimer", "InstanceID NewSleepTimerDuration")
    def sleep_timer(self, a: Arguments) -> Answer:
        self.lead_only()
        wanted = a["NewSleepTimerDuration"]
        self.player.transport.sleep_in(didl.seconds(wanted) if wanted else None)

    @action(
        "GetRemainingSleepTimerDuration",
        "InstanceID",
        "RemainingSleepTimerDuration CurrentSleepTimerGeneration",
    )
    def remaining_sleep(self, a: Arguments) -> Answer:
        wakes = self.player.transport.sleeps_at
        left = didl.clock(max(wakes - monotonic(), 0)) if wakes is not None else ""
        return {"RemainingSleepTimerDuration": left, "CurrentSleepTimerGeneration": 1}

    @action(
        "BecomeCoordinatorOfStandaloneGroup", "InstanceID", "DelegatedGroupCoordinatorID NewGroupID"
    )
    def stand_alone(self, a: Arguments) -> Answer:
        heir = self.house.leave(self.player)
        return {
            "DelegatedGroupCoordinatorID": heir.uid if heir else "",
            "NewGroupID": self.player.group_id,
        }

    @action("DelegateGroupCoordinationTo", "InstanceID NewCoordinator RejoinGroup")
    def delegate(self, a: Arguments) -> Answer:
        self.lead_only()
        self.house.delegate(self.player, a["NewCoordinator"], rejoin=a["RejoinGroup"] != "0")

    def evented(self) -> dict[str, str]:
        """LastChange, everything in it. A member tells of its coordinator and little else."""
        lead = self.player.coordinator
        transport, track, alone = lead.transport, lead.transport.track, lead is self.player
        media = transport.loaded if alone else Loaded(f"x-rincon:{lead.uid}")
        metadata = lead.avtransport.track_metadata() if alone else ""
        values = {
            "TransportState": transport.state,
            "CurrentPlayMode": transport.play_mode,
            "CurrentCrossfadeMode": str(int(transport.crossfade)),
            "NumberOfTracks": str(len(transport.queue) if transport.queued else 1),
            "CurrentTrack": str(transport.current + 1 if transport.queued else 1),
            "CurrentSection": "0",
            "CurrentTrackURI": (track.uri if track and alone else media.uri),
            "CurrentTrackDuration": didl.clock(
                track.seconds if track and not transport.radio else 0
            ),
            "CurrentTrackMetaData": metadata,
            "r:NextTrackURI": "",
            "r:NextTrackMetaData": "",
            "r:EnqueuedTransportURI": transport.enqueued.uri if transport.queued else media.uri,
            "r:EnqueuedTransportURIMetaData": (
                transport.enqueued.metadata if transport.queued else media.metadata
            ),
            "AVTransportURI": media.uri,
            "AVTransportURIMetaData": media.metadata,
            "TransportStatus": "OK",
            "r:SleepTimerGeneration": "0",
            "TransportPlaySpeed": "1",
        }
        inner = "".join(f"<{name} val={quoteattr(value)}/>" for name, value in values.items())
        return {
            "LastChange": '<Event xmlns="urn:schemas-upnp-org:metadata-1-0/AVT/" '
            f'xmlns:r="{didl.RINCON}"><InstanceID val="0">{inner}</InstanceID></Event>'
        }


def _endless(uri: str) -> bool:
    """A web address that is no file: players take those as radio alone."""
    return uri.startswith(("http:", "https:")) and not uri.endswith(_FILES)
