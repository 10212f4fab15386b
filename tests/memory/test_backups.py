"""A backup is whole and has its keys; a restore loses nothing; the last good one stays."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from memory import backups
from memory.backups import DATABASE
from memory.errors import BadBackup, Locked, Lost, NewerSchema, StoreError
from memory.home import backups as folder
from memory.store import Store

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECRET: dict[str, object] = {"app_key": "the bridge's"}


async def live(home: Path, fact: str = "the key is under the pot") -> None:
    async with Store(home / DATABASE) as store:
        await store.remember(fact, "ann")
        await store.vault.save("hue:1", SECRET)
        await store.audit("ann", "say", {"fact": fact})


async def facts(home: Path) -> list[str]:
    async with Store(home / DATABASE) as store:
        assert await store.vault.load("hue:1") == SECRET
        assert await store.check_audit() == []
        return [fact.text for fact in await store.facts()]


async def test_one_made_beside_an_open_store_is_restored_elsewhere_with_its_keys(
    tmp_path: Path,
) -> None:
    home, new = tmp_path / "home", tmp_path / "new"
    async with Store(home / DATABASE) as store:
        await store.remember("still in the log", "ann")
        await store.vault.save("hue:1", SECRET)
        (home / "soul.md").write_text("Be kind.")
        made = backups.make(home, NOON, tmp_path)
        await store.remember("after it", "ann")
    assert made.parent == tmp_path
    assert made.stat().st_mode & 0o077 == 0
    assert backups.restore(new, made, NOON) is None
    assert await facts(new) == ["still in the log"]
    assert (new / "soul.md").read_text() == "Be kind."
    assert not list(home.glob(".backup-*"))


CRASH = """
import asyncio, os, signal, sys
from memory.store import Store
async def main():
    async with Store(sys.argv[1]) as store:
        for n in range(300):
            await store.remember(f"of the crash {n}", "ann")
        os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""


async def test_a_crashed_home_with_its_log_is_set_aside_whole(tmp_path: Path) -> None:
    home = tmp_path / "home"
    await live(home)
    made = backups.make(home, NOON)
    crash = subprocess.run([sys.executable, "-c", CRASH, str(home / DATABASE)], timeout=60)
    assert crash.returncode == -signal.SIGKILL
    assert (home / f"{DATABASE}-wal").stat().st_size
    of_the_crash = backups.make(home, NOON, tmp_path)  # what is in the log is in it
    aside = backups.restore(home, made, NOON)
    assert aside
    assert not (home / f"{DATABASE}-wal").exists()
    assert await facts(home) == ["the key is under the pot"]
    async with Store(aside / DATABASE) as store:
        assert len(await store.facts()) == 301
    backups.restore(home, of_the_crash, NOON)
    assert len(await facts(home)) == 301


async def test_a_bare_copy_of_before_is_restored_and_the_audit_holds(tmp_path: Path) -> None:
    home = tmp_path / "home"
    await live(home)
    async with Store(home / DATABASE) as store:
        await store.backup(folder(home) / "dobby-20260101T000000.db")
        for _ in range(5):
            await store.audit("ann", "say", {})
    (home / DATABASE).unlink()
    good = backups.newest_good(home)
    assert good
    backups.restore(home, good, NOON)
    assert await facts(home) == ["the key is under the pot"]


async def test_a_lost_database_beside_backups_is_no_new_house(tmp_path: Path) -> None:
    home = tmp_path / "home"
    await live(home)
    backups.make(home, NOON)
    for lost in (lambda: (home / DATABASE).unlink(), lambda: os.truncate(home / DATABASE, 0)):
        lost()
        with pytest.raises(Lost, match=r"dobby restore.*--anew"):
            async with Store(home / DATABASE):
                pass
        good = backups.newest_good(home)
        assert good
        backups.restore(home, good, NOON)
        assert await facts(home)
    with pytest.raises(StoreError, match="There is a memory"):
        backups.leave_behind(home, NOON)
    (home / DATABASE).unlink()
    kept = backups.leave_behind(home, NOON)
    async with Store(home / DATABASE) as store:
        assert await store.facts() == []
    assert list(kept.iterdir())


async def test_a_running_dobby_is_not_restored_over(tmp_path: Path) -> None:
    home = tmp_path / "home"
    async with Store(home / DATABASE) as store:
        made = backups.make(home, NOON)
        with pytest.raises(Locked):
            backups.restore(home, made, NOON)
        await store.set_note("k", "v")


def packed(path: Path, **files: bytes) -> Path:
    with tarfile.open(path, "w") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name.replace("_SLASH_", "/"))
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return path


@pytest.mark.parametrize(
    "damage", ["cut", "noise", "missing", "empty", "foreign", "outside", "rotten", "no database"]
)
async def test_a_bad_one_is_refused_and_nothing_changed(tmp_path: Path, damage: str) -> None:
    home, bad = tmp_path / "home", tmp_path / "bad.tar"
    await live(home)
    made = backups.make(home, NOON)
    whole = made.read_bytes()
    match damage:
        case "cut":
            bad.write_bytes(whole[: len(whole) // 2])
        case "noise":
            bad.write_bytes(os.urandom(50_000))
        case "empty":
            bad.write_bytes(b"")
        case "foreign":
            packed(bad, **{"dobby.db": b"SQLite format 3\0 and then nothing"})
        case "outside":
            packed(bad, **{".._SLASH_evil": b"x", "dobby.db": (home / DATABASE).read_bytes()})
        case "rotten":
            at = whole.index(b"SQLite format 3")
            bad.write_bytes(whole[: at + 5000] + b"\xff" * 9000 + whole[at + 14000 :])
        case "no database":
            packed(bad, **{"vault.key": b"x"})
    before = {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}
    with pytest.raises(BadBackup, match="Nothing was changed"):
        backups.restore(home, bad, NOON)
    after = {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}
    assert after == before
    assert not (tmp_path / "evil").exists()
    assert not list(home.glob(".restore-*"))
    assert await facts(home)


async def test_one_of_a_newer_dobby_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "home"
    await live(home)
    async with Store(home / DATABASE) as store:
        await store.backup(tmp_path / "new.db")
    import sqlite3

    raw = sqlite3.connect(tmp_path / "new.db")
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.commit()
    raw.close()
    with pytest.raises(NewerSchema):
        backups.restore(home, tmp_path / "new.db", NOON)


@pytest.mark.parametrize("years", [0, 73, -50], ids=["in order", "then 2099", "then 1976"])
async def test_the_last_good_one_is_never_pruned_whatever_the_clock_says(
    tmp_path: Path, years: int
) -> None:
    home, lost = tmp_path / "home", tmp_path / "lost"
    await live(home)
    good = backups.make(home, NOON)
    shutil.move(home / DATABASE, lost)
    kept = backups.leave_behind(home, NOON)
    async with Store(home / DATABASE):
        pass
    kept.rename(folder(home))
    start = NOON.replace(year=NOON.year + years)
    for day in range(1, 13):
        backups.make(home, start + timedelta(days=day))
        backups.prune(home, 7)
    assert good.exists()
    assert len(backups.found(home)) == 8
    assert backups.newest_good(home) == good
    (home / DATABASE).unlink()
    shutil.move(lost, home / DATABASE)
    newer = backups.make(home, NOON + timedelta(days=1))
    backups.prune(home, 7)
    assert backups.newest_good(home) == newer
    assert not good.exists()  # it has a better one now


async def test_one_of_each_day_is_kept_however_many_a_day_has(tmp_path: Path) -> None:
    home = tmp_path / "home"
    await live(home)
    made = [backups.make(home, NOON + timedelta(days=n // 5, hours=n % 5)) for n in range(45)]
    backups.prune(home, 7)
    assert backups.found(home) == made[14::5]
