"""Names that hide what a thing is: a garage door called "Hall night light"."""

from __future__ import annotations

from collections.abc import Iterable

from devices.device import Device
from dobby.language.own_names import kinds_in
from dobby.language.words import ENGLISH, Message, Words, message

_OPENINGS = frozenset({"lock", "door", "garage", "gate"})
_WARMTH = frozenset({"thermostat", "heating", "heater", "boiler", "aircon", "spa", "pool"})
_ALIKE: dict[str, frozenset[str]] = {  # what a thing of that kind may as well be called
    **dict.fromkeys(_OPENINGS, _OPENINGS),
    **dict.fromkeys(_WARMTH, _WARMTH),
    "shade": frozenset({"shade", "window"}),
    "window": frozenset({"window", "shade"}),
    "speaker": frozenset({"speaker", "tv", "music"}),
    "tv": frozenset({"speaker", "tv", "music"}),
}
# A plug is called after what hangs on it, a sensor or a camera after what it looks at.
_CALLED_AFTER = frozenset(
    {"switch", "outlet", "unknown", "appliance", "sensor", "camera", "scene", "list", "timer"}
)
_SHOWN_BY = {"lock": frozenset({"lock", "door"})}  # the words that tell what it is


def in_full(device: Device, told: Device, called: str, words: Words) -> str:
    """How a thing is named where much hangs on it: where its name does not tell what it is, with
    the kind and the room as its driver tells them. ``called``: as it is called in a sentence."""
    tell = _SHOWN_BY.get(told.kind, frozenset({told.kind}))
    if told.kind == "unknown" or tell & set(kinds_in(device.name, words.language)):
        return called
    if words.language != ENGLISH and _tells(device.name, tell, words):
        return called
    room = told.room or device.room
    name, kind = device.name, told.kind
    if room and room.casefold() not in name.casefold():
        return words.say("thing-in-full-in", kind=kind, name=name, room=room)
    return words.say("thing-in-full", kind=kind, name=name)


def _tells(name: str, kinds: Iterable[str], words: Words) -> bool:
    """Whether a name ends in, or holds, the word for such a thing: "Haustür", "porte d'entrée"."""
    said = [words.say("kind", kind=kind).casefold() for kind in kinds]
    own = name.casefold()
    return any(own.startswith(kind) or kind in own.split() or own.endswith(kind) for kind in said)


def contradiction(
    device: Device, name: str, rooms: Iterable[str], language: str = ENGLISH
) -> Message | str:
    """Why this thing cannot be called so: it would pass for another kind of thing. Empty if not."""
    named = kinds_in(name, language)
    if not named or device.kind in _CALLED_AFTER:
        return ""
    if any(name.casefold().endswith(room.casefold()) for room in rooms):
        return ""  # a speaker called "Garage" stands there
    like = named[-1]
    if like in _ALIKE.get(device.kind, {device.kind}):
        return ""
    taken, own = message("kind", kind=like), message("kind", kind=device.kind)
    return message("name-hides", name=name, like=taken, kind=own)
