"""What a turn came to, as one answer: receipts first, then words, codes, and what is offered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from devices.capabilities import CAPABILITIES
from devices.house import House
from dobby.agent.calls import Offer, ToolCall
from dobby.agent.phrases import sentence
from dobby.agent.prose import printable, said_by_model
from dobby.agent.reply import compose, heard_along
from dobby.agent.talk import Answer, Journal, Said, Talk
from dobby.agent.tool import Caller, ToolResult
from dobby.agent.tools import Toolbox


@dataclass
class Turn:
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


def answer_of(turn: Turn, house: House, toolbox: Toolbox, seconds: float) -> Answer:
    """The answer of a turn that is over, and how the conversation stands after it."""
    receipts = [r for result in turn.results for r in result.receipts]
    caller = turn.said.caller
    words = caller.wording
    parts = [compose(receipts, house.devices, words), heard_along(receipts, house, words)]
    parts += [sentence(result.words) for result in turn.results if result.words]
    parts += dict.fromkeys(sentence(r.refused) for r in turn.results if r.refused)
    codes = _ask(turn, toolbox, parts)
    if turn.words and turn.brain != "model":
        parts.append(turn.words)
    elif turn.words and not any(parts):
        # A model's prose never stands beside receipts: it could claim what they do not.
        parts.append(said_by_model(turn.words, house, caller))
        asks = turn.words.rstrip().endswith("?")
        turn.talk = turn.talk.model_copy(update={"model_asks": asks})
    parts += [_offer(turn, toolbox), turn.note.strip()]
    reply = printable(" ".join(part for part in parts if part))
    return Answer(
        reply=reply or words.say("nothing-to-say"),
        brain=turn.brain,
        talk=turn.talk,
        calls=tuple(turn.calls),
        receipts=tuple(receipts),
        codes=codes,
        vouch=deeds([r.vouch for r in turn.results if r.vouch], toolbox, caller),
        pictures=tuple(dict.fromkeys(p for r in turn.results for p in r.pictures)),
        seconds=seconds,
    )


def _ask(turn: Turn, toolbox: Toolbox, parts: list[str]) -> tuple[str, ...]:
    """Ask for the second word of every risky call of this turn, as one action."""
    calls = [r.asks for r in turn.results if r.asks]
    if not calls:
        return ()
    caller = turn.said.caller
    asked, words = deeds(calls, toolbox, caller), caller.wording
    if turn.talk.pending.locked:
        parts.append(words.say("too-many-codes", deed=asked))
        return ()
    pending, code = turn.talk.pending.asking(calls, asked, caller.person, caller.moment)
    turn.talk = turn.talk.model_copy(update={"pending": pending})
    parts.append(words.say("send-code", deed=asked, code=code))
    return (code,)


def _offer(turn: Turn, toolbox: Toolbox) -> str:
    """The question that offers what waits for a yes, kept with its calls; empty for none."""
    calls = turn.offers + [r.offers for r in turn.results if r.offers]
    if not calls:
        return ""
    caller = turn.said.caller
    doing = deeds(calls, toolbox, caller)
    offer = Offer(calls=tuple(calls), doing=doing, person=caller.person.id)
    turn.talk = turn.talk.model_copy(update={"offer": offer})
    now = calls[0].name in CAPABILITIES
    return caller.wording.say("offer-now" if now else "offer", deed=doing)


def deeds(calls: Sequence[ToolCall], toolbox: Toolbox, caller: Caller) -> str:
    """What these calls would do, in words."""
    return caller.wording.names([toolbox.doing(call, caller) for call in calls])
