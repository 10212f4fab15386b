"""Which of a bridge's groups (rooms, zones, the whole home) set which lights at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from devices.drivers.hue.connection import Raw

KINDS = ("room", "zone", "bridge_home")
LEAST = 2  # lights that are worth a group


def groups_of(resources: Mapping[str, Raw]) -> dict[str, frozenset[str]]:
    """By the id of a ``grouped_light``, all lights that it sets; largest groups first.

    A group of which it is not certain what it sets is left out.
    """
    found: dict[str, frozenset[str]] = {}
    for owner in resources.values():
        if owner.get("type") not in KINDS:
            continue
        setters = [rid for rid, kind in _refs(owner, "services") if kind == "grouped_light"]
        try:
            lights = frozenset(_lights(owner, resources))
        except KeyError:
            continue
        if len(lights) >= LEAST:
            found.update((rid, lights) for rid in setters if rid in resources)
    return dict(sorted(found.items(), key=lambda item: len(item[1]), reverse=True))


def _lights(owner: Raw, resources: Mapping[str, Raw]) -> Iterator[str]:
    """Raises KeyError when it has a part that is not known, or not understood."""
    if owner["type"] == "bridge_home":  # its children tell of lamps in no room only sometimes
        yield from (rid for rid, raw in resources.items() if raw.get("type") == "light")
        return
    for rid, kind in _refs(owner, "services" if owner["type"] == "device" else "children"):
        if kind == "light":
            yield rid
        elif kind in ("device", "room"):
            yield from _lights(resources[rid], resources)
        elif owner["type"] != "device":  # a device's own buttons and sensors are no lights
            raise KeyError(kind)


def _refs(owner: Raw, name: str) -> Iterator[tuple[str, str]]:
    refs = owner.get(name)
    for ref in cast("list[object]", refs) if isinstance(refs, list) else []:
        if isinstance(ref, dict):
            yield str(cast("Raw", ref).get("rid")), str(cast("Raw", ref).get("rtype"))
