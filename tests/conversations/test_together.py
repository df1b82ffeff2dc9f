"""A group on one platform and a server on another keep one collection."""

import pytest

from core.domain import ChatRef, LabelStatus, MemberRef
from core.store.database import Database
from tests.conversations.rooms import House
from tests.fakes.chat import ANN, FakePlatform

DEE = MemberRef("other", "dee")


@pytest.fixture
async def house():
    """Two places of one community."""
    database = Database(None)
    here = FakePlatform(where=ChatRef("fake", "-100"), is_private=False)
    there = FakePlatform(name="other", where=ChatRef("other", "55", "7"), is_private=False)
    house = House([here, there], database)
    await house.open()
    await here.write("哈囉")
    await there.write("哈囉", member=DEE)
    await house.settle()
    repository = house.library.repository
    repository.join_community(there.where, house.community(here).id)
    yield house
    await house.close()
    database.close()


async def test_voices_from_both_make_a_decision_together(house):
    """And the cards of both say so."""
    here, there = house.platforms
    url = house.page("a", title="移工團體凱道集結")
    await here.write(url, is_addressed=True)
    await house.settle()
    await there.write(url, is_addressed=True, member=DEE)
    await house.settle()

    await here.press("✓ 移工", member=ANN)
    await there.press("✓ 移工", member=DEE)
    await house.settle()

    (item,) = house.library.repository.recent(house.community(here).id, limit=9)
    assert {label.status for label in item.labels if "labour" in label.path} == {
        LabelStatus.CONFIRMED
    }
    assert "移工 ✓" in here.last.text
    assert "移工 ✓" in there.last.text


async def test_what_is_kept_here_is_found_there(house):
    """By a member who sees the answer alone."""
    here, there = house.platforms
    await here.write(house.page("a", title="移工團體凱道集結"), is_addressed=True)
    await house.settle()

    await there.command("search", "凱道", member=DEE)

    (found,) = there.whispered(DEE)
    assert "移工團體凱道集結" in found


async def test_a_button_from_elsewhere_is_for_those_who_belong_there(house):
    """Whoever has left the group is told, and gets to see nothing."""
    here, _ = house.platforms
    await here.write(house.page("a", title="移工團體凱道集結"), is_addressed=True)
    await house.settle()
    community = house.community(here)
    private = ChatRef("fake", "ann")
    here.where, here.is_private = private, True

    await here.press_on(here.next(), f"in:{community.id} show 1")
    assert "移工團體凱道集結" in here.last.text
    here.gone = {ANN}
    await here.press_on(here.next(), f"in:{community.id} show 1")

    assert "移工團體凱道集結" not in here.last.text
