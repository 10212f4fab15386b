"""How states, receipts and deeds are said: which message, with what, is chosen here from data."""

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
from dobby.language.words import Words

HUES = (
    (15, "red"), (40, "orange"), (70, "yellow"), (95, "lime"), (150, "green"), (185, "turquoise"),
    (200, "cyan"), (255, "blue"), (300, "purple"), (335, "pink"), (347, "crimson"), (361, "red"),
)  # fmt: skip
WHITES = ((2400, "candle"), (3200, "warm"), (4700, "neutral"))  # kelvin; above is daylight


def names(items: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return Words().names(items)


def duration(seconds: float) -> str:
    """ "1 hour 5 minutes"."""
    return Words().duration(seconds)


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


def color_name(color: Color, words: Words) -> str:
    hue = next(name for edge, name in HUES if color.hue < edge)
    return words.say("color-name", hue="white" if color.saturation < 12 else hue)


def white_name(kelvin: float, words: Words) -> str:
    white = next((name for edge, name in WHITES if kelvin < edge), "daylight")
    return words.say("white-name", white=white)


def predicate(value: Capability, words: Words, many: bool = False) -> str:
    """What a capability's state says of its device: "is on", "plays Jazz FM"."""
    count = 2 if many else 1
    say = words.say
    match value:
        case Power(on=on):
            return say("power", count=count, state="on" if on else "off")
        case Brightness(percent=p):
            return say("brightness", count=count, percent=words.percent(p))
        case Color():
            return say("color", count=count, color=color_name(value, words))
        case ColorTemperature(kelvin=k):
            white = white_name(k, words)
            return say("color-temperature", count=count, white=white, kelvin=str(round(k, -2)))
        case Volume(percent=p):
            return say("volume", count=count, level=words.number(p))
        case Mute(muted=muted):
            return say("mute", count=count, state="muted" if muted else "loud")
        case Playback(state=state):
            return say("playback", count=count, state=state)
        case Media():
            return say("media", count=count, title=media_title(value, words))
        case Skip(to=to):
            return say("skip", count=count, to=to)
        case PlayMode():
            return say("play-mode", count=count, modes=_play_mode(value, words))
        case Preset(name=name):
            return say("preset", count=count, name=name)
        case Source(name=name):
            return say("source", count=count, name=name)
        case Group():
            return say("group", count=count)
        case Climate():
            return say("climate", count=count, parts=", ".join(_climate(value, words)))
        case FanSpeed(percent=p):
            state = "on" if p else "off"
            return say("fan-speed", count=count, state=state, percent=words.percent(p))
        case Position(percent=p):
            return say("position", count=count, state=_opened(p), percent=words.percent(p))
        case Movement(moving=moving):
            return say("movement", count=count, state="moving" if moving else "still")
        case Tilt(percent=p):
            return say("tilt", count=count, percent=words.percent(p))
        case Lock(locked=locked):
            return say("lock", count=count, state="locked" if locked else "unlocked")
        case Alarm(mode=mode):
            return say("alarm", count=count, mode=mode)
        case Chore(activity=activity, area=area):
            if area:
                return say("chore-in", count=count, activity=activity, area=area)
            return say("chore", count=count, activity=activity)
        case Scene(active=active):
            return say("scene", count=count, state="on" if active else "off")
        case Todo(items=items):
            left = [item.text for item in items if not item.done]
            if not left:
                return say("todo-empty", count=count)
            return say("todo", count=count, items=words.names(left))
        case Timers():
            return _timers(value, words, count)
        case _:
            return say("known", count=count)


def action(value: Capability, thing: str, words: Words) -> str:
    """A command as something to be done: "unlock Front door"."""
    say = words.say
    match value:
        case Lock(locked=locked):
            return say("do-lock", thing=thing, state="locked" if locked else "unlocked")
        case Position(percent=p):
            return say("do-position", thing=thing, state=_opened(p), percent=words.percent(p))
        case Alarm(mode=mode):
            return say("do-alarm", thing=thing, mode=mode)
        case Climate(mode=mode, target=target) if mode or target is not None:
            how = "mode" if target is None else ("both" if mode else "target")
            to = "" if target is None else words.temperature(target)
            return say("do-climate", thing=thing, how=how, mode=mode or "", temperature=to)
        case Power(on=on):
            return say("do-power", thing=thing, state="on" if on else "off")
        case Brightness(percent=p) | FanSpeed(percent=p):
            return say("do-percent", thing=thing, percent=words.percent(p))
        case Volume(percent=p):
            return say("do-volume", thing=thing, level=words.number(p))
        case Mute(muted=muted):
            return say("do-mute", thing=thing, state="muted" if muted else "loud")
        case Color():
            return say("do-color", thing=thing, color=color_name(value, words))
        case ColorTemperature(kelvin=k):
            return say("do-color", thing=thing, color=white_name(k, words))
        case Playback(state=state):
            return say("do-playback", thing=thing, state=state)
        case Media():
            return say("do-media", thing=thing, title=media_title(value, words))
        case Source(name=name):
            return say("do-source", thing=thing, name=name)
        case Chore(activity=activity, area=area):
            if area:
                return say("do-chore-in", thing=thing, activity=activity, area=area)
            return say("do-chore", thing=thing, activity=activity)
        case Group():
            return say("do-group", thing=thing)
        case Scene(active=active):
            return say("do-scene", thing=thing, state="on" if active else "off")
        case Movement():
            return say("do-movement", thing=thing)
        case Skip(to=to):
            return say("do-skip", thing=thing, to=to)
        case _:
            return say("do-change", thing=thing, ability=ability(value.kind, words))


def _opened(percent: float) -> str:
    return {0: "closed", 100: "open"}.get(round(percent), "between")


ABLE = (
    "power", "brightness", "color", "color_temperature", "volume", "mute", "playback", "source",
    "group", "climate", "fan_speed", "position", "tilt", "lock", "alarm", "chore", "scene",
    "snapshot", "todo", "timers", "preset", "movement",
)  # fmt: skip


def able(kinds: Collection[str], words: Words) -> str:
    """What can be done with a device of these abilities: "dimmed and muted"; empty for nothing."""
    return words.names([words.say("able", ability=kind) for kind in ABLE if kind in kinds])


def ability(kind: str, words: Words) -> str:
    """An ability as a noun: "color temperature"."""
    return words.say("ability", ability=kind)


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


def media_title(media: Media, words: Words) -> str:
    """ "Blue Train by John Coltrane (Jazz FM)"."""
    title = media.title or media.item
    if not title:
        return words.say("something")
    artist = (media.artist or "") if media.title else ""
    item = (media.item or "") if media.item != title else ""
    by, on = "artist" if artist else "none", "item" if item else "none"
    return words.say("media-title", title=title, by=by, artist=artist, on=on, item=item)


def _play_mode(mode: PlayMode, words: Words) -> str:
    said: list[str] = []
    if mode.shuffle is not None:
        said.append("shuffled" if mode.shuffle else "in-order")
    if mode.repeat is not None:
        said.append(f"repeat-{mode.repeat}")
    return words.names([words.say("play-mode-part", mode=part) for part in said])


def _climate(climate: Climate, words: Words) -> list[str]:
    said: list[str] = []
    if climate.mode:
        said.append(words.say("climate-mode", mode=climate.mode))
    if climate.target is not None:
        said.append(words.say("climate-target", temperature=words.temperature(climate.target)))
    if climate.current is not None:
        said.append(words.say("climate-current", temperature=words.temperature(climate.current)))
    return said


def _timers(timers: Timers, words: Words, count: int) -> str:
    if not timers.entries:
        return words.say("timers-none", count=count)
    said = [
        words.say(
            "timer-left",
            name=t.name or words.say("timer-nameless"),
            duration=words.duration(t.seconds),
            state="paused" if t.paused else "running",
        )
        for t in timers.entries
    ]
    return words.say("timers", count=count, timers=words.names(said))
