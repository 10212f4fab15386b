from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from memory import migrations, schema
from memory.errors import NewerSchema, StoreError
from memory.models import metadata
from memory.sqlite import SqliteFile
from memory.store import Store


def at_revision(path: Path, revision: str) -> None:
    database = SqliteFile(path)
    try:
        schema.upgrade(database.open(), revision)
    finally:
        database.close()


def run_sql(path: Path, *statements: str) -> list[tuple[object, ...]]:
    raw = sqlite3.connect(path)
    try:
        rows: list[tuple[object, ...]] = []
        for statement in statements:
            rows = raw.execute(statement).fetchall()
        raw.commit()
    finally:
        raw.close()
    return rows


def test_the_known_revisions_are_the_ones_on_file() -> None:
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    on_file = [script.revision for script in scripts.walk_revisions()]
    assert on_file[::-1] == list(migrations.REVISIONS)


async def test_the_migrations_make_what_the_models_say(store: Store, path: Path) -> None:
    def ours(thing: object, name: str | None, kind: str, *_: object) -> bool:
        return not (kind == "table" and name and "_text" in name)

    database = SqliteFile(path.with_name("fresh.db"))
    try:
        db = database.open()
        schema.upgrade(db)
        with db.begin():
            context = MigrationContext.configure(
                db, opts={"include_object": ours, "compare_type": True}
            )
            assert compare_metadata(context, metadata) == []
    finally:
        database.close()


async def test_a_new_database_is_what_the_migrations_make(store: Store, path: Path) -> None:
    migrated = path.with_name("migrated.db")
    at_revision(migrated, migrations.HEAD)
    assert schema_of(path) == schema_of(migrated)
    assert run_sql(path, "SELECT version_num FROM alembic_version") == [(migrations.HEAD,)]


def schema_of(path: Path) -> dict[object, list[str]]:
    """Everything in the file by kind and name, as the statement that made it: its clauses, since
    a table's constraints come in any order, and without the spaces."""
    made = run_sql(path, "SELECT type, name, sql FROM sqlite_master")
    return {
        (kind, name): sorted("".join(str(sql).removesuffix(")").split()).split(","))
        for kind, name, sql in made
        if not str(name).startswith("sqlite_autoindex")  # numbered in the constraints' order
    }


async def test_an_old_database_is_brought_up_to_date_after_a_backup(path: Path) -> None:
    at_revision(path, "0001")
    run_sql(
        path,
        "INSERT INTO facts (text, person, at) "
        "VALUES ('the boiler is old', 'ann', '2020-01-01 00:00:00.000000')",
    )
    async with Store(path) as store:
        (fact,) = await store.recall("boilers")
        assert fact.at.year == 2020
        assert fact.at.utcoffset() is not None
    assert run_sql(path, "SELECT version_num FROM alembic_version") == [(migrations.HEAD,)]
    before = path.parent / "backups" / f"before-{migrations.HEAD}.db"
    assert run_sql(before, "SELECT version_num FROM alembic_version") == [("0001",)]
    assert run_sql(before, "SELECT text FROM facts") == [("the boiler is old",)]


async def test_a_migration_that_fails_leaves_the_old_schema(path: Path) -> None:
    at_revision(path, "0001")
    run_sql(path, "CREATE TABLE facts_text (x)")
    with pytest.raises(StoreError, match="already exists"):
        async with Store(path):
            pass
    assert run_sql(path, "SELECT version_num FROM alembic_version") == [("0001",)]
    assert run_sql(path, "SELECT name FROM sqlite_master WHERE name = 'inbound_text'") == []
    run_sql(path, "DROP TABLE facts_text")
    async with Store(path) as store:
        assert await store.facts() == []


async def test_a_newer_database_is_refused_unchanged(path: Path) -> None:
    async with Store(path):
        pass
    run_sql(path, "UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(NewerSchema, match=r"newer Dobby .*9999.*Update"):
        async with Store(path):
            pass
    assert path.read_bytes() == before


async def test_another_programs_database_is_refused_unchanged(path: Path) -> None:
    path.parent.mkdir()
    run_sql(path, "CREATE TABLE cookies (x)")
    with pytest.raises(StoreError, match="another program"):
        async with Store(path):
            pass
    assert run_sql(path, "SELECT name FROM sqlite_master") == [("cookies",)]


async def test_a_url_opens_the_same_file(path: Path) -> None:
    async with Store(path) as store:
        await store.set_note("k", "v")
    async with Store(f"sqlite:///{path}") as store:
        assert await store.note("k") == "v"
    with pytest.raises(ValueError, match="home"):
        Store("postgresql://localhost/dobby")


async def test_a_start_imports_neither_alembic_nor_cryptography(path: Path) -> None:
    script = """
import asyncio, sys
from memory.store import Store
async def main():
    async with Store(sys.argv[1]) as store:
        await store.unfinished()
asyncio.run(main())
print([name for name in ("alembic", "cryptography", "sqlalchemy.orm") if name in sys.modules])
"""
    for _ in ("a new home", "a known one"):
        done = subprocess.run(
            [sys.executable, "-c", script, str(path)], capture_output=True, text=True, timeout=30
        )
        assert (done.stdout, done.stderr) == ("[]\n", "")
