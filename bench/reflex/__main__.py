"""``python -m bench.reflex``: the sentence book, the public sentences, and the times."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bench.reflex import checkout, sampled, scale
from bench.reflex.common import LANGUAGES
from bench.reflex.places import Place
from bench.reflex.tables import print_table
from dobby.commands.try_house import warmed
from tests.sentences.book import HOUSES, Sentence, load
from tests.sentences.stage import Judged, run
from tests.sentences.verdict import Verdict


def main() -> int:
    asked = _asked()
    try:
        bench = _Bench(asked.kind or "", asked.failures)
        if asked.scale:
            bench.measure_times()
        elif asked.public:
            for language in asked.language or LANGUAGES:
                house, sentences = sampled.draw(language, asked.count)
                title = f"Sampled from the intents package, {language}"
                bench.measure(title, sentences, {language: house})
        elif asked.intents:
            for language in asked.language or LANGUAGES:
                found = checkout.read(asked.intents, language)
                title = f"Test sentences of the intents, {language}"
                bench.measure(title, found.sentences, found.places)
                print(f"{found.skipped} sentences are about things that a house of ours has not.")
        else:
            for language in asked.language or ["en"]:
                bench.measure(f"The sentence book, {language}", load(language))
            bench.measure_times()
    except (FileNotFoundError, LookupError) as error:
        print(error.args[-1], file=sys.stderr)
        return 2
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.reflex", description=__doc__)
    parser.add_argument(
        "--public", action="store_true", help="sentences sampled from the intents package"
    )
    parser.add_argument(
        "--intents", type=Path, metavar="DIR", help="tests of a checkout of OHF-Voice/intents"
    )
    parser.add_argument(
        "--language", choices=LANGUAGES, nargs="+",
        help="only these; else English for the book, all for the public sentences",
    )  # fmt: skip
    parser.add_argument("--scale", action="store_true", help="only times by size of the house")
    parser.add_argument("--kind", help="only this kind of sentence (a part of its name)")
    parser.add_argument("--count", type=int, default=500, help="sampled sentences a language")
    parser.add_argument("--failures", action="store_true", help="list what is not right")
    return parser.parse_args()


@dataclass(frozen=True)
class _Bench:
    """What is measured alike in each run: which kinds, and what is listed."""

    kind: str
    failures: bool

    def measure(
        self, title: str, sentences: Sequence[Sentence], places: Mapping[str, Place] | None = None
    ) -> None:
        """Every sentence by every brain, and the table."""
        chosen = [s for s in sentences if self.kind in s.kind]
        with tempfile.TemporaryDirectory() as folder:
            houses = HOUSES if places is None else Path(folder)
            language = chosen[0].language if chosen else "en"
            for name in {s.house for s in chosen} if places else ():
                _write(houses / f"{name}.yaml", (places or {})[name].declared(language))
            judged = asyncio.run(run(chosen, houses, warmed))
        print_table(title, judged)
        if self.failures:
            _list_failures(judged)

    def measure_times(self) -> None:
        """How long understanding takes by the size of the house."""
        print(scale.measure(warmed))


def _write(path: Path, house: Mapping[str, object]) -> None:
    text = yaml.safe_dump(house, allow_unicode=True)  # pyright: ignore[reportUnknownMemberType]
    path.write_text(text, encoding="utf-8")


def _list_failures(judged: Sequence[Judged]) -> None:
    order = {Verdict.WRONG: 0, Verdict.ABSTAINED: 1}
    failures = [j for j in judged if j.verdict in order]
    for one in sorted(failures, key=lambda j: (order[j.verdict], not j.sentence.trap)):
        print(one)


if __name__ == "__main__":
    sys.exit(main())
