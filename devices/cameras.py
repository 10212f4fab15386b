"""What a camera is, beside a device: streams to watch, and a picture for the asking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from devices.device import Announcement, Device


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


@runtime_checkable
class Addressed(Protocol):
    """A driver of devices that announce nothing: the owner tells their addresses."""

    def announced(self, url: str, name: str) -> Announcement:
        """How a device at that address would announce itself, without any secret in it.

        Raises Refused for what is no address, or none of this family.
        """
        ...

    async def add(self, url: str, secret: str | None, name: str) -> Sequence[Device]:
        """Look whether it is there, keep its address, then as ``identify``.

        ``secret`` is ``user:password``, and wins over one in the URL. Raises NeedsPairing, and
        then ``pair`` goes on from here; Refused, Unreachable, and then nothing is kept.
        """
        ...
