"""How long a digest takes to compose when ten thousand items came in its week, and its picture."""

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from bot.render.digests import digest as worded
from bot.render.digests import view
from bot.texts import Texts
from core.charts.bars import draw
from core.clock import SystemClock
from core.domain import Cause
from core.taxonomy import starter
from tests.bench.decisions import BEGAN, fill, opened
from tests.bench.rows import Options, Row
from tests.fakes.library import make_library
from tests.fakes.reader import FakeReader

T = TypeVar("T")


def digest(options: Options) -> list[Row]:
    """Everything, and a subscription to one label, over a span that holds all items."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as database:
        taxonomy = starter()
        library = make_library(database, FakeReader(), taxonomy, SystemClock())
        community = library.repository.community("bench")
        fill(database, community.id, taxonomy, items=options.items, votes=options.votes)
        library.voting.recount_all(community.id, cause=Cause("recount"))
        since, until = BEGAN - timedelta(days=1), datetime(2100, 1, 1, tzinfo=UTC)

        def compose(query: str):
            return library.digests.compose(community, query, since=since, until=until)

        texts = Texts("zh-TW")
        compose("")
        found, whole_s = _timed(lambda: compose(""))
        _, label_s = _timed(lambda: compose("label:topic/labour"))
        _, words_s = _timed(lambda: worded(found, community, taxonomy, texts))
        seen = view(found, taxonomy, texts)
        assert seen is not None
        _, first_s = _timed(lambda: draw(seen))
        _, again_s = _timed(lambda: draw(seen))
    what = f"a digest over {options.items:,} items"
    note = f"{found.total:,} stories, {options.votes:,} votes"
    return [
        Row(f"{what}, about everything", whole_s, "s", 1.0, note),
        Row(f"{what}, about a label", label_s, "s", 1.0),
        Row("its words", words_s, "s", 0.2),
        Row("its picture, the first since the start", first_s, "s", 1.5),
        Row("its picture, another one", again_s, "s", 1.5),
    ]


def _timed(call: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    made = call()
    return made, time.perf_counter() - start
