"""The Hue driver: which announcements are bridges, pairing, and which bridge has which device."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Sequence
from types import TracebackType
from typing import ClassVar, Self
from weakref import WeakValueDictionary

from devices.capabilities import Capability, State
from devices.device import Announcement, Device, NeedsPairing, UnknownDevice
from devices.driver import Hub
from devices.drivers.hue.connection import (
    PRESS_THE_BUTTON,
    Address,
    CertificateChanged,
    KeyRejected,
    Pairing,
    pair_with,
)
from devices.drivers.hue.link import Link

MDNS_TYPE = "_hue._tcp.local."
SSDP_TARGET = "urn:schemas-upnp-org:device:basic:1"
BRIDGE_ID = re.compile(r"[0-9a-f]{16}")
HTTP_PORT, HTTPS_PORT = 80, 443
KEY_LEFT = "The key that I had stays on the bridge until you remove Dobby in the Hue app."


class Hue:
    """Bridges over CLIP v2. Devices are ``hue:<bridge id>/<resource id>``.

    The vault keeps, by ``hue:<bridge id>``, our key and the SHA-256 of the bridge's certificate.
    """

    family: ClassVar[str] = "hue"
    services: ClassVar[frozenset[str]] = frozenset({MDNS_TYPE, SSDP_TARGET})

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._links: dict[str, Link] = {}
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        async with contextlib.AsyncExitStack() as stack:
            while self._links:
                stack.push_async_callback(self._links.popitem()[1].close)

    def recognises(self, heard: Announcement) -> bool:
        """By mDNS type or, in SSDP, by the header that only Hue bridges send."""
        return _bridge_id(heard) is not None

    async def identify(self, heard: Announcement) -> Sequence[Device]:
        bridge_id, address = _bridge(heard)
        async with self._turn(bridge_id):
            link = self._links.get(bridge_id)
            # Announcements are unsigned: a bridge that answers where it was has not moved.
            if link and link.connected and (link.address == address or await link.answers()):
                link.remind()  # whoever identifies takes all that is returned for present
                return link.devices
            return await self._connect(bridge_id, address, await self._pairing(bridge_id))

    async def pair(self, heard: Announcement, pin: str | None) -> Sequence[Device]:
        bridge_id, address = _bridge(heard)
        async with self._turn(bridge_id):
            pairing = await pair_with(address, bridge_id, f"The Hue bridge {bridge_id[-6:]}")
            kept: dict[str, object] = {
                "app_key": pairing.app_key,
                "certificate": pairing.certificate.hex(),
            }
            await self._hub.vault.save(f"hue:{bridge_id}", kept)
            return await self._connect(bridge_id, address, pairing)

    async def forget(self, heard: Announcement) -> str:
        bridge_id, _ = _bridge(heard)
        async with self._turn(bridge_id):
            if link := self._links.pop(bridge_id, None):
                await link.close()
            await self._hub.vault.drop(f"hue:{bridge_id}")
        return KEY_LEFT

    async def read(self, device: str) -> State:
        return await self._link(device).read(device)

    async def apply(self, device: str, command: Capability) -> None:
        """A value other than darkness also switches a light on; brightness 0 switches it off."""
        await self._link(device).apply(device, command)

    def _turn(self, bridge_id: str) -> asyncio.Lock:
        """One at a time with each bridge."""
        return self._turns.setdefault(bridge_id, asyncio.Lock())

    async def _connect(
        self, bridge_id: str, address: Address, pairing: Pairing
    ) -> Sequence[Device]:
        """Replace the link, once the new one has proved itself."""
        link = Link(self._hub, bridge_id, address, pairing)
        try:
            await link.open()
        except (KeyRejected, CertificateChanged) as error:
            raise NeedsPairing("button", f"{error} {PRESS_THE_BUTTON}") from error
        if old := self._links.pop(bridge_id, None):
            await old.close()
        self._links[bridge_id] = link
        return link.devices

    async def _pairing(self, bridge_id: str) -> Pairing:
        kept = await self._hub.vault.load(f"hue:{bridge_id}")
        try:
            if kept is not None:
                return Pairing(str(kept["app_key"]), bytes.fromhex(str(kept["certificate"])))
        except (KeyError, ValueError) as error:
            raise NeedsPairing(
                "button", f"What I kept of this bridge is unreadable. {PRESS_THE_BUTTON}"
            ) from error
        raise NeedsPairing("button", PRESS_THE_BUTTON)

    def _link(self, device: str) -> Link:
        link = self._links.get(device.partition(":")[2].partition("/")[0])
        if link is None:
            raise UnknownDevice(f"I know no device {device!r}.")
        return link


def _bridge_id(heard: Announcement) -> str | None:
    properties = {name.casefold(): value for name, value in heard.properties.items()}
    said = properties.get("bridgeid" if heard.service == MDNS_TYPE else "hue-bridgeid", "")
    return said.lower() if BRIDGE_ID.fullmatch(said.lower()) else None


def _bridge(heard: Announcement) -> tuple[str, Address]:
    bridge_id = _bridge_id(heard)
    if bridge_id is None:
        raise UnknownDevice("That is not a Hue bridge.")
    # SSDP points to the bridge's plain web page; its interface is beside it, on HTTPS.
    port = HTTPS_PORT if heard.port == HTTP_PORT else heard.port
    return bridge_id, Address(heard.host, port)
