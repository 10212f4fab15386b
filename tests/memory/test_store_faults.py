from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from memory import backups, sqlite
from memory.errors import Corrupt, Locked, NotWritable, StoreError
from memory.store import Store

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def fill(path: Path, rows: int = 200) -> None:
    async with Store(path) as store:
        for n in range(rows):
            await store.set_note(f"k{n}", "v" * 500)


async def refusal(path: Path) -> StoreError:
    with pytest.raises(StoreError) as caught:
        async with Store(path):
            pass
    return caught.value


async def test_a_second_dobby_is_refused_and_the_first_goes_on(store: Store, path: Path) -> None:
    error = await refusal(path)
    assert isinstance(error, Locked)
    assert f"process {os.getpid()}" in str(error)
    await store.set_note("k", "v")
    assert await store.note("k") == "v"


async def test_the_lock_goes_with_the_store(path: Path) -> None:
    for _ in range(3):
        async with Store(path):
            pass


async def test_a_start_that_is_given_up_keeps_no_lock(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    open_file = sqlite.SqliteFile.open

    def slowly(self: sqlite.SqliteFile) -> Connection:
        begun.set()
        go_on.wait(5)
        return open_file(self)

    monkeypatch.setattr(sqlite.SqliteFile, "open", slowly)
    starting = asyncio.create_task(Store(path).__aenter__())
    await asyncio.to_thread(begun.wait, 5)
    starting.cancel()
    asyncio.get_running_loop().call_later(0.05, go_on.set)
    with pytest.raises(asyncio.CancelledError):
        await starting
    async with Store(path):
        pass


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = ("PRAGMA busy_timeout=50", *sqlite._WRITER[1:])  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr(sqlite, "_WRITER", quick)


@pytest.mark.usefixtures("impatient")
async def test_a_database_held_by_another_program(path: Path) -> None:
    await fill(path, 1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    error = await refusal(path)
    assert isinstance(error, Locked)
    assert "Another program" in str(error)
    other.execute("ROLLBACK")
    async with Store(path) as store:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked):
            await store.set_note("k0", "changed")
        assert await store.note("k0") == "v" * 500
        other.execute("ROLLBACK")
        await store.set_note("k0", "changed")
        assert await store.note("k0") == "changed"
    other.close()


@pytest.mark.parametrize(
    ("at", "garbage"),
    [(0, b"not a database, is it?" * 40), (4096 * 6, os.urandom(4096 * 20)), (100, b"\xff" * 3000)],
)
async def test_a_damaged_file_is_refused_unchanged(path: Path, at: int, garbage: bytes) -> None:
    await fill(path)
    with path.open("r+b") as file:
        file.seek(at)
        file.write(garbage)
    before = path.read_bytes()
    error = await refusal(path)
    assert isinstance(error, Corrupt)
    assert "damaged" in str(error)
    assert "There is no backup" in str(error)
    assert path.read_bytes() == before


async def test_a_truncated_file_is_refused_and_the_backup_named_and_good(path: Path) -> None:
    await fill(path)
    async with Store(path) as store:
        made = backups.make(path.parent, NOON)
    os.truncate(path, path.stat().st_size // 2)
    error = await refusal(path)
    assert isinstance(error, Corrupt)
    assert "dobby restore" in str(error)
    backups.restore(path.parent, made, NOON)
    async with Store(path) as store:
        assert await store.note("k199") == "v" * 500


async def test_a_backup_that_fails_leaves_nothing(store: Store, path: Path) -> None:
    folder = path.parent / "plain"
    folder.write_text("a file")
    with pytest.raises(NotWritable):
        await store.backup(folder / "copy.db")
    await store.set_note("k", "v")
    await store.backup(path.parent / "copy.db")
    assert (path.parent / "copy.db").exists()
    assert not list(path.parent.glob("*.part"))


async def test_a_home_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    error = await refusal(tmp_path / "file" / "home" / "dobby.db")
    assert isinstance(error, NotWritable)
    assert "cannot write" in str(error)


async def test_a_folder_in_the_databases_place(path: Path) -> None:
    path.mkdir(parents=True)
    assert isinstance(await refusal(path), NotWritable)


# In a mount namespace of its own, a process may mount what it likes, root or not.
NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount"]


def in_namespace(mount: str, script: str, *arguments: str) -> str:
    probe = subprocess.run([*NAMESPACE, "true"], capture_output=True, timeout=30)
    if probe.returncode:
        pytest.skip("no user namespaces here")
    done = subprocess.run(
        [*NAMESPACE, "sh", "-ec", f'{mount}; exec "$@"', "sh", sys.executable, "-c", script,
         *arguments],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


async def test_a_home_mounted_read_only(path: Path) -> None:
    await fill(path, 1)
    script = """
import asyncio, sys
from memory.errors import NotWritable
from memory.store import Store
async def main():
    try:
        async with Store(sys.argv[1]):
            pass
    except NotWritable as error:
        print(error)
asyncio.run(main())
"""
    home = path.parent
    said = in_namespace(
        f"mount --bind '{home}' '{home}'; mount -o remount,ro,bind '{home}'", script, str(path)
    )
    assert "Read-only file system" in said


FULL_DISK = """
import asyncio, itertools, pathlib, sys
from memory.errors import DiskFull
from memory.records import Draft
from memory.store import Store

def fill(path):
    with path.open("wb", buffering=0) as file:
        size = 1 << 16
        while size:
            try:
                file.write(bytes(size))
            except OSError:
                size //= 2

async def main():
    home = pathlib.Path(sys.argv[1]) / "home"
    acknowledged, refused = [], None
    async with Store(home / "dobby.db") as store:
        acknowledged.append(await store.receive("web", "first", "c", "ann", "hello"))
        fill(home.parent / "filler")
        for n in itertools.count():
            try:
                acknowledged.append(await store.receive("web", str(n), "c", "ann", "x" * 500))
            except DiskFull as error:
                refused = error
                break
        assert "full" in str(refused)
        assert not (home / "dobby.db.reserve").exists()
        assert await store.unfinished() == acknowledged  # reads go on
        for message in acknowledged:  # and what was taken on is finished
            reply = Draft("web", "c", "ann", "ok", f"r{message.id}")
            assert await store.finish(message.id, [reply], [{"done": True}])
        notes = 0
        try:
            while True:  # until the reserve is spent, too
                await store.set_note(f"n{notes}", "x" * 100_000)
                notes += 1
        except DiskFull:
            pass
        assert notes > 5, notes
        assert len(await store.history("c", 10_000)) == 2 * len(acknowledged)
    async with Store(home / "dobby.db") as store:  # a start on the full disk
        assert len(await store.history("c", 10_000)) == 2 * len(acknowledged)
        assert await store.note(f"n{notes - 1}")
        try:
            await store.receive("web", "more", "c", "ann", "x")
            raise SystemExit("taken on without a reserve")
        except DiskFull:
            pass
        (home.parent / "filler").unlink()
        assert await store.receive("web", "more", "c", "ann", "x")
        assert (home / "dobby.db.reserve").exists()
        assert await store.check_audit() == []
    print("survived")
asyncio.run(main())
"""


def test_a_full_disk(tmp_path: Path) -> None:
    mount = f"mount -t tmpfs -o size=24m none '{tmp_path}'"
    assert in_namespace(mount, FULL_DISK, str(tmp_path)) == "survived"


def test_a_file_size_limit_is_told_as_a_full_disk(path: Path) -> None:
    script = """
import asyncio, resource, sys
from memory.errors import DiskFull
from memory.store import Store
async def main():
    limit = 6 * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    kept = 0
    async with Store(sys.argv[1]) as store:
        try:
            while True:
                await store.set_note(f"n{kept}", "x" * 100_000)
                kept += 1
        except DiskFull:
            print(kept, await store.note(f"n{kept - 1}") is not None)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    async with Store(sys.argv[1]) as store:
        print(await store.note(f"n{kept - 1}") is not None)
asyncio.run(main())
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    kept, during, after = done.stdout.split()
    assert int(kept) > 20
    assert (during, after) == ("True", "True")
