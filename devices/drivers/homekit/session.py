"""One paired accessory or bridge: kept connected, watched, spoken to."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence

from aiohomekit.controller.ip.controller import IpController

from devices.capabilities import Capability, State
from devices.device import Device, DeviceError, UnknownDevice, Unreachable
from devices.driver import Away, DriverEvent, Found, Update
from devices.drivers.homekit.database import parse
from devices.drivers.homekit.link import Link, Rows, Where
from devices.drivers.homekit.mapping import Unit, all_units
from devices.drivers.homekit.words import NONSENSE, verdict

log = logging.getLogger(__name__)

LOOK_S = 1.0  # aiohomekit tells of a connection made, but never of one lost
GRACE_S = 2.0  # a connection that comes back within this was never away


class Session:
    """Devices behind one pairing. What happens to them is published; ``close`` ends it."""

    def __init__(
        self,
        hap_id: str,
        controller: IpController,
        record: Mapping[str, object],
        publish: Callable[[DriverEvent], None],
        pulse_s: float,
    ) -> None:
        """``pulse_s``: how often each device is asked for a sign of life."""
        self._called = asyncio.Event()  # there is something to look at
        self.link = Link(controller, record, self._heard, self._called.set)
        self._controller = controller
        self.name = "The HomeKit accessory"
        self._hap_id = hap_id
        self._publish = publish
        self._pulse_s = pulse_s
        self._units: dict[str, Unit] = {}
        self._values: dict[int, dict[int, object]] = {}
        self._away: set[str] = set()
        self._opening = asyncio.Lock()
        self._doubted: set[Where] = set()  # told twice at once: to be asked for
        self._pulses = 0
        self._opened = 0  # the generation of the link that our events come on
        self._last_pulse = 0.0
        self._down_since: float | None = None
        self._watch = asyncio.create_task(self._keep_watch(), name=f"homekit {hap_id}")

    async def close(self) -> None:
        self._watch.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._watch
        await self.link.shut()

    async def moved(self, host: str, port: int) -> bool:
        """Told where it is; whether that was news.

        A connection that works is left alone, whatever a stranger announces. One in the making is
        given up: aiohomekit may wait half a minute for the old address, and cannot reopen.
        """
        old, place = self.link, {"AccessoryIP": host, "AccessoryIPs": [host], "AccessoryPort": port}
        if old.record.items() >= place.items():
            return False
        if old.up:
            old.record.update(place)
            old.connection.hosts, old.connection.port = [host], port
        else:
            record = {**old.record, **place}
            self.link = Link(self._controller, record, self._heard, self._called.set)
            self._opened = 0
            await old.shut()
        return True

    @property
    def devices(self) -> tuple[Device, ...]:
        return tuple(unit.device for unit in self._units.values())

    async def open(self) -> tuple[Device, ...]:
        """Ask for everything, subscribe, and publish it. Raises Unreachable, Forgotten."""
        async with self._opening:
            answer = await self.link.database(self.name)
            generation = self.link.generation
            self._take_in(answer)
            pushing = (
                (unit.aid, iid)
                for unit in self._units.values()
                for iid, c in unit.watched.items()
                if c.pushes
            )
            await self.link.subscribe_to(self.name, pushing)
            self._opened = generation
            self._last_pulse = 0.0  # a bridge lists those behind it that are gone, too: ask soon
            self._away.clear()
        self._publish(Found(self.devices))
        for unit in self._units.values():
            self._tell(unit)
        return self.devices

    def _take_in(self, answer: Mapping[str, object]) -> None:
        try:
            accessories = list(parse(answer))
        except NONSENSE as error:
            raise Unreachable(f"{self.name} answers, but makes no sense.") from error
        found = {u.device.id: u for u in all_units(self._hap_id, accessories)}
        gone = self._units.keys() - found.keys()
        self._units = found
        self._values = {a.aid: a.values() for a in accessories}
        if gone:
            self._publish(Away(tuple(gone)))

    # Asking and telling --------------------------------------------------------------------

    async def read(self, device: str) -> State:
        """Its state, asked for now. Raises Unreachable, UnknownDevice."""
        unit = self._unit(device)
        with self._losing(unit):
            rows = await self.link.fetch(unit.device.name, [(unit.aid, i) for i in unit.watched])
            failed = [row.get("status") for row in rows.values() if row.get("status")]
            if failed and len(failed) == len(rows):
                raise Unreachable(str(verdict(failed[0], unit.device.name)))
        self._learn(rows)
        self._welcome(unit)
        return unit.state({i: self._values[unit.aid].get(i) for i in unit.watched})

    async def apply(self, device: str, command: Capability) -> None:
        """Raises Unreachable, Refused, Unsupported, UnknownDevice."""
        unit = self._unit(device)
        if command.overtakes:  # where it is by now, and not when it told last
            with contextlib.suppress(DeviceError):
                await self.read(device)
        writes = unit.writes(command, self._values.get(unit.aid, {}))
        timed = any(c.timed for c, _ in writes)
        values: dict[Where, object] = {(unit.aid, c.iid): value for c, value in writes}
        with self._losing(unit):
            for row in (await self.link.put(unit.device.name, values, timed)).values():
                raise verdict(row["status"], unit.device.name)
        self._welcome(unit)

    def _unit(self, device: str) -> Unit:
        unit = self._units.get(device)
        if unit is None:
            if not self.link.up:
                raise Unreachable(f"{self.name} cannot be reached.")
            raise UnknownDevice(f"{self.name} has no {device!r}.")
        return unit

    @contextlib.contextmanager
    def _losing(self, unit: Unit) -> Generator[None]:
        try:
            yield
        except Unreachable:
            self._lose([unit])
            raise

    # What is heard -------------------------------------------------------------------------

    def _heard(self, told: Sequence[Rows]) -> None:
        """The accessory pushed these, one after another. In which order is but a custom, so
        what was told twice is asked for as well."""
        for rows in told:
            self._news(rows)
        if len(told) > 1:
            self._doubted.update(*told[1:])
            self._called.set()

    def _news(self, rows: Rows) -> None:
        self._learn(rows)
        for unit in self._units.values():
            told = (iid for (aid, iid), row in rows.items() if aid == unit.aid and "value" in row)
            touched = [iid for iid in told if iid in unit.watched]
            if touched:
                self._away.discard(unit.device.id)
                self._tell(unit, touched)

    def _learn(self, rows: Rows) -> None:
        for (aid, iid), row in rows.items():
            if "value" in row:
                self._values.setdefault(aid, {})[iid] = row["value"]

    def _tell(self, unit: Unit, touched: Iterable[int] | None = None) -> None:
        state = unit.state(self._values.get(unit.aid, {}), touched)
        if state:
            self._publish(Update(unit.device.id, state, whole=touched is None))

    def _lose(self, lost: Iterable[Unit]) -> None:
        news = [u.device.id for u in lost if u.device.id not in self._away]
        if news:
            self._away.update(news)
            self._publish(Away(tuple(news)))

    def _welcome(self, unit: Unit) -> None:
        if unit.device.id in self._away:
            self._away.discard(unit.device.id)
            self._publish(Found((unit.device,)))

    # Keeping watch -------------------------------------------------------------------------

    async def _keep_watch(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_S):
                    await self._called.wait()
            self._called.clear()
            try:
                await self._look()
            except DeviceError as error:
                log.debug("%s: %s", self._hap_id, error)
            except Exception:  # the watch must outlive a fault in it
                log.exception("watching %s", self._hap_id)

    async def _look(self) -> None:
        now = asyncio.get_running_loop().time()
        due = now - self._last_pulse >= self._pulse_s
        if self.link.up:
            self._down_since = None
            if self._opened != self.link.generation:
                if not self._opening.locked():
                    await self.open()
                return
            if self._doubted:
                doubted, self._doubted = self._doubted, set()
                self._news(await self.link.fetch(self.name, doubted))
            if due:
                await self._pulse()
            return
        self._down_since = self._down_since or now
        if now - self._down_since >= GRACE_S:
            self._lose(self._units.values())
        if due:
            self._last_pulse = now
            self.link.hurry()

    async def _pulse(self) -> None:
        """Ask one thing of each device, each time the next: bridges do not tell when one behind
        them is gone, and an event may be lost."""
        signs = {u.device.id: (u.aid, _nth(u.watched, self._pulses)) for u in self._units.values()}
        self._pulses += 1
        self._last_pulse = asyncio.get_running_loop().time()
        rows = await self.link.fetch(self.name, signs.values())
        self._learn(rows)
        for device, where in signs.items():
            unit = self._units.get(device)
            if unit is None:  # told anew while it was asked
                continue
            if rows.get(where, {}).get("status"):
                await self._is_lost(unit)
            elif device in self._away:
                await self.read(device)
                self._tell(unit)
            else:
                self._tell(unit, [where[1]])

    async def _is_lost(self, unit: Unit) -> None:
        """Whether all of it fails, and not one value alone."""
        if unit.device.id not in self._away:
            with contextlib.suppress(Unreachable):
                await self.read(unit.device.id)


def _nth(watched: Iterable[int], number: int) -> int:
    """One of the characteristics after the other, and again."""
    turns = list(watched)
    return turns[number % len(turns)]
