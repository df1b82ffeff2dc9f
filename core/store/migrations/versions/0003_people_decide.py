"""People decide: rulings, rounds, questions, discussions, versions of codebooks, and the log of it.

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
    _rulings_and_log()
    _notes()
    _codebooks()
    _questions()
    _rounds_and_practice()
    _discussions()


def _rulings_and_log() -> None:
    """Editors' rulings, the decision log, and that no label fits. What was decided before
    has one line in the log each: by votes or by an import, at the time of the last vote on
    it or else when the item came, under a codebook that nobody kept."""
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
    op.execute(
        """
        INSERT INTO decision
            (community_id, item_id, path, at, cause, before, after, voices_for, voices_against,
             codebook, is_public)
        SELECT label.community_id, label.item_id, label.path,
               coalesce(max(vote.at), item.received_at),
               CASE WHEN label.base = label.status THEN 'import' ELSE 'vote' END,
               CASE WHEN label.base = label.status THEN NULL ELSE label.base END,
               label.status, coalesce(sum(vote.is_for), 0), coalesce(sum(NOT vote.is_for), 0),
               '?', 0
        FROM item_label AS label
        JOIN item ON item.id = label.item_id
        LEFT JOIN vote ON vote.item_id = label.item_id AND vote.path = label.path
        WHERE label.status IN ('confirmed', 'rejected', 'disputed')
        GROUP BY label.item_id, label.path
        ORDER BY label.item_id, label.position DESC
        """
    )


def _notes() -> None:
    """Weekly consistency notes: who wants them, and which were sent."""
    op.create_table(
        "note",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("chat", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_note_community"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("community_id", "week", "platform", "chat", name=op.f("pk_note")),
    )
    op.add_column("community", sa.Column("note", sa.String(), server_default="off", nullable=False))


def _codebooks() -> None:
    """Versions of codebooks, what is proposed for them, and items that are labelled again.
    Communities that were there get their first version when they are next asked for their
    labels."""
    op.create_table(
        "codebook_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("changes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("source_hash", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("member_platform", sa.String(), nullable=True),
        sa.Column("member", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_codebook_version_community"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codebook_version")),
        sa.UniqueConstraint(
            "community_id", "number", name=op.f("uq_codebook_version_community_id_number")
        ),
    )
    op.create_index(
        op.f("ix_codebook_version_member_platform_member"),
        "codebook_version",
        ["member_platform", "member"],
    )
    op.create_table(
        "codebook_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("changes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("member_platform", sa.String(), nullable=True),
        sa.Column("member", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_codebook_proposal_community"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codebook_proposal")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_codebook_proposal_community_id_state"),
        "codebook_proposal",
        ["community_id", "state"],
    )
    op.create_index(
        op.f("ix_codebook_proposal_member_platform_member"),
        "codebook_proposal",
        ["member_platform", "member"],
    )
    op.create_table(
        "relabelling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("item_ids", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("cursor", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_relabelling_community"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relabelling")),
    )
    op.create_index(
        op.f("ix_relabelling_community_id_finished_at"),
        "relabelling",
        ["community_id", "finished_at"],
    )


def _questions() -> None:
    """Questions that members are asked in private, and who wants some every day."""
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


def _rounds_and_practice() -> None:
    """Review rounds, and practice of newcomers. Communities that were there go on without:
    every member's votes count."""
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


def _discussions() -> None:
    """Discussions, and the sentences suggested in them. Communities that were there hold as
    many at a time as new ones do."""
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
