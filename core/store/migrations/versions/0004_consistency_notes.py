"""Weekly consistency notes: who wants them, and which were sent.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring a database of the revision before to this one."""
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
