"""One turn: a person's words in, verified effects and one reply out.

The second word first, then the reflex brain, then a model if there is one. Whatever understood,
the calls go through the same toolbox, and the reply is built from receipts.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from devices.capabilities import CAPABILITIES
from devices.device import Receipt
from devices.house import House
from dobby.agent.calls import (
    QUESTION_LIVES,
    Abstention,
    Context,
    Dialogue,
    Offer,
    ToolCall,
    Understanding,
    Watched,
)
from dobby.agent.cut_short import CutShort, look_first
from dobby.agent.phrases import names, sentence
from dobby.agent.policy import PendingActions
from dobby.agent.prose import guarded, printable, said_by_model
from dobby.agent.reply import compose, heard_along
from dobby.agent.second_word import second_word
from dobby.agent.stopping import is_stop
from dobby.agent.tool import Caller, ToolResult
from dobby.agent.tools import Toolbox

HARMLESS = frozenset(
    {
        "camera_state", "cancel", "explain_alert", "find_devices", "help", "list_alert_rules",
        "list_devices", "look_up",
        "read_state", "recall", "snapshot", "tell_time", "what_happened", "who_is_there",
    }
)  # fmt: skip  # tools that change nothing
NOT_TOLD = "I don't know that: no device tells me, and nobody asked me to remember it."
NAMELESS = frozenset({Abstention.UNKNOWN_NAME, Abstention.UNKNOWN_ROOM})
HOPELESS = frozenset({Abstention.EMPTY, Abstention.TOO_LONG})  # no model is asked about these


class Talk(BaseModel):
    """What a conversation carries from turn to turn; kept in memory as JSON."""

    model_config = ConfigDict(frozen=True)
    dialogue: Dialogue = Dialogue()
    pending: PendingActions = PendingActions()
    offer: Offer | None = None  # of Dobby's last words
    at: datetime | None = None  # when Dobby said them
    model_asks: bool = False  # Dobby's last words were a model's question

    def closed(self, now: datetime) -> Talk:
        """Without Dobby's question, where something else is said at ``now``. Codes stay."""
        gone = {"dialogue": self.dialogue.closed(), "offer": None, "model_asks": False, "at": now}
        return self.model_copy(update=gone)

    def live(self, now: datetime) -> Talk:
        """Without the questions that lapsed."""
        old = self.at is not None and abs(now - self.at) >= QUESTION_LIVES
        talk = self.closed(now) if old else self
        return talk.model_copy(update={"pending": self.pending.live(now)})


@dataclass(frozen=True)
class Said:
    """What was said, and where."""

    text: str
    caller: Caller
    language: str = "en"
    watched: Watched = field(default_factory=Watched)


@dataclass(frozen=True)
class Thought:
    """What a model brain came to. ``failed`` is why it could not, in the owner's words."""

    words: str = ""
    failed: str = ""


@dataclass(frozen=True)
class Answer:
    """The outcome of a turn."""

    reply: str
    brain: str  # policy | reflex | model
    talk: Talk
    calls: tuple[ToolCall, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    codes: tuple[str, ...] = ()
    vouch: str = ""  # what waits for an owner's word on somebody new
    pictures: tuple[str, ...] = ()  # ids of those that go with the reply
    seconds: float = 0.0


Act = Callable[[Sequence[ToolCall]], Awaitable[list[ToolResult]]]
Stream = Callable[[str], None]


class Reflexes(Protocol):
    def understand(self, text: str, context: Context) -> Understanding: ...


class Model(Protocol):
    """A brain that thinks: it calls ``act`` for every round of tool calls, within its caps."""

    async def think(self, said: Said, act: Act, stream: Stream | None) -> Thought: ...


class Journal(Protocol):
    """Where a turn writes what it is about to do, before it does it.

    ``confirmed``: the second word was given for exactly these calls. ``brain``: whose plan it is.
    """

    async def planned(self, calls: Sequence[ToolCall], confirmed: bool, brain: str) -> None: ...
    async def done(self, results: Sequence[ToolResult]) -> None: ...


@dataclass
class _Turn:
    """What one turn gathers on its way."""

    said: Said
    talk: Talk
    journal: Journal | None
    brain: str = "reflex"
    by_model: bool = False  # what is called now is a model's idea
    calls: list[ToolCall] = field(default_factory=list[ToolCall])
    results: list[ToolResult] = field(default_factory=list[ToolResult])
    words: str = ""
    note: str = ""
    offers: list[ToolCall] = field(default_factory=list[ToolCall])


class Agent:
    """Takes turns. Holds no state of conversations: ``Talk`` comes in and goes out."""

    def __init__(
        self, house: House, toolbox: Toolbox, reflex: Reflexes, model: Model | None = None
    ) -> None:
        self._house = house
        self._toolbox = toolbox
        self._reflex = reflex
        self._model = model

    async def turn(
        self,
        said: Said,
        talk: Talk,
        journal: Journal | None = None,
        stream: Stream | None = None,
    ) -> Answer:
        """Understand, act, verify, reply. Failures of devices and models are in the reply."""
        started = time.perf_counter()
        now = said.caller.moment
        said, talk = _in_time(said, talk), talk.live(now)
        turn = _Turn(said, talk.closed(now), journal)
        of_model = talk.model_asks and not talk.pending.actions
        if is_stop(said.text):  # it drops what waits for a code, and does what it says besides
            turn.talk = turn.talk.model_copy(update={"pending": _dropped(turn.talk.pending)})
            await self._understand(turn, talk.dialogue, stream)
        elif of_model or not await self._second_word(turn, talk):
            await self._understand(turn, talk.dialogue, stream)
        return self._answer(turn, started)

    async def resume(self, said: Said, talk: Talk, cut: CutShort, journal: Journal) -> Answer:
        """Finish a turn that a crash cut short after it had planned something.

        Absolute commands are repeated, unless they needed a code: these are looked at, and asked
        about anew. The others, and what was overtaken, are not, and the reply says so.
        """
        started = time.perf_counter()
        pending = talk.pending.without(cut.freed).live(said.caller.moment)
        talk = talk.closed(said.caller.moment).model_copy(update={"pending": pending})
        turn = _Turn(said, talk, journal, brain="resumed")
        turn.by_model = cut.brain == "model"
        turn.calls += [result.call for result in cut.done]
        turn.results += cut.done
        unsure = [call for call in cut.planned if not _repeatable(call) or cut.is_overtaken(call)]
        await self._act(turn, [call for call in cut.planned if call not in unsure])
        fahrenheit = said.caller.fahrenheit
        turn.results = [await look_first(self._house, r, fahrenheit) for r in turn.results]
        if unsure:
            left = self._doing(unsure, said.caller)
            turn.note = f"I was interrupted and did not repeat this: {left}."
        elif cut.brain == "model":  # what else it had in mind went with it
            turn.note = "I was interrupted: if that was not all, say it again."
        self._speak_of(turn)
        return self._answer(turn, started)

    async def _understand(self, turn: _Turn, dialogue: Dialogue, stream: Stream | None) -> None:
        said = turn.said
        context = Context(
            house=self._house,
            now=said.caller.now,
            room=said.caller.room,
            dialogue=dialogue,
            fahrenheit=said.caller.fahrenheit,
            language=said.language,
            watched=said.watched,
        )
        read = self._reflex.understand(said.text, context)
        turn.talk = turn.talk.model_copy(update={"dialogue": read.dialogue})
        if not read.abstained:
            turn.words = read.reply
            await self._act(turn, read.calls)
            return
        if read.question and (told := await self._remembered(turn, read.question)) is not None:
            if told:
                return
            if read.abstained is Abstention.NOT_UNDERSTOOD:
                read = replace(read, reply=NOT_TOLD)
        if self._model is None or read.abstained in HOPELESS:
            turn.words, turn.offers = read.reply, list(read.offers)
            if read.abstained in NAMELESS:
                turn.note = self._unpaired()
            return
        turn.brain, turn.by_model = "model", True
        # A code that waits is the person's: no model reads it, whatever stands around it.
        shown = replace(said, text=turn.talk.pending.without_codes(said.text, said.caller.person))
        thought = await self._model.think(shown, lambda calls: self._act(turn, calls), stream)
        turn.words = thought.words
        if not thought.failed:  # the question of the reflex brain was not asked then
            turn.talk = turn.talk.model_copy(update={"dialogue": read.dialogue.closed()})
        if turn.words and not turn.results:
            watched = guarded(self._house, said.caller.person)
            await self._house.refresh([device.id for device in watched])
        self._speak_of(turn)
        if thought.failed:
            turn.brain = "reflex"
            turn.words = "" if turn.results else read.reply
            turn.offers = [] if turn.results else list(read.offers)
            turn.note = thought.failed

    async def _remembered(self, turn: _Turn, question: str) -> bool | None:
        """Answer from what people asked to be remembered; False where nothing there does, None
        where this person may not ask."""
        call = ToolCall(name="look_up", arguments={"question": question})
        (result,) = await self._toolbox.run([call], turn.said.caller)
        if result.words:
            turn.calls.append(call)
            turn.results.append(result)
        return None if result.refused else bool(result.words)

    def _unpaired(self) -> str:
        """What is on the network and cannot be used yet: what was not found may be in it."""
        waiting = [s.name for s in self._house.strangers.values() if s.needs]
        if not waiting:
            return ""
        be, first = ("is" if len(waiting) == 1 else "are"), waiting[0]
        return f"{names(waiting)} {be} not paired yet; write, for instance: pair {first}"

    async def _act(self, turn: _Turn, calls: Sequence[ToolCall]) -> list[ToolResult]:
        if not calls:
            return []
        if turn.journal:
            await turn.journal.planned(calls, turn.said.caller.confirmed, turn.brain)
        turn.calls += calls
        caller = replace(turn.said.caller, by_model=turn.by_model)
        results = await self._toolbox.run(calls, caller)
        turn.results += results
        if turn.journal:
            await turn.journal.done(results)
        return results

    def _speak_of(self, turn: _Turn) -> None:
        if dialogue := _spoken_of(turn.results, turn.said.caller.moment):
            turn.talk = turn.talk.model_copy(update={"dialogue": dialogue})

    # The second word -----------------------------------------------------------------------

    async def _second_word(self, turn: _Turn, talk: Talk) -> bool:
        """Deal with a code, a yes or a no; False when the text is none of these."""
        caller = turn.said.caller
        word = second_word(
            turn.said.text, talk.pending, talk.offer, caller.person, caller.moment,
            choosing=bool(talk.dialogue.options),
        )  # fmt: skip
        if word is None:
            return False
        turn.brain, turn.words = "policy", word.words
        turn.talk = turn.talk.model_copy(update={"pending": word.pending})
        if word.frees:
            said = {"agreed": True} if word.agreed else {"confirmed": True}
            turn.said = replace(turn.said, caller=replace(caller, **said))
            await self._act(turn, word.frees)
            self._speak_of(turn)
        return True

    # The reply -----------------------------------------------------------------------------

    def _answer(self, turn: _Turn, started: float) -> Answer:
        receipts = [r for result in turn.results for r in result.receipts]
        caller = turn.said.caller
        parts = [compose(receipts, self._house.devices, caller.fahrenheit)]
        parts.append(heard_along(receipts, self._house))
        parts += [sentence(result.words) for result in turn.results if result.words]
        parts += dict.fromkeys(sentence(r.refused) for r in turn.results if r.refused)
        codes = self._ask(turn, parts)
        if turn.words and turn.brain != "model":
            parts.append(turn.words)
        elif turn.words and not any(parts):
            # A model's prose never stands beside receipts: it could claim what they do not.
            parts.append(said_by_model(turn.words, self._house, caller.person))
            asks = turn.words.rstrip().endswith("?")
            turn.talk = turn.talk.model_copy(update={"model_asks": asks})
        parts += [self._offer(turn), turn.note.strip()]
        reply = printable(" ".join(part for part in parts if part))
        return Answer(
            reply=reply or "I have nothing to say to that.",
            brain=turn.brain,
            talk=turn.talk,
            calls=tuple(turn.calls),
            receipts=tuple(receipts),
            codes=codes,
            vouch=self._doing([r.vouch for r in turn.results if r.vouch], caller),
            pictures=tuple(dict.fromkeys(p for r in turn.results for p in r.pictures)),
            seconds=time.perf_counter() - started,
        )

    def _ask(self, turn: _Turn, parts: list[str]) -> tuple[str, ...]:
        """Ask for the second word of every risky call of this turn, as one action."""
        calls = [r.asks for r in turn.results if r.asks]
        if not calls:
            return ()
        asked = self._doing(calls, turn.said.caller)
        if turn.talk.pending.locked:
            parts.append(f"There were too many wrong codes: I do not {asked} for an hour.")
            return ()
        caller = turn.said.caller
        pending, code = turn.talk.pending.asking(calls, asked, caller.person, caller.moment)
        turn.talk = turn.talk.model_copy(update={"pending": pending})
        parts.append(f"To {asked}, send {code} within two minutes.")
        return (code,)

    def _offer(self, turn: _Turn) -> str:
        """The question that offers what waits for a yes, kept with its calls; empty for none."""
        calls = turn.offers + [r.offers for r in turn.results if r.offers]
        if not calls:
            return ""
        caller = turn.said.caller
        doing = self._doing(calls, caller)
        offer = Offer(calls=tuple(calls), doing=doing, person=caller.person.id)
        turn.talk = turn.talk.model_copy(update={"offer": offer})
        return f"Shall I {doing}{' now' if calls[0].name in CAPABILITIES else ''}?"

    def _doing(self, calls: Sequence[ToolCall], caller: Caller) -> str:
        return names([self._toolbox.doing(call, caller) for call in calls])


def _dropped(pending: PendingActions) -> PendingActions:
    return pending.model_copy(update={"actions": ()})  # the wrong guesses stay counted


def _spoken_of(results: Sequence[ToolResult], now: datetime) -> Dialogue | None:
    """What "it" is after these results, if nobody said what it is; None when nothing was done."""
    commands = [receipt.command for result in results for receipt in result.receipts]
    if not commands:
        return None
    calls = [
        ToolCall(name=c.set.kind, arguments={"devices": [c.device], **c.set.said()})
        for c in commands
    ]
    devices = dict.fromkeys(command.device for command in commands)
    return Dialogue(devices=tuple(devices), calls=tuple(calls), at=now)


def _in_time(said: Said, talk: Talk) -> Said:
    """A camera that was asked about counts as asked while nothing else was said since."""
    watched = said.watched
    at = watched.asked_at
    if at and abs(said.caller.moment - at) < QUESTION_LIVES and not (talk.at and talk.at > at):
        return said
    return replace(said, watched=replace(watched, asked="", unplaced=watched.asked))


def _repeatable(call: ToolCall) -> bool:
    """Whether doing it a second time does no harm."""
    kind = CAPABILITIES.get(call.name)
    return kind.absolute if kind else call.name in HARMLESS
