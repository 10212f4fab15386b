"""``dobby backup`` and ``dobby restore``: what they do, and say of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from dobby.agent.phrases import counted, names
from dobby.settings import Settings
from memory import backups
from memory.errors import StoreError
from memory.store import Store

OWN_TOOLS = "This database is a server's: back it up, and restore it, with its own tools (pg_dump)."


def back_up_now(settings: Settings, target: Path | None) -> str:
    """Make one; what to say of it. Raises StoreError."""
    _check(settings)
    made = backups.make(settings.home, datetime.now(UTC), target and target.absolute())
    held = _held(backups.prove(made))
    return f"{made}: {held}, with the keys that open them. Keep it where only you can read it."


def chosen(settings: Settings, backup: Path | None) -> tuple[Path, str]:
    """The backup that is meant, and what it holds. Raises StoreError."""
    _check(settings)
    if backup is None:
        backup = backups.newest_good(settings.home)
    if backup is None:
        raise StoreError(f"There is no good backup in {settings.home}. Name one.")
    backup = backup.absolute()
    return backup, f"{backup} holds {_held(backups.prove(backup))}."


async def put_back(settings: Settings, backup: Path) -> str:
    """Restore it, and see that it opens; what to say of it. Raises StoreError."""
    aside = backups.restore(settings.home, backup, datetime.now(UTC))
    async with Store(settings.database_url, settings.home) as store:
        await store.audit("the server", "restored", {"backup": backup.name})
    was = f" What was there before is in {aside}." if aside else ""
    return f"{backup.name} is restored, and opens.{was} Start Dobby: dobby run."


def begin_anew(settings: Settings) -> str:
    """Raises StoreError."""
    aside = backups.leave_behind(settings.home, datetime.now(UTC))
    return f"Dobby begins anew. The backups of before are in {aside}."


def _check(settings: Settings) -> None:
    if settings.database:
        raise StoreError(OWN_TOOLS)


def _held(contents: backups.Contents) -> str:
    kinds = [
        counted(count, kind.removesuffix("s")) for kind, count in contents.counts.items() if count
    ]
    return names(kinds) or "an empty house"
