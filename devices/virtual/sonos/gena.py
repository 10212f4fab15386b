"""Events of one player: SUBSCRIBE, renewal, NOTIFY (UPnP Device Architecture 1.0, section 4)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from time import monotonic
from urllib.parse import urlsplit
from uuid import uuid4

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from devices.virtual.sonos.soap import Service, text

_log = logging.getLogger(__name__)
_LONGEST_S = 3600
_BACKLOG = 64


class Subscriber:
    """One client's subscription to one service; a task of its own keeps its events in order."""

    def __init__(self, callback: str, lasts_s: int) -> None:
        self.sid = f"uuid:RINCON_{uuid4().hex.upper()}"
        self.callback = callback
        self.pending: asyncio.Queue[Mapping[str, str]] = asyncio.Queue(_BACKLOG)
        self.renew(lasts_s)

    def renew(self, lasts_s: int) -> None:
        self.lasts_s = lasts_s
        self._until = monotonic() + lasts_s

    @property
    def expired(self) -> bool:
        return monotonic() > self._until

    async def deliver(self, session: ClientSession, silent: Callable[[], bool]) -> None:
        """Send what is pending, one after the other, until cancelled."""
        sequence = 0
        while True:
            variables = await self.pending.get()
            if silent():
                continue
            headers = {
                "NT": "upnp:event", "NTS": "upnp:propchange", "SID": self.sid, "SEQ": str(sequence),
                "Content-Type": 'text/xml; charset="utf-8"',
            }  # fmt: skip
            sequence += 1
            try:
                request = session.request(
                    "NOTIFY", self.callback, data=_property_set(variables), headers=headers
                )
                async with request:
                    pass
            except (ClientError, TimeoutError) as error:
                _log.debug("no delivery to %s: %s", self.callback, error)


class Events:
    """Every subscription to one player."""

    def __init__(self, silent: Callable[[], bool]) -> None:
        self._silent = silent
        self._subscribers: dict[str, dict[str, Subscriber]] = {}  # service -> sid -> subscriber
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._session: ClientSession | None = None

    async def open(self) -> None:
        self._session = ClientSession(timeout=ClientTimeout(total=3))

    async def close(self) -> None:
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        self._tasks.clear()
        self._subscribers.clear()
        if self._session is not None:
            await self._session.close()
            self._session = None

    def publish(self, service: str, variables: Mapping[str, str]) -> None:
        """Tell every subscriber of that service; one that cannot keep up loses the event."""
        for subscriber in list(self._subscribers.get(service, {}).values()):
            if subscriber.expired:
                self._drop(service, subscriber.sid)
            elif not subscriber.pending.full():
                subscriber.pending.put_nowait(variables)

    async def subscribe(self, service: Service, request: web.Request) -> web.Response:
        """SUBSCRIBE: a new one, whose first event tells everything, or a renewal."""
        lasts_s = _seconds(request.headers.get("TIMEOUT", ""))
        known = self._subscribers.setdefault(service.name, {})
        if sid := request.headers.get("SID"):
            renewed = known.get(sid)
            if renewed is None or renewed.expired:
                return web.Response(status=412)
            renewed.renew(lasts_s)
            return _granted(renewed)
        callback = request.headers.get("CALLBACK", "").partition("<")[2].partition(">")[0]
        if request.headers.get("NT") != "upnp:event" or not _on_loopback(callback):
            return web.Response(status=412)
        subscriber = Subscriber(callback, lasts_s)
        response = _granted(subscriber)
        await response.prepare(request)
        await response.write_eof()  # the answer goes first: the client must know the SID
        if self._session is not None:
            known[subscriber.sid] = subscriber
            subscriber.pending.put_nowait(service.evented())
            deliver = subscriber.deliver(self._session, self._silent)
            self._tasks[subscriber.sid] = asyncio.create_task(deliver, name=f"notify {callback}")
        return response

    def unsubscribe(self, service: Service, request: web.Request) -> web.Response:
        sid = request.headers.get("SID", "")
        if sid not in self._subscribers.get(service.name, {}):
            return web.Response(status=412)
        self._drop(service.name, sid)
        return web.Response()

    def _drop(self, service: str, sid: str) -> None:
        self._subscribers[service].pop(sid)
        self._tasks.pop(sid).cancel()


def _granted(subscriber: Subscriber) -> web.Response:
    return web.Response(
        headers={"SID": subscriber.sid, "TIMEOUT": f"Second-{subscriber.lasts_s}",
                 "Server": "Linux UPnP/1.0 Sonos/83.1-61210 (ZPS18)"}
    )  # fmt: skip


def _seconds(header: str) -> int:
    asked = header.lower().removeprefix("second-")
    return min(int(asked), _LONGEST_S) if asked.isascii() and asked.isdigit() else _LONGEST_S


def _on_loopback(url: str) -> bool:
    """The virtual house speaks to nobody else."""
    try:
        return ip_address(urlsplit(url).hostname or "").is_loopback
    except ValueError:
        return False


def _property_set(variables: Mapping[str, str]) -> bytes:
    inner = "".join(
        f"<e:property><{name}>{text(value)}</{name}></e:property>"
        for name, value in variables.items()
    )
    return (
        '<?xml version="1.0"?><e:propertyset xmlns:e="urn:schemas-upnp-org:event-1-0">'
        f"{inner}</e:propertyset>"
    ).encode()
