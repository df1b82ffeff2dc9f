"""What is kept about a member, and how it is told, handed over and forgotten."""

import json

import pytest

from core.domain import ChatRef
from core.store.database import Database
from tests.conversations.rooms import ARTICLE, House
from tests.fakes.chat import ANN, FakePlatform


@pytest.fixture
def private() -> FakePlatform:
    return FakePlatform(where=ChatRef("fake", "ann"))


@pytest.fixture
def group() -> FakePlatform:
    return FakePlatform(name="fake", where=ChatRef("fake", "-100"), is_private=False)


@pytest.fixture
async def make_house():
    database, opened = Database(None), []

    async def make(*platforms: FakePlatform) -> House:
        house = House(list(platforms), database)
        opened.append(house)
        await house.open()
        return house

    yield make
    for house in opened:
        await house.close()
    database.close()


async def test_privacy_says_what_is_stored_and_how_to_get_rid_of_it(make_house, private):
    """In both languages."""
    await make_house(private)

    await private.command("privacy", locale="zh-hant")
    await private.command("privacy", locale="en")

    chinese, english = private.said
    assert all(command in chinese for command in ("/mydata", "/forgetme", "/consent"))
    assert "我存了什麼" in chinese
    assert "那一版模型學到的還會留著" in chinese
    assert "until one that learns without it takes its place" in english
    assert "What I store" in english


async def test_a_member_takes_everything_along(make_house, group):
    """As a file, which only they see."""
    house = await make_house(group)
    await group.write(f"年報用 {house.page('a')}", is_addressed=True)
    await house.settle()

    await group.command("mydata")

    ((who, reply),) = group.whispers
    (file,) = reply.files
    about = json.loads(file.data)
    assert who == ANN
    assert "收過 1 篇" in reply.text
    assert about["items"][0]["note"].startswith("年報用")


async def test_forgetting_is_asked_about_first(make_house, group):
    """With what goes and what stays."""
    house = await make_house(group)
    await group.write(house.page("a"), is_addressed=True)
    await house.settle()

    await group.command("forgetme")
    await group.press("先不要")

    asked, kept = group.whispered(ANN)
    assert "這不能復原" in asked
    assert kept == "好，什麼都沒有刪。"
    assert house.library.repository.shares_by(ANN)


async def test_nothing_is_left_of_who_asks_to_be_forgotten(make_house, group):
    """In any table; what they gave the group stays without their name."""
    house = await make_house(group)
    await group.write(f"小美說 {house.page('a')}", is_addressed=True)
    await group.write(ARTICLE + "這是我自己寫的。", is_addressed=True)
    await house.settle()
    await group.press("✓ 移工")
    await house.settle()

    await group.command("forgetme", "yes")
    await house.settle()

    assert "刪好了" in group.whispered(ANN)[-1]
    assert [item.number for item in house.library.repository.recent(1, limit=9)] == [1]
    kept = _everything(house.database)
    assert "ann" not in kept
    assert not any(word in value for value in kept for word in ("Ann", '"ann"', "小美說"))


def _everything(database: Database) -> set[str]:
    """Every value of every table."""
    found = set()
    with database.reading() as session:
        connection = session.connection()
        tables = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'item_words%'"
        )
        for table in tables.scalars().all():
            for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"'):
                found |= {str(value) for value in row}
    return found


async def test_consent_is_asked_for_and_can_be_taken_back(make_house, private):
    """Nobody has given it by saying nothing."""
    house = await make_house(private)

    await private.command("consent")
    assert "現在：你沒有同意。" in private.last.text
    await private.press("同意")
    given = house.library.repository.member_consent(ANN)
    await private.command("consent", "不要")

    assert given
    assert not house.library.repository.member_consent(ANN)


async def test_what_is_for_one_pair_of_eyes_is_never_shown_to_all(make_house, group, monkeypatch):
    """Where the platform has no door to show either."""
    house = await make_house(group)
    await group.write(f"年報用 {house.page('a')}", is_addressed=True)
    await house.settle()
    group.closed = {ANN}
    monkeypatch.setattr(group, "door", lambda _: None)

    await group.command("mydata")

    assert group.whispers == []
    assert group.last.text.startswith("這個回答只給你一個人看")
    assert group.last.files == ()


async def test_a_link_from_a_group_opens_the_private_chat(make_house, group):
    """Who never wrote to the bot is shown the door; behind it they are greeted."""
    await make_house(group)
    group.closed = {ANN}

    await group.command("search", "移工")

    assert group.last.lines[0].spans[-1].link == "https://door.example/hello"
    group.where, group.is_private = ChatRef("fake", "ann"), True
    await group.command("start", "hello")
    assert group.last.text == "門開了，以後可以在這裡回答你。請回群組再問一次。"
