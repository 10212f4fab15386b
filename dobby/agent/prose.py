"""What a model says of itself, shown as that: quoted, with what the house says beside it.

Its words are never policed: any of them, in any language, may be false. So they stand between
marks that they cannot end, and next to them how each guarded thing really is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import cast

from devices.capabilities import Alarm, Capability, Lock, Position, Power, Reading, Risk
from devices.device import Device
from dobby.agent.calls import HouseView, ToolCall
from dobby.agent.phrases import predicate, sentence
from dobby.agent.policy import may_read
from dobby.agent.subjects import plural, subject
from dobby.people.roles import Person

LONGEST = 1200  # characters of a model's words
SAYS = "My model says: “"
UNCHANGED = "Nothing in the house was changed."
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


def said_by_model(words: str, house: HouseView, person: Person) -> str:
    """The words of a turn that changed nothing, as they are shown to this person."""
    return f"{SAYS}{quoted(words)}” {sentence(standing(house, person))} {UNCHANGED}".replace(
        "  ", " "
    )


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
    if not shown.startswith(SAYS):
        return shown
    return shown.removeprefix(SAYS).partition("”")[0]


def printable(text: str) -> str:
    """Without what steers a terminal or turns the direction of writing; lines stay lines."""
    return "".join(
        c for c in text
        if c in ("\n", _JOINER) or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
    )  # fmt: skip


def guarded(house: HouseView, person: Person) -> list[Device]:
    """What is not opened without a confirmation code, and what tells whether it is open."""
    return [d for d in house.devices.values() if _is_guarded(d, house) and may_read(person, d)]


def standing(house: HouseView, person: Person) -> str:
    """How each guarded thing is, as it last told: "the front door is locked"."""
    fates: dict[tuple[str, str], list[Device]] = {}
    for device in guarded(house, person):
        fates.setdefault(_how(device, house), []).append(device)
    said = [f"{_which(devices)} {many if _several(devices) else one}"
            for (one, many), devices in fates.items()]  # fmt: skip
    return f"In the house: {'; '.join(said)}" if said else ""


def _is_guarded(device: Device, house: HouseView) -> bool:
    risky = any(device.ability(c.kind) and c.risk(device.kind) is Risk.CONFIRM for c in _RISKY)
    reading = house.state(device.id).get("reading")
    return risky or (isinstance(reading, Reading) and reading.contact is not None)


def _how(device: Device, house: HouseView) -> tuple[str, str]:
    """For one and for several of them."""
    if device.id in house.away:
        return "does not answer", "do not answer"
    state = house.state(device.id)
    reading = state.get("reading")
    if isinstance(reading, Reading) and reading.contact is not None:
        how = "open" if reading.contact else "closed"
        return f"is {how}", f"are {how}"
    shown = next((v for c in _RISKY if (v := state.get(c.kind)) is not None), None)
    if shown is None:
        return "has not told how it is", "have not told how they are"
    return predicate(shown), predicate(shown, plural=True)


def _which(devices: Sequence[Device]) -> str:
    if len(devices) <= MANY:
        return subject(devices)
    return f"{subject(devices[:MANY])} and {len(devices) - MANY} more"


def _several(devices: Sequence[Device]) -> bool:
    return len(devices) > 1 or plural(devices[0])
