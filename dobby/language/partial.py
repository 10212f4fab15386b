"""A reading of the words so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from heapq import heappush, heappushpop
from math import inf
from typing import Any

from dobby.language.clause import Clause

MARGIN = 5.0  # dearer than the cheapest by so much, none is kept


@dataclass(frozen=True, slots=True)
class Partial:
    """A reading up to some word."""

    cost: float = 0.0
    done: tuple[Clause, ...] = ()
    now: Mapping[str, tuple[Any, ...]] = field(default_factory=dict[str, tuple[Any, ...]])
    start: int = 0
    last: str = ""  # what was taken up last
    pause: str = ""  # the joint since: and, but, or, a mark
    joined: str = ""  # how this clause began

    def going_on(self, cost: float, pause: str) -> Partial:
        """Past words that say nothing to the clause."""
        return Partial(cost, self.done, self.now, self.start, self.last, pause, self.joined)

    @property
    def whole(self) -> bool:
        """Whether its clause says anything, and has the particle that its verb waits for."""
        return bool(self.now) and self.now.get("prefix", ()) == self.now.get("particle", ())

    def closed(self, end: int) -> tuple[Clause, ...]:
        if not self.now:
            return self.done
        return (*self.done, Clause(self.now, self.start, end, self.joined))


class Beam:
    """The cheapest readings up to one word: ``width`` of them, or all."""

    def __init__(self, width: int = 0) -> None:
        self.partials: list[Partial] = []
        self.most = inf  # what costs as much is not kept
        self._width, self._dearest = width, list[float]()

    def add(self, partial: Partial) -> None:
        if partial.cost >= self.most:
            return
        self.partials.append(partial)
        if not self._width:
            return
        if len(self._dearest) < self._width:
            heappush(self._dearest, -partial.cost)
        else:
            heappushpop(self._dearest, -partial.cost)
        if len(self._dearest) == self._width:
            self.most = -self._dearest[0]

    def best(self) -> list[Partial]:
        """What is kept, the cheapest first."""
        self.partials.sort(key=lambda p: p.cost)
        most = self.partials[0].cost + MARGIN if self.partials else 0.0
        return [p for p in self.partials[: self._width] if p.cost <= most]
