"""How devices are named to a model, what is meant when it names one, and what names are fit.

A name is said without the room in front of it, since it is listed under its room. Where that is
not enough to tell things apart, ``Room/Name`` or the id says which.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import process, utils

from devices.device import Device
from dobby.language import own_names
from dobby.language.kinds import kinds_of
from dobby.language.lexicon import Entry
from dobby.language.words import ENGLISH, Message, message

NEAREST = 8
_FEW_CALLED_SO = frozenset({"light/chandelier", "light/lantern", "light/torch", "shade/awning"})
NOTHING = "Nothing here can do this."


class UnknownName(Exception):
    """No such device or room, or several; says which there are, in words a model can act on."""


def short_name(device: Device) -> str:
    """ "Kitchen ceiling" in the kitchen is "ceiling"; a speaker called "Kitchen" stays that."""
    room = device.room or ""
    head, rest = device.name[: len(room)], device.name[len(room) :]
    inside = room and head.casefold() == room.casefold() and rest[:1] == " " and rest.strip()
    return rest.strip() if inside else device.name


def full_name(device: Device) -> str:
    return f"{device.room}/{short_name(device)}" if device.room else device.name


def named(word: str, devices: Sequence[Device]) -> list[Device]:
    """What ``word`` means among these: an id, "all", ``Room/Name``, a device's name or a room.

    Raises UnknownName.
    """
    if not devices:
        raise UnknownName(NOTHING)
    said = " ".join(word.split()).casefold()
    if said == "all":
        return list(devices)
    ids = [d for d in devices if d.id == word]
    if ids:
        return ids
    by_name = [d for d in devices if said in _names(d)]
    in_room = [d for d in devices if d.room and d.room.casefold() == said]
    if len(by_name) == 1 and not in_room:
        return by_name
    if in_room and all(d in in_room for d in by_name):
        return in_room
    if by_name:
        which = ", ".join(f"{d.id} ({full_name(d)})" for d in by_name[:NEAREST])
        raise UnknownName(f"{word!r} could be {which}.")
    raise UnknownName(f"There is no device or room {word!r} for this. {_nearest(word, devices)}")


def _names(device: Device) -> set[str]:
    bare = (device.name, short_name(device), *device.aliases)
    placed = (f"{device.room}/{name}" for name in bare) if device.room else ()
    return {" ".join(name.split()).casefold() for name in (*bare, *placed)}


def _nearest(word: str, devices: Iterable[Device]) -> str:
    full = {d.id: full_name(d) for d in devices}
    near = process.extract(word, full, limit=NEAREST, processor=utils.default_process)
    return f"The nearest are: {', '.join(name for name, _, _ in near)}."


def unfit(
    name: str, device: Device, house: Iterable[Device], language: str = ENGLISH
) -> Message | str:
    """Why a device cannot be called so; empty if it can.

    A name that is an order ("turn off the lights"), or that orders are made of ("everything",
    "lights"), would take that word from everybody.
    """
    why = own_names.unfit(name, language)
    if why != "name-common":
        return message(why, name=name) if why else ""
    (noun,) = [run for run in own_names.runs(name, language) if any(_kind(e) for e in run)]
    sorts = [e.meaning for e in noun if _kind(e)]
    if not _FEW_CALLED_SO.isdisjoint(sorts):
        return ""
    kinds = {k for sort in sorts for k in kinds_of(sort.partition("/")[0])}
    alike = [d for d in house if d.kind in kinds]
    return "" if alike == [device] else message(why, name=name)


def _kind(entry: Entry) -> bool:
    return entry.category == "kind"
