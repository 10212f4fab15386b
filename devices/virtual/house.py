"""The whole virtual house: four families, five rooms on two floors, one ``async with``."""

from __future__ import annotations

import errno
import fcntl
import logging
import secrets
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from itertools import chain
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

from devices.device import Announcement, DeviceError, Room
from devices.virtual.camera.street import CameraStreet
from devices.virtual.faults import VirtualDevice, VirtualFamily
from devices.virtual.homekit import HomeKitHouse
from devices.virtual.hue import HueBridge
from devices.virtual.sonos import SonosHousehold, Zone

log = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
ROOMS = (
    Room(name="Kitchen", floor="Ground floor"),
    Room(name="Living Room", floor="Ground floor", aliases=("lounge",)),
    Room(name="Hall", floor="Ground floor", aliases=("hallway",)),
    Room(name="Bedroom", floor="Upstairs"),
    Room(name="Bath", floor="Upstairs", aliases=("bathroom",)),
)
ZONES = (
    Zone("Kitchen", "Kitchen"),
    Zone("Living Room", "Living Room", model="Five"),
    Zone("Bath", "Bath", model="Roam"),
)
SONOS_BLOCKS = ("127.0.0", *(f"127.77.{n}" for n in range(8)))
"""Sonos players all want port 1400, so each has an address; tried in order until one is free."""


class VirtualHouseError(DeviceError):
    """The virtual house cannot start; the message says what to do."""


class VirtualHouse:
    """Sonos, Hue, HomeKit and cameras on loopback, announced as real ones are, as an ordinary user.

    ``home`` keeps what the devices remember: who they are, and whom they are paired with. A new
    folder is a house of other, unpaired devices. ``pace`` is how much faster than life shades
    move and rooms warm. ``footage`` is the folder of the clips that its cameras play, fetched
    where they are missing; without a folder there are no cameras. Raises VirtualHouseError when
    the home or every address is taken.
    """

    def __init__(self, home: Path, *, pace: float = 1.0, footage: Path | None = None) -> None:
        self._home = home
        self._pace = pace
        self._footage = footage
        self.cameras: CameraStreet | None = None
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            self._keep_to_ourselves(stack)
            identity = self._identity()
            self.sonos = await self._household(stack, identity)
            self.hue = await stack.enter_async_context(
                HueBridge(bridge_id=f"001788fffe{identity[:6]}", home=self._home / "hue")
            )
            self.homekit = await stack.enter_async_context(
                HomeKitHouse(self._home / "homekit", pace=self._pace)
            )
            if self._footage is not None:
                street = CameraStreet(self._home, self._footage, identity)
                self.cameras = await stack.enter_async_context(street)
            await self._announce(stack, [*self.sonos.mdns(), *self.hue.services()])
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    # What there is --------------------------------------------------------------------------

    @property
    def families(self) -> Mapping[str, VirtualFamily]:
        families = {"sonos": self.sonos, "hue": self.hue, "homekit": self.homekit}
        return families if self.cameras is None else {**families, "cameras": self.cameras}

    @property
    def devices(self) -> Mapping[str, VirtualDevice]:
        """Everything that can be made to fail, by the id that its driver gives it."""
        families = self.families.values()
        return MappingProxyType(dict(chain.from_iterable(f.devices.items() for f in families)))

    def rooms(self) -> Sequence[Room]:
        """The rooms and their floors, which no protocol tells."""
        return ROOMS

    def placements(self) -> Mapping[str, str]:
        """The rooms of devices whose protocol knows none, as the owner would tell: id -> room."""
        rooms = {alias.casefold(): r.name for r in ROOMS for alias in (r.name, *r.aliases)}
        told = self.homekit.rooms.items()
        return {device: rooms.get(room.casefold(), room) for device, room in told}

    def announcements(self) -> list[Announcement]:
        """What discovery would hear, for who wants to do without it."""
        return [heard for family in self.families.values() for heard in family.announcements()]

    @property
    def pin(self) -> str:
        """HomeKit's, as printed on a device."""
        return self.homekit.pin

    def press_hue_button(self) -> None:
        self.hue.press_button()

    # How it comes up ------------------------------------------------------------------------

    def _keep_to_ourselves(self, stack: AsyncExitStack) -> None:
        """Two houses from one folder would be two devices with one identity."""
        try:
            self._home.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = stack.enter_context((self._home / "lock").open("w"))
        except OSError as error:
            raise VirtualHouseError(f"{self._home} cannot be used: {error.strerror}.") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise VirtualHouseError(
                f"The virtual house in {self._home} is running already: stop it, or give this one "
                "a folder of its own."
            ) from error

    def _identity(self) -> str:
        path = self._home / "identity"
        if not path.exists():
            path.write_text(secrets.token_hex(12), encoding="ascii")
        return path.read_text(encoding="ascii").strip()

    async def _household(self, stack: AsyncExitStack, identity: str) -> SonosHousehold:
        for block in SONOS_BLOCKS:
            household = SonosHousehold(ZONES, block=block, id=f"Sonos_{identity}", ssdp=True)
            try:
                return await stack.enter_async_context(household)
            except OSError as error:
                if error.errno not in {errno.EADDRINUSE, errno.EADDRNOTAVAIL}:
                    raise
                log.info("Sonos players find no room at %s: %s", block, error.strerror)
        raise VirtualHouseError(
            "Port 1400 is taken on every loopback address that the Sonos players could have "
            f"({', '.join(SONOS_BLOCKS)}): stop what holds it (ss -ltnp 'sport = :1400')."
        )

    async def _announce(self, stack: AsyncExitStack, services: list[AsyncServiceInfo]) -> None:
        zeroconf = AsyncZeroconf(interfaces=[LOOPBACK])
        stack.push_async_callback(zeroconf.async_close)
        for service in services:  # names hold our identity: no need to probe for a namesake
            await zeroconf.async_register_service(  # pyright: ignore[reportUnknownMemberType]
                service, cooperating_responders=True
            )
