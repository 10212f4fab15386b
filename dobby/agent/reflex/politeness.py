"""Roundabout wishes, said straight: "can the lamp be brighter", "would you mind dimming it"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dobby.agent.reflex.text import Token

_MODALS = {"can", "could", "should", "may"}
_LINKS = {"be", "go", "get", "come", "become"}
_ENSURE = (
    ("make", "sure", "that"),
    ("make", "sure"),
    ("ensure", "that"),
    ("ensure",),
    ("see", "that"),
)
_PEOPLE = {"you", "i", "we", "someone", "somebody", "anyone", "he", "she", "they"}
_GERUNDS = {
    "turning": "turn", "switching": "switch", "putting": "put", "dimming": "dim",
    "opening": "open", "closing": "close", "shutting": "shut", "locking": "lock",
    "unlocking": "unlock", "playing": "play", "setting": "set", "making": "make",
    "raising": "raise", "lowering": "lower", "stopping": "stop", "pausing": "pause",
    "starting": "start", "muting": "mute", "adding": "add", "changing": "change",
    "brightening": "brighten", "warming": "warm", "heating": "heat", "cooling": "cool",
    "activating": "activate", "moving": "move", "increasing": "increase",
    "decreasing": "decrease",
}  # fmt: skip


def straight(tokens: Sequence[Token], question: bool) -> list[Token]:
    """``tokens`` without the modal of a wish; ``question`` keeps "can the lamp dim?" one."""
    if len(tokens) > 1 and tokens[0].text == "no" and tokens[1].gap:  # "no, 60"
        tokens = tokens[1:]
    tokens = _counted(tokens)
    if tokens and tokens[0].text in {"please", "just", "and"}:
        return [tokens[0], *straight(tokens[1:], question)]
    tokens = _told_robot(tokens)
    words = [t.text for t in tokens]
    ensured = next((len(p) for p in _ENSURE if tuple(words[: len(p)]) == p), 0)
    if ensured:  # "make sure the door is locked"
        link = next((i for i, w in enumerate(words) if w in {"is", "are"}), None)
        return [t for i, t in enumerate(tokens) if i >= ensured and i != link]
    if "mind" in words[:6]:
        return _doing(tokens)
    if words[:2] == ["how", "about"] and len(words) > 2 and words[2] in _GERUNDS:
        return _doing(tokens[2:])
    if words[:2] in (
        ["can", "someone"],
        ["could", "someone"],
        ["can", "somebody"],
        ["could", "somebody"],
    ):
        return list(tokens[2:])
    modal = next((i for i, w in enumerate(words) if w in _MODALS), None)
    if modal is None or set(words) & _PEOPLE or "not" in words:
        return list(tokens)
    link = next((i for i in range(modal + 1, len(words)) if words[i] in _LINKS), None)
    if link is None or (modal > 0 and question):
        return list(tokens)
    return [t for i, t in enumerate(tokens) if i not in {modal, link}]


def _counted(tokens: Sequence[Token]) -> Sequence[Token]:
    """ "One more degree" as "one degree more"."""
    words = [t.stem for t in tokens]
    at = next((i for i in range(1, len(words) - 1) if words[i] == "more"), 0)
    if not at or words[at + 1] not in {"degree", "%"}:
        return tokens
    return [*tokens[:at], tokens[at + 1], tokens[at], *tokens[at + 2 :]]


def _doing(tokens: Sequence[Token]) -> list[Token]:
    """ "Closing the gate" as "close the gate"."""
    return [
        replace(t, text=_GERUNDS[t.text], stem=_GERUNDS[t.text]) if t.text in _GERUNDS else t
        for t in tokens
    ]


_CHORES = {"clean", "vacuum", "hoover", "mow", "sweep", "mop", "dock"}
_BREAKS = {"pause", "stop", "dock"}


def _told_robot(tokens: Sequence[Token]) -> list[Token]:
    """ "Tell Rosie to clean the hall": what only a robot is told to do."""
    words = [t.text for t in tokens]
    if words[:1] != ["tell"] or "to" not in words[2:5]:
        return list(tokens)
    to = words.index("to", 2)
    chore = words[to + 1 : to + 2]
    if set(chore) & _CHORES or (set(chore) & _BREAKS and to + 2 == len(words)):
        return [t for i, t in enumerate(tokens) if i not in {0, to}]
    return list(tokens)
