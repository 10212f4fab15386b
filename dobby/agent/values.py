"""What devices tell of themselves: one value, all that is worth saying, what plays, how warm."""

from __future__ import annotations

from collections.abc import Sequence
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
from dobby.agent.calls import HouseView
from dobby.agent.phrases import predicate, sentence
from dobby.agent.reply import bare
from dobby.agent.states import STATES
from dobby.agent.subjects import called, plural, the_room
from dobby.language.words import Words

HELD_WARM = frozenset({"spa", "pool", "boiler"})  # their warmth is not that of their room
_MOST_ITEMS = 40
_AGREE = 2.0  # kelvin by which thermometers of a room may differ, and one is enough
_SAID_WHOLE = frozenset({"brightness", "color", "color_temperature", "volume", "position",
                         "fan_speed"})  # fmt: skip
_LOOKS = ("color", "color_temperature", "tilt", "source", "preset", "mute")


def value_line(
    device: Device, state: State, about: str | None, field: str | None, words: Words
) -> str:
    """One value of a device, or all that is worth saying; empty where it does not tell."""
    if about in {"todo", "timers"}:
        return lists(device, state, words)
    if about is None:
        return whole(device, state, words)
    value = state.get(about)
    if about == "climate" and field == "target":
        target = getattr(value, "target", None)
        if target is None:
            return ""
        set_to = words.say(
            "set-to", count=_count(device, words), temperature=words.temperature(target)
        )
        return _told(device, set_to, words)
    if value is not None and about in _SAID_WHOLE and field in {None, "percent"}:
        return _told(device, predicate(value, words, plural(device, words)), words)
    said = measured(state, about, field, words)
    return sentence(words.say("labelled", who=called(device, words), value=said)) if said else ""


def warmth(devices: Sequence[Device], house: HouseView, words: Words) -> str:
    """By room; where a thermostat measures, a sensor beside it is told only where it differs."""
    by_room: dict[str, float] = {}
    lines: list[str] = []
    for device in sorted(devices, key=lambda d: "climate" not in house.state(d.id)):
        state = house.state(device.id)
        value = getattr(state.get("climate"), "current", None)
        if value is None:
            value = getattr(state.get("reading"), "temperature", None)
        if value is None:
            continue
        room = the_room(device, words) if device.room and device.kind not in HELD_WARM else ""
        if room and abs(by_room.setdefault(room, value) - value) <= _AGREE:
            continue
        if not room or by_room[room] != value:
            who, degrees = called(device, words), words.temperature(value)
            lines.append(sentence(words.say("shows-temperature", who=who, temperature=degrees)))
    rooms = [
        words.say("warm-in-room", temperature=words.temperature(value), room=room)
        for room, value in by_room.items()
    ]
    told = [words.say("warm-in-rooms", rooms=words.names(rooms))] if rooms else []
    return " ".join(told + lines) or words.say("no-thermometer")


def whole(device: Device, state: State, words: Words) -> str:
    """All that is worth saying of one device."""
    conditions = _conditions(state)
    on = "off" not in conditions
    count = _count(device, words)
    said = [bare(words.say("is-state", count=1, state=one), words) for one in conditions[1:]]
    said += _level(state, on, words)
    said += _looks(state, words) if on else []
    said += _warmth(state, words)
    if conditions:  # "is on, at 40%": the first with its verb
        said = [words.say("is-state", count=count, state=conditions[0]), *said]
        own = _told(device, ", ".join(said), words)
    elif said:
        own = _told(device, words.say("being", count=count, parts=", ".join(said)), words)
    else:
        own = ""
    if "playback" in state:
        return f"{_playing(device, state, words)} {own}".strip()
    return lists(device, state, words) if "todo" in state or "timers" in state else own


def _conditions(state: State) -> list[str]:
    """On or off, open or closed, locked or unlocked: what can be said of it."""
    told: list[str] = []
    for one in ("on", "open", "locked"):
        if one == "on" and not state.keys().isdisjoint({"position", "playback", "alarm"}):
            continue
        test, contrary = STATES[one]
        if (holds := test(state)) is not None:
            told.append(one if holds else contrary)
    return told


def _level(state: State, on: bool, words: Words) -> list[str]:
    match state:
        case {"brightness": Brightness(percent=percent)} if on:
            return [words.say("part-percent", percent=words.percent(percent, 2))]
        case {"position": Position(percent=percent)} if 0 < percent < 100:
            return [words.say("part-percent", percent=words.percent(percent, 2))]
        case {"fan_speed": FanSpeed(percent=percent)} if on:
            return [words.say("part-percent", percent=words.percent(percent, 2))]
        case {"volume": Volume(percent=percent)}:
            return [words.say("part-volume", percent=words.percent(percent, 2))]
        case {"alarm": Alarm(mode=mode)}:
            return [words.say("part-alarm", mode=mode)]
        case {"chore": Chore(activity=activity)}:
            return [words.say("part-activity", activity=activity)]
        case _:
            return []


def _looks(state: State, words: Words) -> list[str]:
    """What a tile shows besides: a colour, an input, slats."""
    muted = getattr(state.get("mute"), "muted", False)
    shown = [kind for kind in _LOOKS if kind in state and (kind != "mute" or muted)]
    return [bare(predicate(state[kind], words), words) for kind in shown]


def _warmth(state: State, words: Words) -> list[str]:
    said: list[str] = []
    climate, reading = state.get("climate"), state.get("reading")
    if isinstance(climate, Climate):
        if climate.mode:
            said.append(words.say("part-mode", mode=climate.mode))
        if climate.target is not None:
            said.append(words.say("part-target", temperature=words.temperature(climate.target)))
        if climate.current is not None:
            said.append(words.say("part-current", temperature=words.temperature(climate.current)))
    if isinstance(reading, Reading):
        for name, value in reading.said().items():
            if name == "temperature":
                said.append(words.temperature(value))
            elif name != "contact":
                shown = _with_unit(value, "reading", name, words)
                said.append(words.say("part-reading", field=name, value=shown))
    return said


# -- values and their units


def measured(state: State, about: str, field: str | None, words: Words) -> str:
    """One value with its unit; empty where it does not tell."""
    value = getattr(state.get(about), field or "", None)
    if value is None and about in state:
        value = next(iter(state[about].said().values()), None)
    return "" if value is None else _with_unit(value, about, field, words)


_UNITS = {**{name: f" {unit}" for name, unit in Reading.units.items()}, "kelvin": " K"}
_OF_HUNDRED = frozenset({"humidity", "battery", "percent"})


def _with_unit(value: Any, about: str, field: str | None, words: Words) -> str:
    if isinstance(value, bool):
        return words.say("yes-no", state="yes" if value else "no")
    if not isinstance(value, (int, float)):
        return str(value)
    unit = _UNITS.get(field or "")
    if field in _OF_HUNDRED or (not unit and about in {"brightness", "volume", "position"}):
        return words.percent(value, 2)
    return f"{words.number(value, 2)}{unit or ''}"


# -- music


def music(devices: Sequence[Device], house: HouseView, words: Words) -> str:
    """What plays, and where; the silent ones are named only when none plays."""
    where: dict[str, list[Device]] = {}
    for device in devices:
        state = house.state(device.id)
        if _plays(state):
            where.setdefault(_title(state, words), []).append(device)
    if where:
        return " ".join(_sounding(title, own, words) for title, own in where.items())
    return _playing(devices[0], {}, words) if len(devices) == 1 else words.say("nothing-playing")


def _plays(state: State) -> bool:
    playback = state.get("playback")
    return isinstance(playback, Playback) and playback.state == "playing"


def _playing(device: Device, state: State, words: Words) -> str:
    if not _plays(state):
        return words.say("nothing-playing-on", who=called(device, words))
    return _sounding(_title(state, words), [device], words)


def _sounding(title: str, devices: Sequence[Device], words: Words) -> str:
    if all(device.room for device in devices):
        rooms = words.names([the_room(device, words) for device in devices])
        return words.say("is-playing-in", title=title, places=rooms)
    speakers = words.names([called(device, words) for device in devices])
    return words.say("is-playing-on", title=title, places=speakers)


def _title(state: State, words: Words) -> str:
    media = state.get("media")
    if not isinstance(media, Media):
        return words.say("something-plays")
    title, artist = media.title or "", media.artist or ""
    if title and artist:
        title = words.say("title-by", title=title, artist=artist)
    title = title or artist
    if title and media.item:
        return words.say("title-of", title=title, item=media.item)
    return title or media.item or words.say("something-plays")


# -- lists and timers


def lists(device: Device, state: State, words: Words) -> str:
    """What is left on a list, or how long timers have to run."""
    todo, timers = state.get("todo"), state.get("timers")
    if isinstance(todo, Todo):
        left = [item.text for item in todo.items if not item.done]
        if not left:
            return sentence(words.say("list-empty", who=called(device, words)))
        if len(left) > _MOST_ITEMS:
            left[_MOST_ITEMS:] = [words.say("some-more", n=len(left) - _MOST_ITEMS)]
        return words.say("list-of", name=device.name, items=words.names(left))
    if isinstance(timers, Timers):
        return " ".join(
            words.say(
                "timer-has-left",
                named="yes" if timer.name else "no",
                name=timer.name or "",
                duration=words.duration(timer.seconds),
                state="paused" if timer.paused else "running",
            )
            for timer in timers.entries
        ) or words.say("no-timer-running")
    return ""


def _told(device: Device, what: str, words: Words) -> str:
    return sentence(words.say("told", who=called(device, words), what=what))


def _count(device: Device, words: Words) -> int:
    return 2 if plural(device, words) else 1
