"""The files beside the database: the lock, the reserve for a full disk, backups."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from memory.errors import DiskFull, Locked, NotWritable, StoreError

RESERVE = 4 * 1024 * 1024  # bytes: thousands of last writes


def make_home(home: Path) -> None:
    """Private to its owner. Raises NotWritable, DiskFull."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise told(home, error) from error


def read_or_make(path: Path, make: Callable[[], bytes]) -> bytes:
    """A small secret file's content, made at the first call, durable when it returns.

    Never half a file, through races and kills: it is linked into place when whole. Raises
    NotWritable, DiskFull.
    """
    try:
        if path.exists():
            return path.read_bytes()
        fresh, name = tempfile.mkstemp(dir=path.parent)  # 0600 by its contract
        try:
            with os.fdopen(fresh, "wb") as file:
                file.write(make())
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(name, path)
        finally:
            os.unlink(name)
        sync(path.parent)
        return path.read_bytes()
    except OSError as error:
        raise told(path, error) from error


def sync(folder: Path) -> None:
    """What was renamed in it stays renamed. Raises OSError."""
    file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def backups(home: Path) -> Path:
    return home / "backups"


def has_backups(home: Path) -> bool:
    return any(path.suffix in (".tar", ".db") for path in backups(home).glob("*"))


class Lock:
    """One Dobby per database. The kernel drops it with the process, however that ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def take(self) -> None:
        """Raises Locked, NotWritable."""
        name = self._path.with_name(self._path.name + ".lock")
        try:
            file = os.open(name, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise told(self._path.parent, error) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(file, 32).decode("ascii", "replace").strip()
            os.close(file)
            raise Locked.by_dobby(self._path, holder) from error
        with suppress(OSError):  # who holds it is only told; a full disk must not stop the start
            os.ftruncate(file, 0)
            os.write(file, str(os.getpid()).encode())
        self._file = file

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


class Reserve:
    """Space set aside, so that work under way can be finished on a full disk.

    When a write finds the disk full the reserve is given up and the write is tried again; from
    then until the reserve could be filled again, nothing new is taken on.
    """

    def __init__(self, path: Path, size: int = RESERVE) -> None:
        self._path = path
        self._size = size

    def fill(self) -> bool:
        """Whether the reserve is whole, filling it where the disk has room again."""
        try:
            if self._path.exists() and self._path.stat().st_size == self._size:
                return True
            if shutil.disk_usage(self._path.parent).free < 2 * self._size:
                return False
            file = os.open(self._path, os.O_CREAT | os.O_WRONLY | os.O_CLOEXEC, 0o600)
            try:
                os.posix_fallocate(file, 0, self._size)
            finally:
                os.close(file)
        except OSError:
            self.release()
            return False
        return True

    def release(self) -> bool:
        """Whether there was a reserve to give up."""
        try:
            self._path.unlink()
        except OSError:
            return False
        return True


def told(path: Path, error: OSError) -> StoreError:
    """An error of the disk in the owner's words."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(path)
    return NotWritable.at(path, error.strerror or str(error))
