"""What the store hands out: frozen data, never database rows. Times are aware, in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

Json = dict[str, Any]


@dataclass(frozen=True)
class Inbound:
    """A message from a person, committed before its sender was told so."""

    id: int
    channel: str
    external_id: str  # the channel's own id; unique within the channel
    conversation: str
    sender: str
    text: str
    attachments: tuple[Json, ...]
    at: datetime  # when it was said, by the channel's clock
    received: datetime
    attempts: int  # turns begun so far; above 0 after a start means that a turn was cut short


@dataclass(frozen=True)
class Draft:
    """A message to be sent. A second draft with the same ``dedupe`` is not sent.

    It is worth nothing after ``drop_after``. ``instead`` is queued, once, when this one fails.
    ``template``: the channel's name for a form that the text has to be sent in. ``private``: it
    holds a code, which is for its recipient alone.
    """

    channel: str
    conversation: str
    recipient: str
    text: str
    dedupe: str
    media: tuple[str, ...] = ()
    in_reply_to: int | None = None
    drop_after: datetime | None = None
    template: str = ""
    instead: Draft | None = None
    private: bool = False


class SendState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    AMBIGUOUS = "ambiguous"  # the answer to the send was lost: it may or may not have gone
    SENT = "sent"  # the channel has it
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True)
class Outgoing:
    """A draft on its way."""

    id: int
    key: str  # public and random: what a status callback carries
    draft: Draft
    state: SendState
    attempts: int
    at: datetime
    not_before: datetime | None
    external_id: str | None
    reason: str


@dataclass(frozen=True)
class Turn:
    """One line of a conversation."""

    who: str  # the sender's address, or ``DOBBY``
    text: str
    at: datetime
    channel: str = ""
    id: str = ""  # the channel's own for what was heard, the public key for what was told
    media: tuple[str, ...] = ()
    private: bool = False  # it holds a code, which is for the person alone


DOBBY = "dobby"


@dataclass(frozen=True)
class PersonRecord:
    """``trusted_from``: of the address that somebody was found by, where it is new."""

    id: str
    name: str
    role: str
    trusted_from: datetime | None = None


@dataclass(frozen=True)
class Identity:
    """An address that belongs to a person; ``trusted_from`` where it is new."""

    channel: str
    address: str
    person: str
    trusted_from: datetime | None = None


@dataclass(frozen=True)
class Pairing:
    """A stranger's address that waits for its code."""

    channel: str
    address: str
    name: str
    code_hash: str
    expires: datetime


@dataclass(frozen=True)
class Fact:
    """Something a person asked to be remembered."""

    id: int
    text: str
    person: str
    at: datetime
    source: int | None  # the inbound message it was said in


@dataclass(frozen=True)
class Said:
    """Something a person said, found again."""

    message: int
    text: str
    sender: str
    conversation: str
    at: datetime


@dataclass(frozen=True)
class Undone:
    """What ``undo`` took back: a fact that is forgotten again, or one that is back."""

    what: Literal["remember", "forget"]
    fact: Fact


@dataclass(frozen=True)
class RuleRow:
    """What a person told Dobby about alerts."""

    id: int
    data: Json
    person: str
    at: datetime
    source: int | None = None  # the inbound message it was said in


@dataclass(frozen=True)
class PictureRow:
    """A picture that is kept in a file of its own."""

    id: str
    camera: str
    incident: str  # empty: of none
    at: datetime
    bytes: int  # as the file takes


@dataclass(frozen=True)
class AuditRow:
    id: int
    at: datetime
    actor: str
    action: str
    detail: Json


@dataclass(frozen=True)
class Apart:
    """A row that could not be read; ``row`` is what there was of it."""

    id: int
    at: datetime
    table: str
    row: Json
    why: str
    unanswered: bool  # a person's message that may not have been answered
