"""Cameras, incidents, rules and pictures; messages that lose their worth, or have another way.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "cameras",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_cameras")),
    )
    op.create_table(
        "incidents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last", sa.DateTime(timezone=True), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    op.create_index(op.f("ix_incidents_started_last"), "incidents", ["started", "last"])
    op.create_index(op.f("ix_incidents_open_started"), "incidents", ["open", "started"])
    op.create_table(
        "alert_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.Integer(), nullable=True),
        sa.Column("dropped", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["source"], ["inbound.id"], name=op.f("fk_alert_rules_source_inbound")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_rules")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_alert_rules_source"), "alert_rules", ["source"])
    op.create_table(
        "pictures",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("camera", sa.Text(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pictures")),
    )
    op.create_index(op.f("ix_pictures_incident"), "pictures", ["incident"])
    op.create_index(op.f("ix_pictures_at"), "pictures", ["at"])
    op.create_index(op.f("ix_inbound_channel_sender_at"), "inbound", ["channel", "sender", "at"])
    op.add_column("outbound", sa.Column("drop_after", sa.DateTime(timezone=True)))
    op.add_column("outbound", sa.Column("template", sa.Text()))
    op.add_column("outbound", sa.Column("instead", sa.JSON(none_as_null=True)))
