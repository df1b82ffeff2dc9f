"""What the library knows, as replies: nothing here needs a platform or a store."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat import Reply, Span, Style
from bot.render import cards, codebook, finding, spans, talk
from bot.texts import Texts
from core.domain import (
    Community,
    Document,
    Extract,
    Failure,
    Item,
    ItemLabel,
    LabelStatus,
    Link,
    PastedText,
    Premise,
    SentFile,
    State,
    Summary,
)
from core.labelling import Rule
from core.models.annotator import EntailmentAnnotator
from core.taxonomy import parse
from tests.fakes.codebook import TAXONOMY
from tests.fakes.models import FakeEntailer

ZH, EN = Texts("zh-TW"), Texts("en")
LABELS = parse(TAXONOMY)
HOME = Community(1, "home", "zh-TW", "Asia/Taipei")
URL = "https://news.example/a"
ITEM = Item(
    id=1,
    community=1,
    number=7,
    state=State.DONE,
    given=Link(URL),
    received_at=datetime(2026, 3, 5, 20, tzinfo=UTC),
    document=Document(
        "內文", "標題", "王小明", date(2026, 3, 5), "公視", "zh-Hant", URL, media="web"
    ),
    summary=Summary((Extract(0, 2, "內文"),), "lead"),
)


def label(
    path: str, status: LabelStatus = LabelStatus.SUGGESTED, score: float = 0.784
) -> ItemLabel:
    return ItemLabel(path, score, status)


def card(item: Item, texts: Texts = ZH) -> Reply:
    return cards.card(item, taxonomy=LABELS, texts=texts)


def all_spans(reply: Reply) -> list[Span]:
    return [span for line in reply.lines for span in (*line.lead, *line.spans)]


@pytest.mark.parametrize(
    ("status", "style", "said"),
    [
        (LabelStatus.SUGGESTED, Style.SUGGESTED, "勞動 78%?"),
        (LabelStatus.CONFIRMED, Style.DECIDED, "勞動 ✓"),
        (LabelStatus.DISPUTED, Style.DISPUTED, "勞動 討論中"),
    ],
)
def test_a_suggestion_looks_like_one_and_a_decision_like_one(status, style, said):
    """Only people make the question mark go away."""
    shown = card(replace(ITEM, labels=(label("topic/labour", status),)))

    assert said in shown.text
    assert Span("勞動", style) in all_spans(shown)


def test_a_rejected_label_is_not_shown():
    """People said that it does not fit."""
    shown = card(replace(ITEM, labels=(label("topic/labour", LabelStatus.REJECTED),)))

    assert "勞動" not in shown.text
    assert "沒有合適的標籤" in shown.text


def test_ancestors_are_shown_once_as_the_way_to_their_label():
    """The narrowest label says it all."""
    shown = card(replace(ITEM, labels=(label("topic/labour"), label("topic/labour/migrant"))))

    assert shown.text.count("勞動") == 1
    assert "勞動 › 移工" in shown.text


def test_a_parent_alone_is_an_answer():
    """With a line for each dimension."""
    item = replace(ITEM, labels=(label("topic/labour"), label("form/statement")))

    lines = [line.text.strip() for line in card(item).lines]

    assert lines[-2:] == ["主題  勞動 78%?", "文類  聲明 78%?"]


def test_an_item_in_full_names_its_language():
    """A tag like zh-Hant is for machines."""
    item = replace(ITEM, first_shared_at=ITEM.received_at)

    shown = cards.whole(item, page="", more=None, community=HOME, taxonomy=LABELS, texts=ZH)

    assert shown.lines[-1].text.strip().endswith("收藏 · 繁體中文")


def test_a_label_that_the_taxonomy_no_longer_has_is_shown_by_its_path():
    """Old items survive new label files."""
    assert "gone/away" in card(replace(ITEM, labels=(label("gone/away"),))).text


@pytest.mark.parametrize(
    ("item", "link"),
    [
        pytest.param(ITEM, URL, id="fetched"),
        pytest.param(replace(ITEM, document=None), URL, id="not-yet-fetched"),
        pytest.param(
            replace(ITEM, document=replace(ITEM.document, url="javascript:alert(1)")),
            None,
            id="script",
        ),
        pytest.param(
            replace(ITEM, given=PastedText("內文"), document=Document("內文")), None, id="text"
        ),
        pytest.param(replace(ITEM, given=SentFile("a.pdf", b""), document=None), None, id="file"),
    ],
)
def test_only_web_addresses_are_links(item, link):
    """A title leads to the page, or nowhere."""
    assert cards.heading(item).spans[0].link == link


def test_what_is_unknown_is_left_out():
    """No empty brackets, no "unknown author"."""
    item = replace(ITEM, document=Document("內文", "標題", site="公視"))

    assert [line.text.strip() for line in cards.source(item, ZH)] == ["公視"]
    assert cards.source(replace(ITEM, document=Document("內文")), ZH) == []


def test_a_known_item_says_since_when_by_the_clock_of_the_community():
    """Eight in the evening in Greenwich is the next day in Taipei."""
    shown = cards.known(replace(ITEM, shares=3), community=HOME, taxonomy=LABELS, texts=ZH)

    assert shown.lines[0].text == "這篇已經收藏過了：有 3 個人分享過，最早是 2026年3月6日。"


def test_a_known_item_that_is_still_in_work_says_so():
    """Nobody has to send it twice."""
    assert "正在處理" in cards.waiting(replace(ITEM, state=State.FETCHED), ZH).text


def test_the_same_story_without_a_site_is_named_by_number():
    """A pasted text has no publisher."""
    like = replace(ITEM, number=2, document=Document("內文"))

    shown = cards.same_story(ITEM, like, taxonomy=LABELS, texts=EN)

    assert shown.lines[0].text.startswith("It tells the same story as #2;")


def test_a_failure_asks():
    """Its buttons are answers to a question."""
    item = replace(ITEM, state=State.FAILED, document=None, failure=Failure("not-found", "", {}))

    shown = cards.failed(item, EN, now=ITEM.received_at)

    assert shown.asks
    assert [button.does for row in shown.buttons for button in row] == ["retry 7", "paste 7"]


def test_progress_passes():
    """It is replaced soon, and says about what it is."""
    shown = cards.progress(ITEM, "labelling", ZH)

    assert shown.passing
    assert shown.text == "#7  正在貼標籤… 標題"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (LabelStatus.SUGGESTED, "勞動?"),
        (LabelStatus.CONFIRMED, "勞動"),
        (LabelStatus.DISPUTED, "勞動（討論中）"),
    ],
)
def test_a_suggestion_looks_like_one_in_a_list_too(status, said):
    """Also where there are no colours."""
    item = replace(ITEM, labels=(label("topic/labour", status),))

    *_, last = finding.brief(item, LABELS, ZH)

    assert last.text.strip() == said


def test_what_was_found_stands_out():
    """Only that, and the words around it stay."""
    snippet = SimpleNamespace(text="前移工後\n移工", marks=((1, 3), (5, 7)))
    title = SimpleNamespace(text="標題", marks=((1, 2),))
    hit = SimpleNamespace(item=ITEM, score=1.0, snippet=snippet, title=title, why=(), others=())

    shown = finding.alike(ITEM, [hit], taxonomy=LABELS, texts=ZH)

    (line,) = [line for line in shown.lines if line.quote]
    assert line.spans == (
        Span("前"),
        Span("移工", Style.FOUND),
        Span("後 "),
        Span("移工", Style.FOUND),
    )
    assert Span("題", Style.FOUND, URL) in all_spans(shown)


@given(st.text(max_size=50))
def test_no_span_breaks_a_line(text):
    """Whatever a title is made of, it stays on its line; signs of several parts stay whole."""
    shown = spans.one_line(text)

    assert len(shown) == len(text)
    assert len(shown.splitlines()) <= 1


def test_signs_of_several_parts_stay_whole():
    """Joiners and the ideographic space are part of what people wrote."""
    assert spans.one_line("👩‍👧　क्‍ष\x07\n") == "👩‍👧　क्‍ष  "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一二三四五", "一二三四五"),
        ("一二三四五六", "一二三四…"),
        ("一。\n二", "一。二"),
        ("a\n b", "a b"),
    ],
)
def test_a_long_title_is_shortened(text, expected):
    """Spaces that only divided lines are gone after Chinese punctuation."""
    assert cards.shortened(text, 5) == expected


def test_help_names_each_command_in_both_ways():
    """The name in Latin letters to type, the native one beside it."""
    shown = talk.help_page({"section-daily": ["search", "recent"]}, ZH)

    assert "/search 想找的內容" in shown.text
    assert "/搜尋" in shown.text
    assert "/recent" in shown.text


def test_a_short_text_is_said_once():
    """Without a title its first line stands for one; the same words need no summary below."""
    untitled = replace(ITEM, given=PastedText("內文"), document=Document("內文"))

    assert card(untitled).text.count("內文") == 1
    assert card(ITEM).text.count("內文") == 1


# ── why ──────────────────────────────────────────────────────────────────────────────────────────


def why(labour: float, migrant: float, texts: Texts) -> list[str]:
    """The lines that explain an item of which a model with a lift said so much."""
    answers = {
        LABELS.hypothesis("topic/labour", "en"): labour,
        LABELS.hypothesis("topic/labour/migrant", "en"): migrant,
    }
    rule = Rule(floor=0.2, lift=2.0)
    [labelling] = EntailmentAnnotator(FakeEntailer(answers), rule=rule).annotate(
        [Premise("Soup.", "text")], taxonomy=LABELS, language="en"
    )
    told = codebook.why(ITEM, labelling, taxonomy=LABELS, texts=texts)
    return [each.text.strip() for each in told.lines if each.text.strip()[0:1] in {"✓", "·"}]


@pytest.mark.parametrize(
    ("texts", "because"),
    [
        pytest.param(ZH, "因為「移工」有 60%", id="zh"),
        pytest.param(EN, "because of “migrant workers”, 60%", id="en"),
    ],
)
def test_a_broad_label_that_holds_for_a_narrow_one_says_so(texts, because):
    """Its own low answer is told, and the one that it holds for; that one has a bar of its own."""
    broad, narrow, *_ = why(0.12, 0.6, texts)

    assert broad == f"✓  12%  This text is about labour.  {because}"
    assert narrow.startswith("✓  60%  This text is about migrant workers.  ≥ ")


def test_a_broad_label_that_is_likely_itself_needs_no_other():
    """Also when its child makes it likelier still."""
    broad, *_ = why(0.3, 0.6, EN)

    assert broad.startswith("✓  30%  This text is about labour.  ≥ 20%")
