"""What can be made to go wrong in the virtual house, and what each family offers the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Protocol, Self

from devices.device import Announcement


@dataclass
class Fault:
    """What is wrong with one virtual device; the demo's page and the tests set it, live."""

    slow_s: float = 0.0  # every answer this late
    gone: bool = False  # no answer at all: connections refused or dropped
    refuse: bool = False  # every command answered with the protocol's own error
    lie: bool = False  # every command answered with success, and nothing done


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
