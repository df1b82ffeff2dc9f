"""What a card and its choices look like where a platform has few rows, few bytes, or no buttons."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.chat import Reply
from bot.render import cards, finding, picking, talk, votes
from bot.render.votes import Booth
from bot.texts import Texts
from core.domain import (
    Document,
    Extract,
    Failure,
    Item,
    ItemLabel,
    LabelPath,
    LabelStatus,
    Link,
    State,
    Summary,
    Tally,
)
from core.hits import Hit, Why
from core.snippets import Snippet
from core.taxonomy import Label, ancestors, starter
from core.voting import Ballot

ZH, EN = Texts("zh-TW"), Texts("en")
STARTER = starter()
DISCORD, TELEGRAM = 5, 12  # rows of buttons
URL = "https://news.example/a"
SENTENCE = "移工團體今天在凱道集結，要求廢除「三年出國一日」條款，並且讓移工可以自由轉換雇主。"
ITEM = Item(
    id=1,
    community=1,
    number=999_999_999,
    state=State.DONE,
    given=Link(URL),
    received_at=datetime(2026, 3, 5, 20, tzinfo=UTC),
    document=Document("內文", "標題", "王小明", date(2026, 3, 5), "公視", "zh-Hant", URL),
    summary=Summary((Extract(0, len(SENTENCE), SENTENCE),) * 40, "lead"),
)


def labelled(count: int) -> Item:
    """An item with so many labels of the starter taxonomy, and what is above them."""
    leaves = [each for each in STARTER.walk() if not each.children][: count * 5 : 5]
    paths = dict.fromkeys(path for each in leaves for path in _line(each))
    return replace(ITEM, labels=tuple(ItemLabel(path, 0.78) for path in paths))


def _line(label: Label) -> list[LabelPath]:
    return [*ancestors(label.path), label.path]


def ballot(item: Item, *, for_: int = 0, against: int = 0) -> Ballot:
    return Ballot({each.path: Tally(for_, against) for each in item.labels}, Tally(), 0, {})


def drawn(item: Item, texts: Texts = ZH, rows: int = DISCORD, **said: object) -> Reply:
    booth = Booth(ballot(item, **said), rows, can_split=True)
    return cards.card(item, taxonomy=STARTER, texts=texts, booth=booth)


@pytest.mark.parametrize("texts", [ZH, EN], ids=["zh", "en"])
@pytest.mark.parametrize("count", [0, 1, 6, 20])
def test_a_card_fits_the_smallest_platform(texts, count):
    """Five rows of five, 45 bytes a button (64 less what names the community)."""
    rows = drawn(labelled(count), texts, for_=99).buttons

    assert len(rows) <= 5
    assert max(map(len, rows)) <= 5
    assert max(len(each.does.encode()) for row in rows for each in row) <= 45


@pytest.mark.parametrize("rows", [DISCORD, TELEGRAM])
@pytest.mark.parametrize("count", [0, 1, 4, 6, 20])
def test_every_label_can_be_voted_on_in_some_page_of_choices(rows, count):
    """Both ways, and no page has more than the platform can show."""
    item = labelled(count)
    booth = Booth(ballot(item), rows)
    seen: set[str] = set()
    for page in range(1, 30):
        grid = votes.choices(item, booth, STARTER, ZH, page=page)

        assert len(grid) <= rows
        assert max(map(len, grid)) <= 5
        does = [each.does for row in grid for each in row]
        assert max(len(each.encode()) for each in does) <= 45
        seen.update(each.rpartition(" ")[0] for each in does if each.startswith("vote "))

    keys = {votes.key_of(each.path) for each in item.labels}
    assert seen == {f"vote {ITEM.number} {sign} {key}" for key in keys for sign in "yn"}


def test_two_labels_of_one_name_are_told_apart():
    """By what stands above them."""
    paths = [LabelPath("topic/environment"), LabelPath("old/environment")]
    item = replace(ITEM, labels=tuple(ItemLabel(path, 0.5) for path in paths))

    names = votes.names_of(item.labels, STARTER, EN)

    assert len(set(names.values())) == 2


def test_what_members_propose_is_shown_without_a_percentage():
    """No model is sure of it."""
    path = LabelPath("topic/labour")
    booth = Booth(Ballot({path: Tally(1, 0)}, Tally(), 0, {}), TELEGRAM)

    shown = cards.card(replace(ITEM, summary=None), taxonomy=STARTER, texts=ZH, booth=booth)

    assert "主題  勞動 ?" in shown.text
    assert shown.buttons[0][0].label == "✓ 勞動 1"


def test_a_long_summary_is_cut_between_sentences():
    """A card stays within one screen."""
    shown = drawn(labelled(3))

    (summary,) = [line.text.strip() for line in shown.lines if line.quote]
    assert len(shown.text) <= cards.MAX_CARD
    assert summary.replace(SENTENCE, "") == " …"


@pytest.mark.parametrize("rows", [0, DISCORD, TELEGRAM])
def test_the_whole_tree_can_be_reached_by_buttons(rows):
    """From its dimensions down to every label; each page fits."""
    found: set[str] = set()
    nodes = [
        *((each, each.id) for each in STARTER.dimensions),
        *((each, each.path) for each in STARTER.walk() if each.children),
    ]
    for node, _ in nodes:
        for page in range(1, 9):
            shown = picking.below(
                ITEM, node, page=page, rows=rows, taxonomy=STARTER, texts=EN
            ).buttons
            assert not rows or len(shown) <= rows
            found.update(each.does for row in shown for each in row)

    chosen = {each for each in found if each.startswith(("choose ", "vote "))}
    assert len(chosen) == len(list(STARTER.walk()))
    if rows:
        assert max(len(each.encode()) for each in found) <= 45


def test_many_at_once_are_one_message():
    """A line for each, those that failed with their reason, and a way on."""
    items = [replace(labelled(2), number=number) for number in range(1, 6)]
    items[2] = replace(items[2], failure=Failure("forbidden", "", {}), labels=())

    shown = cards.burst(items, taxonomy=STARTER, texts=ZH)

    assert shown.lines[0].text == "收好了 4 篇，1 篇沒有收成"
    assert shown.lines[1].text.startswith("#1  標題 — ")
    assert shown.lines[3].text == "#3  標題 — 網站不給看"
    assert [each.does for row in shown.buttons for each in row] == ["search is:failed"]


def test_very_many_at_once_still_are_one_message():
    """The rest is counted."""
    items = [
        replace(labelled(4), number=n, document=replace(ITEM.document, title="長" * 99))
        for n in range(1, 51)
    ]

    shown = cards.burst(items, taxonomy=STARTER, texts=EN)

    assert len(shown.text) < 2000
    told = len(shown.lines) - 2
    assert shown.lines[-1].text.strip() == f"and {50 - told} more: /recent shows them"
    assert shown.buttons == ()


def test_the_progress_of_many_passes():
    """It will be replaced."""
    shown = cards.burst_progress(3, 20, ZH)

    assert (shown.text, shown.passing) == ("收到 20 篇，做完 3 篇…", True)


def test_a_hit_takes_three_lines():
    """In private, or for one pair of eyes, a page of them is still one screen."""
    hit = Hit(
        replace(labelled(1), number=7),
        1.0,
        Snippet(SENTENCE, ((0, 2),)),
        (Why("title", ("移工",)), Why("meaning", score=0.8)),
        Snippet("移工", ((0, 2),)),
        others=(2, 3),
    )

    shown = finding.hits(
        [hit], total=1, offset=0, query="移工", taxonomy=STARTER, texts=ZH, more=None
    )

    head, gap, title, snippet, under = (line.text.strip() for line in shown.lines)
    assert (head, gap) == ("找到 1 篇", "")
    assert title == "#7  移工"
    assert snippet == SENTENCE
    assert under.startswith(
        "公視 · 2026年3月5日 · 標題有「移工」 · 意思相近 · 另有 2 篇講同一件事 · "
    )


def test_the_door_to_a_private_answer_is_a_link():
    """Opened once."""
    shown = talk.at_the_door(EN, "https://door.example/hello")

    assert shown.lines[0].spans[-1].link == "https://door.example/hello"


def test_keeping_what_a_deleted_message_brought_is_a_question():
    """It is answered by a button, or a number."""
    shown = talk.ask_keep(ZH, 7, "標題")

    assert shown.asks
    assert [each.does for row in shown.buttons for each in row] == ["remove 7 yes", "remove 7 no"]


def test_a_decided_label_looks_decided_on_its_card():
    """And one under discussion open."""
    (first, second) = ("topic/labour", "topic/education")
    item = replace(
        ITEM,
        labels=(
            ItemLabel(LabelPath(first), 0.9, LabelStatus.CONFIRMED),
            ItemLabel(LabelPath(second), 0.9, LabelStatus.DISPUTED),
        ),
    )

    assert "主題  勞動 ✓  教育 討論中" in drawn(item).text
