"""Who did what: rows that are only ever added, each bound to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, desc, insert, select, update

from memory.desk import Desk, read, write
from memory.models import audit, audit_head
from memory.records import AuditRow

_START = "0" * 64


class Audit(Desk):
    @write
    def audit(self, db: Connection, actor: str, action: str, detail: Mapping[str, Any]) -> int:
        """Append a row; its id. ``detail`` is JSON, and holds no secret."""
        return append(db, actor, action, detail)

    @read
    def audited(self, db: Connection, limit: int = 100) -> list[AuditRow]:
        """The last rows, newest first."""
        rows = db.execute(select(audit).order_by(desc(audit.c.id)).limit(limit))
        return [
            AuditRow(
                row.id,
                datetime.fromisoformat(row.at),
                row.actor,
                row.action,
                json.loads(row.detail),
            )
            for row in rows
        ]

    @read
    def check_audit(self, db: Connection) -> list[int]:
        """The ids of rows that were edited, or before which rows are missing; empty is good.

        A row missing from the end is told by its own id.
        """
        broken: list[int] = []
        last, link = 0, _START
        for row in db.execute(select(audit).order_by(audit.c.id)):
            if row.hash != _hash(link, row.id, row.at, row.actor, row.action, row.detail):
                broken.append(row.id)
            last, link = row.id, row.hash
        head = db.execute(select(audit_head.c.last, audit_head.c.hash)).first()
        end, end_hash = (head.last, head.hash) if head else (0, _START)
        if end != last:
            broken.append(max(end, last))
        elif end_hash != link and last not in broken:
            broken.append(last)
        return broken


def append(db: Connection, actor: str, action: str, detail: Mapping[str, Any]) -> int:
    """As ``Audit.audit``, inside a transaction that is under way."""
    head = db.execute(select(audit_head.c.last, audit_head.c.hash)).first()
    last, link = (head.last, head.hash) if head else (0, _START)
    at = datetime.now(UTC).isoformat()
    told = _canonical(detail)
    row_id = last + 1
    row_hash = _hash(link, row_id, at, actor, action, told)
    row = {"id": row_id, "at": at, "actor": actor, "action": action}
    db.execute(insert(audit), {**row, "detail": told, "hash": row_hash})
    if head:
        db.execute(update(audit_head).values(last=row_id, hash=row_hash))
    else:
        db.execute(insert(audit_head), {"id": 1, "last": row_id, "hash": row_hash})
    return row_id


def _hash(link: str, row_id: int, at: str, actor: str, action: str, detail: str) -> str:
    return hashlib.sha256(
        _canonical([link, row_id, at, actor, action, detail]).encode()
    ).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
