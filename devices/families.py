"""The families of a house: each driver is opened when something of its family is first met."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self, cast

from devices.device import Announcement
from devices.driver import Driver, Hub

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Family:
    """What is known of a family before it is met. What is not there costs no import.

    ``services``: the mDNS types and SSDP targets that it answers to; ``driver``: ``module:Class``;
    ``told``: the service under which it takes in what the owner tells the address of.
    """

    family: str
    services: frozenset[str]
    driver: str
    told: str = ""

    def load(self) -> type[Driver]:
        """Import the driver; blocks."""
        module, _, name = self.driver.partition(":")
        return cast(type[Driver], getattr(importlib.import_module(module), name))


class Families:
    """Those that are open, by name, and those that sleep until they are met.

    A driver's class in place of a ``Family`` is opened at once.
    """

    def __init__(self, families: Sequence[Family | type[Driver]], hub: Hub) -> None:
        self.open: dict[str, Driver] = {}
        self._hub = hub
        self._at_once = [each for each in families if not isinstance(each, Family)]
        self._asleep = {each.family: each for each in families if isinstance(each, Family)}
        self._waking = asyncio.Lock()
        self._stack = contextlib.AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with contextlib.AsyncExitStack() as stack:
            for driver in self._at_once:
                self.open[driver.family] = await stack.enter_async_context(driver(self._hub))
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    def sleeping(self, heard: Announcement) -> list[str]:
        """The families that may answer to this announcement, and are not open."""
        return [f.family for f in self._asleep.values() if heard.service in (*f.services, f.told)]

    async def wake(self, families: Iterable[str]) -> None:
        """Open these, where they sleep. A driver that cannot be opened is logged, and not there."""
        for name in families:
            async with self._waking:
                if family := self._asleep.get(name):
                    await self._open(family)
                    del self._asleep[name]

    async def wake_addressed(self) -> None:
        """Open those that take in what the owner tells the address of."""
        await self.wake([each.family for each in self._asleep.values() if each.told])

    async def _open(self, family: Family) -> None:
        try:
            load = await asyncio.to_thread(family.load)
            driver = await self._stack.enter_async_context(load(self._hub))
        except Exception:  # one family less is a house all the same
            log.exception("The driver of %s cannot be opened", family.family)
        else:
            self.open[family.family] = driver
