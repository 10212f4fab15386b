"""The ONVIF driver: which announcements are cameras, their passwords, and which camera has which
device."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Sequence
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Self
from weakref import WeakValueDictionary

from devices.cameras import Sight
from devices.capabilities import Capability, State
from devices.device import Announcement, Device, NeedsPairing, UnknownDevice, clean_name
from devices.discovery.wsd import NETWORK_VIDEO_TRANSMITTER
from devices.driver import Hub
from devices.drivers.cameras.address import Credentials
from devices.drivers.cameras.link import Link
from devices.drivers.cameras.refusals import Denied, Patience, Replaced, asks

if TYPE_CHECKING:
    from devices.drivers.cameras.soap import Soap

_ODD = re.compile(r"[^\w.-]")


class Onvif:
    """Cameras and recorders over ONVIF. Devices are ``onvif:<endpoint's UUID>``, and
    ``.../<video source>`` where one has several.

    The vault keeps, by ``onvif:<endpoint's UUID>``, the user and the password, and the camera's
    serial number: what knows that, which only a camera asked with its password tells, is no
    impostor that has heard a UUID.
    """

    family: ClassVar[str] = "onvif"
    services: ClassVar[frozenset[str]] = frozenset({NETWORK_VIDEO_TRANSMITTER})

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._links: dict[str, Link] = {}
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._patience = Patience()

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
        return heard.service == NETWORK_VIDEO_TRANSMITTER and bool(heard.properties.get("xaddr"))

    async def identify(self, heard: Announcement) -> Sequence[Device]:
        identity = _identity(heard)
        async with self._turn(identity):
            link = self._links.get(identity)
            # Announcements are unsigned: a camera that answers where it was has not moved.
            if link and link.connected and (_is_at(link, heard) or await link.answers()):
                return link.devices
            kept = await self._hub.vault.load(f"{self.family}:{identity}")
            if kept is None:
                return await self._connect(identity, heard, None)
            if self._patience.lost(identity):
                raise asks(_called(heard), again=True)
            credentials = Credentials(str(kept["user"]), str(kept["password"]))
            try:
                return await self._connect(identity, heard, credentials, str(kept["serial"]))
            except Replaced as error:
                again = f"{error} If it was replaced, {_called(heard)} has to be paired again."
                raise NeedsPairing("password", again) from error
            except NeedsPairing:
                self._patience.lose(identity)
                raise

    async def pair(self, heard: Announcement, pin: str | None) -> Sequence[Device]:
        identity = _identity(heard)
        try:
            credentials = Credentials.told(pin or "")
        except ValueError as error:
            raise asks(_called(heard)) from error
        async with self._turn(identity):
            devices = await self._connect(identity, heard, credentials)
            kept: dict[str, object] = {
                "user": credentials.user,
                "password": credentials.password,
                "serial": self._links[identity].serial,
            }
            await self._hub.vault.save(f"{self.family}:{identity}", kept)
            return devices

    async def read(self, device: str) -> State:
        return await self._link(device).read(device)

    async def apply(self, device: str, command: Capability) -> None:
        await self._link(device).apply(device, command)

    async def sight(self, device: str) -> Sight:
        link = self._link(device)
        with _asking(link.soap.who):
            return await link.sight(device)

    async def picture(self, device: str) -> bytes:
        link = self._link(device)
        with _asking(link.soap.who):
            return await link.picture(device)

    def _turn(self, identity: str) -> asyncio.Lock:
        """One at a time with each camera."""
        return self._turns.setdefault(identity, asyncio.Lock())

    async def _connect(
        self,
        identity: str,
        heard: Announcement,
        credentials: Credentials | None,
        serial: str = "",
    ) -> Sequence[Device]:
        """Replace the link, once the new one has proved itself."""
        who = _called(heard)
        soap = await _soap(heard.properties["xaddr"], credentials, who)
        link = Link(self._hub, identity, soap, credentials)
        try:
            await link.open(clean_name(heard.properties.get("name", "")), serial)
        except Denied as error:
            raise asks(who, again=credentials is not None) from error
        self._patience.regain(identity)
        old, self._links[identity] = self._links.get(identity), link
        if old is not None:
            await old.close()
        return link.devices

    def _link(self, device: str) -> Link:
        link = self._links.get(device.partition(":")[2].partition("/")[0])
        if link is None:
            raise UnknownDevice(f"I know no device {device!r}.")
        return link


async def _soap(address: str, credentials: Credentials | None, who: str) -> Soap:
    """ONVIF's library is loaded with the first camera, in a thread: it takes a second."""
    module: Any = await asyncio.to_thread(import_module, "devices.drivers.cameras.soap")
    return module.Soap(address, credentials, who)


def _identity(heard: Announcement) -> str:
    return _ODD.sub("-", heard.name)


def _called(heard: Announcement) -> str:
    said = heard.properties
    return clean_name(said.get("name", "")) or clean_name(said.get("hardware", "")) or "The camera"


def _is_at(link: Link, heard: Announcement) -> bool:
    return link.soap.entry == heard.properties.get("xaddr")


@contextlib.contextmanager
def _asking(who: str):
    """A password that no longer counts is asked for."""
    try:
        yield
    except Denied as error:
        raise asks(who, again=True) from error
