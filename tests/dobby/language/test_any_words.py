"""Whatever words are put together are answered: an order, a question or an abstention."""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path

import pytest

from dobby.agent.calls import Context, Dialogue
from dobby.language.brain import Language
from dobby.language.lexicon import LANGUAGES, lexicon
from tests.dobby.language.conftest import declared

HOUSE = Path(__file__).parent / "house.yaml"
NOW = datetime(2026, 3, 1, 20, 15)
MIXES = 80
MARKS = ("", "", "", ",", ":", "?")
TURNS = {"no", "not", "except", "join"}  # exceptions of exceptions, corrections of corrections


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_mix_of_words_is_answered(language: str) -> None:
    house, brain, chance = declared(HOUSE), Language(), random.Random(language)
    words = sorted(lexicon(language).words)
    acts, turns, into = (_of(language, kinds) for kinds in ({"act"}, TURNS, {"in"}))
    names = [name for d in house.devices.values() for name in (d.name, d.room) if name]
    for turn in range(MIXES):
        if turn % 2:
            said = [chance.choice(chance.choice((words, names))) for _ in range(8)]
        else:
            said = [chance.choice(acts), chance.choice(names)]
            for _ in range(chance.randint(1, 3)):
                said += [chance.choice(turns) for _ in range(chance.randint(1, 2))]
                said += [chance.choice(into), chance.choice(names)] * chance.randint(1, 2)
        text = " ".join(word + chance.choice(MARKS) for word in said)
        understood = brain.understand(text, Context(house, NOW, None, Dialogue(), False, language))
        assert understood.calls or understood.reply or understood.offers, text


def _of(language: str, categories: set[str]) -> list[str]:
    known = lexicon(language)
    kinds = {word: {entry.category for entry in known.word(word)} for word in known.words}
    return sorted(word for word, found in kinds.items() if found & categories)
