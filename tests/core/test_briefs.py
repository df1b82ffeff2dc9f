"""A dossier quotes, counts and lists what is there, and nothing else."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.archive import archived
from core.brief import quoted
from core.brief_facts import facts
from core.briefs import chosen_quotes
from core.domain import Document, Item, LabelPath, LabelStatus, Link, MemberRef, PastedText, State
from core.errors import BadQuery
from core.quote import holds
from core.quoting import weighed
from core.store.database import Database
from core.taxonomy import parse
from tests.fakes.codebook import TAXONOMY
from tests.fakes.library import make_library
from tests.fakes.reader import FakeReader
from tests.fakes.sources import HandClock

START = datetime(2026, 3, 1, tzinfo=UTC)
ANN, BO = MemberRef("fake", "ann"), MemberRef("fake", "bo")
LABOUR, MIGRANTS = LabelPath("topic/labour"), LabelPath("topic/labour/migrant")
NATURE, STATEMENT = LabelPath("topic/environment"), LabelPath("form/statement")
FOR, AGAINST = LabelPath("stance/for"), LabelPath("stance/against")
STANCES = """
[[dimension]]
id = "stance"
choice = "one"
name = { zh-TW = "立場", en = "stance" }
hypothesis = { zh-TW = "這篇文章{label}。", en = "This text is {label}." }
  [[dimension.label]]
  id = "for"
  name = { zh-TW = "贊成", en = "in favour" }
  [[dimension.label]]
  id = "against"
  name = { zh-TW = "反對", en = "opposed" }
"""


class Desk:
    """A writer's desk over a collection in memory."""

    def __init__(self, taxonomy: str = TAXONOMY) -> None:
        self.database = Database(None)
        self.reader = FakeReader()
        self.library = make_library(self.database, self.reader, parse(taxonomy), HandClock())
        self.community = self.library.repository.community("home", language="zh-TW")

    def keep(self, text: str, *labels: LabelPath, by: MemberRef = ANN, **said: object) -> Item:
        """A page, with labels that two people confirmed."""
        number = len(self.reader.read_links) + 1
        address = self.reader.page(
            f"https://news.example/{number}", text, **{"title": f"題目{number}", **said}
        )
        receipt = self.library.ingest.receive(Link(address), community=self.community, member=by)
        id_ = self.library.ingest.work(receipt.item.id).item.id
        for path in labels:
            self.decide(id_, path)
        return self.library.repository.item_by_id(id_)

    def decide(self, id_: int, path: LabelPath, *, differ: bool = False) -> None:
        """Two people say that a label is right, or differ."""
        for member in (ANN, BO):
            is_for = not differ or member == ANN
            self.library.voting.cast(id_, member, path, is_for=is_for, by="button")

    def brief(self, query: str = ""):
        return self.library.briefs.compose(self.community, query)


@pytest.fixture
def desk():
    desk = Desk()
    yield desk
    desk.database.close()


MARCH = (
    "移工團體今天在凱道集結，要求廢除「三年出國一日」條款。\n"
    "主辦單位表示，今年有超過3,210名移工參與遊行，其中三成五是家庭看護工。\n"
    "勞動部在2026年3月1日回應，預計民國115年12月底前提出修法草案。"
)
REPLY = "雇主團體說，自由轉換會讓長照家庭付出新台幣1.2億元的代價，他們反對草案。"


def test_every_sentence_stands_in_its_item(desk):
    """Word for word, at the place that is named."""
    desk.keep(MARCH, MIGRANTS, published_on=date(2026, 3, 1))
    desk.keep(REPLY, LABOUR, published_on=date(2026, 4, 2))

    brief = desk.brief("label:topic/labour")

    texts = {each.number: each.document.text for each in brief.items}
    assert len(brief.quotes) >= 4
    assert all(holds(each, texts[each.number]) for each in brief.quotes)


ODD = st.text(
    alphabet="移工表示，。！？「」（） .3,萬元年月日%*_[<>&#|`~\\\n\u3000\u200d\u202eAb",
    max_size=200,
)


@given(st.lists(ODD, min_size=1, max_size=4))
def test_every_sentence_of_any_text_stands_in_its_item(texts):
    """Whatever pages say; and signs that turn the order of others round are not quoted."""
    stories = []
    for number, text in enumerate(texts, 1):
        sentences = weighed(Document(text), None, matter=re.compile("移工"))
        stories.append((number, date(2026, 3, 1), None, sentences))
        item = Item(number, 1, number, State.DONE, PastedText(text), START, Document(text))
        assert all(holds(each, text) for each in quoted(item, sentences))
    figures, days = facts(stories)

    quotes = [*(each.quote for each in figures), *(each.quote for each in days)]
    assert all(holds(each, texts[each.number - 1]) for each in quotes)
    assert all("\u202e" not in each.text for each in quotes)


def test_stories_are_grouped_by_narrower_labels_and_time(desk):
    """What people decided goes before what a model suggests; what has no narrower label is last."""
    later = desk.keep(MARCH, MIGRANTS, published_on=date(2026, 3, 1))
    sooner = desk.keep(
        "移工仲介費再度調漲，工會表示反對。", MIGRANTS, published_on=date(2026, 1, 9)
    )
    plain = desk.keep(REPLY, LABOUR)

    brief = desk.brief("label:topic/labour")

    migrants, rest = brief.groups
    assert migrants.path == MIGRANTS
    assert [each.item.number for each in migrants.told] == [sooner.number, later.number]
    assert {each.status for each in migrants.told} == {LabelStatus.CONFIRMED}
    assert (rest.path, [each.item.number for each in rest.told]) == (None, [plain.number])


def test_a_story_with_two_labels_is_told_once(desk):
    """And mentioned under the other one."""
    both = desk.keep(MARCH, LABOUR, NATURE)

    labour, nature = desk.brief().groups

    assert [each.item.number for each in labour.told] == [both.number]
    assert (nature.told, nature.also) == ((), (both.number,))


def test_copies_are_one_story(desk):
    """Quoted from one, and the other is named."""
    first = desk.keep(MARCH, LABOUR)
    copy = desk.keep(MARCH + "\n（中央社）", LABOUR, by=BO)
    assert copy.story is not None

    brief = desk.brief()

    (told,) = (each for group in brief.groups for each in group.told)
    assert {told.item.number, *told.others} == {first.number, copy.number}
    assert (len(brief.items), brief.stories) == (2, 1)


def test_numbers_and_dates_are_found(desk):
    """In Chinese numerals and digits, in the Republic's years; and who else gives the same one."""
    march = desk.keep(MARCH, MIGRANTS, published_on=date(2026, 3, 1))
    other = desk.keep("工會統計，約3,210名移工上街，警方沒有公布人數。", MIGRANTS)

    brief = desk.brief("label:topic/labour")

    written = {each.written(one): each for each in brief.figures for one in each.figures}
    assert {"超過3,210名", "三成五", "約3,210名"} == written.keys()
    assert written["超過3,210名"].also == (other.number,)
    assert written["約3,210名"].also == (march.number,)
    assert [each.said.key for each in brief.days] == [(2026, 3, 1)]


def test_a_story_gives_a_number_once(desk):
    """Of two sentences that give nothing but the same one the better is quoted."""
    desk.keep(
        "工會統計，共有3,210名移工上街。\n主辦單位也說，總共有3,210名移工參與遊行。", MIGRANTS
    )

    brief = desk.brief("label:topic/labour")

    assert [each.figures[0].value for each in brief.figures] == [3210]


def test_a_text_about_the_past_means_no_days_of_its_own_year(desk):
    """A day without a year is of the year that the text tells of, which only its reader knows."""
    past = (
        "1990年3月16日，第一批學生在廣場靜坐。\n靜坐從3月16日持續到3月22日，學生要求解散國民大會。"
    )
    desk.keep(past, MIGRANTS, published_on=date(2026, 9, 14))
    desk.keep("移工團體預計3月8日上街遊行，要求修法。", MIGRANTS, published_on=date(2026, 3, 1))

    brief = desk.brief("label:topic/labour")

    assert [each.said.key for each in brief.days] == [(1990, 3, 16), (2026, 3, 8)]


def test_counter_voices(desk):
    """By the dimension of stances; who is alone is quoted, too, and with words that were said."""
    desk.database.close()
    desk = Desk(TAXONOMY + STANCES)
    for number in range(3):
        desk.keep(f"第{number}個團體表示支持自由轉換雇主。這是第{number}次遊行。", LABOUR, FOR)
    lone = desk.keep("草案將在月底送出。" + REPLY, LABOUR, AGAINST)

    brief = desk.brief("label:topic/labour")

    assert brief.stance == "stance"
    assert [(each.path, each.total) for each in brief.voices] == [(FOR, 3), (AGAINST, 1)]
    (told,) = brief.voices[1].told
    assert told.item.number == lone.number
    assert told.quotes[0].text == REPLY
    assert brief.gaps.unheard == ()
    desk.database.close()


def test_a_missing_side_is_a_gap(desk):
    """If somebody takes the other."""
    desk.database.close()
    desk = Desk(TAXONOMY + STANCES)
    desk.keep(MARCH, LABOUR, FOR)

    assert desk.brief().gaps.unheard == (AGAINST,)
    desk.database.close()


def test_gaps(desk):
    """Empty labels, silent months, one source, undecided, disputed, no date, no address."""
    first = desk.keep(REPLY, LABOUR, site="公視", published_on=date(2025, 11, 5))
    for month in (1, 2, 5):
        text = f"勞動消息第{month}則，工會在{month}月表示意見，內容各不相同。"
        desk.keep(text, site="公視", published_on=date(2026, month, 5))
    desk.decide(first.id, NATURE, differ=True)
    receipt = desk.library.ingest.receive(
        PastedText("勞動條件的訪談筆記，受訪者說工時太長。"), community=desk.community, member=ANN
    )
    pasted = desk.library.ingest.work(receipt.item.id).item

    gaps = desk.brief("label:topic/labour").gaps

    assert gaps.empty == (MIGRANTS,)
    assert gaps.silent == (((2025, 12), (2025, 12)), ((2026, 4), (2026, 4)))
    assert (gaps.site, gaps.share) == ("公視", 0.8)
    assert gaps.suggested == 4
    assert gaps.disputes == (first.number,)
    assert gaps.undated == gaps.unaddressed == (pasted.number,)


def test_the_span_that_was_asked_for_counts(desk):
    """Months at its edges are silent, too."""
    desk.keep(MARCH, LABOUR, published_on=date(2026, 2, 5))

    gaps = desk.brief("label:topic/labour since:2025-12 until:2026-12").gaps

    assert gaps.silent == (((2025, 12), (2026, 1)), ((2026, 3), (2026, 3)))


def test_an_archive_link_is_built(desk):
    """From the address and the moment at which the item was kept; what has none, has none."""
    item = desk.keep(MARCH)

    assert archived(item) == "https://web.archive.org/web/20260301120000/https://news.example/1"


def test_words_must_stand_in_what_is_told(desk):
    """As in an export; and nothing is an answer."""
    desk.keep(MARCH, LABOUR)

    assert len(desk.brief("凱道").items) == 1
    assert desk.brief("鯨魚").items == ()
    with pytest.raises(BadQuery):
        desk.brief("label:鯨魚學")


def test_other_communities_stay_outside(desk):
    """A dossier is of one collection."""
    desk.keep(MARCH, LABOUR)
    other = desk.library.repository.community("other")

    assert desk.library.briefs.compose(other, "").items == ()


def test_what_a_model_is_shown_leaves_no_group_out(desk):
    """The first of every group comes before the second of any."""
    for _ in range(3):
        number = len(desk.reader.read_links)
        desk.keep(f"{MARCH}\n第{number}份報告說明工時與薪資，工會表示{number}點訴求。", LABOUR)
    desk.keep("環境團體表示，海岸開發案應該停止。", NATURE)
    brief = desk.brief()

    first_two = {each.number for each in chosen_quotes(brief)[:2]}

    assert {group.told[0].item.number for group in brief.groups} == first_two
