"""Members look something up from any chat, in the communities that they belong to."""

import pytest

from bot.features.looking_up import look_up
from bot.texts import Texts
from core.domain import Community, Link
from core.store.database import Database
from core.taxonomy import parse
from tests.conversations.rooms import SITE
from tests.fakes.chat import ANN
from tests.fakes.codebook import TAXONOMY
from tests.fakes.library import make_library
from tests.fakes.reader import FakeReader
from tests.fakes.sources import HandClock

ZH = Texts("zh-TW")


class Shelves:
    """Two communities with a collection each."""

    def __init__(self, database: Database) -> None:
        self.reader, self.clock = FakeReader(), HandClock()
        self.library = make_library(database, self.reader, parse(TAXONOMY), self.clock)
        self.ours = self.library.repository.community("ours")
        self.theirs = self.library.repository.community("theirs")

    def keep(self, community: Community, name: str) -> None:
        """Keep an article of its own words, a minute after the one before."""
        text = f"{name}移工" * 40
        page = self.reader.page(f"{SITE}{community.name}-{name}", text, title=name, site="公視")
        ingest = self.library.ingest
        given = ingest.receive(Link(page), community=community, member=ANN).item
        ingest.work(given.id)
        self.clock.forward(60)

    def found(self, *communities: Community, query: str = "", offset: int = 0, limit: int = 10):
        """What is offered."""
        return look_up(self.library, communities, query, texts=ZH, offset=offset, limit=limit)


@pytest.fixture
def shelves():
    """Nothing on them yet."""
    database = Database(None)
    yield Shelves(database)
    database.close()


def titles(found) -> list[str]:
    return [each.title for each in found]


def test_without_a_query_the_newest_of_all_come_first(shelves):
    """Whosever they are."""
    shelves.keep(shelves.ours, "一")
    shelves.keep(shelves.theirs, "二")
    shelves.keep(shelves.ours, "三")

    assert titles(shelves.found(shelves.ours, shelves.theirs)) == ["三", "二", "一"]


def test_nothing_of_other_communities_is_found(shelves):
    """A collection is its members' own."""
    shelves.keep(shelves.ours, "一")
    shelves.keep(shelves.theirs, "二")

    assert titles(shelves.found(shelves.ours)) == ["一"]
    assert titles(shelves.found(shelves.ours, query="移工")) == ["一"]
    assert shelves.found(query="移工") == []


def test_every_communitys_best_comes_before_anybodys_second(shelves):
    """Scores of different collections say nothing about each other."""
    for name in ("一", "二"):
        shelves.keep(shelves.ours, name)
    shelves.keep(shelves.theirs, "三")

    found = shelves.found(shelves.ours, shelves.theirs, query="移工")

    assert {each.key.split("-")[0] for each in found[:2]} == {
        str(shelves.ours.id),
        str(shelves.theirs.id),
    }


def test_pages_fit_together(shelves):
    """Nothing twice, nothing left out."""
    for name in "一二三四五":
        shelves.keep(shelves.ours, name)

    pages = [shelves.found(shelves.ours, offset=at, limit=2) for at in (0, 2, 4, 6)]

    assert [titles(page) for page in pages] == [["五", "四"], ["三", "二"], ["一"], []]


def test_an_offer_is_chosen_by_two_lines_and_put_down_without_buttons(shelves):
    """Whoever reads it cannot press anything there."""
    shelves.keep(shelves.ours, "移工遊行")

    (found,) = shelves.found(shelves.ours, query="移工")

    assert found.key == f"{shelves.ours.id}-1"
    assert (found.title, found.about) == ("移工遊行", "公視 · 移工?")
    assert "移工遊行" in found.reply.text
    assert found.reply.buttons == ()


@pytest.mark.parametrize("query", ['"移工', "label:沒有這個", "is:"])
def test_a_query_that_is_not_finished_finds_nothing_yet(shelves, query):
    """People are typing."""
    shelves.keep(shelves.ours, "一")

    assert shelves.found(shelves.ours, query=query) == []
