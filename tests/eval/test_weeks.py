"""A small simulation of weeks, with a trainer that learns words."""

from core.domain import LabelPath
from core.labelled import LabelledText
from core.store.database import Database
from core.taxonomy import parse
from tests.eval.weeks import is_sound, simulate
from tests.fakes.codebook import TAXONOMY
from tests.fakes.library import make_library
from tests.fakes.reader import FakeReader
from tests.fakes.sources import HandClock

WORDS = {
    "topic/labour": ("pickets", "overtime", "shifts", "payslips", "foremen"),
    "topic/environment": ("otters", "wetlands", "herons", "eels", "peat"),
}


def text(number: int) -> LabelledText:
    """A text about one of two things, in no word of the codebook."""
    path = ("topic/labour", "topic/environment")[number % 2]
    words = WORDS[path]
    first, second = words[number // 2 % 5], words[(number // 10 + number // 2 + 1) % 5]
    return LabelledText(
        id=str(number),
        text=f"Report {number * 7919} speaks of {first} and {second} abroad.",
        title=None,
        language="en",
        labels=frozenset({LabelPath(path)}),
        dimensions=frozenset({"topic"}),
    )


def test_the_live_model_never_gets_worse_and_ends_better():
    """One vote in ten is wrong, and the gate lets nothing through that is."""
    database = Database(None)
    library = make_library(database, FakeReader(), parse(TAXONOMY), HandClock())
    community = library.repository.community("home", language="en")

    weeks = simulate(
        library,
        community,
        [text(number) for number in range(100)],
        [text(number) for number in range(200, 240)],
        weeks=5,
        noise=0.1,
    )
    database.close()

    assert is_sound(weeks), weeks
    assert weeks[-1].live is not None
