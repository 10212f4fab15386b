"""What a person says to a pending risky action: its code, a yes or a no."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from dobby.agent.calls import ToolCall
from dobby.agent.phrases import names
from dobby.agent.policy import PendingActions, Person

CODE = re.compile(r"^\W*(?:(?:yes|ok|okay|sure|confirm|code|it'?s|do it)\W+)*(\d{4})\W*$", re.I)
YES = re.compile(
    r"^\W*(?:yes|yep|yeah|ok|okay|sure|do it|go ahead|confirm)\W*(?:please)?\W*$", re.I
)
NO = re.compile(r"^\W*(?:no|nope|don'?t|stop|cancel|never ?mind|forget it)\W*$", re.I)


@dataclass(frozen=True)
class SecondWord:
    """What it came to: the questions still open, and words to say or calls set free."""

    pending: PendingActions
    words: str = ""
    frees: tuple[ToolCall, ...] = ()


def second_word(
    text: str, pending: PendingActions, person: Person, now: datetime, offered: bool
) -> SecondWord | None:
    """None when the text is neither code, yes nor no. ``offered``: a choice of devices is open,
    and a yes is about that."""
    asked = [action.asked for action in pending.actions]
    if code := CODE.match(text):
        return _code(code[1], pending, person, now)
    if YES.match(text) and not offered:
        if not asked:
            return SecondWord(pending, "Nothing is waiting for a yes.")
        return SecondWord(pending, f"Send the code to {' or to '.join(asked)}.")
    if NO.match(text) and asked:
        dropped = pending.model_copy(update={"actions": ()})  # the wrong guesses stay counted
        return SecondWord(dropped, f"Then I will not {names(asked)}.")
    return None


def _code(code: str, pending: PendingActions, person: Person, now: datetime) -> SecondWord:
    if not pending.actions:
        words = "Nothing is waiting for a code. A code lasts two minutes and works once."
        return SecondWord(pending, words)
    left, action = pending.answered(code, person, now)
    if action is None:
        return SecondWord(left, "That code is not right, so nothing was done.")
    return SecondWord(left, frees=action.calls)
