"""Answers about many things at once: which there are, what they offer, which is the warmest; and
whether something is on a list, how long a timer has left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from devices.capabilities import Timers, Todo, TodoItem
from devices.device import Device
from dobby.agent.calls import HouseView
from dobby.agent.phrases import sentence
from dobby.agent.subjects import called, subject, the_room
from dobby.agent.values import HELD_WARM, lists, measured
from dobby.language.lexicon import LANGUAGES, lexicon
from dobby.language.words import ENGLISH, Words

THERE = frozenset({"names", "rooms", "floors", "choices"})
"""What can be listed: ``names`` of devices, their ``rooms`` and ``floors``, what they offer as
``choices`` of a capability."""
_MOST = 40


def there_is(
    asked: Mapping[str, Any], devices: Sequence[Device], house: HouseView, words: Words
) -> str:
    """Which there are, and how many: devices, rooms, floors; or what devices offer."""
    what = asked.get("field") or asked.get("about")
    if what == "choices":
        return _offered(str(asked.get("about")), devices, words)
    rooms = dict.fromkeys(d.room for d in devices if d.room)
    if what == "rooms":
        return counted(list(rooms), words)
    if what == "floors":
        floors = (house.rooms[room].floor for room in rooms if room in house.rooms)
        return counted(list(dict.fromkeys(floor for floor in floors if floor)), words)
    return counted([d.name for d in devices], words)


def counted(names: Sequence[str], words: Words) -> str:
    """ "Three: milk, bread and tea." """
    if not names:
        return words.say("there-are-none")
    return words.say("there-are", n=len(names), names=_several(names, words))


def _several(names: Sequence[str], words: Words) -> str:
    shown = list(names[:_MOST])
    if len(names) > _MOST:
        shown.append(words.say("some-more", n=len(names) - _MOST))
    return words.names(shown)


def _offered(kind: str, devices: Sequence[Device], words: Words) -> str:
    alike: dict[tuple[str, ...], list[Device]] = {}
    for device in devices:
        ability = device.ability(kind)
        if ability and ability.choices:
            alike.setdefault(ability.choices, []).append(device)
    if not alike:
        return words.say("told-me-nothing", names=words.names([d.name for d in devices]))
    return " ".join(
        sentence(words.say("labelled", who=subject(own, words), value=_several(choices, words)))
        for choices, own in alike.items()
    )


def extreme(
    asked: Mapping[str, Any], devices: Sequence[Device], house: HouseView, words: Words
) -> str:
    """Where it is warmest or coldest; which has most or least of something."""
    about, field = str(asked.get("about")), asked.get("field")
    warmth = field in {"current", "temperature"}
    values: dict[str, tuple[float, str]] = {}
    for device in sorted(devices, key=lambda d: about not in house.state(d.id)):
        state = house.state(device.id)
        value = getattr(state.get(about), str(field), None)
        if value is None and warmth:
            value = getattr(state.get("reading"), "temperature", None)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            continue
        in_air = warmth and device.kind not in HELD_WARM
        where = the_room(device, words) if in_air else ""
        said = words.temperature(value) if warmth else measured(state, about, field, words)
        values.setdefault(where or called(device, words), (value, said))
    if not values:
        return words.say("told-me-nothing", names=words.names([d.name for d in devices]))
    most = asked.get("form") == "most"
    best = (max if most else min)(value for value, _ in values.values())
    found = [name for name, (value, _) in values.items() if value == best]
    said = next(said for value, said in values.values() if value == best)
    which = ("warmest" if most else "coldest") if warmth else ("highest" if most else "lowest")
    return words.say(which, who=words.names(found), value=said)


# -- items and timers by name


def item(text: str, devices: Sequence[Device], house: HouseView, words: Words) -> str:
    """Whether something is on one of these lists, and not yet ticked off."""
    found: list[tuple[Device, TodoItem]] = []
    for device in devices:
        todo = house.state(device.id).get("todo")
        if isinstance(todo, Todo):
            found += [(device, i) for i in todo.items if _holds(i.text, text, words)]
    left = [pair for pair in found if not pair[1].done]
    if left:
        return " ".join(_on_list("on-list", device, i.text, words) for device, i in left)
    if found:
        return " ".join(_on_list("ticked-off", device, i.text, words) for device, i in found)
    named = words.names([called(d, words) for d in devices])
    return sentence(words.say("not-on", item=text, list=named))


def _on_list(told: str, device: Device, text: str, words: Words) -> str:
    return words.say(told, item=text, list=called(device, words))


def timers(text: str, devices: Sequence[Device], house: HouseView, words: Words) -> str:
    """How long the timer of that name has left; that there is none, if so."""
    said: list[str] = []
    for device in devices:
        state = house.state(device.id)
        own = state.get("timers")
        if isinstance(own, Timers):
            meant = tuple(t for t in own.entries if _holds(t.name or "", text, words))
            if meant:
                kept = own.model_copy(update={"entries": meant})
                said.append(lists(device, {**state, "timers": kept}, words))
    return " ".join(said) or words.say("no-timer", name=text)


def _holds(name: str, text: str, words: Words) -> bool:
    """Whether every word of a text is in a name, whatever its ending."""
    own = lexicon(words.language if words.language in LANGUAGES else ENGLISH)
    stems = [{own.morphology.stem(word) for word in own.key(one)} for one in (text, name)]
    return bool(stems[0]) and stems[0] <= stems[1]
