"""A reading of the words so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
