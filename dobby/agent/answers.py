"""Answers to questions about state, in sentences, from the house as it is now.

``read_state`` asks with ``devices``, a ``form`` (whether, which, what, count, any, all, where, how,
most, least), and either a ``value``, a word for a state ("on", "open", "locked", "playing"), or an
``about``, a capability, with its ``field`` ("climate", "current") and a ``text``: a timer by name,
an item of a list. How: which of two contrary states.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from devices.capabilities import Todo
from devices.device import Device
from dobby.agent.calls import HouseView, ToolCall
from dobby.agent.overview import THERE, counted, extreme, item, there_is, timers
from dobby.agent.phrases import predicate, sentence
from dobby.agent.states import REACH, STATES, contrary, worded
from dobby.agent.subjects import MANY, called, plural, subject, the_room
from dobby.agent.values import music, value_line, warmth, whole
from dobby.language.words import Words

_MOST_NAMED = 12
_TEMPER = frozenset({"on", "off", "running", "heating", "not heating", "cooling"})


def answer(call: ToolCall, house: HouseView, words: Words) -> str:
    """The answer to a ``read_state`` call; devices that are away are said to be."""
    asked = call.arguments
    known = [house.devices[d] for d in asked.get("devices") or () if d in house.devices]
    if not known:
        return words.say("nothing-known")
    if asked.get("about") in THERE or asked.get("field") in THERE:
        return there_is(asked, known, house, words)
    if (value := asked.get("value")) in REACH:
        held = [(d, (d.id in house.away) == (value == "offline")) for d in known]
        return _known(str(asked.get("form")), str(value), held, house, words)
    here = [d for d in known if d.id not in house.away]
    away = [d for d in known if d.id in house.away]
    said = _said(asked, here, house, words) if here else ""
    if away:
        said = f"{said} {_sentence(away, 'does-not-answer', words)}".strip()
    return said


def _said(
    asked: Mapping[str, Any], devices: Sequence[Device], house: HouseView, words: Words
) -> str:
    form, value = asked.get("form") or "what", asked.get("value")
    if form == "where":
        return " ".join(_where(d, words) for d in devices)
    if value:
        return _about_state(str(form), str(value), devices, house, words)
    about, field = asked.get("about"), asked.get("field")
    if form in {"most", "least"}:
        return extreme(asked, devices, house, words)
    if about == "todo" and form == "count":
        return _items_counted(devices, house, words)
    if text := str(asked.get("text") or ""):
        return (item if about == "todo" else timers)(text, devices, house, words)
    if about == "media":
        return music(devices, house, words)
    if field in {"temperature", "current"}:
        return warmth(devices, house, words)
    lines = [
        line for d in devices
        if (line := value_line(d, house.state(d.id), about, field, words))
    ]  # fmt: skip
    untold = words.say("told-me-nothing", names=_listed([d.name for d in devices], words))
    return " ".join(lines) or untold


def _items_counted(devices: Sequence[Device], house: HouseView, words: Words) -> str:
    lists = (house.state(d.id).get("todo") for d in devices)
    left = [i.text for own in lists if isinstance(own, Todo) for i in own.items if not i.done]
    return counted(left, words)


def _about_state(
    form: str, value: str, devices: Sequence[Device], house: HouseView, words: Words
) -> str:
    if value == "occupied" and form in {"any", "whether", "all"}:
        return _presence(devices, house, words)
    test, _ = STATES[value]
    known = [(d, holds) for d in devices if (holds := test(house.state(d.id))) is not None]
    unknown = [d for d in devices if d not in [k for k, _ in known]]
    untold = _untold(unknown, value, house, words) if unknown else ""
    if not known:
        return untold
    return f"{_known(form, value, known, house, words)} {untold}".strip()


def _untold(devices: Sequence[Device], value: str, house: HouseView, words: Words) -> str:
    """That a word cannot be said of these, and what can: of a lock, that it is locked."""
    which = _listed([called(d, words) for d in devices], words)
    count = _count(devices, words)
    told = [whole(d, house.state(d.id), words) for d in devices[:MANY]]
    said = (words.say("cannot-tell", who=which, count=count, state=worded(value)), *told)
    return " ".join(filter(None, said))


def _known(
    form: str, value: str, known: list[tuple[Device, bool]], house: HouseView, words: Words
) -> str:
    having = [d for d, holds in known if holds]
    lacking = [d for d, holds in known if not holds]
    is_so, is_not = worded(value), contrary(value)
    if form == "count":
        return _counted(having, len(known), words)
    if form in {"which", "any"}:
        return _which(form, having, lacking, value, words)
    if form == "how" and len(known) > 1:
        groups = ((having, is_so), (lacking, is_not))
        return " ".join(_stated(group, state, words) for group, state in groups if group)
    if len(known) == 1:
        device, holds = known[0]
        if value in _TEMPER and "climate" in house.state(device.id):
            said = _tempered(device, house, words)
        else:
            said = _stated([device], is_so if holds else is_not, words)
        if form == "how":
            return said
        return words.say("yes-it", told=said) if holds else words.say("no-it", told=said)
    if not lacking:
        return words.say("yes-all", count=2, state=is_so, names=_named(having, words))
    if not having:
        return words.say("no-all", count=2, state=is_not, names=_named(lacking, words))
    others = _stated(lacking, is_not, words, small=form != "whether")
    if form == "whether":  # "is the heating on?", of three thermostats
        told = _stated(having, is_so, words, small=True)
        return words.say("in-part", having=told, lacking=others)
    return words.say("no-but", told=others)


def _counted(having: Sequence[Device], total: int, words: Words) -> str:
    if not having:
        return words.say("count-of", n=0, total=total)
    return words.say("count-of-named", n=len(having), total=total, names=_named(having, words))


def _which(form: str, having: list[Device], lacking: list[Device], value: str, words: Words) -> str:
    if having:
        said = _stated(having, worded(value), words)
        return said if form == "which" else words.say("yes-these", told=said)
    if len(lacking) > MANY:
        told = words.say("none-of", total=len(lacking), count=1, state=worded(value))
    else:
        told = _stated(lacking, contrary(value), words)
    return told if form == "which" else words.say("no-these", told=told)


def _tempered(device: Device, house: HouseView, words: Words) -> str:
    """What a device that heats or cools does now: its mode says it, not whether it is on."""
    state = predicate(house.state(device.id)["climate"], words, plural(device, words))
    return sentence(words.say("told", who=called(device, words), what=state))


def _presence(devices: Sequence[Device], house: HouseView, words: Words) -> str:
    """Whether somebody is there, as far as sensors tell: who sits still moves nothing, so that no
    motion is no absence."""
    said: dict[str, list[Device]] = {}
    for device in devices:
        reading = house.state(device.id).get("reading")
        seen, moves = getattr(reading, "occupancy", None), getattr(reading, "motion", None)
        if seen is not None:
            said.setdefault("somebody" if seen else "nobody", []).append(device)
        elif moves is not None:
            said.setdefault("motion" if moves else "stillness", []).append(device)
    for told in ("somebody", "motion", "stillness", "nobody"):
        if seeing := said.get(told):
            which = _listed([called(d, words) for d in seeing], words)
            return words.say(told, who=which, count=_count(seeing, words))
    return words.say("presence-untold")


def _where(device: Device, words: Words) -> str:
    count, who = 2 if plural(device, words) else 1, called(device, words)
    if not device.room:
        return words.say("where-unknown", who=who, count=count)
    return sentence(words.say("is-in", who=who, count=count, room=the_room(device, words)))


def _count(devices: Sequence[Device], words: Words) -> int:
    return 2 if len(devices) > 1 or plural(devices[0], words) else 1


def _named(devices: Sequence[Device], words: Words) -> str:
    return _listed([d.name for d in devices], words)


def _listed(names: Sequence[str], words: Words) -> str:
    shown = list(names[:_MOST_NAMED])
    if len(names) > _MOST_NAMED:
        shown.append(words.say("some-more", n=len(names) - _MOST_NAMED))
    return words.names(shown)


def _stated(devices: Sequence[Device], state: str, words: Words, small: bool = False) -> str:
    """That these are so. ``small``: it goes on after a colon."""
    return _sentence(devices, "is-state", words, small, state=state)


def _sentence(
    devices: Sequence[Device], told: str, words: Words, small: bool = False, **args: str
) -> str:
    what = words.say(told, count=_count(devices, words), **args)
    if len(devices) == 1:
        said = words.say("told", who=subject(devices, words), what=what) + "."
        return said if small else sentence(said)
    many = "several-within" if small else "several"
    return words.say(many, n=len(devices), what=what, names=_named(devices, words))
