"""Messages out: sent once, in order per recipient, through lost answers and kills."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, exists, insert, or_, select, update

from memory.errors import Missing
from memory.models import identities, outbound
from memory.records import Draft, Json, Outgoing, SendState
from memory.transactions import StorePart, read, write

log = logging.getLogger(__name__)

AMBIGUOUS_WAIT_S = 12.0  # seconds for a status callback to settle a send cut short by a kill
LONGEST_WAIT = timedelta(minutes=10)  # nobody waits longer: what does was dated by a wrong clock

_OPEN = (SendState.QUEUED, SendState.SENDING, SendState.AMBIGUOUS)
_REFUSED = frozenset({"failed", "undelivered", "canceled"})
_DELIVERED = frozenset({"delivered", "read", "received"})
_PHONES = frozenset({"sms", "whatsapp"})  # one number, two ways to it


class Outbox(StorePart):
    @write
    def post(self, db: Connection, draft: Draft) -> Outgoing:
        """Queue a message that answers none; a known ``dedupe`` gives the first one back."""
        return queue(db, draft)

    @write
    def unsendable(self, db: Connection, draft: Draft, reason: str) -> Outgoing:
        """Keep on record a message that there is no way for; as ``post`` for a known one."""
        row = queue(db, draft)
        if row.state is SendState.QUEUED and not row.attempts:
            _set(db, row.id, state=SendState.FAILED, reason=reason)
        return _outgoing(_row(db, row.id))

    @write
    def revise(
        self,
        db: Connection,
        dedupe: str,
        text: str,
        media: Sequence[str],
        editable: Collection[str] = (),
    ) -> Outgoing | None:
        """Change what a message says; as it stands then.

        None, and nothing is changed, if there is none, if it failed, or if it may have gone as it
        was; but on ``editable`` channels what has gone can still be changed.
        """
        row = db.execute(select(outbound).where(outbound.c.dedupe == dedupe)).first()
        if row is None or row.state == SendState.FAILED:
            return None
        if row.state != SendState.QUEUED and row.channel not in editable:
            return None
        _set(db, row.id, text=text, media=list(media))
        return _outgoing(_row(db, row.id))

    @read
    def addressed(self, db: Connection, channel: str, recipient: str) -> bool:
        """Whether that is a person's address: the only ones that Dobby may write to."""
        return _is_of_the_house(db, channel, recipient)

    @read
    def due(self, db: Connection, channel: str, now: datetime | None = None) -> list[Outgoing]:
        """What may be sent now, oldest first.

        Those whose time has come, and ambiguous ones whose wait is over; nothing that stands
        behind an earlier message to the same recipient that may not go yet. If one of them does
        not go through, leave that recipient's others for the next round.
        """
        now = now or datetime.now(UTC)
        pending = select(outbound).where(outbound.c.channel == channel, outbound.c.state.in_(_OPEN))
        ready: list[Outgoing] = []
        blocked: set[str] = set()
        for row in db.execute(pending.order_by(outbound.c.id)):
            waits = row.not_before and now < row.not_before < now + LONGEST_WAIT
            if row.state == SendState.SENDING or waits or row.recipient in blocked:
                blocked.add(row.recipient)
            else:
                ready.append(_outgoing(row))
        return ready

    @read
    def next_due(self, db: Connection, channel: str) -> datetime | None:
        """When the earliest message that waits for its time comes due; None if none waits."""
        waiting = select(outbound.c.not_before).where(
            outbound.c.channel == channel,
            outbound.c.state.in_((SendState.QUEUED, SendState.AMBIGUOUS)),
            outbound.c.not_before.is_not(None),
        )
        return db.execute(waiting.order_by(outbound.c.not_before).limit(1)).scalar()

    @write
    def date_anew(self, db: Connection, channel: str) -> None:
        """After the clock was put back: what was queued in what is the future now is queued now,
        and is worth something for as long as it was to be. What may have gone is looked for from
        a day before: when it really was queued is not known."""
        now = datetime.now(UTC)
        mine = (outbound.c.channel == channel, outbound.c.state.in_(_OPEN), outbound.c.at > now)
        for row in db.execute(select(outbound).where(*mine)).all():
            drop_after = now + (row.drop_after - row.at) if row.drop_after else None
            at = now - timedelta(days=1) if row.attempts else now
            _set(db, row.id, at=at, not_before=None, drop_after=drop_after)

    @write
    def sending(self, db: Connection, message_id: int) -> Outgoing | None:
        """Claim a due message just before it is sent, as it reads now. None: do not send it (a
        callback settled it, someone else sends it, or an earlier one to the recipient is still
        under way)."""
        row = _row(db, message_id)
        if row.state not in (SendState.QUEUED, SendState.AMBIGUOUS) or _behind(db, row):
            return None
        _set(db, message_id, state=SendState.SENDING, attempts=row.attempts + 1, not_before=None)
        return _outgoing(_row(db, message_id))

    @write
    def sent(self, db: Connection, message_id: int, external_id: str) -> None:
        """The channel took it. A callback may have told more already; that stays."""
        if _row(db, message_id).state in _OPEN:
            _set(db, message_id, state=SendState.SENT, external_id=external_id, not_before=None)
        else:
            _set(db, message_id, external_id=external_id)

    @write
    def ambiguous(self, db: Connection, message_id: int, wait_s: float = AMBIGUOUS_WAIT_S) -> None:
        """The answer to the send was lost: not sent again until a callback says that it failed,
        or ``wait_s`` seconds are over."""
        if _row(db, message_id).state in _OPEN:
            until = datetime.now(UTC) + timedelta(seconds=wait_s)
            _set(db, message_id, state=SendState.AMBIGUOUS, not_before=until)

    @write
    def delivered(
        self,
        db: Connection,
        key: str,
        status: str,
        external_id: str | None = None,
        reason: str = "",
    ) -> Outgoing | None:
        """A status callback, by the row's key or the channel's id; None if neither is known.

        A refused status makes an ambiguous message due again and fails a sent one; any other
        proves that the channel has it. Statuses come in any order: delivered is never taken back.
        ``reason`` is the channel's, in words.
        """
        named = or_(outbound.c.key == key, outbound.c.external_id == key)
        row = db.execute(select(outbound).where(named)).first()
        if row is None:
            return None
        changes = _settled(SendState(row.state), status.lower())
        if reason and "reason" in changes:
            changes["reason"] = reason
        if external_id:
            changes["external_id"] = external_id
        if changes:
            _set(db, row.id, **changes)
        if changes.get("state") is SendState.FAILED:
            _go_another_way(db, row)
        return _outgoing(_row(db, row.id))

    @write
    def failed(self, db: Connection, message_id: int, reason: str) -> None:
        """Given up: the channel refused it for good. What was to go instead is queued."""
        row = _row(db, message_id)
        _set(db, message_id, state=SendState.FAILED, reason=reason, not_before=None)
        if row.state != SendState.FAILED:
            _go_another_way(db, row)

    @write
    def retry(
        self, db: Connection, message_id: int, not_before: datetime, reason: str = ""
    ) -> None:
        """It certainly did not go (a rate limit, no network): again, not before then."""
        if _row(db, message_id).state in _OPEN:
            _set(db, message_id, state=SendState.QUEUED, not_before=not_before, reason=reason)

    @read
    def external_ids(
        self, db: Connection, channel: str, recipient: str, limit: int = 500
    ) -> set[str]:
        """The channel's own ids of the last messages known to have gone to that recipient."""
        gone = select(outbound.c.external_id).where(
            outbound.c.channel == channel,
            outbound.c.recipient == recipient,
            outbound.c.external_id.is_not(None),
        )
        last = gone.order_by(outbound.c.id.desc()).limit(limit)
        return {str(external_id) for external_id in db.execute(last).scalars()}

    @read
    def outgoing(self, db: Connection, message_id: int) -> Outgoing:
        """One message as it stands. Raises Missing."""
        return _outgoing(_row(db, message_id))


def queue(db: Connection, draft: Draft) -> Outgoing:
    """As ``Outbox.post``, inside a transaction that is under way."""
    known = select(outbound).where(outbound.c.dedupe == draft.dedupe)
    if row := db.execute(known).first():
        return _outgoing(row)
    values = {
        "key": secrets.token_urlsafe(16),
        "dedupe": draft.dedupe,
        "channel": draft.channel,
        "conversation": draft.conversation,
        "recipient": draft.recipient,
        "text": draft.text,
        "media": list(draft.media),
        "in_reply_to": draft.in_reply_to,
        "drop_after": draft.drop_after,
        "template": draft.template or None,
        "instead": _json(draft.instead) if draft.instead else None,
        "private": draft.private,
        "state": SendState.QUEUED,
        "at": datetime.now(UTC),
    }
    return _outgoing(db.execute(insert(outbound).returning(outbound), values).one())


def recover(db: Connection) -> None:
    """After a start: a send that was under way when the last run ended may have gone."""
    until = datetime.now(UTC) + timedelta(seconds=AMBIGUOUS_WAIT_S)
    cut = update(outbound).where(outbound.c.state == SendState.SENDING)
    db.execute(cut.values(state=SendState.AMBIGUOUS, not_before=until))


def _go_another_way(db: Connection, row: Row[Any]) -> None:
    """Queue what was to go instead of a message that failed, while it is of use to anyone."""
    draft = _draft(row.instead) if row.instead else None
    if draft is None:
        return
    in_time = draft.drop_after is None or draft.drop_after > datetime.now(UTC)
    if in_time and _is_of_the_house(db, draft.channel, draft.recipient):
        queue(db, draft)


def _is_of_the_house(db: Connection, channel: str, recipient: str) -> bool:
    channels = _PHONES if channel in _PHONES else (channel,)
    known = exists().where(identities.c.address == recipient, identities.c.channel.in_(channels))
    return bool(db.execute(select(known)).scalar())


def _settled(state: SendState, status: str) -> dict[str, Any]:
    """What a callback's status changes in a row that is in ``state``."""
    if status in _REFUSED:
        if state is SendState.AMBIGUOUS:
            return {"state": SendState.QUEUED, "not_before": None, "reason": status}
        if state in (SendState.SENDING, SendState.SENT):
            return {"state": SendState.FAILED, "reason": status}
        return {}
    if status in _DELIVERED:
        return {"state": SendState.DELIVERED, "not_before": None}
    if state in _OPEN:
        return {"state": SendState.SENT, "not_before": None}
    return {}


def _behind(db: Connection, row: Row[Any]) -> bool:
    earlier = exists().where(
        outbound.c.channel == row.channel,
        outbound.c.recipient == row.recipient,
        outbound.c.state.in_(_OPEN),
        outbound.c.id < row.id,
    )
    return bool(db.execute(select(earlier)).scalar())


def _row(db: Connection, message_id: int) -> Row[Any]:
    row = db.execute(select(outbound).where(outbound.c.id == message_id)).first()
    if row is None:
        raise Missing("outgoing message", message_id)
    return row


def _set(db: Connection, message_id: int, **values: Any) -> None:
    db.execute(update(outbound).where(outbound.c.id == message_id).values(**values))


def _outgoing(row: Row[Any]) -> Outgoing:
    return Outgoing(
        id=row.id,
        key=row.key,
        draft=Draft(
            channel=row.channel,
            conversation=row.conversation,
            recipient=row.recipient,
            text=row.text,
            dedupe=row.dedupe,
            media=tuple(row.media),
            in_reply_to=row.in_reply_to,
            drop_after=row.drop_after,
            template=row.template or "",
            instead=_draft(row.instead) if row.instead else None,
            private=row.private,
        ),
        state=SendState(row.state),
        attempts=row.attempts,
        at=row.at,
        not_before=row.not_before,
        external_id=row.external_id,
        reason=row.reason,
    )


def _json(draft: Draft) -> Json:
    drop_after = draft.drop_after.isoformat() if draft.drop_after else None
    instead = _json(draft.instead) if draft.instead else None
    return {**asdict(draft), "drop_after": drop_after, "instead": instead}


def _draft(told: Json) -> Draft | None:
    """None for one that cannot be read any more: then there is no other way."""
    try:
        drop_after, instead = told["drop_after"], told["instead"]
        read: Json = {
            "media": tuple(told["media"]),
            "drop_after": datetime.fromisoformat(drop_after) if drop_after else None,
            "instead": _draft(instead) if instead else None,
        }
        return Draft(**{**told, **read})
    except (KeyError, TypeError, ValueError):
        log.warning("what was to go in a message's place cannot be read")
        return None
