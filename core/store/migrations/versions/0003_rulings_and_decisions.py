"""Editors' rulings, the decision log, and that no label fits.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a database of the revision before to this one."""
    op.create_table(
        "ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("is_for", sa.Boolean(), nullable=False),
        sa.Column("member_platform", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_ruling_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_ruling_community_id_item_id"), "ruling", ["community_id", "item_id"])
    op.create_index(
        op.f("ix_ruling_member_platform_member"), "ruling", ["member_platform", "member"]
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("voices_for", sa.Integer(), nullable=False),
        sa.Column("voices_against", sa.Integer(), nullable=False),
        sa.Column("codebook", sa.String(), nullable=False),
        sa.Column("member_platform", sa.String(), nullable=True),
        sa.Column("member", sa.String(), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("reason_folded", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_decision_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_decision_community_id_item_id"), "decision", ["community_id", "item_id"]
    )
    op.create_index(op.f("ix_decision_community_id_path"), "decision", ["community_id", "path"])
    op.create_index(
        op.f("ix_decision_member_platform_member"), "decision", ["member_platform", "member"]
    )
    op.add_column("item", sa.Column("none_fits", sa.String(), nullable=True))
