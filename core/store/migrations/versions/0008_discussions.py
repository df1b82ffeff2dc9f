"""Discussions, and the sentences suggested in them.

Communities that were there hold as many at a time as new ones do.

Revision ID: 0008
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a database of the revision before to this one."""
    op.create_table(
        "discussion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("trigger", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("queued_at", sa.DateTime(), nullable=False),
        sa.Column("platform", sa.String(), nullable=True),
        sa.Column("chat", sa.String(), nullable=True),
        sa.Column("thread", sa.String(), nullable=True),
        sa.Column("message", sa.String(), nullable=True),
        sa.Column("is_thread", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("sentence", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("staleness", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_discussion_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discussion")),
        sa.UniqueConstraint("community_id", "id", name=op.f("uq_discussion_community_id_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_discussion_community_id_item_id"), "discussion", ["community_id", "item_id"]
    )
    op.create_index(
        op.f("ix_discussion_platform_chat_message"), "discussion", ["platform", "chat", "message"]
    )
    op.create_index(op.f("ix_discussion_stage"), "discussion", ["stage"])
    op.create_index(op.f("ix_discussion_staleness"), "discussion", ["staleness"])
    op.create_index(
        "uq_discussion_live",
        "discussion",
        ["item_id", "path"],
        unique=True,
        sqlite_where=sa.text("stage != 'closed'"),
    )
    op.create_table(
        "suggested_sentence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("discussion_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("member_platform", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "discussion_id"],
            ["discussion.community_id", "discussion.id"],
            name=op.f("fk_suggested_sentence_discussion"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggested_sentence")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_suggested_sentence_community_id_discussion_id"),
        "suggested_sentence",
        ["community_id", "discussion_id"],
    )
    op.create_index(
        op.f("ix_suggested_sentence_member_platform_member"),
        "suggested_sentence",
        ["member_platform", "member"],
    )
    op.add_column(
        "community", sa.Column("discussions", sa.Integer(), server_default="3", nullable=False)
    )
