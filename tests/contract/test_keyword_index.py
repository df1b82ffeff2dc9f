"""What every keyword index does, the real one and the fake."""

import pytest

from core.ports import KeywordQuery
from core.store.database import Database
from core.store.keyword import FtsKeywordIndex
from tests.fakes.indexes import FakeKeywordIndex

HERE, ELSEWHERE = 1, 2


@pytest.fixture(params=["fts", "fake"])
def index(request):
    if request.param == "fake":
        yield FakeKeywordIndex()
        return
    database = Database(None)
    yield FtsKeywordIndex(database)
    database.close()


def found(index, *any_of, all_of=(), none_of=(), among=None, community=HERE, limit=10):
    query = KeywordQuery(all_of=tuple(all_of), any_of=any_of, none_of=tuple(none_of))
    return [each.item_id for each in index.find(community, query, limit=limit, among=among)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param("移工團體走上街頭", "移工", id="two characters"),
        pytest.param("移工團體走上街頭", "街", id="one character"),
        pytest.param("移工團體走上街頭", "頭", id="the last character"),
        pytest.param("移工團體走上街頭", "移工團體", id="longer"),
        pytest.param("中國農業發展銀行", "農業", id="inside a name"),
        pytest.param("網路與軟體", "网络与软体", id="simplified finds traditional"),
        pytest.param("环境正义", "環境", id="traditional finds simplified"),
        pytest.param("臺灣的ＮＧＯ", "台灣", id="variant"),
        pytest.param("臺灣的ＮＧＯ", "ngo", id="width and case"),
        pytest.param("a café in Taipei", "CAFE", id="accents"),
        pytest.param("the workers' rights", "worker", id="plural"),
        pytest.param("COVID-19疫情升溫", "covid19", id="hyphen"),
        pytest.param("COVID-19疫情升溫", "疫情", id="after digits"),
        pytest.param("在IKEA買家具", "ikea", id="latin within chinese"),
        pytest.param("5G基地台", "5g", id="digit and letter"),
        pytest.param("共有12,000人參加", "12000", id="grouped digits"),
        pytest.param("日本語を勉強する", "勉強する", id="japanese"),
        pytest.param("이주 노동자의 권리", "노동자", id="korean with a particle"),
        pytest.param("แรงงานข้ามชาติ", "แรงงาน", id="thai"),
        pytest.param("người lao động di trú", "lao dong", id="vietnamese without accents"),
    ],
)
def test_a_word_is_found(index, text, word):
    """Whatever script it is in, and however it is spelled."""
    index.index(HERE, 7, title="", body=text)
    index.index(HERE, 8, title="", body="一隻貓 something else 42")

    assert found(index, word) == [7]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param("移工團體", "移團", id="characters apart"),
        pytest.param("移。工", "移工", id="across a stop"),
        pytest.param("category", "cat", id="part of a latin word"),
        pytest.param("room 19 and covid", "covid-19", id="parts in another order"),
    ],
)
def test_what_is_not_there_is_not_found(index, text, word):
    """Neighbours in the query are neighbours in the text."""
    index.index(HERE, 7, title="", body=text)

    assert found(index, word) == []


def test_a_title_is_searched_and_weighs_no_less(index):
    """An item with the word in its title is found."""
    index.index(HERE, 1, title="能源轉型", body="政府公布了新的政策。")
    index.index(HERE, 2, title="政策", body="沒有關係的內容。")

    assert found(index, "能源") == [1]


def test_more_of_the_query_ranks_higher(index):
    """An item that holds both words stands before those that hold one."""
    index.index(HERE, 1, title="", body="移工在台北生活。")
    index.index(HERE, 2, title="", body="移工與仲介制度。")
    index.index(HERE, 3, title="", body="房屋仲介。")
    index.index(HERE, 4, title="", body="貓。")

    assert found(index, "移工", "仲介")[0] == 2
    assert set(found(index, "移工", "仲介")) == {1, 2, 3}


def test_a_rare_word_outweighs_a_common_one(index):
    """Where each item holds one of two words, the rarer word is the better evidence."""
    for number in range(1, 9):
        index.index(HERE, number, title="", body="大家都在談論環境問題")
    index.index(HERE, 9, title="", body="大家都在談論核廢料吧")

    assert found(index, "環境", "核廢料")[0] == 9


def test_scores_are_shares(index):
    """Between 0 and 1, best first, and higher for more of the query."""
    index.index(HERE, 1, title="", body="移工的仲介")
    index.index(HERE, 2, title="", body="移工的房屋")
    for number in range(3, 12):
        index.index(HERE, number, title="", body=f"其他事情 {number}")

    scored = index.find(HERE, KeywordQuery(any_of=("移工", "仲介")), limit=5)

    assert [each.item_id for each in scored] == [1, 2]
    assert 1 >= scored[0].score > scored[1].score > 0


def test_equal_items_come_newest_first(index):
    """The highest id first, so that an answer has one order only."""
    for number in (3, 1, 2):
        index.index(HERE, number, title="", body="一樣的文字")

    assert found(index, "文字") == [3, 2, 1]


def test_a_phrase_must_be_there(index):
    """All phrases must stand in the item, words besides only rank."""
    index.index(HERE, 1, title="", body="廢除仲介制度")
    index.index(HERE, 2, title="", body="廢除死刑，改革仲介制度，移工")
    index.index(HERE, 3, title="", body="移工移工移工")

    assert found(index, all_of=["廢除仲介"]) == [1]
    assert found(index, "移工", all_of=["廢除"]) == [2, 1]
    assert found(index, all_of=["廢除", "改革仲介"]) == [2]


def test_a_phrase_of_words_stands_side_by_side(index):
    """Latin words in another order are another phrase."""
    index.index(HERE, 1, title="", body="New York City")
    index.index(HERE, 2, title="", body="a new city near York")

    assert found(index, all_of=["new york"]) == [1]


def test_a_phrase_may_cross_scripts_and_end_in_one_character(index):
    """Latin and Chinese stand side by side as typed."""
    index.index(HERE, 1, title="", body="在IKEA買家具")
    index.index(HERE, 2, title="", body="買IKEA的家具")

    assert found(index, all_of=["IKEA買"]) == [1]
    assert found(index, all_of=["ikea買家具"]) == [1]


def test_minus_words_leave_items_out(index):
    """Neither word nor phrase may be there."""
    index.index(HERE, 1, title="", body="移工與看護")
    index.index(HERE, 2, title="", body="移工與漁業")

    assert found(index, "移工", none_of=["看護"]) == [2]
    assert found(index, all_of=["移工"], none_of=["與漁"]) == [1]


def test_with_minus_words_alone_all_others_are_found(index):
    """Nothing to find but something to leave out: the newest first, with score 0."""
    index.index(HERE, 1, title="", body="移工")
    index.index(HERE, 2, title="", body="貓")
    index.index(HERE, 3, title="", body="狗")

    scored = index.find(HERE, KeywordQuery(none_of=("移工",)), limit=10)

    assert [(each.item_id, each.score) for each in scored] == [(3, 0.0), (2, 0.0)]
    assert found(index, none_of=["移工"], among=[1, 2]) == [2]


@pytest.mark.parametrize("word", ["", " ", "？！", '"', "❤"])
def test_what_holds_no_letter_finds_nothing(index, word):
    """A sign alone is no word."""
    index.index(HERE, 1, title="", body="移工 ？！")

    assert found(index, word) == []
    assert found(index, all_of=[word]) == []
    assert found(index, none_of=[word]) == []
    assert found(index, "移工", word) == [1]


@pytest.mark.parametrize(
    "typed",
    [
        '移工" OR "貓',
        "title:貓",
        "NEAR(移工 貓)",
        "貓*",
        "^貓",
        "-貓",
        "{title body}:貓",
        "貓 AND",
        "a'b",
    ],
)
def test_nothing_that_is_typed_is_syntax(index, typed):
    """Signs of a query language are signs."""
    index.index(HERE, 1, title="", body="貓")

    assert set(found(index, typed)) <= {1}
    assert set(found(index, all_of=[typed])) <= {1}
    assert set(found(index, none_of=[typed])) <= {1}


def test_operators_are_words(index):
    """AND, OR and NOT are found where they are written."""
    index.index(HERE, 1, title="", body="to be or not to be")
    index.index(HERE, 2, title="", body="something else")

    assert found(index, "NOT") == [1]
    assert found(index, all_of=["OR NOT"]) == [1]


def test_only_some_items_may_be_asked_about(index):
    """With `among`, the best of those, however many others match better."""
    for number in range(1, 30):
        index.index(HERE, number, title="移工", body="移工")
    index.index(HERE, 30, title="", body="提到移工一次的長文，後面還有很多別的字")

    assert set(found(index, "移工", among=[30, 2, 999], limit=2)) == {2, 30}
    assert found(index, "移工", among=[]) == []


def test_the_limit_holds(index):
    """At most so many, the best ones."""
    for number in range(1, 6):
        index.index(HERE, number, title="", body="移工")

    assert found(index, "移工", limit=2) == [5, 4]


def test_indexing_again_replaces(index):
    """The old words are gone, the new ones are there."""
    index.index(HERE, 1, title="貓", body="狗")
    index.index(HERE, 1, title="鳥", body="魚")

    assert found(index, "貓", "狗") == []
    assert found(index, "鳥") == [1]
    assert found(index, "魚") == [1]


def test_removing_forgets(index):
    """What is removed is not found; what is unknown is passed over."""
    index.index(HERE, 1, title="", body="貓")
    index.index(HERE, 2, title="", body="貓")

    index.remove(HERE, [1, 77])
    index.remove(ELSEWHERE, [2])

    assert found(index, "貓") == [2]


def test_clearing_forgets_one_community(index):
    """And only that one; it can be filled again."""
    index.index(HERE, 1, title="", body="貓")
    index.index(ELSEWHERE, 2, title="", body="貓")

    index.clear(HERE)
    index.clear(99)

    assert found(index, "貓") == []
    assert found(index, "貓", community=ELSEWHERE) == [2]
    index.index(HERE, 3, title="", body="貓")
    assert found(index, "貓") == [3]


def test_nothing_crosses_communities(index):
    """Neither items nor what weighs in their order and scores."""
    query = KeywordQuery(any_of=("移工", "仲介"))
    index.index(HERE, 1, title="", body="移工")
    index.index(HERE, 2, title="", body="仲介")
    index.index(HERE, 3, title="", body="移工")
    before = index.find(HERE, query, limit=5)

    for number in range(10, 40):
        index.index(ELSEWHERE, number, title="仲介", body="仲介")

    assert index.find(HERE, query, limit=5) == before
    assert found(index, "移工", community=ELSEWHERE) == []
    assert found(index, "移工", community=99) == []


def test_compacting_changes_no_answer(index):
    """Of what is there; what was forgotten stays so, and a community without words is none."""
    for item_id in (7, 8):
        index.index(HERE, item_id, title="", body="移工團體走上街頭")
    index.remove(HERE, [8])

    index.compact(HERE)
    index.compact(ELSEWHERE)

    assert found(index, "移工") == [7]
