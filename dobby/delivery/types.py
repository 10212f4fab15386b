"""What people see, messages in and out, and the seam that every channel stands behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Attachment:
    """A picture or voice message as the channel told of it; fetched and stored by the channel."""

    kind: str  # image | audio | other
    url: str
    content_type: str = ""


@dataclass(frozen=True)
class Message:
    """Something a person wrote. ``id`` is the channel's own and de-duplicates."""

    id: str
    channel: str
    address: str  # the sender, in the channel's canonical form
    text: str
    at: datetime
    room: str | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Outgoing:
    """One row of the outbox, on its way to a person. ``key`` is public and unguessable."""

    key: str
    address: str
    text: str
    media: tuple[str, ...] = ()
    template: str = ""  # the channel's name for a form that the text has to be sent in


Link = Callable[[str, float], str | None]
"""What a channel can show of one of ``Outgoing.media``, good for so many seconds: an address, or
None. Ours (``/...``) are under the daemon's own."""


def as_it_is(media: str, for_s: float) -> str | None:
    return media


class ChannelError(Exception):
    """Root of sending failures.

    ├── SendRefused    it will never go out; the message says why
    ├── SendLater      try again after ``retry_s``
    └── SendUncertain  it may have gone out: wait for the status callback first
    """


class SendRefused(ChannelError):
    pass


class SendLater(ChannelError):
    def __init__(self, message: str, retry_s: float) -> None:
        super().__init__(message)
        self.retry_s = retry_s


class SendUncertain(ChannelError):
    pass


@dataclass(frozen=True)
class ChannelLimits:
    """What one message of a channel can carry. ``template``: the form that it has to have for
    somebody who has long not written; empty where there is none."""

    characters: int
    media: bool = False
    template: str = ""


class Channel(Protocol):
    """One way of talking. Receiving is the channel's own; it hands every Message to the inbox."""

    @property
    def name(self) -> str: ...
    @property
    def limits(self) -> ChannelLimits: ...

    async def send(self, out: Outgoing) -> str:
        """Send once; the channel's own id of it. Raises ChannelError."""
        ...
