"""Right, abstained or wrong: what came of a sentence against what may come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, cast

from devices.capabilities import CAPABILITIES
from devices.device import Device, Room
from tests.sentences.book import Effects, Expectation, Sentence
from tests.sentences.replies import declines, says


class Verdict(StrEnum):
    RIGHT = "right"
    ABSTAINED = "abstained"  # an effect or an answer was due, and it asked or declined instead
    WRONG = "wrong"  # an effect that nobody asked for, half an effect, or a wrong answer


Fields = dict[str, Any]
Changes = dict[str, dict[str, Fields]]  # device id -> capability kind -> the fields that changed


@dataclass(frozen=True)
class Observation:
    """What came of a sentence."""

    changes: Changes  # states that changed, and commands that leave no state (skip, snapshot)
    after: Changes  # whole states
    obeyed: bool  # at least one command reached a device, even if nothing changed by it
    reply: str
    asks: bool = False  # a confirmation code was asked for
    milliseconds: float = 0.0
    did: list[tuple[str, Fields]] = field(default_factory=list)  # calls of tools, no device's


KEEPING = frozenset(
    {"add_camera", "alert_rule", "camera_settings", "drop_alert_rule", "set_presence",
     "watch_camera"}
)  # fmt: skip
"""Tools that keep something: called for nothing, they are as wrong as a lamp that went on."""


@dataclass(frozen=True)
class Scene:
    """The house that a sentence was said in."""

    devices: Mapping[str, Device]  # by the id in the house file
    rooms: Mapping[str, Room]


def judge(sentence: Sentence, seen: Observation, scene: Scene) -> tuple[Verdict, str]:
    """The verdict, and in words why it is not right."""
    verdicts = [_judge_one(o, seen, scene, sentence.language) for o in sentence.outcomes]
    for wanted in (Verdict.RIGHT, Verdict.ABSTAINED):
        for verdict, why in verdicts:
            if verdict is wanted:
                return verdict, why
    return verdicts[0]


def _judge_one(
    outcome: Expectation, seen: Observation, scene: Scene, language: str
) -> tuple[Verdict, str]:
    wanted = expand(outcome.expect or {}, scene)
    missing = _missing(wanted, seen)
    stray = _stray(wanted, expand(outcome.may, scene), seen)
    acted = bool(seen.changes) or seen.obeyed
    if stray:
        return Verdict.WRONG, f"changed {stray}"
    kept = [name for name, _ in seen.did if name in KEEPING]
    if uncalled_for := [name for name in kept if name not in outcome.does]:
        return Verdict.WRONG, f"called {uncalled_for}"
    if undone := [tool for tool, wants in outcome.does.items() if not _was_done(tool, wants, seen)]:
        verdict = Verdict.WRONG if kept or acted else Verdict.ABSTAINED
        return verdict, f"did not call {undone}, but {seen.did}"
    if outcome.does and not acted:
        return Verdict.RIGHT, ""
    if outcome.expect is None:
        if acted:
            return Verdict.WRONG, f"acted: {seen.changes or 'a command without effect'}"
        return _judge_words(outcome, seen, language)
    if missing:
        if not acted or "?" in seen.reply:
            return Verdict.ABSTAINED, f"missing {missing}"
        return Verdict.WRONG, f"missing {missing}"
    if outcome.asks != seen.asks:
        return Verdict.WRONG, "asked for no code" if outcome.asks else "asked needlessly"
    return Verdict.RIGHT, ""


def _was_done(tool: str, wants: Mapping[str, Any], seen: Observation) -> bool:
    """Whether the tool was called so. An argument that is None was to be left out."""
    calls = [arguments for name, arguments in seen.did if name == tool]
    return any(all(_fits(c.get(name), want) for name, want in wants.items()) for c in calls)


def _fits(got: Any, want: Any) -> bool:
    if want == "*":
        return got is not None
    if isinstance(want, list):
        return isinstance(got, list) and sorted(map(str, got)) == sorted(map(str, want))
    return got == want


def _judge_words(outcome: Expectation, seen: Observation, language: str) -> tuple[Verdict, str]:
    if outcome.asks:
        return (Verdict.RIGHT, "") if seen.asks else (Verdict.ABSTAINED, "asked for no code")
    if seen.asks:
        return Verdict.WRONG, "asked for a confirmation code, though nothing was due"
    if outcome.abstains:
        return (Verdict.RIGHT, "") if seen.reply.strip() else (Verdict.WRONG, "said nothing")
    if outcome.answers:
        answered = not declines(seen.reply, language)
        return (Verdict.RIGHT, "") if answered else (Verdict.ABSTAINED, "did not answer")
    unsaid = [words for words in outcome.says if not says(words, seen.reply)]
    if not unsaid:
        return Verdict.RIGHT, ""
    silent = declines(seen.reply, language)
    return Verdict.ABSTAINED if silent else Verdict.WRONG, f"did not say {unsaid}"


# Selectors ------------------------------------------------------------------------------------


def expand(effects: Effects, scene: Scene) -> Changes:
    """Effects with selectors resolved to devices and scalars to fields."""
    wanted: Changes = {}
    for key, abilities in effects.items():
        chosen = _select(key, abilities, scene) if key.startswith("all ") else [key]
        for device in chosen:
            if device not in scene.devices:
                raise ValueError(f"no device {device!r} in this house")
            if key == device and not abilities:
                wanted.pop(device, None)
                continue
            fields = {kind: _fields(kind, value) for kind, value in abilities.items()}
            wanted[device] = {**wanted.get(device, {}), **fields}
    return wanted


def _select(selector: str, abilities: Mapping[str, Any], scene: Scene) -> list[str]:
    kind, _, where = selector.removeprefix("all ").partition("@")
    kind = kind.strip()
    places = {place.strip() for place in where.split("|") if place.strip()}
    chosen = [
        key
        for key, device in scene.devices.items()
        if device.kind == kind
        and all(device.ability(ability) for ability in abilities)
        and (not places or device.room in places or _floor(device, scene) in places)
    ]
    if not chosen:
        raise ValueError(f"{selector!r} selects nothing")
    return chosen


def _floor(device: Device, scene: Scene) -> str | None:
    room = scene.rooms.get(device.room or "")
    return room.floor if room else None


def _fields(kind: str, value: Any) -> Fields:
    if value == "*":
        return {}
    if isinstance(value, dict):
        return cast(Fields, value)
    if isinstance(value, str) and kind == "color":
        hue, saturation = COLOURS[value]
        return {"hue": hue, "saturation": saturation}
    model = CAPABILITIES.get(kind)
    return {next(iter(model.model_fields)) if model else kind: value}


# Comparison -----------------------------------------------------------------------------------

COLOURS = {
    "red": ("345..12", "60..100"), "orange": ("18..45", "60..100"), "yellow": ("46..70", "50..100"),
    "green": ("80..160", "50..100"), "turquoise": ("160..195", "40..100"),
    "blue": ("200..255", "50..100"), "purple": ("256..305", "40..100"),
    "pink": ("300..352", "20..100"), "white": ("*", "0..10"),
}  # fmt: skip

_COMPANIONS: dict[str, set[str]] = {
    "power": {"fan_speed", "playback"},
    "brightness": {"power"},
    "color": {"power"},
    "color_temperature": {"power"},
    "fan_speed": {"power"},
    "climate": {"power"},
    "media": {"playback", "power", "mute"},
    "source": {"power"},
    "volume": {"mute"},
    "group": {"playback", "media"},
    "skip": {"media", "playback"},
    "chore": set(),
}
"""What a device does along with a command by its nature."""


def _missing(wanted: Changes, seen: Observation) -> Changes:
    missing: Changes = {}
    for device, abilities in wanted.items():
        for kind, fields in abilities.items():
            event = kind in EVENTS
            state = (seen.changes if event else seen.after).get(device, {}).get(kind)
            if state is None or not all(same(n, w, state.get(n)) for n, w in fields.items()):
                missing.setdefault(device, {})[kind] = {"want": fields, "got": state}
    return missing


EVENTS = {"skip", "snapshot", "name"}  # no state is left; name: a device was renamed or moved


def _stray(wanted: Changes, tolerated: Changes, seen: Observation) -> Changes:
    stray: Changes = {}
    for device, abilities in seen.changes.items():
        due, allowed = wanted.get(device, {}), tolerated.get(device, {})
        companions = {c for kind in due for c in _COMPANIONS.get(kind, ())}
        for kind, fields in abilities.items():
            if kind in allowed and all(same(n, w, fields.get(n)) for n, w in allowed[kind].items()):
                continue
            if kind in companions and kind not in due:
                continue
            if kind in due and not due[kind]:  # "*"
                continue
            extra = {n: v for n, v in fields.items() if n not in due.get(kind, {})}
            if kind not in due or (extra and not _natural(kind, extra)):
                stray.setdefault(device, {})[kind] = fields
    return stray


def _natural(kind: str, extra: Fields) -> bool:
    """Fields that a device fills in by itself beside the one that was set."""
    if kind in {"todo", "timers", "color", "media", "name"}:
        return True
    reported = CAPABILITIES[kind].reported if kind in CAPABILITIES else frozenset[str]()
    heats = kind == "climate" and extra.get("mode") != "off"
    return all(name in reported or (heats and name == "mode") for name in extra)


_SLACK = {"percent": 0.6, "target": 0.35, "kelvin": 100, "hue": 1, "saturation": 1, "seconds": 5}


def same(name: str, want: Any, got: Any) -> bool:
    """Whether a field has the value that the book wants."""
    if want == "*":
        return True
    if isinstance(want, bool) and isinstance(got, str):  # YAML 1.1 reads a bare off as False
        want = "on" if want else "off"
    if isinstance(want, str) and isinstance(got, (int, float)) and not isinstance(got, bool):
        return _within(name, want, float(got))
    if isinstance(want, (int, float)) and isinstance(got, (int, float)):
        if isinstance(want, bool) or isinstance(got, bool):
            return want is got
        return abs(want - got) <= _SLACK.get(name, 0)
    if isinstance(want, list) and isinstance(got, (list, tuple)):
        return _same_list(cast(list[Any], want), list(cast(list[Any], got)))
    if isinstance(want, str) and isinstance(got, str):
        return any(one.strip().casefold() == got.casefold() for one in want.split("|"))
    return bool(want == got)


def _within(name: str, want: str, got: float) -> bool:
    low, dots, high = want.partition("..")
    if not dots:
        return abs(_number(want) - got) <= _SLACK.get(name, 0)
    slack = _SLACK.get(name, 0)
    if name == "hue" and _number(low) > _number(high):  # around the top of the circle
        return got >= _number(low) - slack or got <= _number(high) + slack
    return _number(low) - slack <= got <= _number(high) + slack


def _number(text: str) -> float:
    text = text.strip()
    if text.endswith("F"):
        return (float(text[:-1]) - 32) / 1.8
    return float(text)


def _same_list(want: list[Any], got: list[Any]) -> bool:
    """Items of a list or timers, in any order: a text, or the fields that matter."""
    left = list(got)
    for item in want:
        fields = {"text": item} if isinstance(item, str) else item
        fields = {"done": False, "paused": False, **fields}
        for candidate in left:
            if all(same(n, w, candidate.get(n, False)) for n, w in fields.items()):
                left.remove(candidate)
                break
        else:
            return False
    return not left
