"""One player as the driver sees it, and how it is read and commanded."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from soco import SoCo  # pyright: ignore[reportMissingTypeStubs]

from devices.capabilities import (
    Group,
    Media,
    Mute,
    Playback,
    PlayMode,
    Skip,
    State,
    Volume,
)
from devices.device import Ability, Device, Refused
from devices.drivers.sonos.media import Asked, Choice, as_radio, playing, resolve
from devices.drivers.sonos.topology import Member
from devices.drivers.sonos.wire import Answer, UpnpFault, Wire

FAMILY = "sonos"
_FIRST = {"InstanceID": 0}
_MASTER = {"InstanceID": 0, "Channel": "Master"}
_NOT_NOW, _NOT_POSSIBLE = {701, 702, 800}, {701, 711, 712, 800}
_ILLEGAL_TYPE = 714

Repeat = Literal["off", "one", "all"]
_MODES: dict[str, tuple[bool, Repeat]] = {
    "NORMAL": (False, "off"),
    "REPEAT_ALL": (False, "all"),
    "REPEAT_ONE": (False, "one"),
    "SHUFFLE_NOREPEAT": (True, "off"),
    "SHUFFLE": (True, "all"),
    "SHUFFLE_REPEAT_ONE": (True, "one"),
}
_MODE_NAMES = {setting: name for name, setting in _MODES.items()}
_STATES: Mapping[str, Literal["playing", "paused", "stopped"]] = {
    "PLAYING": "playing",
    "TRANSITIONING": "playing",
    "PAUSED_PLAYBACK": "paused",
    "STOPPED": "stopped",
}


@dataclass
class Player:
    """A player and what is remembered of it. ``lead`` in ``member`` may be another player."""

    member: Member
    soco: SoCo
    wire: Wire
    household: str
    model: str
    choices: tuple[Choice, ...] = ()
    asked: Asked | None = None
    source: str = ""  # what the player says its queue came from
    away: bool = False
    rang: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def id(self) -> str:
        return device_id(self.member.uid)

    @property
    def lead(self) -> str:
        """The uid of the player whose music this one plays; its own when alone."""
        return self.member.lead

    @property
    def queue_uri(self) -> str:
        return f"x-rincon-queue:{self.member.uid}#0"

    def device(self) -> Device:
        names = tuple(choice.name for choice in self.choices)
        return Device(
            id=self.id,
            name=self.member.name,
            kind="speaker",
            room=self.member.name,
            abilities=(
                Ability(kind=Playback.kind),
                Ability(kind=Skip.kind, choices=("next", "previous")),
                Ability(kind=Volume.kind, min=0, max=100, step=1),
                Ability(kind=Mute.kind),
                Ability(kind=Media.kind, choices=names),
                Ability(kind=PlayMode.kind),
                Ability(kind=Group.kind),
            ),
            maker="Sonos",
            model=self.model,
        )

    async def topology(self) -> str:
        answer = await self.wire.call(self.soco, "zoneGroupTopology", "GetZoneGroupState")
        return answer.get("ZoneGroupState", "")

    async def sound(self) -> State:
        """Volume and mute."""
        volume, mute = await asyncio.gather(
            self._render("GetVolume", **_MASTER), self._render("GetMute", **_MASTER)
        )
        return sound(volume.get("CurrentVolume", ""), mute.get("CurrentMute", ""))

    async def transport(self) -> State:
        """What this player plays, when it is a coordinator."""
        info, position, media, settings = await asyncio.gather(
            self._transport("GetTransportInfo"),
            self._transport("GetPositionInfo"),
            self._transport("GetMediaInfo"),
            self._transport("GetTransportSettings"),
        )
        queue = media.get("CurrentURI", "").startswith("x-rincon-queue:")
        state: State = {
            "playback": playback(info.get("CurrentTransportState", "")),
            "media": playing(
                media, position, self.choices, self.asked, self.source if queue else ""
            ),
        }
        if mode := play_mode(settings.get("PlayMode", "")):
            state["play_mode"] = mode
        return state

    async def set_sound(self, command: Volume | Mute) -> None:
        if isinstance(command, Volume):
            wanted = round(command.percent)
            await self._render("SetVolume", **_MASTER, DesiredVolume=wanted)
        else:
            await self._render("SetMute", **_MASTER, DesiredMute=int(command.muted))

    async def set_playback(self, command: Playback) -> None:
        match command.state:
            case "playing":
                await self._start()
            case "paused":
                await self._silence("Pause")
            case "stopped":
                await self._silence("Stop")

    async def skip(self, command: Skip) -> None:
        try:
            await self._transport("Next" if command.to == "next" else "Previous")
        except UpnpFault as fault:
            if fault.code not in _NOT_POSSIBLE:
                raise
            raise Refused(f"There is no {command.to} track.") from fault

    async def set_play_mode(self, command: PlayMode) -> None:
        now = play_mode((await self._transport("GetTransportSettings")).get("PlayMode", ""))
        wanted = (now or PlayMode(shuffle=False, repeat="off")).merged(command)
        name = _MODE_NAMES[bool(wanted.shuffle), wanted.repeat or "off"]
        try:
            await self._transport("SetPlayMode", NewPlayMode=name)
        except UpnpFault as fault:
            if fault.code not in _NOT_POSSIBLE:
                raise
            raise Refused("What plays can be neither shuffled nor repeated.") from fault

    async def play(self, asked: str) -> None:
        choice = resolve(asked, self.choices)
        if choice.queued:
            tracks = await self._fill_queue(choice)
            uri = self.queue_uri
            await self._transport("SetAVTransportURI", CurrentURI=uri, CurrentURIMetaData="")
        else:
            uri, tracks = await self._load(choice), None
        self.asked = Asked(asked, choice.name, uri, tracks)
        await self._start()

    async def join(self, lead: Member) -> None:
        uri = f"x-rincon:{lead.uid}"
        await self._transport("SetAVTransportURI", CurrentURI=uri, CurrentURIMetaData="")

    async def stand_alone(self) -> None:
        await self._transport("BecomeCoordinatorOfStandaloneGroup")

    async def hand_over(self, heir: Member) -> None:
        """Make a member of this player's group its coordinator; the music goes on."""
        await self._transport("DelegateGroupCoordinationTo", NewCoordinator=heir.uid, RejoinGroup=1)

    async def listing(self, container: str) -> str:
        """What a container of the content directory holds, as DIDL-Lite."""
        answer = await self.wire.call(
            self.soco, "contentDirectory", "Browse",
            ObjectID=container, BrowseFlag="BrowseDirectChildren", Filter="*",
            StartingIndex=0, RequestedCount=100, SortCriteria="",
        )  # fmt: skip
        return answer.get("Result", "")

    async def _start(self) -> None:
        try:
            await self._transport("Play", Speed=1)
        except UpnpFault as fault:
            if fault.code not in _NOT_NOW:
                raise
            raise Refused(f"{self.member.name} has nothing to play.") from fault

    async def _silence(self, how: Literal["Pause", "Stop"]) -> None:
        """Pause or stop. What is silent already refuses, and so may a radio that cannot pause."""
        try:
            await self._transport(how)
        except UpnpFault as fault:
            if fault.code not in _NOT_NOW:
                raise
            info = await self._transport("GetTransportInfo")
            if playback(info.get("CurrentTransportState", "")).state == "playing":
                await self._transport("Stop")

    async def _load(self, choice: Choice) -> str:
        """Load a stream; the URI that the player took."""
        for uri in (choice.uri, as_radio(choice.uri)):
            try:
                await self._transport(
                    "SetAVTransportURI", CurrentURI=uri, CurrentURIMetaData=choice.metadata
                )
            except UpnpFault as fault:
                web = choice.uri.startswith(("http:", "https:"))
                if fault.code != _ILLEGAL_TYPE or not web or uri != choice.uri:
                    raise
            else:
                return uri
        raise AssertionError("the last attempt returns or raises")

    async def _fill_queue(self, choice: Choice) -> int:
        """Put a list in the place of what is queued; how many tracks that made."""
        await self._transport("RemoveAllTracksFromQueue")
        added = await self._transport(
            "AddURIToQueue",
            EnqueuedURI=choice.uri,
            EnqueuedURIMetaData=choice.metadata,
            DesiredFirstTrackNumberEnqueued=0,
            EnqueueAsNext=0,
        )
        length = added.get("NewQueueLength", "")
        return int(length) if length.isascii() and length.isdigit() else 0

    async def _transport(self, action: str, **arguments: object) -> Answer:
        return await self.wire.call(self.soco, "avTransport", action, **_FIRST, **arguments)

    async def _render(self, action: str, **arguments: object) -> Answer:
        return await self.wire.call(self.soco, "renderingControl", action, **arguments)


def device_id(uid: str) -> str:
    return f"{FAMILY}:{uid}"


def sound(volume: str, muted: str) -> State:
    """Volume and mute as a player says them; what makes no sense is left out."""
    state: State = {}
    if volume.isascii() and volume.isdigit() and int(volume) <= 100:
        state["volume"] = Volume(percent=int(volume))
    if muted in {"0", "1"}:
        state["mute"] = Mute(muted=muted == "1")
    return state


def playback(state: str) -> Playback:
    return Playback(state=_STATES.get(state, "stopped"))


def play_mode(name: str) -> PlayMode | None:
    if name not in _MODES:
        return None
    shuffle, repeat = _MODES[name]
    return PlayMode(shuffle=shuffle, repeat=repeat)
