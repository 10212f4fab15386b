"""Addresses that are too new to be trusted with what is risky; messages that no model reads again.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("identities", sa.Column("trusted_from", sa.DateTime(timezone=True)))
    op.add_column(
        "outbound", sa.Column("private", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
