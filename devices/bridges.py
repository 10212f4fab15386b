"""What devices are behind: paired at once, and forgotten at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from devices.device import Announcement, Device, clean_name


@dataclass(frozen=True)
class Bridge:
    """A bridge, or an accessory that is its own; ``heard`` is how it announced itself last."""

    id: str
    heard: Announcement
    devices: tuple[Device, ...]

    @property
    def name(self) -> str:
        """What it calls itself; a single device has its own name."""
        if len(self.devices) == 1:
            return self.devices[0].name
        return clean_name(self.heard.name.partition(".")[0])


def bridge_of(device: str) -> str:
    """``hue:<bridge id>/<resource id>`` is behind ``hue:<bridge id>``."""
    return device.partition("/")[0]


def behind(
    devices: Iterable[Device],
    sightings: Mapping[str, Announcement],
    met: Iterable[tuple[Announcement, Collection[str]]],
) -> dict[str, Bridge]:
    """The bridges, by id. One with nothing in it that could be used has the id of its name."""
    groups: defaultdict[str, list[Device]] = defaultdict(list)
    for device in devices:
        if device.id in sightings:
            groups[bridge_of(device.id)].append(device)
    found = {id_: Bridge(id_, sightings[of[0].id], tuple(of)) for id_, of in groups.items()}
    for heard, ids in met:
        if not ids:
            id_ = f"{heard.service}/{heard.name}"
            found[id_] = Bridge(id_, heard, ())
    return found
