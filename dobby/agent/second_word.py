"""What a person says to a pending risky action or an offer: its code, a yes or a no."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from dobby.agent.calls import Offer, ToolCall
from dobby.agent.phrases import names
from dobby.agent.policy import PendingActions, Person

CODE = re.compile(r"^\W*(?:(?:yes|ok|okay|sure|confirm|code|it'?s|do it)\W+)*(\d{4})\W*$", re.I)
YES = re.compile(
    r"^\W*(?:(?:yes|yep|yeah|ok|okay|sure|do it|do that|go ahead|confirm|right|exactly"
    r"|please do)\W+)*"
    r"(?:yes|yep|yeah|ok|okay|sure|do it|do that|go ahead|confirm|right|exactly|please do)"
    r"(?:\W+(?:please|now|thanks|thank you|dobby))*\W*$",
    re.I,
)
NO = re.compile(
    r"^\W*(?:(?:no|nope|nah)\W+)*"
    r"(?:no|nope|nah|don['’]?t|stop|cancel|never ?mind|forget it|leave it|not now)"
    r"(?:\W+(?:please|it|thanks|thank you|dobby))*\W*$",
    re.I,
)


@dataclass(frozen=True)
class SecondWord:
    """What it came to: the codes still asked for, and words to say or calls set free.

    ``agreed``: by a yes to exactly these calls; else by their code.
    """

    pending: PendingActions
    words: str = ""
    frees: tuple[ToolCall, ...] = ()
    agreed: bool = False


def second_word(
    text: str,
    pending: PendingActions,
    offer: Offer | None,
    person: Person,
    now: datetime,
    choosing: bool,
) -> SecondWord | None:
    """None when the text is neither code, yes nor no. ``choosing``: a choice of devices is open,
    and a yes is about that."""
    asked = [action.asked for action in pending.of(person)]
    offered = offer if offer and offer.person == person.id else None
    if code := CODE.match(text):
        return _code(code[1], pending, person, now)
    if YES.match(text) and offered:
        return SecondWord(pending, frees=offered.calls, agreed=True)
    if YES.match(text) and not choosing:
        if not asked:
            return SecondWord(pending, "Nothing is waiting for a yes.")
        return SecondWord(pending, f"Send the code to {' or to '.join(asked)}.")
    declined = [*asked, offered.doing] if offered else asked
    if NO.match(text) and declined:
        return SecondWord(pending.dropped(person), f"Then I will not {names(declined)}.")
    return None


def _code(code: str, pending: PendingActions, person: Person, now: datetime) -> SecondWord:
    if not pending.actions:
        words = "Nothing is waiting for a code. A code lasts two minutes and works once."
        return SecondWord(pending, words)
    left, action = pending.answered(code, person, now)
    if action is None:
        return SecondWord(left, "That code is not right, so nothing was done.")
    return SecondWord(left, frees=action.calls)
