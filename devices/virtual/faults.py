"""What can be made to go wrong in the virtual house, and what each family offers the whole."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Protocol, Self

from devices.device import Announcement

LOOK_S = 0.1  # how soon what waits for a fault sees that it is over


@dataclass
class Fault:
    """What is wrong with one virtual device; the demo's page and the tests set it, live."""

    slow_s: float = 0.0  # every answer this late
    gone: bool = False  # no answer at all: connections refused or dropped
    refuse: bool = False  # every command answered with the protocol's own error
    lie: bool = False  # every command answered with success, and nothing done
    frozen: bool = False  # a camera that goes on answering, and sends no more pictures

    async def thaw(self) -> None:
        """Wait while frozen; a camera that is gone waits for nothing."""
        while self.frozen and not self.gone:  # noqa: ASYNC110 - anybody may set it
            await asyncio.sleep(LOOK_S)


@dataclass
class VirtualDevice:
    """One thing in the virtual house; ``id`` is the id that the driver will give it."""

    id: str
    name: str
    fault: Fault = field(default_factory=Fault)


class VirtualFamily(Protocol):
    """A family's servers on loopback, up while the context is open."""

    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None: ...

    @property
    def devices(self) -> Mapping[str, VirtualDevice]: ...  # by id

    def announcements(self) -> Sequence[Announcement]:
        """What discovery would hear of this family, with the ports it really got."""
        ...
