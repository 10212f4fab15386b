"""What free text may be: goods, a name, or half of another order."""

from __future__ import annotations

from dobby.language.lexicon import further
from dobby.language.names import HouseNames

_OF_GOODS = frozenset(
    {"det", "filler", "of", "join", "number", "unit", "color", "white", "height", "level",
     "degree", "order", "genre", "comfort"}
)  # fmt: skip
_TIMES = frozenset({"occasion", "weekday"})
_GUARDS = frozenset({"not", "if", "time"})
_ACTING = frozenset({"act", "state", "direction", "ask", "be", "pronoun", "more", "past", "talk"})
_DENYING = frozenset({"not", "no", "except"})
_STOPS = frozenset("?!.;:\n")


def is_strange(text: str, names: HouseNames) -> bool:
    """Whether every word is unknown to the house and the language, or an everyday one, but for
    little ones and those that tell how goods are: "orange juice", "ground beef"."""
    tokens = names.lexicon.tokenise(text)
    said = [{e.category for e in names.lexicon.word(token.text)} for token in tokens]
    own = any(names.lexicon.morphology.stem(token.text) in names.parts for token in tokens)
    goods = [cats for cats in said if not cats or cats & {"everyday", "kind"} == {"everyday"}]
    rest = [cats for cats in said if cats not in goods]
    plain = all(token.text.isalpha() and len(token.text) > 1 for token in tokens)
    return plain and not own and bool(goods) and all(cats <= _OF_GOODS for cats in rest)


def guarded(text: str, names: HouseNames) -> bool:
    """Whether free text holds a word that turns a sentence round: "not", "if", "tomorrow"."""
    tokens = names.lexicon.tokenise(text)
    return any(t.gap in _STOPS for t in tokens[1:] if t.gap) or any(
        entry.category in _GUARDS
        for at in range(len(tokens))
        for _, entries in names.lexicon.at(tokens, at)
        for entry in entries
    )


def tells_when(text: str, names: HouseNames) -> bool:
    """Whether free text is a time and nothing else: "the night"."""
    words = further(names.lexicon.language)
    tokens = names.lexicon.tokenise(names.plain(text))
    return any(
        size == len(tokens) and any(e.category in _TIMES for e in entries)
        for size, entries in (words.at(tokens, 0) if tokens else ())
    )


def denies(text: str, names: HouseNames) -> bool:
    """Whether free text begins with what says that there be none: "no bread", "zero eggs"."""
    words = names.lexicon.tokenise(text)
    if len(words) < 2 or words[1].gap:
        return False
    return any(
        e.category in _DENYING or (e.category, e.meaning) in {("quantity", "none"), ("number", "0")}
        for e in names.lexicon.word(words[0].text)
    )


def acts(text: str, names: HouseNames) -> bool:
    """Whether a word of free text is what orders and questions are made of: "lights off"."""
    tokens = names.lexicon.tokenise(text)
    return any(not {e.category for e in names.lexicon.word(t.text)}.isdisjoint(_ACTING)
               and not names.says(t.text, "everyday") for t in tokens)  # fmt: skip


def asks(text: str, names: HouseNames) -> bool:
    """Whether free text begins as a question does: "what was it"."""
    return any(names.says(t.text, "ask") for t in names.lexicon.tokenise(text)[:1])


def tells_list(text: str, names: HouseNames) -> bool:
    """Whether a word of free text is that of a list."""
    lists = set(names.with_ability.get("todo", ()))
    return any(names.parts.get(stem, set()) & lists for stem in names.stems(text))


def points(text: str, names: HouseNames) -> bool:
    """Whether free text is only a pronoun: "it"."""
    return all(names.says(t.text, "pronoun") for t in names.lexicon.tokenise(text))
