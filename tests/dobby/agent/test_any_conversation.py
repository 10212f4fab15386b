"""Whatever is said after whatever: a reply comes, also where little words point at nothing."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from tests.sentences.book import Sentence, load
from tests.sentences.stage import Stage

LITTLE = (
    "yes", "no", "it", "both", "again", "stop", "the other one", "the first one", "all of them",
    "and the one in the hall", "turn the one in the kitchen off", "not that one", "the others too",
)  # fmt: skip
CONVERSATIONS, LINES = 8, 10


@pytest.mark.parametrize("seed", range(8))
async def test_any_conversation_is_answered(seed: int) -> None:
    dice = random.Random(seed)
    books = defaultdict[str, list[Sentence]](list)
    for sentence in load():
        books[sentence.house].append(sentence)
    house = dice.choice(sorted(books))
    async with Stage(house) as stage:
        for _ in range(CONVERSATIONS):
            stage._trial._talks.clear()
            said: list[str] = []
            for _ in range(LINES):
                sentence = dice.choice(books[house])
                said.append(dice.choice(LITTLE) if dice.random() < 0.4 else sentence.text)
                try:
                    result = await stage._trial.say(said[-1], sentence.person, sentence.room, None)
                except Exception as error:
                    raise AssertionError(f"in {house}: {said}") from error
                assert result.reply, said
