"""How long deciding takes: everything that was ever voted, and one voice with the card it edits."""

import asyncio
import gc
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bot.chat import Reply
from bot.dispatch import Dispatch
from bot.features import FEATURES
from bot.render.votes import key_of
from core.clock import SystemClock
from core.domain import Cause, LabelStatus, State
from core.store.database import Database
from core.store.decisions import LogFilters
from core.store.tables import (
    DocumentRow,
    GivenRow,
    ItemLabelRow,
    ItemRow,
    ShareRow,
    SummaryRow,
    VoteRow,
)
from core.taxonomy import Taxonomy, ancestors, starter
from tests.bench.rows import Options, Row
from tests.bench.texts import text
from tests.fakes.chat import ANN, BO, FakePlatform
from tests.fakes.library import make_library
from tests.fakes.reader import FakeReader

SEED = 20260301
MEMBERS = 40
LABELS = 4  # suggested labels of an item, with what is above them
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def decisions(options: Options) -> list[Row]:
    """A recount of everything after the quorum changed, and single voices."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as database:
        taxonomy = starter()
        library = make_library(database, FakeReader(), taxonomy, SystemClock())
        platform = FakePlatform(is_private=False)
        _, community, _ = library.membership.of(
            platform.where, is_private=False, title=None, locale=None, member=None
        )
        fill(database, community.id, taxonomy, items=options.items, votes=options.votes)
        library.voting.recount_all(community.id, cause=Cause("recount"))
        gc.freeze()  # as a bot that runs does with what it has loaded
        times: list[float] = []
        computed = time.process_time()
        for quorum in (3, 2, 3):
            customs = replace(community.customs, quorum=quorum)
            began = time.perf_counter()
            library.voting.set_customs(community.id, customs, member=ANN)
            times.append(time.perf_counter() - began)
        computed = (time.process_time() - computed) / len(times)
        _, lines = library.repository.decisions(community.id, LogFilters(), limit=0)
        began = time.perf_counter()
        library.voting.recount_all(community.id, cause=Cause("recount"))
        unchanged = time.perf_counter() - began
        busy = time.process_time()
        voices = asyncio.run(_voices(library, platform, count=40))
        busy = (time.process_time() - busy) / len(voices) * 1000
    what = f"{options.votes:,} votes on {options.items:,} items"
    note = (
        f"worst of 3 changes of the quorum, {computed:.2f} s of computing each; "
        f"{lines:,} lines of the log"
    )
    return [
        Row(f"{what} counted again", max(times), "s", 2.0, note),
        Row("the same, if nothing changes", unchanged, "s"),
        Row(
            "a vote, from button to edited card",
            statistics.median(voices),
            "ms",
            100,
            f"median of {len(voices)}; worst {max(voices):.0f} ms; {busy:.0f} ms of computing",
        ),
    ]


@contextmanager
def opened(folder: Path) -> Iterator[Database]:
    database = Database(folder / "commonplace.db")
    try:
        yield database
    finally:
        database.close()


def fill(database: Database, community: int, taxonomy: Taxonomy, *, items: int, votes: int) -> None:
    """Write items with suggested labels, and votes that mostly agree with them."""
    chance = random.Random(SEED)
    paths = [label.path for label in taxonomy.walk()]
    rows: dict[type[Any], list[dict[str, Any]]] = {
        table: []
        for table in (ItemRow, GivenRow, DocumentRow, SummaryRow, ShareRow, ItemLabelRow, VoteRow)
    }
    for id_ in range(1, items + 1):
        words = text(chance, sentences=2)
        item = {"community_id": community, "item_id": id_}
        rows[ItemRow].append(
            {
                "id": id_,
                "community_id": community,
                "number": id_,
                "state": State.DONE.value,
                "received_at": BEGAN,
            }
        )
        rows[GivenRow].append({**item, "kind": "text", "text": words})
        rows[DocumentRow].append({**item, "text": words, "media": "text", "fetched_at": BEGAN})
        rows[SummaryRow].append({**item, "text": words, "extracts": [], "method": "none"})
        rows[ShareRow].append(
            {**item, "member_platform": "fake", "member": "m0", "shared_at": BEGAN}
        )
        drawn = chance.sample(paths, LABELS)
        suggested = {each for path in drawn for each in (*ancestors(path), path)}
        rows[ItemLabelRow] += [
            {
                **item,
                "path": path,
                "score": 0.7,
                "position": taxonomy.position(path),
                "status": LabelStatus.SUGGESTED.value,
                "base": LabelStatus.SUGGESTED.value,
            }
            for path in suggested
        ]
        share = votes // items + (id_ <= votes % items)
        choices = [(path, member) for path in drawn for member in range(MEMBERS)]
        rows[VoteRow] += [
            {
                **item,
                "path": path,
                "member_platform": "fake",
                "member": f"m{member}",
                "is_for": chance.random() < 0.75,
                "by": "button",
                "at": BEGAN + timedelta(minutes=id_),
            }
            for path, member in chance.sample(choices, share)
        ]
    with database.transaction() as session:
        for table, made in rows.items():
            session.connection().execute(insert(table), made)


async def _voices(library: Any, platform: FakePlatform, *, count: int) -> list[float]:
    """Milliseconds from each press of a button to the card that says so."""
    dispatch = Dispatch(library, FEATURES, [platform])
    await platform.start(dispatch)
    times: list[float] = []
    chance = random.Random(SEED)
    for _ in range(count):
        number = chance.randrange(1, library.repository.count(1))
        item = library.repository.item(1, number)
        (card,) = await platform.send(platform.where, Reply(()))
        library.repository.card_sent(None, item.id, card, at=library.clock.now())
        vote = f"vote {number} y {key_of(item.labels[0].path)}"
        shown = len(platform.history)
        began = time.perf_counter()
        await platform.press_on(card, vote, member=BO)
        await dispatch.settled()
        times.append((time.perf_counter() - began) * 1000)
        assert len(platform.history) > shown, "the card was not edited"
    await platform.stop()
    await dispatch.stop()
    return times
