"""DNS service discovery (RFC 6763) over mDNS: one browser that all drivers share."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from types import TracebackType
from typing import Self

from zeroconf import DNSQuestionType, Error, IPVersion, ServiceStateChange, Zeroconf
from zeroconf.asyncio import AsyncServiceBrowser, AsyncServiceInfo, AsyncZeroconf

from devices.device import Announcement
from devices.discovery.limits import cap, cap_properties

log = logging.getLogger(__name__)

ENUMERATION = "_services._dns-sd._udp.local."  # RFC 6763 section 9: asks for every type there is

SERVICE_TYPES = tuple(
    f"{name}.local."
    for name in (
        # lights, switches, shades, climate, many at once
        "_hap._tcp", "_hap._udp", "_matter._tcp", "_matterc._udp", "_hue._tcp", "_esphomelib._tcp",
        "_shelly._tcp", "_wled._tcp", "_elg._tcp", "_nanoleafapi._tcp", "_lutron._tcp",
        "_powerview._tcp", "_powerview-g3._tcp", "_kizboxdev._tcp", "_dkapi._tcp",
        # sound and pictures
        "_sonos._tcp", "_googlecast._tcp", "_airplay._tcp", "_raop._tcp", "_spotify-connect._tcp",
        "_heos-audio._tcp", "_musc._tcp", "_axis-video._tcp",
        # hubs and the rest
        "_mqtt._tcp", "_home-assistant._tcp", "_zwave-js-server._tcp", "_ipp._tcp", "_http._tcp",
    )
)  # fmt: skip
"""Asked for by name, since not every device answers the enumeration."""

QUESTION = DNSQuestionType.QM
"""Answers by multicast: a unicast one reaches only one of those who share port 5353 here."""

RESOLVE_S = 3.0
MAX_TYPES = 200  # a home has some thirty; more is a flood
MAX_RESOLVING = 256


class MdnsBrowser:
    """Tells every service instance that appears or changes, resolved to an address.

    ``hear`` gets the announcement, ``forget`` the type and name of one that took its leave; both
    are called on the event loop.
    """

    def __init__(
        self,
        zeroconf: AsyncZeroconf,
        hear: Callable[[Announcement], None],
        forget: Callable[[str, str], None],
    ) -> None:
        self._zeroconf = zeroconf
        self._hear = hear
        self._forget = forget
        self._types: set[str] = set()
        self._browsers: list[AsyncServiceBrowser] = []
        self._resolving: dict[str, asyncio.Task[None]] = {}

    async def __aenter__(self) -> Self:
        await self._zeroconf.zeroconf.async_wait_for_start()
        self._browse([ENUMERATION, *SERVICE_TYPES])
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self._stop_browsing()
        tasks = list(self._resolving.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def ask_again(self) -> None:
        """Start anew, as on another network; all that is known and still there is told again."""
        await self._stop_browsing()
        self._browse(list(self._types))

    async def _stop_browsing(self) -> None:
        while self._browsers:
            await self._browsers.pop().async_cancel()

    def _browse(self, types: list[str]) -> None:
        browser = AsyncServiceBrowser(
            self._zeroconf.zeroconf, types, handlers=[self._on_change], question_type=QUESTION
        )
        self._browsers.append(browser)
        self._types.update(types)

    def _on_change(
        self, zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange
    ) -> None:
        if service_type == ENUMERATION:
            self._on_type(name)
        elif state_change is ServiceStateChange.Removed:
            self._forget(service_type, instance_name(service_type, name))
        elif name not in self._resolving and len(self._resolving) < MAX_RESOLVING:
            task = asyncio.create_task(self._resolve(service_type, name), name=f"resolve {name!r}")
            self._resolving[name] = task
            task.add_done_callback(lambda _: self._resolving.pop(name, None))

    def _on_type(self, service_type: str) -> None:
        if service_type in self._types or len(self._types) >= MAX_TYPES:
            return
        try:
            self._browse([service_type])
        except Error as error:  # zeroconf's root; BadTypeInNameException for one
            log.debug("A service type nobody can ask for, %r: %s", cap(service_type), error)

    async def _resolve(self, service_type: str, name: str) -> None:
        try:
            info = AsyncServiceInfo(service_type, name)
            asking = info.async_request(self._zeroconf.zeroconf, RESOLVE_S * 1000, QUESTION)
            if not await asking:
                log.debug("%r does not say where it is", cap(name))
                return
        except Error as error:
            log.debug("%r cannot be resolved: %s", cap(name), error)
            return
        heard = announcement(info)
        if heard is not None:
            self._hear(heard)


def announcement(info: AsyncServiceInfo) -> Announcement | None:
    """What a resolved service says of itself, IPv4 first; None while it has no address."""
    addresses = info.parsed_scoped_addresses(IPVersion.V4Only)
    addresses += info.parsed_scoped_addresses(IPVersion.V6Only)
    if not addresses:
        return None
    return Announcement(
        source="mdns",
        service=info.type,
        name=cap(instance_name(info.type, info.name)),
        host=addresses[0],
        port=info.port or 0,
        properties=cap_properties(
            {key: value or "" for key, value in info.decoded_properties.items()}
        ),
    )


def instance_name(service_type: str, name: str) -> str:
    """``Porch`` of ``Porch._hue._tcp.local.``"""
    return name.removesuffix("." + service_type)
