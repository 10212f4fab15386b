"""Looking after one player: its subscriptions, its pushed news, its going and coming back."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from typing import Any, Protocol

from devices.capabilities import State
from devices.device import Unreachable
from devices.driver import Away, DriverEvent, Found, Update
from devices.drivers.sonos import events
from devices.drivers.sonos.media import title_of
from devices.drivers.sonos.players import Player, play_mode, playback, sound

log = logging.getLogger(__name__)

_REST_S = 0.05  # between two looks, however often the player rings


class Household(Protocol):
    """What a watch needs of the driver."""

    def publish(self, event: DriverEvent) -> None: ...
    def group_of(self, player: Player) -> list[Player]: ...
    def regroup(self, state: str, teller: Player) -> None: ...
    async def read_player(self, player: Player) -> State: ...
    async def learn_choices(self, household: str) -> None: ...


class Watch:
    """One player's watch; ``open`` subscribes, and from then on a task of its own goes on."""

    def __init__(self, player: Player, household: Household, check_s: float) -> None:
        self.player = player
        self._household = household
        self._check_s = check_s
        self._subscriptions: events.Subscriptions | None = None
        self._task: asyncio.Task[None] | None = None
        self._boot = player.member.boot
        self._favourites: str = ""  # version of what there is to play
        self._choices_changed = False

    async def open(self) -> None:
        await self._subscribe()
        self._task = asyncio.create_task(self._go_on(), name=f"watch {self.player.id}")

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._subscriptions is not None:
            await self._subscriptions.close()

    def lose(self) -> None:
        """The player did not answer."""
        if not self.player.away:
            self.player.away = True
            self._household.publish(Away((self.player.id,)))

    async def _subscribe(self) -> None:
        """Ask to be told. A player that will not is looked at now and then, and asked again."""
        if self._subscriptions is not None:
            await self._subscriptions.close()
        self._boot = self.player.member.boot
        fresh = events.Subscriptions(
            self.player.soco, self.player.household, self._hear, self.player.rang.set
        )
        self._subscriptions = fresh
        try:
            await fresh.open()
        except Unreachable as error:
            log.info("%s: %s", self.player.id, error)

    async def _go_on(self) -> None:
        """Look at the player when it rang, and when it has been silent for long."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._check_s):
                    await self.player.rang.wait()
            self.player.rang.clear()
            try:
                await self._look()
            except Unreachable:
                self.lose()
            except Exception:  # the watch outlives whatever one look ran into
                log.exception("looking after %s", self.player.id)
            await asyncio.sleep(_REST_S)

    async def _look(self) -> None:
        was_away = self.player.away
        state = await self._household.read_player(self.player)
        if self._deaf:
            await self._subscribe()
        if self._choices_changed:
            self._choices_changed = False
            await self._household.learn_choices(self.player.household)
        if self.player.away and not was_away:  # lost meanwhile: that answer is older
            self.player.rang.set()
            return
        if was_away:
            self.player.away = False
            self._household.publish(Found((self.player.device(),)))
        if not self.player.rang.is_set():  # else it is old already, and the next look is at hand
            self._household.publish(Update(self.player.id, state))

    @property
    def _deaf(self) -> bool:
        """Whether the player will tell nothing: it went, restarted, or a renewal failed."""
        known = self._subscriptions is not None and self._subscriptions.alive
        return self.player.away or not known or self._boot != self.player.member.boot

    def _hear(self, service: str, news: Mapping[str, Any]) -> None:
        if self.player.away:
            self.player.rang.set()
        match service:
            case "renderingControl":
                volume, mute = news.get("volume", {}), news.get("mute", {})
                if state := sound(volume.get("Master", ""), mute.get("Master", "")):
                    self._household.publish(Update(self.player.id, state))
            case "avTransport":
                self._hear_transport(news)
            case "zoneGroupTopology":
                if state := news.get("zone_group_state"):
                    self._household.regroup(str(state), self.player)
            case _:
                self._hear_content(str(news.get("favorites_update_id", "")))

    def _hear_transport(self, news: Mapping[str, Any]) -> None:
        """A coordinator's news are its whole group's. What plays is then read anew."""
        if self.player.lead != self.player.member.uid:
            return
        if "enqueued_transport_uri_meta_data" in news:
            self.player.source = title_of(news["enqueued_transport_uri_meta_data"])
        state: State = {}
        if "transport_state" in news:
            state["playback"] = playback(str(news["transport_state"]))
        if mode := play_mode(str(news.get("current_play_mode", ""))):
            state["play_mode"] = mode
        for member in self._household.group_of(self.player):
            if state:
                self._household.publish(Update(member.id, state))
            member.rang.set()

    def _hear_content(self, version: str) -> None:
        if version and version != self._favourites:  # the first may be news too: we read before
            self._favourites, self._choices_changed = version, True
            self.player.rang.set()
