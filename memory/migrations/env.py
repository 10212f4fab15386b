"""Run by alembic, over the connection and inside the transaction that ``schema`` lends it."""

from alembic import context

from memory.models import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
