"""The house moving, told to all open pages: made once, however many of them listen."""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import time
from collections.abc import AsyncGenerator, Sequence
from typing import Any

from devices.capabilities import Climate, Reading, State
from devices.house import House, HouseEvent
from dobby.supervise import keep
from dobby.web.view import device_view, house_view

BLINK_S = 0.05  # what changes within it is told at once
WHOLE_S = 0.5  # the whole house at most this often
DRIFT_S = 5.0  # what is only measured (a temperature, a power) as often as this
MAX_WAITING = 100
DRIFTING = ("temperature", "humidity", "battery", *Reading.units)


class Moves:
    """Listens to the house while any page does."""

    def __init__(self, house: House, fahrenheit: bool) -> None:
        self._house = house
        self._fahrenheit = fahrenheit
        self._queues: set[asyncio.Queue[str]] = set()
        self._work: asyncio.Task[None] | None = None
        self._hears = asyncio.Event()

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncGenerator[asyncio.Queue[str]]:
        """A queue of events as they go over the wire, from now on."""
        queue: asyncio.Queue[str] = asyncio.Queue(MAX_WAITING)
        self._queues.add(queue)
        try:
            if self._work is None:
                self._hears.clear()
                self._work = asyncio.create_task(keep("moves", self._tell_all), name="moves")
            await self._hears.wait()
            yield queue
        finally:
            self._queues.discard(queue)
            if not self._queues:
                self._work = _stopped(self._work)

    def whole(self) -> dict[str, Any]:
        return house_view(self._house, self._fahrenheit)

    async def _tell_all(self) -> None:
        async with self._house.events() as events:
            news = _News(self._house, self._fahrenheit)
            if self._hears.is_set():  # it failed, and starts again: what was missed is not known
                self._tell(event("house", self.whole()))
            self._hears.set()
            while True:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_finite(news.due_s())):
                        news.take([await events.get()])
                while not events.empty():
                    news.take([events.get_nowait()])
                for told in news.due():
                    self._tell(told)

    def _tell(self, told: str) -> None:
        for queue in self._queues:
            if queue.full():  # a page asleep: it gets the whole in place of all that it missed
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait(event("house", self.whole()))
            else:
                queue.put_nowait(told)


class _News:
    """What of the house was not told yet: some devices, or all of it."""

    def __init__(self, house: House, fahrenheit: bool) -> None:
        self._house = house
        self._fahrenheit = fahrenheit
        self._changed: set[str] = set()
        self._drifted: set[str] = set()  # measured otherwise, and nothing else
        self._all = False
        self._since = math.inf  # when the first thing changed that is not told
        self._drift_since = math.inf
        self._told_all = self._told_drift = 0.0
        self._shown: dict[str, str | None] = {}  # device -> the room it is shown in
        self._gists: dict[str, State] = {}
        self._show()

    def due_s(self) -> float:
        """Seconds until there is something to tell; infinite if nothing changed."""
        return max(0.0, min(self._due(), self._drift_due()) - time.monotonic())

    def take(self, events: Sequence[HouseEvent]) -> None:
        now = time.monotonic()
        for told in events:
            device = self._house.devices.get(told.device)
            known = device is not None and self._shown.get(device.id, "") == device.room
            if known and told.what in ("changed", "away", "found"):
                if told.what == "changed" and not self._is_new(told.device):
                    self._drifted.add(told.device)
                    self._drift_since = min(self._drift_since, now)
                    continue
                self._changed.add(told.device)
            elif told.what != "changed":
                self._all = True
            else:
                continue
            self._since = min(self._since, now)

    def due(self) -> list[str]:
        """What is due now, as it goes over the wire."""
        now = time.monotonic()
        if self._all and self._due() <= now:
            self._show()
            return [event("house", house_view(self._house, self._fahrenheit))]
        devices: set[str] = set()
        if self._due() <= now:
            devices |= self._changed
            self._changed, self._since = set(), math.inf
        if self._drift_due() <= now:
            devices |= self._drifted
            self._drifted, self._drift_since, self._told_drift = set(), math.inf, now
        views = [
            device_view(self._house, device, self._fahrenheit)
            for device in devices
            if device in self._house.devices
        ]
        return [event("devices", {"devices": views})] if views else []

    def _due(self) -> float:
        at = self._since + BLINK_S
        return max(at, self._told_all + WHOLE_S) if self._all else at

    def _drift_due(self) -> float:
        return max(self._drift_since + BLINK_S, self._told_drift + DRIFT_S)

    def _is_new(self, device: str) -> bool:
        """Whether more than a measure changed."""
        gist = _gist(self._house.state(device))
        is_new = self._gists.get(device) != gist
        self._gists[device] = gist
        return is_new

    def _show(self) -> None:
        """All of it is told now."""
        self._changed, self._drifted, self._all = set(), set(), False
        self._since = self._drift_since = math.inf
        self._told_all = time.monotonic()
        devices = self._house.devices
        self._shown = {device.id: device.room for device in devices.values()}
        self._gists = {device: _gist(self._house.state(device)) for device in devices}


def event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _gist(state: State) -> State:
    """The state without what drifts by itself."""
    gist = dict(state)
    if isinstance(reading := state.get(Reading.kind), Reading):
        gist[Reading.kind] = reading.model_copy(update=dict.fromkeys(DRIFTING))
    if isinstance(climate := state.get(Climate.kind), Climate):
        gist[Climate.kind] = climate.model_copy(update={"current": None})
    return gist


def _stopped(work: asyncio.Task[None] | None) -> None:
    if work is not None:
        work.cancel()


def _finite(seconds: float) -> float | None:
    return None if math.isinf(seconds) else seconds
