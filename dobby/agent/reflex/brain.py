"""The reflex brain: what an English sentence means in this house, or an honest abstention."""

from __future__ import annotations

import re

from dobby.agent.calls import (
    Abstention, Context, Dialogue, HouseView, ToolCall, Understanding,
)  # fmt: skip
from dobby.agent.reflex.clauses import Clause, ClauseReader
from dobby.agent.reflex.commands import Commander, not_understood
from dobby.agent.reflex.index import HouseIndex
from dobby.agent.reflex.lexicon import english
from dobby.agent.reflex.mending import mend
from dobby.agent.reflex.spans import Span, spans
from dobby.agent.reflex.targets import Resolver, Unresolved
from dobby.agent.reflex.text import tokenise

LONGEST = 500  # characters; nobody asks for a light in more


class Reflex:
    """Understands sentences offline. Pure, but for an index of the house, kept per version."""

    def __init__(self) -> None:
        self._lexicon = english()
        self._index: tuple[int, HouseIndex] | None = None

    def warm(self, house: HouseView) -> None:
        """Builds the index, so that the first sentence is as fast as the next."""
        self._index_of(house)

    def _index_of(self, house: HouseView) -> HouseIndex:
        key = id(house)
        if self._index is None or self._index[0] != key or self._index[1].version != house.version:
            self._index = key, HouseIndex(house, self._lexicon)
        return self._index[1]

    def understand(self, text: str, context: Context) -> Understanding:
        """What ``text`` asks for in ``context``. Never raises, never acts."""
        if not text.strip():
            return _abstain(context, Abstention.EMPTY, "There was nothing in that message.")
        if len(text) > LONGEST:
            return _abstain(
                context, Abstention.TOO_LONG, "That is too long for me. What shall I do, in short?"
            )
        index = self._index_of(context.house)
        tokens = mend(tokenise(text), index, self._lexicon)
        if not tokens:
            return _abstain(context, Abstention.EMPTY, "I need words. What shall I do?")
        found = spans(tokens, index, self._lexicon)
        try:
            return self._commands(found, index, context, text)
        except Unresolved as problem:
            return _abstain(context, problem.why, problem.reply, problem.options, text)

    def _commands(
        self, found: list[Span], index: HouseIndex, context: Context, text: str
    ) -> Understanding:
        clauses = [ClauseReader(segment).read() for segment in segments(found)]
        clauses = merged(clauses)
        for clause in clauses:
            veto(clause)
        commander = Commander(index, context, Resolver(index, context, frozenset()))
        calls: list[ToolCall] = []
        for clause in clauses:
            calls += commander.calls(clause)
        touched = tuple(dict.fromkeys(commander.touched))
        return Understanding(
            calls=tuple(calls), dialogue=Dialogue(devices=touched, calls=tuple(calls), at=context.now)
        )


_GUARD_REPLIES = {
    "negation": (Abstention.NEGATION, "I did nothing, since you said not to. What shall I do instead?"),
    "future": (Abstention.FUTURE, "I did nothing: I only do things at once. Shall I do it now?"),
    "condition": (Abstention.CONDITION, "I did nothing: that depends on something. Shall I do it now?"),
    "past": (Abstention.PAST, "I did nothing: that is about the past. What shall I do now?"),
    "reported": (Abstention.NOT_UNDERSTOOD, "I did nothing: that did not sound like an order. Is it one?"),
}  # fmt: skip


def veto(clause: Clause) -> None:
    """Raises Unresolved for anything that keeps a clause from being a plain wish."""
    for guard in ("negation", "condition", "past", "future", "reported"):
        if guard in clause.guards:
            raise Unresolved(*_GUARD_REPLIES[guard])
    if any(m.unit == "s" for m in clause.measures):
        raise Unresolved(*_GUARD_REPLIES["future"])
    if clause.excepting and not clause.excepts:
        raise Unresolved(Abstention.EXCEPTION, "I did nothing: what shall I leave out?")
    if clause.loose:
        missing = re.sub(r"\s+", " ", " ".join(clause.loose))
        raise Unresolved(
            Abstention.NOT_UNDERSTOOD,
            f"I did nothing: I don't understand \u201c{missing}\u201d there. What do you mean by it?",
        )


def segments(found: list[Span]) -> list[list[Span]]:
    """Pieces between joins and breaks, where a piece may be a wish of its own."""
    pieces: list[list[Span]] = [[]]
    for span in found:
        joins = span.says("join")
        if (span.gap or joins) and pieces[-1]:
            pieces.append([])
        if not joins:
            pieces[-1].append(span)
    return [p for p in pieces if p]


def merged(clauses: list[Clause]) -> list[Clause]:
    """Clauses that lack a wish or a thing borrow it from their neighbours."""
    out: list[Clause] = []
    waiting: list[Clause] = []
    for clause in clauses:
        if _empty(clause):
            continue
        if clause.acts and not _tail(clause, out):
            for early in waiting:
                clause.nouns = early.nouns + clause.nouns
                clause.guards += early.guards
                clause.loose += early.loose
            waiting = []
            _borrow(clause, out)
            out.append(clause)
        elif out and not waiting:
            _extend(out[-1], clause)
        else:
            waiting.append(clause)
    for early in waiting:
        if early.guards or early.loose or not out:
            raise _no_wish(early)
        _extend(out[-1], early)
    return out


def _empty(clause: Clause) -> bool:
    return not (clause.acts or clause.nouns or clause.excepts or clause.guards or clause.loose
                or clause.attrs)  # fmt: skip


def _tail(clause: Clause, out: list[Clause]) -> bool:
    """A value alone belongs to the wish before it: "red and 50 %"."""
    return bool(out) and not clause.verbs and not clause.nouns and not clause.ways


def _extend(target: Clause, extra: Clause) -> None:
    if target.excepting and not extra.acts:
        target.excepts += extra.nouns
    else:
        target.nouns += extra.nouns
    for slot in ("excepts", "guards", "loose", "levels", "whites", "colors", "modes", "measures",
                 "choices", "amounts", "more", "attrs", "spans"):  # fmt: skip
        getattr(target, slot).extend(getattr(extra, slot))
    target.excepting |= extra.excepting


def _borrow(clause: Clause, out: list[Clause]) -> None:
    if not out:
        return
    before = out[-1]
    if not clause.verbs and not clause.ways:
        clause.verbs, clause.attrs = before.verbs, clause.attrs or list(before.attrs)
    if not clause.nouns:
        clause.nouns = list(before.nouns)


def _no_wish(clause: Clause) -> Unresolved:
    if clause.guards:
        return Unresolved(*_GUARD_REPLIES[clause.guards[0]])
    if clause.nouns and not clause.loose:
        return Unresolved(
            Abstention.NOT_UNDERSTOOD, f"What shall I do with {clause.text}?"
        )
    return not_understood(clause)


def _abstain(
    context: Context, why: Abstention, reply: str, options: tuple[str, ...] = (), pending: str = ""
) -> Understanding:
    dialogue = context.dialogue.model_copy(
        update={"options": options, "pending": pending if options else "", "at": context.now}
    )
    return Understanding(abstained=why, reply=reply, dialogue=dialogue)
