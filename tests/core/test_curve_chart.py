"""A learning curve is drawn whatever was found, and says the same in words and numbers."""

import csv
import io

import pytest

from core.charts.curve import Dot, Line, View, draw
from tests.core.test_charts import size_of


def dots(*shots: int, at: float = 0.5) -> tuple[Dot, ...]:
    return tuple(Dot(each, at, at - 0.1, at + 0.1) for each in shots)


def view(*lines: Line) -> View:
    return View(
        title="要給多少例子才夠？",
        subtitle="120 篇沒看過的文字，階層 F1",
        across="每個標籤給幾個例子",
        lines=lines,
        alt="entailment：給 4 個時 50%。",
        columns=("方法", "數值"),
        rows=(("entailment", 0.5),),
    )


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([Line("entailment", dots(0, 4, 16, 64))], id="one-way"),
        pytest.param([Line("entailment", dots(0, 4)), Line("flat", dots(4, 16))], id="gaps"),
        pytest.param([Line(f"way {n}", dots(4, at=0.9)) for n in range(9)], id="all-at-one-point"),
        pytest.param([Line("=hopeless 😀", (Dot(4, 0, 0, 0),))], id="nothing-is-right"),
        pytest.param([Line("perfect", (Dot(4, 1, 1, 1),))], id="all-is-right"),
        pytest.param([], id="nothing"),
    ],
)
def test_a_curve_is_as_wide_as_a_phone_and_carries_words_and_data(lines: list[Line]):
    """Chinese letters on a fresh machine; what cannot be drawn stops nothing."""
    chart = draw(view(*lines))

    assert size_of(chart.png)[0] == 1080
    assert chart.alt == "entailment：給 4 個時 50%。"
    rows = list(csv.reader(io.StringIO(chart.csv.decode("utf-8-sig"))))
    assert rows == [["方法", "數值"], ["entailment", "0.5"]]


def test_the_same_curve_is_the_same_picture():
    """To the last byte."""
    lines = [Line("entailment", dots(0, 4, 16))]

    assert draw(view(*lines)).png == draw(view(*lines)).png
