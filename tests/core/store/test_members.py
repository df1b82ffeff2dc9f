"""Members, in whatever community and in one."""

import pytest

from core.domain import MemberRef, Role
from tests.fakes.rooms import MEI, TOM, Rooms


@pytest.fixture
def rooms():
    built = Rooms()
    yield built
    built.close()


def test_a_member_belongs_where_they_were_seen(rooms):
    """In several communities, with the name that each platform showed last."""
    repository, now = rooms.repository, rooms.clock.now()
    river = repository.community("river")
    repository.see_member(rooms.community.id, MEI, name="Mei", at=now)
    repository.see_member(rooms.community.id, MEI, name="小美", at=now)
    repository.see_member(river.id, MEI, name="阿美", at=now)
    repository.see_member(river.id, MEI, name=None, at=now)

    assert repository.member_communities(MEI) == [rooms.community, river]
    assert repository.member_communities(TOM) == []
    assert repository.member_name(rooms.community.id, MEI) == "小美"
    assert repository.member_name(river.id, MEI) == "阿美"
    assert repository.member_name(river.id, TOM) is None


def test_a_role_is_given_and_taken_away(rooms):
    """Also to somebody who was not seen yet; being seen does not change it."""
    repository, home = rooms.repository, rooms.community.id
    repository.appoint(home, MEI, Role.EDITOR)
    repository.see_member(home, MEI, name="小美", at=rooms.clock.now())
    repository.see_member(home, TOM, name="Tom", at=rooms.clock.now())

    assert (repository.role(home, MEI), repository.role(home, TOM)) == (Role.EDITOR, None)
    assert repository.role(home, MemberRef("console", "nobody")) is None
    assert repository.appointed(home) == {MEI: Role.EDITOR}

    repository.appoint(home, MEI, None)

    assert (repository.role(home, MEI), repository.appointed(home)) == (None, {})


def test_nobody_is_learnt_from_who_did_not_say_so(rooms):
    """Consent is given, and can be taken back."""
    repository = rooms.repository

    said = [repository.member_consent(MEI)]
    for choice in (True, False):
        repository.set_member_consent(MEI, choice)
        said.append(repository.member_consent(MEI))

    assert said == [False, True, False]


def test_what_a_member_chose_does_not_depend_on_the_order(rooms):
    """Choosing a language leaves the consent as it was."""
    repository = rooms.repository
    repository.set_member_consent(MEI, True)

    repository.set_member_language(MEI, "en")

    assert repository.member_consent(MEI)
    assert repository.member_language(MEI) == "en"
