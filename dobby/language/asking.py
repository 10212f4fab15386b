"""Clauses that ask: which question they are, about which state, value or things there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dobby.language.borrowing import complains
from dobby.language.clause import LIGHT, VALUES, Clause, NotRead
from dobby.language.meaning import Ask, Ref
from dobby.language.orders import wish

_STATE_OF_ACT = {
    "on": "on", "off": "off", "open": "open", "close": "closed", "lock": "locked",
    "unlock": "unlocked", "play": "playing", "clean": "running", "mow": "running",
    "arm": "armed", "pause": "paused", "mute": "muted", "raise": "open", "lower": "closed",
    "disarm": "disarmed", "dock": "docked", "unmute": "muted",
    "warm": "heating", "cool": "cooling",
}  # fmt: skip
_SAME_STATE = {"extended": "open", "retracted": "closed"}
_EITHER = {
    frozenset(pair)
    for pair in (("on", "off"), ("open", "closed"), ("locked", "unlocked"), ("armed", "disarmed"),
                 ("heating", "cooling"), ("online", "offline"), ("playing", "paused"))
}  # fmt: skip
_ABOUT = {"climate": "climate.current", "volume": "volume.percent",
          "brightness": "brightness.percent", "position": "position.percent",
          "fan_speed": "fan_speed.percent", "source": "source.name"}  # fmt: skip
_PRESENT = frozenset({"occupied", "moving"})
_HOLDING = frozenset({"list", "timer", "speaker", "tv"})  # something may be on them
_NEED = ("need",)
_NEVER = (*VALUES, "more", "direction")
_NAMED = frozenset({"attribute", "things", ""})
_TELLING = frozenset({"keep", "show", "read", "find"})  # say no more than that it is asked
_WHOLE = frozenset({"all", "everything", "everywhere", "both"})
_ASKING = frozenset({"ask", "asked", "be", "exist"})
_UNASKED = ("measures", "level", "color", "white", "mode", "armed", "more", "choices")
_WAYS = {"up": "open", "down": "closed"}
ASKED_ONLY = frozenset({"exist", "most", "catalog"})  # no wish says these


def is_question(clause: Clause, asked: bool) -> bool:
    """Whether a clause asks; ``asked``: its sentence ends in a question mark."""
    has = clause.has
    if has.get("act") == ("ensure",) or (complains(has) and not asked):
        return False
    if _ASKING & set(has):
        return True
    if "attribute" in has and set(has) <= _NAMED and _is_told(has["attribute"][0]):
        return True  # "living room temperature"
    if wants(clause) or "talk" in has or any(key in has for key in _NEVER):
        return False
    if {"state", "done"} & set(has) and any("any" in ref.quants for ref in has.get("things", ())):
        return True  # "any leaks", "any smoke in the den"
    timers = any(t.kinds[-1:] == ("timer",) for t in has.get("things", ()))
    return asked and ("text" not in has or timers or "act" in has)


def wants(clause: Clause) -> bool:
    """Whether there is a verb that wants something; "do we need milk?" only asks."""
    return clause.has.get("act", _NEED) != _NEED


def _is_told(attribute: str) -> bool:
    return attribute in _ABOUT or attribute.startswith("reading.")


def questions(clauses: Sequence[Clause]) -> list[Ask]:
    """What clauses ask, one after the other. Raises NotRead."""
    asks: list[Ask] = []
    for clause in clauses:
        if not set(clause.has) - {"ask", "be", ""}:
            continue
        ask = _question(clause.has)
        if asks and clause.joined == "or":
            asks[-1] = _either(asks[-1], ask)
        else:
            asks.append(ask)
    if not asks:
        raise NotRead
    return asks


def _either(first: Ask, second: Ask) -> Ask:
    """ "Closed or open", "the lamp on or the fan": one question. Raises NotRead."""
    if first.state != second.state:
        if frozenset({first.state, second.state}) not in _EITHER:
            raise NotRead
        return replace(first, form="how")
    if (first.form, first.about) != (second.form, second.about):
        raise NotRead
    things = (*first.wish.things, *second.wish.things)
    form = "which" if first.state else first.form
    return replace(first, form=form, wish=replace(first.wish, things=things))


def _standing(has: Mapping[str, Any]) -> Mapping[str, Any]:
    """ "Is the blind down": closed."""
    if "direction" not in has or "be" not in has or {"state", "act"} & set(has):
        return has
    state = {"up": "open", "down": "closed"}[has["direction"][0]]
    return {**{k: v for k, v in has.items() if k != "direction"}, "state": (state,)}


def _question(has: Mapping[str, Any]) -> Ask:
    """What one clause asks. Raises NotRead."""
    has = _standing(_with_places(has))
    form: str = next(iter(has.get("ask", ())), "any" if "exist" in has else "whether")
    if superlative := _superlative(has, form):
        return superlative
    attribute: tuple[str, ...] = has.get("attribute", ())
    if attribute == ("reading.battery",) and has.get("level", ("",))[0] in {"low", "min", "0"}:
        has = {k: v for k, v in has.items() if k not in {"attribute", "level"}}
        has, attribute = {**has, "state": ("low",)}, ()  # "which batteries are low"
    if any(key in has for key in _UNASKED):
        raise NotRead
    if has.get("act") == _NEED:
        return Ask("whether", wish(has), about="todo")
    state = _state(has)
    if "comfort" in has:  # "is it cold outside?"
        attribute = (has["comfort"][0].rstrip("+-"),)
    if "asked" in has:
        return Ask("what", wish(has), about=has["asked"][0])
    if "catalog" in has and not attribute:
        return _catalog(has, form, state)
    if attribute and not state:
        return Ask("what", wish(has), about=_ABOUT.get(attribute[0], attribute[0]))
    if state:
        if form == "who" and state not in _PRESENT:
            return Ask(form, wish(has))
        return Ask(_form(has, form), wish(has), state=state)
    return _without_state(has, form)


def _with_places(has: Mapping[str, Any]) -> Mapping[str, Any]:
    """Nothing goes anywhere in a question: "on the list" is where, as "in the hall" is."""
    if "partner" in has:
        raise NotRead
    if not {"goal", "source"} & set(has):
        return has
    places: tuple[Ref, ...] = (*has.get("goal", ()), *has.get("source", ()))
    if any(ref.kinds and ref.kinds[-1].partition("/")[0] not in _HOLDING for ref in places):
        raise NotRead
    things = (*has.get("things", ()), *places)
    return {k: v for k, v in has.items() if k not in {"goal", "source"}} | {"things": things}


def _state(has: Mapping[str, Any]) -> str:
    """The state that is asked about; empty for none. Raises NotRead for what is no question."""
    act: str = has.get("act", ("",))[0]
    told = (*has.get("state", ()), *has.get("done", ()))
    if act and not told and "be" not in has and has.get("ask", ("",))[0] in {"which", "what"}:
        raise NotRead  # "que limpie": no question, for all that it begins like one
    idle = act in LIGHT or act in _TELLING
    if act and not idle and (told or act not in _STATE_OF_ACT):
        raise NotRead  # "which vacuum is running": no deed
    ways = tuple(_WAYS[way] for way in has.get("direction", ()))
    if act in {"warm", "cool"} and "be" in has:
        raise NotRead  # "is the pool warm": how warm it is, and no deed
    if ways and (told or act):
        raise NotRead  # "oben an": where, and no way
    if len(set(told)) > 1:
        told = tuple(state for state in told if state != "triggered")  # "is motion detected"
    if len(set(told)) > 1:
        raise NotRead  # "oben an": where, and no state
    told = (*told, *ways)
    said = (*told, *(b for b in has.get("be", ()) if b != "-"))  # "brandt het licht"
    state = next(iter(said), _STATE_OF_ACT.get(act, ""))
    return _SAME_STATE.get(state, state)


def _form(has: Mapping[str, Any], form: str) -> str:
    """How a state is asked about: of one, of any, of all; and which of them."""
    if form == "what" or (form == "whether" and "or" in has):
        return "which" if "or" in has else form
    if form in {"how", "who", "where"}:
        return "which"
    quants = {q for t in has.get("things", ()) for q in t.quants}
    if form == "whether" and "any" in quants:
        return "any"
    if form == "whether" and quants & _WHOLE:
        return "all"
    return form


def _without_state(has: Mapping[str, Any], form: str) -> Ask:
    things: tuple[Ref, ...] = has.get("things", ())
    inside = any(t.plural and t.kinds and t.placed for t in things)
    if "exist" in has or (inside and form in {"which", "count"}):
        offered = has.get("exist", ("-",))[0]  # "what can I play", "what can I watch"
        about = "names" if offered == "-" else f"{offered}.choices"
        if form in {"which", "what", "count", "any"}:
            return Ask("count" if form == "count" else "there", wish(has), about=about)
    if form in {"where", "who"}:
        return Ask(form, wish(has))
    if "be" in has and form in {"which", "count"}:
        raise NotRead
    if "be" in has and form == "whether" and any("any" in t.quants for t in things):
        raise NotRead  # "is anything in the hall?"
    return Ask("what" if form in {"what", "how", "which"} else form, wish(has))


def _catalog(has: Mapping[str, Any], form: str, state: str) -> Ask:
    """ "Which rooms are there", "how many devices are offline". Raises NotRead."""
    (kind, *_) = has["catalog"]
    if not state:
        return Ask("count" if form == "count" else "there", wish(has), about=kind)
    if kind != "names":
        raise NotRead
    every = Ref(quants=frozenset({"all"}), words="")
    things: tuple[Ref, ...] = has.get("things", ()) or (every,)
    return Ask(_form(has, form), wish({**has, "things": things}), state=state)


def _superlative(has: Mapping[str, Any], form: str) -> Ask | None:
    """ "Which is the warmest room", "the lowest battery", "is it colder here or there"."""
    attribute: tuple[str, ...] = has.get("attribute", ())
    said: tuple[str, ...] = has.get("most", ())
    if not said and attribute and has.get("level", ("",))[0] in {"max", "min"}:
        said = ("any+" if has["level"][0] == "max" else "any-",)
    if not said and ("or" in has or ("catalog" in has and form in {"which", "what", "where"})):
        said = has.get("more", ())
    if not said:
        return None
    kind = attribute[0] if said[0][:-1] == "any" and attribute else said[0][:-1]
    if kind == "any" or "state" in has:
        raise NotRead
    rest = {k: v for k, v in has.items() if k not in {"level", "more", "attribute", "things"}}
    things = tuple(t for t in has.get("things", ()) if t.prons != {"it"})  # "where is it coldest"
    rest |= {"things": things} if things else {}
    which = "most" if said[0][-1] == "+" else "least"
    return Ask(which, wish(rest), about=_ABOUT.get(kind, kind))
