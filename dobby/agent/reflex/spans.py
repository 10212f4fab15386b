"""A sentence cut into the longest pieces that the house or the lexicon knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dobby.agent.reflex.index import HouseIndex, Name
from dobby.agent.reflex.lexicon import Lexicon, Tags
from dobby.agent.reflex.numbers import Measure, measure_at
from dobby.agent.reflex.text import Token
from dobby.language.kinds import called_so, kinds_of

_NO_TAGS: Tags = {}


@dataclass(frozen=True, slots=True)
class Span:
    """Consecutive tokens and everything they may mean."""

    tokens: tuple[Token, ...]
    tags: Tags = field(default_factory=lambda: _NO_TAGS)
    names: tuple[Name, ...] = ()
    measure: Measure | None = None
    part: bool = False  # one word of some device's name
    room_part: bool = False  # one word of some room's name

    @property
    def text(self) -> str:
        return " ".join(t.text for t in self.tokens)

    @property
    def gap(self) -> str:
        return self.tokens[0].gap

    @property
    def unknown(self) -> bool:
        return not (self.tags or self.names or self.measure or self.part or self.room_part)

    def says(self, tag: str, meaning: str | None = None) -> bool:
        return tag in self.tags and (meaning is None or meaning in self.tags[tag])

    def named(self, *of: str) -> list[Name]:
        return [n for n in self.names if n.of in of]


def spans(tokens: Sequence[Token], index: HouseIndex, lexicon: Lexicon) -> list[Span]:
    """``tokens`` as spans, left to right, longest first; a full name beats an equal phrase."""
    found: list[Span] = []
    at = 0
    while at < len(tokens):
        span = _span_at(tokens, at, index, lexicon)
        before = found[-1] if found else None
        if (
            span.says("color")
            and span.tokens[0].text == "light"
            and len(span.tokens) > 1
            and (before and not span.gap and (before.part or before.named("device", "room")))
        ):  # "the disco light blue"
            span = _span_at(tokens[: at + 1], at, index, lexicon)
        found.append(span)
        at += len(span.tokens)
    return found


def _cuts_a_name(tokens: Sequence[Token], at: int, size: int, index: HouseIndex) -> bool:
    """Whether a name begins in the phrase and ends after it: "the house" of "the house alarm"."""
    for inside in range(at + 1, at + size):
        name = index.longest(tokens, inside)
        if name and name[0] > 1 and inside + name[0] > at + size:
            return True
    return False


_PLACES = {"room", "floor", "house", "home", "area", "space", "place"}  # too common to name a thing
_DEEDS = {"on", "off", "open", "close", "lock", "unlock", "arm", "disarm"}


def _played(tokens: Sequence[Token], at: int) -> bool:
    if at > 1 and tokens[at - 1].text in {"to", "onto"}:  # "projector to Switch"
        return True
    return any(t.text in {"play", "playing", "listen", "stream", "queue"} for t in tokens[:at])


_MANY = {"music", "heating"}  # nouns for what several kinds do


def _of_a_kind(
    name: tuple[int, list[Name]], phrase: tuple[int, Tags], index: HouseIndex
) -> tuple[tuple[int, list[Name]] | None, tuple[int, Tags]]:
    """One of both, where a word is a kind and the name of something else: "light", "TV".

    A sensor called "Light" is not meant by the word in a house that has lights.
    """
    size, names = name
    noun = phrase[1]["kind"][0].partition("/")[0]
    kinds = {index.devices[n.ref].kind for n in names if n.of == "device"}
    fits = any(kind in kinds_of(noun) or called_so(noun, kind) for kind in kinds)
    if fits or noun in _MANY or any(n.of != "device" for n in names):
        return name, phrase
    if kinds == {"sensor"} and index.of_kind.get(noun):
        return None, phrase
    return name, (size, {tag: said for tag, said in phrase[1].items() if tag != "kind"})


def _span_at(tokens: Sequence[Token], at: int, index: HouseIndex, lexicon: Lexicon) -> Span:
    name = index.longest(tokens, at)
    phrase = lexicon.match(tokens, at)
    risky = phrase is not None and (
        phrase[0] >= (name[0] if name else 0) or "switch" in phrase[1].get("verb", ())
    )
    risky = risky or (phrase is not None and bool(set(phrase[1].get("verb", ())) & _DEEDS))
    if name and phrase and risky and not _played(tokens, at):
        devices = [
            n for n in name[1] if n.of not in {"media", "source"}
        ]  # a song "Turn off the light"
        name = (name[0], devices) if devices else None
    if phrase and phrase[0] > 1 and _cuts_a_name(tokens, at, phrase[0], index):
        shorter = (m for m in lexicon.matches(tokens, at) if m[0] == 1)
        phrase = next(shorter, None)
    if name and phrase and name[0] == phrase[0] and "kind" in phrase[1]:
        name, phrase = _of_a_kind(name, phrase, index)
    measure = measure_at(tokens, at)
    size = max(name[0] if name else 0, phrase[0] if phrase else 0, measure[0] if measure else 0, 1)
    single = size == 1
    return Span(
        tokens=tuple(tokens[at : at + size]),
        tags=phrase[1] if phrase and phrase[0] == size else _NO_TAGS,
        names=tuple(name[1]) if name and name[0] == size else (),
        measure=measure[1] if measure and measure[0] == size else None,
        part=single and tokens[at].stem in index.parts and tokens[at].stem not in _PLACES,
        room_part=single and tokens[at].stem in index.room_parts,
    )
