"""How devices are named to a model, what is meant when it names one, and what names are fit.

A name is said without the room in front of it, since it is listed under its room. Where that is
not enough to tell things apart, ``Room/Name`` or the id says which.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import process, utils

from devices.device import Device
from dobby.agent.reflex.lexicon import Tags, english
from dobby.agent.reflex.text import tokenise
from dobby.language.kinds import kinds_of

NEAREST = 8
_DEEDS = frozenset(
    {
        "switch", "on", "off", "open", "close", "lock", "unlock", "arm", "disarm", "play", "pause",
        "stop", "resume", "mute", "unmute", "dim", "brighten", "raise", "lower", "next", "previous",
        "set", "activate", "send", "dock", "add", "remove", "clear", "cancel", "show", "group",
        "ungroup", "keep", "do",
    }
)  # fmt: skip  # what an order begins with
_NOUNS = frozenset({"kind", "mode", "armed", "color", "white", "attr"})  # as in "heat lamp"
_FEW_CALLED_SO = frozenset({"light/chandelier", "light/lantern", "light/torch", "shade/awning"})
_POINTING = frozenset(
    {"quant", "pron", "guard", "except", "question", "ask", "aux", "correction", "comfort"}
)  # fmt: skip
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


def unfit(name: str, device: Device, house: Iterable[Device]) -> str:
    """Why a device cannot be called so, in words for its owner; empty if it can.

    A name that is an order ("turn off the lights"), or that orders are made of ("everything",
    "lights"), would take that word from everybody.
    """
    said = [tags for tags in _phrases(name) if not tags.keys() & {"det", "filler"}]
    if not said or name.strip().casefold() in {"yes", "no"}:
        return f"“{name}” is no name that I could tell from other words."
    known = all(said)
    verbs = set(said[0].get("verb", ()))
    turned = any("way" in tags for tags in said[1:])  # "switch the kettle on"
    orders = bool(verbs & _DEEDS) and (turned or not said[0].keys() & _NOUNS)
    if orders or (known and any(tags.keys() & {"way", "more"} for tags in said)):
        return f"“{name}” is an order: as a name it would be taken from everybody."
    common = known and not any("kind" in tags for tags in said)
    if common or (known and any(tags.keys() & _POINTING for tags in said)):
        return f"“{name}” is a word that orders are made of: as a name it would be missed."
    if len(said) == 1 and _FEW_CALLED_SO.isdisjoint(said[0].get("kind", ("light/chandelier",))):
        kinds = {k for noun in said[0]["kind"] for k in kinds_of(noun.partition("/")[0])}
        alike = [d for d in house if d.kind in kinds]
        if alike != [device]:
            return f"“{name}” is what several things, or others, are called already."
    return ""


def _phrases(name: str) -> list[Tags]:
    """What each phrase of a name may mean in an order; nothing for a word of its own."""
    tokens, at, found = tokenise(name), 0, list[Tags]()
    while at < len(tokens):
        size, tags = english().match(tokens, at) or (1, {})
        found.append(tags)
        at += size
    return found
