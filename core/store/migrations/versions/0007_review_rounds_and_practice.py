"""Review rounds, and practice of newcomers.

Communities that were there go on without: every member's votes count.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a database of the revision before to this one."""
    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("course", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("target", sa.Float(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("started_platform", sa.String(), nullable=True),
        sa.Column("started_by", sa.String(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_platform", sa.String(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("platform", sa.String(), nullable=True),
        sa.Column("chat", sa.String(), nullable=True),
        sa.Column("thread", sa.String(), nullable=True),
        sa.Column("message", sa.String(), nullable=True),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_round_community"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("community_id", "id", name=op.f("uq_round_community_id_id")),
        sa.UniqueConstraint("community_id", "number", name=op.f("uq_round_community_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "round_pair",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_round_pair_item"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "round_id"],
            ["round.community_id", "round.id"],
            name=op.f("fk_round_pair_round"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("round_id", "item_id", "path", name=op.f("pk_round_pair")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_round_pair_community_id_item_id"), "round_pair", ["community_id", "item_id"]
    )
    op.create_index(
        op.f("ix_round_pair_community_id_round_id"), "round_pair", ["community_id", "round_id"]
    )
    op.create_table(
        "round_member",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", sa.DateTime(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "round_id"],
            ["round.community_id", "round.id"],
            name=op.f("fk_round_member_round"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("round_id", "platform", "member", name=op.f("pk_round_member")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_round_member_community_id_round_id"), "round_member", ["community_id", "round_id"]
    )
    op.create_index(op.f("ix_round_member_platform_member"), "round_member", ["platform", "member"])
    op.create_table(
        "practice",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("exercises", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_practice_community"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "platform", "member", name=op.f("pk_practice")),
    )
    op.create_index(op.f("ix_practice_platform_member"), "practice", ["platform", "member"])
    op.add_column(
        "community", sa.Column("practice_first", sa.Boolean(), server_default="0", nullable=False)
    )
