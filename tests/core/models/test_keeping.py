"""The things last used stay, the others go."""

from core.models.keeping import Kept


def test_what_was_not_used_for_longest_goes_first():
    """Reading counts as use."""
    kept: Kept[str, int] = Kept(2)
    kept.put({"a": 1, "b": 2})
    kept.get(["a"])

    kept.put({"c": 3})

    assert kept.get(["a", "b", "c"]) == {"a": 1, "c": 3}
    assert len(kept) == 2


def test_a_thing_put_again_is_the_newer_one():
    """There is one thing for a key."""
    kept: Kept[str, int] = Kept(2)

    kept.put({"a": 1})
    kept.put({"a": 2})

    assert kept.get(["a"]) == {"a": 2}
