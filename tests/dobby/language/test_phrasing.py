"""What a sentence says, whatever the house then does about it."""

from __future__ import annotations

import pytest

from dobby.language.lexicon import LANGUAGES, lexicon
from dobby.language.phrases import grammar
from dobby.language.tokens import folded, tokenise


def test_words_are_compared_without_accents() -> None:
    assert [folded(w) for w in ("Küche", "Łazienka", "l'été", "STRASSE", "Straße")] == [
        "kuche", "lazienka", "lete", "strasse", "strasse",
    ]  # fmt: skip


def test_what_is_elided_is_a_word_of_its_own() -> None:
    tokens = tokenise("l'ampoule d'Anna, 21,5°", ("l", "d"))
    assert [t.text for t in tokens] == ["l", "ampoule", "d", "anna", "21,5", "°"]
    assert [t.gap for t in tokens] == ["", "", "", "", ",", ""]
    assert "l'ampoule d'Anna, 21,5°"[tokens[1].start : tokens[3].end] == "ampoule d'Anna"


def test_every_rule_of_the_grammar_can_be_read() -> None:
    assert len(grammar().double) > 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_read(language: str) -> None:
    assert lexicon(language).words
