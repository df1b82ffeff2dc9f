"""The first schema.

The table of words is as `core.store.keyword.CREATE` says; the full-text tables beside it are made
when a community keeps its first words.

Revision ID: 0001
Revises: nothing
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a database of the revision before to this one."""
    op.create_table(
        "community",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community")),
        sa.UniqueConstraint("name", name=op.f("uq_community_name")),
    )
    op.create_table(
        "member",
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("platform", "member", name=op.f("pk_member")),
    )
    op.create_table(
        "hypothesis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_hypothesis_community")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hypothesis")),
        sa.UniqueConstraint("community_id", "id", name=op.f("uq_hypothesis_community_id_id")),
        sa.UniqueConstraint("community_id", "text", name=op.f("uq_hypothesis_community_id_text")),
    )
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("story_id", sa.Integer(), nullable=True),
        sa.Column("is_to_label", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failed_in", sa.String(), nullable=True),
        sa.Column("failure_code", sa.String(), nullable=True),
        sa.Column("failure_message", sa.String(), nullable=True),
        sa.Column("failure_facts", sa.JSON(), nullable=True),
        sa.Column("retry_at", sa.DateTime(), nullable=True),
        sa.Column("embedded_with", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_item_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint(
            "community_id", "external_id", name=op.f("uq_item_community_id_external_id")
        ),
        sa.UniqueConstraint("community_id", "id", name=op.f("uq_item_community_id_id")),
        sa.UniqueConstraint("community_id", "number", name=op.f("uq_item_community_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_item_community_id_state"), "item", ["community_id", "state"])
    op.create_index(op.f("ix_item_community_id_story_id"), "item", ["community_id", "story_id"])
    op.create_table(
        "address",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_address_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "address", name=op.f("pk_address")),
    )
    op.create_index(op.f("ix_address_community_id_item_id"), "address", ["community_id", "item_id"])
    op.create_table(
        "document",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("site", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("canonical_url", sa.String(), nullable=True),
        sa.Column("image_url", sa.String(), nullable=True),
        sa.Column("media", sa.String(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(), nullable=False),
        sa.Column("author_folded", sa.String(), nullable=True),
        sa.Column("site_folded", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_document_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_document")),
    )
    op.create_index(
        op.f("ix_document_community_id_published_on"), "document", ["community_id", "published_on"]
    )
    op.create_table(
        "fingerprint",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_fingerprint_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_fingerprint")),
    )
    op.create_table(
        "fingerprint_band",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_fingerprint_band_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "community_id", "band", "item_id", name=op.f("pk_fingerprint_band")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_fingerprint_band_community_id_item_id"),
        "fingerprint_band",
        ["community_id", "item_id"],
    )
    op.create_table(
        "given",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_given_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_given")),
    )
    op.create_table(
        "given_file",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_given_file_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_given_file")),
    )
    op.create_table(
        "item_label",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_item_label_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("item_id", "path", name=op.f("pk_item_label")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_item_label_community_id_path_item_id"),
        "item_label",
        ["community_id", "path", "item_id"],
    )
    op.create_table(
        "labelling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("premise_kind", sa.String(), nullable=False),
        sa.Column("premise", sa.String(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_labelling_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labelling")),
        sa.UniqueConstraint("community_id", "id", name=op.f("uq_labelling_community_id_id")),
    )
    op.create_index(
        op.f("ix_labelling_community_id_item_id"), "labelling", ["community_id", "item_id"]
    )
    op.create_table(
        "moved",
        sa.Column("moved_id", sa.Integer(), nullable=False),
        sa.Column("moved_number", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_moved_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("moved_id", name=op.f("pk_moved")),
        sa.UniqueConstraint(
            "community_id", "moved_number", name=op.f("uq_moved_community_id_moved_number")
        ),
    )
    op.create_index(op.f("ix_moved_community_id_item_id"), "moved", ["community_id", "item_id"])
    op.create_table(
        "share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("member_platform", sa.String(), nullable=False),
        sa.Column("member", sa.String(), nullable=False),
        sa.Column("member_name", sa.String(), nullable=True),
        sa.Column("member_name_folded", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("message_platform", sa.String(), nullable=True),
        sa.Column("message_chat", sa.String(), nullable=True),
        sa.Column("message_thread", sa.String(), nullable=True),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.Column("shared_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_share_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
        sa.UniqueConstraint(
            "item_id",
            "message_platform",
            "message_chat",
            "message_thread",
            "message_id",
            name="uq_share_message",
        ),
    )
    op.create_index(op.f("ix_share_community_id_item_id"), "share", ["community_id", "item_id"])
    op.create_index(
        op.f("ix_share_community_id_member_platform_member"),
        "share",
        ["community_id", "member_platform", "member"],
    )
    op.create_table(
        "summary",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("extracts", sa.JSON(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "item_id"],
            ["item.community_id", "item.id"],
            name=op.f("fk_summary_item"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_summary")),
    )
    op.create_table(
        "answer",
        sa.Column("labelling_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("hypothesis_id", sa.Integer(), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.Column("threshold", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "hypothesis_id"],
            ["hypothesis.community_id", "hypothesis.id"],
            name=op.f("fk_answer_hypothesis"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "labelling_id"],
            ["labelling.community_id", "labelling.id"],
            name=op.f("fk_answer_labelling"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("labelling_id", "position", name=op.f("pk_answer")),
        sqlite_with_rowid=False,
    )
    op.execute(
        """
        CREATE TABLE item_words (
            item_id INTEGER NOT NULL PRIMARY KEY,
            community_id INTEGER NOT NULL,
            title BLOB NOT NULL,
            body BLOB NOT NULL
        )
        """
    )
