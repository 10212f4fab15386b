"""Backups: the database and the keys that open it, in one file that was proved whole.

A backup is numbered, so that a wrong clock never makes an old one the newest. Making one disturbs
no daemon: it reads beside it. Restoring needs the database for itself, and destroys nothing.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from memory.chain import ANCHOR, Chain
from memory.errors import BadBackup, NewerSchema, StoreError
from memory.home import Lock, backups, make_home, sync, told
from memory.migrations import HEAD, REVISIONS, UNKEYED

DATABASE = "dobby.db"
LARGEST = 1024 * 1024  # bytes of a file that is taken along
_NAME = re.compile(r"dobby-(?:(?P<number>\d{5})-)?(?P<day>\d{8})T\d{6}\.(?:tar|db)")
_PLAIN = re.compile(r"\w[\w.-]*")
_BESIDES = re.compile(re.escape(DATABASE) + r".*")
_WORTH = {
    "devices": "SELECT count(*) FROM devices",
    "pairings": "SELECT count(*) FROM vault",
    "facts": "SELECT count(*) FROM facts",
    "numbers": "SELECT count(*) FROM identities WHERE channel <> 'web'",
}


@dataclass(frozen=True)
class Contents:
    """What is in a backup, by kind, and the revision of its schema."""

    counts: Mapping[str, int]
    revision: str

    @property
    def empty(self) -> bool:
        """Nothing that anybody would miss."""
        return not any(self.counts.values())


def found(home: Path) -> list[Path]:
    """Every backup that was made by and by, oldest first."""
    by_age = {key: path for path in backups(home).glob("dobby-*") if (key := _key(path.name))}
    return [by_age[key] for key in sorted(by_age)]


def make(home: Path, now: datetime, target: Path | None = None) -> Path:
    """Back up the home folder; where it is. Blocks. Raises StoreError; what failed leaves nothing.

    ``target`` is a file or a folder, or else one of the home folder's own backups.
    """
    database = home / DATABASE
    if not database.exists():
        raise StoreError(f"There is no database {database} to back up.")
    path = _target(home, now, target)
    try:
        make_home(path.parent)
        kept = _files(home)  # before the database: the anchor may lag behind it
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
            copy, part = Path(folder) / DATABASE, Path(folder) / "part"
            _copy(database, copy)
            _look(copy)
            _pack({**kept, DATABASE: copy.read_bytes()}, part)
            part.replace(path)
        sync(path.parent)
    except OSError as error:
        raise told(path.parent, error) from error
    return path


def prove(backup: Path) -> Contents:
    """What a backup holds. Blocks. Raises BadBackup, NewerSchema."""
    with tempfile.TemporaryDirectory(prefix="dobby-") as folder:
        return _unpack(backup, Path(folder))


def newest_good(home: Path) -> Path | None:
    """The newest one that is whole and not of an empty house."""
    return next((path for path in reversed(found(home)) if _is_good(path)), None)


def prune(home: Path, days: int) -> None:
    """Keep the newest backup of each of the last ``days`` days that there is one of, and in any
    case the newest good one. Blocks. Raises OSError."""
    kept: dict[str, Path] = {}
    for path in reversed(found(home)):
        day = _NAME.fullmatch(path.name)
        if day and len(kept) < days:
            kept.setdefault(day["day"], path)
    spared = {*kept.values(), newest_good(home)}
    for path in found(home):
        if path not in spared:
            path.unlink()


def restore(home: Path, backup: Path, now: datetime) -> Path | None:
    """Put a backup in the place of what is there, which is set aside; where, or None if there was
    nothing. Blocks. Raises Locked, BadBackup, NewerSchema, NotWritable.

    Keys belong to their database, and come with it; tokens, settings and the soul are the
    owner's, and only put back where they are missing.
    """
    make_home(home)
    lock = Lock(home / DATABASE)
    lock.take()
    try:
        with tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as folder:
            new = Path(folder)
            contents = _unpack(backup, new)
            coming = [path for path in new.iterdir() if _comes(path.name, home)]
            aside = _set_aside(home, {path.name for path in coming}, now)
            for path in sorted(coming, key=lambda path: path.name == DATABASE):
                path.replace(home / path.name)  # the database last: a kill before asks again
        if not any(path.name == ANCHOR for path in coming):
            _anchor_anew(home, contents.revision)
        sync(home)
    except OSError as error:
        raise told(home, error) from error
    finally:
        lock.release()
    return aside


def leave_behind(home: Path, now: datetime) -> Path:
    """Move the backups out of the way, so that a start begins anew; where to. Raises StoreError."""
    if (home / DATABASE).exists():
        raise StoreError(f"There is a memory in {home}. To begin anew, move that folder away.")
    aside = home / f"backups-until-{now:%Y%m%dT%H%M%S}"
    try:
        if backups(home).exists():
            backups(home).rename(aside)
    except OSError as error:
        raise told(home, error) from error
    return aside


# ---------------------------------------------------------------------------------------------


def _key(name: str) -> tuple[int, str] | None:
    """What backups are ordered by. Those of before they had numbers come first."""
    matched = _NAME.fullmatch(name)
    return (int(matched["number"] or 0), name) if matched else None


def _target(home: Path, now: datetime, target: Path | None) -> Path:
    numbers = [key[0] for path in found(home) if (key := _key(path.name))]
    name = f"dobby-{max(numbers, default=0) + 1:05}-{now:%Y%m%dT%H%M%S}.tar"
    if target is None:
        return backups(home) / name
    return target / name if target.is_dir() else target


def _files(home: Path) -> dict[str, bytes]:
    """Keys, tokens, settings, the soul: whatever small file lies in the home folder itself."""
    return {
        path.name: path.read_bytes()
        for path in home.iterdir()
        if _PLAIN.fullmatch(path.name)
        and path.is_file()
        and not path.is_symlink()
        and not _BESIDES.fullmatch(path.name)
        and path.stat().st_size <= LARGEST
    }


def _copy(database: Path, copy: Path) -> None:
    """By SQLite's own copying, over a connection that cannot write. Raises StoreError."""
    os.close(os.open(copy, os.O_CREAT | os.O_WRONLY, 0o600))
    try:
        with closing(_readable(database)) as from_, closing(sqlite3.connect(copy)) as to:
            from_.backup(to)
            to.execute("PRAGMA journal_mode=DELETE")  # one file, and no log beside it
    except sqlite3.Error as error:
        raise StoreError(f"The database {database} could not be copied ({error}).") from error


def _look(database: Path) -> Contents:
    """Raises BadBackup, NewerSchema."""
    try:
        with closing(_readable(database)) as raw:
            verdict = raw.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if verdict != "ok":
                raise BadBackup(f"its database is damaged: {verdict}")
            revision = raw.execute("SELECT version_num FROM alembic_version").fetchone()[0]
            counts = {kind: raw.execute(sql).fetchone()[0] for kind, sql in _WORTH.items()}
    except (sqlite3.Error, TypeError) as error:
        raise BadBackup(f"its database cannot be read: {error}") from error
    if revision not in REVISIONS:
        raise NewerSchema(str(revision), HEAD)
    return Contents(counts, revision)


def _pack(files: Mapping[str, bytes], part: Path) -> None:
    with os.fdopen(os.open(part, os.O_CREAT | os.O_RDWR | os.O_EXCL, 0o600), "wb") as file:
        with tarfile.open(fileobj=file, mode="w") as archive:
            for name, content in files.items():
                entry = tarfile.TarInfo(name)
                entry.size, entry.mode = len(content), 0o600
                archive.addfile(entry, io.BytesIO(content))
        file.flush()
        os.fsync(file.fileno())


def _unpack(backup: Path, folder: Path) -> Contents:
    """The files of a backup, in ``folder``. Raises BadBackup, NewerSchema."""
    try:
        with _in_words(), backup.open("rb") as file:
            if file.read(16).startswith(b"SQLite format 3"):
                shutil.copyfile(backup, folder / DATABASE)
            else:
                _unpack_archive(backup, folder)
    except BadBackup as error:
        raise BadBackup.of(backup, str(error)) from error
    if not (folder / DATABASE).exists():
        raise BadBackup.of(backup, "there is no database in it")
    try:
        return _look(folder / DATABASE)
    except BadBackup as error:
        raise BadBackup.of(backup, str(error)) from error


def _unpack_archive(backup: Path, folder: Path) -> None:
    with tarfile.open(backup, "r:") as archive:
        for entry in archive:
            content = archive.extractfile(entry) if entry.isfile() else None
            if content is None or not _PLAIN.fullmatch(entry.name):
                raise BadBackup("it is none of Dobby's")
            path = folder / entry.name
            with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as file:
                shutil.copyfileobj(content, file)
                os.fsync(file.fileno())


@contextmanager
def _in_words() -> Generator[None]:
    try:
        yield
    except (OSError, tarfile.TarError, EOFError) as error:
        reason = getattr(error, "strerror", None) or "it is none of Dobby's, or not whole"
        raise BadBackup(reason) from error


def _is_good(path: Path) -> bool:
    try:
        return not prove(path).empty
    except StoreError:
        return False


def _comes(name: str, home: Path) -> bool:
    return name in (DATABASE, ANCHOR) or name.endswith(".key") or not (home / name).exists()


def _set_aside(home: Path, coming: set[str], now: datetime) -> Path | None:
    """Move what is replaced into a folder of its own, the log of the database with it."""
    logs = {f"{DATABASE}-wal", f"{DATABASE}-shm"}
    going = [home / name for name in sorted(coming | logs) if (home / name).exists()]
    if not going:
        return None
    aside = Path(tempfile.mkdtemp(dir=home, prefix=f"before-restore-{now:%Y%m%dT%H%M%S}-"))
    for path in going:
        path.replace(aside / path.name)
    return aside


def _anchor_anew(home: Path, revision: str) -> None:
    """A database that came alone is anchored where it ends: it goes back by its owner's hand."""
    if not (home / ANCHOR).exists():
        return
    if revision in UNKEYED:
        (home / ANCHOR).unlink()
        return
    with closing(_readable(home / DATABASE)) as raw:
        last = raw.execute("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1").fetchone()
    if last:
        Chain(home).move(*last)


def _readable(database: Path) -> sqlite3.Connection:
    """It cannot write, and so neither checkpoints: it is safe beside a daemon."""
    return sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)
