"""Which names take an article within a sentence; the words for that are a language's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from dobby.language.words import HOME


@dataclass(frozen=True)
class Articles:
    """What ``articles.yaml`` of a language says."""

    article: str
    things: frozenset[str]  # no proper names: these take the article
    ordinary: frozenset[str]  # these lose their capital after it
    owned: tuple[str, ...]
    owners: frozenset[str]
    yours: Mapping[str, str]  # what an owner says, and what is said to them
    inside: frozenset[str]  # one is in these, and at other places
    room: str
    plural: str

    def is_owned(self, word: str) -> bool:
        """ "Anna's", "my"."""
        return any(mark in word for mark in self.owned) or word.casefold() in self.owners

    def is_thing(self, word: str) -> bool:
        return self._singular(word) in self.things

    def is_ordinary(self, word: str) -> bool:
        small = word.casefold()
        return not {small, self._singular(small)}.isdisjoint(self.things | self.ordinary)

    def is_common_room(self, room: str) -> bool:
        return all(self.is_ordinary(word) or word == self.room for word in room.split())

    def is_plural(self, name: str) -> bool:
        last = name.casefold().split()[-1:]
        return bool(last) and last[0].endswith(self.plural) and self.is_thing(last[0])

    def _singular(self, word: str) -> str:
        return word.removesuffix(self.plural) if len(word) > 3 else word


@cache
def articles(language: str) -> Articles | None:
    """Those of a language; None where names are said as the house has them."""
    path = HOME / language / "articles.yaml"
    if not path.exists():
        return None
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Articles(
        article=told["article"],
        things=frozenset(told["things"]),
        ordinary=frozenset(told["ordinary"]),
        owned=tuple(told["owned"]),
        owners=frozenset(told["owners"]),
        yours=told["yours"],
        inside=frozenset(told["inside"]),
        room=told["room"],
        plural=told["plural"],
    )
