"""Reading frames in shared memory that another process made."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.shared_memory import SharedMemory

import numpy as np

from dobby.eyes.frames import Image, Slot

KEPT_S = 60.0


class Slots:
    """Memory stays attached between frames; what was not read for a minute is let go, since the
    process that made it may be gone, and the memory with it only when nobody holds it."""

    def __init__(self) -> None:
        self._attached: dict[str, _Attached] = {}

    def image(self, slot: Slot) -> Image:
        """The pixels, as a view that is not kept. Raises FileNotFoundError when the slot is gone,
        and ValueError when it is smaller than it says."""
        self._let_go()
        held = self._attached.get(slot.name)
        if held is None:
            held = self._attached[slot.name] = _Attached(attach(slot.name))
        held.read_at = time.monotonic()
        if held.memory.size < slot.nbytes:
            raise ValueError(f"the slot {slot.name} is smaller than its frame")
        return pixels(slot, held.memory)

    def close(self) -> None:
        for held in self._attached.values():
            held.memory.close()
        self._attached.clear()

    def _let_go(self) -> None:
        old = time.monotonic() - KEPT_S
        for name in [name for name, held in self._attached.items() if held.read_at < old]:
            self._attached.pop(name).memory.close()


@dataclass
class _Attached:
    memory: SharedMemory
    read_at: float = 0.0


def pixels(slot: Slot, memory: SharedMemory) -> Image:
    """A view: the memory cannot be closed while it is about."""
    return np.ndarray((slot.height, slot.width, 3), np.uint8, memory.buf)


def attach(name: str) -> SharedMemory:
    """Memory of another process, which alone removes it. Before Python 3.13 whoever attaches is
    noted as an owner too, and at its end the memory is removed from under the others."""
    if sys.version_info >= (3, 13):
        return SharedMemory(name, track=False)
    noted = resource_tracker.register
    resource_tracker.register = _not_noted
    try:
        return SharedMemory(name)
    finally:
        resource_tracker.register = noted


def _not_noted(name: str, rtype: str) -> None:
    pass
