"""The schema's history. ``REVISIONS`` is known without alembic, whose import a start can spare."""

REVISIONS = ("0001", "0002", "0003", "0004", "0006")
HEAD = REVISIONS[-1]
UNKEYED = REVISIONS[: REVISIONS.index("0006")]  # when the audit had no key yet
