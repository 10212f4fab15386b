"""Messages in: committed before they are acknowledged, answered once, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, desc, func, insert, select, true, update

from memory.audit import append as append_audit
from memory.errors import DiskFull, Missing
from memory.models import conversations, inbound, outbound, receipts, steps
from memory.outbox import queue
from memory.records import DOBBY, Draft, Inbound, Json, SendState, Turn
from memory.transactions import StorePart, read, write


class Inbox(StorePart):
    @write
    def receive(
        self,
        db: Connection,
        channel: str,
        external_id: str,
        conversation: str,
        sender: str,
        text: str,
        attachments: Sequence[Mapping[str, Any]] = (),
        at: datetime | None = None,
    ) -> Inbound | None:
        """Keep a message; None if the channel delivered it before.

        On the disk when it returns, so the channel may be answered. ``at`` is when it was said
        (now, if the channel does not tell). Raises DiskFull while only the reserve is left:
        that is for finishing what was taken on.
        """
        if not self._database.has_room():
            raise DiskFull
        known = select(inbound.c.id).where(
            inbound.c.channel == channel, inbound.c.external_id == external_id
        )
        if db.execute(known).first():
            return None
        received = datetime.now(UTC)
        row = {
            "channel": channel,
            "external_id": external_id,
            "conversation": conversation,
            "sender": sender,
            "text": text,
            "attachments": [dict(attachment) for attachment in attachments],
            "at": at or received,
            "received": received,
        }
        return _inbound(db.execute(insert(inbound).returning(inbound), row).one())

    @read
    def message(self, db: Connection, message_id: int) -> Inbound | None:
        row = db.execute(select(inbound).where(inbound.c.id == message_id)).first()
        return _inbound(row) if row else None

    @read
    def last_heard(self, db: Connection, channel: str, sender: str) -> datetime | None:
        """When somebody last wrote from that address; None for never."""
        mine = (inbound.c.channel == channel, inbound.c.sender == sender)
        return db.execute(select(func.max(inbound.c.at)).where(*mine)).scalar()

    @read
    def unfinished(self, db: Connection) -> list[Inbound]:
        """Messages without an answer yet, oldest first: what a start has to take up again."""
        waiting = select(inbound).where(inbound.c.done.is_(False)).order_by(inbound.c.id)
        return [_inbound(row) for row in db.execute(waiting)]

    @write
    def begin(self, db: Connection, message_id: int) -> int:
        """Count a turn's start; above 1, an earlier turn was cut short: read its ``steps``.

        Raises Missing.
        """
        started = update(inbound).where(inbound.c.id == message_id)
        counted = started.values(attempts=inbound.c.attempts + 1).returning(inbound.c.attempts)
        attempts = db.execute(counted).scalar()
        if attempts is None:
            raise Missing("message", message_id)
        return attempts

    @write
    def journal(self, db: Connection, message_id: int, step: Mapping[str, Any]) -> None:
        """Append to a turn's steps: its plan before it acts, each receipt after."""
        db.execute(
            insert(steps), {"message_id": message_id, "step": dict(step), "at": datetime.now(UTC)}
        )

    @read
    def steps(self, db: Connection, message_id: int) -> list[Json]:
        kept = select(steps.c.step).where(steps.c.message_id == message_id).order_by(steps.c.id)
        return list(db.execute(kept).scalars())

    @read
    def planned_since(self, db: Connection, message_id: int) -> list[Json]:
        """The calls that other messages planned after this one's last step."""
        last = select(func.max(steps.c.id)).where(steps.c.message_id == message_id)
        later = select(steps.c.step).where(
            steps.c.id > last.scalar_subquery(), steps.c.message_id != message_id
        )
        kept = db.execute(later.order_by(steps.c.id)).scalars()
        return [call for step in kept for call in step.get("planned", ())]

    @write
    def finish(
        self,
        db: Connection,
        message_id: int,
        replies: Sequence[Draft] = (),
        receipts: Sequence[Mapping[str, Any]] = (),
        dialogue: Mapping[str, Any] | None = None,
        *,
        actor: str | None = None,
    ) -> bool:
        """Done: replies, receipts with their audit rows, and the dialogue, all or nothing.

        False, and nothing is written, if the message was finished before or is unknown. The
        audit rows (action ``receipt``) name ``actor``, or else the message's sender. No
        ``dialogue`` leaves the conversation's as it is.
        """
        open_message = select(inbound.c.conversation, inbound.c.sender).where(
            inbound.c.id == message_id, inbound.c.done.is_(False)
        )
        message = db.execute(open_message).first()
        if message is None:
            return False
        db.execute(update(inbound).where(inbound.c.id == message_id).values(done=True))
        for reply in replies:
            queue(db, reply)
        for receipt in receipts:
            _keep_receipt(db, message_id, dict(receipt), actor or message.sender)
        if dialogue is not None:
            _save_dialogue(db, message.conversation, dict(dialogue))
        return True

    @read
    def receipts(self, db: Connection, message_id: int) -> list[Json]:
        kept = select(receipts.c.receipt).where(receipts.c.message_id == message_id)
        return list(db.execute(kept.order_by(receipts.c.id)).scalars())

    @read
    def answers(self, db: Connection, channel: str, external_id: str) -> list[str] | None:
        """The replies to a message, in order; None until it is answered."""
        asked = select(inbound.c.id).where(
            inbound.c.channel == channel,
            inbound.c.external_id == external_id,
            inbound.c.done.is_(True),
        )
        message = db.execute(asked).scalar()
        if message is None:
            return None
        replies = select(outbound.c.text).where(outbound.c.in_reply_to == message)
        return list(db.execute(replies.order_by(outbound.c.id)).scalars())

    @read
    def history(
        self, db: Connection, conversation: str, limit: int = 20, *, answered: bool = False
    ) -> list[Turn]:
        """The conversation's last ``limit`` lines, oldest first; what failed to go is left out.

        ``answered``: without the messages that still wait for their answer.
        """
        mine = inbound.c.conversation == conversation
        heard = db.execute(
            select(
                inbound.c.sender,
                inbound.c.text,
                inbound.c.received,
                inbound.c.channel,
                inbound.c.external_id,
            )
            .where(mine, inbound.c.done.is_(True) if answered else true())
            .order_by(desc(inbound.c.id))
            .limit(limit)
        )
        told = db.execute(
            select(
                outbound.c.text,
                outbound.c.at,
                outbound.c.channel,
                outbound.c.key,
                outbound.c.media,
                outbound.c.private,
            )
            .where(outbound.c.conversation == conversation, outbound.c.state != SendState.FAILED)
            .order_by(desc(outbound.c.id))
            .limit(limit)
        )
        # Newest first; of one instant, Dobby's line comes after the one that it answers.
        turns = [
            Turn(DOBBY, row.text, row.at, row.channel, row.key, tuple(row.media), row.private)
            for row in told
        ]
        turns += [
            Turn(row.sender, row.text, row.received, row.channel, row.external_id) for row in heard
        ]
        turns.sort(key=lambda turn: turn.at, reverse=True)
        return turns[:limit][::-1]

    @read
    def dialogue(self, db: Connection, conversation: str) -> Json | None:
        kept = select(conversations.c.dialogue).where(conversations.c.id == conversation)
        return db.execute(kept).scalar()


def _keep_receipt(db: Connection, message_id: int, receipt: Json, actor: str) -> None:
    now = datetime.now(UTC)
    db.execute(insert(receipts), {"message_id": message_id, "receipt": receipt, "at": now})
    append_audit(db, actor, "receipt", {"message": message_id, "receipt": receipt})


def _save_dialogue(db: Connection, conversation: str, dialogue: Json) -> None:
    values = {"dialogue": dialogue, "at": datetime.now(UTC)}
    changed = db.execute(
        update(conversations).where(conversations.c.id == conversation).values(**values)
    )
    if not changed.rowcount:
        db.execute(insert(conversations), {"id": conversation, **values})


def _inbound(row: Row[Any]) -> Inbound:
    return Inbound(
        id=row.id,
        channel=row.channel,
        external_id=row.external_id,
        conversation=row.conversation,
        sender=row.sender,
        text=row.text,
        attachments=tuple(row.attachments),
        at=row.at,
        received=row.received,
        attempts=row.attempts,
    )
