"""Labels that are taken for their siblings are counted."""

import numpy as np

from core.wording_confusion import confusions
from tests.fakes.labelled import MARINE, RENTS, text, view_of


def test_confused_siblings_are_counted():
    """The one that holds, the one that was given instead, how often, and where."""
    texts = [text(1, "a", MARINE), text(2, "b", MARINE), text(3, "c", RENTS), text(4, "d", RENTS)]
    view = view_of(texts)
    given = np.array([[False, True, False], [False, True, False], [False, True, True], [False] * 3])

    [found] = confusions(view, given)

    assert (found.holds, found.given, found.count) == (MARINE, RENTS, 2)
    assert [each.id for each in found.examples] == ["1", "2"]
