"""What buttons mean that are too short to say it."""

from datetime import timedelta

import pytest

from core.store.database import Database
from core.store.repository import Repository
from tests.fakes.sources import HandClock

NOW = HandClock().now()


@pytest.fixture
def repository():
    database = Database(None)
    yield Repository(database)
    database.close()


def test_the_same_words_have_the_same_number(repository):
    """In one community; another's are its own."""
    one, two = repository.community("one"), repository.community("two")

    first = repository.keep_phrase(one.id, "search page:2 移工", at=NOW)

    assert repository.keep_phrase(one.id, "search page:2 移工", at=NOW) == first
    assert repository.keep_phrase(two.id, "search page:2 移工", at=NOW) != first
    assert repository.phrase(first) == "search page:2 移工"


def test_what_was_not_asked_for_lately_is_forgotten(repository):
    """And its number is never given to other words."""
    community = repository.community("one")
    old = repository.keep_phrase(community.id, "old", at=NOW - timedelta(days=20))
    used = repository.keep_phrase(community.id, "used", at=NOW - timedelta(days=20))
    repository.keep_phrase(community.id, "used", at=NOW)

    repository.prune_phrases(NOW - timedelta(days=14))

    assert repository.phrase(old) is None
    assert repository.phrase(used) == "used"
    assert repository.keep_phrase(community.id, "new", at=NOW) > used


def test_they_go_with_their_community(repository):
    """Nothing of it stays."""
    community = repository.community("one")
    number = repository.keep_phrase(community.id, "words", at=NOW)

    repository.remove_community(community.id)

    assert repository.phrase(number) is None
