"""What is under way on each device, so that a stop can overtake it."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass, field

from devices.capabilities import Capability


@dataclass(eq=False)
class Course:
    """One command, from when it is given until it has its receipt."""

    stop: Capability | None = None  # which the device took after it was given
    over: asyncio.Event = field(default_factory=asyncio.Event)  # that stop has been read back


class Courses:
    """Those of all devices."""

    def __init__(self) -> None:
        self._of: defaultdict[str, list[Course]] = defaultdict(list)

    @property
    def devices(self) -> frozenset[str]:
        return frozenset(device for device, courses in self._of.items() if courses)

    def of(self, device: str) -> list[Course]:
        """Those that are under way now."""
        return list(self._of[device])

    @contextlib.contextmanager
    def new(self, device: str) -> Generator[Course]:
        course = Course()
        self._of[device].append(course)
        try:
            yield course
        finally:
            self._of[device].remove(course)
