"""Who did what: rows that are only ever added, each bound to the one before (``chain``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, desc, func, insert, select, update

from memory.chain import START, Chain, canonical, plain_hash
from memory.models import audit, audit_head
from memory.records import AuditRow
from memory.transactions import StorePart, read, write

CHAIN = "chain"  # the connection's own
AUDITED = "audited"  # what its transaction has added last

_LARGEST = 2**53  # of ids: a damaged one is not counted on from


class Audit(StorePart):
    @write
    def audit(self, db: Connection, actor: str, action: str, detail: Mapping[str, Any]) -> int:
        """Append a row; its id. ``detail`` is JSON, and holds no secret."""
        return append(db, actor, action, detail)

    @read
    def audited(self, db: Connection, limit: int = 100) -> list[AuditRow]:
        """The last rows that can be read, newest first."""
        rows = db.execute(select(audit).order_by(desc(audit.c.id)).limit(limit))
        return [told for row in rows if (told := _told(row))]

    @read
    def check_audit(self, db: Connection) -> list[int]:
        """As ``broken``."""
        return broken(db, Chain(self._database.home))


def append(db: Connection, actor: str, action: str, detail: Mapping[str, Any]) -> int:
    """As ``Audit.audit``, inside a transaction that is under way."""
    last, link = max(_last(db), db.info[CHAIN].newest)
    at, told = datetime.now(UTC).isoformat(), canonical(detail)
    row_id = last + 1
    row_hash = db.info[CHAIN].hash(link, row_id, at, actor, action, told)
    row = {"id": row_id, "at": at, "actor": actor, "action": action}
    db.execute(insert(audit), {**row, "detail": told, "hash": row_hash})
    if not db.execute(update(audit_head).values(last=row_id, hash=row_hash)).rowcount:
        db.execute(insert(audit_head), {"id": 1, "last": row_id, "hash": row_hash})
    db.info[AUDITED] = row_id, row_hash
    return row_id


def adopt(db: Connection, chain: Chain) -> None:
    """Take over what was audited before there was a key."""
    last, link = _last(db)
    if last:
        chain.adopt(last, link)


def notice(db: Connection, chain: Chain) -> None:
    """At a start: that the anchor is gone is on record before there is another."""
    if chain.begun and chain.anchor() is None:
        append(db, "dobby", "audit anchor missing", {})


def broken(db: Connection, chain: Chain) -> list[int]:
    """The ids of rows that were edited, or before which rows are missing; empty is good.

    A row missing from the end is told by its own id. 0 stands for the anchor: it is missing, or
    it was written with another key.
    """
    if not chain.begun and not db.execute(select(func.count()).select_from(audit)).scalar():
        return []
    anchor = chain.anchor()  # before the rows: more may be added meanwhile
    found = [] if anchor else [0]
    plain = anchor.plain if anchor else 0
    last, link = 0, START
    for row in db.execute(select(audit).order_by(audit.c.id)):
        bind = plain_hash if row.id <= plain else chain.hash
        if row.hash != bind(link, row.id, row.at, row.actor, row.action, row.detail):
            found.append(row.id)
        if anchor and row.id == anchor.last and row.hash != anchor.hash:
            found.append(row.id)
        last, link = row.id, row.hash
    head = db.execute(select(audit_head.c.last, audit_head.c.hash)).first()
    end, end_hash = (head.last, head.hash) if head else (0, START)
    if end != last:
        found.append(max(end, last))
    elif end_hash != link:
        found.append(last)
    if anchor and anchor.last > last:
        found.append(anchor.last)
    return sorted(set(found))


def _last(db: Connection) -> tuple[int, str]:
    """Of the rows themselves: what the head says may be damaged, and nothing may stop for that."""
    newest = select(audit.c.id, audit.c.hash).where(audit.c.id < _LARGEST)
    row = db.execute(newest.order_by(desc(audit.c.id)).limit(1)).first()
    return (row.id, str(row.hash)) if row else (0, START)


def _told(row: Any) -> AuditRow | None:
    try:
        at, detail = datetime.fromisoformat(row.at), json.loads(row.detail)
    except (ValueError, TypeError):
        return None
    return AuditRow(row.id, at, row.actor, row.action, detail)
