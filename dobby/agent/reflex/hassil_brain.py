"""Plain wishes in German, French, Spanish, Dutch and Polish, through hassil's public sentences.

Only what is harmless and beyond doubt becomes a call: lights and other switches, levels, shades,
closing and locking, degrees, transport and volume. Nothing here unlocks, disarms, or opens a
garage, a gate or a door. Loaded when a sentence in one of these languages first comes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, cast

import yaml
from hassil import Intents, recognize
from hassil.intents import SlotList, TextSlotList
from hassil.recognize import RecognizeResult
from home_assistant_intents import get_intents

from devices.device import Device
from dobby.agent.calls import (
    Abstention,
    Context,
    Dialogue,
    HouseView,
    Understanding,
)  # fmt: skip
from dobby.agent.reflex.targets import Unresolved
from dobby.agent.reflex.wishes import (
    LEVELS,
    Change,
    absolute,
    calls,
    switchable,
    switched,
)  # fmt: skip
from dobby.language.words import Message

_DOMAINS = {
    "light": "light", "switch": "switch", "outlet": "switch", "speaker": "media_player",
    "tv": "media_player", "thermostat": "climate", "aircon": "climate", "heater": "climate",
    "shade": "cover", "window": "cover", "garage": "cover", "gate": "cover", "lock": "lock",
    "fan": "fan", "vacuum": "vacuum", "mower": "lawn_mower", "scene": "scene", "valve": "valve",
}  # fmt: skip
_PLAIN_COVERS = {"shade", "window"}
_CLASSES = {  # device classes of covers; a door is nothing that moves by itself
    "window": ("window",), "garage": ("garage",), "gate": ("gate",), "curtain": ("shade",),
    "blind": ("shade",), "shade": ("shade",), "shutter": ("shade",), "awning": ("shade",),
}  # fmt: skip
_COLORS = {
    "red": (0, 100), "orange": (30, 100), "yellow": (60, 100), "green": (120, 100),
    "blue": (240, 100), "purple": (285, 100), "pink": (330, 60), "turquoise": (174, 72),
}  # fmt: skip
_POLITE = (  # how a wish with a question mark starts: "Kannst du ...?"
    "kann", "könn", "würd", "magst", "bitte", "peu", "pourr", "veux", "pued", "podría", "quier",
    "kun", "kan", "wil", "zou", "może", "móg", "czy",
)  # fmt: skip
_SORRY = Message("not-understood", {"said": "no", "what": ""})


@cache
def _intents(language: str) -> Intents:
    data = get_intents(language)
    if data is None:
        raise KeyError(language)
    return Intents.from_dict(data)


@cache
def _vetoes(language: str) -> frozenset[str]:
    source = files("dobby.agent.reflex").joinpath("vetoes.yaml").read_text(encoding="utf-8")
    words = cast("dict[str, list[str]]", yaml.safe_load(source))
    return frozenset(words[language])


class HassilBrain:
    """One language; holds the house's names as slot lists, per version of the house."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._intents = _intents(language)
        self._lists: tuple[HouseView, int, dict[str, SlotList]] | None = None

    def understand(self, text: str, context: Context) -> Understanding:
        """As ``Reflex.understand``."""
        said = re.findall(r"\w+", text.casefold())
        asks = text.rstrip().endswith("?") and not (said and said[0].startswith(_POLITE))
        if asks or _vetoes(self._language) & set(said):
            return self._abstain(context, Abstention.NOT_UNDERSTOOD)
        found = recognize(
            text, self._intents, slot_lists=self._slots(context.house), language=self._language
        )
        if found is None:
            return self._abstain(context, Abstention.NOT_UNDERSTOOD)
        try:
            plan = calls(self._changes(found, context))
        except Unresolved as problem:
            return self._abstain(context, problem.why)
        if not plan:
            return self._abstain(context, Abstention.NOT_UNDERSTOOD)
        touched = tuple(dict.fromkeys(d for c in plan for d in c.arguments["devices"]))
        dialogue = Dialogue(devices=touched, calls=tuple(plan), at=context.now)
        return Understanding(calls=tuple(plan), dialogue=dialogue)

    def _abstain(self, context: Context, why: Abstention) -> Understanding:
        return Understanding(abstained=why, reply=_SORRY, dialogue=context.dialogue)

    def _slots(self, house: HouseView) -> dict[str, SlotList]:
        if self._lists is None or self._lists[0] is not house or self._lists[1] != house.version:
            self._lists = house, house.version, _slot_lists(house)
        return self._lists[2]

    def _changes(self, found: RecognizeResult, context: Context) -> list[Change]:
        read = _READERS.get(found.intent.name)
        slots = {name: entity.value for name, entity in found.entities.items()}
        return read(slots, context) if read else []


def _slot_lists(house: HouseView) -> dict[str, SlotList]:
    names = [
        (_spoken(name), device.id, {"domain": _DOMAINS.get(device.kind, "sensor")})
        for device in house.devices.values()
        for name in (device.name, *device.aliases)
    ]
    areas = [
        (_spoken(name), room.name)
        for room in house.rooms.values() for name in (room.name, *room.aliases)
    ]  # fmt: skip
    floors = [(_spoken(r.floor), r.floor) for r in house.rooms.values() if r.floor]
    return {
        "name": TextSlotList.from_tuples(names, name="name"),
        "area": TextSlotList.from_tuples(areas, name="area"),
        "floor": TextSlotList.from_tuples(sorted(set(floors)), name="floor"),
    }


def _spoken(name: str) -> str:
    """A name without the characters that mean something in a sentence template."""
    return " ".join(re.sub(r"[\[\](){}<>|:;]", " ", name).split()) or "-"


Slots = Mapping[str, Any]
Reader = Callable[[Slots, Context], list[Change]]


def _targets(slots: Slots, context: Context, kinds: Sequence[str]) -> list[Device]:
    """The devices meant; raises Unresolved where a name or a place leaves doubt."""
    house = context.house
    if "name" in slots:
        device = house.devices.get(str(slots["name"]))
        twins = [d for d in house.devices.values() if device and d.name == device.name]
        if device is None or len(twins) != 1:
            raise Unresolved(Abstention.AMBIGUOUS, "")
        if "area" in slots and device.room != slots["area"]:
            raise Unresolved(Abstention.UNKNOWN_NAME, "")
        return [device]
    domain = slots.get("domain")
    if "device_class" in slots:
        kinds = _CLASSES.get(str(slots["device_class"]), ())
    found = [
        d for d in house.devices.values()
        if d.kind in kinds and (domain is None or _DOMAINS.get(d.kind) == domain)
    ]  # fmt: skip
    room = slots.get("area") or context.room
    if "floor" in slots:
        found = [d for d in found if d.room and house.rooms[d.room].floor == slots["floor"]]
    elif room:
        found = [d for d in found if d.room == room]
    elif domain != "light":
        raise Unresolved(Abstention.AMBIGUOUS, "")
    return found


def _on(slots: Slots, context: Context) -> list[Change]:
    return _switch(slots, context, on=True)


def _off(slots: Slots, context: Context) -> list[Change]:
    return _switch(slots, context, on=False)


def _switch(slots: Slots, context: Context, *, on: bool) -> list[Change]:
    """On opens a shade and locks a lock; off closes, but unlocks nothing."""
    if slots.get("domain") == "cover" or "device_class" in slots:
        if not slots.keys() & {"name", "device_class"}:  # "windows" and "garage" come as this too
            raise Unresolved(Abstention.NOT_UNDERSTOOD, "")
        kinds: tuple[str, ...] = tuple(_PLAIN_COVERS)
    elif slots.get("domain") == "lock":
        kinds = ("lock",)
    else:
        kinds = ("light", "switch", "outlet", "fan", "speaker", "tv")
    changes: list[Change] = []
    for device in _targets(slots, context, kinds):
        if device.kind == "lock":
            if not on:
                raise Unresolved(Abstention.NOT_UNDERSTOOD, "")
            changes.append(Change(device.id, "lock", {"locked": True}))
        elif device.ability("position"):
            if on and device.kind not in _PLAIN_COVERS:
                raise Unresolved(Abstention.NOT_UNDERSTOOD, "")
            changes.append(Change(device.id, "position", {"percent": 100 if on else 0}))
        elif switchable(device):
            changes.append(switched(context, device, on))
        else:
            raise Unresolved(Abstention.UNABLE, "")
    return changes


def _light(slots: Slots, context: Context) -> list[Change]:
    changes: list[Change] = []
    for device in _targets({**slots, "domain": "light"}, context, ("light",)):
        if "brightness" in slots and device.ability("brightness"):
            level = LEVELS["brightness"]
            changes += absolute(context, device, level, float(slots["brightness"]))
        elif "color" in slots and device.ability("color") and slots["color"] in _COLORS:
            hue, saturation = _COLORS[slots["color"]]
            changes.append(Change(device.id, "color", {"hue": hue, "saturation": saturation}))
        elif "name" in slots:
            raise Unresolved(Abstention.UNABLE, "")
    return changes


def _setter(kind: str, slot: str, kinds: Sequence[str]) -> Reader:
    def read(slots: Slots, context: Context) -> list[Change]:
        if slot not in slots:
            return []
        value = float(slots[slot])
        if kind == "climate" and context.fahrenheit:
            value = (value - 32) * 5 / 9
        changes: list[Change] = []
        for device in _targets(slots, context, kinds):
            if device.kind not in kinds or not device.ability(kind):
                raise Unresolved(Abstention.UNABLE, "")
            changes += absolute(context, device, LEVELS[kind], value)
        return changes

    return read


def _transport(kind: str, fields: dict[str, Any]) -> Reader:
    def read(slots: Slots, context: Context) -> list[Change]:
        house = context.house
        if "name" in slots or "area" in slots or context.room:
            things = [d for d in _targets(slots, context, _SOUNDING) if d.ability(kind)]
        else:
            things = [d for d in house.devices.values() if d.ability(kind) and d.kind in _SOUNDING]
        if len(things) > 1:
            things = [
                d for d in things
                if getattr(house.state(d.id).get("playback"), "state", "") == "playing"
            ]  # fmt: skip
        if len(things) != 1:
            raise Unresolved(Abstention.AMBIGUOUS, "")
        return [Change(things[0].id, kind, fields)]

    return read


def _robot(kind: str, activity: str) -> Reader:
    def read(slots: Slots, context: Context) -> list[Change]:
        robots = [d for d in context.house.devices.values() if d.kind == kind]
        if "name" in slots:
            robots = [d for d in robots if d.id == slots["name"]]
        if len(robots) != 1 or slots.keys() & {"area", "floor"}:
            raise Unresolved(Abstention.AMBIGUOUS, "")
        return [Change(robots[0].id, "chore", {"activity": activity})]

    return read


_SOUNDING = ("speaker", "tv")

_READERS: dict[str, Reader] = {
    "HassTurnOn": _on,
    "HassTurnOff": _off,
    "HassLightSet": _light,
    "HassSetPosition": _setter("position", "position", tuple(_PLAIN_COVERS)),
    "HassClimateSetTemperature": _setter(
        "climate", "temperature", ("thermostat", "aircon", "heater")
    ),
    "HassSetVolume": _setter("volume", "volume_level", ("speaker", "tv")),
    "HassFanSetSpeed": _setter("fan_speed", "percentage", ("fan",)),
    "HassVacuumStart": _robot("vacuum", "working"),
    "HassVacuumReturnToBase": _robot("vacuum", "docked"),
    "HassLawnMowerStartMowing": _robot("mower", "working"),
    "HassLawnMowerDock": _robot("mower", "docked"),
    "HassMediaPlayerMute": _transport("mute", {"muted": True}),
    "HassMediaPlayerUnmute": _transport("mute", {"muted": False}),
    "HassMediaPause": _transport("playback", {"state": "paused"}),
    "HassMediaUnpause": _transport("playback", {"state": "playing"}),
    "HassMediaNext": _transport("skip", {"to": "next"}),
    "HassMediaPrevious": _transport("skip", {"to": "previous"}),
}
