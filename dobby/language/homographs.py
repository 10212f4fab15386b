"""Words that may be two things, and what tells which: "light", "lock", "all", "on", "red"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dobby.language.lexicon import Entry, Lexicon
from dobby.language.names import HouseNames
from dobby.language.sign import Sign
from dobby.language.tokens import Token

_NOUN_TOO, _VERB_TOO, _STATE_TOO, _SCENE_TOO, _ALL_TOO, _SPLIT = 1.0, 1.0, 0.15, 0.3, 0.6, 1.0
_THING_TOO = 0.1
_BEFORE_A_CLAUSE = frozenset({"filler", "join", "no", "talk", "unknown"})
_BEHIND_A_NOUN = frozenset({"state", "except", "filler", "join", "in", "at", "if", "time"})
_TELLING = frozenset({"state", "armed", "mode"})
_CALLING = frozenset({"det", "kind", "pronoun", "order", "color", "number"})
_DESCRIBING = frozenset({"color", "white", "level"})


class Homographs:
    """What a meaning of a word costs where the word has another; of one sentence."""

    def __init__(self, lexicon: Lexicon, names: HouseNames) -> None:
        self._lexicon, self._names = lexicon, names
        self._openings = {0}  # where a clause may begin

    def follow(self, signs: Iterable[Sign]) -> None:
        """Takes up what the words so far may be."""
        self._openings |= {s.end for s in signs if s.cat in _BEFORE_A_CLAUSE}

    def doubt(
        self, tokens: Sequence[Token], at: int, end: int, entry: Entry, entries: Sequence[Entry]
    ) -> float | None:
        """What it costs to take the words for ``entry``; None: they are not that here."""
        match entry.category:
            case "act":
                return self._verb(tokens, at, end, entries)
            case "kind":
                return self._noun(tokens, at, end, entries)
            case "in" if any(e.category == "state" for e in entries):
                return _STATE_TOO  # "the light on upstairs" is on
            case "mode" if any(e.category == "kind" for e in entries):
                return _THING_TOO  # "the heating to 22" is a thing before it is a mode
            case "quantity" if entry.meaning == "everything":
                both = any(e.meaning == "all" for e in entries)
                return _ALL_TOO if both and not self._ends(tokens, end) else 0.0
            case cat if cat in _DESCRIBING and self._describes(tokens, at, end):
                return None  # "the red lamp" is so called, or unknown
            case "color" if end - at > 1 and self._parts_a_name(tokens, at):
                return _SPLIT  # "the disco light blue"
            case _:
                return 0.0

    def addresses(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a name that is no word opens a sentence, and an order follows that names more:
        "Ben turn on the light" is said to Ben, or about him, and not of his room."""
        if at or self._word(tokens, 0):
            return False
        rest = list(range(1, len(tokens)))
        while rest and any(e.category == "filler" for e in self._word(tokens, rest[0])):
            rest = rest[1:]
        return len(rest) > 1 and any(e.category == "act" for e in self._word(tokens, rest[0]))

    def _verb(self, tokens: Sequence[Token], at: int, end: int, entries: Sequence[Entry]) -> float:
        """A verb that is a noun, too ("light"), is one only where a clause begins; a scene that is
        called like a verb ("chill") is meant before it."""
        named = self._names.named(self._names.stems(" ".join(t.text for t in tokens[at:end])))
        if any(n.of == "device" and self._names.devices[n.ref].kind == "scene" for n in named):
            return _SCENE_TOO
        noun = any(e.category == "kind" for e in entries)
        return _NOUN_TOO if noun and not self._opens(tokens, at) else 0.0

    def _noun(self, tokens: Sequence[Token], at: int, end: int, entries: Sequence[Entry]) -> float:
        """A noun that is a verb, too, is one no more before an article: "lock the door"."""
        if not self._opens(tokens, at) or all(e.category != "act" for e in entries):
            return 0.0
        follows = self._word(tokens, end) if end < len(tokens) and not tokens[end].gap else []
        return _VERB_TOO if any(e.category == "det" for e in follows) else 0.0

    def stands_alone(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a word of a name means something by itself and stands by itself: "night", against
        "night lamp" and "the night one"."""
        if all(e.category not in _TELLING for e in self._word(tokens, at)):
            return False
        before = at > 0 and not tokens[at].gap and self._may_call(tokens, at - 1)
        after = at + 1 < len(tokens) and not tokens[at + 1].gap
        return not (before or (after and self._may_call(tokens, at + 1)))

    def _may_call(self, tokens: Sequence[Token], at: int) -> bool:
        stem = self._lexicon.morphology.stem(tokens[at].text)
        named = stem in self._names.parts or stem in self._names.room_parts
        return named or any(e.category in _CALLING for e in self._word(tokens, at))

    def _opens(self, tokens: Sequence[Token], at: int) -> bool:
        return at in self._openings or bool(tokens[at].gap)

    def _parts_a_name(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a noun behind a word of a name or a place starts something else there."""
        if not at or tokens[at].gap or all(e.category != "kind" for e in self._word(tokens, at)):
            return False
        before = self._word(tokens, at - 1)
        stem = self._lexicon.morphology.stem(tokens[at - 1].text)
        called = stem in self._names.parts or stem in self._names.room_parts
        return called and all(e.category != "kind" for e in before)

    def _describes(self, tokens: Sequence[Token], at: int, end: int) -> bool:
        """Whether a colour, say, stands between an article and a noun: "the red lamp"."""
        if not at or end >= len(tokens) or tokens[end].gap or tokens[at].gap:
            return False
        if all((e.category, e.meaning) != ("det", "-") for e in self._word(tokens, at - 1)):
            return False
        stem = self._lexicon.morphology.stem(tokens[end].text)
        kinds = any(e.category == "kind" for e in self._word(tokens, end))
        return kinds or stem in self._names.parts or stem in self._names.room_parts

    def _ends(self, tokens: Sequence[Token], end: int) -> bool:
        """Whether no noun can follow: "all off", "all but the lamp"."""
        if end >= len(tokens) or tokens[end].gap:
            return True
        return any(e.category in _BEHIND_A_NOUN for e in self._word(tokens, end))

    def _word(self, tokens: Sequence[Token], at: int) -> list[Entry]:
        return self._lexicon.word(tokens[at].text)
