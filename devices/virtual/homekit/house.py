"""The HomeKit accessories of the virtual house: one bridge on loopback, real HAP on the wire."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# HAP-python carries no types.

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

from zeroconf.asyncio import AsyncZeroconf

from devices.capabilities import Capability
from devices.device import Announcement, UnknownDevice
from devices.virtual.faults import VirtualDevice
from devices.virtual.homekit.accessory import VirtualAccessory
from devices.virtual.homekit.climate import Fan, RoomSensor, Thermostat
from devices.virtual.homekit.electric import Lamp, Outlet
from devices.virtual.homekit.openings import DoorContact, DoorLock, GarageDoor, Shade
from devices.virtual.homekit.server import LOOPBACK, FaultyDriver, QuietBridge

SERVICE = "_hap._tcp.local."
HASTE = 60.0  # simulated seconds of warming and cooling per second
PIN = "031-45-154"

Build = Callable[[FaultyDriver, VirtualDevice, int], VirtualAccessory]


@dataclass(frozen=True)
class Place:
    """One accessory of the house; its aid must never change, since ids are made of it."""

    aid: int
    name: str
    room: str
    build: Build


def furnish(pace: float) -> tuple[Place, ...]:
    """What there is; ``pace`` speeds up everything that takes time."""
    return (
        Place(2, "Thermostat", "Hall", lambda d, t, a: Thermostat(d, t, a, HASTE * pace)),
        Place(3, "Living room shades", "Living room", lambda d, t, a: Shade(d, t, a, 6 / pace, 70)),
        Place(4, "Bedroom blinds", "Bedroom", lambda d, t, a: Shade(d, t, a, 5 / pace, 0)),
        Place(5, "Front door", "Hall", lambda d, t, a: DoorLock(d, t, a, 1 / pace)),
        Place(6, "Garage door", "Hall", lambda d, t, a: GarageDoor(d, t, a, 5 / pace)),
        Place(8, "Bedroom fan", "Bedroom", Fan),
        Place(9, "Bathroom sensor", "Bathroom", RoomSensor),
        Place(10, "Back door", "Kitchen", DoorContact),
        Place(11, "Desk lamp", "Bedroom", Lamp),
        Place(12, "Coffee machine", "Kitchen", Outlet),
    )


class HomeKitHouse:
    """A HomeKit bridge with its accessories, up while the context is open.

    Its identity and pairings are kept in ``directory``; a new directory is a new, unpaired bridge.
    """

    def __init__(self, directory: Path, *, pin: str = PIN, pace: float = 1.0) -> None:
        """``pace``: how much faster than life shades move, locks turn and rooms warm."""
        self.pin = pin
        self._directory = directory
        self._places = furnish(pace)
        self._driver: FaultyDriver | None = None
        self._accessories: dict[str, VirtualAccessory] = {}

    async def __aenter__(self) -> Self:
        await asyncio.to_thread(self._directory.mkdir, parents=True, exist_ok=True)
        zeroconf = AsyncZeroconf(interfaces=[LOOPBACK])  # closed by HAP-python's async_stop
        try:
            self._driver = await self._start(zeroconf)
        except BaseException:
            await zeroconf.async_close()
            raise
        return self

    async def _start(self, zeroconf: AsyncZeroconf) -> FaultyDriver:
        driver = FaultyDriver(
            persist_file=str(self._directory / "homekit.state"),
            pincode=self.pin.encode(),
            async_zeroconf_instance=zeroconf,
        )
        bridge = QuietBridge(driver, "Virtual house")
        bridge.set_info_service("1.0", "Dobby", "Virtual bridge", "VB-1")
        driver.add_accessory(bridge)  # loads the identity that the ids are made of
        for place in self._places:
            thing = VirtualDevice(f"homekit:{driver.state.mac.lower()}/{place.aid}", place.name)
            accessory = place.build(driver, thing, place.aid)
            bridge.add_accessory(accessory)
            self._accessories[thing.id] = accessory
        await driver.async_start()
        return driver

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        driver, self._driver = self._running, None
        await driver.async_stop()
        self._accessories.clear()
        await asyncio.to_thread(driver.persist)

    @property
    def _running(self) -> FaultyDriver:
        if self._driver is None:
            raise RuntimeError("the virtual house is not open")
        return self._driver

    @property
    def hap_id(self) -> str:
        """The bridge's HAP id, as the driver writes it."""
        return str(self._running.state.mac).lower()

    @property
    def devices(self) -> Mapping[str, VirtualDevice]:
        return MappingProxyType({i: a.thing for i, a in self._accessories.items()})

    @property
    def rooms(self) -> Mapping[str, str]:
        """Where each device stands; HAP itself has no rooms, the owner tells them."""
        return {f"homekit:{self.hap_id}/{p.aid}": p.room for p in self._places}

    def announcements(self) -> Sequence[Announcement]:
        info = self._running.mdns_service_info
        if info is None:
            return ()
        properties = {k: v or "" for k, v in info.decoded_properties.items()}
        name = info.name.removesuffix(f".{SERVICE}")
        return (Announcement("mdns", SERVICE, name, LOOPBACK, info.port or 0, properties),)

    def reset(self) -> None:
        """Somebody holds the bridge's button: it forgets everyone it was paired with."""
        driver = self._running
        for client in list(driver.state.paired_clients):
            driver.unpair(client)
        for connection in list(driver.http_server.connections.values()):
            connection.close()
        driver.async_update_advertisement()

    def by_hand(self, device: str, change: Capability) -> None:
        """Somebody in the room does this. Raises UnknownDevice, Unsupported."""
        accessory = self._accessories.get(device)
        if accessory is None:
            raise UnknownDevice(f"There is no {device!r} in the virtual house.")
        accessory.by_hand(change)
