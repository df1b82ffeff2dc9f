"""In a group, editors change the codebook by buttons, and cards follow."""

import pytest

from core.codebook_operations import Add
from core.domain import ChatRef, LabelPath, LabelStatus, MemberRef, Role
from core.store.database import Database
from tests.conversations.rooms import House
from tests.fakes.chat import FakePlatform

ANN, BO, CY = (MemberRef("fake", name) for name in ("ann", "bo", "cy"))


@pytest.fixture
async def group():
    """A group of which Bo is the admin."""
    return FakePlatform(where=ChatRef("fake", "-100"), is_private=False, admins={BO})


@pytest.fixture
async def house(group):
    """A group with one article about migrant workers."""
    database = Database(None)
    house = House([group], database)
    await house.open()
    url = house.page("a", title="移工團體凱道集結")
    await group.write(url, member=ANN, is_addressed=True)
    await house.settle()
    yield house
    await house.close()
    database.close()


async def test_members_look_and_editors_change(house, group):
    """Whoever is no editor is told so; nothing is proposed."""
    await group.command("codebook", "停用 環境", member=ANN)
    await house.settle()

    assert any("沒有這個權限" in each for each in group.whispered(ANN))
    assert house.library.repository.open_codebook_proposals(house.community().id) == []


async def test_an_editor_accepts_by_a_button_and_cards_say_what_is_so(house, group):
    """The card calls the label by its new name; the item is labelled again behind."""
    community = house.community()
    house.library.repository.appoint(community.id, CY, Role.EDITOR)
    card = next(reply for reply in group.messages.values() if "移工團體凱道集結" in reply.text)
    assert "勞動 › 移工" in card.text

    await group.command("codebook", "改名 移工 | 移住勞工", member=CY)
    await house.settle()
    await group.press("✓ 採用", member=CY)
    await house.settle()

    cards = [each.text for each in group.messages.values() if "移工團體凱道集結" in each.text]
    assert any("勞動 › 移住勞工" in text for text in cards)
    version = house.library.codebooks.newest(community)
    assert (version.number, version.by) == (2, CY)
    assert house.library.relabelling.progress(community) is None


async def test_items_are_labelled_again_after_a_restart(house, group):
    """A job that was begun and not done goes on when the program starts."""
    community = house.community()
    library = house.library
    library.codebooks.change(community, [Add("topic", "march", {"zh-TW": "凱道"}, {})])
    library.relabelling.begin(community, cause="codebook", version="2")

    await house.restart()

    item = house.library.repository.item(community.id, 1)
    found = {label.path: label.status for label in item.labels}
    assert found[LabelPath("topic/march")] is LabelStatus.SUGGESTED
