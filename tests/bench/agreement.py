"""How long members wait for agreement over 10,000 votes, and for its picture."""

import random
import time
from datetime import UTC, datetime, timedelta

from bot.render.agreement_chart import view
from bot.texts import Texts
from core.charts.agreement import draw
from core.clock import SystemClock
from core.consistency import Consistency
from core.domain import LabelPath, MemberRef, PastedText, Share, Vote
from core.store.database import Database
from core.store.repository import Repository
from core.taxonomy import starter
from tests.bench.rows import Options, Row

VOTES, ITEMS, PEOPLE = 12_000, 1_500, 12  # a tenth of them take the place of earlier ones
START = datetime(2026, 1, 5, tzinfo=UTC)


def agreement(_: Options) -> list[Row]:
    """Votes of a dozen people over half a year, on the starter taxonomy."""
    database = Database(None)
    repository, taxonomy = Repository(database), starter()
    community = repository.community("bench")
    paths = [label.path for label in taxonomy.walk()]
    draws = random.Random(20260301)
    with repository.transaction():
        for number in range(ITEMS):
            at = START + timedelta(hours=3 * number)
            share = Share(MemberRef("x", "0"), at)
            given = PastedText(f"Text {number}.", title=f"Text {number}")
            item, _is_new = repository.receive(community.id, given, share=share)
            asked = draws.sample(paths, 3)
            for _vote in range(VOTES // ITEMS):
                member = MemberRef("x", str(draws.randrange(PEOPLE)))
                path = LabelPath(draws.choice(asked))
                repository.cast(item, Vote(path, member, draws.random() < 0.8, "button", at))
    consistency = Consistency(repository, lambda _: taxonomy, SystemClock())
    report, report_s = _timed(lambda: consistency.report(community))
    _, labels_s = _timed(lambda: consistency.labels(community, "topic"))
    words = view(report, taxonomy, Texts("zh-TW"))
    _, first_s = _timed(lambda: draw(words))
    _, again_s = _timed(lambda: draw(words))
    database.close()
    name = f"agreement over {report.votes:,} votes"
    return [
        Row(f"{name}, all dimensions over time", report_s, "s", 3),
        Row(f"{name}, the labels of one dimension", labels_s, "s", 3),
        Row("its picture, the first since the start", first_s, "s", 5),
        Row("its picture, another one", again_s, "s", 2),
    ]


def _timed(call):
    start = time.perf_counter()
    made = call()
    return made, time.perf_counter() - start
