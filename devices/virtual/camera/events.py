"""The camera's news of motion: ONVIF's pull points (Core specification, Event Handling)."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from devices.virtual.camera.onvif import CONFIGURATION, stamp
from devices.virtual.camera.soap import Call, SoapFault, leaf, node

SUBSCRIPTION = "/onvif/subscription"
TOPIC = "tns1:RuleEngine/CellMotionDetector/Motion"
LOOK_S = 0.25
MAX_SUBSCRIPTIONS, MAX_NEWS, MAX_WAIT_S, MAX_TERM_S = 20, 100, 60.0, 3600.0
_DIALECT = "http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet"
_DURATION = re.compile(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")


class Camera(Protocol):
    """What the events need of the camera that they belong to."""

    @property
    def moving(self) -> bool: ...
    def wall_clock(self) -> float: ...
    def http_address(self, path: str) -> str: ...


@dataclass
class _Subscription:
    until: float  # by the camera's clock
    news: list[str] = field(default_factory=list[str])
    told: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, message: str) -> None:
        self.news = [*self.news[1 - MAX_NEWS :], message]
        self.told.set()


class Events:
    """Who wants to hear of motion, and what each was not told yet. ``run`` watches."""

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self._open: dict[str, _Subscription] = {}
        self._numbers = itertools.count(1)
        self._actions: Mapping[str, Callable[[Call, _Subscription], str]] = {
            "tev:SetSynchronizationPoint": self._repeat,
            "wsnt:Renew": self._renew,
            "wsnt:Unsubscribe": self._end,
        }

    async def run(self) -> None:
        """Tell everybody whenever motion begins or ends."""
        was = self._camera.moving
        while True:
            await asyncio.sleep(LOOK_S)
            if (moves := self._camera.moving) is not was:
                was = moves
                for subscription in self._open.values():
                    subscription.tell(self._message("Changed"))

    async def answer(self, call: Call, path: str) -> str | None:
        """The body of the answer; None where that is nothing of events. Raises SoapFault."""
        if call.name == "tev:CreatePullPointSubscription":
            return self._subscribe(call)
        if call.name != "tev:PullMessages" and call.name not in self._actions:
            return None
        subscription = self._open.get(path)
        if subscription is None or subscription.until < self._camera.wall_clock():
            raise SoapFault("ter:InvalidArgVal", "There is no such subscription.")
        if call.name == "tev:PullMessages":
            return await self._pull(call, subscription)
        return self._actions[call.name](call, subscription)

    def _subscribe(self, call: Call) -> str:
        now = self._camera.wall_clock()
        self._open = {path: s for path, s in self._open.items() if s.until >= now}
        if len(self._open) >= MAX_SUBSCRIPTIONS:
            raise SoapFault("ter:Action", "Too many listen already.")
        path = f"{SUBSCRIPTION}/{next(self._numbers)}"
        new = self._open[path] = _Subscription(
            now + self._term(call.value("InitialTerminationTime"))
        )
        new.tell(self._message("Initialized"))
        at = leaf("a:Address", self._camera.http_address(path))
        return node(
            "tev:CreatePullPointSubscriptionResponse",
            node("tev:SubscriptionReference", at),
            leaf("wsnt:CurrentTime", stamp(now)),
            leaf("wsnt:TerminationTime", stamp(new.until)),
        )

    async def _pull(self, call: Call, subscription: _Subscription) -> str:
        wait = min(_seconds(call.value("Timeout")) or 0.0, MAX_WAIT_S)
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await subscription.told.wait()
        limit = call.value("MessageLimit")
        count = min(int(limit), MAX_NEWS) if limit.isascii() and limit.isdigit() else MAX_NEWS
        news, subscription.news = subscription.news[:count], subscription.news[count:]
        if not subscription.news:
            subscription.told.clear()
        return node(
            "tev:PullMessagesResponse",
            leaf("tev:CurrentTime", stamp(self._camera.wall_clock())),
            leaf("tev:TerminationTime", stamp(subscription.until)),
            *news,
        )

    def _repeat(self, _call: Call, subscription: _Subscription) -> str:
        subscription.tell(self._message("Initialized"))
        return node("tev:SetSynchronizationPointResponse")

    def _renew(self, call: Call, subscription: _Subscription) -> str:
        now = self._camera.wall_clock()
        subscription.until = now + self._term(call.value("TerminationTime"))
        return node(
            "wsnt:RenewResponse",
            leaf("wsnt:TerminationTime", stamp(subscription.until)),
            leaf("wsnt:CurrentTime", stamp(now)),
        )

    def _end(self, _call: Call, subscription: _Subscription) -> str:
        self._open = {path: s for path, s in self._open.items() if s is not subscription}
        return node("wsnt:UnsubscribeResponse")

    def _term(self, asked: str) -> float:
        """For how long: as asked, where that is a duration and no time of day."""
        return min(_seconds(asked) or 60.0, MAX_TERM_S)

    def _message(self, operation: str) -> str:
        def item(name: str, value: object) -> str:
            return node("tt:SimpleItem", Name=name, Value=value)

        source = node("tt:Source", item("VideoSourceConfigurationToken", CONFIGURATION),
                      item("VideoAnalyticsConfigurationToken", "motion"),
                      item("Rule", "Motion"))  # fmt: skip
        data = node("tt:Data", item("IsMotion", self._camera.moving))
        now = stamp(self._camera.wall_clock())
        told = node("tt:Message", source, data, UtcTime=now, PropertyOperation=operation)
        topic = f'<wsnt:Topic Dialect="{_DIALECT}">{TOPIC}</wsnt:Topic>'
        return node("wsnt:NotificationMessage", topic, node("wsnt:Message", told))


def _seconds(duration: str) -> float | None:
    """An XML duration of hours, minutes and seconds; None where it is none."""
    found = _DURATION.fullmatch(duration)
    if found is None:
        return None
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return 3600 * hours + 60 * minutes + seconds
