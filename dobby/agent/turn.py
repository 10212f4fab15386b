"""One turn: a person's words in, verified effects and one reply out.

A confirmation code first, then the reflex brain, then a model if there is one. Whoever understood,
the calls go through the same toolbox, and the reply is built from receipts.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from devices.capabilities import CAPABILITIES
from devices.house import House
from dobby.agent.calls import (
    QUESTION_LIVES,
    Abstention,
    Context,
    Dialogue,
    ToolCall,
    Understanding,
)
from dobby.agent.confirmation import PendingActions, read_confirmation
from dobby.agent.cut_short import CutShort, look_first
from dobby.agent.prose import guarded
from dobby.agent.stopping import is_stop
from dobby.agent.summary import Turn, answer_of, deeds
from dobby.agent.talk import Act, Answer, Journal, Model, Reflexes, Said, Stream, Talk, Thought
from dobby.agent.tool import ToolResult
from dobby.agent.tools import Toolbox
from dobby.language.spoken import asked_for, language_of
from dobby.language.words import ENGLISH, Message, Words

__all__ = [
    "Act", "Agent", "Answer", "Journal", "Model", "Reflexes", "Said", "Stream", "Talk", "Thought",
]  # fmt: skip

NOT_TOLD = Message("not-told")
NAMELESS = frozenset({Abstention.UNKNOWN_NAME, Abstention.UNKNOWN_ROOM})
STRANGE = NAMELESS | {Abstention.NOT_UNDERSTOOD, Abstention.LANGUAGE}
HOPELESS = frozenset({Abstention.EMPTY, Abstention.TOO_LONG})  # no model is asked about these


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
        said, talk = _in_language(_in_time(said, talk), talk), talk.live(now)
        turn = Turn(said, talk.closed(now), journal)
        if language := asked_for(said.text):
            turn.talk = turn.talk.model_copy(update={"language": language})
            turn.words = Words(language).say("language-kept")
            return self._answer(turn, started)
        of_model = talk.model_asks and not talk.pending.actions
        if is_stop(said.text):  # it drops what waits for a code, and does what it says besides
            turn.talk = turn.talk.model_copy(update={"pending": _dropped(turn.talk.pending)})
            await self._understand(turn, talk.dialogue, stream)
        elif of_model or not await self._confirmation(turn, talk):
            await self._understand(turn, talk.dialogue, stream)
        return self._answer(turn, started)

    async def resume(self, said: Said, talk: Talk, cut: CutShort, journal: Journal) -> Answer:
        """Finish a turn that a crash cut short after it had planned something.

        Absolute commands are repeated, unless they needed a code: these are looked at, and asked
        about anew. The others, and what was overtaken, are not, and the reply says so.
        """
        started = time.perf_counter()
        said = _in_language(said, talk)
        pending = talk.pending.without(cut.freed).live(said.caller.moment)
        talk = talk.closed(said.caller.moment).model_copy(update={"pending": pending})
        turn = Turn(said, talk, journal, brain="resumed")
        turn.by_model = cut.brain == "model"
        turn.calls += [result.call for result in cut.done]
        turn.results += cut.done
        unsure = [
            call for call in cut.planned if not self._repeatable(call) or cut.is_overtaken(call)
        ]
        await self._act(turn, [call for call in cut.planned if call not in unsure])
        words = said.caller.wording
        turn.results = [await look_first(self._house, r, words) for r in turn.results]
        if unsure:
            left = deeds(unsure, self._toolbox, said.caller)
            turn.note = words.say("not-repeated", deeds=left)
        elif cut.brain == "model":  # what else it had in mind went with it
            turn.note = words.say("interrupted")
        self._speak_of(turn)
        return self._answer(turn, started)

    def changes(self, call: ToolCall) -> bool:
        """Whether a call may change anything, of the house or of what is remembered."""
        return self._toolbox.changes(call)

    def _repeatable(self, call: ToolCall) -> bool:
        """Whether doing it a second time does no harm."""
        kind = CAPABILITIES.get(call.name)
        return kind.absolute if kind else not self.changes(call)

    async def _understand(self, turn: Turn, dialogue: Dialogue, stream: Stream | None) -> None:
        said = turn.said
        context = Context(
            house=self._house,
            now=said.caller.now,
            room=said.caller.room,
            dialogue=dialogue,
            fahrenheit=said.caller.fahrenheit,
            language=said.caller.language,
            watched=said.watched,
        )
        read = self._reflex.understand(said.text, context)
        turn.talk = turn.talk.model_copy(update={"dialogue": read.dialogue})
        if not read.abstained:
            turn.words = said.caller.wording.put(read.reply)
            await self._act(turn, read.calls)
            return
        if read.question and (told := await self._remembered(turn, read.question)) is not None:
            if told:
                return
            if read.abstained is Abstention.NOT_UNDERSTOOD:
                read = replace(read, reply=NOT_TOLD)
        if self._model is None or read.abstained in HOPELESS:
            read = _in_other_words(read, said)
            turn.words, turn.offers = said.caller.wording.put(read.reply), list(read.offers)
            if read.abstained in NAMELESS:
                turn.note = self._unpaired(said.caller.wording)
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
            turn.words = "" if turn.results else said.caller.wording.put(read.reply)
            turn.offers = [] if turn.results else list(read.offers)
            turn.note = thought.failed

    async def _remembered(self, turn: Turn, question: str) -> bool | None:
        """Answer from what people asked to be remembered; False where nothing there does, None
        where this person may not ask."""
        call = ToolCall(name="look_up", arguments={"question": question})
        (result,) = await self._toolbox.run([call], turn.said.caller)
        if result.words:
            turn.calls.append(call)
            turn.results.append(result)
        return None if result.refused else bool(result.words)

    def _unpaired(self, words: Words) -> str:
        """What is on the network and cannot be used yet: what was not found may be in it."""
        waiting = [s.name for s in self._house.strangers.values() if s.needs]
        if not waiting:
            return ""
        named, first = words.names(waiting), waiting[0]
        return words.say("not-paired", count=len(waiting), names=named, first=first)

    async def _act(self, turn: Turn, calls: Sequence[ToolCall]) -> list[ToolResult]:
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

    def _speak_of(self, turn: Turn) -> None:
        if dialogue := _spoken_of(turn.results, turn.said.caller.moment):
            turn.talk = turn.talk.model_copy(update={"dialogue": dialogue})

    def _answer(self, turn: Turn, started: float) -> Answer:
        return answer_of(turn, self._house, self._toolbox, time.perf_counter() - started)

    # Confirmation --------------------------------------------------------------------------

    async def _confirmation(self, turn: Turn, talk: Talk) -> bool:
        """Deal with a code, a yes or a no; False when the text is none of these."""
        caller = turn.said.caller
        word = read_confirmation(
            turn.said.text, talk.pending, talk.offer, caller.person, caller.moment,
            choosing=bool(talk.dialogue.options), words=caller.wording,
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


def _in_language(said: Said, talk: Talk) -> Said:
    """In the language that this person asked for, if they did."""
    if talk.language is None:
        return said
    return replace(said, caller=replace(said.caller, language=talk.language))


def _in_other_words(read: Understanding, said: Said) -> Understanding:
    """Who writes another language than they are heard in is told how to ask for theirs."""
    written = language_of(said.text)
    if read.abstained not in STRANGE or written in {None, said.caller.language}:
        return read
    return replace(read, reply=Words(written or ENGLISH).say("ask-for-language"))


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
