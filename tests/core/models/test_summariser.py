"""Summaries: whole sentences of the text, its own and not what stands around it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models.boilerplate import Kind, dateline, kind, kinds, units
from core.models.extracting import MAX_READ
from core.models.summariser import ExtractiveSummariser

ZH = """首頁
即時
政治
社會
生活
首頁 > 新聞 > 環境 > 氣候
減碳目標提高　環團：缺退場時程
記者王大明／台北報導
2026-05-03 12:30
分享到 Facebook
（中央社記者王大明台北3日電）環境部昨日公布新版減碳目標，將在二〇三五年前把排放量降至基準年的六成。
▲環境部長說明新目標。（圖／記者李小美攝）
環保團體肯定減碳目標提高，但批評政府沒有說明燃煤電廠退場的時程，也沒有勞工的轉型方案。（圖／翻攝自臉書）
延伸閱讀：碳費上路　企業喊苦
相關新聞
碳費怎麼收？一次看懂
工業團體則認為電價勢必上漲，呼籲政府先補足電網的韌性，再談更高的目標。
立法院委員會下週將邀集各部會備詢，朝野黨團都表示會提出減碳目標的不同版本。
學者指出，關鍵在於碳費的費率能否逐年調高，以及收入是否用在減量與照顧弱勢。
「我們不能再等。」她說。
我們使用 cookie 以改善您的體驗，繼續瀏覽即表示您同意。
★加入自由電子報LINE好友
標籤：減碳、碳費、環境部
#減碳 #碳費
© 2026 某某報 版權所有 未經授權不得轉載
"""
ZH_TITLE = "減碳目標提高　環團：缺退場時程"

EN = """Skip to main content
HOME NEWS SPORTS OPINION
Home | News | World | Politics
Minimum wage to rise
By Jane Doe
May 3, 2026
Share this article
TAIPEI (AP) — The ministry of labor said on Monday that it would raise the minimum wage by four \
percent from January, after a night of talks between unions and employers broke up without a deal.
Photo: Getty Images
Union leaders called the minimum wage step too small and pointed to rents, which have risen faster \
than pay in every large city for ten years. (Photo by John Roe/Getty Images)
Read more: What the wage means for you
Small firms, for their part, warned that they would have to cut hours. Would they? The cabinet is \
expected to approve the decision next week.
Sign up for our newsletter to get the latest news in your inbox.
Groups that speak for migrant domestic workers asked why the rule does not cover them.
Reporting by Jane Doe; editing by John Roe.
Related articles
How rents rose
Ten things to know about the strike
Topics: labor, wages
We use cookies to improve your experience. By continuing you agree to our terms.
© 2026 The Paper. All rights reserved.
"""
EN_TITLE = "Minimum wage to rise"


def summary(text: str, *, title: str | None = None, length: int = 120) -> list[str]:
    found = ExtractiveSummariser(max_characters=length).summarise(text, title=title)
    return [extract.text for extract in found.extracts]


def test_a_chinese_page_gives_its_news():
    """The first sentence comes without its dateline; nothing around the article is quoted."""
    assert summary(ZH, title=ZH_TITLE) == [
        "環境部昨日公布新版減碳目標，將在二〇三五年前把排放量降至基準年的六成。",
        "環保團體肯定減碳目標提高，但批評政府沒有說明燃煤電廠退場的時程，也沒有勞工的轉型方案。",
        "工業團體則認為電價勢必上漲，呼籲政府先補足電網的韌性，再談更高的目標。",
    ]


def test_an_english_page_gives_its_news():
    """The same for English, at a third of a character a letter."""
    assert summary(EN, title=EN_TITLE) == [
        EN.split("\n")[7].removeprefix("TAIPEI (AP) — "),
        "Small firms, for their part, warned that they would have to cut hours.",
        "The cabinet is expected to approve the decision next week.",
        "Groups that speak for migrant domestic workers asked why the rule does not cover them.",
    ]


@pytest.mark.parametrize(("text", "title"), [(ZH, ZH_TITLE), (EN, EN_TITLE)], ids=["zh", "en"])
@pytest.mark.parametrize("length", [40, 80, 200, 2000])
def test_no_soup_at_any_length(text: str, title: str, length: int):
    """Menus, bylines, captions, boxes, notices and rights are in no summary, however long."""
    quoted = "\n".join(summary(text, title=title, length=length))

    for soup in re.findall(
        r"\S+",
        "首頁 即時 記者 分享 圖／ 延伸閱讀 相關新聞 一次看懂 cookie LINE 標籤 # © 版權 2026 "
        "Skip HOME Home By Share Photo Read Sign Reporting Related Ten Topics cookies rights",
    ):
        assert soup not in quoted
    assert title not in quoted


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("明天下午三點在台大校門口集合，請帶水。下雨改期！", id="notice"),
        pytest.param("標題沒有句號\n第一段。\n第二段。", id="with-a-heading"),
        pytest.param("床前明月光\n疑是地上霜\n舉頭望明月\n低頭思故鄉", id="poem"),
        pytest.param("買牛奶\n買蛋\n買麵包\n繳電費\n掃地", id="list"),
        pytest.param("Bring water. Rain or shine!", id="english"),
        pytest.param("Read more", id="soup-alone"),
        pytest.param("12345", id="digits"),
    ],
)
def test_a_short_text_is_its_own_summary(text: str):
    """Everything is kept, in order."""
    assert "".join(summary(text)).replace(" ", "") == text.replace("\n", "").replace(" ", "")


def test_a_short_text_loses_its_soup():
    """Even where all would fit, the buttons around it are not quoted."""
    text = "首頁\n登入\n分享\n明天下午三點集合，請帶水。\n相關新聞\n上週的集會\n版權所有"

    assert summary(text) == ["明天下午三點集合，請帶水。"]


def test_where_all_is_soup_the_soup_is_quoted():
    """A text with a letter is never without a summary."""
    assert summary("分享\n列印\n© 2026") == ["分享", "列印", "© 2026"]


def test_nothing_comes_of_nothing():
    """Signs alone have no summary."""
    assert summary("……\n———\n") == []
    assert summary("") == []


def test_long_lists_are_quoted_where_there_is_no_prose():
    """A programme of many entries gives some of its entries."""
    text = "\n".join(f"第{number}場　社區農園與食物正義工作坊" for number in range(40))

    assert summary(text)
    assert set(summary(text)) <= set(text.split("\n"))


@pytest.mark.parametrize("text", ["長" * 3000, "word " * 3000], ids=["chinese", "english"])
def test_one_endless_sentence_stands_alone(text: str):
    """What has no end is cut by the rules for sentences, and its first piece is the summary."""
    assert len(summary(text)) == 1


def test_the_same_is_not_said_twice():
    """A pulled quote repeats a sentence of the text; one of them is enough."""
    said = "這條河流在二十年前曾經是全國污染最嚴重的河流之一，居民避之唯恐不及。"
    others = [
        f"第{number}年的調查由不同的{name}主持，記錄了不同的魚類與水鳥。"
        for number, name in enumerate(["學校", "社團", "機構", "村里", "公司", "教會"], start=1)
    ]
    text = "\n".join([said, others[0], said, *others[1:]])

    assert summary(text).count(said) == 1


LEAD = "鄉公所上午召開年度施政說明會，各課室輪流報告執行情形。"
ROADS = "道路鋪設與路燈更新則因為缺工延後，預計明年春天再發包。"
THANKS = "鄉長感謝所有出席的村長，並請大家把意見帶回去討論。"


def test_the_title_tells_what_matters():
    """Of two sentences of equal standing, the one that the title names is quoted."""
    rivers = "溪流整治計畫今年完成第三期工程，沿岸居民重新看見生態。"
    schools = "學校營養午餐今年改用在地食材，農民與校方簽訂供應契約。"
    text = "\n".join([LEAD, ROADS, rivers, schools, THANKS])

    assert summary(text, title="溪流整治有成", length=60) == [LEAD, rivers]
    assert summary(text, title="營養午餐用在地食材", length=60) == [LEAD, schools]


@pytest.mark.parametrize(("opening", "quoted"), [("去年，", 0), ("然而，", 1)])
def test_a_leaning_sentence_counts_less_without_what_it_leans_on(opening: str, quoted: int):
    """What begins with "however" gives way to a sentence that stands by itself."""
    wetlands = [
        f"{opening}濕地復育經費只有計畫的一半，管理進度因此落後。",
        "濕地復育計畫在沿海三個鄉鎮展開，居民與學者共同管理。",
    ]
    text = "\n".join([LEAD, ROADS, *wetlands, THANKS])

    assert summary(text, title="濕地復育", length=60) == [LEAD, wetlands[quoted]]


def test_only_the_beginning_of_a_book_is_read():
    """What stands after the limit is not quoted."""
    text = "這是一本談濕地與農業的書，內容很長。" * (MAX_READ // 18 + 1)

    found = ExtractiveSummariser().summarise(text + "最後一句話。")

    assert max(extract.end for extract in found.extracts) <= MAX_READ


def test_the_method_names_version_and_length():
    """A summary of another length is told apart."""
    assert ExtractiveSummariser(max_characters=120).method == "extractive@1/120"
    assert ExtractiveSummariser().summarise("短。").method == ExtractiveSummariser().method


# ── kinds of lines ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "line",
    [
        "相关新闻",
        "【延伸閱讀】碳費上路 企業喊苦",
        "更多 TVBS 報導",
        "Related: What the wage means",
        "▲示意圖。",
        "（圖／翻攝自臉書）",
        "圖說：抗議民眾聚集在立法院前",
        "Photo by John Roe",
        "【記者王大明／台北報導】",
        "文／王大明　攝影／李小美",
        "責任編輯：陳小華",
        "By Jane Doe and John Roe",
        "Published on May 3, 2026",
        "2026年5月3日 下午 3:20",
        "Copyright 2026 The Paper",
        "本文經獨立媒體授權轉載",
        "訂閱我們的電子報，每週收到精選文章。",
        "點此加入會員",
        "Subscribe to our newsletter.",
        "This site uses cookies to improve your experience.",
        "Home | News | World | Politics",
        "HOME NEWS SPORTS OPINION",
        "| 編號 | 型號 | 年代 |",
        "#移工 #人權",
        "https://example.com/a/b",
        "———",
        "2026/05/03",
    ],
)
def test_what_stands_around_a_text_is_soup(line: str):
    """By phrase or by shape, in both scripts and languages."""
    assert kind(line) is Kind.SOUP


@pytest.mark.parametrize(
    "line",
    [
        "訂閱制成為媒體的主要收入來源。",
        "點擊率下降讓廣告主卻步。",
        "記者會上，部長回應了三個問題。",
        "本文由三個部分組成。",
        "Support for the bill has grown since May.",
        "By the end of the year, 1,000 homes will be ready.",
        "The U.S. and EU agreed.",
        "環保團體肯定減碳目標提高，但批評政府沒有說明燃煤電廠退場的時程，也沒有提出轉型方案。（圖／翻攝自臉書）",
        "沒有句號但是夠長的一整段文字也算是內文，因為有些網站的段落結尾並不使用句號，只是換行而已，讀者仍然看得懂，也能引用",
    ],
)
def test_prose_that_resembles_soup_is_prose(line: str):
    """Words of menus and notices within sentences take nothing away."""
    assert kind(line) is Kind.PROSE


def test_a_line_without_a_stop_is_a_heading_and_four_are_a_list():
    """Neighbours decide: soup between entries does not end a list, prose does."""
    alone = kinds(["標題", "一段文字。", "另一個標題"])
    together = kinds(["台北", "台中", "分享", "台南", "高雄", "一段文字。"])

    assert alone == [Kind.HEADING, Kind.PROSE, Kind.HEADING]
    assert together == [Kind.LIST, Kind.LIST, Kind.SOUP, Kind.LIST, Kind.LIST, Kind.PROSE]


def test_sources_at_the_end_are_soup_whatever_they_look_like():
    """A bibliography has sentences too; a heading of that name in the first half does not count."""
    body = ["這是一段夠長的內文，說明研究的背景與目的。"] * 6
    source = "Lin, K. (1993). Past and Present of Forest Resources. Taipei: Forestry Association."

    assert kinds([*body, "參考資料", source])[-2:] == [Kind.SOUP, Kind.SOUP]
    assert kinds(["References", *body])[1:] == [Kind.PROSE] * 6


def test_a_dateline_is_measured():
    """Agencies' openings are cut off, a sentence in brackets is not mistaken for one."""
    assert dateline("（中央社記者王大明台北3日電）環境部") == len("（中央社記者王大明台北3日電）")
    assert dateline("記者王大明／台北報導　環境部") == len("記者王大明／台北報導　")
    assert dateline("TAIPEI (Reuters) - The ministry") == len("TAIPEI (Reuters) - ")
    assert dateline("（下午更新）環境部") == 0
    assert dateline("（記者王大明報導）") == 0


def test_units_are_fair_to_both_languages():
    """A Chinese character is one, a letter of another script a third; signs are nothing."""
    assert units("減碳目標，提高！") == 6
    assert units("cut carbon") == 3
    assert units("한국어 カナ") == 5


@given(st.text(), st.text())
def test_every_line_has_a_kind(one: str, other: str):
    """Nothing that pages contain makes judging fail."""
    assert len(kinds([one, other, ""], title=one)) == 3
