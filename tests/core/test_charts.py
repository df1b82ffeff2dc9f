"""Pictures can be read: on a phone, by who cannot see them, in Chinese on a fresh machine."""

import csv
import io
import re
import struct
import warnings
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.charts import bars as side_by_side
from core.charts import columns, heat
from core.charts.agreement import Bar, Dot, Strip, View, draw
from core.charts.house import (
    COLOURS,
    FAINT,
    INK,
    PAPER,
    csv_of,
    drawable,
    lines_of,
    sheet,
    shortened,
    shortened_path,
    wide,
)

LOCALES = Path(__file__).parents[2] / "bot" / "locales"


def view(**said: object) -> View:
    """Two dimensions over four weeks, of which one cannot be told yet."""
    dots = tuple(
        Dot(date(2026, 3, 2) + timedelta(weeks=week), 0.5 + week / 10, 0.3 + week / 10, 0.9)
        for week in range(4)
    )
    whole = View(
        title="大家標得一不一致",
        subtitle="2026年3月2日到3月29日 · 5 人",
        strips=(Strip("主題", "α 0.62（0.51–0.71）", dots), Strip("文類", "還沒有人投票")),
        by_month=False,
        reliable="0.8 以上可以信賴",
        tentative="0.667 以上勉強可用",
        bars_title="最常分不清的標籤",
        bars=(Bar("聲明／報導", 3, "3 篇", "例：#12〈移工 $x_1$ 🤔〉"),),
        alt="主題 0.62",
        columns=("面向", "alpha"),
        rows=(("主題", 0.62), ("文類", None)),
    )
    return replace(whole, **said)


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({}, id="all-of-it"),
        pytest.param({"bars": ()}, id="nothing-disputed"),
        pytest.param({"strips": (Strip("文類", "還沒有人投票"),)}, id="no-figure-at-all"),
        pytest.param({"strips": (), "bars": ()}, id="nothing"),
        pytest.param(
            {"strips": (Strip("主題", "α", (Dot(date(2026, 3, 2), 0.5),)),)}, id="one-point"
        ),
        pytest.param(
            {"strips": (Strip("主題", "α", (Dot(date(2026, 3, 2), -1.0, -1.0, -0.9),)),)},
            id="below-nothing",
        ),
        pytest.param({"title": "很長的標題" * 30, "subtitle": "x" * 400}, id="long-words"),
    ],
)
def test_a_picture_is_as_wide_as_a_phone(said):
    """And no taller than Telegram takes (width and height together 10,000), without a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        chart = draw(view(**said))

    width, height = size_of(chart.png)
    assert width == 1080
    assert width + height <= 10_000
    assert chart.alt == "主題 0.62"


def test_the_same_figures_are_the_same_picture():
    """Neither the moment nor chance has a part in it."""
    assert draw(view()).png == draw(view()).png


def test_data_goes_with_a_picture():
    """As a spreadsheet opens it; what is not known is empty."""
    data = draw(view()).csv

    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert data.startswith(b"\xef\xbb\xbf")
    assert rows == [["面向", "alpha"], ["主題", "0.62"], ["文類", ""]]


def test_a_title_is_no_formula():
    """Spreadsheets would run it."""
    data = csv_of(("title",), [["=HYPERLINK(0)"], ["+1"], ["@a"], ["-2"], [-2.0]]).decode()

    assert data.split("\r\n")[1:6] == ["'=HYPERLINK(0)", "'+1", "'@a", "'-2", "-2.0"]


# ── letters and colours ──────────────────────────────────────────────────────────────────────────


def test_every_word_of_ours_can_be_drawn():
    """In both languages; but for emoji, which are left out."""
    words = "".join(file.read_text("utf-8") for file in LOCALES.rglob("*.ftl"))

    assert "〓" not in drawable(words)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        pytest.param("移工團體「凱道」", "移工團體「凱道」", id="as-it-is"),
        pytest.param("好🤔🏳️‍🌈看", "好看", id="emoji"),
        pytest.param("说话们", "說話們", id="Simplified-that-the-font-lacks"),
        pytest.param("𝐀", "A", id="letter-of-formulas"),
        pytest.param("한글", "〓〓", id="no-letters-for-it"),
        pytest.param("a\u200b\u0007b", "ab", id="invisible"),
        pytest.param("Taiwan’s and workers’", "Taiwan's and workers'", id="apostrophe"),
        pytest.param("$x_1$", "$x_1$", id="no-formula"),
    ],
)
def test_what_is_drawn_of_a_text(text, drawn):
    """What the font has, or what means the same."""
    assert drawable(text) == drawn


def test_titles_are_cut_by_their_width():
    """A Chinese character takes two columns, a Latin letter what it takes."""
    assert shortened("移工團體", 8) == "移工團體"
    assert shortened("移工團體集結", 8) == "移工團…"
    assert shortened("illicit lilt", 8) == "illicit lilt"
    assert shortened("WOMEN MARCH", 8) == "WOM…"


@given(st.text(max_size=80), st.integers(4, 60))
def test_what_is_cut_has_room(text, columns_):
    """Whatever its letters."""
    assert wide(shortened(text, columns_)) <= columns_
    assert wide(shortened_path(f"{text} › {text}", columns_)) <= columns_


def test_names_of_labels_are_cut_in_front():
    """As the last part tells most."""
    name = "environment › conservation › oceans"

    assert shortened_path(name, 60) == name
    assert shortened_path(name, 30) == "… › conservation › oceans"
    assert shortened_path(name, 14) == "… › oceans"
    assert shortened_path(name, 8) == "… › oc…"


def test_ink_stands_out_from_paper():
    """WCAG 2.2 asks for 4.5 to 1 of words; of lines and bars for 3 to 1."""
    assert contrast(INK, PAPER) > 12
    assert contrast(FAINT, PAPER) > 4.5
    assert contrast(COLOURS[0], PAPER) > 4.5
    assert contrast(COLOURS[1], PAPER) > 3


def test_settings_are_given_back():
    """What is drawn elsewhere in the process looks as before."""
    import matplotlib

    before = dict(matplotlib.rcParams)
    with sheet(1.0):
        pass

    assert dict(matplotlib.rcParams) == before


def contrast(one: str, other: str) -> float:
    """By WCAG 2.2."""
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _light(colour: str) -> float:
    channels = [int(each, 16) / 255 for each in re.findall("..", colour[1:])]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_week_is_drawn_with_its_data():
    """A bar a label, whatever is missing or long; the figures go along."""
    bars = (
        side_by_side.Bar("勞動", 12, 8.0, "12 篇"),
        side_by_side.Bar("很長" * 40, 0, 1.5, "0 篇"),
        side_by_side.Bar("一", 1, 0.0, "1"),
    )
    rows = tuple((bar.name, bar.value, bar.mark) for bar in bars)

    chart = side_by_side.draw(
        side_by_side.View("這幾天", "", bars, "勞動 12 篇", ("標籤", "n", "平常"), rows)
    )

    assert chart.png.startswith(b"\x89PNG")
    assert chart.alt == "勞動 12 篇"
    assert "勞動,12,8.0" in chart.csv.decode("utf-8-sig")


def many(count: int) -> tuple[columns.Column, ...]:
    """So many periods, of which some may not be told."""
    return tuple(
        columns.Column(date(1926 + n, 1, 1), None if n % 5 == 4 else n * 7 % 1900, n * 3 % 1900)
        for n in range(count)
    )


@pytest.mark.parametrize("count", [1, 2, 13, 60, 100])
@pytest.mark.parametrize("name", ["勞動", "很長的名字" * 20])
def test_columns_are_drawn_however_many_they_are(count, name):
    """One is no wall, a hundred are still there."""
    panels = (columns.Panel(name, "42 篇", many(count)),) * 2
    ticks = tuple(str(1926 + n) for n in range(count))
    seen = columns.View(
        name, name, ticks, panels, "說明", ("年",), ((1926,),), "確認過", "建議的", "太少"
    )

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        chart = columns.draw(seen)

    assert size_of(chart.png)[0] == 1080
    assert sum(size_of(chart.png)) <= 10_000


@pytest.mark.parametrize(("down", "across"), [(1, 1), (14, 8), (2, 8), (14, 1)])
def test_a_heat_map_has_a_field_for_each_pair(down, across):
    """Long names are broken in two."""
    cells = tuple(tuple(row * column for column in range(across)) for row in range(down))
    names = ("a very long name of a label, longer than any", "國際與兩岸關係以及其他的名字")
    seen = heat.View(
        "主題 × 文類", "1 篇", (names * down)[:down], (names * across)[:across], cells,
        "說明", ("n",), ((0,),),
    )  # fmt: skip

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        chart = heat.draw(seen)

    assert size_of(chart.png)[0] == 1080


@given(st.text(max_size=200), st.integers(4, 60), st.integers(1, 4))
def test_lines_have_room(text, columns_, most):
    """None is wider than it may be, and there are no more than wanted."""
    found = lines_of(text, columns_, most=most)

    assert len(found) <= most
    assert all(shortened(line, columns_) == line for line in found)
