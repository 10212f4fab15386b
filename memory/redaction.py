"""A secret that somebody said in the chat is taken out of what is remembered of it."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Column, Connection, Table, select, update

from memory import sqlite
from memory.desk import Desk, write
from memory.models import conversations, inbound, outbound, receipts, steps

HIDDEN = "•••"


class Redaction(Desk):
    @write
    def redact(self, db: Connection, message_id: int, secret: str) -> None:
        """Hide ``secret`` in a message, and in all that came of it: the steps and receipts of its
        turn, the replies, and what its conversation carries.

        For whoever takes a password out of a message, before it does anything else with it. The
        audit cannot be changed, and a dialogue that is saved later is not looked at: keep
        secrets out of these.
        """
        if not secret:
            return
        _hide(db, inbound, inbound.c.text, inbound.c.id == message_id, secret)
        _hide(db, outbound, outbound.c.text, outbound.c.in_reply_to == message_id, secret)
        _hide(db, steps, steps.c.step, steps.c.message_id == message_id, secret)
        _hide(db, receipts, receipts.c.receipt, receipts.c.message_id == message_id, secret)
        spoken = select(inbound.c.conversation).where(inbound.c.id == message_id)
        mine = conversations.c.id == spoken.scalar_subquery()
        _hide(db, conversations, conversations.c.dialogue, mine, secret)
        if db.dialect.name == "sqlite":
            sqlite.forget_words(db, inbound)


def _hide(db: Connection, table: Table, column: Column[Any], where: Any, secret: str) -> None:
    for row in db.execute(select(table.c.id, column).where(where)).all():
        told = _without(row[1], secret)
        if told != row[1]:
            db.execute(update(table).where(table.c.id == row.id).values({column: told}))


def _without(said: Any, secret: str) -> Any:
    """JSON with the secret hidden in all its strings."""
    if isinstance(said, str):
        return said.replace(secret, HIDDEN)
    if isinstance(said, list):
        return [_without(one, secret) for one in cast("list[Any]", said)]
    if isinstance(said, dict):
        return {k: _without(v, secret) for k, v in cast("dict[str, Any]", said).items()}
    return said
