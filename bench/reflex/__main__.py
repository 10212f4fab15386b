"""``python -m bench.reflex``: the sentence book, the public sentences, and the times."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from bench.reflex import checkout, sampled, scale
from bench.reflex.places import Place
from bench.reflex.tables import print_table
from tests.sentences.book import HOUSES, Sentence, load
from tests.sentences.stage import Judged, run
from tests.sentences.verdict import Verdict


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.reflex", description=__doc__)
    parser.add_argument(
        "--public", action="store_true", help="sentences sampled from the intents package"
    )
    parser.add_argument(
        "--intents", type=Path, metavar="DIR", help="tests of a checkout of OHF-Voice/intents"
    )
    parser.add_argument("--scale", action="store_true", help="only times by size of the house")
    parser.add_argument("--kind", help="only this kind of sentence (a part of its name)")
    parser.add_argument("--count", type=int, default=500, help="sampled sentences a language")
    parser.add_argument("--failures", action="store_true", help="list what is not right")
    asked = parser.parse_args()
    if asked.scale:
        print(scale.measure())
        return 0
    if asked.public:
        for language in sampled.LANGUAGES:
            house, sentences = sampled.draw(language, asked.count)
            title = f"Sampled from the intents package, {language}"
            _measure(title, sentences, asked, {language: house}, language)
        return 0
    if asked.intents:
        try:
            found = checkout.read(asked.intents)
        except FileNotFoundError as error:
            print(error, file=sys.stderr)
            return 2
        _measure("Test sentences of the intents, en", found.sentences, asked, found.places)
        print(f"{found.skipped} sentences are about things that a house of ours has not.")
        return 0
    _measure("The sentence book", load(), asked)
    print(scale.measure())
    return 0


def _measure(
    title: str,
    sentences: Sequence[Sentence],
    asked: argparse.Namespace,
    places: Mapping[str, Place] | None = None,
    language: str = "en",
) -> None:
    if asked.kind:
        sentences = [s for s in sentences if asked.kind in s.kind]
    if places is None:
        judged = asyncio.run(run(sentences, HOUSES))
    else:
        with tempfile.TemporaryDirectory() as folder:
            for name, place in places.items():
                declared = place.declared(language)
                text = yaml.safe_dump(declared, allow_unicode=True)  # pyright: ignore[reportUnknownMemberType]
                Path(folder, f"{name}.yaml").write_text(text, encoding="utf-8")
            judged = asyncio.run(run(sentences, Path(folder)))
    print_table(title, judged)
    if asked.failures:
        _list_failures(judged)


def _list_failures(judged: Sequence[Judged]) -> None:
    order = {Verdict.WRONG: 0, Verdict.ABSTAINED: 1}
    failures = [j for j in judged if j.verdict in order]
    for one in sorted(failures, key=lambda j: (order[j.verdict], not j.sentence.trap)):
        print(one)


if __name__ == "__main__":
    sys.exit(main())
