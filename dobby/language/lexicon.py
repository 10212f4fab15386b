"""The words of one language, read once from its folder: phrase -> category and meaning.

``lexicon.yaml`` maps a category to meanings and a meaning to phrases. In a phrase ``(a|b)`` are
alternatives and ``[a]`` may be left out; `` / `` stands between singular and plural, ``…`` between
words that stand apart ("schließ … auf"). Accents count where they tell two words apart. The entry
``morphology`` tells how the language builds words: ``elided``, ``spelt``, ``transcribed``,
``endings``, ``alternations``, ``links`` of its compounds, ``enclitics``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dobby.language.tokens import Token, folded, tokenise

LANGUAGES = tuple(
    sorted(f.name for f in files("dobby.language").iterdir() if (f / "lexicon.yaml").is_file())
)

LAST = "…"


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a phrase. ``plural`` is None where the word does not tell."""

    category: str
    meaning: str
    plural: bool | None = None
    particle: str = ""  # what has to close its clause: the "auf" of "schließ … auf"; LAST: itself
    written: str = ""  # with its accents: what is written so is meant so
    after: str = ""  # what has to stand before it: the "can" of "can … be"


@dataclass(frozen=True)
class Morphology:
    """How a language builds words. Everything is compared folded."""

    elided: tuple[str, ...] = ()
    spelt: dict[str, str] = field(default_factory=dict[str, str])
    transcribed: dict[str, str] = field(default_factory=dict[str, str])  # "ue": "u", for "ü"
    endings: tuple[str, ...] = ()  # of nouns and names: cut off to compare, the longest first
    alternations: dict[str, str] = field(default_factory=dict[str, str])  # at a stem's end
    single: bool = False  # a doubled letter counts once: "raam", "ramen"
    links: tuple[str, ...] = ()  # between the parts of a compound; none: no compounds
    enclitics: dict[str, str] = field(default_factory=dict[str, str])  # "las": pronoun "them"

    def stem(self, word: str) -> str:
        """A name's word as it is compared: without ending, alternation and doubled letters."""
        for ending in self.endings:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                word = word[: -len(ending)]
                break
        for heard, meant in self.alternations.items():
            if word.endswith(heard) and len(word) - len(heard) >= 2:
                word = word[: -len(heard)] + meant
                break
        return re.sub(r"(.)\1", r"\1", word) if self.single else word


def _morphology(built: dict[str, Any]) -> Morphology:
    return Morphology(
        elided=tuple(built.get("elided", ())),
        spelt={str(k).casefold(): str(v) for k, v in built.get("spelt", {}).items()},
        transcribed={str(k): str(v) for k, v in built.get("transcribed", {}).items()},
        endings=tuple(sorted(map(folded, built.get("endings", ())), key=len, reverse=True)),
        alternations={folded(k): folded(v) for k, v in built.get("alternations", {}).items()},
        single=bool(built.get("single")),
        links=tuple(built.get("links", ())),
        enclitics={folded(k): str(v) for k, v in built.get("enclitics", {}).items()},
    )


class Lexicon:
    """Phrases by their first word and their length."""

    def __init__(
        self, language: str, data: dict[str, Any], morphology: Morphology | None = None
    ) -> None:
        self.language = language
        self.morphology = morphology or _morphology(data.pop("morphology", {}))
        self.numbers: dict[str, float] = {
            folded(str(w)): float(n) for n, ws in data.pop("numbers", {}).items() for w in ws
        }
        self.units: dict[str, str] = {}
        self.spared = frozenset(
            key for phrase in data.pop("spared", ()) for said in _expanded(str(phrase))
            if (key := self.key(said))
        )  # fmt: skip
        self.outside = frozenset(
            word for phrase in data.pop("outside", ()) for word in self.key(str(phrase))
        )
        self._phrases: dict[str, dict[int, dict[tuple[str, ...], list[Entry]]]] = {}
        self.storeys: dict[str, list[str]] = defaultdict(list)  # words for floors by their height
        self.words: set[str] = set(self.numbers)
        self.categories = tuple(data)
        for category, meanings in data.items():
            for meaning, phrases in meanings.items():
                for phrase in phrases or ():
                    self._add(category, str(meaning), str(phrase))

    def key(self, phrase: str) -> tuple[str, ...]:
        """A phrase as it is compared."""
        return tuple(t.text for t in self.tokenise(phrase))

    def _add(self, category: str, meaning: str, phrase: str) -> None:
        one, slash, many = phrase.partition(" / ")
        for form, plural in ((one, False if slash else None), (many, True)):
            for said in _expanded(form):
                start, _, tail = said.partition("…")
                tokens, rest = self.tokenise(start), self.tokenise(tail) if tail else []
                particle = " ".join(t.text for t in rest)
                last = particle if tokens else LAST
                if whole := tokens or rest:
                    entry = Entry(
                        category, meaning, plural, last if rest else "", as_written(whole)
                    )
                    self._put(tuple(t.text for t in whole), entry)
                if not (tokens and rest):
                    continue
                written, head = as_written(rest), " ".join(t.text for t in tokens)
                if category == "filler":  # its end may stand anywhere behind it
                    behind = Entry(category, meaning, written=written, after=head)
                else:
                    behind = Entry("particle", particle, written=written)
                self._put(tuple(t.text for t in rest), behind)

    def _put(self, key: tuple[str, ...], entry: Entry) -> None:
        sizes = self._phrases.setdefault(key[0], {})
        entries = sizes.setdefault(len(key), {}).setdefault(key, [])
        if entry not in entries:
            entries.append(entry)
            if entry.category == "storey":
                self.storeys[entry.meaning].append(" ".join(key))
        self.words.update(key)

    def at(self, tokens: Sequence[Token], at: int) -> Iterator[tuple[int, list[Entry]]]:
        """Every phrase that starts at ``at``: how many words, and what it may mean."""
        for size, phrases in self._phrases.get(tokens[at].text, {}).items():
            said = tokens[at : at + size]
            entries = phrases.get(tuple(t.text for t in said))
            if entries and not any(t.gap for t in said[1:]):
                yield size, entries

    def opening(self, tokens: Sequence[Token], at: int = 0) -> int:
        """How many words of courtesy begin at ``at``."""
        return max((s for s, entries in self.at(tokens, at) if _is_filler(entries)), default=0)

    def closing(self, tokens: Sequence[Token]) -> int:
        """How many words of courtesy end a text."""
        size = len(tokens)
        ends = (at for at in range(size) if any(
            at + s == size and _is_filler(entries) for s, entries in self.at(tokens, at)
        ))  # fmt: skip
        return size - next(ends, size)

    def word(self, text: str) -> list[Entry]:
        """What one word by itself may mean."""
        return self._phrases.get(text, {}).get(1, {}).get((text,), [])

    def of(self, category: str) -> Iterator[tuple[tuple[str, ...], Entry]]:
        """Every phrase of a category, as it is compared."""
        for sizes in self._phrases.values():
            for phrases in sizes.values():
                for key, entries in phrases.items():
                    yield from ((key, e) for e in entries if e.category == category)

    def is_small(self, text: str) -> bool:
        """Whether a word is a preposition or an article, and says nothing by itself."""
        return any(e.category in _SMALL for e in self.word(text))

    def tokenise(self, text: str) -> list[Token]:
        built = self.morphology
        return tokenise(text, built.elided, built.spelt, built.transcribed)


def as_written(tokens: Sequence[Token]) -> str:
    """Words with their accents: "ferme" is no "fermé"."""
    return " ".join(t.raw.casefold() for t in tokens)


_SMALL = frozenset({"in", "of", "to", "from", "with", "by", "at", "for", "det", "join"})
_GROUP = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]")


def _expanded(phrase: str) -> Iterator[str]:
    """Every way of saying a phrase with alternatives."""
    match = _GROUP.search(phrase)
    if not match:
        yield " ".join(phrase.split())
        return
    inner = match[1] if match[1] is not None else match[2]
    choices = inner.split("|") + ([] if match[1] is not None else [""])
    before, after = phrase[: match.start()], phrase[match.end() :]
    for choice in choices:
        yield from _expanded(f"{before}{choice}{after}")


@cache
def lexicon(language: str) -> Lexicon:
    """The words of a language, loaded when it is first spoken. Raises LookupError for others."""
    return Lexicon(language, _read(language, "lexicon"))


def _is_filler(entries: Sequence[Entry]) -> bool:
    """Whether it is one that stands in one piece."""
    return any(e.category == "filler" and not (e.particle or e.after) for e in entries)


@cache
def further(language: str) -> Lexicon:
    """The words for times and cameras, for which only a house with cameras has a use.

    Raises LookupError for a language that is not there.
    """
    words = {**_read(language, "times"), **_read(language, "cameras")}
    return Lexicon(language, words, lexicon(language).morphology)


@cache
def rooms(language: str) -> dict[str, list[str]]:
    """What each kind of room is called. Raises LookupError for a language that is not there."""
    return {kind: [str(p) for p in phrases] for kind, phrases in _read(language, "rooms").items()}


def _read(language: str, name: str) -> dict[str, Any]:
    if language not in LANGUAGES:
        raise LookupError(f"there is no language {language!r}")
    path = files("dobby.language").joinpath(language, f"{name}.yaml")
    if not path.is_file():
        return {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506 - a safe loader either way
