"""Questions about state. They change nothing, yet are read as strictly as commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from devices.device import Device
from dobby.agent.calls import Abstention, ToolCall
from dobby.agent.reflex.clauses import Clause, Noun, heating
from dobby.agent.reflex.ground import Ground
from dobby.agent.reflex.reader import ClauseReader
from dobby.agent.reflex.spans import Span
from dobby.agent.reflex.targets import Unresolved, Wanted
from dobby.agent.reflex.wishes import HEATING
from dobby.agent.states import knows

_STATE_OF_WAY = {
    "on": "on", "off": "off", "open": "open", "closed": "closed", "close": "closed",
    "locked": "locked", "unlocked": "unlocked", "up": "open", "down": "closed", "muted": "muted",
    "paused": "paused",
}  # fmt: skip
_DEEDS = {"lock": "locked", "unlock": "unlocked", "close": "closed", "open": "open",
          "off": "off", "on": "on"}  # fmt: skip


_ADVERBS = {"still", "currently", "right now", "now", "securely", "properly", "safely"}


def asked(ground: Ground, spans: Sequence[Span], marked: bool) -> ToolCall | None:
    """The question in these spans; None if it is none. Raises Unresolved if it is unclear.

    ``marked``: a question mark stands at its end.
    """
    polite = any(
        t.text in {"please", "can", "could", "would", "will"} for s in spans for t in s.tokens
    )
    spans = [s for s in spans if s.text not in _ADVERBS]
    spans = [s for s in spans if not s.says("join") or s.says("filler")]
    while spans and spans[0].says("filler") and not spans[0].says("question"):
        spans = spans[1:]
    if not spans or (len(spans) < 2 and not spans[0].says("ask")):
        return None
    head = spans[0]
    if _low_batteries(spans):
        return _state(ground, "which", Clause(states=["low"]))
    spans = _without_or(spans)
    for form, read in (("ask", _set_phrase), ("question", _worded), ("aux", _auxiliary)):
        if head.says(form):
            call = read(ground, spans)
            if call is not None:
                return call
    if head.says("quant", "any") or (marked and not polite):
        call = _state(ground, "any" if head.says("quant", "any") else "whether", _rest(spans))
        if call is not None:
            return call
    if any(_state_word(s) for s in spans):
        call = _what(ground, [s for s in spans if not _state_word(s)], stated=True)
        if call is not None:
            return call
    if head.says("verb", "show"):
        return _state(
            ground, "which", _rest([s for s in spans[1:] if s.text not in {"that", "are"}])
        )
    return _bare_attribute(ground, spans)


def asked_again(ground: Ground, spans: Sequence[Span]) -> ToolCall | None:
    """ "What about the bedroom?": the last question, of something else."""
    last = ground.context.dialogue.calls
    words = [t.text for s in spans for t in s.tokens]
    if len(last) != 1 or last[0].name != "read_state" or words[1:2] != ["about"]:
        return None
    clause = _rest([s for s in spans if s.text not in {"what", "how", "about", "what about"}])
    if words[0] not in {"what", "how"} or clause is None or clause.acts or not clause.nouns:
        return None
    said = last[0].arguments
    if about := said.get("about"):
        return _value(ground, about, said.get("field"), clause.nouns)
    value = said.get("value", "")
    clause.states = [value]
    return _state(ground, said["form"], clause) if value else None


def _low_batteries(spans: Sequence[Span]) -> bool:
    """ "Which batteries are low?", "any batteries running out": of whatever has one."""
    asks = spans[0].says("question") or spans[0].says("aux") or spans[0].says("quant", "any")
    empty = any(s.says("level", "low") or s.text in {"flat", "empty"} for s in spans)
    named = any(s.named("device", "room", "floor") for s in spans)
    return asks and empty and not named and any(s.says("attr", "reading.battery") for s in spans)


def _without_or(spans: list[Span]) -> list[Span]:
    """ "On or off", "locked or not": the first is asked for."""
    at = next((i for i, s in enumerate(spans) if s.text == "or"), None)
    if at is None or at + 2 != len(spans) or not (spans[-1].says("way") or spans[-1].text == "not"):
        return spans
    return spans[:at]


def _bare_attribute(ground: Ground, spans: Sequence[Span]) -> ToolCall | None:
    """ "Living room temperature": a quantity and a thing, without any value."""
    clause = _rest([s for s in spans if not s.says("ask")])
    if clause is None or clause.verbs or clause.valued:
        return None
    about = [s.tags["ask"][0] for s in spans if s.says("ask")]
    if len(about) == 1 and clause.nouns and not clause.attrs:
        kind, _, field = about[0].partition(".")
        return _value(ground, kind, field or None, clause.nouns)
    known = not set(clause.attrs) & {"mode", "source", "play_mode", "snapshot", "color", "tilt"}
    if len(clause.attrs) == 1 and clause.nouns and known and not about:
        return _attribute(ground, clause.attrs[0], clause.nouns)
    return None


def _attribute(ground: Ground, attr: str, nouns: list[Noun]) -> ToolCall | None:
    kind, _, field = attr.partition(".")
    return _value(ground, kind, field or ("current" if kind == "climate" else None), nouns)


_PEOPLE = {"anyone", "anybody", "someone", "somebody", "anything moving"}


def _set_phrase(ground: Ground, spans: Sequence[Span]) -> ToolCall | None:
    """ "What is playing", "how warm is it": phrases that fix what is asked for."""
    about, _, field = spans[0].tags["ask"][0].partition(".")
    if field == "current" and any(s.text in {"set", "set to"} for s in spans[1:]):
        field = "target"
        spans = [s for s in spans if s.text not in {"set", "set to", "to", "is"}]
    clause = _rest([s for s in spans[1:] if s.text not in _TELLING])
    said = clause and (clause.measures or clause.levels or clause.more or clause.amounts)
    if clause is None or said or clause.verbs or (clause.valued and set(clause.ways) - {"on"}):
        return None
    return _value(ground, about, field or None, clause.nouns)


def _worded(ground: Ground, spans: Sequence[Span]) -> ToolCall | None:
    word = spans[0].tags["question"]
    rest = list(spans[1:])
    aux = next((i for i, s in enumerate(rest) if s.says("aux", "is") or s.text == "have"), None)
    if "where" in word and aux is not None:
        clause = _rest(rest[:aux] + rest[aux + 1 :])
        return _where(ground, clause) if clause and not clause.valued else None
    if "many" in word or "which" in word or ("what" in word and aux is not None and aux > 0):
        if aux is None:
            return None
        clause = _rest([*rest[:aux], *rest[aux + 1 :]])
        form = "count" if "many" in word else "which"
        return _state(ground, form, clause)
    if "what" in word and aux == 0 and (clause := _rest(rest[1:])) and _asks_which(clause):
        return _state(ground, "which", clause)
    if "any" in word or "whether" in word:
        clause = _rest([s for s in rest if not s.says("aux", "is")])
        form = "any" if "any" in word else "whether"
        return _state(ground, form, clause)
    if "what" in word and any(s.text in {"doing", "up to"} for s in rest):
        return _what(ground, [s for s in rest if s.text not in {"doing", "up to"}], stated=True)
    tells = any(s.says("aux", "does") for s in rest)
    if "what" in word or ("how" in word and any(s.says("attr") for s in rest)):
        rest = [s for s in rest if not (s.says("aux") or s.text in _TELLING)]
    if "state" in word or "what" in word or "how" in word:
        return _what(ground, rest, stated="state" in word or tells)
    return None


def _asks_which(clause: Clause) -> bool:
    """ "What is open upstairs": a state, and at most a place."""
    placed = all(n.place_only and (n.prep != "on" or n.floors) for n in clause.nouns)
    said = {*clause.ways, *clause.verbs}
    return placed and said in ({"open"}, {"unlocked"}) and not clause.measures


def _what(ground: Ground, rest: list[Span], stated: bool = False) -> ToolCall | None:
    """ "What is the temperature in the kitchen", "status of the garage door"."""
    stated = stated or any(_state_word(s) for s in rest)
    rest = [s for s in rest if not s.says("aux", "is") and not _state_word(s)]
    clause = _rest(rest)
    if clause is None or (clause.verbs and "set" not in clause.verbs):
        return None
    if clause.states == ["playing"] and not clause.verbs:
        return _media(ground, clause.nouns)
    if "set" in clause.verbs or any(s.text in {"target", "setpoint", "set"} for s in rest):
        return None if clause.valued else _value(ground, "climate", "target", clause.nouns)
    if clause.attrs:
        return _attribute(ground, clause.attrs[0], clause.nouns)
    if clause.nouns and not clause.valued and (stated or _measures(ground, clause)):
        things = ground.things(clause, Wanted(lambda _: True, "be asked", ()))
        return _call(things, "what")
    return None


def _measures(ground: Ground, clause: Clause) -> bool:
    """Whether a sensor is named by what it measures: "the outside temperature"."""
    kinds = {ground.index.devices[n.ref].kind for noun in clause.nouns
             for names in noun.names for n in names}  # fmt: skip
    return kinds == {"sensor"} and all(n.names and not n.kinds for n in clause.nouns)


_TELLING = {
    "left",
    "remaining",
    "read",
    "say",
    "draw",
    "use",
    "using",
    "show",
    "at",
    "does",
    "do",
    "have",
    "drawing",
    "reading",
    "used",
    "measure",
}


def _state_word(span: Span) -> bool:
    return span.says("question", "state") and not span.names


def _auxiliary(ground: Ground, spans: Sequence[Span]) -> ToolCall | None:
    head, rest = spans[0], list(spans[1:])
    if rest and rest[0].text == "there" and rest[1:2] and rest[1].text in _PEOPLE:
        rest = rest[1:]
    if head.says("aux", "is") and rest and rest[0].text in _PEOPLE:
        clause = _rest([s for s in rest[1:] if s.text != "on"])
        if clause is None or clause.states or not clause.nouns:
            return None
        clause.states.append("occupied")
        for noun in clause.nouns:
            noun.quants.add("all")
        return _state(ground, "any", clause)
    if head.says("aux", "is") and len(rest) > 1 and rest[-1].text in _TEMPERING:
        clause = _rest(rest[:-1])  # "is the hall thermostat heating": what it does, not what it is
        if clause is not None and clause.nouns and not (clause.states or clause.valued):
            clause.states = [rest[-1].text]
            return _state(ground, "whether", clause)
    if head.says("aux", "is"):
        if any(s.says("quant", "any") or s.text == "there" for s in rest[:2]):
            clause = _rest([s for s in rest if s.text not in {"there", "any"}])
            return _state(ground, "any", clause)
        return _state(ground, "whether", _rest(rest))
    if head.says("aux", "did") or head.says("aux", "has"):
        return _deed(ground, rest)
    return None


_TEMPERING = {"heating", "cooling"}
_HEATS = {"on": "heating", "running": "heating", "off": "not heating"}


def _deed(ground: Ground, rest: list[Span]) -> ToolCall | None:
    """ "Did I lock the door": what counts is whether it is locked now."""
    while rest and rest[0].text in {
        "i",
        "we",
        "you",
        "anyone",
        "anybody",
        "somebody",
        "someone",
        "left",
        "leave",
    }:
        rest = rest[1:]
    clause = _rest(rest)
    if clause is None or clause.measures:
        return None
    values = {_DEEDS[v] for v in clause.verbs if v in _DEEDS} | {
        _STATE_OF_WAY[w] for w in clause.ways if w in _STATE_OF_WAY
    }
    if len(values) != 1:
        return None
    clause.verbs, clause.ways = frozenset(), [values.pop()]
    return _state(ground, "whether", clause)


def _rest(spans: Sequence[Span]) -> Clause | None:
    """The words after the question's own; None where one of them is not understood."""
    clause = ClauseReader(spans).read()
    unclear = clause.guards or clause.loose or clause.excepting or clause.choices
    return None if unclear else clause


def _state(ground: Ground, form: str, clause: Clause | None) -> ToolCall | None:
    if clause is None or clause.measures or clause.more or clause.amounts:
        return None
    words = [_STATE_OF_WAY[w] for w in clause.ways if w in _STATE_OF_WAY] + list(clause.states)
    said = clause.verbs & {"open", "close", "lock", "unlock", "play"}
    words += [{"open": "open", "close": "closed", "lock": "locked", "unlock": "unlocked",
               "play": "playing"}[v] for v in said]  # fmt: skip
    if clause.levels == ["low"] and clause.attrs == ["reading.battery"]:
        words.append("low")
    if len(set(words)) > 1:  # "is motion triggered"
        words = [w for w in words if w != "triggered"]
    if len(set(words)) != 1:
        return None
    value = words[0]
    nouns = clause.nouns or [Noun(quants={"any"}, words=["anything"])]
    if form == "whether" and not clause.nouns and not clause.states:
        return None
    if value in _HEATS and clause.nouns and all(heating(n) for n in clause.nouns):
        value = _HEATS[value]  # a heating that cools is not on
    everything = all(n.quants & {"any", "everything"} and not n.kinds for n in nouns)
    view = ground.context.house
    if any("all" in n.quants for n in nouns) and form == "whether":
        form = "all"
    if everything and form == "whether":
        form = "any" if any("any" in n.quants for n in nouns) else "all"
    for noun in nouns:
        if form in {"which", "count", "any"} or noun.quants & {"any"}:
            noun.quants = (noun.quants - {"any"}) | {"all"}
        if value in {"heating", "not heating"} and not noun.names:
            noun.quants = noun.quants | {"all"}

    def able(device: Device) -> bool:
        if value in {"heating", "not heating"}:
            return device.ability("climate") is not None  # some cannot tell, which is said
        return knows(value, view.state(device.id)) or device.id in view.away

    wanted = Wanted(able, f"be {value}", _kinds_for(value) if everything else _fallback_for(value))
    if form == "any":
        nouns = [_not_narrowed(noun) for noun in nouns]
    try:
        things = ground.things(Clause(nouns=nouns), wanted)
    except Unresolved as problem:
        bare = all((n.rooms or n.floors) and not (n.names or n.kinds or n.parts) for n in nouns)
        if problem.why is not Abstention.UNABLE and not (
            bare and problem.why is Abstention.UNKNOWN_NAME
        ):
            raise
        things, form = _telling(ground, nouns, able), form if form == "all" else "whether"
    return _call(things, form, value=value)


def _not_narrowed(noun: Noun) -> Noun:
    """Whether there is any is asked of all that tell: "water leaking anywhere" is not asked of the
    one sensor that has "water" in its name."""
    fragment = noun.parts and not (noun.kinds or noun.names or noun.orders or noun.plural)
    return replace(noun, parts=[], quants=noun.quants | {"all"}) if fragment else noun


def _telling(ground: Ground, nouns: Sequence[Noun], able: Callable[[Device], bool]) -> list[Device]:
    """Who tells it of things that do not themselves: the contact of a door whose lock was named;
    else the things, of which is said what they do tell. Raises Unresolved."""
    named = [n for noun in nouns for group in noun.names for n in group if n.of == "device"]
    beside = {
        device.id: device
        for device in ground.index.devices.values()
        if able(device)
        and any(set(n.key) <= label for n in named for label in ground.index.labels[device.id])
    }
    if not beside and not named:
        raise Unresolved(Abstention.UNABLE, "Nothing there tells me that.")
    found = list(beside.values()) or [ground.index.devices[n.ref] for n in named]
    ground.touched.extend(device.id for device in found)
    return found


def _kinds_for(value: str) -> tuple[str, ...]:
    if value in {"on", "off"}:
        return ("light", "switch", "outlet", "tv", "fan", "speaker", "heater", "appliance", "spa",
                "pool")  # fmt: skip
    if value in {"open", "closed"}:
        return ("window", "door", "garage", "gate", "shade", "sensor")
    return ()


def _fallback_for(value: str) -> tuple[str, ...]:
    if value in {"heating", "not heating", "cooling"}:
        return HEATING
    return ("light",) if value in {"on", "off"} else ()


def _value(ground: Ground, about: str, field: str | None, nouns: list[Noun]) -> ToolCall | None:
    view = ground.context.house
    nouns = [n for n in nouns if n.prons != {"it"} or n.rooms or ground.context.dialogue.devices]
    nouns_named = any(n.names or n.kinds for n in nouns)
    nouns = [n for n in nouns if not (n.kinds == ["music"] and about == "media")]

    def able(device: Device) -> bool:
        if about == "climate" and not nouns_named and device.kind in {"spa", "pool", "boiler"}:
            return False
        return _tells(view.state(device.id), about, field)

    if about == "media":
        return _media(ground, nouns)
    if about == "brightness" and not nouns_named and not _lit(ground, nouns):
        bright = _value_of_place(ground, nouns)
        if bright is not None:
            return bright
    tells = [d for d in ground.index.devices.values() if able(d)]
    if not tells:
        raise Unresolved(Abstention.UNABLE, "Nothing in this house can tell me that.")
    weather = about == "reading" or (about == "climate" and field == "current")
    if not nouns or (weather and all(n.prons == {"it"} for n in nouns)):
        here = [d for d in tells if d.room and d.room == ground.context.room]
        things = here or (tells if len(tells) <= 6 or weather else [])
        if not things:
            raise Unresolved(Abstention.AMBIGUOUS, f"Where? {ground.resolver.room_list()}")
    else:
        for noun in nouns:
            if not noun.kinds and not noun.names:
                noun.quants.add("all")
            if weather and noun.prons == {"it"}:
                noun.prons.clear()
        things = ground.things(Clause(nouns=nouns), Wanted(able, "tell that", ()))
    ground.touched.extend(d.id for d in things)
    return _call(things, "what", about=about, field=field)


def _lit(ground: Ground, nouns: list[Noun]) -> bool:
    """Whether "it" is a light that was spoken of: "how bright is it"."""
    it = bool(nouns) and all(n.prons == {"it"} and not (n.rooms or n.floors) for n in nouns)
    spoken = [ground.index.devices[d] for d in ground.context.dialogue.devices
              if d in ground.index.devices]  # fmt: skip
    return it and any(d.ability("brightness") for d in spoken)


def _value_of_place(ground: Ground, nouns: list[Noun]) -> ToolCall | None:
    """ "How bright is it in the hall": what a sensor there measures; None where none does."""
    try:
        return _value(ground, "reading", "illuminance", [replace(noun) for noun in nouns])
    except Unresolved:
        return None


def _tells(state: Any, about: str, field: str | None) -> bool:
    if about == "climate" and field == "current":
        current = getattr(state.get("climate"), "current", None)
        measured = getattr(state.get("reading"), "temperature", None)
        return current is not None or measured is not None
    if field:
        return getattr(state.get(about), field, None) is not None
    return about in state


def _media(ground: Ground, nouns: list[Noun]) -> ToolCall | None:
    able = Wanted(lambda d: d.ability("playback") is not None, "play", ("speaker", "tv"))
    if nouns:
        for noun in nouns:
            noun.quants.add("all")
        return _call(ground.things(Clause(nouns=nouns), able), "what", about="media")
    playing = [
        d for d in ground.index.devices.values()
        if knows("playing", s := ground.context.house.state(d.id))
        and getattr(s.get("playback"), "state", "") == "playing"
    ]  # fmt: skip
    here = [d for d in playing if d.room == ground.context.room]
    everyone = [ground.index.devices[i] for i in ground.index.with_ability.get("playback", ())]
    things = here or playing or everyone[:1]
    return _call(things, "what", about="media") if things else None


def _where(ground: Ground, clause: Clause) -> ToolCall | None:
    if not clause.nouns:
        return None
    things = ground.things(clause, Wanted(lambda _: True, "be found", ()))
    return _call(things, "where")


def _call(
    things: Sequence[Device], form: str, about: str | None = None,
    field: str | None = None, value: str | None = None,
) -> ToolCall | None:  # fmt: skip
    if not things:
        return None
    ids = list(dict.fromkeys(d.id for d in things))
    return ToolCall(
        name="read_state",
        arguments={"devices": ids, "form": form}
        | {k: v for k, v in (("about", about), ("field", field), ("value", value)) if v},
    )
