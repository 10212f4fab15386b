"""Verdicts counted and printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

from tests.sentences.stage import Judged
from tests.sentences.verdict import Verdict

WRONG_COSTS = 10  # a wrong action counts as much as this many abstentions


@dataclass
class Tally:
    """Verdicts and times of some sentences."""

    counts: dict[Verdict, int] = field(default_factory=lambda: dict.fromkeys(Verdict, 0))
    milliseconds: list[float] = field(default_factory=list[float])

    def add(self, judged: Judged) -> None:
        self.counts[judged.verdict] += 1
        self.milliseconds.append(judged.seen.milliseconds)

    @property
    def size(self) -> int:
        return len(self.milliseconds)

    @property
    def score(self) -> float:
        """Share right, less the wrong ones at their price."""
        lost = self.counts[Verdict.ABSTAINED] + WRONG_COSTS * self.counts[Verdict.WRONG]
        return 1 - lost / self.size if self.size else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def print_table(title: str, judged: Iterable[Judged]) -> None:
    """One row per kind, then the traps, then everything."""
    kinds, traps, total = _tallied(judged)
    table = Table(title=title, title_justify="left")
    table.add_column("kind")
    for name in ("all", "right", "abstained", "wrong", "right %", "score", "p50 ms", "p95 ms"):
        table.add_column(name, justify="right")
    for kind in sorted(kinds):
        table.add_row(*_row(kind, kinds[kind]))
    table.add_section()
    if traps.size:
        table.add_row(*_row("of these, traps", traps))
    table.add_row(*_row("total", total))
    Console(width=110).print(table)


def _tallied(judged: Iterable[Judged]) -> tuple[dict[str, Tally], Tally, Tally]:
    """By kind, of the traps, and of all."""
    kinds: dict[str, Tally] = {}
    traps, total = Tally(), Tally()
    for one in judged:
        kinds.setdefault(one.sentence.kind, Tally()).add(one)
        total.add(one)
        if one.sentence.trap:
            traps.add(one)
    return kinds, traps, total


def _row(name: str, tally: Tally) -> tuple[str, ...]:
    counts = tally.counts
    return (
        name,
        str(tally.size),
        str(counts[Verdict.RIGHT]),
        str(counts[Verdict.ABSTAINED]),
        str(counts[Verdict.WRONG]),
        f"{100 * counts[Verdict.RIGHT] / max(tally.size, 1):.1f}",
        f"{tally.score:.2f}",
        f"{percentile(tally.milliseconds, 0.5):.2f}",
        f"{percentile(tally.milliseconds, 0.95):.2f}",
    )
