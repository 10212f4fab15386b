"""Answers to questions about state, in sentences, from the house as it is now.

``read_state`` asks with ``devices``, a ``form`` (whether, which, what, count, any, all, where), and
either a ``value``, a word for a state ("on", "open", "locked", "playing"), or an ``about``, a
capability, with its ``field`` ("climate", "current").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from devices.capabilities import (
    Alarm,
    Brightness,
    Chore,
    Climate,
    FanSpeed,
    Media,
    Playback,
    Position,
    Reading,
    State,
    Timers,
    Todo,
    Volume,
)  # fmt: skip
from devices.device import Device
from dobby.agent.calls import HouseView, ToolCall
from dobby.agent.phrases import duration, predicate, temperature
from dobby.agent.states import STATES
from dobby.agent.subjects import MANY, called, plural, the_room

_MOST_NAMED = 12
_TEMPER = frozenset({"on", "off", "running", "heating", "not heating", "cooling"})
_SAID = {"low": "low on battery", "moving": "seeing motion"}


def answer(call: ToolCall, house: HouseView, fahrenheit: bool = False) -> str:
    """The answer to a ``read_state`` call; devices that are away are said to be."""
    asked = call.arguments
    known = [house.devices[d] for d in asked.get("devices") or () if d in house.devices]
    if not known:
        return "I know nothing of the kind."
    here = [d for d in known if d.id not in house.away]
    away = [d for d in known if d.id in house.away]
    said = _said(asked, here, house, fahrenheit) if here else ""
    if away:
        said = f"{said} {_sentence(away, 'does not answer', 'do not answer')}".strip()
    return said


def _said(
    asked: Mapping[str, Any], devices: Sequence[Device], house: HouseView, fahrenheit: bool
) -> str:
    form, value = asked.get("form") or "what", asked.get("value")
    if form == "where":
        return " ".join(_where(d) for d in devices)
    if value:
        return _about_state(str(form), str(value), devices, house, fahrenheit)
    about, field = asked.get("about"), asked.get("field")
    if about == "media":
        return _music(devices, house)
    if field in {"temperature", "current"}:
        return _warm(devices, house, fahrenheit)
    lines = [
        line for d in devices
        if (line := _value_line(d, house.state(d.id), about, field, fahrenheit))
    ]  # fmt: skip
    return " ".join(lines) or f"{_listed([d.name for d in devices])} did not tell me."


# -- states


def _about_state(
    form: str, value: str, devices: Sequence[Device], house: HouseView, fahrenheit: bool
) -> str:
    if value == "occupied" and form in {"any", "whether", "all"}:
        return _presence(devices, house)
    test, _ = STATES[value]
    known = [(d, holds) for d in devices if (holds := test(house.state(d.id))) is not None]
    unknown = [d for d in devices if d not in [k for k, _ in known]]
    untold = _untold(unknown, value, house, fahrenheit) if unknown else ""
    if not known:
        return untold
    return f"{_known(form, value, known, house, fahrenheit)} {untold}".strip()


def _untold(devices: Sequence[Device], value: str, house: HouseView, fahrenheit: bool) -> str:
    """That a word cannot be said of these, and what can: of a lock, that it is locked."""
    be = _is(devices[0]) if len(devices) == 1 else "are"
    which = _listed([_the(d, first=False) for d in devices])
    told = [_whole(d, house.state(d.id), fahrenheit) for d in devices[:MANY]]
    said = (f"I can't tell whether {which} {be} {_SAID.get(value, value)}.", *told)
    return " ".join(filter(None, said))


def _tempered(device: Device, house: HouseView, fahrenheit: bool) -> str:
    """What a device that heats or cools does now: its mode says it, not whether it is on."""
    climate = house.state(device.id)["climate"]
    return f"{_the(device)} {predicate(climate, plural(device), fahrenheit)}."


def _known(
    form: str, value: str, known: list[tuple[Device, bool]], house: HouseView, fahrenheit: bool
) -> str:
    having = [d for d, holds in known if holds]
    lacking = [d for d, holds in known if not holds]
    word, contrary = _SAID.get(value, value), STATES[value][1]
    are, are_not = (f"is {word}", f"are {word}"), (f"is {contrary}", f"are {contrary}")
    if form == "count":
        named = f": {_listed([d.name for d in having])}" if having else ""
        return f"{_number(len(having))} of {len(known)}{named}."
    if form in {"which", "any"}:
        if having:
            said = _sentence(having, *are)
            return said if form == "which" else f"Yes: {said}"
        none = f"None of {len(known)} is {word}." if len(known) > MANY else ""
        return f"{'' if form == 'which' else 'No. '}{none or _sentence(lacking, *are_not)}"
    if len(known) == 1:
        said = _sentence([known[0][0]], *(are if having else are_not))
        if value in _TEMPER and "climate" in house.state(known[0][0].id):
            said = _tempered(known[0][0], house, fahrenheit)
        return f"{'Yes' if having else 'No'}. {said}"
    if not lacking:
        return f"Yes, all are {word}: {_listed([d.name for d in having])}."
    if not having:
        return f"No, all are {contrary}: {_listed([d.name for d in lacking])}."
    if form == "whether":  # "is the heating on?", of three thermostats
        return f"In part: {_sentence(having, *are, small=True)} {_sentence(lacking, *are_not)}"
    return f"No: {_sentence(lacking, *are_not, small=True)}"


def _presence(devices: Sequence[Device], house: HouseView) -> str:
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
    words = (
        ("somebody", "Yes: {} {} that somebody is there.", "say"),
        ("motion", "It seems so: {} {} motion.", "see"),
        ("stillness", "I can't tell: {} {} no motion, but who sits still moves nothing.", "see"),
        ("nobody", "No: {} {} that nobody is there.", "say"),
    )
    for told, line, verb in words:
        if seeing := said.get(told):
            many = len(seeing) > 1 or plural(seeing[0])
            which = _listed([_the(d, first=False) for d in seeing])
            return line.format(which, verb if many else f"{verb}s")
    return "Nothing there tells me that."


# -- values


def _value_line(
    device: Device, state: State, about: str | None, field: str | None, fahrenheit: bool
) -> str:
    name = _the(device)
    if about in {"todo", "timers"}:
        return _lists(device, state)
    if about is None:
        return _whole(device, state, fahrenheit)
    value = state.get(about)
    if about == "climate" and field == "target":
        target = getattr(value, "target", None)
        if target is None:
            return ""
        return f"{name} {_is(device)} set to {temperature(target, fahrenheit)}."
    if value is not None and about in _SAID_WHOLE and field in {None, "percent"}:
        return f"{name} {predicate(value, plural(device), fahrenheit)}."
    said = _measured(state, about, field)
    return f"{name}: {said}." if said else ""


def _warm(devices: Sequence[Device], house: HouseView, fahrenheit: bool) -> str:
    """By room; where a thermostat measures, its word counts and not a sensor's beside it."""
    by_room: dict[str, float] = {}
    lines: list[str] = []
    for device in sorted(devices, key=lambda d: "climate" not in house.state(d.id)):
        state = house.state(device.id)
        value = getattr(state.get("climate"), "current", None)
        if value is None:
            value = getattr(state.get("reading"), "temperature", None)
        if value is None:
            continue
        if device.room:
            by_room.setdefault(the_room(device), value)
        else:
            lines.append(f"{_the(device)} shows {temperature(value, fahrenheit)}.")
    rooms = [f"{temperature(v, fahrenheit)} in {room}" for room, v in by_room.items()]
    told = [f"It is {_listed(rooms)}."] if rooms else []
    return " ".join(told + lines) or "I see no thermometer that tells."


_SAID_WHOLE = frozenset({"brightness", "color", "color_temperature", "volume", "position",
                         "fan_speed"})  # fmt: skip


def _measured(state: State, about: str, field: str | None) -> str:
    value = getattr(state.get(about), field or "", None)
    if value is None and about in state:
        fields = state[about].said()
        value = next(iter(fields.values()), None)
    return "" if value is None else _with_unit(value, about, field)


_UNITS = {"humidity": "%", "battery": "%", "illuminance": " lux", "power": " W",
          "energy": " kWh", "co2": " ppm", "percent": "%", "kelvin": " K"}  # fmt: skip


def _with_unit(value: Any, about: str, field: str | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        unit = _UNITS.get(field or "", "%" if about in {"brightness", "volume", "position"} else "")
        return f"{value:g}{unit}"
    return str(value)


def _whole(device: Device, state: State, fahrenheit: bool) -> str:
    """All that is worth saying of one device."""
    said: list[str] = []
    for word, (test, contrary) in STATES.items():
        if word in {"on", "open", "locked"} and (holds := test(state)) is not None:
            if word == "on" and ("position" in state or "playback" in state or "alarm" in state):
                continue
            said.append(word if holds else contrary)
    match state:
        case {"brightness": Brightness(percent=percent)} if "off" not in said:
            said.append(f"at {percent:g}%")
        case {"position": Position(percent=percent)} if 0 < percent < 100:
            said.append(f"at {percent:g}%")
        case {"fan_speed": FanSpeed(percent=percent)} if "off" not in said:
            said.append(f"at {percent:g}%")
        case {"volume": Volume(percent=percent)}:
            said.append(f"volume {percent:g}%")
        case {"alarm": Alarm(mode=mode)}:
            said.append(mode if mode == "disarmed" else f"armed: {mode}")
        case {"chore": Chore(activity=activity)}:
            said.append(activity)
        case _:
            pass
    said += _looks(state) if "off" not in said else []
    said += _warmth(state, fahrenheit)
    if "playback" in state:
        own = f"{_the(device)} {_is(device)} {', '.join(said)}." if said else ""
        return f"{_playing(device, state)} {own}".strip()
    if "todo" in state or "timers" in state:
        return _lists(device, state)
    return f"{_the(device)} {_is(device)} {', '.join(said)}." if said else ""


_LOOKS = ("color", "color_temperature", "tilt", "source", "preset", "mute")


def _looks(state: State) -> list[str]:
    """What a tile shows besides: a colour, an input, slats."""
    said = [predicate(state[kind]) for kind in _LOOKS if kind in state]
    return [words.removeprefix("is ") for words in said if words != "is no longer muted"]


def _warmth(state: State, fahrenheit: bool) -> list[str]:
    said: list[str] = []
    climate, reading = state.get("climate"), state.get("reading")
    if isinstance(climate, Climate):
        if climate.mode:
            said.append(f"mode {climate.mode}")
        if climate.target is not None:
            said.append(f"set to {temperature(climate.target, fahrenheit)}")
        if climate.current is not None:
            said.append(f"{temperature(climate.current, fahrenheit)} now")
    if isinstance(reading, Reading):
        for name, value in reading.said().items():
            if name == "temperature":
                said.append(temperature(value, fahrenheit))
            elif name != "contact":
                said.append(f"{name} {_with_unit(value, 'reading', name)}")
    return said


def _playing(device: Device, state: State) -> str:
    playback = state.get("playback")
    if not isinstance(playback, Playback) or playback.state != "playing":
        return f"Nothing is playing on {_the(device, first=False)}."
    return f"{_title(state)} is playing {_at([device])}."


def _music(devices: Sequence[Device], house: HouseView) -> str:
    """What plays, and where; the silent ones are named only when none plays."""
    where: dict[str, list[Device]] = {}
    for device in devices:
        state = house.state(device.id)
        playback = state.get("playback")
        if isinstance(playback, Playback) and playback.state == "playing":
            where.setdefault(_title(state), []).append(device)
    if where:
        return " ".join(f"{title} is playing {_at(own)}." for title, own in where.items())
    return _playing(devices[0], {}) if len(devices) == 1 else "Nothing is playing."


def _title(state: State) -> str:
    media = state.get("media")
    if not isinstance(media, Media):
        return "Something"
    title = " by ".join(filter(None, (media.title, media.artist)))
    return f"{title} ({media.item})" if title and media.item else title or media.item or "Something"


def _at(devices: Sequence[Device]) -> str:
    if all(device.room for device in devices):
        return f"in {_listed([the_room(device) for device in devices])}"
    return f"on {_listed([_the(device, first=False) for device in devices])}"


def _lists(device: Device, state: State) -> str:
    todo, timers = state.get("todo"), state.get("timers")
    if isinstance(todo, Todo):
        left = [i.text for i in todo.items if not i.done]
        return f"{device.name}: {_listed(left, 40)}." if left else f"{_the(device)} is empty."
    if isinstance(timers, Timers):
        if not timers.entries:
            return "No timer is running."
        return " ".join(
            f"{f'The {t.name} timer' if t.name else 'The timer'} has {duration(t.seconds)} left"
            f"{', paused' if t.paused else ''}."
            for t in timers.entries
        )
    return ""


def _where(device: Device) -> str:
    return (
        f"{_the(device)} {_is(device)} in {the_room(device)}."
        if device.room
        else f"I don't know where {_the(device, first=False)} {_is(device)}."
    )


# -- words


def _the(device: Device, first: bool = True) -> str:
    name = called(device)
    return name[:1].upper() + name[1:] if first else name


def _is(device: Device) -> str:
    return "are" if plural(device) else "is"


def _listed(names: Sequence[str], most: int = _MOST_NAMED) -> str:
    shown = list(names[:most])
    if len(names) > most:
        shown.append(f"{len(names) - most} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _number(count: int) -> str:
    words = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return words[count] if count < len(words) else str(count)


def _sentence(devices: Sequence[Device], one: str, many: str, small: bool = False) -> str:
    """``small``: it goes on after a colon."""
    if len(devices) == 1:
        return f"{_the(devices[0], first=not small)} {many if plural(devices[0]) else one}."
    number = str(len(devices)) if small else _number(len(devices))
    return f"{number} {many}: {_listed([d.name for d in devices])}."
