"""Pushed events of players, over SoCo's asyncio GENA client."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping
from typing import Any, cast

from aiohttp import ClientError
from soco import SoCo, events_asyncio  # pyright: ignore[reportMissingTypeStubs]
from soco.exceptions import SoCoException  # pyright: ignore[reportMissingTypeStubs]

from devices.device import Unreachable

log = logging.getLogger(__name__)

SERVICES = ("avTransport", "renderingControl", "zoneGroupTopology", "contentDirectory")
LASTS_S = 600
UNSUBSCRIBE_S = 2.0

Hear = Callable[[str, Mapping[str, Any]], None]  # service, variables in SoCo's spelling


def prepare() -> None:
    """Make SoCo's one event listener fit for the running loop."""
    listener: Any = events_asyncio.event_listener
    if not listener.is_running:
        listener.start_lock = listener.stop_lock = None  # locks belong to the loop they met first


async def stop_listening() -> None:
    """Close SoCo's listener, unless somebody else in this process still uses it."""
    if events_asyncio.subscriptions_map.count == 0:
        await events_asyncio.event_listener.async_stop()


class Subscriptions:
    """What one player tells unasked. ``lost`` is called when a renewal fails."""

    def __init__(self, player: SoCo, household: str, hear: Hear, lost: Callable[[], None]) -> None:
        # SoCo asks for the household on the first subscription, and would block the loop for it.
        player._household_id = household  # pyright: ignore[reportPrivateUsage]
        self._player, self._hear, self._lost = player, hear, lost
        self._host: str = player.ip_address  # pyright: ignore[reportUnknownMemberType]
        self._open: list[Any] = []

    @property
    def alive(self) -> bool:
        return bool(self._open) and all(s.is_subscribed for s in self._open)

    async def open(self) -> None:
        """Raises Unreachable; then nothing is left subscribed."""
        # No deadline of ours: SoCo has one (10 s), and one that we gave up would go on without us.
        outcomes = await asyncio.gather(
            *(self._subscribe(service) for service in SERVICES), return_exceptions=True
        )
        if failures := [outcome for outcome in outcomes if isinstance(outcome, Exception)]:
            await self.close()
            raise Unreachable(f"{self._host} takes no subscriptions.") from failures[0]

    async def close(self) -> None:
        """Unsubscribe where the player still answers; forget in any case."""
        closing, self._open = self._open, []
        for subscription in closing:
            subscription.callback = None
        await asyncio.gather(*(self._unsubscribe(s) for s in closing))

    async def _subscribe(self, service: str) -> None:
        subscription: Any = events_asyncio.Subscription(getattr(self._player, service))
        subscription.callback = lambda event: self._deliver(service, event)  # pyright: ignore[reportUnknownLambdaType]
        subscription.auto_renew_fail = lambda _: self._lost()  # pyright: ignore[reportUnknownLambdaType]
        asked = subscription.subscribe(requested_timeout=LASTS_S, auto_renew=True)
        await asyncio.shield(asked)  # SoCo stumbles over a future that was cancelled
        self._open.append(subscription)

    @staticmethod
    async def _unsubscribe(subscription: Any) -> None:
        try:
            with contextlib.suppress(ClientError, OSError, SoCoException, AttributeError):
                async with asyncio.timeout(UNSUBSCRIBE_S):
                    await subscription.unsubscribe(strict=True)
        finally:
            subscription._cancel_subscription()  # else its renewal goes on when that failed

    def _deliver(self, service: str, event: Any) -> None:
        try:
            self._hear(service, cast("Mapping[str, Any]", event.variables))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            log.warning("an event that makes no sense came from %s: %r", self._host, error)
