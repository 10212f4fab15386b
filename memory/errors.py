"""What can go wrong with the store, in words fit for the owner.

StoreError
├── Locked        another Dobby, or another program, holds the database
├── Corrupt       the file is damaged, or is not Dobby's
├── Lost          the file is gone, and there are backups of it
├── BadBackup     a backup that is damaged, or is none
├── NewerSchema   written by a newer Dobby
├── DiskFull      no room to write; what was acknowledged before is safe and readable
├── NotWritable   the home folder or the file refuses writes
├── KeyLost       a secret was sealed with a key that is not here any more
├── LastOwner     the house would be nobody's
└── Missing       no such record
"""

from __future__ import annotations

from pathlib import Path


class StoreError(Exception):
    """Root of the errors of this package; ``str()`` is fit for the owner."""


class Locked(StoreError):
    @classmethod
    def by_dobby(cls, path: Path, pid: str) -> Locked:
        who = f"process {pid}" if pid else "another process"
        return cls(f"Another Dobby ({who}) is already using {path}. Stop that one first.")

    @classmethod
    def by_other(cls, path: Path) -> Locked:
        return cls(f"Another program holds the database {path}. Close it, then try again.")


class Corrupt(StoreError):
    @classmethod
    def at(cls, path: Path, detail: str, backups: bool) -> Corrupt:
        cure = (
            "There are backups: `dobby restore` brings back the newest good one."
            if backups
            else "There is no backup; move the file away to start anew, with an empty memory."
        )
        return cls(f"The database {path} is damaged ({detail}). Nothing was changed. {cure}")


class Lost(StoreError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The database {path} is not there any more, but backups of it are. `dobby restore` "
            "brings back the newest good one. To begin with an empty memory instead: "
            "`dobby run --anew`; the backups are kept."
        )


class BadBackup(StoreError):
    @classmethod
    def of(cls, path: Path, reason: str) -> BadBackup:
        return cls(f"{path} cannot be used as a backup ({reason}). Nothing was changed.")


class NewerSchema(StoreError):
    def __init__(self, found: str, known: str) -> None:
        super().__init__(
            f"The database was written by a newer Dobby (schema {found}; this one knows {known}). "
            "Update Dobby, or restore a backup from before the update."
        )


class DiskFull(StoreError):
    def __init__(self, path: Path | None = None) -> None:
        where = f" that holds {path}" if path else ""
        super().__init__(
            f"The disk{where} is full. Everything acknowledged so far is safe and can be read, "
            "but nothing new can be kept until space is freed."
        )


class NotWritable(StoreError):
    @classmethod
    def at(cls, path: Path, reason: str) -> NotWritable:
        return cls(
            f"Dobby cannot write in {path} ({reason}). Check who owns the folder and that the "
            "disk is not mounted read-only."
        )


class Missing(StoreError):
    def __init__(self, what: str, name: object) -> None:
        super().__init__(f"There is no {what} {name!r} in the store.")


class LastOwner(StoreError):
    def __init__(self) -> None:
        super().__init__("That would leave this house without an owner, so nothing was changed.")


class KeyLost(StoreError):
    def __init__(self, key_file: Path, name: str) -> None:
        super().__init__(
            f"The pairing {name!r} was sealed with another key than {key_file}. "
            "Restore that file, or pair the device again."
        )
