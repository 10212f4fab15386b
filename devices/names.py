"""What the owner calls things: by their ids, and by what is stamped on them once they are gone."""

from __future__ import annotations

from collections.abc import Mapping

from devices.device import Device

Given = Mapping[str, str | tuple[str, ...]]  # ``name``, ``room``, ``aliases``
_Kin = tuple[str, str, str]  # family, kind, serial number


class GivenNames:
    """The owner's words for each device.

    Those for a device that is gone wait for it: under its id, and where it has a serial number
    under that as well, for a bridge that was reset gives its lamps new ids.
    """

    def __init__(self) -> None:
        self._given: dict[str, dict[str, str | tuple[str, ...]]] = {}
        self._waiting: dict[_Kin, str | None] = {}  # the id it had; None: several had that number

    def update(self, names: Mapping[str, Given]) -> None:
        self._given.update({device: dict(given) for device, given in names.items()})

    def give(self, device: str, given: Given) -> None:
        self._given.setdefault(device, {}).update(given)

    def of(self, device: Device) -> Given:
        """What this device is called; one that comes in place of one that is gone inherits."""
        if device.id not in self._given and device.serial:
            before = self._waiting.pop(_kin(device), None)
            if before is not None and before in self._given:
                self._given[device.id] = dict(self._given[before])
        return self._given.get(device.id, {})

    def leave(self, device: Device) -> None:
        """This device is gone."""
        if device.serial and device.id in self._given:
            twice = self._waiting.get(_kin(device), device.id) != device.id
            self._waiting[_kin(device)] = None if twice else device.id


def _kin(device: Device) -> _Kin:
    return device.id.partition(":")[0], device.kind, device.serial
