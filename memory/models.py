"""The tables. Rows stay inside this package; what leaves it is in ``records``."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.types import TypeDecorator

from memory.records import SendState


class Utc(TypeDecorator[datetime]):
    """An aware time, kept in UTC. A naive one is a mistake and is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Words(TypeDecorator[str]):
    """People's words. Half a surrogate pair, which JSON can carry and UTF-8 cannot, becomes "?"."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else value.encode(errors="replace").decode()


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# What a value has to be besides its type; ``damage`` looks. JSON is an object if nothing is said.
LIST_OF = "a list of"
ONE_OF = "one of"

# ``sqlite_autoincrement``: an id is never used again, since logs and audit rows speak of ids.

inbound = Table(
    "inbound",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("external_id", Words, nullable=False),
    Column("conversation", Words, nullable=False),
    Column("sender", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("attachments", JSON, nullable=False, info={LIST_OF: "object"}),
    Column("at", Utc, nullable=False),
    Column("received", Utc, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("done", Boolean, nullable=False, default=False),
    UniqueConstraint("channel", "external_id"),
    Index(None, "done", "id"),
    Index(None, "conversation", "id"),
    Index(None, "channel", "sender", "at"),
    sqlite_autoincrement=True,
)

steps = Table(
    "steps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message_id", Integer, ForeignKey("inbound.id"), nullable=False, index=True),
    Column("step", JSON, nullable=False),
    Column("at", Utc, nullable=False),
)

receipts = Table(
    "receipts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message_id", Integer, ForeignKey("inbound.id"), nullable=False, index=True),
    Column("receipt", JSON, nullable=False),
    Column("at", Utc, nullable=False),
)

outbound = Table(
    "outbound",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("dedupe", Text, nullable=False, unique=True),
    Column("channel", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("text", Words, nullable=False),
    Column("media", JSON, nullable=False, info={LIST_OF: "text"}),
    Column("in_reply_to", Integer, ForeignKey("inbound.id"), index=True),
    Column("state", Text, nullable=False, info={ONE_OF: tuple(SendState)}),
    Column("attempts", Integer, nullable=False, default=0),
    Column("at", Utc, nullable=False),
    Column("not_before", Utc),
    Column("external_id", Text, index=True),
    Column("reason", Text, nullable=False, default=""),
    Column("drop_after", Utc),
    Column("template", Text),
    Column("instead", JSON(none_as_null=True)),  # the draft that is queued when this one fails
    Column("private", Boolean, nullable=False, server_default=false()),  # no model reads it again
    Index(None, "state", "id"),
    Index(None, "conversation", "id"),
    sqlite_autoincrement=True,
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("dialogue", JSON, nullable=False),
    Column("at", Utc, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Words, nullable=False),
    Column("role", Text, nullable=False),
)

identities = Table(
    "identities",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    Column("person", Text, ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("trusted_from", Utc),  # before that, what is risky waits for somebody else's word
)

pairings = Table(
    "pairings",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    Column("name", Words, nullable=False),
    Column("code_hash", Text, nullable=False),
    Column("expires", Utc, nullable=False),
)

failures = Table(
    "failures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Index(None, "key", "at"),
)

facts = Table(
    "facts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text", Words, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("source", Integer, ForeignKey("inbound.id"), index=True),
    Column("forgotten", Utc),  # a tombstone: the row stays, so that forgetting can be undone
    sqlite_autoincrement=True,
)

fact_changes = Table(
    "fact_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("fact_id", Integer, ForeignKey("facts.id"), nullable=False, index=True),
    Column("person", Text, nullable=False),
    Column("what", Text, nullable=False, info={ONE_OF: ("remember", "forget")}),
    Column("source", Integer, ForeignKey("inbound.id"), index=True),
    Column("at", Utc, nullable=False),
    Column("undone", Boolean, nullable=False, default=False),
    Index(None, "person", "id"),
)

devices = Table(
    "devices",
    metadata,
    Column("id", Text, primary_key=True),
    Column("data", JSON, nullable=False),
)

overrides = Table(  # what the owner calls things; discovery never writes here
    "overrides",
    metadata,
    Column("device", Text, ForeignKey("devices.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text),
    Column("room", Text),
    Column("aliases", JSON, nullable=False, info={LIST_OF: "text"}),
)

rooms = Table(
    "rooms",
    metadata,
    Column("name", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("data", JSON, nullable=False),
)

vault = Table(
    "vault",
    metadata,
    Column("key", Text, primary_key=True),
    Column("sealed", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),  # text, as it was hashed
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

audit_head = Table(  # one row: without it, rows cut off the end would not be missed
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
    Column("hash", Text, nullable=False),
)

spend = Table(
    "spend",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Utc, nullable=False, index=True),
    Column("model", Text, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("tokens_cached", Integer, nullable=False),
    Column("nanodollars", BigInteger, nullable=False),  # whole, so that sums are exact
    Column("message_id", Integer, ForeignKey("inbound.id"), index=True),
)

notes = Table(
    "notes",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

cameras = Table(  # what the owner wants of them; the devices themselves are in ``devices``
    "cameras",
    metadata,
    Column("device", Text, primary_key=True),
    Column("data", JSON, nullable=False),
)

incidents = Table(  # the columns beside ``data`` are in it too: they are what is searched by
    "incidents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("started", Utc, nullable=False),
    Column("last", Utc, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("data", JSON, nullable=False),
    Index(None, "started", "last"),
    Index(None, "open", "started"),
)

alert_rules = Table(
    "alert_rules",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("data", JSON, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Utc, nullable=False),
    Column("source", Integer, ForeignKey("inbound.id"), index=True),
    Column("dropped", Utc),  # a tombstone: the row stays, so that dropping can be undone
    sqlite_autoincrement=True,
)

pictures = Table(  # the pictures themselves are files, sealed, in the home folder
    "pictures",
    metadata,
    Column("id", Text, primary_key=True),
    Column("camera", Text, nullable=False),
    Column("incident", Text, nullable=False, index=True),
    Column("at", Utc, nullable=False, index=True),
    Column("bytes", Integer, nullable=False),
)

set_apart = Table(  # rows that could not be read, as far as they could
    "set_apart",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("table", Text, nullable=False),
    Column("row", JSON, nullable=False),
    Column("why", Text, nullable=False),
    Column("told", Boolean, nullable=False, default=False),
    sqlite_autoincrement=True,
)
