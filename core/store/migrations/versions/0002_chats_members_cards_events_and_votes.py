"""Chats, members, cards, kept events and votes.

Communities that were there keep the customs that new ones begin with.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a database of the revision before to this one."""
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("platform", "key", name=op.f("uq_event_platform_key")),
    )
    op.create_table(
        "phrase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_phrase_community")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase")),
        sa.UniqueConstraint("community_id", "words", name=op.f("uq_phrase_community_id_words")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_event_is_done"), "event", ["is_done"])
    op.create_index(op.f("ix_event_platform_chat_thread"), "event", ["platform", "chat", "thread"])
    op.create_table(
        "chat",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("is_set_up", sa.Boolean(), nullable=False),
        sa.Column("paused_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_chat_community"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("platform", "chat", name=op.f("pk_chat")),
    )
    op.create_index(op.f("ix_chat_community_id"), "chat", ["community_id"])
    op.create_table(
        "link_code",
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_link_code_community"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_link_code")),
    )
    op.create_table(
        "membership",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_membership_community"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "platform", "member", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_platform_member"), "membership", ["platform", "member"])
    op.create_table(
        "card",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("staleness", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_card_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "item_id", "platform", "chat", "thread", "message", name=op.f("pk_card")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_card_community_id_item_id"), "card", ["community_id", "item_id"])
    op.create_index(op.f("ix_card_platform_chat_message"), "card", ["platform", "chat", "message"])
    op.create_index(op.f("ix_card_staleness"), "card", ["staleness"])
    op.create_table(
        "owed_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("member_platform", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("answers_chat", sa.String(), nullable=True),
        sa.Column("answers_thread", sa.String(), nullable=True),
        sa.Column("answers_id", sa.String(), nullable=True),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_owed_card_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owed_card")),
        sa.UniqueConstraint("item_id", "platform", "chat", "thread", name="uq_owed_card_place"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_owed_card_community_id_item_id"), "owed_card", ["community_id", "item_id"]
    )
    op.create_table(
        "owed_opinion",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_owed_opinion_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_owed_opinion")),
    )
    op.create_index(
        op.f("ix_owed_opinion_community_id_item_id"), "owed_opinion", ["community_id", "item_id"]
    )
    op.create_table(
        "spending",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_spending")),
    )
    op.create_table(
        "part",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_part_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("platform", "chat", "thread", "message", name=op.f("pk_part")),
    )
    op.create_index(op.f("ix_part_community_id_item_id"), "part", ["community_id", "item_id"])
    op.create_table(
        "vote",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("member_platform", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("is_for", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_vote_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "item_id", "path", "member_platform", "member", name=op.f("pk_vote")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_vote_community_id_item_id"), "vote", ["community_id", "item_id"])
    op.create_index(op.f("ix_vote_member_platform_member"), "vote", ["member_platform", "member"])
    op.add_column("community", sa.Column("title", sa.String(), nullable=True))
    op.add_column("community", sa.Column("taxonomy", sa.String(), nullable=True))
    op.add_column(
        "community", sa.Column("intake", sa.String(), server_default="mention", nullable=False)
    )
    op.add_column(
        "community", sa.Column("reply", sa.String(), server_default="card", nullable=False)
    )
    op.add_column(
        "community", sa.Column("quorum", sa.Integer(), server_default="2", nullable=False)
    )
    op.add_column("community", sa.Column("lead", sa.Integer(), server_default="1", nullable=False))
    op.add_column(
        "community", sa.Column("counts_own", sa.Boolean(), server_default="1", nullable=False)
    )
    op.add_column(
        "community", sa.Column("on_deletion", sa.String(), server_default="ask", nullable=False)
    )
    op.add_column("item_label", sa.Column("base", sa.String(), nullable=True))
    for table in ("item_label", "labelling"):
        op.add_column(
            table, sa.Column("origin", sa.String(), server_default="entailment", nullable=False)
        )
    op.add_column("summary", sa.Column("generated", sa.String(), nullable=True))
    op.add_column(
        "member", sa.Column("may_train", sa.Boolean(), server_default="0", nullable=False)
    )
    op.create_index(
        op.f("ix_share_message_platform_message_chat_message_id"),
        "share",
        ["message_platform", "message_chat", "message_id"],
    )
    op.create_index(op.f("ix_share_member_platform_member"), "share", ["member_platform", "member"])
    # what a model suggested or an import confirmed, no vote had touched yet
    op.execute(
        "UPDATE item_label SET base = CASE status WHEN 'confirmed' THEN status ELSE 'suggested' END"
    )
