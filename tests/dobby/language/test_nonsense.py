"""A word that nobody knows in place of one that counts: what is then done is never another deed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.sentences.book import Sentence, load
from tests.sentences.stage import Stage

LANGUAGES = ("de", "es", "fr", "nl", "pl")
NONSENSE = "qwrtzplk"
EVERY = 24  # sentence of the book; the books are long


def _worse(sentence: Sentence) -> Iterator[Sentence]:
    words = sentence.text.split()
    for at in range(len(words)) if len(words) < 9 else ():
        yield replace(sentence, text=" ".join([*words[:at], NONSENSE, *words[at + 1 :]]))


async def _done(stage: Stage, sentence: Sentence) -> set[str]:
    seen = await stage.hear(sentence)
    free = {"todo", "timers", "media"}  # a title, an item and a name may be nonsense
    return {
        f"{device} {kind} {fields}"
        for device, kinds in seen.changes.items()
        for kind, fields in kinds.items()
        if kind not in free
    }


async def _compare(language: str) -> tuple[list[str], int]:
    found: list[str] = []
    tried = 0
    plain = [s for s in load(language) if not (s.trap or s.before) and s.outcomes[0].expect]
    for sentence in plain[::EVERY]:
        async with Stage(sentence.house) as stage:
            right = await _done(stage, sentence)
            for worse in _worse(sentence) if right else ():
                tried += 1
                if more := await _done(stage, worse) - right:
                    found.append(f"{worse.text!r} ({sentence.text!r}): {sorted(more)}")
    return found, tried


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nonsense_does_no_other_deed(language: str) -> None:
    found, tried = asyncio.run(_compare(language))
    assert tried > 50
    if found:
        pytest.fail(f"{len(found)} of {tried}:\n" + "\n".join(found), pytrace=False)
