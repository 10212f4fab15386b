"""What a clause lacks it borrows: of the one before it, of the one it waits for, of a place
that all of them share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from dobby.language.clause import CONTENT, LIGHT, VALUES, Clause, NotRead, acts
from dobby.language.meaning import PLACES, Measure, Ref

_SHARING = frozenset(
    {"on", "off", "open", "close", "lock", "unlock", "raise", "lower", "dim", "brighten"}
)

_PARTIAL = frozenset({"switch", "set", "do"})  # "turn the kitchen" waits for "and the hall off"

_PAIRS = (frozenset({"on", "off", "playing", "stop", "pause"}),
          frozenset({"open", "closed", "close", "raise", "lower", "extended", "retracted"}),
          frozenset({"lock", "unlock", "locked", "unlocked"}))  # fmt: skip

_PLAIN = frozenset({"on", "off", "lock", "unlock", "mute", "unmute", "stop", "pause"})

COMPARED = {"raise": "more", "lower": "less", "brighten": "more", "dim": "less", "warm": "more",
         "cool": "less"}  # fmt: skip

_BY_ITSELF = frozenset(  # needs no thing
    {"mow", "clean", "next", "previous", "arm", "disarm", "lock-up"}
)


def scoped(clauses: Sequence[Clause]) -> list[Clause]:
    """ "In the kitchen, lights off and blinds down": the place is that of what follows."""
    if len(clauses) < 2 or acts(clauses[0].has):
        return list(clauses)
    first = clauses[0]
    things: tuple[Ref, ...] = first.has.get("things", ())
    if set(first.has) != {"things"} or not all(t.bare and t.placed for t in things):
        return list(clauses)
    rest: list[Clause] = []
    for clause in clauses[1:]:
        own: tuple[Ref, ...] = clause.has.get("things", ())
        inside = tuple(_within(ref, place) for ref in own for place in things) or things
        rest.append(replace(clause, has={**clause.has, "things": inside}))
    return rest


def _within(ref: Ref, place: Ref) -> Ref:
    if ref.placed or ref.prons:
        return ref
    return replace(ref, rooms=place.rooms, floors=place.floors, prons=place.prons)


def after_statement(said: list[Clause]) -> list[Clause]:
    """ "The shed light is still on, turn it off": what is told lends the wish its thing."""
    first, *rest = said
    tells = "be" in first.has and next(iter(first.has)) == "things" and "text" not in first.has
    if not (rest and tells and rest[0].joined and "act" in rest[0].has) or {
        "ask",
        "asked",
        "act",
    } & set(first.has):
        return said
    told: tuple[Ref, ...] = first.has.get("things", ())
    own: tuple[Ref, ...] = rest[0].has.get("things", ())
    if told and all(ref.prons - PLACES for ref in own):
        own = told
    elif len(told) == 1 and told[0].bare and told[0].placed:
        own = tuple(_within(ref, told[0]) for ref in own) or told
    return [replace(rest[0], has={**rest[0].has, "things": own}), *rest[1:]]


def after_deed(said: list[Clause]) -> list[Clause]:
    """ "Who left the hall light on? Turn it off": what is over lends the wish its thing."""
    if len(said) < 2:
        return said
    first, *rest = said
    if "past" not in first.has or "act" not in rest[0].has:
        return said
    told: tuple[Ref, ...] = first.has.get("things", ())
    own: tuple[Ref, ...] = rest[0].has.get("things", ())
    named = [ref for ref in told if not (ref.bare or ref.prons)]
    if len(named) != 1 or not own or not all(ref.prons - PLACES for ref in own):
        return said
    return [replace(rest[0], has={**rest[0].has, "things": tuple(named)}), *rest[1:]]


def complains(has: Mapping[str, Any]) -> bool:
    """ "The lamp is too bright", against "is the lamp too bright"."""
    return "comfort" in has and "ask" not in has and next(iter(has)) != "be"


def without_reason(clause: Clause, orders: Sequence[Clause]) -> Clause:
    """What is wrong, before what to do about it, only says where. Raises NotRead where it is done
    for the opposite: "so warm in here, heat up"."""
    has = clause.has
    if "comfort" not in has or "act" in has:
        return clause
    later = [c for c in orders if c.start > clause.start]
    acts = {COMPARED.get(a, "") for c in later for a in c.has.get("act", ())}
    if ("less" if has["comfort"][0].endswith("+") else "more") in acts:
        raise NotRead
    rest = {k: v for k, v in has.items() if k not in {"comfort", "degree", "be", "things"}}
    things: tuple[Ref, ...] = has.get("things", ())
    own = [t for c in orders for t in c.has.get("things", ())]
    pointing = all(t.prons - PLACES for t in own)
    where = tuple(
        replace(t, prons=t.prons - {"it"}) for t in things
        if (t.bare and (t.rooms or t.floors)) or (pointing and not t.bare)
    )  # fmt: skip
    return replace(clause, has={**rest, "things": where} if where else rest)


def _place(ref: Ref) -> Ref | None:
    """Where a thing is, if that was said."""
    if not ref.placed:
        return None
    return Ref(rooms=ref.rooms, floors=ref.floors, prons=ref.prons & PLACES,
               words=ref.words)  # fmt: skip


def completed(clauses: Sequence[Clause]) -> list[Clause]:
    """What a clause lacks is that of the one before it, or of the one it waits for."""
    done: list[Clause] = []
    waiting: list[Clause] = []
    kept: list[Clause] = []
    for at, clause in enumerate(clauses):
        has = dict(clause.has)
        if set(has) == {"act"} and has["act"][0] in _SHARING and clauses[at + 1 :]:
            after = clauses[at + 1]  # "open and close the blind"
            if after.joined == "and" and "act" in after.has and "things" in after.has:
                has["things"] = after.has["things"]
        if has.get("act", ("",))[0] in {"keep", "let"} and "state" in has and clauses[1:]:
            if done:
                done[-1] = _spared(done[-1], clause)
            else:
                kept.append(clause)
            continue
        doing = has.get("act") == ("do",) and waiting  # "Robbie, do the kitchen"
        only_verb = (
            not doing
            and has.get("act", ("",))[0] in _PARTIAL
            and not any(key in has for key in CONTENT if key != "act")
        )
        if done and has.get("act") == ("keep",) and set(has) == {"act", "things"}:
            done[-1] = _extended(done[-1], replace(clause, has={"but": has["things"]}))
            continue  # "the lights off, but leave the lamp"
        if not acts(has) or only_verb:
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
            and not (before["act"][0] in _PLAIN and any(key in has for key in VALUES))
        ):
            has["act"] = before["act"]
        if "measures" in has and "measures" in before and "attribute" not in has:
            has["measures"] = _alike(has["measures"], before["measures"])
        for key in ("ask", "be"):  # "which lights are on and which windows are open"
            if key in before and key not in has:
                has[key] = before[key]
        done.append(replace(clause, has=has))
    for clause in kept:  # "leave the hall light on but turn off the landing"
        done = [_spared(d, clause) for d in done]
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
    if set(kept.has) - {"act", "state", "things", "be", ""} or not _alternate(before, kept):
        raise NotRead  # "... but leave the lamp on, red"
    if not any(t.quants or t.plural for t in things):
        return before
    return _extended(before, replace(kept, has={"but": kept.has.get("things", ())}))


def _alternate(before: Clause, kept: Clause) -> bool:
    """Whether what is kept so is what the others shall no longer be, or what they shall."""
    stays = kept.has.get("state", ("",))[0]
    said = {*before.has.get("state", ()), *before.has.get("act", ())} - LIGHT
    return any(stays in pair and said & pair for pair in _PAIRS)


def _extended(before: Clause, extra: Clause) -> Clause:
    if not set(extra.has) <= {"things", "but", ""}:
        raise NotRead  # half of it would be dropped
    has = dict(before.has)
    slot = "but" if extra.joined == "but" or "but" in extra.has else "things"
    has[slot] = (*has.get(slot, ()), *extra.has.get("things", ()), *extra.has.get("but", ()))
    return replace(before, has=has)
