"""How devices are called in a sentence: "the hall lamp", "Bob", "the kitchen speaker"."""

from __future__ import annotations

from collections.abc import Sequence

from devices.device import Device
from dobby.agent.phrases import counted, names

MANY = 4  # more devices than this are counted, not listed

# Names of things, not proper names: these take an article.
_THINGS = frozenset({
    "light", "lamp", "bulb", "spot", "strip", "lantern", "chandelier", "ceiling", "counter",
    "mirror", "tree", "door", "shade", "blind", "curtain", "drape", "shutter", "awning", "window",
    "fan", "speaker", "soundbar", "radio", "thermostat", "outlet", "plug", "switch", "socket",
    "sensor", "camera", "gate", "lock", "list", "timer", "heater", "heating", "boiler", "valve",
    "tap", "pump", "alarm", "machine", "kettle", "vacuum", "mower", "oven", "dishwasher", "tv",
})  # fmt: skip
# Words that lose their capital after the article; others may be proper names ("Christmas tree").
_ORDINARY = _THINGS | frozenset({
    "back", "basement", "bath", "bathroom", "bedroom", "bedside", "big", "cellar", "coffee",
    "corner", "desk", "dining", "downstairs", "floor", "front", "garage", "garden", "guest",
    "hall", "hallway", "kitchen", "landing", "left", "little", "living", "main", "motion", "night",
    "office", "old", "outdoor", "outside", "patio", "porch", "reading", "right", "shopping",
    "side", "small", "smoke", "stair", "study", "table", "task", "terrace", "to-do", "upstairs",
    "wall", "washing", "water", "yard",
})  # fmt: skip


def called(device: Device) -> str:
    """The name within a sentence, with an article where it is no proper name."""
    name, room = device.name, device.room or ""
    first = name.split(" ")[0] if name else ""
    if name.casefold() == room.casefold():
        return f"the {placed(room)} {device.kind}"
    if "'s" in first or "’s" in first or first.casefold() in {"the", "my", "our"}:
        return name
    if not _is_thing(device) or name.split()[-1].isdecimal():
        return f"the {name}" if name[:1].islower() else name
    if room and name.casefold().startswith(f"{room.casefold()} "):
        return f"the {placed(room)}{name[len(room) :]}"
    return f"the {first.lower() if _ordinary(first) else first}{name[len(first) :]}"


def placed(room: str) -> str:
    """A room's name within a sentence: small, unless it may be a person's or a made-up one."""
    return room.lower() if all(_ordinary(word) or word == "Room" for word in room.split()) else room


def the_room(device: Device) -> str:
    """Where it is: "the kitchen", but "Anna's Room"; empty when that is not known."""
    room = device.room or ""
    small = placed(room)
    return f"the {small}" if room and (small != room or room.islower()) else room


def plural(device: Device) -> bool:
    """Whether its name is of several things: "Living room shades"."""
    last = device.name.casefold().split()[-1:]
    return bool(last) and last[0].endswith("s") and _singular(last[0]) in _THINGS


def subject(devices: Sequence[Device]) -> str:
    """Several of them, with one article where all take one; many by their number."""
    if len(devices) > MANY:
        return _crowd(devices)
    said = [called(device) for device in devices]
    if all(name.startswith("the ") for name in said):
        said[1:] = [name.removeprefix("the ") for name in said[1:]]
    return names(said)


def _crowd(devices: Sequence[Device]) -> str:
    """How many of each kind, the single ones by name, and where: "9 lights and the TV"."""
    kinds: dict[str, list[Device]] = {}
    for device in devices:
        kinds.setdefault(device.kind, []).append(device)
    said = [
        counted(len(alike), kind) if len(alike) > 1 else called(alike[0])
        for kind, alike in kinds.items()
    ]
    rooms = list(dict.fromkeys(the_room(d) for d in devices))
    where = f" in {names(rooms)}" if len(rooms) <= MANY and all(rooms) else ""
    return f"{names(said)}{where}"


def _is_thing(device: Device) -> bool:
    if device.kind == "scene":
        return False
    words = device.name.casefold().split()
    room = (device.room or "").casefold()
    in_room = bool(room) and " ".join(words).startswith(f"{room} ")
    return in_room or device.kind in words or any(_singular(word) in _THINGS for word in words)


def _ordinary(word: str) -> bool:
    return word.casefold() in _ORDINARY or _singular(word.casefold()) in _ORDINARY


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word
