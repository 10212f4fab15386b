"""What is on the LAN: mDNS, SSDP, WS-Discovery and light probes, told as announcements."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Iterable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from ipaddress import ip_address
from types import TracebackType
from typing import Self

import ifaddr
from zeroconf import Error
from zeroconf.asyncio import AsyncZeroconf

from devices.device import Announcement
from devices.discovery import probes
from devices.discovery.limits import cap
from devices.discovery.mdns import MdnsBrowser
from devices.discovery.multicast import Searcher
from devices.discovery.ssdp import ROOT_DEVICE, SSDP
from devices.discovery.wsd import WSD

log = logging.getLogger(__name__)

FIRST_S = (0.0, 0.5, 1.5, 3.0)  # pauses: quickly at first, since UDP is lossy
SEARCH_EVERY_S = 180.0
MISSED_S = (5.0, 10.0, 20.0, 40.0, 80.0)  # pauses after the search for who went away: it may boot
CALM_S = 10.0  # between two such, however many come and go
REPEAT_S = 60.0  # what has not changed is told again no sooner: it may have come back
ROOT_WAIT_S = 1.0  # how long a bare root device may still turn out to be something better
NETWORK_S = 10.0  # how often it looks whether this machine's addresses have changed
SILENT_S = 3.5 * SEARCH_EVERY_S
MAX_KNOWN = 2000  # beyond it what was heard longest ago is forgotten
MAX_DESCRIBING = 4
MAX_TASKS = 200  # beyond it what is heard goes undescribed, until it is heard again

Key = tuple[str, str, str]  # source, service, name


@dataclass(frozen=True)
class _Known:
    heard: Announcement
    at: float  # when it was heard last
    told: float  # when it was passed on last


@dataclass(frozen=True)
class _Description:
    told: dict[str, str]  # nothing while it has not answered
    asked: float


class Discovery:
    """Hears the LAN for as long as its context is open, and tells ``hear`` on the event loop.

    ``interfaces`` are local IPv4 addresses; None: every one but loopback, followed as they change.
    Without a ``zeroconf`` it makes its own. The same thing is told again when it changes and, at
    most once a minute, when it is heard again; so ``hear`` has to be idempotent. A ``hear`` that
    fails is logged.
    """

    def __init__(
        self,
        zeroconf: AsyncZeroconf | None,
        interfaces: Sequence[str] | None,
        hear: Callable[[Announcement], None] = lambda _: None,
    ) -> None:
        self._zeroconf = zeroconf
        self._follows_network = interfaces is None
        self._interfaces = lan_addresses() if interfaces is None else list(interfaces)
        self._hear = hear
        self._known: dict[Key, _Known] = {}  # what was heard last stands last
        self._described: dict[str, _Description] = {}  # by location; asked last stands last
        self._describing = asyncio.Semaphore(MAX_DESCRIBING)
        self._tasks: set[asyncio.Task[None]] = set()
        self._searchers: list[Searcher] = []
        self._missed = asyncio.Event()
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            zeroconf = self._zeroconf
            if zeroconf is None:
                zeroconf = AsyncZeroconf(interfaces=self._interfaces)
                stack.push_async_callback(zeroconf.async_close)
            stack.push_async_callback(self._drain)  # once nothing is heard any more
            for language, hear in ((SSDP, self._on_ssdp), (WSD, self._on_heard)):
                searcher = Searcher(language, self._interfaces, hear)
                self._searchers.append(await stack.enter_async_context(searcher))
            browser = MdnsBrowser(zeroconf, self._on_heard, self._forget)
            self._mdns = await stack.enter_async_context(browser)
            self._start(self._keep_searching(), "search")
            if self._follows_network:
                self._start(self._follow_network(zeroconf), "network watch")
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
    def known(self) -> list[Announcement]:
        """What is there. mDNS says who is gone; elsewhere it is who has long been silent."""
        silent_since = time.monotonic() - SILENT_S
        return [
            known.heard
            for known in self._known.values()
            if known.heard.source == "mdns" or known.at > silent_since
        ]

    def miss(self) -> None:
        """Something is gone: search for it now, and then less and less often."""
        self._missed.set()

    async def scan(self, seconds: float, *, probe: bool = False) -> list[Announcement]:
        """Search, listen that long, and tell all that is there.

        With ``probe`` the silent neighbours are knocked at too, lightly: that takes a few seconds
        more.
        """
        self._search()
        await asyncio.sleep(seconds)
        found = self.known
        if probe:
            spoken = {heard.host for heard in found}
            silent = [n for n in probes.neighbours() if n.host not in spoken]
            found += [heard for heard in await self._knock(silent) if heard is not None]
        return found

    async def _knock(self, silent: Sequence[probes.Neighbour]) -> list[Announcement | None]:
        async def one(neighbour: probes.Neighbour) -> Announcement | None:
            async with self._describing:
                return await probes.probe(neighbour)

        return await asyncio.gather(*(one(neighbour) for neighbour in silent))

    # Hearing ---------------------------------------------------------------------------------

    def _on_ssdp(self, heard: Announcement) -> None:
        if heard.service != ROOT_DEVICE:
            self._on_upnp(heard)
        elif len(self._tasks) < MAX_TASKS:
            self._start(self._on_root_device(heard), f"wait for {heard.name!r}")

    async def _on_root_device(self, heard: Announcement) -> None:
        """Told only where its type was not: every device answers as a root device as well."""
        await asyncio.sleep(ROOT_WAIT_S)
        typed = (k for k in self.known if k.source == "ssdp" and k.name == heard.name)
        if all(k.service == ROOT_DEVICE for k in typed):
            self._on_upnp(heard)

    def _on_upnp(self, heard: Announcement) -> None:
        location = probes.describable(heard)
        known = self._described.get(location)
        told = known.told if known else {}
        now = time.monotonic()
        due = known is None or (not told and now - known.asked >= REPEAT_S)
        if location and due and len(self._tasks) < MAX_TASKS:
            self._described.pop(location, None)
            if len(self._described) >= MAX_KNOWN:
                del self._described[next(iter(self._described))]
            self._described[location] = _Description({}, now)
            self._start(self._describe(heard, location), f"describe {heard.name!r}")
        self._on_heard(replace(heard, properties={**heard.properties, **told}))

    async def _describe(self, heard: Announcement, location: str) -> None:
        async with self._describing:
            told = await probes.describe(location)
        if told and location in self._described:
            self._described[location] = replace(self._described[location], told=told)
            self._on_upnp(heard)

    def _on_heard(self, heard: Announcement) -> None:
        if not may_be_at(heard.host, self._interfaces):
            log.debug("%r claims to be at %s", cap(heard.name), heard.host)
            return
        key = (heard.source, heard.service, heard.name)
        now = time.monotonic()
        old = self._known.pop(key, None)
        if old is None and len(self._known) >= MAX_KNOWN:
            del self._known[next(iter(self._known))]
        if old is not None and old.heard == heard and now - old.told < REPEAT_S:
            self._known[key] = replace(old, at=now)
            return
        self._known[key] = _Known(heard, now, now)
        try:
            self._hear(heard)
        except Exception:  # a listener's fault must not make us deaf
            log.exception("Telling of %r failed", key)

    def _forget(self, service: str, name: str) -> None:
        self._known.pop(("mdns", service, name), None)

    # Searching -------------------------------------------------------------------------------

    async def _keep_searching(self) -> None:
        pauses, calm_at = iter(FIRST_S), 0.0
        while True:
            try:
                async with asyncio.timeout(next(pauses, SEARCH_EVERY_S)):
                    await self._missed.wait()
            except TimeoutError:
                pass
            else:
                await asyncio.sleep(calm_at - time.monotonic())
                self._missed.clear()
                pauses, calm_at = iter(MISSED_S), time.monotonic() + CALM_S
            self._search()

    def _search(self) -> None:
        for searcher in self._searchers:
            searcher.search()

    async def _follow_network(self, zeroconf: AsyncZeroconf) -> None:
        """Cables are plugged in, and addresses given out, after we have started."""
        while True:
            await asyncio.sleep(NETWORK_S)
            addresses = lan_addresses()
            if set(addresses) == set(self._interfaces):
                continue
            before, self._interfaces = self._interfaces, addresses
            try:
                await zeroconf.async_update_interfaces(addresses)
                await self._mdns.ask_again()
                for searcher in self._searchers:
                    await searcher.move(addresses)
            except (OSError, Error) as error:
                log.warning("Discovery cannot use %s yet: %s", ", ".join(addresses), error)
                self._interfaces = before
                continue
            log.info("Discovery uses %s now", ", ".join(addresses) or "no network")
            self._search()

    def _start(self, work: Coroutine[None, None, None], name: str) -> None:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drain(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def may_be_at(host: str, interfaces: Iterable[str]) -> bool:
    """Whether something heard on these interfaces can be at that address.

    Nobody on the LAN may point us at this machine itself; and a house on loopback, such as the
    demo's, has nothing to do with the LAN, though the kernel lets it overhear.
    """
    try:
        address = ip_address(host)
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    if address.is_unspecified or address.is_multicast:
        return False
    return any(ip_address(own).is_loopback == address.is_loopback for own in interfaces)


def lan_addresses() -> list[str]:
    """This machine's IPv4 addresses, loopback excepted."""
    addresses = [ip.ip for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4]
    return [ip for ip in addresses if isinstance(ip, str) and not ip.startswith("127.")]
