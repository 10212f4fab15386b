"""Full-text search over facts and messages, on SQLite.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"

# The index holds no copy of the text: it points at the table, which triggers keep it true to.
_INDEX = """
CREATE VIRTUAL TABLE {table}_text USING fts5(
    text, content='{table}', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')
"""
_TRIGGERS = (
    """
CREATE TRIGGER {table}_text_insert AFTER INSERT ON {table}
BEGIN INSERT INTO {table}_text(rowid, text) VALUES (new.id, new.text); END
""",
    """
CREATE TRIGGER {table}_text_delete AFTER DELETE ON {table}
BEGIN INSERT INTO {table}_text({table}_text, rowid, text) VALUES ('delete', old.id, old.text); END
""",
    """
CREATE TRIGGER {table}_text_update AFTER UPDATE OF text ON {table}
BEGIN
    INSERT INTO {table}_text({table}_text, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO {table}_text(rowid, text) VALUES (new.id, new.text);
END
""",
)

_REBUILD = "INSERT INTO {table}_text({table}_text) VALUES ('rebuild')"


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in ("inbound", "facts"):
        op.execute(_INDEX.format(table=table))
        for trigger in _TRIGGERS:
            op.execute(trigger.format(table=table))
        op.execute(_REBUILD.format(table=table))
