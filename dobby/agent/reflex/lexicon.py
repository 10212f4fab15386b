"""The vocabulary of one language, read once from its data file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dobby.agent.reflex.text import Token, tokenise, words

Tags = dict[str, tuple[str, ...]]  # tag -> its meanings, as of one phrase


_SMALL = {"filler", "det", "prep", "join", "guard", "talk", "ask", "question", "aux", "comfort"}


class Lexicon:
    """Phrases by their first word; the longest that matches wins."""

    def __init__(self, data: dict[str, dict[Any, list[Any]]]) -> None:
        self._phrases: dict[str, dict[tuple[str, ...], Tags]] = {}
        self.words: set[str] = set()
        self.content: set[str] = set()  # without the words that only hold a sentence together
        self.same_rooms = [
            [words(str(p)) for p in phrases] for phrases in data.pop("same_room", {}).values()
        ]
        self.everyday = frozenset(str(w) for w in data.pop("everyday", {}).get("words", ()))
        self.not_music = frozenset(str(w) for w in data.pop("not_music", {}).get("words", ()))
        self.spelling = {
            str(slip): str(word)
            for word, slips in data.pop("spelling", {}).items()
            for slip in slips
        }
        self._sentences = data.pop("sentences", {})
        for tag, meanings in data.items():
            for meaning, phrases in meanings.items():
                for phrase in phrases:
                    self._add(tag, str(meaning), str(phrase))
        for starts in self._phrases.values():  # longest first
            for key in sorted(starts, key=len, reverse=True):
                starts[key] = starts.pop(key)

    def _add(self, tag: str, meaning: str, phrase: str) -> None:
        key = tuple(t.text for t in tokenise(phrase))
        tags = self._phrases.setdefault(key[0], {}).setdefault(key, {})
        tags[tag] = (*tags.get(tag, ()), meaning)
        self.words.update(key)
        if tag not in _SMALL:
            self.content.update(key)

    def match(self, tokens: Sequence[Token], at: int) -> tuple[int, Tags] | None:
        """The longest phrase that starts at ``at``: its length and tags."""
        for key, tags in self._phrases.get(tokens[at].text, {}).items():
            size = len(key)
            if tuple(t.text for t in tokens[at : at + size]) == key:
                return size, tags
        return None

    def kinds(self, tokens: Sequence[Token]) -> set[str]:
        """Every noun for a kind of devices in these words."""
        found = (tags for at in range(len(tokens)) for _, tags in self.matches(tokens, at))
        return {kind for tags in found for kind in tags.get("kind", ())}

    def matches(self, tokens: Sequence[Token], at: int) -> Iterator[tuple[int, Tags]]:
        """Every phrase that starts at ``at``, longest first."""
        for key, tags in self._phrases.get(tokens[at].text, {}).items():
            if tuple(t.text for t in tokens[at : at + len(key)]) == key:
                yield len(key), tags

    def sentences(self, group: str) -> list[tuple[str, re.Pattern[str]]]:
        """The named sentence patterns of a group, in the order they are tried."""
        flags = re.IGNORECASE | re.DOTALL
        return [(name, re.compile(p, flags)) for name, p in self._sentences.get(group, ())]

    def whole(self, tokens: Sequence[Token], tag: str, meaning: str) -> bool:
        """Whether exactly these tokens are a phrase with that meaning."""
        if not tokens:
            return False
        key = tuple(t.text for t in tokens)
        return meaning in self._phrases.get(key[0], {}).get(key, {}).get(tag, ())


@cache
def english() -> Lexicon:
    source = files("dobby.agent.reflex").joinpath("en.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return Lexicon(yaml.load(source, loader))  # noqa: S506 - a safe loader either way
