"""A house that is the same in every language, and what else a house of a test has to have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from bench.reflex.places import Place, Thing

_HOUSE: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("common_house.yaml").read_text(encoding="utf-8")
)
LANGUAGES: tuple[str, ...] = tuple(_HOUSE["languages"])


def common(language: str) -> Place:
    """The house that sentences of a language are said in where they name none of their own."""
    at = LANGUAGES.index(language)
    floors = [names[at] for names in _HOUSE["floors"]]
    areas = [area["names"][at] for area in _HOUSE["areas"]]
    things = tuple(
        Thing(
            key=f"{thing['domain']}_{number}",
            name=thing["names"][at],
            domain=thing["domain"],
            area=areas[thing["area"]] if "area" in thing else None,
            device_class=thing.get("class", ""),
            shopping=thing["domain"] == "todo",
        )
        for number, thing in enumerate(_HOUSE["things"])
    )
    on = {area["names"][at]: floors[area["floor"]] for area in _HOUSE["areas"]}
    return Place(things, on)


def with_room(place: Place, area: str | None, floor: str | None, language: str) -> Place:
    """With that area, and with an area on that floor."""
    floors = dict(place.floors)
    if area and not _has(area, floors):
        floors[area] = floor
    if floor and not _has(floor, floors.values()):
        at = LANGUAGES.index(language)
        free = [a for names in _HOUSE["spare_areas"] if not _has(a := names[at], floors)]
        floors[free[0]] = floor
    return replace(place, floors=floors)


def with_thing(
    place: Place, domain: str, device_class: str, area: str | None, language: str
) -> Place:
    """With a thing of that kind there, called for what it is."""
    at = LANGUAGES.index(language)
    names = _HOUSE["kinds"].get(device_class or domain) or _HOUSE["kinds"].get(domain)
    if names is None:  # nothing that a house of ours has
        return place
    key = f"more_{len(place.things)}_{domain}"
    thing = Thing(key, names[at], domain, area, device_class)
    return replace(place, things=(*place.things, thing))


def _has(name: str, names: Iterable[str | None]) -> bool:
    return any(one and one.casefold() == name.casefold() for one in names)
