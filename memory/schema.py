"""Bring the tables up to this version's."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, delete, insert, inspect, text

from memory import triggers
from memory.errors import NewerSchema, StoreError
from memory.migrations import HEAD, REVISIONS
from memory.models import metadata

_bookkeeping = MetaData(naming_convention={"pk": "%(table_name)s_pkc"})  # as alembic names it
_version = Table(
    "alembic_version", _bookkeeping, Column("version_num", String(32), primary_key=True)
)


def revision(db: Connection) -> str | None:
    """The schema's revision; None for an empty database. Raises NewerSchema, StoreError."""
    with db.begin():
        tables = inspect(db).get_table_names()
        if "alembic_version" not in tables:
            if tables:
                raise StoreError(
                    "The database belongs to another program. Give Dobby a file of its own."
                )
            return None
        found = db.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found in REVISIONS:
        return found
    if re.fullmatch(r"\d{4}", str(found)):
        raise NewerSchema(str(found), HEAD)
    return _read_anew(db)


def _read_anew(db: Connection) -> str:
    """The mark cannot be read: it is this version's if the tables are. Raises DBAPIError."""
    prove(db)
    with db.begin():
        db.execute(delete(_version))
        db.execute(insert(_version).values(version_num=HEAD))
    return HEAD


def prove(db: Connection) -> None:
    """That every table can be read and written as the models say, by preparing to and not doing
    it. Raises DBAPIError."""
    if db.dialect.name != "sqlite":
        return
    with db.begin():
        for table in metadata.sorted_tables:
            columns = ", ".join(f'"{column.name}"' for column in table.columns)
            same = ", ".join(f'"{column.name}" = NULL' for column in table.columns)
            values = ", ".join("NULL" for _ in table.columns)
            for statement in (
                f'SELECT {columns} FROM "{table.name}"',  # noqa: S608
                f'INSERT INTO "{table.name}" ({columns}) VALUES ({values})',  # noqa: S608
                f'UPDATE "{table.name}" SET {same}',  # noqa: S608
                f'DELETE FROM "{table.name}"',  # noqa: S608
            ):
                db.exec_driver_sql(f"EXPLAIN {statement}")


def create(db: Connection) -> None:
    """Give an empty database the schema that all the migrations would, in one transaction.

    Straight from the models: a daemon would carry what alembic imports for as long as it runs.
    """
    with db.begin():
        _bookkeeping.create_all(db)
        metadata.create_all(db)
        triggers.create(db)
        db.execute(insert(_version).values(version_num=HEAD))


def upgrade(db: Connection, target: str = HEAD) -> None:
    """Run the migrations, all in one transaction: all of them, or none."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with db.begin():
        config.attributes["connection"] = db
        command.upgrade(config, target)
