"""Questions that members are asked in private, and who wants some every day.

Revision ID: 0006
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a database of the revision before to this one."""
    op.create_table(
        "daily",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_daily_community"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("community_id", "platform", "member", name=op.f("pk_daily")),
    )
    op.create_index(op.f("ix_daily_platform_member"), "daily", ["platform", "member"])

    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("member_platform", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("put_at", sa.DateTime(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("shown_at", sa.DateTime(), nullable=True),
        sa.Column("rests_until", sa.DateTime(), nullable=True),
        sa.Column("message_platform", sa.String(), nullable=True),
        sa.Column("message_chat", sa.String(), nullable=True),
        sa.Column("message_thread", sa.String(), nullable=True),
        sa.Column("message", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_question_item"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_question_community"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint(
            "community_id",
            "member_platform",
            "member",
            "purpose",
            "occasion",
            "item_id",
            "path",
            name="uq_question_once",
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_question_community_id_item_id"), "question", ["community_id", "item_id"]
    )
    op.create_index(
        op.f("ix_question_community_id_purpose_occasion"),
        "question",
        ["community_id", "purpose", "occasion"],
    )
    op.create_index(
        op.f("ix_question_member_platform_member_state"),
        "question",
        ["member_platform", "member", "state"],
    )
