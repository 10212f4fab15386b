"""What the readings of a sentence come to in this house, and which of them is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dobby.abilities.change import calls
from dobby.abilities.registry import consistent, plan
from dobby.agent.calls import Abstention, ToolCall
from dobby.language.answering import look
from dobby.language.clause import NotRead
from dobby.language.clauses import Reading
from dobby.language.declining import Unclear
from dobby.language.dialogue import again, only_things
from dobby.language.grounding import Ground
from dobby.language.meaning import Ask, Do, Held, Meaning, Talk
from dobby.language.reading import meanings

CLOSE = 0.3  # a reading that asks a question gives way only to one so close
NEAR = 0.6  # readings so close in cost that differ in effect are asked about

_HELD = {
    "negation": Abstention.NEGATION, "future": Abstention.FUTURE,
    "condition": Abstention.CONDITION, "past": Abstention.PAST,
    "reported": Abstention.NOT_UNDERSTOOD,
    "either": Abstention.AMBIGUOUS,
    "asked-later": Abstention.FUTURE, "asked-past": Abstention.PAST,
}  # fmt: skip
_ASKED = frozenset({Abstention.AMBIGUOUS, Abstention.OUT_OF_RANGE, Abstention.EXCEPTION})
_FORBIDS = frozenset(
    {Abstention.NEGATION, Abstention.CONDITION, Abstention.FUTURE, Abstention.PAST}
)
_FIRM = frozenset({Abstention.UNABLE})  # understood in full: nothing far-fetched instead
_FAR = 2.0


@dataclass(frozen=True)
class Attempt:
    """What a reading came to: calls, or small talk, or why not."""

    cost: float
    calls: tuple[ToolCall, ...] = ()
    devices: tuple[str, ...] = ()
    talk: str = ""  # what Dobby is told that is about no device
    problem: Unclear | None = None
    text: str = ""  # a title, say, of a wish that came to nothing

    @property
    def asks(self) -> bool:
        return any(call.name == "read_state" for call in self.calls)

    @property
    def done(self) -> bool:
        return bool(self.calls or self.talk)


def attempts(found: Sequence[Reading], asked: bool, ground: Ground) -> list[Attempt]:
    """What the readings come to, from the cheapest on, as far as another could still matter."""
    tried: list[Attempt] = []
    for reading in found:
        best = next((t for t in tried if t.done), None)
        if best and reading.cost > best.cost + NEAR:
            break
        asks = next((t for t in tried if t.problem and _stands(t.problem)), None)
        if asks and not best and reading.cost > asks.cost + CLOSE:
            break
        if any(_swallows(reading, t) for t in tried):
            continue
        tried.append(_attempt(reading, asked, replace(ground, touched=[])))
    return tried


def _swallows(reading: Reading, before: Attempt) -> bool:
    """Whether a title would only be longer by what was understood and cannot be: "jazz in the
    study", where nothing plays."""
    unable = before.problem is not None and before.problem.why is Abstention.UNABLE
    text = _text(reading)
    return unable and len(text) > len(before.text) and before.text in text


def _text(reading: Reading) -> str:
    return " ".join(t for clause in reading.clauses for t in clause.has.get("text", ()))


def _attempt(reading: Reading, asked: bool, ground: Ground) -> Attempt:
    try:
        said = meanings(reading.clauses, asked)
        if said and isinstance(said[0], Talk):
            return Attempt(reading.cost, talk=said[0].about)
        found = _calls(said, reading, ground)
    except NotRead as problem:
        unclear = Unclear(Abstention.NOT_UNDERSTOOD, "not-understood", what=problem.words)
        return Attempt(reading.cost, problem=unclear)
    except Unclear as problem:
        return Attempt(reading.cost, problem=problem, text=_text(reading))
    return Attempt(reading.cost, tuple(found), tuple(dict.fromkeys(ground.touched)))


def _calls(said: Sequence[Meaning], reading: Reading, ground: Ground) -> list[ToolCall]:
    found: list[ToolCall] = []
    orders: list[Do] = []
    refs = only_things(reading.clauses)
    for meaning in said:
        match meaning:
            case Do():
                orders.append(meaning)
            case Ask():
                found.append(look(meaning, ground))
            case Held(why=why):
                raise Unclear(_HELD[why], why)
            case Talk():
                pass
    try:
        changes = consistent([change for do in orders for change in plan(do, ground)])
    except Unclear as problem:
        if refs and problem.why is Abstention.NOT_UNDERSTOOD:
            return again(refs, ground)
        raise
    return found + calls(changes)


def decided(tried: Sequence[Attempt], asked: bool) -> Attempt:
    """The cheapest reading that came to something, unless one as cheap is held back; one with a
    ``problem`` where nothing is to be done."""
    done = [t for t in tried if t.done]
    if not done:
        problems = [t for t in tried if t.problem]
        return problems[0] if problems else _lost()
    best = done[0]
    if asked and not best.talk:  # "garage open?" is a question where it can be one
        near = [t for t in done if t.asks and t.cost <= best.cost + NEAR]
        best = near[0] if near else best
    cheaper = [t for t in tried if t.cost <= best.cost and t.problem]
    held = next((t for t in cheaper if t.problem and _forbids(t.problem, best)), None)
    if held:
        return held
    far = 0.0 if any(call.name == "media" for call in best.calls) else _FAR  # a title is a guess
    firm = next((t for t in tried if t.problem and t.problem.why in _FIRM
                 and t.cost + far < best.cost), None)  # fmt: skip
    return firm or best


def _lost() -> Attempt:
    return Attempt(0.0, problem=Unclear(Abstention.NOT_UNDERSTOOD, "not-understood"))


def _stands(problem: Unclear) -> bool:
    """Whether what hinders a reading is said, and no much dearer one tried instead."""
    unable = problem.why is Abstention.UNABLE and problem.said.get("doing") not in {"tell", "ask"}
    return unable or problem.why in _ASKED


def _forbids(problem: Unclear, best: Attempt) -> bool:
    """Whether what one reading comes to bars a dearer one: who asks does not order."""
    asked = problem.id == "ask-what" and not best.asks
    return problem.why in _FORBIDS or problem.id in {"reported", "two-things-at-once"} or asked
