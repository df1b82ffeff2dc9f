"""Weekly digests, and what is sent once and only once, which consistency notes become part of.

Revision ID: 0010
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a database of the revision before to this one."""
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_delivery_community"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            *("community_id", "key", "platform", "chat", "thread"),
            name=op.f("uq_delivery_community_id_key_platform_chat_thread"),
        ),
    )
    op.create_index(op.f("ix_delivery_platform_chat"), "delivery", ["platform", "chat"])
    op.create_index(op.f("ix_delivery_done_at"), "delivery", ["done_at"])
    op.create_index(op.f("ix_delivery_since"), "delivery", ["since"])
    op.execute(
        "INSERT INTO delivery "
        "(community_id, key, platform, chat, thread, body, sent, since, done_at) "
        "SELECT community_id, 'note ' || week, platform, chat, '', '', 0, sent_at, sent_at "
        "FROM note"
    )
    op.drop_table("note")
    op.create_table(
        "digest_subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("done_until", sa.DateTime(), nullable=False),
        sa.Column("member_platform", sa.String(), nullable=True),
        sa.Column("member", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_digest_subscription_community"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_subscription")),
        sa.UniqueConstraint(
            *("community_id", "platform", "chat", "thread", "query"),
            name=op.f("uq_digest_subscription_community_id_platform_chat_thread_query"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_digest_subscription_platform_chat"), "digest_subscription", ["platform", "chat"]
    )
    op.create_index(
        op.f("ix_digest_subscription_member_platform_member"),
        "digest_subscription",
        ["member_platform", "member"],
    )
    op.create_table(
        "digest_pick",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_digest_pick_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_digest_pick")),
    )
    op.create_index(op.f("ix_digest_pick_community_id_at"), "digest_pick", ["community_id", "at"])
