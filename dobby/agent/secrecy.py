"""Secrets in what is said: a password or a PIN is taken out of the text before anyone reads it, and
no model reads a code, a PIN or a password, whoever said it and whenever."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

HIDDEN = "•••"
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
_SIGN_IN = re.compile(  # "admin / hunter2", and nothing else: the answer to a question for both
    r"^\W*(?P<said>(?P<user>admin|administrator|root|user|viewer|operator|service|onvif|camera|guest)"
    r"(?:\s*[:,/]\s*|\s+and\s+|\s+)(?P<password>\S*[\d!#$%&*@^_]\S*?))[.!]?\s*$",
    re.I,
)
_PIN = r"(?<![\d+.,:-])(?P<pin>\d{3}[ .-]?\d{2}[ .-]?\d{3}|\d{4}[ .-]?\d{4})(?!\d)"
_PINS = (
    re.compile(  # "031-45-154", "it's 0314 5154"
        r"^\W*(?:(?:yes|yep|ok|okay|sure|here|hi|hello|it'?s|it is|that'?s|this is|the|its|my|your"
        r"|try|use|with|pin|code|number|is|homekit|pairing|set-?up|please|and|dobby)\W+)*"
        rf"{_PIN}\W*(?:please|thanks|thank you)?\W*$",
        re.I,
    ),
    re.compile(
        r"^\W*(?:(?:please|hey|hi|ok|okay|dobby|can you|could you|would you|now)\W+)*"
        r"(?:pair|connect|link|set up|add|log ?in|sign in)\b.*?"
        rf"{_PIN}[\s.!]*(?:please|thanks|thank you)?[\s.!]*$",
        re.I,
    ),
    re.compile(
        rf"\b(?:pin|(?:set-?up|pairing|homekit) (?:code|number))\b[^.!?]{{0,60}}?{_PIN}", re.I
    ),
)


_SECRET = re.compile(
    r"\b\w*(?:pass ?(?:word|code|phrase|wort)s?|kennwort|kennwörter|pins?|codes?|geheimzahl|"
    r"tokens?|combination|kombination|mot de passe|contraseña|clave|wachtwoord|hasło|secret)\b",
    re.I,
)
_VALUE = re.compile(r"(?=[^\s]*\d)[^\s,;“”\"']{3,}(?:[ -]\d{2,})*")  # has a digit: 4711, 1234 5678
_WORD_ALONE = re.compile(
    r"(?P<before>\b(?:password|passcode|passphrase|passwort|kennwort|mot de passe|contraseña|"
    r"wachtwoord|hasło)\b[^.!?\n]{0,40}?(?:\s(?:is|ist|est|es|jest|lautet)\s|\s*[:=]\s*))"
    r"(?P<value>[^\s,;]+)",
    re.I,
)


@dataclass(frozen=True)
class Hidden:
    """A text without its secret. ``secret`` is ``user:password``, or a PIN as it is written on an
    accessory, ``031-45-154``; ``word`` is what was hidden."""

    text: str
    secret: str = field(default="", repr=False)
    word: str = field(default="", repr=False)


def hide(text: str) -> Hidden:
    """Take out what lets Dobby into a device: a camera's password, an accessory's PIN. Codes that
    let people in look like PINs, and are hidden like them."""
    if found := _IN_ADDRESS.search(text):
        user, word = unquote(found["user"]), found["password"]
        shown = text[: found.start("password")] + HIDDEN + text[found.end("password") :]
        return _hidden(shown.replace(word, HIDDEN), user, unquote(word), word)
    if _KEPT.match(text):
        return Hidden(text)
    for pattern in _PINS:
        if found := pattern.search(text):
            shown = text[: found.start("pin")] + HIDDEN + text[found.end("pin") :]
            return Hidden(shown, _spelled(found["pin"]), found["pin"])
    told_of_one = (_LETS_IN, _BOTH, _ALONE) if _CAMERA.search(text) else ()
    for pattern in (*told_of_one, _SIGN_IN):
        if found := pattern.search(text):
            shown = text[: found.start("said")] + HIDDEN + text[found.end("said") :]
            return _hidden(shown, found["user"] or "", found["password"], found["password"])
    return Hidden(text)


def hushed(text: str) -> str:
    """A text without the codes, PINs and passwords that it tells: what a model may read of it."""
    return "\n".join(
        _hushed_line(line) if _SECRET.search(line) else line for line in text.split("\n")
    )


def _hushed_line(line: str) -> str:
    return _VALUE.sub(HIDDEN, _WORD_ALONE.sub(rf"\g<before>{HIDDEN}", line))


def _hidden(text: str, user: str, password: str, word: str) -> Hidden:
    if word == HIDDEN:
        return Hidden(text)
    return Hidden(text, f"{user or USUAL_USER}:{password}", word)


def _spelled(pin: str) -> str:
    digits = "".join(c for c in pin if c.isdigit())
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"


def number_in(secret: str) -> str:
    """A secret that is a number, as a PIN and a person's code are; empty for a password."""
    return "" if ":" in secret else secret
