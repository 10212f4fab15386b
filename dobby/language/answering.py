"""Questions to one look at the house: which devices, and what of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from devices.device import Device
from dobby.abilities.change import able_to
from dobby.abilities.levels import LEVELS, natural_level
from dobby.agent.calls import Abstention, ToolCall
from dobby.agent.states import REACH, knows
from dobby.agent.values import HELD_WARM
from dobby.language.declining import Unclear
from dobby.language.grounding import Ground, Need
from dobby.language.meaning import PLACES, Ask, Ref

_HEATS = {"on": "heating", "running": "heating", "off": "not heating"}
_TEMPERS = frozenset({"heating", "not heating", "cooling"})
_SENSES = frozenset({"occupied", "moving", "leaking", "smoking"})
_MOVED = frozenset({"shade", "garage", "gate", "door", "window"})  # and not switched
_SHUTTING = frozenset({"open", "closed", "locked", "unlocked"})
_LOCKED = {"open": "unlocked", "closed": "locked"}
_OPENINGS = ("shade", "window", "door", "garage", "gate", "sensor")
_KINDS = {
    "open": _OPENINGS, "closed": _OPENINGS,
    "locked": ("lock", "door"), "unlocked": ("lock", "door"),
    "on": ("light",), "off": ("light",), "playing": ("speaker", "tv"),
}  # fmt: skip
_SWITCHED = ("light", "switch", "outlet", "tv", "fan", "speaker", "heater", "appliance", "spa",
             "pool", "aircon")  # fmt: skip
_HEATING = ("thermostat", "aircon", "heater", "sensor", "boiler")
_LEVELLED = ("light", "speaker", "tv", "shade", "fan", "vacuum")
_SENSED = {"sensor/smoke": "smoking", "sensor/leak": "leaking", "sensor/motion": "moving"}
_SHUT = frozenset({"locked", "closed", "off"})
_ALL = frozenset({"all"})
_NOUNS = {"media": "music", "volume": "music", "timers": "timer"}


def look(ask: Ask, ground: Ground) -> ToolCall:
    """The call that answers. Raises Unclear."""
    if ask.wish.text and ask.about not in {"todo", "todo.tasks", "timers"}:
        return _of_text(ask, ground)
    if ask.form in {"there", "count"} and ask.about:
        return _there(ask, ground)
    if ask.form in {"most", "least"}:
        return _extreme(ask, ground)
    if ask.about:
        return _value(ask, ground)
    if ask.state:
        return _state(ask, ground)
    if ask.form == "who" or not ask.wish.things:
        raise Unclear(Abstention.NOT_UNDERSTOOD, "ask-what")
    things = ground.things(ask.wish.things, Need(lambda _: True, "ask"), ask.wish.but)
    return _call(things, form="where" if ask.form == "where" else "what")


def _call(things: Sequence[Device], **arguments: str) -> ToolCall:
    ids = [d.id for d in things]
    said = {name: value for name, value in arguments.items() if value}
    return ToolCall(name="read_state", arguments={"devices": ids, **said})


def _every(refs: Iterable[Ref]) -> tuple[Ref, ...]:
    """All that are called so, and not the one that is meant."""
    return tuple(r if r.names and not r.plural else replace(r, quants=r.quants | _ALL)
                 for r in refs)  # fmt: skip


# -- what there is


def _there(ask: Ask, ground: Ground) -> ToolCall:
    """Which there are, and how many."""
    kind, _, field = ask.about.partition(".")
    refs, form = ask.wish.things, "count" if ask.form == "count" else "which"
    if kind == "names":
        named = _every(refs) or (Ref(quants=_ALL),)
        things = ground.things(named, Need(lambda _: True, "ask"), ask.wish.but)
        if not any(ref.plural for ref in refs) and all(d.ability("todo") for d in things):
            return _call(things, form=form if form == "count" else "what", about="todo")
        return _call(things, form=form, about="names")
    if field == "choices":
        playing = Need(able_to(kind), "tell")
        refs = _every(refs) or (Ref(prons=frozenset({"here"})) if ground.context.room else
                                Ref(quants=_ALL),)  # fmt: skip
        return _call(ground.things(refs, playing), form="which", about=kind, field=field)
    if not all(ref.bare for ref in refs):
        raise Unclear(Abstention.NOT_UNDERSTOOD, "ask-what")  # "which rooms can Robby clean?"
    things = ground.things(refs or (Ref(quants=_ALL),), Need(lambda _: True, "ask"))
    return _call(things, form=form, about=kind)


def _of_text(ask: Ask, ground: Ground) -> ToolCall:
    """Something by its own name: it is on a list, or a timer. Raises Unclear for all else."""
    strange = Unclear(Abstention.NOT_UNDERSTOOD, "not-understood", what=ask.wish.text)
    named = [ref for ref in ask.wish.things if not ref.prons - PLACES]
    if ask.state not in {"", "on"} or ask.about or not named:
        raise strange  # "wo ist der Schlüssel": "der" may be "it"
    whole = replace(ground, touched=[]).things(_every(ask.wish.things), Need(lambda _: True, "ask"))
    for kind in ("todo", "timers"):
        if all(device.ability(kind) for device in whole):
            return _value(replace(ask, about=kind, form="whether", state=""), ground)
    raise strange


# -- the most and the least


def _extreme(ask: Ask, ground: Ground) -> ToolCall:
    kind, _, field = ask.about.partition(".")
    refs = ask.wish.things
    named = any(ref.names or ref.kinds for ref in refs)
    placed = any(ref.placed for ref in refs)

    def tells(device: Device) -> bool:
        if not _tells(ground.context.house.state(device.id), kind, field):
            return False
        if named or (kind, field) != ("climate", "current"):
            return True
        outside = not placed and ground.names.is_outside(device)
        return bool(device.room) and device.kind not in HELD_WARM and not outside

    wanted = Need(tells, "tell")
    things = ground.things(_every(refs) or (Ref(quants=_ALL),), wanted, ask.wish.but)
    return _call(things, form=ask.form, about=kind, field=field)


def _tells(state: Mapping[str, Any], kind: str, field: str) -> bool:
    """Whether a device measures that: its own word, or a thermometer's."""
    if getattr(state.get(kind), field, None) is not None:
        return True
    measured = "temperature" if (kind, field) == ("climate", "current") else ""
    return bool(measured) and getattr(state.get("reading"), measured, None) is not None


# -- values


def _value(ask: Ask, ground: Ground) -> ToolCall:
    kind, _, field = ask.about.partition(".")
    refs = ask.wish.things
    if kind == "level":  # "at how much is the lamp": what a bare number sets on it
        levelled = Need(lambda d: natural_level(d) is not None, "tell", ("light", "thermostat"))
        try:
            things = ground.things(refs, levelled, ask.wish.but)
        except Unclear as problem:
            if problem.why is not Abstention.UNABLE:
                raise
            return _call(ground.things(refs, Need(lambda _: True, "ask")), form="what")
        (kind, *others) = dict.fromkeys(natural_level(d) or "" for d in things)
        if others:
            return _call(things, form="what")
        return _call(things, form="what", about=kind, field=LEVELS[kind].field)
    if kind == "todo":
        return _items(ask, ground)
    if kind == "brightness" and all(ref.bare or ref.prons == frozenset({"it"}) for ref in refs):
        with suppress(Unclear):  # "how bright is it on the terrace": as its sensor has it
            return _value(replace(ask, about="reading.illuminance"), ground)

    def able(device: Device) -> bool:
        if device.ability(kind):
            return True
        reading = ground.context.house.state(device.id).get("reading")
        measured = {"climate": "temperature", "reading": field}.get(kind)
        return bool(measured) and getattr(reading, str(measured), None) is not None

    noun = _NOUNS.get(kind)
    unsaid = Ref(kinds=(noun,)) if noun else None
    if not refs and unsaid is None:
        refs = (Ref(quants=_ALL),)
    kinds = _HEATING if kind in {"climate", "reading"} else _LEVELLED
    things = ground.things(refs, Need(able, "tell", kinds, unsaid=unsaid), ask.wish.but)
    text = ground.names.plain(ask.wish.text) if kind == "timers" else ""
    return _call(things, form="what", about=kind, field=field, text=text)


def _items(ask: Ask, ground: Ground) -> ToolCall:
    """Whether something is on a list; what is on it, and how much."""
    text = ground.names.plain(ask.wish.text)
    usual = "list/tasks" if ask.about == "todo.tasks" else "list/shopping"
    refs = ask.wish.things or (Ref(kinds=(usual,)),)
    if text:  # "is bread on the list": on any
        refs = _every(replace(r, plural=False) for r in refs)
    things = ground.things(refs, Need(able_to("todo"), "tell"))
    form = "whether" if text else "count" if ask.form == "count" else "what"
    return _call(things, form=form, about="todo", text=text)


# -- states


def _state(ask: Ask, ground: Ground) -> ToolCall:
    state, form, house = ask.state, ask.form, ground.context.house
    said = "everything" if state in _SHUT else "any"  # "did I lock up": all of it
    refs = list(ask.wish.things) or [Ref(quants=frozenset({said}))]
    wide = form == "what"  # "what is on in the hall": whatever can be
    heats = all(r.kinds[-1:] == ("heating",) for r in refs)
    if wide and state == "on" and heats:  # "what is the heating on"
        return _value(replace(ask, state="", about="climate.target"), ground)
    form = "which" if wide else form
    if state in _HEATS and heats:
        state = _HEATS[state]  # a heating that cools is not on
    if state in _LOCKED and all(r.kinds[-1:] == ("lock",) for r in refs):
        state = _LOCKED[state]  # a lock is open where its door can be opened
    senses = {_SENSED.get(r.kinds[-1] if r.kinds else "") for r in refs}
    if state in {"triggered", "on", "running"} and len(senses) == 1:
        state = senses.pop() or state  # a smoke sensor that went off smells smoke
    whole = all(r.quants & {"any", "everything", "none"} and not r.kinds for r in refs)
    if whole and form == "whether":
        form = "any" if any("any" in r.quants for r in refs) else "all"
    if form in {"which", "count", "any", "all"}:
        refs = list(_every(refs))

    def able(device: Device) -> bool:
        if state in REACH:
            return True
        if state in _TEMPERS:
            return device.ability("climate") is not None
        return knows(state, house.state(device.id)) or device.id in house.away

    need = Need(able, "tell", _meant(state, form, refs, wide or whole))
    try:
        things = ground.things(refs, need, ask.wish.but)
    except Unclear as problem:
        if problem.why is not Abstention.UNABLE:
            raise
        return _told_else(replace(ask, form=form, state=state), refs, need.kinds, ground, problem)
    if state in {"on", "off"} and {d.kind for d in things} <= _MOVED and not whole:
        return _call(things, form="what")  # "is the pool cover on?": it is closed
    heaters = {d.kind for d in things} == {"thermostat"}
    if wide and state == "on" and heaters and not all(r.bare for r in refs):
        return _call(things, form="what", about="climate", field="target")  # "the heating's on 19"
    if wide and state in {"on", "playing"} and all(d.ability("playback") for d in things):
        return _call(things, form="what", about="media")  # "what is on the radio"
    return _call(things, form=form, value=state)


def _meant(state: str, form: str, refs: Sequence[Ref], wide: bool) -> tuple[str, ...]:
    """Of which kinds a place, or nothing said at all, is asked about."""
    if not all(ref.bare for ref in refs):
        return ()
    if state in {"on", "off"} and (wide or form == "any"):
        return _SWITCHED
    if wide and not any(ref.placed for ref in refs):
        return ()
    return _KINDS.get(state, ()) if wide or form != "any" or state in {"open", "closed"} else ()


def _told_else(
    ask: Ask, refs: Sequence[Ref], kinds: tuple[str, ...], ground: Ground, problem: Unclear
) -> ToolCall:
    """What things tell that do not know the word: a door its lock, a camera that it answers."""
    house = ground.context.house
    if instead := _stand_ins(ask, refs, ground):
        ground.touched += [d.id for d in instead]
        robots = all(d.ability("chore") for d in instead)  # "is the mower out?"
        return (
            _call(instead, form="what")
            if robots
            else _call(instead, form=ask.form, value=ask.state)
        )
    if ask.state in {"open", "closed"}:
        locks = Need(lambda d: knows("locked", house.state(d.id)), "tell", kinds)
        return _call(ground.things(refs, locks, ask.wish.but), form=ask.form, value=ask.state)
    if ask.state in _SENSES and all(ref.bare for ref in refs):
        raise Unclear(Abstention.UNABLE, "presence-untold")
    reached = ground.things(refs, Need(lambda _: True, "tell"), ask.wish.but)
    if ask.state in {"running", "on"} and all(d.ability("timers") for d in reached):
        return _call(reached, form="what", about="timers")
    if ask.state == "running":
        return _call(reached, form=ask.form, value="online")
    raise problem


def _stand_ins(ask: Ask, refs: Sequence[Ref], ground: Ground) -> list[Device]:
    """What tells whether something is open or locked that does not tell itself: its contact, its
    lock; a robot says where it is. Empty where one of the things has none."""
    if ask.state not in _SHUTTING or any(ref.bare for ref in refs):
        return []
    quiet, house = replace(ground, touched=[]), ground.context.house
    with suppress(Unclear):
        named = quiet.things(refs, Need(lambda _: True, "tell"), ask.wish.but)
        if all(d.ability("chore") for d in named):
            return named
        told = [[d for d in ground.beside(n) if knows(ask.state, house.state(d.id))] for n in named]
        return [d for own in told for d in own] if all(told) else []
    return []
