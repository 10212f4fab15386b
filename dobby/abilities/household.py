"""What Dobby does itself: it remembers, finds, pairs, and learns names and places."""

from __future__ import annotations

import re
from collections.abc import Callable

from dobby.agent.calls import ToolCall
from dobby.language.grounding import Ground
from dobby.language.hearing import device_in, room_in
from dobby.language.sentences import Sentence, sentences

Said = dict[str, str]
_SHORT = 5  # words of a bridge's name: "what I said about the hub" is no such name


def own(sentence: Sentence, ground: Ground) -> ToolCall | None:
    """The call of one of Dobby's own tools that a sentence asks for; None where it is no such
    thing. Raises Unclear where it names several devices."""
    deed = _DEEDS.get(sentence.of)
    return deed(dict(sentence.said), ground) if deed else None


def _plainly(name: str, field: str) -> Callable[[Said, Ground], ToolCall]:
    """A tool that is told what was said, as it was said."""
    return lambda said, _: ToolCall(name=name, arguments={field: _trimmed(said.get(field, ""))})


def _trimmed(text: str) -> str:
    return text.strip(" .!?\"'“”„")


def _found(said: Said, ground: Ground) -> ToolCall:
    what = ground.names.plain(said["what"]) if "what" in said else ""
    return ToolCall(name="find_devices", arguments={"what": what or None})


def _listed(said: Said, ground: Ground) -> ToolCall | None:
    room = room_in(said["room"], ground.names) if "room" in said else None
    if "room" in said and room is None:
        return None
    return ToolCall(name="list_devices", arguments={"room": room})


def _paired(said: Said, ground: Ground) -> ToolCall | None:
    """One thing at a time; of "connect the Hue bridge" what comes before and behind is its name."""
    what = _trimmed(said["what"])
    if len(ground.names.items(what)) > 1 or "•" in what:
        return None
    return ToolCall(name="pair_device", arguments={"what": what})


def _connected(said: Said, ground: Ground) -> ToolCall | None:
    if not _says(said["what"], ground, "bridge", "device"):
        return None
    return _paired(said, ground)


def _given_up(said: Said, ground: Ground) -> ToolCall | None:
    """A bridge or a single accessory that is called so, word for word, or something that can only
    be one; what is remembered of the kitchen is not the speaker of that name."""
    house, words = ground.context.house, _words(ground.names.plain(said["what"]))
    called = (bridge.name for bridge in house.bridges.values())
    name = next((n for n in called if _words(ground.names.plain(n)) == words), None)
    if any(_words(room) == words for room in house.rooms):
        return None
    if name is None and not (_says(said["what"], ground, "bridge") and len(words) <= _SHORT):
        return None
    return ToolCall(name="forget_device", arguments={"what": name or _trimmed(said["what"])})


def _says(text: str, ground: Ground, *kinds: str) -> bool:
    told = sentences(ground.names.lexicon.language).read(text)
    return any(sentence.of in kinds for sentence in told)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def _named(said: Said, ground: Ground) -> ToolCall | None:
    new = _trimmed(said["name"])
    device = device_in(said["thing"], ground) if new else None
    return _described(device, name=new) if device else None


def _nicknamed(said: Said, ground: Ground) -> ToolCall | None:
    new = _trimmed(said["name"])
    device = device_in(said["thing"], ground) if new and not said["name"].endswith("?") else None
    return _described(device, alias=new) if device else None


def _placed(said: Said, ground: Ground) -> ToolCall | None:
    """Where a thing is that has no place yet; of any other it is news, and no order."""
    room = room_in(said["room"], ground.names)
    device = device_in(said["thing"], ground) if room else None
    if not device or ground.names.room(device):
        return None
    return _described(device, room=room)


def _described(device: str, **told: str | None) -> ToolCall:
    return ToolCall(name="name_device", arguments={"device": device, **told})


_DEEDS: dict[str, Callable[[Said, Ground], ToolCall | None]] = {
    "remember": _plainly("remember", "text"),
    "recall": _plainly("recall", "query"),
    "give_up": _given_up,
    "unpair": _plainly("forget_device", "what"),
    "forget": _plainly("forget", "what"),
    "find_devices": _found,
    "list_devices": _listed,
    "pair_device": _paired,
    "connect": _connected,
    "name": _named,
    "alias": _nicknamed,
    "place": _placed,
}
