"""The encrypted connection to one paired accessory or bridge."""

from __future__ import annotations

import asyncio
import functools
import itertools
import logging
import secrets
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, ClassVar, TypeVar, cast

from aiohomekit.controller.abstract import AbstractPairingData
from aiohomekit.controller.ip.controller import IpController
from aiohomekit.controller.ip.pairing import IpPairing, format_characteristic_list
from aiohomekit.exceptions import (
    AccessoryDisconnectedError,
    AuthenticationError,
    HomeKitException,
    HttpErrorResponse,
    InvalidError,
    ProtocolError,
)

from devices.device import Unreachable
from devices.drivers.homekit.words import NONSENSE, plainly

log = logging.getLogger(__name__)

Where = tuple[int, int]  # accessory id, instance id
Rows = Mapping[Where, Mapping[str, Any]]  # value or status of each characteristic

R = TypeVar("R")

CONNECT_LOOK_S = 0.2
SETTLE_S = 0.05  # asyncio tells of a connection's end a moment after it ended
PER_REQUEST = 48  # ids in one GET; some accessories cannot take a longer line
TIMED_WRITE_MS = 2500


class Link(IpPairing):
    """aiohomekit's pairing, less its echo: it reports its own writes as if the accessory had.

    Here only what came over the wire is heard. Requests raise Unreachable and Refused; a request
    that loses the connection is sent once more, which is harmless: all of them are absolute.
    """

    connect_s: ClassVar[float] = 3.0
    answer_s: ClassVar[float] = 5.0  # connecting included
    database_s: ClassVar[float] = 10.0  # a bridge may have much to tell

    def __init__(
        self,
        controller: IpController,
        record: Mapping[str, object],
        heard: Callable[[Sequence[Rows]], None],
        made: Callable[[], None],
    ) -> None:
        """``heard`` gets what an event tells, oldest first; ``made``: there is a connection."""
        self.record = dict(record)
        super().__init__(controller, cast(AbstractPairingData, self.record))
        self.generation = 0  # how many were; events end with the connection they were asked on
        self._heard, self._made = heard, made
        self._exchanges: set[asyncio.Task[Any]] = set()

    def event_received(self, event: dict[str, Any]) -> None:
        try:
            self._heard(_one_after_another(event))
        except NONSENSE as error:
            log.debug("%s pushed what makes no sense: %r", self.id, error)

    async def connection_made(self, secure: bool) -> None:
        if secure:
            self.generation += 1
            self._made()

    @property
    def up(self) -> bool:
        return bool(self.is_connected)

    def hurry(self) -> None:
        """Try to connect now rather than later; not where the accessory does not know us."""
        if not isinstance(self.connection.last_connector_error, AuthenticationError):
            self.connection.reconnect_soon()

    async def database(self, who: str) -> dict[str, Any]:
        """Everything there is behind it, with values (``GET /accessories``)."""
        get = self.connection.get_json
        return await self._ask(who, lambda: get("/accessories"), self.database_s)

    async def fetch(self, who: str, wanted: Iterable[Where]) -> Rows:
        """What these characteristics are now, as the accessory says."""
        rows: dict[Where, Mapping[str, Any]] = {}
        for some in _batches(wanted, PER_REQUEST):
            rows.update(await self._ask(who, functools.partial(self._get, some)))
        return rows

    async def _get(self, some: Sequence[Where]) -> Rows:
        ids = ",".join(f"{aid}.{iid}" for aid, iid in some)
        answer = await self.connection.get_json(f"/characteristics?id={ids}")
        return format_characteristic_list(answer, set(some))

    async def put(self, who: str, writes: Mapping[Where, object], timed: bool = False) -> Rows:
        """Write values; the rows are those that failed, with their status."""
        rows = [{"aid": aid, "iid": iid, "value": v} for (aid, iid), v in writes.items()]
        body: dict[str, Any] = {"characteristics": rows}

        async def send() -> Rows:
            if timed:  # HAP R2, 6.7.2.4: announce the write, then make it in time
                body["pid"] = secrets.randbits(53)
                ticket = {"ttl": TIMED_WRITE_MS, "pid": body["pid"]}
                await self.connection.put_json("/prepare", ticket)
            return await self._put(body, set(writes))

        return await self._ask(who, send)

    async def subscribe_to(self, who: str, wanted: Iterable[Where]) -> None:
        """Ask for events of these; what refuses is left to be read."""
        for _, group in itertools.groupby(sorted(wanted), key=lambda where: where[0]):
            rows = [{"aid": aid, "iid": iid, "ev": True} for aid, iid in group]
            send = functools.partial(self._put, {"characteristics": rows})
            if refused := await self._ask(who, send):
                log.debug("%s pushes nothing of %s", who, sorted(refused))

    async def _put(self, body: dict[str, Any], wanted: set[Where] | None = None) -> Rows:
        """The rows that failed; all ``wanted`` where the answer is one failure for all."""
        answer = await self.connection.put_json("/characteristics", body)
        rows = format_characteristic_list(answer, wanted)
        return {where: row for where, row in rows.items() if row.get("status")}

    async def _ask(
        self, who: str, send: Callable[[], Awaitable[R]], deadline_s: float | None = None
    ) -> R:
        """One exchange. A caller that gives up leaves it to end in its own time: an exchange cut
        short takes the connection with it, and that is everybody's behind the bridge."""
        exchange = asyncio.create_task(self._exchange(who, send, deadline_s or self.answer_s))
        self._exchanges.add(exchange)
        exchange.add_done_callback(self._ended)
        try:
            return await asyncio.shield(exchange)
        except asyncio.CancelledError:
            if exchange.cancelled():  # by ``shut``, not by the caller
                raise Unreachable(f"{who} is being closed.") from None
            raise

    def _ended(self, exchange: asyncio.Task[Any]) -> None:
        self._exchanges.discard(exchange)
        if not exchange.cancelled():
            exchange.exception()  # seen, even where the caller has gone

    async def _exchange(self, who: str, send: Callable[[], Awaitable[R]], deadline_s: float) -> R:
        async with plainly(who, deadline_s):
            self.hurry()
            await self._connected()
            try:
                return await send()
            except HttpErrorResponse:
                raise
            except AccessoryDisconnectedError:
                log.debug("%s: the connection was lost under a request", self.id)
            await asyncio.sleep(SETTLE_S)
            await self._connected()
            return await send()

    async def _connected(self) -> None:
        """Connected, or in words why not: aiohomekit tries for ever, even where it was told no."""
        if self.up:
            return
        connecting = asyncio.ensure_future(self.connection.ensure_connection())
        ends = asyncio.get_running_loop().time() + self.connect_s
        try:
            while not (await asyncio.wait([connecting], timeout=CONNECT_LOOK_S))[0]:
                if asyncio.get_running_loop().time() >= ends:
                    raise TimeoutError
                match self.connection.last_connector_error:
                    case InvalidError() as error:  # asked to prove itself, it did not even try
                        raise AuthenticationError("pair verify") from error
                    case ProtocolError() as error:
                        raise error
                    case _:
                        pass
            if connecting.cancelled():
                raise AccessoryDisconnectedError("given up for another address")
            await connecting
        finally:
            connecting.cancel()

    async def shut(self) -> None:
        for exchange in list(self._exchanges):
            exchange.cancel()
        # aiohomekit raises the error of its last attempt to connect once more when closing.
        with suppress(HomeKitException):
            await self.shutdown()


def _one_after_another(event: Mapping[str, Any]) -> list[Rows]:
    """What an event tells, oldest first; no characteristic stands twice in one of the parts.

    One that changed twice may stand twice in an event, the newest first: so Apple's controllers
    read it, and hap-nodejs writes it.
    """
    told: list[dict[Where, Mapping[str, Any]]] = [{}]
    for row in reversed(event["characteristics"]):
        for where, news in format_characteristic_list({"characteristics": [row]}).items():
            if where in told[-1]:
                told.append({})
            told[-1][where] = news
    return [*told]


def _batches(wanted: Iterable[Where], size: int) -> Iterator[Sequence[Where]]:
    left = iter(wanted)
    while some := list(itertools.islice(left, size)):
        yield some
