"""Who is who: people, their addresses, strangers who ask to be paired, and codes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from memory.errors import LastOwner, Missing
from memory.models import failures, identities, pairings, people
from memory.records import Identity, Pairing, PersonRecord
from memory.transactions import StorePart, read, write

OWNER = "owner"  # the role that somebody with an address always has
PENDING_PAIRINGS = 3
FAILURES_KEPT = timedelta(days=30)
CLOCK_JITTER = timedelta(minutes=1)  # so much a clock may be corrected at any time


class People(StorePart):
    @read
    def people(self, db: Connection) -> list[PersonRecord]:
        return [PersonRecord(*row) for row in db.execute(select(people).order_by(people.c.name))]

    @read
    def person(self, db: Connection, person_id: str) -> PersonRecord | None:
        row = db.execute(select(people).where(people.c.id == person_id)).first()
        return PersonRecord(*row) if row else None

    @write
    def save_person(self, db: Connection, person: PersonRecord) -> None:
        """Add, or change by id."""
        _save(db, person)

    @read
    def identity(self, db: Connection, channel: str, address: str) -> PersonRecord | None:
        """Whose address this is, and since when it is trusted."""
        owner = (
            select(people, identities.c.trusted_from)
            .join(identities, identities.c.person == people.c.id)
            .where(identities.c.channel == channel, identities.c.address == address)
        )
        row = db.execute(owner).first()
        return PersonRecord(*row) if row else None

    @read
    def identities(self, db: Connection, person_id: str | None = None) -> list[Identity]:
        """Everyone's addresses, or one person's: the only ones that Dobby may write to."""
        known = select(identities).order_by(identities.c.channel, identities.c.address)
        if person_id is not None:
            known = known.where(identities.c.person == person_id)
        return [Identity(*row) for row in db.execute(known)]

    @write
    def link(self, db: Connection, channel: str, address: str, person_id: str) -> None:
        """The address is that person's from now on. Raises Missing for an unknown person."""
        _link(db, channel, address, person_id)

    @write
    def unlink(self, db: Connection, channel: str, address: str) -> bool:
        gone = delete(identities).where(
            identities.c.channel == channel, identities.c.address == address
        )
        return db.execute(gone).rowcount == 1

    @write
    def admit(
        self,
        db: Connection,
        channel: str,
        address: str,
        person: PersonRecord,
        trusted_from: datetime | None = None,
    ) -> None:
        """The address is that person's, who is saved as given. Raises LastOwner, and then nothing
        has changed."""
        owned = _owned(db)
        _save(db, person)
        _link(db, channel, address, person.id, trusted_from)
        db.execute(
            delete(pairings).where(pairings.c.channel == channel, pairings.c.address == address)
        )
        if owned and not _owned(db):
            raise LastOwner

    @write
    def shut_out(self, db: Connection, person_id: str) -> None:
        """Take all of a person's addresses away. Raises LastOwner, and then nothing has changed."""
        owned = _owned(db)
        db.execute(delete(identities).where(identities.c.person == person_id))
        if owned and not _owned(db):
            raise LastOwner

    @write
    def trust(self, db: Connection, person_id: str) -> None:
        """All of a person's addresses are trusted from now on."""
        mine = update(identities).where(identities.c.person == person_id)
        db.execute(mine.values(trusted_from=None))

    @write
    def request_pairing(
        self,
        db: Connection,
        channel: str,
        address: str,
        name: str,
        code_hash: str,
        expires: datetime,
    ) -> bool:
        """Note a stranger. False, and nothing is noted, if this address waits already or three
        others do: so nobody is told twice, and a hundred strangers cost nothing."""
        db.execute(delete(pairings).where(pairings.c.expires <= datetime.now(UTC)))
        waiting = {(row.channel, row.address) for row in db.execute(select(pairings))}
        if (channel, address) in waiting or len(waiting) >= PENDING_PAIRINGS:
            return False
        row = {"channel": channel, "address": address, "name": name}
        db.execute(insert(pairings), {**row, "code_hash": code_hash, "expires": expires})
        return True

    @read
    def pending_pairings(self, db: Connection, now: datetime | None = None) -> list[Pairing]:
        """Soonest to expire first."""
        waiting = select(pairings).where(pairings.c.expires > (now or datetime.now(UTC)))
        return [Pairing(*row) for row in db.execute(waiting.order_by(pairings.c.expires))]

    @write
    def settle_pairing(
        self, db: Connection, channel: str, address: str, person: PersonRecord | None
    ) -> bool:
        """End a request: with ``person``, who is saved and linked to the address; with None, it
        is dropped. False, and nothing changes, if none is pending or it has expired."""
        mine = (pairings.c.channel == channel, pairings.c.address == address)
        alive = pairings.c.expires > datetime.now(UTC)
        found = db.execute(select(pairings).where(*mine, alive)).first()
        db.execute(delete(pairings).where(*mine))
        if found and person:
            _save(db, person)
            _link(db, channel, address, person.id)
        return found is not None

    @write
    def note_failure(self, db: Connection, key: str, window_s: float = 3600.0) -> int:
        """Count a wrong code; how many there were within ``window_s`` seconds, this one too."""
        now = datetime.now(UTC)
        db.execute(delete(failures).where(failures.c.at < now - FAILURES_KEPT))
        db.execute(insert(failures), {"key": key, "at": now})
        return _failures(db, key, now - timedelta(seconds=window_s))

    @read
    def failures(self, db: Connection, key: str, since: datetime) -> int:
        return _failures(db, key, since)

    @write
    def clear_failures(self, db: Connection, key: str) -> None:
        db.execute(delete(failures).where(failures.c.key == key))


def _save(db: Connection, person: PersonRecord) -> None:
    values = {"name": person.name, "role": person.role}
    if not db.execute(update(people).where(people.c.id == person.id).values(**values)).rowcount:
        db.execute(insert(people), {"id": person.id, **values})


def _link(
    db: Connection,
    channel: str,
    address: str,
    person_id: str,
    trusted_from: datetime | None = None,
) -> None:
    if db.execute(select(people.c.id).where(people.c.id == person_id)).first() is None:
        raise Missing("person", person_id)
    mine = (identities.c.channel == channel, identities.c.address == address)
    db.execute(delete(identities).where(*mine))
    row = {"channel": channel, "address": address, "person": person_id}
    db.execute(insert(identities), {**row, "trusted_from": trusted_from})


def _owned(db: Connection) -> bool:
    """Whether there is an owner who can be heard."""
    owner = select(people.c.id).join(identities, identities.c.person == people.c.id)
    return db.execute(owner.where(people.c.role == OWNER).limit(1)).first() is not None


def _failures(db: Connection, key: str, since: datetime) -> int:
    """Those of a clock that was ahead, and has been put right since, lock nobody out."""
    counted = select(func.count()).select_from(failures)
    until = datetime.now(UTC) + CLOCK_JITTER
    mine = (failures.c.key == key, failures.c.at.between(since, until))
    return db.execute(counted.where(*mine)).scalar_one()
