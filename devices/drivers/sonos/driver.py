"""Sonos players over UPnP: found by mDNS or SSDP, pushed by GENA, told apart by their UDN."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from types import TracebackType
from typing import ClassVar, Self, cast

from soco import SoCo  # pyright: ignore[reportMissingTypeStubs]

from devices.capabilities import (
    Capability,
    Group,
    Media,
    Mute,
    Playback,
    PlayMode,
    Skip,
    State,
    Volume,
)
from devices.device import (
    Announcement,
    Device,
    DeviceError,
    Refused,
    UnknownDevice,
    Unreachable,
    Unsupported,
    clean_name,
)
from devices.driver import Found, Hub, Update
from devices.drivers.sonos import events, topology
from devices.drivers.sonos.media import choices
from devices.drivers.sonos.players import FAMILY, Player
from devices.drivers.sonos.topology import DEFAULT_PORT, Endpoint, Member
from devices.drivers.sonos.watch import Watch
from devices.drivers.sonos.wire import Wire

log = logging.getLogger(__name__)

CHECK_S = 20.0  # how often a player is looked at when it says nothing
SPOKE = "sonos:players"  # where the vault keeps their hosts
MAX_SPOKE = 256
_UDN = ".//{urn:schemas-upnp-org:device-1-0}UDN"
_MODEL = ".//{urn:schemas-upnp-org:device-1-0}modelName"


class Sonos:
    """The driver of every Sonos household on the LAN."""

    family: ClassVar[str] = FAMILY
    services: ClassVar[frozenset[str]] = frozenset(
        {"_sonos._tcp.local.", "urn:schemas-upnp-org:device:ZonePlayer:1"}
    )

    def __init__(self, hub: Hub, check_s: float = CHECK_S) -> None:
        self.publish = hub.publish
        self._vault = hub.vault
        self._check_s = check_s
        self._players: dict[str, Player] = {}  # by uid
        self._watches: dict[str, Watch] = {}
        self._identifying = asyncio.Lock()
        self._spoke: set[str] = set()  # the hosts that announced themselves
        self._kept: set[str] = set()  # of these, who was a player: it may be asked after a restart

    async def __aenter__(self) -> Self:
        with contextlib.suppress(DeviceError):  # then they are asked when they announce themselves
            kept = await self._vault.load(SPOKE) or {}
            self._kept = set(map(str, cast("list[object]", kept.get("hosts", []))))
            self._spoke |= self._kept
        events.prepare()
        self._wire = Wire()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        async with contextlib.AsyncExitStack() as stack:
            stack.push_async_callback(self._wire.close)
            stack.push_async_callback(events.stop_listening)
            await asyncio.gather(*(watch.close() for watch in self._watches.values()))

    def recognises(self, heard: Announcement) -> bool:
        return heard.service in self.services

    async def pair(self, heard: Announcement, pin: str | None) -> Sequence[Device]:
        return await self.identify(heard)  # players ask for nothing

    async def identify(self, heard: Announcement) -> Sequence[Device]:
        """One player tells the whole household; all that answer are returned.

        What it tells of others is a stranger's word: only where somebody announced himself is
        anything fetched. The rest come in by their own announcements.
        """
        if not topology.may_be_asked(heard.host, heard.host):
            raise Unreachable(f"{heard.host} is not an address of this network.")
        spoke = _endpoint(heard)
        soco = SoCo(spoke.host, spoke.port)
        state, house = await asyncio.gather(
            self._wire.call(soco, "zoneGroupTopology", "GetZoneGroupState"),
            self._wire.call(soco, "deviceProperties", "GetHouseholdID"),
        )
        if len(self._spoke) < MAX_SPOKE:
            self._spoke.add(heard.host)
        members = {
            uid: member
            for uid, member in topology.members(state.get("ZoneGroupState", ""), heard.host).items()
            if member.endpoint.host in self._spoke
        }
        household = house.get("CurrentHouseholdID", "")[:128]
        async with self._identifying:
            met = await asyncio.gather(*(self._meet(m, household) for m in members.values()))
            players = [player for player in met if player is not None]
            if any(not player.choices for player in players):
                await self._read_choices(household)
        if not players:
            raise Unreachable(f"{heard.host} told of no player that answers.")
        await self._keep_hosts()
        return [player.device() for player in players]

    async def _keep_hosts(self) -> None:
        hosts = {player.member.endpoint.host for player in self._players.values()}
        if hosts != self._kept:
            with contextlib.suppress(DeviceError):
                await self._vault.save(SPOKE, {"hosts": sorted(hosts)})
                self._kept = hosts

    async def read(self, device: str) -> State:
        player = self._known(device)
        try:
            return await self.read_player(player)
        except Unreachable:
            self._watches[player.member.uid].lose()
            raise

    async def apply(self, device: str, command: Capability) -> None:
        player = self._known(device)
        match command:
            case Volume() | Mute():
                await player.set_sound(command)
            case Playback():
                await (await self._lead(player)).set_playback(command)
            case Skip():
                await (await self._lead(player)).skip(command)
            case PlayMode():
                await (await self._lead(player)).set_play_mode(command)
            case Media(item=str(item)):
                await (await self._lead(player)).play(item)
            case Group():
                await self._group(player, command.leader)
            case _:
                raise Unsupported(f"{player.member.name} cannot do that.")

    def _known(self, device: str) -> Player:
        player = self._players.get(device.removeprefix(f"{FAMILY}:"))
        if player is None:
            raise UnknownDevice(f"I know no speaker {device}.")
        return player

    # Who leads whom ------------------------------------------------------------------------

    def group_of(self, player: Player) -> list[Player]:
        """Everyone who plays along with a coordinator, itself included."""
        return [p for p in self._players.values() if self._lead_of(p) is player]

    def _lead_of(self, player: Player) -> Player:
        """The coordinator of a player's group, as it was told last."""
        return self._players.get(player.lead, player)

    async def _lead(self, player: Player) -> Player:
        """The coordinator of a player's group, as the player itself says now."""
        self.regroup(await player.topology(), player)
        return self._lead_of(player)

    def regroup(self, state: str, teller: Player) -> None:
        """Take in a topology: who leads whom, and names. Addresses change in ``_meet`` alone."""
        for uid, member in topology.members(state, teller.member.endpoint.host).items():
            player = self._players.get(uid)
            if player is None or player.member.endpoint != member.endpoint:
                continue
            before, player.member = player.member, member
            if before.boot != member.boot:
                player.rang.set()  # it restarted, and forgot who listens
            if before.lead != member.lead:
                leader = self._lead_of(player).id
                self.publish(Update(player.id, {"group": Group(leader=leader)}))
                player.rang.set()

    async def _group(self, player: Player, leader: str) -> None:
        target = self._known(leader)
        lead = await self._lead(player)
        if target is player:
            if len(self.group_of(lead)) > 1:
                await player.stand_alone()
            return
        target_lead = self._lead_of(target)
        if target_lead is not target:
            await target_lead.hand_over(target.member)
        if target_lead is not lead:
            await player.join(target.member)

    # Reading -------------------------------------------------------------------------------

    async def read_player(self, player: Player) -> State:
        """Everything, fresh: seven requests at once, four more when the group has changed."""
        lead = self._lead_of(player)
        loud, state, transport = await asyncio.gather(
            player.sound(), player.topology(), self._transport(player, lead)
        )
        self.regroup(state, player)
        if (now := self._lead_of(player)) is not lead:
            transport = await self._transport(player, now)
        return {**loud, **transport, "group": Group(leader=now.id)}

    async def _transport(self, player: Player, lead: Player) -> State:
        try:
            return await lead.transport()
        except Unreachable:
            if lead is player:
                raise
            lead.rang.set()  # it is the lead that is away, not this player
            return {}

    # Meeting players -----------------------------------------------------------------------

    async def _meet(self, member: Member, household: str) -> Player | None:
        """The player at the address that a topology gave; None when it is not there.

        One that still answers at its old address is not moved: whoever claims its id elsewhere
        is not it.
        """
        known = self._players.get(member.uid)
        if known is not None and known.member.endpoint != member.endpoint:
            if await self._model_of(known.soco, member.uid) is not None:
                return known
        elif known is not None and not known.away and known.member.boot == member.boot:
            return known
        soco = SoCo(member.endpoint.host, member.endpoint.port)
        model = await self._model_of(soco, member.uid)
        if model is None:
            return None
        player = Player(member, soco, self._wire, household, model)
        if known is not None:
            player.asked, player.choices = known.asked, known.choices
        if (watch := self._watches.get(member.uid)) is not None:
            await watch.close()
        self._players[member.uid] = player
        self._watches[member.uid] = Watch(player, self, self._check_s)
        await self._watches[member.uid].open()
        return player

    async def _model_of(self, soco: SoCo, uid: str) -> str | None:
        """The model of the player there, or None when it is not the one with that uid."""
        try:
            described = await self._wire.describe(soco)
        except Unreachable as error:
            log.debug("%s: %s", uid, error)
            return None
        if described.findtext(_UDN, "") != f"uuid:{uid}":
            log.warning("another device than %s answers at its address", uid)
            return None
        return clean_name(described.findtext(_MODEL, ""))

    async def learn_choices(self, household: str) -> None:
        """What there is to play has changed: tell the speakers anew."""
        changed = await self._read_choices(household)
        if present := tuple(p.device() for p in changed if not p.away):
            self.publish(Found(present))

    async def _read_choices(self, household: str) -> list[Player]:
        """Read what there is to play from whichever player answers; those that had it otherwise."""
        players = [p for p in self._players.values() if p.household == household]
        for teller in players:
            try:
                listed = await asyncio.gather(teller.listing("FV:2"), teller.listing("SQ:"))
            except (Unreachable, Refused) as error:
                log.info("%s does not tell its favourites: %s", teller.id, error)
                continue
            offered = choices(*listed)
            changed = [p for p in players if p.choices != offered]
            for player in changed:
                player.choices = offered
            return changed
        return []


def _endpoint(heard: Announcement) -> Endpoint:
    """Where to ask: the host that spoke, and the port in its LOCATION if that names the same."""
    told = {key.lower(): value for key, value in heard.properties.items()}
    location = topology.endpoint_of(told.get("location", ""))
    if location is not None and location.host == heard.host:
        return location
    return Endpoint(heard.host, DEFAULT_PORT)
