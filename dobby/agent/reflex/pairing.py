"""What lets Dobby into a device, said with a password or a PIN in it, or as that alone."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from dobby.agent.calls import Dialogue, ToolCall
from dobby.agent.secrecy import HIDDEN, hide, number_in

ASKED = timedelta(minutes=10)  # a PIN alone is for what was to be paired so long ago at most

_POLITE = r"^(?:(?:please|hey|hi|ok|okay|dobby|can you|could you|would you)[\s,]+)*"
_SORT = r"(?:(?:homekit|set-?up|pairing)\s+)?(?:pin|code|password|number)\b"
_END = rf"[\s:]*{HIDDEN}[\s.!]*(?:please|thanks|thank you)?[\s.!]*$"
_KNOCKS = (
    re.compile(  # "pair the porch camera with •••", "add the lock using its PIN •••"
        _POLITE + r"(?:pair|connect|link|set up|add|log ?in(?: ?to)?|sign in(?: ?to)?)\b(?: up)?\s*"
        r"(?:(?:to|with)\s+)?(?:(?:the|my|our|an?)\s+)?(?P<what>.*?)[\s:,]*"
        r"(?:\b(?:with|using|by|as|is|wants|needs|has|and)\b[\s:]*)*"
        rf"(?:(?:the|its|a)\s+)?(?:{_SORT}(?:\s+is)?)?" + _END,
        re.I,
    ),
    re.compile(  # "the PIN of the lock is •••"
        _POLITE + r"(?:(?:the|its)\s+)?(?:user(?:name)? and )?"
        rf"{_SORT}\s+(?:of|for|to)\s+(?P<what>.+?)\s*(?:\bis\b|[:=])?" + _END,
        re.I,
    ),
    re.compile(  # "porch camera: •••"
        r"^(?P<what>[\w' -]*?)[\s:,]*\b(?:as|is|wants|needs|has)?(?:[\s:]+\S+)?"
        rf"[\s:]*{HIDDEN}[\s.!]*$",
        re.I,
    ),
)
_ALONE = re.compile(
    r"\W*(?:(?:yes|yep|ok|okay|sure|here|hi|hello|it|that|this|is|s|the|its|my|your|try|use|with|pin|"
    r"code|number|homekit|pairing|setup|set|up|please|and|dobby|thanks|thank|you)(?:\W+|$))*",
    re.I,
)


def let_in(text: str, dialogue: Dialogue, now: datetime) -> ToolCall | None:
    """ "Pair the porch camera with •••", "its PIN is •••": what is hidden is for that alone."""
    hidden = hide(text)
    said = " ".join(hidden.text.split())
    if said.count(HIDDEN) != 1 or "://" in said:
        return None
    pin = number_in(hidden.secret)
    given: dict[str, object] = {"pin": pin} if pin else {}
    if _ALONE.fullmatch(said.replace(HIDDEN, " ")):
        return ToolCall(name="pair_device", arguments={"what": _spoken_of(dialogue, now), **given})
    found = next((m for pattern in _KNOCKS if (m := pattern.match(said))), None)
    if found is None:
        return None
    return ToolCall(name="pair_device", arguments={"what": found["what"].strip(), **given})


def _spoken_of(dialogue: Dialogue, now: datetime) -> str:
    """What was to be paired last; empty where that was nothing, or long ago."""
    asked = [call for call in dialogue.calls if call.name == "pair_device"]
    if not asked or dialogue.at is None or abs(now - dialogue.at) > ASKED:
        return ""
    return str(asked[-1].arguments.get("what") or "")
