"""No table is forgotten when a library is copied."""

from core.store.copying import PARTS
from core.store.every_table import every_table
from core.store.furnishing import HANGING, KINDS, NOT_COPIED
from core.store.tables import AnswerRow, CommunityRow, HypothesisRow, ItemRow

BY_HAND = (CommunityRow, ItemRow, AnswerRow, HypothesisRow)
"""The head of a copy, the item itself, and questions that labellings tell."""


def test_every_table_is_copied_or_says_why_it_is_not():
    """Whoever adds a table decides which it is."""
    copied = {
        str(row.__tablename__)
        for row in (*PARTS.values(), *KINDS.values(), *HANGING.values(), *BY_HAND)
    }

    assert copied.isdisjoint(NOT_COPIED)
    assert copied | set(NOT_COPIED) == set(every_table())
