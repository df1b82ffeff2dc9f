"""Searching a community's collection, with the real store in memory."""

from datetime import UTC, date, datetime

import numpy as np
import pytest

from core.domain import ItemLabel, LabelPath, Link, PastedText
from core.errors import BadQuery, UnknownItem
from core.search import DEPTH, Search
from core.store.keyword import FtsKeywordIndex
from tests.fakes.rooms import MEI, TOM, Rooms

ENERGY = (
    "能源轉型需要時間。民間團體認為目標太低，要求重新檢討。環境團體說，再生能源的比例必須加倍。"
)
MIGRANTS = "移工團體要求廢除仲介制度。他們在台北車站前遊行，並提出三項訴求。"
ENGLISH = "Migrant workers marched in Taipei. They ask the government to end the broker system."
CAT = "貓咪很可愛。"


class Meanings:
    """Embeds by hand: a text points where its first key in `directions` says; else nowhere near."""

    version = "hand@1"
    size = 8

    def __init__(self, directions):
        self.directions = directions
        self.embedded = []

    def embed(self, texts, *, role="passage"):
        self.embedded += [(role, text) for text in texts]
        rows = [self._row(text) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self.size)

    def _row(self, text):
        for key, axis in self.directions.items():
            if key in text:
                return np.eye(self.size)[axis]
        return np.eye(self.size)[self.size - 1]


@pytest.fixture
def rooms():
    built = Rooms(keywords=FtsKeywordIndex, max_summary=300)
    yield built
    built.close()


def searching(rooms, embedder=None):
    if embedder is not None:
        rooms.embedder = embedder
        rooms.ingest._indexer._embedder = embedder
    return Search(
        rooms.repository,
        rooms.keywords,
        rooms.vectors,
        rooms.embedder,
        lambda _community: rooms.taxonomy,
        rooms.clock,
    )


def numbers(results):
    return [hit.item.number for hit in results.hits]


@pytest.fixture
def search(rooms):
    """Four texts, numbered from 1, and words that mean the same across languages."""
    meanings = Meanings(
        {"移工": 0, "Migrant": 0, "foreign labour": 0, "能源": 1, "energy": 1, "貓": 2}
    )
    built = searching(rooms, meanings)
    for text in (ENERGY, MIGRANTS, ENGLISH, CAT):
        rooms.add(PastedText(text))
    return built


# ── words and meaning ────────────────────────────────────────────────────────────────────────────


def test_words_are_found_and_marked(rooms, search):
    """The hit shows where, and says so."""
    results = search.find(rooms.community, "仲介")

    hit = results.hits[0]
    assert hit.item.number == 2
    assert hit.snippet.found == ("仲介",)
    assert [(why.kind, why.words) for why in hit.why if why.kind == "text"] == [("text", "仲介")]


def test_an_english_query_finds_chinese_texts(rooms, search):
    """By meaning, where no word is shared."""
    results = search.find(rooms.community, "foreign labour")

    assert set(numbers(results)) == {2, 3}
    assert [why.kind for why in results.hits[0].why] == ["meaning"]
    assert results.hits[0].why[0].score == pytest.approx(1.0)
    assert results.hits[0].snippet.marks == ()


def test_what_holds_the_word_stands_before_what_is_merely_alike(rooms, search):
    """Words and meaning together rank above meaning alone."""
    assert numbers(search.find(rooms.community, "移工")) == [2, 3]


def test_what_is_neither_is_not_found(rooms, search):
    """No match is an answer."""
    results = search.find(rooms.community, "核廢料")

    assert (results.hits, results.total) == ((), 0)


def test_a_hit_by_meaning_shows_a_summary_that_fits(rooms):
    """As a whole, without asking which of its sentences is most alike."""
    meanings = Meanings({"訴求": 3, "demands": 3})
    search = searching(rooms, meanings)
    text = "開頭在談別的事情。他們在車站提出訴求。"
    rooms.add(PastedText(text))
    meanings.embedded.clear()

    hit = search.find(rooms.community, "demands").hits[0]

    assert hit.snippet.text == text
    assert meanings.embedded == [("query", "demands")]


def test_a_hit_by_meaning_shows_the_sentence_most_alike(rooms):
    """Of a summary that does not fit, and remembers its vectors."""
    meanings = Meanings({"訴求": 3, "demands": 3})
    search = searching(rooms, meanings)
    rooms.add(PastedText(f"開頭在談{'別的' * 80}事情。他們在車站提出訴求。"))

    first = search.find(rooms.community, "demands").hits[0]
    meanings.embedded.clear()
    second = search.find(rooms.community, "demands").hits[0]

    assert first.snippet.text == "他們在車站提出訴求。"
    assert second == first
    assert meanings.embedded == [("query", "demands")]


def test_the_best_hits_sentences_are_compared(rooms):
    """Others by meaning are shown with the beginning of their summary, again and again."""
    meanings = Meanings({"訴求": 3, "demands": 3})
    search = searching(rooms, meanings)
    for other in ("別的", "其他", "無關"):
        rooms.add(PastedText(f"開頭在談{other * 80}事情。他們在車站提出訴求。"))

    hits = search.find(rooms.community, "demands").hits
    again = search.find(rooms.community, "demands").hits

    shown = [hit.snippet.text.startswith("開頭") for hit in hits]
    assert shown == [False, True, True]
    assert again == hits


def test_a_word_of_the_title_is_marked_there(rooms):
    """And is a reason of its own."""
    search = searching(rooms)
    rooms.reader.page("https://a.example/x", "內文說的是別的事情。", title="移工遊行")
    rooms.add(Link("https://a.example/x"))

    hit = search.find(rooms.community, "移工").hits[0]

    assert hit.title.found == ("移工",)
    assert hit.why[0].kind == "title"
    assert hit.snippet.marks == ()
    assert hit.snippet.text.startswith("內文")


def test_a_title_that_the_text_begins_with_is_not_shown_twice(rooms):
    """Pages repeat their title as a heading; the snippet begins below it."""
    search = searching(rooms)
    text = "移工遊行\n昨天有上千名移工上街。"
    rooms.reader.page("https://a.example/x", text, title="移工遊行")
    rooms.add(Link("https://a.example/x"))

    [by_both] = search.find(rooms.community, "移工").hits
    [by_title] = search.find(rooms.community, "遊行").hits

    assert by_both.snippet.text == "昨天有上千名移工上街。"
    assert "text" not in [why.kind for why in by_title.why]


# ── what must hold ───────────────────────────────────────────────────────────────────────────────


def test_phrases_bind_both_sides(rooms, search):
    """What is alike but does not hold the phrase is not found."""
    assert numbers(search.find(rooms.community, '"移工團體"')) == [2]
    assert numbers(search.find(rooms.community, '"團體移工"')) == []


def test_minus_words_bind_both_sides(rooms, search):
    """What is alike but holds the word is left out."""
    assert numbers(search.find(rooms.community, "foreign labour -仲介")) == [3]
    assert numbers(search.find(rooms.community, "-仲介 -貓")) == [3, 1]


def test_filters_bind_both_sides(rooms, search):
    """By words and by meaning."""
    assert numbers(search.find(rooms.community, "移工 lang:en")) == numbers(
        search.find(rooms.community, "foreign labour lang:en")
    )
    assert numbers(search.find(rooms.community, "移工 label:環境")) == []
    assert numbers(search.find(rooms.community, "energy label:能源")) == [1]


def test_a_filter_alone_lists_the_newest_first(rooms, search):
    """Without words there is nothing to rank by."""
    results = search.find(rooms.community, "label:環境")

    assert numbers(results) == [1]
    assert results.hits[0].why[0].kind == "label"
    assert results.hits[0].why[0].words == "topic/environment"
    assert numbers(search.find(rooms.community, "")) == [4, 3, 2, 1]


def test_other_filters_are_reasons_too(rooms, search):
    """As one would write them."""
    hit = search.find(rooms.community, "貓 since:2000 -label:勞動").hits[0]

    assert hit.why[-1].kind == "filter"
    assert hit.why[-1].words == "-label:topic/labour since:2000-01-01"


def test_failed_items_are_listed(rooms, search):
    """They have no words; `is:failed` finds them by their state."""
    rooms.add(Link("https://nowhere.example/"))

    results = search.find(rooms.community, "is:failed -移工")

    assert numbers(results) == [5]
    assert results.hits[0].snippet.text == ""
    assert search.find(rooms.community, "移工 is:failed").hits == ()


def test_days_are_counted_where_the_community_is(rooms, search):
    """At 20:00 UTC it is tomorrow in Taipei."""
    rooms.clock.forward(8 * 3600)
    assert rooms.clock.now() == datetime(2026, 3, 1, 20, tzinfo=UTC)

    parsed = search.find(rooms.community, "since:today").query

    assert parsed.filters.since == date(2026, 3, 2)


def test_a_bad_query_is_refused(rooms, search):
    """Before anything is asked."""
    with pytest.raises(BadQuery):
        search.find(rooms.community, "label:沒有這個")


def test_nothing_crosses_communities(rooms, search):
    """Neither items found nor their order."""
    other = rooms.repository.community("other")
    before = search.find(rooms.community, "移工")
    for number in range(5):
        rooms.add(PastedText(f"移工的另一篇文章，第{number}篇。"), community=other, member=TOM)

    assert search.find(rooms.community, "移工") == before
    assert len(search.find(other, "移工").hits) >= 1
    assert {hit.item.community for hit in search.find(other, "移工").hits} == {other.id}


def test_what_an_index_holds_too_long_is_not_shown(rooms, search):
    """An item that is gone from the database is gone from the answer."""
    rooms.vectors.upsert(rooms.community.id, [999], np.eye(8, dtype=np.float32)[:1])
    rooms.keywords.index(rooms.community.id, 998, title="移工", body="移工")

    results = search.find(rooms.community, "移工")

    assert numbers(results) == [2, 3]
    assert results.total == 2
    assert numbers(search.find(rooms.community, '"移工"')) == [2]


# ── pages and stories ────────────────────────────────────────────────────────────────────────────


def test_pages_fit_together(rooms):
    """Page by page comes what one large page holds, and the total tells when to stop."""
    search = searching(rooms)
    for number in range(12):
        rooms.add(
            PastedText(f"第{number}號公告：{'廣場 ' * (number % 3 + 1)}集會的消息{number * 77}")
        )
    whole = search.find(rooms.community, "集會", limit=100)

    paged = []
    while True:
        page = search.find(rooms.community, "集會", limit=5, offset=len(paged))
        paged += page.hits
        if len(paged) >= page.total:
            break

    assert paged == list(whole.hits)
    assert len(paged) == whole.total == 12
    assert search.find(rooms.community, "集會", limit=5, offset=50).hits == ()


def copies(rooms, count):
    text = "同一篇新聞：" + "".join(f"第{line}句說明社區的公共托育計畫。" for line in range(30))
    for number in range(count):
        rooms.reader.page(f"https://site{number}.example/a", text, title="托育計畫")
        rooms.add(Link(f"https://site{number}.example/a"))


def test_copies_of_a_story_are_one_hit(rooms):
    """The best of them, with the others' ids."""
    search = searching(rooms)
    copies(rooms, 3)
    rooms.add(PastedText("托育政策的評論，完全不同的一篇文章。"))

    results = search.find(rooms.community, "托育", limit=10)

    stories = {hit.item.story: hit for hit in results.hits if hit.item.story is not None}
    assert len(results.hits) == results.total == 2
    (hit,) = stories.values()
    assert sorted([hit.item.id, *hit.others]) == [1, 2, 3]


def test_a_page_is_filled_beyond_copies(rooms):
    """Copies take no place; there is a next page only if something is on it."""
    search = searching(rooms)
    copies(rooms, 4)
    rooms.add(PastedText("托育政策的評論，完全不同的一篇文章。"))

    first = search.find(rooms.community, "托育", limit=1)
    second = search.find(rooms.community, "托育", limit=1, offset=1)

    assert len(first.hits) == len(second.hits) == 1
    assert first.total >= second.total == 2
    assert first.hits[0].item.id != second.hits[0].item.id


def test_a_cut_search_says_so(rooms):
    """More matches than are looked at: the total counts the best."""
    search = searching(rooms)
    item = rooms.add(PastedText("移工")).item
    for number in range(item.id + 1, item.id + DEPTH + 5):
        rooms.keywords.index(rooms.community.id, number, title="", body="移工")

    assert search.find(rooms.community, "移工").is_cut
    assert not search.find(rooms.community, "貓").is_cut


# ── similar ──────────────────────────────────────────────────────────────────────────────────────


def test_similar_items(rooms, search):
    """Those alike, without the item itself."""
    hits = search.similar(rooms.community, 2)

    assert [hit.item.number for hit in hits] == [3]
    assert hits[0].score == pytest.approx(1.0)
    assert [why.kind for why in hits[0].why] == ["meaning"]
    assert hits[0].snippet.text


def test_copies_of_the_same_story_are_not_similar_but_the_same(rooms):
    """Its own copies are left out; others' copies are one hit."""
    search = searching(rooms, Meanings({"托育": 0}))
    copies(rooms, 3)
    rooms.add(PastedText("托育政策的評論，完全不同的一篇文章。"))

    of_copy = search.similar(rooms.community, 1)
    of_other = search.similar(rooms.community, 4)

    assert [hit.item.number for hit in of_copy] == [4]
    assert len(of_other) == 1
    assert len(of_other[0].others) == 2


def test_an_item_without_a_vector_is_compared_all_the_same(rooms, search):
    """Its vector is made for the question."""
    rooms.vectors.remove(rooms.community.id, [2])

    assert [hit.item.number for hit in search.similar(rooms.community, 2)] == [3]


def test_an_item_without_a_text_is_like_nothing(rooms, search):
    """A failed one."""
    rooms.add(Link("https://nowhere.example/"))

    assert search.similar(rooms.community, 5) == []


def test_an_unknown_item_is_refused(rooms, search):
    """By its number."""
    with pytest.raises(UnknownItem):
        search.similar(rooms.community, 77)


def test_labels_given_by_people_are_found(rooms, search):
    """A label filter sees whatever stands."""
    assert rooms.add(PastedText("勞動節的遊行"), member=MEI).item.labels == (
        ItemLabel(LabelPath("topic/labour"), 0.9),
    )
    assert numbers(search.find(rooms.community, "label:勞動 is:suggested")) == [5]
