"""How devices are called in a sentence: "the hall lamp", "Bob", "the kitchen speaker".

Where a language has articles that can be told from the name, its folder says which names take one
(``articles.yaml``); elsewhere names are said as the house has them.
"""

from __future__ import annotations

from collections.abc import Sequence

from devices.device import Device
from dobby.language.articles import Articles, articles
from dobby.language.words import Words

MANY = 4  # more devices than this are counted, not listed


def called(device: Device, words: Words) -> str:
    """The name within a sentence, with an article where it is no proper name."""
    name, room = device.name, device.room or ""
    said = articles(words.language)
    if name.casefold() == room.casefold():
        return words.say("thing-of-room", room=placed(room, words), kind=device.kind)
    if said is None or not name:
        return name
    first = name.split(" ")[0]
    if said.is_owned(first):
        return name
    if not _is_thing(device, said) or name.split()[-1].isdecimal():
        return f"{said.article} {name}" if name[:1].islower() else name
    if room and name.casefold().startswith(f"{room.casefold()} "):
        return f"{said.article} {placed(room, words)}{name[len(room) :]}"
    small = first.lower() if said.is_ordinary(first) else first
    return f"{said.article} {small}{name[len(first) :]}"


def placed(room: str, words: Words) -> str:
    """A room's name within a sentence: small, unless it may be a person's or a made-up one."""
    said = articles(words.language)
    return room.lower() if said and said.is_common_room(room) else room


def the_room(device: Device, words: Words) -> str:
    """Where it is: "the kitchen", but "Anna's Room"; empty when that is not known."""
    room, said = device.room or "", articles(words.language)
    small = placed(room, words)
    if said and room and (small != room or room.islower()):
        return f"{said.article} {small}"
    return room


def plural(device: Device, words: Words) -> bool:
    """Whether its name is of several things: "Living room shades"."""
    said = articles(words.language)
    return said is not None and said.is_plural(device.name)


def subject(devices: Sequence[Device], words: Words) -> str:
    """Several of them, with one article where all take one; many by their number."""
    if len(devices) > MANY:
        return _crowd(devices, words)
    told, said = [called(device, words) for device in devices], articles(words.language)
    if said and all(name.startswith(f"{said.article} ") for name in told):
        told[1:] = [name.removeprefix(f"{said.article} ") for name in told[1:]]
    return words.names(told)


def _crowd(devices: Sequence[Device], words: Words) -> str:
    """How many of each kind, the single ones by name, and where: "9 lights and the TV"."""
    kinds: dict[str, list[Device]] = {}
    for device in devices:
        kinds.setdefault(device.kind, []).append(device)
    crowd = words.names([
        words.say("kinds-counted", n=len(alike), kind=kind)
        if len(alike) > 1 else called(alike[0], words)
        for kind, alike in kinds.items()
    ])  # fmt: skip
    rooms = list(dict.fromkeys(the_room(d, words) for d in devices))
    if len(rooms) <= MANY and all(rooms):
        return words.say("crowd-in-rooms", crowd=crowd, rooms=words.names(rooms))
    return crowd


def _is_thing(device: Device, said: Articles) -> bool:
    if device.kind == "scene":
        return False
    words = device.name.casefold().split()
    room = (device.room or "").casefold()
    in_room = bool(room) and " ".join(words).startswith(f"{room} ")
    return in_room or device.kind in words or any(said.is_thing(word) for word in words)
