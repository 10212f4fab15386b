"""Valves: what is watered, and how much runs through."""

from __future__ import annotations

from devices.device import Device
from dobby.abilities.change import Ability, Change
from dobby.language.grounding import Ground, Need
from dobby.language.meaning import Do


def waters(do: Do, _: Ground) -> bool:
    return do.act == "water"


def water(do: Do, ground: Ground) -> list[Change]:
    """ "Water the roses": their valve is opened; never the main, nor whatever else a room has."""
    places = all(ref.bare for ref in do.wish.things)

    def able(device: Device) -> bool:
        sorts = ground.names.sorts.get(device.id, set[str]())
        waters = "valve/sprinkler" in sorts if places else "valve/main" not in sorts
        return device.kind == "valve" and device.ability("position") is not None and waters

    things = ground.things(do.wish.things, Need(able, "water", ("valve",)), do.wish.but)
    return [Change(d.id, "position", {"percent": 100}) for d in things]


ABILITIES = (Ability("water", waters, water, frozenset({"but"})),)
