"""Verbs, states and little words of a clause to the act that is wished for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dobby.language.borrowing import COMPARED
from dobby.language.clause import LIGHT, VALUES, Clause, NotRead
from dobby.language.meaning import Ask, Do, Ref, Wish

_ACT_OF_STATE = {
    "on": "on", "off": "off", "open": "open", "closed": "close", "locked": "lock",
    "unlocked": "unlock", "muted": "mute", "unmuted": "unmute", "paused": "pause",
    "stopped": "stop", "playing": "play", "docked": "dock", "running": "on", "armed": "arm",
    "disarmed": "disarm", "cleaning": "clean", "mowing": "mow", "extended": "extend",
    "retracted": "retract",
}  # fmt: skip

_DIRECTIONS = {"up": "more", "down": "less"}

_OF = {"brighten": "brightness", "dim": "brightness", "warm": "climate", "cool": "climate"}

_TO = frozenset({"set", "on", "off", "more", "less", "step", "mute", "unmute"})

_FINISHED = {
    ("close", "locked"): "lock",  # "cierra con llave"
    ("mute", "off"): "unmute", ("mute", "on"): "mute",
    ("shuffle", "off"): "unshuffle", ("shuffle", "on"): "shuffle",
    ("repeat", "off"): "unrepeat", ("repeat", "on"): "repeat",
    ("resume", "playing"): "resume", ("draw", "open"): "open", ("draw", "closed"): "close",
    ("clean", "extended"): "clean", ("mow", "extended"): "mow",  # "send Rosie out to clean"
}  # fmt: skip

_MODES = {"warm": "heat", "cool": "cool"}  # what has to be on for it


def wish(has: Mapping[str, Any]) -> Wish:
    """The slots of a clause as a wish."""
    degree = has.get("degree", ())
    attribute = has.get("attribute", ())
    return Wish(
        things=_resumed(has.get("things", ())) or _clitic(has),
        but=has.get("but", ()),
        attribute=attribute[0] if attribute else "",
        measures=has.get("measures", ()),
        levels=has.get("level", ()),
        how=has.get("how", ("",))[0] if {"level", "mode"} & set(has) else "",
        colors=has.get("color", ()),
        whites=has.get("white", ()),
        modes=has.get("mode", ()),
        armed=has.get("armed", ()),
        more=has.get("more", ()),
        degree=degree[0] if degree else "",
        choices=has.get("choices", ()),
        goal=(*has.get("goal", ()), *has.get("spot", ())),
        source=has.get("source", ()),
        partner=has.get("partner", ()),
        also="also" in has,
        seconds=_seconds(has),
        text=" ".join(has.get("text", ())),
    )


def _seconds(has: Mapping[str, Any]) -> float:
    """One stretch of time. Raises NotRead for two: "a 5 minute timer and one of 10 minutes"."""
    spans: tuple[float, ...] = has.get("spans", ())
    if len(spans) > 1:
        raise NotRead
    return sum(spans)


def _resumed(things: tuple[Ref, ...]) -> tuple[Ref, ...]:
    """ "The blinds, can you close them": what was just named is not named again."""
    if not things or things[0].bare:
        return things
    again = frozenset({"it"}), frozenset({"them"})
    return things[:1] + tuple(t for t in things[1:] if t.prons not in again or t.placed or t.kinds)


def _clitic(has: Mapping[str, Any]) -> tuple[Ref, ...]:
    return tuple(Ref(prons=frozenset({p}), words=p) for p in has.get("clitic", ())[:1])


def order(clause: Clause) -> Do | Ask:
    has = clause.has
    if has.get("act") == ("ensure",):  # "make sure the door is locked"
        has = {k: v for k, v in has.items() if k not in {"act", "be"}}
    said: str = has.get("act", ("",))[0]
    if "attribute" in has and "things" not in has and "source" in has:  # "the sound of the tv"
        has = {**{k: v for k, v in has.items() if k != "source"}, "things": has["source"]}
    states: tuple[str, ...] = has.get("state", ()) or has.get("done", ())
    direction: tuple[str, ...] = has.get("direction", ())
    attribute: tuple[str, ...] = has.get("attribute", ())
    valued = any(key in has for key in VALUES)
    act = said
    if comfort := has.get("comfort"):  # "too cold in here"
        if "measures" in has or "level" in has:  # "forty percent loud": so loud, not too loud
            raise NotRead
        rest = {key: value for key, value in has.items() if key != "comfort"}
        if {"state", "direction", "more", *VALUES} & set(rest):
            raise NotRead
        kind, sign = comfort[0][:-1], comfort[0][-1]
        return Do("more" if sign == "+" else "less", wish({**rest, "attribute": (kind,)}))
    if said in LIGHT or not said:
        act = _light(said, states, direction, has, valued)
    elif said in COMPARED:
        act = COMPARED[said]
        if said in _OF and not attribute:
            has = {**has, "attribute": (_OF[said],)}
        if said in _MODES:
            if has.get("mode", (_MODES[said],)) != (_MODES[said],):
                raise NotRead  # "cool to 21 and dry mode"
            act = "set" if _degrees(has) else said
            has = {**has, "mode": (_MODES[said],)}
        elif direction and _DIRECTIONS[direction[0]] != act:
            raise NotRead
    elif said in {"open", "close"} and _by_some(has):
        act = "more" if said == "open" else "less"
        has = {k: v for k, v in has.items() if k != "more"}
    elif said == "remove" and "by" in has.get("how", ()):
        act = "less"  # "take the timer back by five minutes"
    elif said == "read" and "things" in has and not states:
        return Ask("what", wish(has))
    elif said in {"show", "read"} and states:
        return Ask("which", wish(has), state=states[0])
    elif direction:
        raise NotRead
    elif states and (act, states[0]) in _FINISHED:
        return Do(_FINISHED[act, states[0]], wish(has))
    muting = act in {"mute", "unmute"} and (said in LIGHT or not said)
    same = act == _ACT_OF_STATE.get(states[0]) if states else True
    if not (same or muting or _how_open(act, states[0])):
        raise NotRead
    for slot in ("goal", "source"):  # "19 degrees on all radiators", "more light from the lamp"
        if act in _TO and "things" not in has and slot in has:
            has = _renamed(has, slot)
    if act == "set" and states and valued and states[0] in {"open", "closed"}:
        act = "open" if states[0] == "open" else "close"
    return Do(act, wish(has))


def _renamed(has: Mapping[str, Any], slot: str) -> dict[str, Any]:
    """What was said as a goal or a source is the thing itself."""
    return {"things" if key == slot else key: value for key, value in has.items()}


def _by_some(has: Mapping[str, Any]) -> bool:
    """ "Open it by 20 %", "10 % further open"."""
    further = has.get("more", ("",))[0] == "any+"
    return further or any(m.how == "by" for m in has.get("measures", ()))


def _degrees(has: Mapping[str, Any]) -> bool:
    return any(m.how in {"to", "at"} for m in has.get("measures", ()))


_OPENNESS = frozenset({"open", "closed", "on", "extended", "retracted"})


def _how_open(act: str, state: str) -> bool:
    """ "Set the blind to 40 % open", "on at 40 %"."""
    return act in {"set", "step", "open", "close"} and state in _OPENNESS


def _light(
    said: str,
    states: Sequence[str],
    direction: Sequence[str],
    has: Mapping[str, Any],
    valued: bool,
) -> str:
    if "more" in has:
        return "step"
    if said == "send" and not states:
        return "send" if "goal" in has or "things" in has else ""
    if states and direction:
        raise NotRead
    if states:
        act = _ACT_OF_STATE.get(states[0], "")
        if not act or said == "let":  # "let it stay on"
            raise NotRead
        silent = "volume" in has.get("attribute", ()) and not valued
        if silent and act in {"on", "off"}:  # "the sound off"
            return "unmute" if act == "on" else "mute"
        if valued:  # "the awning half out"
            return {"on": "set", "extend": "open", "retract": "close"}.get(act, act)
        return act
    if direction:
        return _DIRECTIONS[direction[0]]
    if valued:
        return "set"
    if said in {"do", "want"}:
        return said
    return "send" if "goal" in has and said in {"", "set"} else ""
