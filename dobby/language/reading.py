"""Clauses to meanings: verbs and little words come to acts, what a clause lacks it borrows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dobby.language.clauses import LIGHT, Clause
from dobby.language.meaning import Ask, Do, Held, Meaning, Measure, Ref, Talk, Wish

_ACT_OF_STATE = {
    "on": "on", "off": "off", "open": "open", "closed": "close", "locked": "lock",
    "unlocked": "unlock", "muted": "mute", "unmuted": "unmute", "paused": "pause",
    "stopped": "stop", "playing": "play", "docked": "dock", "running": "on", "armed": "arm",
    "disarmed": "disarm", "cleaning": "clean", "mowing": "mow", "extended": "extend",
    "retracted": "retract",
}  # fmt: skip
_STATE_OF_ACT = {
    "on": "on", "off": "off", "open": "open", "close": "closed", "lock": "locked",
    "unlock": "unlocked", "play": "playing", "clean": "running", "mow": "running",
    "arm": "armed", "pause": "paused", "mute": "muted",
}  # fmt: skip
_DIRECTIONS = {"up": "more", "down": "less"}
_VALUES = ("measures", "level", "color", "white", "mode", "armed", "choices")
_SAME = {"raise": "more", "lower": "less", "brighten": "more", "dim": "less", "warm": "more",
         "cool": "less"}  # fmt: skip
_OF = {"brighten": "brightness", "dim": "brightness", "warm": "climate", "cool": "climate"}
_TO = frozenset({"set", "on", "off", "more", "less", "step", "mute", "unmute"})
_FINISHED = {("close", "locked"): "lock"}  # "cierra con llave"
_MODES = {"warm": "heat", "cool": "cool"}  # what has to be on for it
_HELD = ("not", "if", "past", "reported", "time")  # which reason is told first
_WHY = {"not": "negation", "if": "condition", "past": "past", "reported": "reported",
        "time": "future"}  # fmt: skip


class NotRead(Exception):
    """These clauses come to nothing; ``words`` is what found no place."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.words = words


def meanings(clauses: Sequence[Clause], asked: bool) -> Sequence[Meaning]:
    """What a sentence says, clause by clause. ``asked``: it ends in a question mark.

    Raises NotRead.
    """
    unknown = [w for c in clauses for w in c.has.get("unknown", ())]
    if unknown:
        raise NotRead(" ".join(unknown))
    clauses = [_plain(c) for c in clauses]
    said = _scoped([c for c in clauses if _says(c)])
    if not said:
        raise NotRead
    held = next((flag for flag in _HELD if any(_holds(c, flag) for c in said)), None)
    if held:
        return [Held(_WHY[held])]  # type: ignore[arg-type]
    asked = asked and not any("act" in c.has for c in said)
    said = _after_statement(said)
    if any(_is_question(c, asked) for c in said):
        asks = [_question(c) for c in _completed(said) if set(c.has) - {"ask", "be", ""}]
        if not asks:
            raise NotRead
        return asks
    if talk := [c for c in said if "talk" in c.has]:
        if any(c.has["talk"][0] == "cancel" for c in talk if c is not said[0]):
            return [Talk("cancel")]  # "lock the door and then, well, never mind"
        if any(set(c.has) - {"talk", ""} for c in talk):
            raise NotRead
        if len(said) == len(talk):
            return [Talk(talk[0].has["talk"][0])]
        said = [c for c in said if "talk" not in c.has]  # "hello, lights on"
    if any(c.joined == "or" or "or" in c.has for c in said):
        return [Held("either")]
    if any("done" in c.has and not _let(c.has) for c in said):
        return [Held("past")]
    if any("act" in c.has for c in said):  # "it is cold in here, turn the heating up": why, where
        said = [_reason(c) for c in said]
        said = _scoped([c for c in said if _says(c)])
    orders = [_order(c) for c in _completed(said)]
    if not orders:
        raise NotRead
    return orders


def _plain(clause: Clause) -> Clause:
    """A clause without the halves of verbs that found each other."""
    has = {k: v for k, v in clause.has.items() if k not in {"prefix", "particle"}}
    return replace(clause, has=has)


def _reason(clause: Clause) -> Clause:
    if "comfort" not in clause.has or "act" in clause.has:
        return clause
    rest = {k: v for k, v in clause.has.items() if k not in {"comfort", "degree"}}
    return replace(clause, has=rest)


def _after_statement(said: list[Clause]) -> list[Clause]:
    """ "The shed light is still on, turn it off": what is told lends the wish its thing."""
    first, *rest = said
    tells = "be" in first.has and next(iter(first.has)) == "things"
    if not (rest and tells and "act" in rest[0].has) or {"ask", "asked", "act"} & set(first.has):
        return said
    told: tuple[Ref, ...] = first.has.get("things", ())
    own: tuple[Ref, ...] = rest[0].has.get("things", ())
    if told and all(ref.prons - {"here", "there"} for ref in own):
        own = told
    elif len(told) == 1 and told[0].bare and told[0].placed:
        own = tuple(_within(ref, told[0]) for ref in own) or told
    return [replace(rest[0], has={**rest[0].has, "things": own}), *rest[1:]]


def _holds(clause: Clause, flag: str) -> bool:
    """A stretch of time is when something shall be done; of a timer it is how long."""
    has = clause.has
    if flag != "time":
        return flag in has
    if {"time", "times", "number"} & set(has) or ("spans" in has and not _of_timer(has)):
        return True
    relative = "more" in has or "direction" in has or set(_SAME) & set(has.get("act", ()))
    hows = {"at"} if relative else {"at", "by"}  # "um acht die Lampe an", but "um 8 lauter"
    hours = [m for m in has.get("measures", ()) if m.how in hows and not m.unit]
    return bool(hours) and "attribute" not in has and 1 <= hours[0].number <= 12


def _of_timer(has: Mapping[str, Any]) -> bool:
    refs: tuple[Ref, ...] = (*has.get("things", ()), *has.get("goal", ()), *has.get("source", ()))
    if not refs:  # "five minutes more"
        return "more" in has or bool({"more", "less"} & set(has.get("act", ())))
    return any(ref.kinds[-1:] == ("timer",) for ref in refs)


def _says(clause: Clause) -> bool:
    return any(key for key in clause.has if key != "")


def _is_question(clause: Clause, asked: bool) -> bool:
    has = clause.has
    if "ask" in has or "asked" in has or "be" in has:
        return True
    valued = any(key in has for key in (*_VALUES, "more", "direction", "text"))
    return asked and not ("act" in has or valued)


def _let(has: Mapping[str, Any]) -> bool:
    """ "Let the lamp shine": a verb that tells a state, after one that wants it."""
    return has.get("act", ("",))[0] == "do"


_CONTENT = ("act", "state", "direction", "more", *_VALUES, "comfort", "talk", "ask", "asked")


def _acts(has: Mapping[str, Any]) -> bool:
    return any(key in has for key in _CONTENT)


def _scoped(clauses: Sequence[Clause]) -> list[Clause]:
    """ "In the kitchen, lights off and blinds down": the place is that of what follows."""
    if len(clauses) < 2 or _acts(clauses[0].has):
        return list(clauses)
    first = clauses[0]
    things: tuple[Ref, ...] = first.has.get("things", ())
    if set(first.has) != {"things"} or not all(t.bare and t.placed for t in things):
        return list(clauses)
    rest: list[Clause] = []
    for clause in clauses[1:]:
        own: tuple[Ref, ...] = clause.has.get("things", ())
        inside = tuple(_within(ref, things[0]) for ref in own) or things
        rest.append(replace(clause, has={**clause.has, "things": inside}))
    return rest


def _within(ref: Ref, place: Ref) -> Ref:
    if ref.placed or ref.prons:
        return ref
    return replace(ref, rooms=place.rooms, floors=place.floors, prons=place.prons)


def _place(ref: Ref) -> Ref | None:
    """Where a thing is, if that was said."""
    if not ref.placed:
        return None
    return Ref(rooms=ref.rooms, floors=ref.floors, prons=ref.prons & {"here", "there"},
               words=ref.words)  # fmt: skip


_PARTIAL = frozenset({"switch", "set", "do"})  # "turn the kitchen" waits for "and the hall off"


_PLAIN = frozenset({"on", "off", "lock", "unlock", "mute", "unmute", "stop", "pause"})
_SHARING = frozenset(
    {"on", "off", "open", "close", "lock", "unlock", "raise", "lower", "dim", "brighten"}
)

_BY_ITSELF = frozenset({"mow", "clean", "next", "previous", "arm", "disarm"})  # needs no thing


def _completed(clauses: Sequence[Clause]) -> list[Clause]:
    """What a clause lacks is that of the one before it, or of the one it waits for."""
    done: list[Clause] = []
    waiting: list[Clause] = []
    for at, clause in enumerate(clauses):
        has = dict(clause.has)
        if set(has) == {"act"} and has["act"][0] in _SHARING and clauses[at + 1 :]:
            after = clauses[at + 1]  # "open and close the blind"
            if after.joined == "and" and "act" in after.has and "things" in after.has:
                has["things"] = after.has["things"]
        if done and has.get("act", ("",))[0] in {"keep", "let"} and "state" in has:
            done[-1] = _spared(done[-1], clause)
            continue
        doing = has.get("act") == ("do",) and waiting  # "Robbie, do the kitchen"
        only_verb = (
            not doing
            and has.get("act", ("",))[0] in _PARTIAL
            and not any(key in has for key in _CONTENT if key != "act")
        )
        if done and has.get("act") == ("keep",) and set(has) == {"act", "things"}:
            done[-1] = _extended(done[-1], replace(clause, has={"but": has["things"]}))
            continue  # "the lights off, but leave the lamp"
        if not _acts(has) or only_verb:
            if done and not only_verb:
                done[-1] = _extended(done[-1], clause)
            else:
                waiting.append(clause)
            continue
        if set(has) - {""} == {"measures"} and done and _counts_nothing(has):
            raise NotRead  # "lamp 1 and 2"
        if waiting:
            if clause.joined == "then":
                raise NotRead  # what comes then is another act
            if any(set(w.has) - {"things", "but", "act", ""} for w in waiting):
                raise NotRead  # half of it would be dropped
            early = tuple(t for w in waiting for t in w.has.get("things", ()))
            has["things"] = (*early, *(t for t in has.get("things", ()) if not t.prons))
            if "act" not in has and "act" in waiting[0].has:
                has["act"] = waiting[0].has["act"]
            waiting = []
        before: Mapping[str, Any] = done[-1].has if done else {}
        alone = has.get("act", ("",))[0] in _BY_ITSELF
        if "things" not in has and "things" in before and "attribute" not in has and not alone:
            titled = "choices" in has or "text" in has
            places = tuple(p for t in before["things"] if (p := _place(t)))
            if lent := places if titled else before["things"]:
                has["things"] = lent
        elif "act" not in has and not clause.has.get("but") and "things" in before:
            has["things"] = _headed(before["things"], has.get("things", ()))
        if "measures" in has and "attribute" in before and "act" not in has:
            has.setdefault("attribute", before["attribute"])
        if (
            "act" not in has
            and "act" in before
            and not any(key in has for key in ("state", "direction", "more"))
            and not (before["act"][0] in _PLAIN and any(key in has for key in _VALUES))
        ):
            has["act"] = before["act"]
        if "measures" in has and "measures" in before and "attribute" not in has:
            has["measures"] = _alike(has["measures"], before["measures"])
        for key in ("ask", "be"):  # "which lights are on and which windows are open"
            if key in before and key not in has:
                has[key] = before[key]
        done.append(replace(clause, has=has))
    if waiting:
        done += waiting
    return done


def _alike(said: Sequence[Measure], before: Sequence[Measure]) -> tuple[Measure, ...]:
    """ "20 degrees in the hall and 17 in the bedroom": degrees, too."""
    unit = before[0].unit
    return tuple(replace(m, unit=unit) if unit and not m.unit else m for m in said)


def _counts_nothing(has: Mapping[str, Any]) -> bool:
    return all(not (m.unit or m.how) for m in has["measures"])


def _headed(before: Sequence[Ref], refs: Sequence[Ref]) -> tuple[Ref, ...]:
    """ "Lights on in the gym and off in the cinema": of what is placed elsewhere, the same."""
    heads = [r for r in before if r.kinds]
    if not heads or not refs or not all(r.bare and r.placed and not r.quants for r in refs):
        return tuple(refs)
    return tuple(
        replace(heads[-1], rooms=r.rooms, floors=r.floors, prons=r.prons, names=()) for r in refs
    )


def _spared(before: Clause, kept: Clause) -> Clause:
    """ "All lights off but leave the lamp on": an exception; beside one thing it says nothing."""
    things: tuple[Ref, ...] = before.has.get("things", ())
    if not any(t.quants or t.plural for t in things):
        return before
    return _extended(before, replace(kept, joined="but"))


def _extended(before: Clause, extra: Clause) -> Clause:
    if not set(extra.has) <= {"things", "but", ""}:
        raise NotRead  # half of it would be dropped
    has = dict(before.has)
    slot = "but" if extra.joined == "but" or "but" in extra.has else "things"
    has[slot] = (*has.get(slot, ()), *extra.has.get("things", ()), *extra.has.get("but", ()))
    return replace(before, has=has)


def wish(has: Mapping[str, Any]) -> Wish:
    """The slots of a clause as a wish. Raises NotRead for "by half": of what it is now."""
    if "level" in has and "by" in has.get("how", ()):
        raise NotRead
    degree = has.get("degree", ())
    attribute = has.get("attribute", ())
    return Wish(
        things=_resumed(has.get("things", ())) or _clitic(has),
        but=has.get("but", ()),
        attribute=attribute[0] if attribute else "",
        measures=has.get("measures", ()),
        levels=has.get("level", ()),
        colors=has.get("color", ()),
        whites=has.get("white", ()),
        modes=has.get("mode", ()),
        armed=has.get("armed", ()),
        more=has.get("more", ()),
        degree=degree[0] if degree else "",
        choices=has.get("choices", ()),
        goal=has.get("goal", ()),
        source=has.get("source", ()),
        partner=has.get("partner", ()),
        seconds=sum(has.get("spans", ())),
        text=" ".join(has.get("text", ())),
    )


def _resumed(things: tuple[Ref, ...]) -> tuple[Ref, ...]:
    """ "The blinds, can you close them": what was just named is not named again."""
    if not things or things[0].bare:
        return things
    again = frozenset({"it"}), frozenset({"them"})
    return things[:1] + tuple(t for t in things[1:] if t.prons not in again or t.placed or t.kinds)


def _clitic(has: Mapping[str, Any]) -> tuple[Ref, ...]:
    return tuple(Ref(prons=frozenset({p}), words=p) for p in has.get("clitic", ())[:1])


def _order(clause: Clause) -> Do | Ask:
    has = clause.has
    said: str = has.get("act", ("",))[0]
    if "attribute" in has and "things" not in has and "source" in has:  # "the sound of the tv"
        has = {**{k: v for k, v in has.items() if k != "source"}, "things": has["source"]}
    states: tuple[str, ...] = has.get("state", ()) or has.get("done", ())
    direction: tuple[str, ...] = has.get("direction", ())
    attribute: tuple[str, ...] = has.get("attribute", ())
    valued = any(key in has for key in _VALUES)
    act = said
    if comfort := has.get("comfort"):  # "too cold in here"
        rest = {key: value for key, value in has.items() if key != "comfort"}
        kind, sign = comfort[0][:-1], comfort[0][-1]
        return Do("more" if sign == "+" else "less", wish({**rest, "attribute": (kind,)}))
    if said in LIGHT or not said:
        act = _light(said, states, direction, has, valued)
    elif said == "mute" and states == ("off",):
        return Do("unmute", wish(has))
    elif said in _SAME:
        act = _SAME[said]
        if said in _OF and not attribute:
            has = {**has, "attribute": (_OF[said],)}
        if said in _MODES:
            act = "set" if _degrees(has) else said
            has = {**has, "mode": (_MODES[said],)}
        elif direction and _DIRECTIONS[direction[0]] != act:
            raise NotRead
    elif said in {"open", "close"} and any(m.how == "by" for m in has.get("measures", ())):
        act = "more" if said == "open" else "less"
    elif said == "remove" and "by" in has.get("how", ()):
        act = "less"  # "take the timer back by five minutes"
    elif said == "read" and "things" in has and not states:
        return Ask("what", wish(has))
    elif said in {"show", "read"} and states:
        return Ask("which", wish(has), state=states[0])
    elif direction:
        raise NotRead
    elif states and (act, states[0]) in _FINISHED:
        act = _FINISHED[act, states[0]]
    muting = act in {"mute", "unmute"} and (said in LIGHT or not said)
    if states and act != _ACT_OF_STATE.get(states[0]) and not (muting or _how_open(act, states[0])):
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


def _degrees(has: Mapping[str, Any]) -> bool:
    return any(m.how in {"to", "at"} for m in has.get("measures", ()))


def _how_open(act: str, state: str) -> bool:
    """ "Set the blind to 40 % open", "on at 40 %"."""
    return act in {"set", "step", "open", "close"} and state in {"open", "closed", "on"}


def _light(
    said: str,
    states: Sequence[str],
    direction: Sequence[str],
    has: Mapping[str, Any],
    valued: bool,
) -> str:
    if "more" in has:
        return "step"
    if said == "send":
        return "send" if "goal" in has or "things" in has else ""
    if states and direction:
        raise NotRead
    if states:
        act = _ACT_OF_STATE.get(states[0], "")
        if not act or said == "let":  # "let it stay on"
            raise NotRead
        if "volume" in has.get("attribute", ()) and act in {"on", "off"}:  # "the sound off"
            return "unmute" if act == "on" else "mute"
        return "set" if valued and act == "on" else act
    if direction:
        return _DIRECTIONS[direction[0]]
    if valued:
        return "set"
    if said == "do":
        return said
    return "send" if "goal" in has and said in {"", "set"} else ""


_ABOUT = {"climate": "climate.current", "volume": "volume.percent",
          "brightness": "brightness.percent", "position": "position.percent",
          "fan_speed": "fan_speed.percent"}  # fmt: skip


def _question(clause: Clause) -> Ask:
    has = clause.has
    words: tuple[str, ...] = has.get("ask", ())
    states: tuple[str, ...] = has.get("state", ())
    act: str = has.get("act", ("",))[0]
    done: tuple[str, ...] = has.get("done", ())
    said = (*states, *done, *(b for b in has.get("be", ()) if b != "-"))  # "brandt het licht"
    state = next(iter(said), _STATE_OF_ACT.get(act, ""))
    state = {"extended": "open", "retracted": "closed"}.get(state, state)
    if any(key in has for key in ("measures", "level", "color", "white", "direction", "more")):
        raise NotRead
    if act and words and words[0] in {"which", "what"} and not (states or done or "be" in has):
        raise NotRead  # "que limpie": no question, for all that it begins like one
    attribute: tuple[str, ...] = has.get("attribute", ())
    if "comfort" in has:  # "is it cold outside?"
        attribute = (has["comfort"][0].rstrip("+-"),)
    if "asked" in has:
        return Ask("what", wish(has), about=has["asked"][0])
    if attribute and not state:
        return Ask("what", wish(has), about=_ABOUT.get(attribute[0], attribute[0]))
    form = words[0] if words else "whether"
    if form == "where" and not state:
        return Ask("where", wish(has))
    if not state and "be" in has and form in {"which", "count", "how"}:
        raise NotRead
    if not state:
        return Ask("what" if form in {"what", "how", "which"} else form, wish(has))
    if form in {"what", "how", "who", "where"}:
        form = "which"
    quants = {q for t in has.get("things", ()) for q in t.quants}
    if form == "whether" and "any" in quants:
        form = "any"
    if form == "whether" and quants & {"all", "everything", "everywhere", "both"}:
        form = "all"
    return Ask(form, wish(has), state=state)
