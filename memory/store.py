"""The store: everything that must survive, behind one writer.

::

    async with Store(home / "dobby.db") as store:
        message = await store.receive("twilio", sid, "whatsapp:+48...", "+48...", text)

Every method is a coroutine and one transaction; an awaited write is on the disk. All raise
``StoreError`` when the database fails them (``errors``), and hand out frozen ``records``. By part:

=================  ==================================================================
``inbox``          receive, message, last_heard, unfinished, begin, journal, steps,
                   finish, receipts, answers, history, dialogue
``outbox``         post, unsendable, revise, addressed, due, next_due, sending, sent,
                   ambiguous, delivered, failed, retry, outgoing, external_ids
``people``         people, person, save_person, identity, identities, link, unlink,
                   admit, shut_out, trust, request_pairing, pending_pairings,
                   settle_pairing, note_failure, failures, clear_failures
``facts, recall``  remember, forget, undo, last_change, facts; recall, holding
``house``          save_devices, devices, given_names, forget_devices,
                   forgotten_devices, rename, save_rooms, rooms
``eyes``           cameras, save_camera; incidents, save_incident; rules, add_rule,
                   drop_rule, restore_rule; pictures, save_picture, picture_bytes,
                   drop_picture
``audit``          audit, audited, check_audit
``ledger``         spend, spent_since; note, noted, set_note
``damage``         untold, told_of, left_out, apart
``vault``          store.vault: load, save, drop, keys
here               works, precious, tidy_log, backup
=================  ==================================================================

On a full disk what was acknowledged is safe and can be read. The first write that finds no room
gives up a reserve file and is tried again; from then on ``receive`` raises DiskFull, so that what
was taken on can still be finished, until the disk has room again.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, event, func, make_url, select
from sqlalchemy.exc import StatementError

from memory import damage, outbox, schema
from memory.audit import AUDITED, CHAIN, Audit, adopt, notice
from memory.chain import Chain
from memory.database import Database, Server
from memory.facts import Facts
from memory.home import backups
from memory.house import House
from memory.inbox import Inbox
from memory.lanes import Reader, Writer
from memory.ledger import Ledger
from memory.migrations import UNKEYED
from memory.models import audit, devices, identities, people, vault
from memory.outbox import Outbox
from memory.people import People
from memory.recall import Recall
from memory.sqlite import SqliteFile
from memory.vault import Vault
from memory.vision import VisionRecords

log = logging.getLogger(__name__)

LOOK_AGAIN_S = 60.0


class Store(Inbox, Outbox, People, Facts, Recall, House, VisionRecords, Audit, Ledger):
    """``place`` is an SQLite file (made if missing, with its folder) or a database URL.

    A URL needs ``home`` too, the folder for keys; a file's own folder is its home. Entering
    raises Locked, Corrupt, NewerSchema, DiskFull or NotWritable; it checks the file, brings an
    older schema up to date (after a backup) and marks sends cut short as ambiguous.
    """

    vault: Vault

    def __init__(self, place: str | Path, home: Path | None = None) -> None:
        self._database = _database(place, home)
        self._chain = Chain(self._database.home)
        self._looked = -LOOK_AGAIN_S  # for damage, and found none

    async def __aenter__(self) -> Self:
        opening = asyncio.create_task(asyncio.to_thread(self._open))
        try:
            await asyncio.shield(opening)
        except asyncio.CancelledError:  # the thread goes on, and would keep the lock
            await asyncio.wait([opening])
            if opening.exception() is None:
                self._close()
            raise
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await asyncio.to_thread(self._close)

    async def works(self) -> bool:
        """Whether it can be read, and a message would be taken on. Raises StoreError."""
        return await self._reader.run(lambda _: self._database.has_room())

    async def tidy_log(self) -> None:
        """Let what was overwritten or deleted go from the log, too."""
        await self._writer.run_outside(self._database.tidy_log)

    async def precious(self) -> str:
        """A mark that changes when something came that must not be lost: a pairing, a device, a
        person. Empty for a house with nothing in it."""
        return await self._reader.run(_mark)

    async def backup(self, path: Path) -> None:
        """A consistent copy of the database while the store works on. Raises StoreError; a copy
        that failed leaves nothing behind. With its keys, ready to be restored: ``backups``."""
        await self._reader.run(lambda db: self._database.backup(db, path))

    def _open(self) -> None:
        try:
            db = self._database.open()
            db.info[CHAIN] = self._chain
            event.listen(db, "rollback", _forget)
            self._migrate(db)
            schema.prove(db)
            damage.look_over(db)
            with db.begin():
                outbox.recover(db)
                notice(db, self._chain)
            self._anchor(db)
            side = self._database.reader()
        except StatementError as error:
            told = self._database.explain(error)
            self._database.close()
            raise told from error
        except BaseException:
            self._database.close()
            raise
        self._writer = Writer(self._database, db, self._mend, self._anchor)
        self._reader = Reader(self._database, side, self._writer.mend)
        self.vault = Vault(self._database, self._writer, self._reader)

    def _migrate(self, db: Connection) -> None:
        found = schema.revision(db)
        if found is None:
            schema.create(db)
        elif found != schema.HEAD:
            name = f"before-{schema.HEAD}.db"
            self._database.backup(db, backups(self._database.home) / name)
            schema.upgrade(db)
            if found in UNKEYED:
                with db.begin():
                    adopt(db, self._chain)

    def _anchor(self, db: Connection) -> None:
        if audited := db.info.pop(AUDITED, None):
            self._chain.drop(*audited)

    def _mend(self, db: Connection) -> bool:
        """After something stumbled: whether to try it again. Looking is slow: what it does not
        mend may not hold up all the others."""
        if time.monotonic() < self._looked + LOOK_AGAIN_S:
            return False
        try:
            damage.rebuild_indexes(db)
            found = damage.look_over(db, closely=True)
        except StatementError as error:
            log.error("the database cannot be mended: %s", self._database.explain(error))  # noqa: TRY400
            found = 0
        if not found:
            self._looked = time.monotonic()
        return True

    def _close(self) -> None:
        self._reader.close()
        self._writer.close()
        self._database.close()


def _mark(db: Connection) -> str:
    paired = select(func.max(audit.c.id)).where(audit.c.action.startswith("paired"))
    addresses = select(identities.c.channel, identities.c.address)
    tables = [select(devices.c.id), select(vault.c.key), addresses]
    known = [sorted(tuple(row) for row in db.execute(table)) for table in tables]
    if not (known[0] or known[1] or len(known[2]) > 1):
        return ""
    persons = sorted(tuple(row) for row in db.execute(select(people)))
    said = repr((known, persons, db.execute(paired).scalar()))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _forget(db: Connection) -> None:
    """What was rolled back is not anchored."""
    db.info.pop(AUDITED, None)


def _database(place: str | Path, home: Path | None) -> Database:
    if isinstance(place, Path) or "://" not in place:
        return SqliteFile(Path(place).expanduser())
    url = make_url(place)
    if url.get_backend_name() == "sqlite" and url.database:
        return SqliteFile(Path(url.database))
    if home is None:
        raise ValueError("a database URL needs a home folder for keys")
    return Server(place, home)
