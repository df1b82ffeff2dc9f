"""Views for those who analyse with SQL.

Revision ID: 0011
Revises: 0010
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

VIEWS = {
    "view_items": """SELECT
    community.name AS community,
    item.number,
    coalesce(document.title, substr(document.text, 1, 80), given.title, given.url) AS title,
    coalesce(document.canonical_url, document.url, given.url) AS url,
    document.site,
    document.language,
    document.published_on,
    item.received_at,
    item.state,
    (SELECT count(DISTINCT share.member_platform || ' ' || share.member)
     FROM share WHERE share.item_id = item.id) AS shares,
    (SELECT group_concat(path, '; ') FROM item_label AS label
     WHERE label.item_id = item.id AND label.status = 'confirmed') AS confirmed,
    (SELECT group_concat(path, '; ') FROM item_label AS label
     WHERE label.item_id = item.id AND label.status = 'suggested') AS suggested,
    (SELECT group_concat(path, '; ') FROM item_label AS label
     WHERE label.item_id = item.id AND label.status = 'disputed') AS disputed,
    (SELECT group_concat(path, '; ') FROM item_label AS label
     WHERE label.item_id = item.id AND label.status = 'rejected') AS rejected,
    item.none_fits,
    summary.text AS summary
FROM item
JOIN community ON community.id = item.community_id
JOIN given ON given.item_id = item.id
LEFT JOIN document ON document.item_id = item.id
LEFT JOIN summary ON summary.item_id = item.id""",
    "view_decided_labels": """SELECT
    community.name AS community,
    item.number,
    label.path,
    substr(label.path, 1, instr(label.path, '/') - 1) AS dimension,
    label.status,
    CASE
        WHEN EXISTS (
            SELECT 1 FROM ruling
            WHERE ruling.item_id = label.item_id
            AND ruling.path = label.path
            AND ruling.withdrawn_at IS NULL
        ) THEN 'ruling'
        WHEN label.base = label.status THEN 'import'
        ELSE 'votes'
    END AS decided_by,
    label.score
FROM item_label AS label
JOIN item ON item.id = label.item_id
JOIN community ON community.id = label.community_id
WHERE label.status IN ('confirmed', 'rejected')""",
    "view_votes": """SELECT
    community.name AS community,
    item.number,
    vote.path,
    vote.is_for,
    vote."by",
    vote.at,
    dense_rank() OVER (
        PARTITION BY vote.item_id ORDER BY vote.member_platform, vote.member
    ) AS voter
FROM vote
JOIN item ON item.id = vote.item_id
JOIN community ON community.id = vote.community_id""",
    "view_labels_by_month": """SELECT
    community.name AS community,
    substr(coalesce(document.published_on, item.received_at), 1, 7) AS month,
    label.path,
    label.status,
    count(*) AS items
FROM item_label AS label
JOIN item ON item.id = label.item_id
JOIN community ON community.id = label.community_id
LEFT JOIN document ON document.item_id = item.id
WHERE item.state = 'done'
GROUP BY label.community_id, month, label.path, label.status""",
    "view_decisions": """SELECT
    community.name AS community,
    item.number,
    decision.path,
    decision.at,
    decision.cause,
    decision.before,
    decision.after,
    decision.voices_for,
    decision.voices_against,
    decision.codebook
FROM decision
JOIN item ON item.id = decision.item_id
JOIN community ON community.id = decision.community_id""",
    "view_round_answers": """SELECT
    community.name AS community,
    round.number AS round,
    round.dimension,
    round.kind,
    item.number,
    question.path,
    question.answer,
    question.answered_at,
    dense_rank() OVER (
        PARTITION BY round.id ORDER BY question.member_platform, question.member
    ) AS rater
FROM question
JOIN round ON round.community_id = question.community_id
    AND question.purpose = 'round' AND question.occasion = CAST(round.id AS TEXT)
JOIN item ON item.id = question.item_id
JOIN community ON community.id = question.community_id
WHERE question.answer IS NOT NULL AND round.closed_at IS NOT NULL""",
}


def upgrade() -> None:
    """Bring a database of the revision before to this one."""
    for name, sql in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {sql}")
