"""What several lamps are asked for in one moment, in as few requests as the bridge's groups allow.

A bridge sets few lamps in a second and a group at once; whoever asks still asks for one lamp, and
is answered for that one.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from devices.device import Refused, Unreachable
from devices.drivers.hue.states import LightWish

log = logging.getLogger(__name__)

MOMENT_S = 0.005  # lamps of one command are asked for in the same turn of the loop


class Asking(Protocol):
    """How one lamp, or a group, is asked. Each raises as the driver's ``apply``."""

    @property
    def groups(self) -> Mapping[str, frozenset[str]]: ...  # the lamps of each, largest first
    async def ask_lamp(self, lamp: str, wish: LightWish) -> None: ...
    async def ask_group(self, group: str, wish: LightWish) -> None: ...


@dataclass(eq=False)
class Wish:
    """One lamp's, until the request that it went with has ended."""

    lamp: str
    what: LightWish
    answer: asyncio.Future[None]
    over: asyncio.Event = field(default_factory=asyncio.Event)

    def settle(self, error: BaseException | None) -> None:
        if self.answer.done():
            return
        if error is None:
            self.answer.set_result(None)
        else:
            self.answer.set_exception(error)


class Together:
    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._wishes: dict[str, Wish] = {}  # by lamp
        self._due: list[Wish] = []
        self._requests: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        for request in self._requests:
            request.cancel()
        await asyncio.gather(*self._requests, return_exceptions=True)

    async def ask(self, lamp: str, what: LightWish) -> None:
        """Ask for one lamp. Raises what asking it alone would, or its group as a whole."""
        while before := self._wishes.get(lamp):  # nobody may wait for that one any more, yet it
            await before.over.wait()  # could still reach the lamp: not after this one
        loop = asyncio.get_running_loop()
        wish = self._wishes[lamp] = Wish(lamp, what, loop.create_future())
        if not self._due:
            loop.call_later(MOMENT_S, self._send)
        self._due.append(wish)
        await wish.answer

    def _send(self) -> None:
        alike: defaultdict[str, list[Wish]] = defaultdict(list)
        for wish in self._due:
            if wish.answer.cancelled():
                self._end(wish)
            else:
                alike[repr(sorted(wish.what.items()))].append(wish)
        self._due = []
        for wishes in alike.values():
            for group, share in self._shares(wishes):
                self._start(group, share)

    def _shares(self, wishes: list[Wish]) -> Iterator[tuple[str | None, list[Wish]]]:
        """Whole groups, and then everybody who is in none, alone."""
        left = {wish.lamp: wish for wish in wishes}
        for group, lamps in self._asking.groups.items():
            if lamps <= left.keys():
                yield group, [left.pop(lamp) for lamp in lamps]
        for wish in left.values():
            yield None, [wish]

    def _start(self, group: str | None, share: list[Wish]) -> None:
        request = asyncio.create_task(self._ask(group, share[0]))
        self._requests.add(request)

        def ended(_: asyncio.Task[None]) -> None:
            self._requests.discard(request)
            gone = Unreachable("I gave up asking the bridge.") if request.cancelled() else None
            error = gone or request.exception()
            if group is not None and isinstance(error, Refused):  # by whom, it does not say
                log.info("%d lamps are asked one by one: %s", len(share), error)
                for wish in share:
                    self._start(None, [wish])
                return
            for wish in share:
                wish.settle(error)
                self._end(wish)

        def left(_: asyncio.Future[None]) -> None:
            if all(wish.answer.cancelled() for wish in share):  # nobody waits for it any more
                request.cancel()

        request.add_done_callback(ended)
        for wish in share:
            wish.answer.add_done_callback(left)

    async def _ask(self, group: str | None, wish: Wish) -> None:
        if group is None:
            await self._asking.ask_lamp(wish.lamp, wish.what)
        else:
            await self._asking.ask_group(group, wish.what)

    def _end(self, wish: Wish) -> None:
        self._wishes.pop(wish.lamp, None)
        wish.over.set()
