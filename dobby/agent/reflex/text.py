"""Text to tokens: one spelling for everything a keyboard or a speech recogniser may produce."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(
    r"\d{1,2}:\d\d|[1-3]/[2-4](?!\d)|\d+(?:[.,]\d+)?|[^\W\d_]+(?:'[^\W\d_]+)?|[%°,;.!?&]|\+(?=\d)|[+-](?=\d)|:(?=\s)|\n",
)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "º": "°", "˚": "°"})
_INVISIBLE = {"Cf", "Cc", "Co", "Cs", "Cn", "Mn"}
_BREAKS = {",", ";", ".", "!", "?", "\n", ":"}

_CONTRACTIONS = {
    "n't": "not", "'s": "is", "'re": "are", "'m": "am", "'ll": "will", "'d": "would", "'ve": "have",
}  # fmt: skip
_IS_SHORT = {
    "what", "it", "that", "where", "who", "how", "there", "here", "when", "why", "he", "she",
    "everything", "anything", "something", "which",
}  # fmt: skip
_WHOLE = {
    "dont": "do not", "don't": "do not", "doesnt": "does not", "didnt": "did not",
    "cant": "can not", "can't": "can not", "cannot": "can not", "wont": "will not",
    "won't": "will not", "isnt": "is not", "arent": "are not", "wasnt": "was not",
    "shouldnt": "should not", "wouldnt": "would not", "couldnt": "could not",
    "havent": "have not", "whats": "what is", "wheres": "where is", "hows": "how is",
    "lets": "let us",
    "whos": "who is", "thats": "that is", "im": "i am", "i'm": "i am", "ive": "i have",
    "let's": "let us", "ill": "i will", "id": "i would", "ain't": "is not", "y'all": "you all",
    "gimme": "give me", "wanna": "want to", "u": "you", "ur": "your", "o'clock": "o clock",
    "1/2": "half", "1/4": "quarter", "3/4": "three quarters", "1/3": "third", "&": "and",
    "+": "higher by", "percent": "%", "percents": "%", "pct": "%", "degrees": "degree",
    "deg": "degree", "degs": "degree", "°": "degree", "til": "until", "'til": "until",
}  # fmt: skip


_DIGITS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One word: as it was written, as it is compared, and without its plural ending."""

    raw: str
    text: str
    stem: str
    gap: str = ""  # the comma, colon, full stop or line end that stood before it


def cleaned(text: str) -> str:
    """Compatibility-normalised text without invisible, combining or control characters."""
    flat = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).translate(_APOSTROPHES)
    kept = (c if c == "\n" or unicodedata.category(c) not in _INVISIBLE else "" for c in flat)
    return unicodedata.normalize("NFC", "".join(kept))


def stem(word: str) -> str:
    """A name's word as it is compared: "switches" -> "switch", "four" -> "4"."""
    if word in _DIGITS:
        return _DIGITS[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes")):
        return word[:-2]
    return word[:-1]


def tokenise(text: str) -> list[Token]:
    """The words of ``text``; contractions are spelt out, breaks are marked on the next word."""
    tokens: list[Token] = []
    gap = ""
    for raw in _WORD.findall(cleaned(text)):
        if raw in _BREAKS:
            gap = raw
            continue
        for word in _spelt_out(raw.casefold()).split():
            tokens.append(Token(raw, word, stem(word), gap))
            gap = ""
    return tokens


def _spelt_out(word: str) -> str:
    if word in _WHOLE:
        return _WHOLE[word]
    for ending, full in _CONTRACTIONS.items():
        if word.endswith(ending) and len(word) > len(ending):
            head = word[: -len(ending)]
            if ending != "'s" or head in _IS_SHORT:
                return f"{head} {full}"
            return head  # a possessive: "anna's lamp"
    return word.replace("'", "")


@lru_cache(maxsize=16_384)  # the names of a large house, looked at for every sentence
def words(text: str) -> tuple[str, ...]:
    """A name as it is compared: the stems of its words."""
    return tuple(t.stem for t in tokenise(text))
