"""The house as it was last known, and what its owner calls things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Connection, delete, insert, select, update

from memory.models import devices, overrides, rooms
from memory.records import Json
from memory.transactions import StorePart, read, write


class House(StorePart):
    @write
    def save_devices(self, db: Connection, found: Sequence[Mapping[str, Any]]) -> None:
        """Add or change devices by their ``id``; others stay, and so do the owner's names."""
        known = set(db.execute(select(devices.c.id)).scalars())
        for device in found:
            row = dict(device)
            if row["id"] in known:
                db.execute(update(devices).where(devices.c.id == row["id"]).values(data=row))
            else:
                db.execute(insert(devices), {"id": row["id"], "data": row})
                known.add(row["id"])

    @read
    def devices(self, db: Connection) -> list[Json]:
        """Every device, by id, with the owner's name, room and aliases over its own."""
        named = (
            select(devices.c.data, overrides.c.name, overrides.c.room, overrides.c.aliases)
            .outerjoin(overrides, overrides.c.device == devices.c.id)
            .order_by(devices.c.id)
        )
        return [
            _named(row.data, row.name, row.room, row.aliases or [])
            for row in db.execute(named)
            if not row.data.get("forgotten")
        ]

    @read
    def given_names(self, db: Connection) -> dict[str, Json]:
        """What the owner called devices: ``name``, ``room``, ``aliases`` by device id, if given."""
        given: dict[str, Json] = {}
        for row in db.execute(select(overrides)):
            said = {"name": row.name, "room": row.room, "aliases": tuple(row.aliases or ())}
            given[row.device] = {k: v for k, v in said.items() if v}
        return given

    @write
    def forget_devices(self, db: Connection, ids: Sequence[str]) -> None:
        """These are gone; what the owner called them is kept for when they come again."""
        for row in db.execute(select(devices).where(devices.c.id.in_(ids))).all():
            gone = {**row.data, "forgotten": True}
            db.execute(update(devices).where(devices.c.id == row.id).values(data=gone))

    @read
    def forgotten_devices(self, db: Connection) -> list[Json]:
        """Those that are gone, as they were, without the owner's names."""
        rows = db.execute(select(devices.c.data).order_by(devices.c.id)).scalars()
        return [dict(row) for row in rows if row.get("forgotten")]

    @write
    def rename(
        self,
        db: Connection,
        device_id: str,
        name: str | None = None,
        room: str | None = None,
        alias: str | None = None,
    ) -> bool:
        """What the owner calls a device, and where it is; ``alias`` is added to the others.

        None leaves a thing as it is. False if the device is unknown.
        """
        if db.execute(select(devices.c.id).where(devices.c.id == device_id)).first() is None:
            return False
        mine = overrides.c.device == device_id
        kept = db.execute(select(overrides).where(mine)).first()
        aliases = list(kept.aliases) if kept else []
        if alias is not None and alias not in aliases:
            aliases.append(alias)
        values: Json = {"aliases": aliases}
        if name is not None:
            values["name"] = name
        if room is not None:
            values["room"] = room
        if kept:
            db.execute(update(overrides).where(mine).values(**values))
        else:
            db.execute(insert(overrides), {"device": device_id, **values})
        return True

    @write
    def save_rooms(self, db: Connection, found: Sequence[Mapping[str, Any]]) -> None:
        """These are the rooms now, in this order; each has a ``name``."""
        db.execute(delete(rooms))
        for position, room in enumerate(found):
            row = dict(room)
            db.execute(insert(rooms), {"name": row["name"], "position": position, "data": row})

    @read
    def rooms(self, db: Connection) -> list[Json]:
        return list(db.execute(select(rooms.c.data).order_by(rooms.c.position)).scalars())


def _named(device: Json, name: str | None, room: str | None, aliases: Sequence[str]) -> Json:
    named = dict(device)
    if name is not None:
        named["name"] = name
    if room is not None:
        named["room"] = room
    if aliases:
        own: Any = device.get("aliases")
        both = [*cast("list[str]", own), *aliases] if isinstance(own, list) else aliases
        named["aliases"] = list(dict.fromkeys(both))
    return named
