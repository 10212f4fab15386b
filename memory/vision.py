"""What was seen, and what is wanted of it: cameras, incidents, rules, and which pictures are kept.

Settings, incidents and rules are JSON of whoever keeps them. An incident has an ``id``, and the
ISO times ``started``, ``last`` and, once it is over, ``ended``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, desc, func, insert, select, update

from memory.models import alert_rules, cameras, incidents, pictures
from memory.records import Json, PictureRow, RuleRow
from memory.transactions import StorePart, read, write


class VisionRecords(StorePart):
    @read
    def cameras(self, db: Connection) -> dict[str, Json]:
        """Each camera's settings, by device id."""
        kept = select(cameras.c.device, cameras.c.data).order_by(cameras.c.device)
        return {row.device: row.data for row in db.execute(kept)}

    @write
    def save_camera(self, db: Connection, device: str, data: Mapping[str, Any]) -> None:
        mine = update(cameras).where(cameras.c.device == device)
        if not db.execute(mine.values(data=dict(data))).rowcount:
            db.execute(insert(cameras), {"device": device, "data": dict(data)})

    # Incidents -----------------------------------------------------------------------------

    @write
    def save_incident(self, db: Connection, incident: Mapping[str, Any]) -> None:
        """Add, or change by id."""
        values = {
            "started": _time(incident["started"]),
            "last": _time(incident["last"]),
            "open": incident.get("ended") is None,
            "data": dict(incident),
        }
        mine = update(incidents).where(incidents.c.id == incident["id"])
        if not db.execute(mine.values(**values)).rowcount:
            db.execute(insert(incidents), {"id": incident["id"], **values})

    @read
    def incidents(
        self,
        db: Connection,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 50,
        open_only: bool = False,
    ) -> list[Json]:
        """The last ``limit`` that were under way between ``since`` and ``until``, oldest first."""
        found = select(incidents.c.data).order_by(desc(incidents.c.started)).limit(limit)
        if since is not None:
            found = found.where(incidents.c.last >= since)
        if until is not None:
            found = found.where(incidents.c.started < until)
        if open_only:
            found = found.where(incidents.c.open.is_(True))
        return list(db.execute(found).scalars())[::-1]

    # Rules ---------------------------------------------------------------------------------

    @write
    def add_rule(
        self, db: Connection, data: Mapping[str, Any], person: str, source: int | None = None
    ) -> int:
        """Keep a rule; its id. ``source`` is the inbound message it was said in."""
        row = {"data": dict(data), "person": person, "at": datetime.now(UTC), "source": source}
        return db.execute(insert(alert_rules).returning(alert_rules.c.id), row).scalar_one()

    @read
    def rules(self, db: Connection) -> list[RuleRow]:
        """Those that hold, oldest first."""
        held = select(alert_rules).where(alert_rules.c.dropped.is_(None)).order_by(alert_rules.c.id)
        return [RuleRow(r.id, r.data, r.person, r.at, r.source) for r in db.execute(held)]

    @write
    def drop_rule(self, db: Connection, rule_id: int) -> bool:
        """False if no such rule holds."""
        held = update(alert_rules).where(
            alert_rules.c.id == rule_id, alert_rules.c.dropped.is_(None)
        )
        return db.execute(held.values(dropped=datetime.now(UTC))).rowcount == 1

    @write
    def restore_rule(self, db: Connection, rule_id: int) -> bool:
        """Take the dropping back, in its old place; False if it was not dropped."""
        dropped = update(alert_rules).where(
            alert_rules.c.id == rule_id, alert_rules.c.dropped.is_not(None)
        )
        return db.execute(dropped.values(dropped=None)).rowcount == 1

    # Pictures ------------------------------------------------------------------------------

    @write
    def save_picture(self, db: Connection, picture: PictureRow) -> None:
        db.execute(insert(pictures), asdict(picture))

    @read
    def pictures(
        self, db: Connection, before: datetime | None = None, limit: int = 500
    ) -> list[PictureRow]:
        """The oldest ``limit``, or of those taken before a time, oldest first."""
        kept = select(pictures).order_by(pictures.c.at, pictures.c.id).limit(limit)
        if before is not None:
            kept = kept.where(pictures.c.at < before)
        return [PictureRow(*row) for row in db.execute(kept)]

    @read
    def picture_bytes(self, db: Connection) -> int:
        """What all the pictures take on the disk."""
        return db.execute(select(func.coalesce(func.sum(pictures.c.bytes), 0))).scalar_one()

    @write
    def drop_picture(self, db: Connection, picture_id: str) -> bool:
        """Forget a picture; its file is for whoever made it to remove."""
        return db.execute(delete(pictures).where(pictures.c.id == picture_id)).rowcount == 1


def _time(said: str | datetime) -> datetime:
    return said if isinstance(said, datetime) else datetime.fromisoformat(said)
