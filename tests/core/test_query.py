"""The query language, in both languages."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.domain import Filters
from core.errors import BadQuery
from core.query import Query, parse
from core.query_days import day
from core.taxonomy import parse as parse_taxonomy

TODAY = date(2026, 3, 31)
TAXONOMY = parse_taxonomy("""
[[dimension]]
id = "topic"
choice = "many"
name = { zh-TW = "主題", en = "Topic" }
hypothesis = { zh-TW = "這篇文章與「{label}」有關。", en = "This text is about {label}." }
  [[dimension.label]]
  id = "environment"
  name = { zh-TW = "環境", en = "environment" }
  aliases = { zh-TW = ["生態"] }
  definition = { zh-TW = "人與自然。", en = "People and nature." }
  [[dimension.label]]
  id = "labour"
  name = { zh-TW = "勞動", en = "labour" }
  definition = { zh-TW = "工作的人。", en = "People at work." }
    [[dimension.label.label]]
    id = "migrant-workers"
    name = { zh-TW = "移工", en = "migrant workers" }
    definition = { zh-TW = "離鄉工作的人。", en = "People who work abroad." }
""")
MIGRANTS = "topic/labour/migrant-workers"


def understood(query):
    return parse(query, taxonomy=TAXONOMY, today=TODAY)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("", Query(), id="nothing"),
        pytest.param("移工　仲介 移工", Query(words=("移工", "仲介")), id="words, each once"),
        pytest.param('"migrant  workers"', Query(phrases=("migrant workers",)), id="phrase"),
        pytest.param("「移工權益」", Query(phrases=("移工權益",)), id="corner brackets"),
        pytest.param("『移工』“a b”", Query(phrases=("移工", "a b")), id="other quotes"),
        pytest.param("＂移工＂", Query(phrases=("移工",)), id="full-width quotes"),
        pytest.param("台灣「人權」法", Query(("台灣", "法"), ("人權",)), id="without spaces"),
        pytest.param("-看護 －漁工", Query(without=("看護", "漁工")), id="minus"),
        pytest.param('-"a b" -「移 工」', Query(without=("a b", "移 工")), id="minus phrase"),
        pytest.param("covid-19 a - b", Query(words=("covid-19", "a", "b")), id="dash is no minus"),
        pytest.param(
            "https://a.example/x?y=1 12:30 note:this 問題：為什麼",
            Query(words=("https://a.example/x?y=1", "12:30", "note:this", "問題：為什麼")),
            id="what looks like a key",
        ),
        pytest.param('"label:x"', Query(phrases=("label:x",)), id="a key in quotes"),
        pytest.param("貓 ？ &", Query(words=("貓",)), id="signs are left out"),
    ],
)
def test_words_phrases_and_minus(typed, expected):
    """What is looked for."""
    assert understood(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("label:topic/environment", Filters(labels=("topic/environment",)), id="path"),
        pytest.param("label:環境", Filters(labels=("topic/environment",)), id="name"),
        pytest.param("LABEL:Environment", Filters(labels=("topic/environment",)), id="case"),
        pytest.param("tag:生态", Filters(labels=("topic/environment",)), id="alias, simplified"),
        pytest.param('label:"Labour › Migrant workers"', Filters(labels=(MIGRANTS,)), id="quoted"),
        pytest.param("標籤：「移工」", Filters(labels=(MIGRANTS,)), id="chinese key"),
        pytest.param("label: 移工", Filters(labels=(MIGRANTS,)), id="space behind the colon"),
        pytest.param("-label:移工", Filters(not_labels=(MIGRANTS,)), id="minus"),
        pytest.param("－標籤：移工", Filters(not_labels=(MIGRANTS,)), id="minus, chinese"),
        pytest.param("site:Example.org", Filters(sites=("example.org",)), id="site"),
        pytest.param("site:https://www.a.org/x", Filters(sites=("a.org",)), id="site as address"),
        pytest.param("網站:a 站：b", Filters(sites=("a", "b")), id="two sites"),
        pytest.param("by:@王 來自:Mei", Filters(by=("王", "Mei")), id="by"),
        pytest.param("lang:zh lang:EN", Filters(languages=("zh", "en")), id="language"),
        pytest.param("lang:zh-tw", Filters(languages=("zh-Hant",)), id="region"),
        pytest.param("lang:ZH-HANS", Filters(languages=("zh-Hans",)), id="script"),
        pytest.param("語言:繁體中文", Filters(languages=("zh-Hant",)), id="language by name"),
        pytest.param("is:suggested 是:已確認", Filters(is_any=("suggested", "confirmed")), id="is"),
        pytest.param("狀態：失敗 is:有爭議", Filters(is_any=("failed", "disputed")), id="is, zh"),
        pytest.param("since:2026-03-05", Filters(since=date(2026, 3, 5)), id="day"),
        pytest.param("since:2026-02", Filters(since=date(2026, 2, 1)), id="month begins"),
        pytest.param("until:2026-02", Filters(until=date(2026, 2, 28)), id="month ends"),
        pytest.param("since:2025", Filters(since=date(2025, 1, 1)), id="year begins"),
        pytest.param("until:2025", Filters(until=date(2025, 12, 31)), id="year ends"),
        pytest.param("since:2026/3/5", Filters(since=date(2026, 3, 5)), id="slashes"),
        pytest.param("從:2026年3月5日", Filters(since=date(2026, 3, 5)), id="chinese day"),
        pytest.param("到：2026年2月", Filters(until=date(2026, 2, 28)), id="chinese month"),
        pytest.param("since:7d", Filters(since=date(2026, 3, 24)), id="days ago"),
        pytest.param("since:2週", Filters(since=date(2026, 3, 17)), id="weeks ago"),
        pytest.param("since:1m", Filters(since=date(2026, 2, 28)), id="a shorter month"),
        pytest.param("since:3個月", Filters(since=date(2025, 12, 31)), id="months ago"),
        pytest.param("since:1y", Filters(since=date(2025, 3, 31)), id="a year ago"),
        pytest.param("until:today", Filters(until=TODAY), id="today"),
        pytest.param("從:昨天 到:今天", Filters(since=date(2026, 3, 30), until=TODAY), id="named"),
        pytest.param("since:2026 since:2025", Filters(since=date(2026, 1, 1)), id="narrower wins"),
    ],
)
def test_filters(typed, expected):
    """What else must hold."""
    assert understood(typed) == Query(filters=expected)


@pytest.mark.parametrize(
    ("typed", "reason", "part", "suggestion"),
    [
        pytest.param("lable:環境", "unknown-key", "lable:環境", "label:環境", id="near key"),
        pytest.param("sites:a", "unknown-key", "sites:a", "site:a", id="plural key"),
        pytest.param('移工 "看護', "unclosed-quote", '"看護', '"看護"', id="quotation"),
        pytest.param("「移工", "unclosed-quote", "「移工", "「移工」", id="bracket"),
        pytest.param('移工 "', "unclosed-quote", '"', "", id="quotation-of-nothing"),
        pytest.param("label:", "no-value", "label:", "label:…", id="no value"),
        pytest.param('site:""', "no-value", 'site:""', "site:…", id="empty value"),
        pytest.param("-site:a", "minus", "-site:a", "site:a", id="minus filter"),
        pytest.param("label:環鏡", "unknown-label", "label:環鏡", "label:環境", id="near label"),
        pytest.param("label:qqq", "unknown-label", "label:qqq", "", id="no such label"),
        pytest.param("since:2026-02-30", "bad-date", "since:2026-02-30", None, id="no such day"),
        pytest.param("until:soon", "bad-date", "until:soon", None, id="no day"),
        pytest.param("since:99999y", "bad-date", "since:99999y", None, id="before time"),
        pytest.param("lang:客家話", "unknown-language", "lang:客家話", "lang:zh", id="language"),
        pytest.param("is:confirmd", "unknown-status", "is:confirmd", "is:confirmed", id="status"),
        pytest.param("is:好", "unknown-status", "is:好", "", id="far status"),
        pytest.param("？！", "no-words", "？！", "", id="signs alone"),
        pytest.param(
            "since:2026 until:2025",
            "bad-range",
            "since:2026-01-01 until:2025-12-31",
            "since:2025-12-31 until:2026-01-01",
            id="range",
        ),
        pytest.param(
            "label:移工 -label:勞動",
            "contradiction",
            f"label:{MIGRANTS} -label:topic/labour",
            "",
            id="contradiction",
        ),
    ],
)
def test_what_cannot_be_understood_is_explained(typed, reason, part, suggestion):
    """With the part at fault, why, and what to write instead."""
    with pytest.raises(BadQuery) as refused:
        understood(typed)

    facts = refused.value.facts
    assert (facts["reason"], facts["part"]) == (reason, part)
    assert suggestion is None or facts["suggestion"] == suggestion
    assert part in refused.value.message


def test_the_canonical_form():
    """Words, phrases, minus, filters, in one order and one spelling."""
    typed = (
        "是:確認 -「看護 工」 “人權” 移工 從:2026 標籤：移工 "
        '-label:環境 by:"王 小明" -漁工 lang:繁中'
    )

    assert str(understood(typed)) == (
        '移工 "人權" -"看護 工" -漁工 label:topic/labour/migrant-workers -label:topic/environment '
        'by:"王 小明" lang:zh-Hant since:2026-01-01 is:confirmed'
    )


def test_the_text_is_what_meaning_is_asked_about():
    """Words and phrases, not what is left out or filtered."""
    assert understood('移工 "仲介 制度" -看護 lang:zh').text == "移工 仲介 制度"
    assert understood("lang:zh").text == ""


PIECES = st.sampled_from(
    [
        *(
            "移工",
            "仲介",
            "a",
            "covid-19",
            "-",
            "－",
            '"',
            "「",
            "」",
            "“",
            "”",
            " ",
            "　",
            ":",
            "：",
        ),
        *(
            "label:",
            "標籤：",
            "環境",
            "-label:",
            "勞動",
            "site:",
            "by:",
            "lang:",
            "zh",
            "en",
            "is:",
        ),
        *("since:", "until:", "2026", "2026-03", "7d", "today", "confirmed", "http://x", "»", "@"),
        *("\ud800", "\x00", "\u200b", "é", "？", "'", "\\", "%", "*", "(", "note:", "|"),
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
@example('-"label:x"')
@example('by:"-a" site:"b:c"')
@example("--a -－b")
@example("a:：b")
def test_the_canonical_form_is_understood_as_the_same(typed):
    """Every query is either refused, or read back from its canonical form."""
    try:
        query = understood(typed)
    except BadQuery:
        return

    assert understood(str(query)) == query
    assert str(understood(str(query))) == str(query)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_understood_or_refused(typed):
    """Nothing else can happen."""
    try:
        query = understood(typed)
    except BadQuery:
        return

    assert understood(str(query)) == query


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_is_read_back(when):
    """Every ISO day is itself, at either end."""
    assert day(when.isoformat(), today=TODAY, edge="first") == when
    assert day(when.isoformat(), today=TODAY, edge="last") == when
