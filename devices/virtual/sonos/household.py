"""A Sonos household on loopback: one topology, shared favourites, an address for each player."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from hashlib import sha256
from time import time_ns
from types import TracebackType
from typing import Self

from zeroconf.asyncio import AsyncServiceInfo

from devices.device import Announcement
from devices.virtual.faults import VirtualDevice
from devices.virtual.sonos.catalogue import FAVOURITES, ZONES, Favourite, Zone, stations
from devices.virtual.sonos.content import Content
from devices.virtual.sonos.player import Player
from devices.virtual.sonos.soap import UpnpError
from devices.virtual.sonos.ssdp import SsdpResponder
from devices.virtual.sonos.system import zone_group_member

MDNS_TYPE = "_sonos._tcp.local."
PORT = 1400


class SonosHousehold:
    """Zones that speak Sonos' UPnP on ``<block>.<first>``, ``<block>.<first + 1>``, ...

    ``block`` is the first three bytes of a loopback network. Player ids follow from ``id`` and the
    zone's name, so a household that moves to other addresses keeps them.
    """

    def __init__(
        self,
        zones: Sequence[Zone] = ZONES,
        favourites: Sequence[Favourite] = FAVOURITES,
        *,
        block: str = "127.0.0",
        first: int = 11,
        id: str = "Sonos_7O2bPnkQvTtWmRz4Lx9sYhDc",
        ssdp: bool = False,
    ) -> None:
        self.id = id
        self.generation = 1
        self.boot = time_ns() // 1_000_000 % 1_000_000_000  # more after every start
        self.stations = stations(favourites)
        self.content = Content(favourites, self._content_changed)
        self.players = [
            Player(self, zone, _mac(id, zone.name, zone.bonded), f"{block}.{first + n}", PORT)
            for n, zone in enumerate(zones)
        ]
        self._devices = {
            f"sonos:{p.uid}": VirtualDevice(f"sonos:{p.uid}", p.zone.name, p.fault)
            for p in self.players
            if p.zone.bonded is None
        }
        self._by_uid = {p.uid: p for p in self.players}
        self._ssdp = SsdpResponder(self.players, id) if ssdp else None
        self._stack = AsyncExitStack()
        self._bond()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            for player in self.players:
                stack.push_async_callback(player.close)
                await player.open()
            if self._ssdp is not None:
                await stack.enter_async_context(self._ssdp)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    @property
    def devices(self) -> Mapping[str, VirtualDevice]:
        return self._devices

    def player(self, name: str) -> Player:
        """The player of the zone with that name. Raises KeyError."""
        for player in self.players:
            if player.zone.name == name and player.zone.bonded is None:
                return player
        raise KeyError(name)

    def announcements(self) -> Sequence[Announcement]:
        return [
            Announcement("mdns", MDNS_TYPE, f"Sonos-{_plain(p.mac)}.{MDNS_TYPE}", p.host, p.port,
                         self._txt(p))
            for p in self.players
        ]  # fmt: skip

    def mdns(self) -> list[AsyncServiceInfo]:
        """What each player would register with multicast DNS."""
        return [
            AsyncServiceInfo(
                MDNS_TYPE,
                f"Sonos-{_plain(p.mac)}.{MDNS_TYPE}",
                port=p.port,
                properties=self._txt(p),
                server=f"Sonos-{_plain(p.mac)}.local.",
                parsed_addresses=[p.host],
            )
            for p in self.players
        ]

    def _txt(self, player: Player) -> dict[str, str]:
        return {
            "info": f"/api/v1/players/{player.uid}/info", "vers": "3", "protovers": "1.40.0",
            "bootseq": str(self.boot), "hhid": self.id, "mhhid": f"{self.id}.main",
            "location": player.location, "sslport": "1443", "hhsslport": "1843", "variant": "2",
            "mdnssequence": "0",
        }  # fmt: skip

    def topology(self) -> str:
        """The zone group state, whole, as every player tells it."""
        groups = "".join(
            f'<ZoneGroup Coordinator="{lead.uid}" ID="{lead.group_id}">'
            + "".join(zone_group_member(m, self.boot) for m in lead.members)
            + "</ZoneGroup>"
            for lead in self.players
            if lead.coordinator is lead
        )
        return (
            f"<ZoneGroupState><ZoneGroups>{groups}</ZoneGroups><VanishedDevices/></ZoneGroupState>"
        )

    def join(self, player: Player, uid: str) -> None:
        """Let a player play along with a coordinator. Raises UpnpError 701."""
        lead = self._by_uid.get(uid)
        if lead is None or lead.coordinator is not lead:
            raise UpnpError(701, "not a coordinator")
        if player.coordinator is lead:
            return
        self._hand_over(player)
        player.transport.stop()
        player.coordinator = lead
        self._regrouped()

    def leave(self, player: Player) -> Player | None:
        """Let a player stand alone; the rest go on, led by the player that is returned."""
        if player.coordinator is player and len(player.members) == 1:
            return None
        heir = self._hand_over(player)
        if heir is not None:
            player.transport.stop()
        player.coordinator = player
        self._regrouped()
        return heir

    def delegate(self, player: Player, uid: str, *, rejoin: bool) -> None:
        """Make a member the coordinator of this player's group. Raises UpnpError 701."""
        heir = self._by_uid.get(uid)
        if heir is None or heir not in player.members:
            raise UpnpError(701, "not a member")
        self._hand_over(player, heir)
        player.coordinator = heir if rejoin else player
        player.transport.stop()
        self._regrouped()

    def _hand_over(self, player: Player, heir: Player | None = None) -> Player | None:
        """Give what a coordinator plays, and its members, to one of them."""
        visible = [m for m in player.members if m is not player and m.zone.bonded is None]
        if player.coordinator is not player or not visible:
            return None
        heir = heir or visible[0]
        for member in player.members:
            if member is not player and not self._bonded(member, player):
                member.coordinator = heir
        heir.coordinator = heir
        heir.transport.take_over(player.transport)
        return heir

    def _bond(self) -> None:
        for player in self.players:
            if player.zone.bonded is not None:
                player.coordinator = self.player(player.zone.bonded)

    @staticmethod
    def _bonded(member: Player, player: Player) -> bool:
        return member.zone.bonded == player.zone.name

    def _regrouped(self) -> None:
        self.generation += 1
        for player in self.players:
            if player.zone.bonded is not None:
                player.coordinator = self.player(player.zone.bonded).coordinator
        for player in self.players:
            player.topology_changed()

    def _content_changed(self) -> None:
        for player in self.players:
            player.content_changed()


def _mac(household: str, name: str, bonded: str | None) -> str:
    """A locally administered address that follows from the household and the zone."""
    digest = sha256(f"{household}/{name}/{bonded or ''}".encode()).hexdigest().upper()
    return ":".join(["02", *(digest[i : i + 2] for i in range(0, 10, 2))])


def _plain(mac: str) -> str:
    return mac.replace(":", "")
