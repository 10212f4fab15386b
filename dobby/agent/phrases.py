"""How states and receipts are said. English for now; every sentence is built here from data."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pydantic import ValidationError

from devices.capabilities import (
    Alarm,
    Brightness,
    Capability,
    Chore,
    Climate,
    Color,
    ColorTemperature,
    FanSpeed,
    Group,
    Lock,
    Media,
    Movement,
    Mute,
    Playback,
    PlayMode,
    Position,
    Power,
    Preset,
    Scene,
    Skip,
    Source,
    Tilt,
    Timers,
    Todo,
    Volume,
)

HUES = (
    (15, "red"), (40, "orange"), (70, "yellow"), (95, "lime"), (150, "green"), (185, "turquoise"),
    (200, "cyan"), (255, "blue"), (300, "purple"), (335, "pink"), (347, "crimson"), (361, "red"),
)  # fmt: skip


def names(items: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


PLURALS = {"switch": "switches", "person": "people", "address": "addresses"}
KINDS = {"garage": "garage door"}


def counted(count: int, noun: str) -> str:
    """ "1 lock", "8 lights"."""
    noun = KINDS.get(noun, noun)
    return f"{count} {noun if count == 1 else PLURALS.get(noun, f'{noun}s')}"


def sentence(text: str) -> str:
    """Capital at the front, one full stop at the end."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".?!:" else ".")


def temperature(celsius: float, fahrenheit: bool) -> str:
    if fahrenheit:
        return f"{celsius * 9 / 5 + 32:.0f} °F"
    return f"{celsius:.1f}".rstrip("0").rstrip(".") + " °C"


def percent(value: float) -> str:
    return f"{value:.0f}%"


def duration(seconds: float) -> str:
    """ "1 hour 5 minutes", "90 seconds" as "1 minute 30 seconds"."""
    whole = round(seconds)
    parts = (("hour", whole // 3600), ("minute", whole % 3600 // 60), ("second", whole % 60))
    said = [f"{n} {unit}{'' if n == 1 else 's'}" for unit, n in parts if n]
    return " ".join(said) or "0 seconds"


def color_name(color: Color) -> str:
    if color.saturation < 12:
        return "white"
    return next(name for edge, name in HUES if color.hue < edge)


def white_name(kelvin: float) -> str:
    named = ((2400, "very warm white"), (3200, "warm white"), (4700, "neutral white"))
    return next((name for edge, name in named if kelvin < edge), "daylight")


def predicate(value: Capability, plural: bool = False, fahrenheit: bool = False) -> str:
    """What a capability's state says of its device: "is on", "plays Jazz FM"."""
    be, s = ("are", "") if plural else ("is", "s")
    match value:
        case Power(on=on):
            return f"{be} {'on' if on else 'off'}"
        case Brightness(percent=p):
            return f"{be} at {percent(p)}"
        case Color():
            return f"{be} {color_name(value)}"
        case ColorTemperature(kelvin=k):
            return f"{be} {white_name(k)} ({round(k, -2)} K)"
        case Volume(percent=p):
            return f"{be} at volume {p:.0f}"
        case Mute(muted=muted):
            return f"{be} {'muted' if muted else 'no longer muted'}"
        case Playback(state=state):
            return f"{be} {state}"
        case Media():
            return f"play{s} {_media(value)}"
        case Skip(to=to):
            return f"went to the {to} track"
        case PlayMode():
            return f"{be} {_play_mode(value)}"
        case Preset(name=name):
            return f"look{s} at {name}"
        case Source(name=name):
            return f"show{s} {name}"
        case Group():
            return f"play{s} along"
        case Climate():
            return _climate(value, be, fahrenheit)
        case FanSpeed(percent=p):
            return f"run{s} at {percent(p)}" if p else f"{be} off"
        case Position(percent=p):
            ends = {0: "closed", 100: "open"}
            return f"{be} {ends.get(round(p)) or f'{percent(p)} open'}"
        case Movement(moving=moving):
            return f"{be} moving" if moving else f"{'have' if plural else 'has'} stopped"
        case Tilt(percent=p):
            return f"{be} tilted to {percent(p)}"
        case Lock(locked=locked):
            return f"{be} {'locked' if locked else 'unlocked'}"
        case Alarm(mode=mode):
            return f"{be} {'disarmed' if mode == 'disarmed' else f'armed ({mode})'}"
        case Chore(activity=activity, area=area):
            words = {"working": "at work", "docked": "docked or on its way there"}
            return f"{be} {words.get(activity, activity)}{f' in {area}' if area else ''}"
        case Scene(active=active):
            return f"{be} {'set' if active else 'off'}"
        case Todo():
            return _todo(value)
        case Timers():
            return _timers(value)
        case _:
            return f"{be} known"


def action(value: Capability, subject: str, fahrenheit: bool = False) -> str:
    """A command as something to be done: "unlock Front door"."""
    match value:
        case Lock(locked=locked):
            return f"{'lock' if locked else 'unlock'} {subject}"
        case Position(percent=p):
            to = "" if p in (0, 100) else f" to {percent(p)}"
            return f"{'open' if p else 'close'} {subject}{to}"
        case Alarm(mode=mode):
            return f"disarm {subject}" if mode == "disarmed" else f"arm {subject} ({mode})"
        case Climate(mode=mode, target=target) if mode or target is not None:
            to = "" if target is None else f" to {temperature(target, fahrenheit)}"
            return f"set {subject}{to}{f' on {mode}' if mode else ''}"
        case Power(on=on):
            return f"switch {subject} {'on' if on else 'off'}"
        case Brightness(percent=p) | FanSpeed(percent=p):
            return f"set {subject} to {percent(p)}"
        case Volume(percent=p):
            return f"set the volume of {subject} to {p:.0f}"
        case Mute(muted=muted):
            return f"{'mute' if muted else 'unmute'} {subject}"
        case Color():
            return f"make {subject} {color_name(value)}"
        case ColorTemperature(kelvin=k):
            return f"make {subject} {white_name(k)}"
        case Playback(state=state):
            verbs = {"playing": "let {} play", "paused": "pause {}"}
            return verbs.get(state, "stop {}").format(subject)
        case Media():
            return f"play {_media(value)} on {subject}"
        case Source(name=name):
            return f"switch {subject} to {name}"
        case Chore(activity=activity, area=area):
            verbs = {"working": "send {} to work", "docked": "send {} back", "paused": "pause {}"}
            told = verbs.get(activity, "stop {}").format(subject)
            return f"{told}{f' in {area}' if area else ''}"
        case Group():
            return f"let {subject} play along"
        case Scene(active=active):
            return f"{'set' if active else 'end'} {subject}"
        case Movement():
            return f"stop {subject}"
        case Skip(to=to):
            return f"go to the {to} track on {subject}"
        case _:
            return f"change the {value.kind.replace('_', ' ')} of {subject}"


_ABLE = {
    "power": "switched on and off", "brightness": "dimmed", "color": "coloured",
    "color_temperature": "made warmer or cooler", "volume": "turned up and down", "mute": "muted",
    "playback": "played and paused", "source": "switched to another input",
    "group": "joined with other speakers", "climate": "set to a temperature",
    "fan_speed": "set to a speed", "position": "opened and closed", "tilt": "tilted",
    "lock": "locked and unlocked", "alarm": "armed and disarmed", "chore": "sent to work",
    "scene": "set", "snapshot": "looked through", "todo": "added to", "timers": "set",
    "preset": "turned to a preset", "movement": "stopped on its way",
}  # fmt: skip


def able(kinds: Collection[str]) -> str:
    """What can be done with a device of these abilities: "dimmed and muted"; empty for nothing."""
    return names([words for kind, words in _ABLE.items() if kind in kinds])


_LIMITS = (
    ("Input should be less than or equal to ", "has to be at most "),
    ("Input should be greater than or equal to ", "has to be at least "),
    ("Input should be ", "has to be "),
    ("Field required", "is missing"),
    ("Extra inputs are not permitted", "is not known here"),
    ("String should match pattern", "has to look like"),
    ("Value error, ", "is wrong: "),
)


def wrong(error: ValidationError) -> str:
    """What is wrong with the fields of a call, in words: "percent has to be at most 100"."""
    first = error.errors(include_url=False)[0]
    field = " ".join(str(part).replace("_", " ") for part in first["loc"]) or "it"
    for technical, plain in _LIMITS:
        if first["msg"].startswith(technical):
            return sentence(f"{field} {plain}{first['msg'].removeprefix(technical)}")
    return sentence(f"{field} is not as it has to be ({first['msg']})")


def _media(media: Media) -> str:
    if media.title:
        by = f" by {media.artist}" if media.artist else ""
        on = f" ({media.item})" if media.item and media.item != media.title else ""
        return f"{media.title}{by}{on}"
    return media.item or "something"


def _play_mode(mode: PlayMode) -> str:
    said: list[str] = []
    if mode.shuffle is not None:
        said.append("shuffled" if mode.shuffle else "not shuffled")
    if mode.repeat is not None:
        words = {"off": "not repeating", "one": "repeating the track", "all": "repeating all"}
        said.append(words[mode.repeat])
    return names(said)


def _climate(climate: Climate, be: str, fahrenheit: bool) -> str:
    modes = {
        "off": "off", "heat": "heating", "cool": "cooling", "auto": "on auto", "dry": "drying",
    }  # fmt: skip
    said: list[str] = []
    if climate.mode:
        said.append(modes.get(climate.mode, "on fan"))
    if climate.target is not None:
        said.append(f"set to {temperature(climate.target, fahrenheit)}")
    if climate.current is not None:
        said.append(f"now {temperature(climate.current, fahrenheit)}")
    return f"{be} {', '.join(said)}"


def _todo(todo: Todo) -> str:
    open_items = [item.text for item in todo.items if not item.done]
    return f"has {names(open_items)}" if open_items else "is empty"


def _timers(timers: Timers) -> str:
    if not timers.entries:
        return "has none running"
    said = [
        f"{t.name or 'a timer'} with {duration(t.seconds)} left{' (paused)' if t.paused else ''}"
        for t in timers.entries
    ]
    return f"has {names(said)}"
