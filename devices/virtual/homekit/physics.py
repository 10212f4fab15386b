"""What happens in the virtual rooms: motors that take their time, air that warms and cools."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from dataclasses import dataclass

STEP_S = 0.2  # how often something that moves is looked at; at rest nothing runs


class Motor:
    """Moves a position (0-100) towards a goal at constant speed, telling each step on the way."""

    def __init__(self, full_s: float, moved: Callable[[float], None], at: float = 0.0) -> None:
        """``full_s`` is the time from one end to the other."""
        self.at = at
        self.goal = at
        self._per_s = 100.0 / full_s
        self._moved = moved
        self._timer: asyncio.TimerHandle | None = None
        self._looked = 0.0

    @property
    def moving(self) -> bool:
        return self._timer is not None

    def go(self, goal: float) -> None:
        self.goal = goal
        if self._timer is None:
            self._looked = asyncio.get_running_loop().time()
            self._wait()

    def halt(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _wait(self) -> None:
        left_s = abs(self.goal - self.at) / self._per_s
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(min(STEP_S, left_s), self._step)

    def _step(self) -> None:
        now = asyncio.get_running_loop().time()
        reach = (now - self._looked) * self._per_s
        self._looked = now
        left = self.goal - self.at
        if abs(left) <= reach + 0.01:
            self.at = self.goal
            self._timer = None
        else:
            self.at += math.copysign(reach, left)
            self._wait()
        self._moved(self.at)


@dataclass
class Air:
    """The air of a room: it leaks heat in proportion to the difference with outside.

    First order, solved exactly over any stretch of time, so that it may be advanced rarely.
    """

    temperature: float = 19.5  # °C
    outside: float = 9.0  # °C
    leak_s: float = 7200.0  # time constant of the walls
    lift: float = 24.0  # how far full heating (or cooling) would bring it from outside, kelvin

    def advance(self, seconds: float, duty: float) -> float:
        """Let time pass with the plant at ``duty``: 1 heats, -1 cools, 0 is off."""
        rest = self.outside + duty * self.lift
        self.temperature = rest + (self.temperature - rest) * math.exp(-seconds / self.leak_s)
        return self.temperature
