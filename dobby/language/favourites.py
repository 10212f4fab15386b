"""Titles in free text: which favourite is meant by some of its words, and what is no title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from dobby.language.lexicon import Lexicon
from dobby.language.tokens import Token

_SMALL = frozenset({"det", "filler", "of"})


class Favourites:
    """The favourites of a house by their words."""

    def __init__(self, lexicon: Lexicon, stems: Callable[[str], tuple[str, ...]]) -> None:
        self.of_word: dict[str, set[str]] = defaultdict(set)  # stem -> favourites with it
        self.parts: dict[str, set[str]] = defaultdict(set)  # of those, words of no other meaning
        self._whole: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._lexicon, self._stems = lexicon, stems

    def add(self, choice: str) -> None:
        key = self._stems(choice)
        self._whole[key].add(choice)
        for word, stem in zip(self._lexicon.key(choice), key, strict=True):
            if not self._lexicon.is_small(word):
                self.of_word[stem].add(choice)
            if not self._lexicon.word(word):
                self.parts[stem].add(choice)

    def meant(self, text: str) -> str:
        """The one favourite that free text means: by its name, or by words of it, with or without
        what titles are called ("the jazz playlist", "songs for the baby"); "" if there is none."""
        tokens = self._lexicon.tokenise(text)
        ends = [at for at, token in enumerate(tokens) if at and self._is(token, "for")]
        for end in (len(tokens), *ends):
            words = self._untitled(tokens[:end])
            if not words:
                continue
            key = self._stems(_cut(text, words))
            found = self._whole.get(key) or set[str].intersection(
                *(self.of_word.get(stem, set[str]()) for stem in key)
            )
            if found:
                return next(iter(found)) if len(found) == 1 else ""
        return ""

    def begun(self, text: str) -> bool:
        """Whether a favourite, and then a place, stands there: then the place is unknown."""
        tokens = self._lexicon.tokenise(text)
        return any(
            (self._is(token, "in") or self._is(token, "at"))
            and bool(self.meant(text[: token.start]))
            for token in tokens[1:]
        )

    def tells(self, text: str) -> bool:
        """Whether free text is a statement, and no title: "time is over"."""
        return any(self._is(token, "be") for token in self._lexicon.tokenise(text))

    def title(self, text: str) -> str:
        """Free text as a title: without the little words around it, and what titles are called."""
        words = self._untitled(self._lexicon.tokenise(text))
        return _cut(text, words) if words else ""

    def _is(self, token: Token, *categories: str) -> bool:
        return any(e.category in categories for e in self._lexicon.word(token.text))

    def _untitled(self, tokens: Sequence[Token]) -> Sequence[Token]:
        """Without "some", "the song", "playlist", "please" at the ends."""
        while size := self._portion(tokens):
            tokens = tokens[size:]
        while tokens and self._is(tokens[-1], "filler"):
            tokens = tokens[:-1]
        if len(tokens) > 1 and self._is(tokens[-1], "titled"):
            tokens = tokens[:-1]
        return tokens

    def _portion(self, tokens: Sequence[Token]) -> int:
        """How many words at the start only lead to a title: "some", "the song", "a bit of"."""
        if not tokens:
            return 0
        if self._is(tokens[0], *_SMALL) or (len(tokens) > 1 and self._is(tokens[0], "titled")):
            return 1
        return max((size for size, entries in self._lexicon.at(tokens, 0)
                    if any(e.category == "portion" for e in entries)), default=0)  # fmt: skip


def _cut(text: str, words: Sequence[Token]) -> str:
    return text[words[0].start : words[-1].end]
