"""What the page is handed, and nothing more of the daemon."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter

from devices.house import House
from dobby.channels.local import LocalChannel
from dobby.delivery.types import Message
from dobby.web.guard import PageAccess
from dobby.web.sightings import Sightings


async def _nothing() -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class WebParts:
    """The page's needs.

    ``receive`` keeps a message, False if it was kept before; ``answers`` gives the replies to a
    message, None while it is unanswered; ``history`` the last lines of this person on all
    channels, as the stream tells them, with ``via`` for another channel; ``pair`` pairs a stranger
    (its key, its PIN), says what came of it, and raises DeviceError; ``invite`` makes a pairing
    code for a person, and the words to hand it on; ``remark`` puts a line of Dobby's into the
    chat, kept as any other;
    ``ailing`` names what does not work of taking messages, answering and sending.
    """

    house: House
    access: PageAccess
    channel: LocalChannel
    sightings: Sightings
    receive: Callable[[Message], Awaitable[bool]]
    answers: Callable[[str], Awaitable[Sequence[str] | None]]
    history: Callable[[int], Awaitable[Sequence[dict[str, Any]]]]
    pair: Callable[[str, str | None], Awaitable[str]]
    invite: Callable[[str, str], Awaitable[str]]
    remark: Callable[[str], Awaitable[None]]
    zone: str = "UTC"  # the owner's, for times on the page
    fahrenheit: bool = False
    trusted_hosts: Sequence[str] = ("127.0.0.1", "localhost")
    public_host: str = ""  # the name that strangers know; it leads to ``outside`` alone
    routers: Sequence[APIRouter] = ()
    outside: Sequence[APIRouter] = ()  # what has to be reached from outside: webhooks, pictures
    ailing: Callable[[], Awaitable[Sequence[str]]] = _nothing
    demo_control: str = ""  # the virtual house's back door, "http://token@127.0.0.1:port"
