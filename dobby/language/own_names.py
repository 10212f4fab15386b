"""What the words of a name mean in a language: the kinds of things it speaks of, and orders."""

from __future__ import annotations

from dobby.language.lexicon import Entry, lexicon
from dobby.language.spoken import answer
from dobby.language.words import ENGLISH

_MEANINGLESS = frozenset(
    {"everyday", "number", "unit", "height", "storey", "genre", "activity", "span", "particle"}
)
_LITTLE = frozenset({"det", "filler"})
_NOUNS = frozenset({"kind", "mode", "armed", "color", "white", "attribute"})  # as in "heat lamp"
_TURNED = frozenset({"state", "direction"})
_POINTING = frozenset(
    {"quantity", "pronoun", "not", "if", "time", "past", "reported", "except", "ask", "asked",
     "be", "no", "comfort"}
)  # fmt: skip

Run = list[Entry]  # what a phrase of a name may mean; nothing for a word of its own


def runs(text: str, language: str = ENGLISH) -> list[Run]:
    """A text as phrases of the language, each as long as may be."""
    words = lexicon(language)
    tokens, at, found = words.tokenise(text), 0, list[Run]()
    while at < len(tokens):
        told = {
            size: said for size, entries in words.at(tokens, at)
            if (said := [e for e in entries if e.category not in _MEANINGLESS])
        }  # fmt: skip
        size = max(told, default=1)
        found.append(told.get(size, []))
        at += size
    return found


def kinds_in(name: str, language: str = ENGLISH) -> list[str]:
    """The kinds of things that a name speaks of, as it does: "Garage light" is garage, light;
    "Nachtlicht" a light, where the language builds such words."""
    words, found = lexicon(language), list[str]()
    for run in runs(name, language):
        found += dict.fromkeys(_kinds(run))
    if not found and words.morphology.links:
        for token in words.tokenise(name):
            ends = (words.word(token.text[cut:]) for cut in range(2, len(token.text) - 2))
            found += next((kinds for entries in ends if (kinds := _kinds(entries))), list[str]())
    return found


def _kinds(entries: list[Entry]) -> list[str]:
    return list(dict.fromkeys(e.meaning.partition("/")[0] for e in entries if e.category == "kind"))


def begins_with_verb(text: str, language: str = ENGLISH) -> bool:
    """Whether a text begins as an order does."""
    found = runs(text, language)
    return bool(found) and any(e.category == "act" for e in found[0])


def unfit(name: str, language: str = ENGLISH) -> str:
    """Why a name would be taken for something else: the id of the message that says so, or "";
    ``name-common`` for one that is only the noun of a kind, which not everybody may bear."""
    said = [run for run in runs(name, language) if not _LITTLE & _categories(run)]
    if not said or answer(name, language):
        return "name-unclear"
    known = all(said)
    turned = any(_TURNED & _categories(run) for run in said[1:])  # "switch the kettle on"
    first = _categories(said[0])
    if "act" in first and (turned or not first & _NOUNS):
        return "name-order"
    if known and any(_categories(run) & (_TURNED | {"more"}) for run in said):
        return "name-order"
    common = known and not any("kind" in _categories(run) for run in said)
    if common or (known and any(_categories(run) <= _POINTING for run in said)):
        return "name-word"
    return "name-common" if len(said) == 1 and "kind" in first else ""


def _categories(run: Run) -> set[str]:
    return {entry.category for entry in run}
