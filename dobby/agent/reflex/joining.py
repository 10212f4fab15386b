"""Sentences to wishes: cut at "and" and commas, joined again where a piece lacks a part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dobby.agent.calls import Abstention
from dobby.agent.reflex.clauses import Clause, Noun
from dobby.agent.reflex.ground import not_understood
from dobby.agent.reflex.guard import REPLIES
from dobby.agent.reflex.reader import ClauseReader
from dobby.agent.reflex.reasons import tells, without_reasons
from dobby.agent.reflex.spans import Span
from dobby.agent.reflex.targets import Unresolved

_BARE_VERBS = {"switch", "set", "add"}
_CHORES = {"mow", "vacuum"}  # these name their thing: "start Robbie and mow the lawn"
COMPLETE = frozenset({"lock up"})  # say by themselves what they are about


def segments(found: Sequence[Span]) -> list[list[Span]]:
    """Pieces between joins and breaks, where a piece may be a wish of its own."""
    pieces: list[list[Span]] = [[]]
    for at, span in enumerate(found):
        joins = span.says("join") and not span.names
        following = found[at + 1] if at + 1 < len(found) else None
        if pieces[-1] and (
            span.gap or joins or _new_order(pieces[-1], span) or tells(pieces[-1], span, following)
        ):
            pieces.append([])
        pieces[-1].append(span)
    return without_reasons([p for p in pieces if p])


_ORDERS = {"switch", "on", "off", "lock", "unlock", "open", "close", "play", "dim", "pause", "mute"}
_SAID_LATE = {
    "run",
    "going",
    "shut",
    "open",
    "close",
    "lock",
    "start",
    "have",
    "get",
    "put",
    "wake",
}


def _new_order(piece: Sequence[Span], span: Span) -> bool:
    """ "Lock the door turn off the lights": a second imperative without any comma."""
    orders = span.says("verb") and set(span.tags["verb"]) & _ORDERS and not span.names
    if not orders or span.says("kind") or span.text in _SAID_LATE or piece[-1].says("prep"):
        return False
    if piece[-1].says("verb") or piece[-1].says("filler") or piece[-1].says("guard"):
        return False
    told = any(s.says("verb") for s in piece) or any(s.says("comfort") for s in piece)
    return told and any(s.names or s.says("kind") or s.says("pron") for s in piece)


def window(pieces: Sequence[Sequence[Span]], at: int) -> int:
    """How many pieces from ``at`` on belong to one sentence with free text in it."""
    size = 1
    while at + size < len(pieces) and not _wishes(pieces[at + size]):
        size += 1
    return size


def _wishes(piece: Sequence[Span]) -> bool:
    start = next((s for s in piece if not any(s.says(t) for t in ("filler", "det", "join"))), None)
    if start is None:
        return False
    if start.says("verb") and not (start.names or start.says("kind")):
        return True
    clause = ClauseReader(piece).read()
    return bool(clause.nouns and (clause.ways or clause.more or clause.levels or clause.measures))


def merged(clauses: Sequence[Clause]) -> list[Clause]:
    """Clauses that lack a wish or a thing borrow it from their neighbours. Raises Unresolved."""
    out: list[Clause] = []
    waiting: list[Clause] = []
    scope: list[Noun] = []  # "in the kitchen, ...": where all that follows is meant
    for clause in clauses:
        if not clause.says() or (out and _spared(clause, out[-1])):
            continue
        if _half(clause):
            waiting.append(clause)
        elif clause.acts and not _tail(clause, out):
            if waiting and all(_scopes(early, clause) for early in waiting):
                scope = [early.nouns[0] for early in waiting]
            else:
                for early in reversed(waiting):
                    _forward(early, clause)
            waiting = []
            if scope:
                clause.nouns = [_inside(n, s) for n in clause.nouns for s in scope] or scope
            _borrow(clause, out)
            out.append(clause)
        elif out and not waiting:
            _extend(out[-1], clause)
        else:
            waiting.append(clause)
    for early in waiting:
        if early.guards or early.loose or not out or early.verbs:
            raise _no_wish(early)
        _extend(out[-1], early)
    if not out:
        raise Unresolved(Abstention.NOT_UNDERSTOOD, "I did nothing. What shall I do?")
    return out


def _scopes(early: Clause, clause: Clause) -> bool:
    """ "In the kitchen, lights off and blinds down", "Basement: lights off"."""
    if early.says() != {"nouns"} or len(early.nouns) != 1 or not early.nouns[0].place_only:
        return False
    return (bool(early.nouns[0].prep) and clause.spans[0].gap != "") or clause.spans[0].gap == ":"


def _inside(noun: Noun, place: Noun) -> Noun:
    if noun.rooms or noun.floors or noun.prons:
        return noun
    return replace(
        noun, rooms=place.rooms, floors=place.floors, prons=place.prons, twins=place.twins
    )


def _spared(clause: Clause, before: Clause) -> bool:
    """ "... but the hall", "not the hall", "but keep the hall on": what the wish leaves out."""
    start = clause.spans[0].text
    keeps = clause.verbs == frozenset({"keep"})
    if not clause.nouns or not (start in {"but", "not"} or keeps):
        return False
    kept = {"verbs", "ways"} if keeps else set[str]()
    if clause.says() - {"nouns", "guards"} - kept or set(clause.guards) - {"negation"}:
        return False
    if clause.guards and (start != "not" or keeps):
        return False
    before.excepts += clause.nouns
    before.kept += clause.ways
    before.excepting = True
    return True


def _half(clause: Clause) -> bool:
    """ "Turn the kitchen" waits for "and the hall lights off"."""
    return bool(clause.verbs & _BARE_VERBS and clause.verbs <= _BARE_VERBS | {"open"}
                and clause.nouns and not clause.valued)  # fmt: skip


def _tail(clause: Clause, out: list[Clause]) -> bool:
    """A value alone belongs to the wish before it: "red and 50 %"."""
    bare = not clause.verbs and not clause.nouns and not clause.ways and not clause.more
    return bool(out) and bare


def _forward(early: Clause, clause: Clause) -> None:
    named = [n for n in clause.nouns if not n.prons & {"it", "them", "that"}]
    nouns = [*early.nouns, *named]  # "the lamp, turn it on"
    spans = [*early.spans, *clause.spans]
    clause.absorb(early)
    clause.nouns, clause.spans = nouns, spans


def _extend(target: Clause, extra: Clause) -> None:
    if extra.nouns and target.nouns and all(n.prons == {"them"} for n in extra.nouns):
        extra.nouns = []  # "the lamps, both of them"
    if len(extra.nouns) == 1 and extra.nouns[0].headless_quant and len(target.nouns) == 1:
        target.nouns[0].absorb(extra.nouns[0])
        extra.nouns = []
    bare = [m for m in extra.measures if m.unit == "" and not m.how]
    if bare and not target.measures and not target.attrs:  # "lamp 1 and 2"
        target.loose += [f"{m.number:g}" for m in bare]
    if target.excepting and not extra.acts:
        extra.excepts, extra.nouns = [*extra.nouns, *extra.excepts], []
    target.absorb(extra)


def _borrow(clause: Clause, out: list[Clause]) -> None:
    if not out:
        return
    before = out[-1]
    if not clause.verbs and not clause.ways and not clause.more:
        clause.verbs, clause.attrs = before.verbs, clause.attrs or list(before.attrs)
        units = {m.unit for m in before.measures}
        if len(units) == 1:  # "the hall to 20 degrees and the bedroom to 17"
            clause.measures = [
                replace(m, unit=m.unit or before.measures[0].unit) for m in clause.measures
            ]
    complete = clause.verb_text in COMPLETE or clause.verbs & _CHORES
    if not clause.nouns and not clause.attrs and not complete:
        clause.nouns = list(before.nouns)


def _no_wish(clause: Clause) -> Unresolved:
    for guard, reply in REPLIES.items():
        if guard in clause.guards:
            return Unresolved(*reply)
    if clause.nouns and not clause.loose:
        return Unresolved(Abstention.NOT_UNDERSTOOD, f"What shall I do with {clause.text}?")
    return not_understood(clause)
