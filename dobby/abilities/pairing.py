"""What lets Dobby into a device, said with a password or a PIN in it, or as that alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from dobby.agent.calls import Dialogue, ToolCall
from dobby.agent.secrecy import HIDDEN, hide, number_in
from dobby.language.sentences import sentences

ASKED = timedelta(minutes=10)  # a PIN alone is for what was to be paired so long ago at most


def let_in(text: str, language: str, dialogue: Dialogue, now: datetime) -> ToolCall | None:
    """ "Pair the porch camera with •••", "its PIN is •••": what is hidden is for that alone."""
    hidden = hide(text)
    if hidden.text.count(HIDDEN) != 1 or "://" in hidden.text:
        return None
    pin = number_in(hidden.secret)
    given: dict[str, object] = {"pin": pin} if pin else {}
    told = sentences(language).read(hidden.text)
    if any(sentence.of == "let_in_last" for sentence in told):
        return ToolCall(name="pair_device", arguments={"what": _spoken_of(dialogue, now), **given})
    found = next((sentence for sentence in told if sentence.of == "let_in"), None)
    if found is None:
        return None
    return ToolCall(name="pair_device", arguments={"what": found.said["what"].strip(), **given})


def _spoken_of(dialogue: Dialogue, now: datetime) -> str:
    """What was to be paired last; empty where that was nothing, or long ago."""
    asked = [call for call in dialogue.calls if call.name == "pair_device"]
    if not asked or dialogue.at is None or abs(now - dialogue.at) > ASKED:
        return ""
    return str(asked[-1].arguments.get("what") or "")
