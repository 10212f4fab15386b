"""Questions to one look at the house: which devices, and what of them."""

from __future__ import annotations

from dataclasses import replace

from devices.device import Device
from dobby.abilities.levels import LEVELS, natural_level
from dobby.agent.calls import Abstention, ToolCall
from dobby.agent.states import knows
from dobby.language.declining import Unclear
from dobby.language.grounding import Ground, Need
from dobby.language.meaning import Ask, Ref

_HEATS = {"on": "heating", "running": "heating", "off": "not heating"}
_LOCKED = {"open": "unlocked", "closed": "locked"}
_KINDS = {
    "open": ("shade", "window", "door", "garage", "gate", "sensor"),
    "closed": ("shade", "window", "door", "garage", "gate", "sensor"),
    "locked": ("lock", "door"), "unlocked": ("lock", "door"),
    "on": ("light",), "off": ("light",), "playing": ("speaker", "tv"),
}  # fmt: skip
_HEATING = ("thermostat", "aircon", "heater", "sensor", "boiler")


def look(ask: Ask, ground: Ground) -> ToolCall:
    """The call that answers. Raises Unclear."""
    if ask.about:
        return _value(ask, ground)
    if ask.state:
        return _state(ask, ground)
    need = Need(lambda _: True, "ask")
    if not ask.wish.things:
        raise Unclear(Abstention.NOT_UNDERSTOOD, "ask-what")
    return _call(ground.things(ask.wish.things, need, ask.wish.but), form="what")


def _call(things: list[Device], **arguments: str) -> ToolCall:
    ids = [d.id for d in things]
    return ToolCall(name="read_state", arguments={"devices": ids, **arguments})


def _value(ask: Ask, ground: Ground) -> ToolCall:
    kind, _, field = ask.about.partition(".")
    if kind == "level":  # "at how much is the lamp": what a bare number sets on it
        levelled = Need(lambda d: natural_level(d) is not None, "tell", ("light", "thermostat"))
        things = ground.things(ask.wish.things, levelled, ask.wish.but)
        (kind, *others) = dict.fromkeys(natural_level(d) or "" for d in things)
        if others:
            return _call(things, form="what")
        return _call(things, form="what", about=kind, field=LEVELS[kind].field)

    def able(device: Device) -> bool:
        if device.ability(kind):
            return True
        reading = ground.context.house.state(device.id).get("reading")
        measured = {"climate": "temperature", "reading": field}.get(kind)
        return bool(measured) and getattr(reading, str(measured), None) is not None

    kinds = _HEATING if kind in {"climate", "reading"} else ("light", "speaker", "tv", "shade",
                                                           "fan", "vacuum")  # fmt: skip
    noun = {"media": "music", "volume": "music", "timers": "timer"}.get(kind)
    unsaid = Ref(kinds=(noun,)) if noun else None
    refs = ask.wish.things
    if not refs and unsaid is None:
        refs = (Ref(quants=frozenset({"all"})),)
    things = ground.things(refs, Need(able, "tell", kinds, unsaid=unsaid), ask.wish.but)
    arguments = {"form": "what", "about": kind, **({"field": field} if field else {})}
    return _call(things, **arguments)


def _state(ask: Ask, ground: Ground) -> ToolCall:
    state, form, house = ask.state, ask.form, ground.context.house
    refs = list(ask.wish.things) or [Ref(quants=frozenset({"any"}))]
    if state in _HEATS and all(r.kinds[-1:] == ("heating",) for r in refs):
        state = _HEATS[state]  # a heating that cools is not on
    if state in _LOCKED and all(r.kinds[-1:] == ("lock",) for r in refs):
        state = _LOCKED[state]  # a lock is open where its door can be opened
    whole = all(r.quants & {"any", "everything", "none"} and not r.kinds for r in refs)
    if whole and form == "whether":
        form = "any" if any("any" in r.quants for r in refs) else "all"
    if form in {"which", "count", "any", "all"}:
        refs = [r if r.names and not r.plural else replace(r, quants=r.quants | {"all"})
                for r in refs]  # fmt: skip

    def able(device: Device) -> bool:
        if state in {"heating", "not heating"}:
            return device.ability("climate") is not None
        return knows(state, house.state(device.id)) or device.id in house.away

    bare = all(r.bare for r in refs)
    kinds = () if whole and not any(r.placed for r in refs) and state not in {"on", "off"} else (
        _KINDS.get(state, ()) if bare and form != "any" else ()
    )  # fmt: skip
    try:
        things = ground.things(refs, Need(able, "tell", kinds), ask.wish.but)
    except Unclear as problem:
        if problem.why is not Abstention.UNABLE or state not in {"open", "closed"}:
            raise
        lock = Need(lambda d: knows("locked", house.state(d.id)), "tell", kinds)
        return _call(ground.things(refs, lock, ask.wish.but), form="what")  # how its lock is
    return _call(things, form=form, value=state)
