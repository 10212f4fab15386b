"""What a driver is, and what the house lends it.

A driver speaks one family's protocol and nothing else. It is an async context manager; inside,
``apply`` is one ``match`` on the capability. It never blocks the event loop, keeps one device's
failure from the next, and raises only DeviceError.

A device's id is ``<family>:<the protocol's own id>``, never an address. What one asks for is
answered by returning or raising; what happens by itself is published to the hub. Rooms, the
owner's names, tries and deadlines, reading back, pairing dialogues: all of that is the house's.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import ClassVar, Protocol, Self, runtime_checkable

from zeroconf.asyncio import AsyncZeroconf

from devices.capabilities import Capability, State
from devices.device import Announcement, Device


@dataclass(frozen=True)
class Found:
    """Devices that a driver can now reach: new ones, or known ones that came back or changed."""

    devices: tuple[Device, ...]


@dataclass(frozen=True)
class Update:
    """A device said, unasked, that something changed. Only what changed need be in it.

    ``whole``: that is all of its state, as ``read`` tells it; what is not in it is no more.
    """

    device: str
    state: State
    whole: bool = False


@dataclass(frozen=True)
class Away:
    """Devices that stopped answering; ``Found`` or an ``Update`` of one means that it is back."""

    devices: tuple[str, ...]


DriverEvent = Found | Update | Away


class Vault(Protocol):
    """Where pairings are kept, by key (``hue:<bridge id>``); values are JSON objects.

    What cannot be opened or kept raises DeviceError, as the house lends it.
    """

    def load(self, key: str) -> Awaitable[dict[str, object] | None]: ...
    def save(self, key: str, value: dict[str, object]) -> Awaitable[None]: ...
    def drop(self, key: str) -> Awaitable[object]: ...
    def keys(self, prefix: str) -> Awaitable[list[str]]: ...


class Hub(Protocol):
    """What the house lends a driver."""

    @property
    def vault(self) -> Vault: ...
    @property
    def zeroconf(self) -> AsyncZeroconf | None: ...  # the only browser; None where mDNS is off
    def publish(self, event: DriverEvent) -> None: ...


class Driver(Protocol):
    family: ClassVar[str]  # "sonos": the first part of its devices' ids, "sonos:RINCON_..."
    services: ClassVar[frozenset[str]]  # mDNS types, SSDP targets, ... that ``discovery`` asks for

    def __init__(self, hub: Hub) -> None: ...
    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None: ...

    def recognises(self, heard: Announcement) -> bool:
        """Whether this announcement is of this family; judged on the announcement alone."""
        ...

    async def identify(self, heard: Announcement) -> Sequence[Device]:
        """Connect, and tell the devices behind it; from then on pushes go to the hub.

        Idempotent, and called again when an address changes. Raises NeedsPairing, Unreachable.
        """
        ...

    async def pair(self, heard: Announcement, pin: str | None) -> Sequence[Device]:
        """Pair, keep the keys in the vault, then as ``identify``. Raises NeedsPairing, Refused."""
        ...

    async def read(self, device: str) -> State:
        """The device's own word on its state, fetched now. Raises Unreachable, UnknownDevice."""
        ...

    async def apply(self, device: str, command: Capability) -> None:
        """Ask the device to show that capability; returning means accepted, not done.

        Raises Unreachable, Refused, Unsupported, UnknownDevice.
        """
        ...


@runtime_checkable
class Forgetting(Protocol):
    """A driver that can give up what it paired with."""

    async def forget(self, heard: Announcement) -> str:
        """Tell what was paired there that it is ours no more, where it answers, and drop its keys.

        Returns what is left for the owner to do, in words; empty for nothing.
        """
        ...
