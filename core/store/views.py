"""Views of the database for Datasette, notebooks and other tools: without names of people.

A change of a view needs a migration that drops it and makes it anew; a test compares the two.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """A view, and what it tells.

    Attributes:
        about: a sentence; columns: the meaning of each.
        sql: what it selects.
    """

    name: str
    about: str
    columns: Mapping[str, str]
    sql: str


VIEWS = (
    View(
        "view_items",
        "An item a row, its labels side by side.",
        {
            "community": "handle",
            "number": "of the item, as people call it",
            "title": "or the beginning of the text",
            "url": "canonical where it is known",
            "site": "name of the site",
            "language": "BCP 47",
            "published_on": "day, as the page says",
            "received_at": "UTC",
            "state": 'how far it has come: "done", "failed" or a step between',
            "shares": "how many members handed it in",
            "confirmed": 'paths of labels that people decided are right, divided by "; "',
            "suggested": "those that a model suggests",
            "disputed": "those that people do not agree on",
            "rejected": "those that people decided are wrong",
            "none_fits": '"confirmed" if it was decided that no label fits',
            "summary": "whole sentences of the text",
        },
        """SELECT
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
    ),
    View(
        "view_decided_labels",
        "A decided label of an item a row.",
        {
            "community": "handle",
            "number": "of the item",
            "path": "of the label",
            "dimension": "the path's first part",
            "status": '"confirmed" or "rejected"',
            "decided_by": '"votes", "ruling" (an editor\'s) or "import"',
            "score": "the model's probability, 0 to 1, when it was asked last",
        },
        """SELECT
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
    ),
    View(
        "view_votes",
        "A vote a row, without names.",
        {
            "community": "handle",
            "number": "of the item",
            "path": 'of the label; "-" is that none fits, "?" a wish to discuss',
            "is_for": "1: it is right; 0: it is wrong",
            "by": '"button" or "reaction"',
            "at": "UTC",
            "voter": "1, 2, … within one item; elsewhere the same number may be another",
        },
        """SELECT
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
    ),
    View(
        "view_labels_by_month",
        "How many items have a label in a month, by status.",
        {
            "community": "handle",
            "month": "YYYY-MM, of publication, else of arrival (UTC)",
            "path": "of the label",
            "status": '"suggested", "confirmed", "disputed" or "rejected"',
            "items": "finished ones",
        },
        """SELECT
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
    ),
    View(
        "view_decisions",
        "The decision log, a line a row, oldest first by `at`.",
        {
            "community": "handle",
            "number": "of the item",
            "path": "of the label",
            "at": "UTC",
            "cause": "what brought it about: votes, a ruling, an import, …",
            "before": "the label's status until then; null: it was not on the item",
            "after": "its status from then on; null: it is no longer on the item",
            "voices_for": "members for it at that moment",
            "voices_against": "members against it",
            "codebook": 'number of the codebook\'s version; "?": nobody kept it',
        },
        """SELECT
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
    ),
    View(
        "view_round_answers",
        "What members answered in closed review rounds; nobody saw others' answers.",
        {
            "community": "handle",
            "round": "its number",
            "dimension": "id",
            "kind": '"practice" or "counted"',
            "number": "of the item",
            "path": "of the label",
            "answer": '"yes", "no" or "unsure"',
            "answered_at": "UTC",
            "rater": "1, 2, …: the same member within one round, in no other",
        },
        """SELECT
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
    ),
)
"""In the order in which `commonplace schema` tells them."""
