"""Versions of communities' models.

Revision ID: 0012
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a database of the revision before to this one."""
    op.create_table(
        "model_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("lessons", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("live_at", sa.DateTime(), nullable=True),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("report", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("platform", sa.String(), nullable=True),
        sa.Column("chat", sa.String(), nullable=True),
        sa.Column("thread", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_model_version_community"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_version")),
        sa.UniqueConstraint(
            "community_id", "number", name=op.f("uq_model_version_community_id_number")
        ),
    )
    op.create_index(
        op.f("ix_model_version_community_id_state"), "model_version", ["community_id", "state"]
    )
