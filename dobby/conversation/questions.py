"""Questions that memory may answer: which words tell what is asked for, and whether a fact does.

The words are those of ``dobby/language/<language>/memory.yaml``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

import yaml

from dobby.language.words import ENGLISH, HOME

_NUMBER = r"\d{1,2}(?:[:.]\d\d)?|(?:19|20)\d\d"  # a time of day, a day of a month, a year


@dataclass(frozen=True)
class _Telling:
    """What a language's words tell of a question, and of a sentence that may answer it."""

    personal: frozenset[str]  # true only in the mouth of who said it
    asking: frozenset[str]  # these a fact need not have: "where did I put", "what is the number of"
    verbs: frozenset[str]
    at: frozenset[str]  # what stands before one of these is what is told of
    who: frozenset[str]
    who_is: frozenset[str]
    fits: Sequence[tuple[re.Pattern[str], re.Pattern[str]]]  # what asks, and what an answer says
    endings: Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """What a question asks for: the words that an answer has to hold."""

    language: str
    words: tuple[str, ...]
    of_whom: bool = False  # "who has the key": the thing may stand anywhere in the answer
    fits: re.Pattern[str] | None = None  # what an answer says besides: a time, a place

    @classmethod
    def of(cls, question: str, language: str) -> Self:
        own, said = _telling(language), _words(question)
        telling = tuple(dict.fromkeys(word for word in said if word not in own.asking))
        who = next((at for at, word in enumerate(said) if word in own.who), None)
        is_who = who is not None and not own.who_is.isdisjoint(said[who + 1 : who + 2])
        fits = next((form for asks, form in own.fits if asks.search(question)), None)
        return cls(language, telling, who is not None and not is_who, fits)

    def answered_by(self, fact: str) -> bool:
        """Whether a fact that holds all the words is about what is asked for: a single word has to
        be what it tells of, so that "where is Anna" is not answered by who has Anna's key."""
        if self.fits and not self.fits.search(fact):
            return False
        if len(self.words) > 1 or self.of_whom:
            return True
        own, said = _telling(self.language), _words(fact)
        told = next((n for n, word in enumerate(said) if word in _IS | own.verbs | own.at), 0)
        heads = [word for word in said[:told] if word not in own.asking][-1:]
        heads += [a for a, b in itertools.pairwise(said) if b in own.at and a not in own.asking]
        stems = {_stem(word, own.endings) for word in heads}
        return any(_stem(word, own.endings) in stems for word in self.words)


def stands_alone(fact: str, language: str) -> bool:
    """Whether a fact is a sentence that anybody may say: nobody's "my", no clause without its
    "that"."""
    own, said = _telling(language), _words(fact)
    return own.personal.isdisjoint(said) and said[-1:] != [] and said[-1] not in own.verbs


_IS = frozenset("=:")


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+|[=:]", text.casefold())


def _stem(word: str, endings: Mapping[str, str]) -> str:
    for ending, instead in endings.items():
        if word.endswith(ending) and len(word) - len(ending) > 2:
            return word[: -len(ending)] + instead
    return word


@cache
def _telling(language: str) -> _Telling:
    path = HOME / language / "memory.yaml"
    if not path.exists():
        return _telling(ENGLISH)
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    at = told["at"]
    fits = (
        (_any(told["asks_time"]), _any(told["tells_time"], _NUMBER)),
        (_any(told["asks_place"]), _any([*at, *told["tells_place"]])),
    )
    sets = {
        name: frozenset(told[name]) for name in ("personal", "asking", "verbs", "who", "who_is")
    }
    return _Telling(**sets, at=frozenset(at), fits=fits, endings=told["endings"])


def _any(phrases: Iterable[str], *patterns: str) -> re.Pattern[str]:
    """Any of these, as whole words."""
    return re.compile(rf"\b(?:{'|'.join([*map(re.escape, phrases), *patterns])})\b", re.I)
