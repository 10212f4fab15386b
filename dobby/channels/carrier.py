"""What a carrier is: a network of somebody else's that messages come and go through."""

from __future__ import annotations

import importlib
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from dobby.delivery.types import Channel, Link, Message

if TYPE_CHECKING:
    from fastapi import APIRouter

    from dobby.settings import Settings
    from memory.store import Store

Receive = Callable[[Message], Awaitable[bool]]
"""Keeps a message; False if it was kept before. Raises StoreError."""
Told = Callable[[str, str, str | None, str], Awaitable[bool]]
"""Keeps what became of a sent message: its key, the state, the carrier's id of it, and why."""
Work = tuple[str, Callable[[], Awaitable[None]]]


@dataclass(frozen=True)
class OpenCarrier:
    """``channels`` to send by; ``routers`` of the webhooks, which have to be reached from outside;
    ``work`` that has to be kept going, by name."""

    channels: Sequence[Channel]
    routers: Callable[[Receive, Told], Sequence[APIRouter]]
    work: Callable[[Receive], Sequence[Work]]


Opener = Callable[["Settings", "Store", Link], AbstractAsyncContextManager[OpenCarrier]]


@dataclass(frozen=True)
class Carrier:
    """What is known of a carrier before it is opened. One that is off costs no import.

    ``on``: whether the settings want it; ``opener``: ``module:function``, an ``Opener``.
    """

    name: str
    on: Callable[[Settings], bool]
    opener: str

    def open(
        self, settings: Settings, store: Store, link: Link
    ) -> AbstractAsyncContextManager[OpenCarrier]:
        module, _, name = self.opener.partition(":")
        return cast(Opener, getattr(importlib.import_module(module), name))(settings, store, link)
