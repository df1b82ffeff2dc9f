"""How long a dossier takes over five hundred articles of 2,000 characters, with its files."""

import random
import tempfile
import time
from datetime import date
from pathlib import Path

from bot.render.briefs import files
from bot.texts import Texts
from core.briefs import MOST
from core.clock import SystemClock
from core.domain import Cause
from core.taxonomy import starter
from tests.bench.decisions import fill, opened
from tests.bench.rows import Options, Row
from tests.bench.texts import text
from tests.fakes.library import make_library
from tests.fakes.reader import FakeReader

SENTENCES = 70
"""Of an article: some 1,900 characters in Chinese, 840 words in English."""


def brief(_: Options) -> list[Row]:
    """About the first dimension, which everything has labels of: the most that can be asked for."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as database:
        taxonomy, texts = starter(), Texts("zh-TW")
        library = make_library(database, FakeReader(), taxonomy, SystemClock())
        community = library.repository.community("bench")
        fill(database, community.id, taxonomy, items=MOST, votes=10 * MOST, make=_article)
        library.voting.recount_all(community.id, cause=Cause("recount"))

        began = time.perf_counter()
        found = library.briefs.compose(community, "label:topic")
        composed = time.perf_counter()
        written = files(found, community, taxonomy, texts)
        done = time.perf_counter()
    size = sum(len(each.data) for each in written) / 1e6
    note = f"{len(found.items)} items, {len(found.quotes)} quotations, {size:.1f} MB"
    return [
        Row(f"a brief over {MOST} items, with its files", done - began, "s", 5.0, note),
        Row("of that, its files", done - composed, "s"),
    ]


def _article(chance: random.Random) -> str:
    """A text in which every paragraph ends with numbers and dates."""
    lines = text(chance, sentences=SENTENCES).split("\n")
    return "\n".join(line + _facts(chance, is_chinese="。" in line) for line in lines)


def _facts(chance: random.Random, *, is_chinese: bool) -> str:
    day = date.fromordinal(chance.randint(735_000, 740_000))
    people, share = chance.randint(20, 90_000), chance.randint(1, 99)
    if is_chinese:
        return f"{day.year}年{day.month}月{day.day}日，約{people:,}名移工上街，占百分之{share}。"
    return f" On {day:%B} {day.day}, {day.year}, about {people:,} workers marched, or {share}%."
