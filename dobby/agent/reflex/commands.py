"""A clause about lights, shades, heating, locks and switches to calls.

Each kind of wish names the slots it uses. A slot that is filled and not used means that the
sentence said more than was understood, and then nothing is done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from devices.device import Device
from dobby.agent.calls import Abstention
from dobby.agent.reflex.clauses import Clause, Noun
from dobby.agent.reflex.ground import Ground, not_understood, only
from dobby.agent.reflex.music import audible, plays
from dobby.agent.reflex.numbers import Measure
from dobby.agent.reflex.targets import Unresolved, Wanted
from dobby.agent.reflex.text import words
from dobby.agent.reflex.wishes import (
    LEVELS, Change, Level, able_to, absolute, bounds, is_off, natural_level, relative,
    switchable, switched, woken,
)  # fmt: skip

_EVERYTHING = ("light", "speaker", "tv", "switch", "outlet", "fan")
_KEPT_RUNNING = frozenset(words(
    "fridge freezer refrigerator router modem server nas aquarium tank terrarium medical cpap "
    "oxygen pump heater heating boiler charger charging alarm camera sump incubator oven stove "
    "hub bridge network wifi internet computer pc ups security doorbell"
))  # fmt: skip
_COLOUR_ATTRS = {"color", "color_temperature", "brightness"}
_UP = {"up", "raise", "brighten"}
_DOWN = {"down", "lower", "dim"}


# -- on and off


def _switch(ground: Ground, clause: Clause) -> list[Change]:
    only(clause, "ways")
    _verbs_within(clause, _PLAIN | {"off", "stop"} | ({"close"} if clause.verb_text == "shut" else set()))
    on = _switched_on(clause)
    lit = clause.verb_text == "light" and set(clause.ways) <= {"up"}
    if on is None or (set(clause.ways) - {"on", "off"} and not lit):
        raise not_understood(clause)
    everything = any("everything" in n.quants for n in clause.nouns)
    if everything and on:
        raise Unresolved(
            Abstention.AMBIGUOUS, "Everything on is a lot. All the lights, or what?"
        )
    able = _swept if everything else switchable
    if "light" in clause.verb_text.split() and on:
        able = able_to("power", "brightness")
    wanted = Wanted(able, f"be switched {'on' if on else 'off'}",
                    _EVERYTHING if everything else ("light",))  # fmt: skip
    return [switched(ground.context, d, on) for d in ground.things(clause, wanted)]


# -- levels


def _level_for(ground: Ground, clause: Clause, device: Device, unit: str = "") -> Level | None:
    named = [a for a in clause.attrs if a in LEVELS]
    if named:
        return LEVELS[named[0]] if device.ability(named[0]) else None
    if unit in {"C", "F", "degree"}:
        return LEVELS["climate"] if device.ability("climate") else None
    if unit == "K":
        return LEVELS["color_temperature"] if device.ability("color_temperature") else None
    natural = natural_level(device)
    if unit == "%" and natural == "climate":
        return None
    return LEVELS[natural] if natural else None


def _absolute(ground: Ground, clause: Clause) -> list[Change]:
    only(clause, "ways", "attrs", "levels", "measures")
    _verbs_within(clause, _LEVELLING)
    if len(clause.measures) + len(clause.levels) != 1 or not _level_attrs(clause):
        raise not_understood(clause)
    off = _switched_on(clause) is False
    if off or (set(clause.ways) | clause.verbs) & {"locked", "unlocked", "lock", "unlock"}:
        raise not_understood(clause)
    measure = clause.measures[0] if clause.measures else None
    unit = measure.unit if measure else ""
    if any("everything" in n.quants for n in clause.nouns) and not clause.attrs:
        raise not_understood(clause)
    if measure and not (measure.unit or measure.how or clause.attrs) and _switched_on(clause):
        raise not_understood(clause)  # "kitchen 3 lights on"
    if measure and _bare_number(clause, measure):
        if _like_degrees(ground, measure.number):
            unit = "degree"
        else:
            unit = "%"
    level_of = _level_chooser(ground, clause, unit)
    name = next((LEVELS[a].name for a in clause.attrs if a in LEVELS), "that")
    fallback = _fallback(ground, clause, unit)
    wanted = Wanted(lambda d: level_of(d) is not None, f"have its {name} set", fallback)
    changes: list[Change] = []
    things = ground.things(clause, wanted, _unsaid(fallback))
    if all(LEVELS["volume"] is level_of(d) for d in things):
        things = audible(ground, clause, things)
    for device in things:
        level = level_of(device)
        if level is None:
            continue
        if level.kind == "volume" and measure and not (measure.unit or measure.how or clause.attrs):
            raise not_understood(clause)  # "radio 4" is a station
        value = _value(ground, clause, measure, device, level)
        if level.kind == "climate" and clause.verbs & {"warm", "cool"}:
            changes.append(_tempered(ground, device, value, "heat" if "warm" in clause.verbs else "cool"))
            continue
        changes += absolute(ground.context, device, level, value)
    return changes


def _bare_number(clause: Clause, measure: Measure) -> bool:
    """ "Living room 22": a number without unit, on a place and not a thing."""
    if measure.unit or clause.attrs or clause.verbs & {"dim", "brighten"}:
        return False
    return all(n.place_only or n.prons == {"it"} or n.quants and not (n.kinds or n.names or n.parts) for n in clause.nouns)


def _like_degrees(ground: Ground, number: float) -> bool:
    return 45 <= number <= 90 if ground.context.fahrenheit else 5 <= number <= 30


def _tempered(ground: Ground, device: Device, target: float, mode: str) -> Change:
    """Heats or cools to a target; a device that is off starts."""
    (change,) = absolute(ground.context, device, LEVELS["climate"], target)
    return replace(change, fields=change.fields | starting(ground, device, mode))


def starting(ground: Ground, device: Device, mode: str) -> dict[str, str]:
    state = ground.context.house.state(device.id).get("climate")
    ability = device.ability("climate")
    known = not ability or not ability.choices or mode in ability.choices
    return {"mode": mode} if getattr(state, "mode", None) == "off" and known else {}


def _means_music(ground: Ground, clause: Clause) -> bool:
    """ "Turn it up", with nothing spoken of before: what plays."""
    nothing = all(n.prons == {"it"} and not n.rooms for n in clause.nouns) and bool(clause.verbs)
    if not nothing or clause.more or clause.attrs or ground.context.dialogue.devices or ground.touched:
        return False
    dims = clause.verbs & {"dim", "brighten", "warm", "cool"}
    players = ground.index.with_ability.get("playback", ())
    return not dims and any(plays(ground, d) for d in players)


def _level_attrs(clause: Clause) -> bool:
    return len(clause.attrs) <= 1 and all(a in LEVELS for a in clause.attrs)


def _unsaid(kinds: tuple[str, ...]) -> Noun | None:
    """What a level without a thing is about: the music's volume, the heating's degrees."""
    if "speaker" in kinds:
        return Noun(kinds=["music"], words=["the music"])
    if kinds in {("light",), ("fan",)}:
        return Noun(kinds=[kinds[0]], words=[f"the {kinds[0]}"])
    if kinds == LEVELS["climate"].kinds:
        return Noun(kinds=["heating"], words=["the heating"])
    return None


def _level_chooser(ground: Ground, clause: Clause, unit: str) -> Callable[[Device], Level | None]:
    return lambda device: _level_for(ground, clause, device, unit)


def _fallback(ground: Ground, clause: Clause, unit: str) -> tuple[str, ...]:
    for attr in clause.attrs:
        if attr in LEVELS:
            return LEVELS[attr].kinds
    if unit in {"C", "F", "degree"} or clause.verbs & {"warm", "cool"}:
        return LEVELS["climate"].kinds
    if clause.verbs & {"open", "close"}:
        return LEVELS["position"].kinds
    return ("light",)


def _value(
    ground: Ground, clause: Clause, measure: Measure | None, device: Device, level: Level
) -> float:
    low, high = bounds(device, level)
    if measure is None:
        return _named_value(clause.levels[0], level, low, high, "close" in clause.verbs)
    value = measure.number
    if level.kind == "climate":
        return ground.celsius(measure)
    return value


def _relative(ground: Ground, clause: Clause) -> list[Change]:
    only(clause, "ways", "more", "amounts", "attrs", "measures")
    _verbs_within(clause, _LEVELLING if clause.more else _LEVELLING - {"open", "close", "draw"})
    if not _level_attrs(clause) or len(clause.more) > 2 or len(clause.measures) > 1 or len(clause.amounts) > 1:
        raise not_understood(clause)
    sign = _sign(clause)
    if sign is None:
        raise not_understood(clause)
    if _means_music(ground, clause):
        clause.more.append("volume+" if sign > 0 else "volume-")
    choose = _relative_chooser(ground, clause)
    fallback = _relative_fallback(ground, clause)
    wanted = Wanted(lambda d: choose(d) is not None, "be turned up or down", fallback)
    changes: list[Change] = []
    plain = not (clause.more or clause.amounts or clause.measures)
    things = ground.things(clause, wanted, _unsaid(fallback))
    if all(LEVELS["volume"] is choose(d) for d in things):
        things = audible(ground, clause, things)
    if not (clause.nouns or clause.verbs or ground.context.dialogue.devices or ground.touched):
        things = [d for d in things if not is_off(ground.context, d.id)]  # a bare "faster"
    for device in things:
        level = choose(device)
        if plain and "warm" in clause.verbs and device.kind in {"spa", "pool", "boiler", "heater"}:
            fields = starting(ground, device, "heat")
            changes += [Change(device.id, "climate", fields)] if fields else []
        elif level is not None and level.kind == "position" and plain:
            end = bounds(device, level)[sign > 0]
            changes.append(Change(device.id, "position", {"percent": end}))
        elif level is not None:
            by = _by(ground, clause, level)
            changes += relative(ground.context, device, level, sign * by)
    if not changes:
        raise Unresolved(
            Abstention.NONE, "Nothing to do: it is off, or already as far as it goes."
        )
    return changes


def _by(ground: Ground, clause: Clause, level: Level) -> float:
    amount = clause.amounts[0] if clause.amounts else None
    if not clause.measures:
        return level.step(amount, ground.context.fahrenheit)
    measure = clause.measures[0]
    bare = measure.how != "by" and not clause.more
    if bare and level.kind not in {"volume", "climate", "color_temperature"}:
        raise Unresolved(
            Abstention.AMBIGUOUS,
            f"To {measure.number:g} or by {measure.number:g}? Say to or by.",
        )
    if level.kind != "climate":
        return measure.number
    fahrenheit = measure.unit == "F" or (measure.unit != "C" and ground.context.fahrenheit)
    if measure.number > (18 if fahrenheit else 10):
        raise Unresolved(Abstention.OUT_OF_RANGE, "That is a big step. To what temperature?")
    return measure.number * 5 / 9 if fahrenheit else measure.number


def _relative_chooser(ground: Ground, clause: Clause) -> Callable[[Device], Level | None]:
    dimensions = {m[:-1] for m in clause.more} - {"any"}
    if clause.verbs & {"dim", "brighten"}:
        dimensions.add("brightness")
    unit = clause.measures[0].unit if clause.measures else ""

    def choose(device: Device) -> Level | None:
        for dimension in sorted(dimensions):
            if dimension == "climate" and device.kind == "light":
                dimension = "color_temperature"
            if device.ability(dimension):
                return LEVELS[dimension]
        return None if dimensions else _level_for(ground, clause, device, unit)

    return choose


def _relative_fallback(ground: Ground, clause: Clause) -> tuple[str, ...]:
    for more in clause.more:
        if more[:-1] in LEVELS:
            return LEVELS[more[:-1]].kinds
    return _fallback(ground, clause, clause.measures[0].unit if clause.measures else "")


# -- colours


def _colour(ground: Ground, clause: Clause) -> list[Change]:
    only(clause, "ways", "attrs", "levels", "whites", "colors", "measures", "modes")
    _verbs_within(clause, _PLAIN | {"dim", "brighten"})
    if set(clause.ways) - {"on", "up", "down"} or set(clause.attrs) - _COLOUR_ATTRS:
        raise not_understood(clause)
    if len(clause.colors) + len(clause.whites) != 1 or _switched_on(clause) is False:
        raise not_understood(clause)
    if len(clause.measures) + len(clause.levels) > 1:
        raise not_understood(clause)
    kind = "color" if clause.colors else "color_temperature"
    able = able_to(kind, "color") if "white" in clause.whites else able_to(kind)
    wanted = Wanted(able, "change colour", ("light",))
    changes: list[Change] = []
    for device in ground.things(clause, wanted):
        changes += woken(ground.context, device, _tint(ground, clause, device))
        if clause.measures or clause.levels:
            changes += _brightness_beside(ground, clause, device)
    return changes


def _brightness_beside(ground: Ground, clause: Clause, device: Device) -> list[Change]:
    level = LEVELS["brightness"]
    measure = clause.measures[0] if clause.measures else None
    if not device.ability("brightness") or (measure and measure.unit not in {"%", ""}):
        raise not_understood(clause)
    value = _value(ground, clause, measure, device, level)
    done = absolute(ground.context, device, level, value)
    return [c for c in done if c.kind == "brightness"]


def _tint(ground: Ground, clause: Clause, device: Device) -> Change:
    if clause.colors:
        hue, saturation = (float(n) for n in clause.colors[0].split())
        return Change(device.id, "color", {"hue": hue, "saturation": saturation})
    white = clause.whites[0]
    if white == "white" and not device.ability("color_temperature"):
        return Change(device.id, "color", {"hue": 0, "saturation": 0})
    low, high = bounds(device, LEVELS["color_temperature"])
    kelvin = min(max(float(4000 if white == "white" else white), low), high)
    return Change(device.id, "color_temperature", {"kelvin": round(kelvin)})


# -- locks, shades, doors


def _lock(ground: Ground, clause: Clause) -> list[Change]:
    only(clause, "ways")
    words_ = clause.verbs | set(clause.ways)
    locked = bool(words_ & {"lock", "locked"})
    if locked == bool(words_ & {"unlock", "unlocked"}):
        raise not_understood(clause)
    house = bool(clause.nouns) and all("everywhere" in n.quants and not n.kinds for n in clause.nouns)
    if clause.verb_text == "lock up" and not clause.nouns or house and locked:
        clause.nouns = [Noun(kinds=["lock"], quants={"all"}, words=["the locks"])]
    if not clause.nouns:
        clause.nouns.append(Noun(kinds=["lock"], words=["lock"]))
    wanted = Wanted(able_to("lock"), "be locked or unlocked", ("lock", "door"))
    things = ground.things(clause, wanted)
    named_all = all(n.names or "all" in n.quants and n.kinds for n in clause.nouns)
    if not locked and len(things) > 1 and not named_all and len(things) > len(clause.nouns):
        names = " or ".join(d.name for d in things)
        raise Unresolved(Abstention.AMBIGUOUS, f"Which one: {names}?", [d.id for d in things])
    return [Change(d.id, "lock", {"locked": locked}) for d in things]


def _open(ground: Ground, clause: Clause) -> list[Change]:
    only(clause, "ways", "amounts")
    said = clause.verbs | set(clause.ways)
    opens = bool(said & {"open", "up", "raise"})
    closes = bool(said & {"close", "closed", "down", "lower", "draw"})
    everything = any("everything" in n.quants for n in clause.nouns)
    if opens == closes or (everything and opens):
        raise not_understood(clause)
    if everything and "down" in clause.ways:  # "shut everything down"
        return _switch(ground, replace(clause, verbs=frozenset({"off"}), ways=[]))
    lockable = able_to("position", "lock") if opens else able_to("position")
    wanted = Wanted(lockable, "be opened or closed", ("shade",))
    changes: list[Change] = []
    for device in ground.things(clause, wanted):
        if not device.ability("position"):
            changes.append(Change(device.id, "lock", {"locked": False}))
        elif clause.amounts:
            by = LEVELS["position"].step(clause.amounts[0], fahrenheit=False)
            changes += relative(
                ground.context, device, LEVELS["position"], by if opens else -by
            )
        else:
            low, high = bounds(device, LEVELS["position"])
            changes.append(
                Change(device.id, "position", {"percent": high if opens else low})
            )
    return changes


def _swept(device: Device) -> bool:
    """Whether "everything off" may switch it off."""
    if device.kind not in _EVERYTHING or not switchable(device):
        return False
    label = {w for text in (device.name, *device.aliases) for w in words(text)}
    return not (device.kind in {"switch", "outlet", "fan"} and label & _KEPT_RUNNING)


_PLAIN = frozenset({"switch", "set", "on", "activate", "get"})
_LEVELLING = _PLAIN | {"raise", "lower", "dim", "brighten", "warm", "cool", "open", "close", "draw"}


def _verbs_within(clause: Clause, allowed: frozenset[str]) -> None:
    """Raises Unresolved for a verb that does not go with this reading: "pause ... at 50 %"."""
    if clause.verbs and not clause.verbs & allowed:
        raise not_understood(clause)


def _switched_on(clause: Clause) -> bool | None:
    said = {w for w in (*clause.ways, *clause.verbs) if w in {"on", "off"}}
    said |= {"off"} if "stop" in clause.verbs else set()
    if len(said) != 1 or said & set(clause.kept):
        return None
    return "on" in said


def _locks(_: Ground, clause: Clause) -> bool:
    said = clause.verbs | set(clause.ways)
    return bool(said & {"lock", "unlock", "locked", "unlocked"})


def _colours(_: Ground, clause: Clause) -> bool:
    return bool(clause.colors or clause.whites) and not clause.verbs & {"warm", "cool"}


def _sign(clause: Clause) -> int | None:
    signs = {1 if m.endswith("+") else -1 for m in clause.more}
    if not signs:
        said = clause.verbs | set(clause.ways)
        signs = {s for s, group in ((1, _UP | {"warm"}), (-1, _DOWN | {"cool"})) if said & group}
    return signs.pop() if len(signs) == 1 else None


def _is_relative(_: Ground, clause: Clause) -> bool:
    absolute_value = any(m.how in {"to", "at"} for m in clause.measures) or bool(clause.levels)
    if absolute_value:
        return False
    if clause.more:
        return True
    if any(m.how == "by" for m in clause.measures):
        return _sign(clause) is not None
    said = clause.verbs | set(clause.ways)
    everything = any("everything" in n.quants for n in clause.nouns)
    if _about_shades(clause) or clause.verb_text == "light" or everything and "close" in clause.verbs:
        return False
    return bool(said & {"brighten", "dim"}) or (
        bool(said & (_UP | _DOWN | {"warm", "cool"})) and not _is_plain_set(clause)
    )


def _about_shades(clause: Clause) -> bool:
    kinds = {k.partition("/")[0] for n in clause.nouns for k in n.kinds}
    return bool(kinds & {"shade", "garage", "gate", "window", "door"}) and not clause.measures


def _is_plain_set(clause: Clause) -> bool:
    return bool(clause.measures) and clause.verbs == {"set"}


def _is_absolute(_: Ground, clause: Clause) -> bool:
    return bool(clause.measures or clause.levels)


def _opens(_: Ground, clause: Clause) -> bool:
    said = clause.verbs | set(clause.ways)
    if "off" in clause.ways:
        return False
    if said & {"open", "close", "closed", "draw"}:
        return True
    return bool(said & (_UP | _DOWN)) and _about_shades(clause)


def _switches(_: Ground, clause: Clause) -> bool:
    return _switched_on(clause) is not None


def _named_value(name: str, level: Level, low: float, high: float, closing: bool) -> float:
    if name == "max":
        return low if closing else high
    if name == "min":
        return high if closing else max(low, 1 if level.low == 1 else low)
    if name in {"low", "medium", "high"}:
        return {"low": 33.0, "medium": 66.0, "high": 100.0}[name]
    share = float(name)
    if level.kind == "climate":
        raise Unresolved(Abstention.NOT_UNDERSTOOD, "How many degrees shall it be?")
    return 100 - share if closing else share


Wish = tuple[Callable[[Ground, Clause], bool], Callable[[Ground, Clause], list[Change]]]
WISHES: tuple[Wish, ...] = (
    (_locks, _lock),
    (_colours, _colour),
    (_is_relative, _relative),
    (_is_absolute, _absolute),
    (_opens, _open),
    (_switches, _switch),
)
