"""What a model says of itself, shown as that: quoted, with what the house says beside it.

Its words are never policed: any of them, in any language, may be false. So they stand between
marks that they cannot end, and next to them how each guarded thing really is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import cast

from devices.capabilities import Alarm, Capability, Lock, Position, Power, Reading, Risk
from devices.device import Device
from dobby.agent.calls import HouseView, ToolCall
from dobby.agent.phrases import predicate, sentence
from dobby.agent.policy import may_read
from dobby.agent.subjects import plural, subject
from dobby.agent.tool import Caller
from dobby.language.words import Words, languages
from dobby.people.roles import Person

LONGEST = 1200  # characters of a model's words
FEW, SHORT = 2, 60  # words, and characters: less than that claims nothing
MANY = 6  # more things than this in one state are counted

_RISKY: tuple[Capability, ...] = (
    Lock(locked=False), Alarm(mode="disarmed"), Position(percent=100), Power(on=True),
)  # fmt: skip
_QUOTES = str.maketrans(dict.fromkeys('“”„‟«»"＂', "'"))
_JOINER = "\u200d"  # within one emoji


def quoted(words: str) -> str:
    """A model's words on one line, without marks that would end the quotation, and cut."""
    line = " ".join(printable(words).translate(_QUOTES).split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0]} …"


def said_by_model(words: str, house: HouseView, caller: Caller) -> str:
    """The words of a turn that changed nothing, as they are shown to this person."""
    own, unchanged = f"{_says(caller.language)}{quoted(words)}”", caller.wording.say("unchanged")
    return " ".join(filter(None, (own, sentence(standing(house, caller)), unchanged)))


@cache
def _says(language: str) -> str:
    return f"{Words(language).say('model-says')} “"


def marked(words: str, call: ToolCall) -> str:
    """The house's words on a model's call, with whatever is the model's in them between marks: what
    is echoed ("I found no ... here") would be said in the house's voice."""
    for said in sorted({call.name, *_strings(call.arguments)}, key=len, reverse=True):
        if len(said.split()) > FEW or len(said) > SHORT:
            own = quoted(said)
            own = own if len(own) <= SHORT else f"{own[:SHORT]}…"
            for echo in (repr(said), said):
                words = words.replace(echo, f"“{own}”")
    return words


def _strings(told: object) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for key, value in cast("dict[str, object]", told).items():
            yield key
            yield from _strings(value)
    elif isinstance(told, (list, tuple)):
        for value in cast("Sequence[object]", told):
            yield from _strings(value)


def own_words(shown: str) -> str:
    """What was the model's in a line that was shown; the line itself where that is not all."""
    if "“" not in shown:
        return shown
    says = next((s for s in map(_says, languages()) if shown.startswith(s)), None)
    return shown if says is None else shown.removeprefix(says).partition("”")[0]


def printable(text: str) -> str:
    """Without what steers a terminal or turns the direction of writing; lines stay lines."""
    return "".join(
        c for c in text
        if c in ("\n", _JOINER) or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )  # fmt: skip


def guarded(house: HouseView, person: Person) -> list[Device]:
    """What is not opened without a confirmation code, and what tells whether it is open."""
    return [d for d in house.devices.values() if _is_guarded(d, house) and may_read(person, d)]


def standing(house: HouseView, caller: Caller) -> str:
    """How each guarded thing is, as it last told: "the front door is locked"."""
    words, fates = caller.wording, dict[tuple[str, str], list[Device]]()
    for device in guarded(house, caller.person):
        one, many = (_how(device, house, words, many) for many in (False, True))
        fates.setdefault((one, many), []).append(device)
    said = [words.say("told", who=_which(devices, words),
                      what=many if _several(devices, words) else one)
            for (one, many), devices in fates.items()]  # fmt: skip
    return words.say("in-the-house", things="; ".join(said)) if said else ""


def _is_guarded(device: Device, house: HouseView) -> bool:
    risky = any(device.ability(c.kind) and c.risk(device.kind) is Risk.CONFIRM for c in _RISKY)
    reading = house.state(device.id).get("reading")
    return risky or (isinstance(reading, Reading) and reading.contact is not None)


def _how(device: Device, house: HouseView, words: Words, many: bool) -> str:
    count = 2 if many else 1
    if device.id in house.away:
        return words.say("does-not-answer", count=count)
    state = house.state(device.id)
    reading = state.get("reading")
    if isinstance(reading, Reading) and reading.contact is not None:
        how = "open" if reading.contact else "closed"
        return words.say("is-state", count=count, state=how)
    shown = next((v for c in _RISKY if (v := state.get(c.kind)) is not None), None)
    if shown is None:
        return words.say("has-not-told", count=count)
    return predicate(shown, words, many)


def _which(devices: Sequence[Device], words: Words) -> str:
    if len(devices) <= MANY:
        return subject(devices, words)
    some = subject(devices[:MANY], words)
    return words.say("and-more", things=some, n=len(devices) - MANY)


def _several(devices: Sequence[Device], words: Words) -> bool:
    return len(devices) > 1 or plural(devices[0], words)
