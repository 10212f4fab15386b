"""What a camera is, beside a device: streams to watch, and a picture for the asking."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable


@dataclass(frozen=True)
class Sight:
    """Addresses to look through a camera, credentials included: never logged, never shown."""

    stream: str = field(repr=False)  # the main stream, full size; or a JPEG's address
    substream: str = field(default="", repr=False)  # a small one, where there is one
    still: str = field(default="", repr=False)  # a JPEG's address, where there is one


@runtime_checkable
class Seeing(Protocol):
    """A driver of devices with the ``snapshot`` ability."""

    async def sight(self, device: str) -> Sight:
        """Raises Unreachable, NeedsPairing, UnknownDevice."""
        ...

    async def picture(self, device: str) -> bytes:
        """A JPEG, taken now. Raises Unreachable, Refused, NeedsPairing, UnknownDevice."""
        ...
