"""Bring the tables up to this version's."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from memory.errors import NewerSchema, StoreError
from memory.migrations import HEAD, REVISIONS


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
    if found is not None and found not in REVISIONS:
        raise NewerSchema(str(found), HEAD)
    return found


def upgrade(db: Connection, target: str = HEAD) -> None:
    """Run the migrations, all in one transaction: all of them, or none."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with db.begin():
        config.attributes["connection"] = db
        command.upgrade(config, target)
