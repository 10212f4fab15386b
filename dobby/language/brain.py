"""The reflex brain: what a sentence means in this house, in any language that has a folder.

tokens -> lattice -> phrases -> clauses -> meanings -> devices -> calls; or an honest abstention.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dobby.abilities.change import calls
from dobby.abilities.registry import consistent, plan
from dobby.agent.calls import Abstention, Context, Dialogue, HouseView, ToolCall, Understanding
from dobby.language.answering import look
from dobby.language.clause import NotRead
from dobby.language.clauses import Reading, readings
from dobby.language.declining import Unclear, declined
from dobby.language.dialogue import again, chosen, only_things
from dobby.language.grounding import Ground
from dobby.language.lattice import Lattice
from dobby.language.lexicon import lexicon
from dobby.language.meaning import Ask, Do, Held, Meaning, Talk
from dobby.language.names import HouseNames
from dobby.language.phrases import phrases
from dobby.language.reading import meanings
from dobby.language.tokens import cleaned
from dobby.language.words import Message

LONGEST = 500  # characters; nobody asks for a light in more
CLOSE = 0.3  # a reading that asks a question gives way only to one so close
NEAR = 0.6  # readings so close in cost that differ in effect are asked about

_HELD = {
    "negation": Abstention.NEGATION, "future": Abstention.FUTURE,
    "condition": Abstention.CONDITION, "past": Abstention.PAST,
    "reported": Abstention.NOT_UNDERSTOOD,
    "either": Abstention.AMBIGUOUS,
}  # fmt: skip


@dataclass(frozen=True)
class _Tried:
    """What a reading came to: calls, or why not."""

    cost: float
    calls: tuple[ToolCall, ...] = ()
    devices: tuple[str, ...] = ()
    problem: Unclear | None = None
    reply: str | Message = ""
    text: str = ""  # a title, say, of a wish that came to nothing

    @property
    def asks(self) -> bool:
        return any(call.name == "read_state" for call in self.calls)

    @property
    def done(self) -> bool:
        return bool(self.calls or self.reply)


class Language:
    """Understands sentences offline. Pure, but for the house's words, kept per version."""

    def __init__(self) -> None:
        self._houses: dict[str, tuple[HouseView, HouseNames]] = {}

    def names(self, house: HouseView, language: str) -> HouseNames:
        kept = self._houses.get(language)
        if kept is None or kept[0] is not house or kept[1].version != house.version:
            kept = house, HouseNames(house, lexicon(language))
            self._houses[language] = kept
        return kept[1]

    def understand(self, text: str, context: Context) -> Understanding:
        """What ``text`` asks for in ``context``. Never raises, never acts."""
        text = cleaned(text).strip()
        if not text:
            return _abstain(context, Unclear(Abstention.EMPTY, "empty"))
        if len(text) > LONGEST:
            return _abstain(context, Unclear(Abstention.TOO_LONG, "too-long"))
        words = lexicon(context.language)
        names = self.names(context.house, context.language)
        tokens = words.tokenise(text)
        if not tokens:
            return _abstain(context, Unclear(Abstention.EMPTY, "empty"))
        asked = text.rstrip(" !.").endswith("?")
        lattice = Lattice(tokens, names, words)
        found = readings(text, lattice.tokens, phrases(lattice))
        dialogue = context.dialogue
        if dialogue.options and dialogue.pending and not asked and found:
            picked = chosen(only_things(found[0].clauses), Ground(names, context))
            if picked:
                said = dialogue.pending
                context = replace(context, dialogue=dialogue.closed())
                return self._read(said, context, picked)
        return _decided(_tried(found, asked, Ground(names, context)), asked, context, text)

    def _read(self, text: str, context: Context, picked: frozenset[str]) -> Understanding:
        """The sentence that waited for an answer, with the answer."""
        words, names = lexicon(context.language), self.names(context.house, context.language)
        tokens = words.tokenise(text)
        lattice = Lattice(tokens, names, words)
        found = readings(text, lattice.tokens, phrases(lattice))
        asked = text.rstrip(" !.").endswith("?")
        tried = _tried(found, asked, Ground(names, context, picked))
        return _decided(tried, asked, context, text)


def _tried(found: Sequence[Reading], asked: bool, ground: Ground) -> list[_Tried]:
    """What the readings come to, from the cheapest on, as far as another could still matter."""
    tried: list[_Tried] = []
    for reading in found:
        best = next((t for t in tried if t.done), None)
        if best and reading.cost > best.cost + NEAR:
            break
        asks = next((t for t in tried if t.problem and _stands(t.problem)), None)
        if asks and not best and reading.cost > asks.cost + CLOSE:
            break
        if any(_swallows(reading, t) for t in tried):
            continue
        tried.append(_try(reading, asked, replace(ground, touched=[])))
    return tried


def _swallows(reading: Reading, before: _Tried) -> bool:
    """Whether a title would only be longer by what was understood and cannot be: "jazz in the
    study", where nothing plays."""
    unable = before.problem is not None and before.problem.why is Abstention.UNABLE
    text = _text(reading)
    return unable and len(text) > len(before.text) and before.text in text


def _text(reading: Reading) -> str:
    return " ".join(t for clause in reading.clauses for t in clause.has.get("text", ()))


def _try(reading: Reading, asked: bool, ground: Ground) -> _Tried:
    try:
        said = meanings(reading.clauses, asked)
        if said and isinstance(said[0], Talk):
            return _Tried(reading.cost, _talk(said[0]), reply=_reply(said[0]))
        found = _calls(said, reading, ground)
    except NotRead as problem:
        unclear = Unclear(Abstention.NOT_UNDERSTOOD, "not-understood", what=problem.words)
        return _Tried(reading.cost, problem=unclear)
    except Unclear as problem:
        return _Tried(reading.cost, problem=problem, text=_text(reading))
    return _Tried(reading.cost, tuple(found), tuple(dict.fromkeys(ground.touched)))


_TALKS: dict[str, tuple[str, dict[str, object]]] = {
    "help": ("help", {}), "cancel": ("cancel", {}), "undo": ("undo", {}),
    "time": ("tell_time", {"what": "time"}), "date": ("tell_time", {"what": "date"}),
    "press": ("pair_device", {"what": ""}),
}  # fmt: skip
_REPLIES = {"hello": "hello", "thanks": "thanks", "bye": "bye", "who": "who-am-i"}


def _reply(said: Talk) -> str | Message:
    return Message(_REPLIES[said.about]) if said.about in _REPLIES else ""


def _talk(said: Talk) -> tuple[ToolCall, ...]:
    if said.about not in _TALKS:
        return ()
    name, arguments = _TALKS[said.about]
    return (ToolCall(name=name, arguments=dict(arguments)),)


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


def _decided(tried: Sequence[_Tried], asked: bool, context: Context, text: str) -> Understanding:
    """The cheapest reading that came to something, unless one as cheap is held back."""
    done = [t for t in tried if t.done]
    if not done:
        problems = [t.problem for t in tried if t.problem]
        first = problems[0] if problems else Unclear(Abstention.NOT_UNDERSTOOD, "not-understood")
        return _abstain(context, first, text)
    best = done[0]
    if asked:  # "garage open?" is a question where it can be one
        near = [t for t in done if t.asks and t.cost <= best.cost + NEAR]
        best = near[0] if near else best
    cheaper = [t for t in tried if t.cost <= best.cost and t.problem]
    held = next((t.problem for t in cheaper if t.problem and _forbids(t.problem)), None)
    if held:
        return _abstain(context, held, text)
    far = 0.0 if any(call.name == "media" for call in best.calls) else _FAR  # a title is a guess
    firm = next((t.problem for t in tried if t.problem and t.problem.why in _FIRM
                 and t.cost + far < best.cost), None)  # fmt: skip
    if firm:
        return _abstain(context, firm, text)
    dialogue = Dialogue(
        devices=best.devices or context.dialogue.devices, calls=best.calls, at=context.now
    )
    return Understanding(calls=best.calls, reply=best.reply, dialogue=dialogue)


_ASKED = frozenset({Abstention.AMBIGUOUS, Abstention.OUT_OF_RANGE, Abstention.EXCEPTION})


def _stands(problem: Unclear) -> bool:
    """Whether what hinders a reading is said, and no much dearer one tried instead."""
    unable = problem.why is Abstention.UNABLE and problem.said.get("doing") not in {"tell", "ask"}
    return unable or problem.why in _ASKED


def _forbids(problem: Unclear) -> bool:
    return problem.why in _FORBIDS or problem.id in {"reported", "two-things-at-once"}


_FORBIDS = frozenset(
    {Abstention.NEGATION, Abstention.CONDITION, Abstention.FUTURE, Abstention.PAST}
)


_FIRM = frozenset({Abstention.UNABLE})  # understood in full: nothing far-fetched instead
_FAR = 2.0


def _abstain(context: Context, problem: Unclear, text: str = "") -> Understanding:
    dialogue = context.dialogue.model_copy(
        update={
            "options": problem.options,
            "pending": text if problem.options else "",
            "at": context.now,
        }
    )
    return Understanding(abstained=problem.why, reply=declined(problem), dialogue=dialogue)
