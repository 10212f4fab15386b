"""A sentence as words: cut, spelt out, and folded to what is compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(
    r"(?<!\w)(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*|(?:[^\W\d_]|(?<=\w)['’](?=[^\W\d_]))+(?:-(?=[\s,]))?|•+|[%°&+#]|[-−](?=\d)|[,.;:!?\n()\"“”„«»]"
)
_BREAKS = frozenset(',.;:!?\n()"“”„«»')
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_FOLDED = str.maketrans(
    {"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "’": "'", "−": "-"}
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, folded, as it stands from ``start`` to ``end``; ``gap`` is the mark before it."""

    raw: str
    text: str
    gap: str = ""
    start: int = 0
    end: int = 0


@lru_cache(maxsize=16_384)
def folded(word: str) -> str:
    """What is compared: small letters without accents ("Küche" and "kuche" are one)."""
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_FOLDED))
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("'", "")


def cleaned(text: str) -> str:
    """Composed text without what cannot be seen."""
    flat = unicodedata.normalize("NFKC", text)
    return "".join(c for c in flat if c == "\n" or unicodedata.category(c) not in _INVISIBLE)


def tokenise(
    text: str,
    elided: Sequence[str] = (),
    spelt: Mapping[str, str] | None = None,
    transcribed: Mapping[str, str] | None = None,
) -> list[Token]:
    """The words of a cleaned ``text``. ``elided`` ones are cut off at their apostrophe ("l'"),
    ``spelt`` ones written out ("don't" -> "do not"); ``transcribed`` letters count as what they
    stand for ("ue" -> "u", as "ü" is folded)."""
    tokens: list[Token] = []
    gap = ""
    for match in _WORD.finditer(text):
        raw, at = match[0].replace("’", "'"), match.start()
        raw = raw.replace(".", "") if raw[-1:] == "." and len(raw) > 1 else raw  # "a.u.b."
        if raw in _BREAKS:
            gap = raw
            continue
        for part, size in _parts(raw, elided, spelt or {}):
            plain = folded(part)
            for letters, letter in (transcribed or {}).items():
                plain = plain.replace(letters, letter)
            tokens.append(Token(part, plain, gap, at, at + size))
            gap, at = "", at + size
    return tokens


def _parts(raw: str, elided: Sequence[str], spelt: Mapping[str, str]) -> list[tuple[str, int]]:
    """The words in one, and how many letters each takes up."""
    if said := spelt.get(raw.casefold()):
        words = said.split()
        return [*((word, 0) for word in words[:-1]), (words[-1], len(raw))]
    head, mark, rest = raw.partition("'")
    if mark and head.casefold() in elided:
        return [(head, len(head) + 1), *_parts(rest, elided, spelt)]
    return [(raw, len(raw))]
