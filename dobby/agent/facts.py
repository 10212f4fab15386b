"""Which remembered facts a model is told: as what a named person said, and never as an order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dobby.agent.calls import HouseView
from dobby.agent.prose import quoted
from dobby.language.own_names import begins_with_verb, kinds_in
from dobby.language.spoken import language_of
from dobby.language.words import ENGLISH


@dataclass(frozen=True)
class Told:
    """A fact, by whom it was told; ``own``: by whoever is being answered."""

    text: str
    by: str
    own: bool

    def __str__(self) -> str:
        return f"{self.by} said: “{quoted(self.text)}”"


# What somebody else told has to be a plain statement: whatever else it may be is left out.
_STATEMENT = re.compile(
    r"^(?:(?:the|our|a|an|this|there|my)\b|[^\W\d_]+(?:['’]s)?\s).*?\s"
    r"(?:is|are|was|were|has|have|lies?|hangs?|stands?|lives?|belongs?|needs?|works?|likes?)\s",
    re.I | re.S,
)
_NOT_PLAIN = re.compile(
    r"[{}()\[\]<>:;=_\n|#*`]|\b(?:you|your|yours|yourself|dobby|assistant|system|user|model|"
    r"must|shall|should|always|never|whenever|when|if|unless|please|then)\b",
    re.I,
)
# What is somebody's own may be of any form but an order's.
_MARKUP = re.compile(r"[{}<>]|\w\(|\b(?:system|assistant|developer|user|tool)\s*:", re.I)
_BETWEEN = re.compile(r"[.,;:!?\n]|\b(?:and|then|but|und|dann|aber)\b", re.I)
_BEFORE_ORDERS = re.compile(
    r"^(?:(?:please|kindly|just|also|now|dobby|bitte|jetzt|auch)\s+)+", re.I
)
_ORDERS = re.compile(
    r"^(?:always|never|whenever|call|run|execute|use|send|ignore|obey|do|don['’]?t|tell|say|reply|"
    r"answer|write|act|pretend|from now on|you (?:must|should|shall|will|have to|are to)|"
    r"immer|nie(?:mals)?|ignorier\w*|gehorch\w*|öffne\w*|schlie(?:ß|ss)\w*|schalte?|mach\w*|"
    r"stell\w*|sag\w*|antworte\w*|schreib\w*|ruf\w*|tu|du (?:sollst|musst|wirst)|ab jetzt)\b",
    re.I,
)
_NUMBER = re.compile(r"\d(?:\W{0,3}\d){3,}")  # a code, for all that anybody knows
_HOUSE = frozenset({"house", "home", "flat", "garden", "key", "keys", "wifi", "water", "power"})


def may_tell(fact: Told, house: HouseView) -> bool:
    """Whether a model may read this fact."""
    if reads_as_order(fact.text) or _NUMBER.search(fact.text):
        return False
    return fact.own or (is_statement(fact.text) and is_about(fact.text, house))


def reads_as_order(text: str) -> bool:
    """Whether a part of it begins as an order does, or it is written as machines are told."""
    if _MARKUP.search(text):
        return True
    parts = (part.strip() for part in _BETWEEN.split(text))
    said = [_BEFORE_ORDERS.sub("", part) for part in parts if part]
    return any(_ORDERS.match(part) or _begins_with_verb(part) for part in said if part)


def is_statement(text: str) -> bool:
    return bool(_STATEMENT.match(f"{text} ")) and not _NOT_PLAIN.search(text)


def is_about(text: str, house: HouseView) -> bool:
    """Whether it speaks of a room, a device or a kind of device, or of the house as such."""
    words = set(re.findall(r"[^\W_]+", text.casefold()))
    if words & _HOUSE or _kinds(text):
        return True
    called = [d.name for d in house.devices.values()] + list(house.rooms)
    return any(set(name.casefold().split()) <= words for name in called if name.strip())


def _kinds(text: str) -> list[str]:
    return [kind for language in _languages(text) for kind in kinds_in(text, language)]


def _begins_with_verb(part: str) -> bool:
    return any(begins_with_verb(part, language) for language in _languages(part))


def _languages(text: str) -> set[str]:
    return {ENGLISH, language_of(text) or ENGLISH}
