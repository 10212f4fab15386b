"""Home Assistant's intents in the terms of the house: what a recognised intent has to come to.

Source: the intent descriptions at https://developers.home-assistant.io/docs/intent_builtin.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.reflex.answers import words
from bench.reflex.places import Place, Thing
from tests.sentences.book import Effects, Expectation

Slots = Mapping[str, Any]
Overlay = dict[str, dict[str, Any]]  # device key -> state to start from


@dataclass(frozen=True)
class Due:
    """What has to come of a sentence, and the states that it starts from."""

    outcomes: tuple[Expectation, ...]
    start: Overlay = field(default_factory=dict[str, dict[str, Any]])


def due(intent: str, slots: Slots, place: Place, language: str = "en") -> Due | None:
    """What a sentence recognised as that intent has to come to; None: not comparable."""
    if intent == "HassGetState":
        return _answers(slots, place, language)
    rule = _RULES.get(intent)
    return rule(slots, place) if rule else None


def targets(slots: Slots, place: Place, *domains: str) -> list[Thing]:
    """The things that slots name; with no domain named, those of ``domains``."""
    wanted = {slots["domain"]} if slots.get("domain") else set(domains)
    name = str(slots.get("name", "all")).casefold()

    def fits(thing: Thing) -> bool:
        floor = place.floors.get(thing.area or "")
        return (
            (not wanted or thing.domain in wanted)
            and name in ("all", thing.name.casefold())
            and _matches(slots, "area", thing.area)
            and _matches(slots, "floor", floor)
            and _matches(slots, "device_class", thing.device_class)
            and thing.kind is not None
        )

    return [thing for thing in place.things if fits(thing)]


def _matches(slots: Slots, slot: str, value: str | None) -> bool:
    return slot not in slots or str(slots[slot]).casefold() == (value or "").casefold()


def _effect(things: Sequence[Thing], fields: dict[str, Any], start: dict[str, Any]) -> Due | None:
    if not things:
        return None
    effects: Effects = {t.key: fields for t in things}
    return Due((Expectation(expect=effects),), {t.key: start for t in things})


def _switched(on: bool) -> Callable[[Slots, Place], Due | None]:
    def rule(slots: Slots, place: Place) -> Due | None:
        effects: Effects = {}
        start: Overlay = {}
        asks = False
        for thing in targets(slots, place):
            match thing.kind:
                case "light" | "switch" | "fan" | "tv":
                    effects[thing.key] = {"power": on}
                    start[thing.key] = {"power": not on}
                case "shade" | "window" | "valve":
                    start[thing.key] = {"position": 40}
                    effects[thing.key] = {"position": 100 if on else 0}
                case "garage" | "gate":
                    start[thing.key] = {"position": 40}
                    asks |= on
                    if not on:
                        effects[thing.key] = {"position": 0}
                case "lock":  # on: lock, off: unlock
                    asks |= not on
                    start[thing.key] = {"lock": not on}
                    if on:
                        effects[thing.key] = {"lock": True}
                case "thermostat":
                    effects[thing.key] = {"climate": {"mode": "heat|auto" if on else "off"}}
                    start[thing.key] = {"climate": {"mode": "off" if on else "heat"}}
                case "scene" if on:
                    effects[thing.key] = {"scene": True}
                case _:
                    return None
        if not effects and not asks:
            return None
        return Due((Expectation(expect=effects or None, asks=asks),), start)

    return rule


def _light_set(slots: Slots, place: Place) -> Due | None:
    things = targets(slots, place, "light")
    if not things:
        return None
    fields: dict[str, Any] = {}
    if "brightness" in slots:
        fields["brightness"] = slots["brightness"]
    if "temperature" in slots:
        fields["color_temperature"] = slots["temperature"]
    color = slots.get("color")
    if color in ("black", "brown"):  # no light is
        return None
    if color:
        fields["color"] = color
    readings = [fields]
    if color == "white":
        readings.append({"color_temperature": "*"})
    outcomes = tuple(Expectation(expect={t.key: r for t in things}) for r in readings)
    start = {"power": True, "color": {"hue": 300, "saturation": 30}}
    return Due(outcomes, {t.key: start for t in things})


def _set(domain: str, kind: str, slot: str) -> Callable[[Slots, Place], Due | None]:
    def rule(slots: Slots, place: Place) -> Due | None:
        if slot not in slots:
            return None
        found = targets(slots, place, *((domain, "valve") if domain == "cover" else (domain,)))
        if kind == "position" and any(t.kind in ("garage", "gate") for t in found):
            effects: Effects = {t.key: {kind: slots[slot]} for t in found}
            return Due((Expectation(asks=True), Expectation(expect=effects)))
        return _effect(found, {kind: slots[slot]}, {})

    return rule


def _climate(slots: Slots, place: Place) -> Due | None:
    value = f"{slots['temperature']} F" if place.fahrenheit else float(slots["temperature"])
    things = targets(slots, place, "climate")
    due = _effect(things, {"climate": {"target": value}}, {})
    if due and len(things) > 1:  # which one, is a fair question
        return Due((*due.outcomes, Expectation(abstains=True)), due.start)
    return due


def _player(fields: dict[str, Any], start: dict[str, Any]) -> Callable[[Slots, Place], Due | None]:
    def rule(slots: Slots, place: Place) -> Due | None:
        return _effect(targets(slots, place, "media_player"), fields, start)

    return rule


def _volume_step(slots: Slots, place: Place) -> Due | None:
    step = slots.get("volume_step")
    volume = {"up": "51..85", "down": "15..49"}.get(str(step))
    if volume is None:
        volume = min(max(50 + int(str(step)), 0), 100)
    return _effect(targets(slots, place, "media_player"), {"volume": volume}, {"volume": 50})


def _play(slots: Slots, place: Place) -> Due | None:
    """Whether "Queen album" is asked for as Queen or as Queen album is the player's affair."""
    players = targets(
        {k: v for k, v in slots.items() if k in ("name", "area")}, place, "media_player"
    )
    return _effect(players, {"media": "*", "playback": "playing"}, {"playback": "paused"})


def _chore(domain: str, activity: str, start: str) -> Callable[[Slots, Place], Due | None]:
    def rule(slots: Slots, place: Place) -> Due | None:
        named = {k: v for k, v in slots.items() if k == "name"}
        things = targets(named, place, domain)[:1]
        chore: dict[str, Any] = {"activity": activity}
        if activity == "working":
            chore["area"] = "*"
        if activity == "working" and domain == "vacuum":  # a mower of ours has no areas
            chore["area"] = slots.get("area", "*")
        return _effect(things, {"chore": chore}, {"chore": start})

    return rule


def _no_effect(slots: Slots, place: Place) -> Due | None:
    return Due((Expectation(abstains=True),))


def _answers(slots: Slots, place: Place, language: str) -> Due | None:
    if not targets(slots, place):
        return None
    names = [thing.name for thing in place.things]
    said = words(str(slots.get("response", "")), str(slots.get("state", "")), names, language)
    return Due((Expectation(says=said) if said else Expectation(answers=True),))


def _temperature(slots: Slots, place: Place) -> Due | None:
    return Due((Expectation(answers=True),)) if targets(slots, place, "climate") else None


# Lists and timers ------------------------------------------------------------------------------


_OTHER = "buckwheat"  # stands on every list beforehand, and stays


def _list(change: str) -> Callable[[Slots, Place], Due | None]:
    def rule(slots: Slots, place: Place) -> Due | None:
        name = slots.get("name") or next((t.name for t in place.things if t.shopping), "")
        lists = [t for t in targets({}, place, "todo") if _plain(t.name) == _plain(name)]
        item = slots.get("item")
        if not lists or not item:
            return None
        items: dict[str, list[Any]] = {
            "add": [_OTHER, item],
            "complete": [_OTHER, {"text": item, "done": True}],
            "remove": [_OTHER],
        }
        start = [{"text": _OTHER}] + ([] if change == "add" else [{"text": item}])
        outcomes = [Expectation(expect={lists[0].key: {"todo": items[change]}})]
        if change == "complete":  # ticked off or gone: both are off the list
            outcomes.append(Expectation(expect={lists[0].key: {"todo": [_OTHER]}}))
        return Due(tuple(outcomes), {lists[0].key: {"todo": start}})

    return rule


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def seconds(slots: Slots) -> int:
    units = {"hours": 3600, "minutes": 60, "seconds": 1}
    return sum(int(slots[unit]) * size for unit, size in units.items() if slots.get(unit))


_UNKNOWN = {"area", "conversation_command"}
"""What a timer of ours has not; nor does it know how long it was set for."""


def _timer(change: str) -> Callable[[Slots, Place], Due | None]:
    def rule(slots: Slots, place: Place) -> Due | None:
        if any(s.startswith("start_") for s in slots) or slots.keys() & _UNKNOWN:
            return None
        named = {"name": slots["name"]} if slots.get("name") else {}
        left = 4000 + (seconds(slots) if change == "decrease" else 0)  # no less than is taken off
        running = [{"seconds": left, **named}]
        after: dict[str, Any] = {
            "start": [{"seconds": seconds(slots), **named}],
            "cancel": [],
            "increase": [{"seconds": 4000 + seconds(slots)}],
            "decrease": [{"seconds": 4000}],
            "pause": [{"seconds": 4000, "paused": True}],
            "unpause": [{"seconds": 4000}],
        }
        if change == "start" and not seconds(slots):
            return None
        begin: list[dict[str, Any]] = [] if change == "start" else running
        if change == "unpause":
            begin = [{**running[0], "paused": True}]
        timers = next(t.key for t in place.things if t.domain == "timer")
        return Due(
            (Expectation(expect={timers: {"timers": after[change]}}),),
            {timers: {"timers": begin}},
        )

    return rule


def _timer_status(slots: Slots, place: Place) -> Due | None:
    if any(s.startswith("start_") for s in slots) or "area" in slots:
        return None
    named = {"name": slots["name"]} if slots.get("name") else {}
    timers = next(t.key for t in place.things if t.domain == "timer")
    return Due((Expectation(answers=True),), {timers: {"timers": [{"seconds": 1500, **named}]}})


DOMAINS = {
    "HassLightSet": "light", "HassSetPosition": "cover", "HassFanSetSpeed": "fan",
    "HassSetVolume": "media_player", "HassSetVolumeRelative": "media_player",
    "HassMediaPause": "media_player", "HassMediaUnpause": "media_player",
    "HassMediaNext": "media_player", "HassMediaPrevious": "media_player",
    "HassMediaPlayerMute": "media_player", "HassMediaPlayerUnmute": "media_player",
    "HassMediaSearchAndPlay": "media_player", "HassClimateSetTemperature": "climate",
    "HassClimateGetTemperature": "climate", "HassVacuumCleanArea": "vacuum",
}  # fmt: skip
"""What an intent is about where its slots name no domain."""


_RULES: dict[str, Callable[[Slots, Place], Due | None]] = {
    "HassTurnOn": _switched(True),
    "HassTurnOff": _switched(False),
    "HassLightSet": _light_set,
    "HassSetPosition": _set("cover", "position", "position"),
    "HassFanSetSpeed": _set("fan", "fan_speed", "percentage"),
    "HassSetVolume": _set("media_player", "volume", "volume_level"),
    "HassSetVolumeRelative": _volume_step,
    "HassClimateSetTemperature": _climate,
    "HassClimateGetTemperature": _temperature,
    "HassMediaPause": _player({"playback": "paused|stopped"}, {"playback": "playing"}),
    "HassMediaUnpause": _player({"playback": "playing"}, {"playback": "paused"}),
    "HassMediaNext": _player({"skip": "next"}, {}),
    "HassMediaPrevious": _player({"skip": "previous"}, {}),
    "HassMediaPlayerMute": _player({"mute": True}, {}),
    "HassMediaPlayerUnmute": _player({"mute": False}, {"mute": True}),
    "HassMediaSearchAndPlay": _play,
    "HassVacuumStart": _chore("vacuum", "working", "docked"),
    "HassVacuumCleanArea": _chore("vacuum", "working", "docked"),
    "HassVacuumReturnToBase": _chore("vacuum", "docked", "working"),
    "HassLawnMowerStartMowing": _chore("lawn_mower", "working", "docked"),
    "HassLawnMowerDock": _chore("lawn_mower", "docked|stopped", "working"),
    "HassShoppingListAddItem": _list("add"),
    "HassShoppingListCompleteItem": _list("complete"),
    "HassListAddItem": _list("add"),
    "HassListCompleteItem": _list("complete"),
    "HassListRemoveItem": _list("remove"),
    "HassStartTimer": _timer("start"),
    "HassCancelTimer": _timer("cancel"),
    "HassCancelAllTimers": _timer("cancel"),
    "HassIncreaseTimer": _timer("increase"),
    "HassDecreaseTimer": _timer("decrease"),
    "HassPauseTimer": _timer("pause"),
    "HassUnpauseTimer": _timer("unpause"),
    "HassTimerStatus": _timer_status,
    "HassNevermind": _no_effect,
    "HassRespond": _no_effect,
    "HassBroadcast": _no_effect,
    "HassGetWeather": _no_effect,
    "HassGetCurrentTime": _no_effect,
    "HassGetCurrentDate": _no_effect,
}
