"""How long members wait for figures of ten thousand items, with their pictures."""

import random
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import update
from sqlmodel import col

from bot.features.figures import gaps_of, stats_of, trend_of
from bot.texts import Texts
from core.clock import SystemClock
from core.domain import Cause
from core.store.tables import DocumentRow, ItemRow, ShareRow
from core.taxonomy import starter
from tests.bench.decisions import BEGAN, MEMBERS, SEED, fill, opened
from tests.bench.rows import Options, Row
from tests.fakes.library import make_library
from tests.fakes.reader import FakeReader

DAYS, SITES = 300, 400
ASKED = (
    ("at a glance", stats_of, ""),
    ("their sources", stats_of, "sources"),
    ("two dimensions", stats_of, "topic form"),
    ("people", stats_of, "people"),
    ("a label over time", trend_of, "labour all"),
    ("six labels over time", trend_of, "topic all"),
    ("gaps", gaps_of, ""),
)


def figures(options: Options) -> list[Row]:
    """From what is typed to words, picture and data; the first picture loads matplotlib."""
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as database:
        taxonomy = starter()
        library = make_library(database, FakeReader(), taxonomy, SystemClock())
        community = library.repository.community("bench")
        fill(database, community.id, taxonomy, items=options.items, votes=options.votes)
        library.voting.recount_all(community.id, cause=Cause("recount"))
        with database.transaction() as session:
            for id_ in range(1, options.items + 1):
                at = BEGAN + timedelta(days=chance.random() * DAYS)
                item = update(ItemRow).where(col(ItemRow.id) == id_).values(received_at=at)
                session.execute(item)
                site = f"site {int(chance.paretovariate(0.6)) % SITES}"
                document = update(DocumentRow).where(col(DocumentRow.item_id) == id_)
                session.execute(document.values(site=site))
                share = update(ShareRow).where(col(ShareRow.item_id) == id_)
                who = f"m{chance.randrange(MEMBERS)}"
                session.execute(share.values(member=who, shared_at=at))
        texts = Texts("zh-TW")
        began = time.perf_counter()
        stats_of("", library, community, texts)
        loading = time.perf_counter() - began
        rows: list[Row] = []
        for name, answer, argument in ASKED:
            began = time.perf_counter()
            shown = answer(argument, library, community, texts)
            took = time.perf_counter() - began
            assert shown.chart is not None, name
            note = "" if rows else f"the first since the start {loading:.2f} s"
            rows.append(Row(f"figures of {options.items:,} items: {name}", took, "s", 1.5, note))
    return rows
