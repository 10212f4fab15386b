"""A camera's password that is said in the chat: taken out of the text before anyone reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from memory.redaction import HIDDEN

USUAL_USER = "admin"

_CAMERA = re.compile(
    r"\b(?:cam|camera|cameras|webcam|doorbell|rtsps?|onvif|cctv|nvr|stream)\b", re.I
)
_KEPT = re.compile(r"\W*(?:remember|note|keep in mind)\b", re.I)  # asked to be remembered as it is
_IN_ADDRESS = re.compile(r"(?<=://)(?P<user>[^\s/:@]*):(?P<password>[^\s/]+)@(?=[^\s/@]+)")
_USER = r"(?:user|username|user name|login)(?:\s+is)?[\s:=]+"
_WORD = r"(?:the\s+)?(?:password|pass|pw)(?:\s+is)?[\s:=]+"
_LETS_IN = re.compile(
    r"^\W*(?:please\s+)?(?:pair|connect|set up|add|log ?in(?:to| to)?|sign in(?:to| to)?)\b.+?"
    rf"\b(?:with|using)\s+(?!(?:the|my|our|a)\s)(?P<said>(?:{_USER})?(?P<user>[^\s,:/]+)"
    rf"(?:[\s,:/]+|\s+and\s+)(?:{_WORD})?(?P<password>\S+?))[.!]?\s*$",
    re.I,
)
_BOTH = re.compile(
    rf"(?P<said>\b{_USER}(?P<user>[^\s,:]+)[\s,]+(?:and\s+)?{_WORD}(?P<password>\S+?))"
    r"(?=[.!,;]?(?:\s|$))",
    re.I,
)
_ALONE = re.compile(
    r"\b(?:password|pass|pw)\b(?:\s+(?:of|for|to)\s+[\w' -]+?)?(?:\s+is\s+|\s*[:=]\s*)"
    r"(?:(?P<user>[^\s,:/]+)[\s,:/]+)?(?P<said>(?P<password>\S+?))[.!]?\s*$",
    re.I,
)


@dataclass(frozen=True)
class Hidden:
    """A text without its secret. ``secret`` is ``user:password``; ``word`` is what was hidden."""

    text: str
    secret: str = field(default="", repr=False)
    word: str = field(default="", repr=False)


def hide(text: str) -> Hidden:
    """Take the password out of what is said to let Dobby into a camera."""
    if found := _IN_ADDRESS.search(text):
        user, word = unquote(found["user"]), found["password"]
        shown = text[: found.start("password")] + HIDDEN + text[found.end("password") :]
        return _hidden(shown.replace(word, HIDDEN), user, unquote(word), word)
    if not _CAMERA.search(text) or _KEPT.match(text):
        return Hidden(text)
    for pattern in (_LETS_IN, _BOTH, _ALONE):
        if found := pattern.search(text):
            shown = text[: found.start("said")] + HIDDEN + text[found.end("said") :]
            return _hidden(shown, found["user"] or "", found["password"], found["password"])
    return Hidden(text)


def _hidden(text: str, user: str, password: str, word: str) -> Hidden:
    if word == HIDDEN:
        return Hidden(text)
    return Hidden(text, f"{user or USUAL_USER}:{password}", word)
