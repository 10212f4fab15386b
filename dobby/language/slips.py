"""Slips of the finger: what a mistyped word may have been."""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import OSA

_LONG = 9  # letters; such a word may have two slips


def meant_by(word: str, vocabulary: Collection[str]) -> list[str]:
    """The words that are close, where nothing else is as close; none for one that is known."""
    if len(word) < 3 or not word.isalpha() or word in vocabulary:
        return []
    reach = 1 if len(word) < _LONG else 2
    near = process.extract(word, vocabulary, scorer=OSA.distance, score_cutoff=reach, limit=None)
    best = [w for w, distance, _ in near if distance == near[0][1] and w[0] == word[0]]
    if len(word) <= 4:  # one letter for another makes another word of it
        best = [w for w in best if len(w) > 4 or sorted(w) == sorted(word)]
    return sorted(best)
