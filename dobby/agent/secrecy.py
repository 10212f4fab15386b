"""Secrets in what is said: a password or a PIN is taken out of the text before anyone reads it, and
no model reads a code, a PIN or a password, whoever said it and whenever."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote

import yaml

from dobby.language.words import HOME

HIDDEN = "•••"
USUAL_USER = "admin"

_IN_ADDRESS = re.compile(r"(?<=://)(?P<user>[^\s/:@]*):(?P<password>[^\s/]+)@(?=[^\s/@]+)")
_SIGN_IN = re.compile(  # "admin / hunter2", and nothing else: the answer to a question for both
    r"^\W*(?P<said>(?P<user>admin|administrator|root|user|viewer|operator|service|onvif|camera|guest)"
    r"(?:\s*[:,/]\s*|\s+and\s+|\s+)(?P<password>\S*[\d!#$%&*@^_]\S*?))[.!]?\s*$",
    re.I,
)
_PIN = r"(?<![\d+.,:-])(?P<pin>\d{3}[ .-]?\d{2}[ .-]?\d{3}|\d{4}[ .-]?\d{4})(?!\d)"
_VALUE = re.compile(r"(?=[^\s]*\d)[^\s,;“”\"']{3,}(?:[ -]\d{2,})*")  # has a digit: 4711, 1234 5678


@dataclass(frozen=True)
class _Marks:
    """What a secret is known by, in any of the languages: nobody asks first which one it is."""

    camera: re.Pattern[str]
    kept: re.Pattern[str]  # asked to be remembered as it is
    passwords: tuple[re.Pattern[str], ...]  # for a camera
    pins: tuple[re.Pattern[str], ...]
    secret: re.Pattern[str]
    word_alone: re.Pattern[str]


@cache
def _marks() -> _Marks:
    told = [yaml.safe_load(p.read_text(encoding="utf-8")) for p in HOME.glob("*/secrecy.yaml")]

    def any_of(*kinds: str) -> str:
        phrases = {phrase for one in told for kind in kinds for phrase in one[kind]}
        ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
        return f"(?:{'|'.join(re.escape(p).replace(chr(92) + ' ', '[ -]?') for p in ordered)})"

    is_, joined, the = any_of("is"), any_of("and"), any_of("the")
    user = rf"{any_of('user')}(?:\s+{is_})?[\s:=]+"
    word = rf"(?:{the}\s+)?{any_of('password')}(?:\s+{is_})?[\s:=]+"
    beside, behind, let_in = any_of("beside"), any_of("behind"), any_of("let_in")
    passwords = (
        rf"^\W*(?:{beside}\W+)*{let_in}\b.+?\b{any_of('with')}\s+(?!{the}\s)"
        rf"(?P<said>(?:{user})?(?P<user>[^\s,:/]+)(?:[\s,:/]+|\s+{joined}\s+)(?:{word})?"
        rf"(?P<password>\S+?))[.!]?(?:\s+{behind})?[.!]?\s*$",
        rf"(?P<said>\b{user}(?P<user>[^\s,:]+)[\s,]+(?:{joined}\s+)?{word}(?P<password>\S+?))"
        r"(?=[.!,;]?(?:\s|$))",
        rf"\b{any_of('password')}\b(?:\s+{any_of('of')}\s+[\w' -]+?)?(?:\s+{is_}\s+|\s*[:=]\s*)"
        r"(?:(?P<user>[^\s,:/]+)[\s,:/]+)?(?P<said>(?P<password>\S+?))[.!]?\s*$",
    )
    pins = (
        rf"^\W*(?:{beside}\W+)*{_PIN}\W*(?:{behind})?\W*$",  # "031-45-154", "it's 0314 5154"
        rf"^\W*(?:{beside}\W+)*{let_in}\b.*?{_PIN}[\s.!]*(?:{behind})?[\s.!]*$",
        rf"\b{any_of('pin')}\b[^.!?]{{0,60}}?{_PIN}",
    )
    alone = (
        rf"(?P<before>\b{any_of('of_words')}\b[^.!?\n]{{0,40}}?"
        rf"(?:\s{is_}\s|\s*[:=]\s*))(?P<value>[^\s,;]+)"
    )
    return _Marks(
        camera=re.compile(rf"\b{any_of('camera')}\b", re.I),
        kept=re.compile(rf"\W*{any_of('kept')}\b", re.I),
        passwords=tuple(re.compile(one, re.I) for one in passwords),
        pins=tuple(re.compile(one, re.I) for one in pins),
        secret=re.compile(rf"\b\w*{any_of('secret')}\b", re.I),
        word_alone=re.compile(alone, re.I),
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
    marks = _marks()
    if marks.kept.match(text):
        return Hidden(text)
    for pattern in marks.pins:
        if found := pattern.search(text):
            shown = text[: found.start("pin")] + HIDDEN + text[found.end("pin") :]
            return Hidden(shown, _spelled(found["pin"]), found["pin"])
    told_of_one = marks.passwords if marks.camera.search(text) else ()
    for pattern in (*told_of_one, _SIGN_IN):
        if found := pattern.search(text):
            shown = text[: found.start("said")] + HIDDEN + text[found.end("said") :]
            return _hidden(shown, found["user"] or "", found["password"], found["password"])
    return Hidden(text)


def hushed(text: str) -> str:
    """A text without the codes, PINs and passwords that it tells: what a model may read of it."""
    return "\n".join(
        _hushed_line(line) if _marks().secret.search(line) else line for line in text.split("\n")
    )


def _hushed_line(line: str) -> str:
    return _VALUE.sub(HIDDEN, _marks().word_alone.sub(rf"\g<before>{HIDDEN}", line))


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
