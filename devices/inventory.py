"""Which devices and rooms there are: as their drivers tell them, under the owner's names."""

from __future__ import annotations

from collections.abc import Iterator

from devices.device import Device, Room, UnknownDevice, clean_name
from devices.names import Given, GivenNames


class Inventory:
    """The devices by id, the rooms by name. ``version`` changes whenever either do."""

    def __init__(self) -> None:
        self.version = 0
        self.devices: dict[str, Device] = {}
        self.told: dict[str, Device] = {}  # as drivers tell them, before the owner's names
        self.rooms: dict[str, Room] = {}
        self.names = GivenNames()

    def add_room(self, room: Room) -> None:
        self.rooms[room.name] = room
        self.version += 1

    def enter(self, told: Device) -> bool:
        """Take in what a driver tells of a device; whether that was news."""
        self.told[told.id] = told
        device = told.model_copy(
            update={
                "name": clean_name(told.name) or told.model or told.id,
                "room": clean_name(told.room) if told.room else None,
                **self.names.of(told),
            }
        )
        if self.devices.get(device.id) == device:
            return False
        self.devices[device.id] = device
        if device.room and device.room not in self.rooms:
            self.rooms[device.room] = Room(name=device.room)
        self.version += 1
        return True

    def rename(self, device: str, given: Given) -> Device:
        """The owner's word on it, from now on. Raises UnknownDevice."""
        if device not in self.told:
            raise UnknownDevice(f"I know no device {device!r}.")
        self.names.give(device, given)
        self.enter(self.told[device])
        return self.devices[device]

    def drop(self, device: str) -> None:
        """It is gone; its names wait for it, or for one that comes in its place."""
        self.names.leave(self.told.pop(device))
        del self.devices[device]
        self.version += 1

    def heirs(self) -> Iterator[str]:
        """Those that have come in the place of what is gone, as they take over its names."""
        for heir in list(self.told.values()):
            if heir.serial and self.enter(heir):
                yield heir.id

    def given(self, device: str) -> Given:
        """What the owner calls a device, where it has been said."""
        return self.names.of(self.told[device])
