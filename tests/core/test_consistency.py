"""A community is told how consistently it labels, and nobody about anybody else."""

from datetime import UTC, date, datetime

import pytest

from core.agreement import Reason
from core.consistency import Consistency, week_name
from core.domain import (
    Customs,
    LabelPath,
    LabelStatus,
    MemberRef,
    PastedText,
    Share,
    Vote,
)
from core.people import People
from core.store.database import Database
from core.store.repository import Repository
from tests.core.test_judging import LABOUR, MIGRANT, NATURE, REPORT, STATEMENT
from tests.core.test_judging import TAXONOMY_OF_TWO_FORMS as TAXONOMY
from tests.fakes.indexes import FakeVectorIndex
from tests.fakes.sources import HandClock

ANN, BO, CY = (MemberRef("x", name) for name in ("ann", "bo", "cy"))
YES, NO = LabelStatus.CONFIRMED, LabelStatus.REJECTED
MONDAY = datetime(2026, 3, 2, 2, tzinfo=UTC)  # ten o'clock in Taipei


class House:
    """A community that votes."""

    def __init__(self, database: Database) -> None:
        self.repository = Repository(database)
        self.community = self.repository.community("home")
        self.clock = HandClock(MONDAY)
        self.consistency = Consistency(self.repository, lambda _: TAXONOMY, self.clock)

    def item(self, name: str, *, by: MemberRef = CY) -> int:
        """An item; its id."""
        share = Share(by, self.clock.now())
        given = PastedText(f"{name}。內容是這樣的。", title=name)
        return self.repository.receive(self.community.id, given, share=share)[0]

    def say(self, item: int, member: MemberRef, *said: str) -> None:
        """Votes of a member, "+" or "-" in front of labels."""
        for each in said:
            path = LabelPath(each[1:])
            vote = Vote(path, member, each[0] == "+", "button", self.clock.now())
            self.repository.cast(item, vote)

    def decide(self, item: int, statuses: dict[str, LabelStatus]) -> None:
        found = {LabelPath(path): status for path, status in statuses.items()}
        self.repository.settle({item: found}, position=TAXONOMY.position)

    def customs(self, **said: object) -> None:
        self.repository.set_customs(self.community.id, Customs(**said))
        self.community = self.repository.community_by_id(self.community.id)


@pytest.fixture
def house():
    database = Database(None)
    yield House(database)
    database.close()


def test_without_votes_there_is_nothing(house):
    """And nothing goes wrong."""
    house.item("移工遊行")

    report = house.consistency.report(house.community)

    assert (report.dimensions, report.disputed, report.votes) == ({}, (), 0)
    assert report.trend.points == ()
    assert house.consistency.own(house.community, ANN).votes == 0
    assert house.consistency.labels(house.community, "topic").labels == {}


def test_dimensions_stand_in_taxonomy_order(house):
    """With what is disputed, and an item to look at."""
    item = house.item("移工遊行")
    house.say(item, ANN, f"+{REPORT}", f"+{LABOUR}")
    house.say(item, BO, f"+{STATEMENT}", f"+{LABOUR}")

    report = house.consistency.report(house.community)

    assert list(report.dimensions) == ["topic", "form"]
    assert report.dimensions["topic"].reason is Reason.NO_VARIATION
    assert report.dimensions["form"].percent_agreement == 0
    (pair,) = report.disputed
    assert (pair.first, pair.second) == (STATEMENT, REPORT)
    assert report.examples[item].title == "移工遊行"
    assert (report.votes, report.raters) == (4, 2)


def test_own_votes_count_where_they_decide(house):
    """A voice that decides nothing says nothing of agreement either."""
    item = house.item("移工遊行", by=ANN)
    house.say(item, ANN, f"+{LABOUR}")
    house.say(item, BO, f"+{LABOUR}")
    counted = house.consistency.report(house.community)
    house.customs(counts_own=False)

    alone = house.consistency.report(house.community)

    assert counted.dimensions["topic"].raters == 2
    assert alone.dimensions["topic"].reason is Reason.ONE_RATER


def test_newcomers_count_when_they_are_through_with_practice(house):
    """Where they are to practise first; before, their voices say nothing of agreement."""
    item = house.item("移工遊行")
    house.say(item, ANN, f"+{LABOUR}")
    house.say(item, BO, f"-{LABOUR}")
    house.customs(practice_first=True)
    house.repository.finish_practice(house.community.id, ANN, at=house.clock.now())

    before = house.consistency.report(house.community)
    house.repository.finish_practice(house.community.id, BO, at=house.clock.now())
    after = house.consistency.report(house.community)

    assert before.dimensions["topic"].reason is Reason.ONE_RATER
    assert after.dimensions["topic"].raters == 2


def test_an_item_belongs_to_the_week_of_its_first_vote(house):
    """Late votes move nothing to another week; a week with too little has no point."""
    for number in range(5):
        item = house.item(f"第{number}篇")
        house.say(item, ANN, f"{'+-'[number % 2]}{LABOUR}")
        house.clock.forward(60)
    house.clock.forward(7 * 86_400)
    for item in range(1, 6):
        house.say(item, BO, f"+{LABOUR}")
    house.say(house.item("新的"), ANN, f"+{LABOUR}")

    trend = house.consistency.report(house.community).trend

    (point,) = trend.points
    assert (trend.step, point.dimension, point.start) == ("week", "topic", date(2026, 3, 2))
    assert point.agreement.units == 5
    assert trend.until == date(2026, 3, 15)


def test_a_long_time_is_shown_by_months(house):
    """A year of weeks would be dots upon dots."""
    for month in range(6):
        for number in range(5):
            item = house.item(f"{month}月{number}")
            house.say(item, ANN, f"{'+-'[number % 2]}{LABOUR}")
            house.say(item, BO, f"+{LABOUR}")
        house.clock.forward(31 * 86_400)

    trend = house.consistency.report(house.community).trend

    assert trend.step == "month"
    assert [point.start.day for point in trend.points] == [1] * 6
    assert trend.until == date(2026, 8, 31)


def test_labels_with_least_agreement_come_first(house):
    """Those of too few items after them, whatever their figure says."""
    for number in range(6):
        item = house.item(f"第{number}篇")
        house.say(item, ANN, f"{'+-'[number % 2]}{LABOUR}", f"{'+-'[number % 2]}{NATURE}")
        house.say(item, BO, f"{'+-'[number % 2]}{LABOUR}", f"{'-+'[number % 2]}{NATURE}")
    house.say(item, ANN, f"+{MIGRANT}")
    house.say(item, BO, f"-{MIGRANT}")

    found = house.consistency.labels(house.community, "topic")

    assert list(found.labels) == [NATURE, LABOUR, MIGRANT]
    assert len(found.kappas) == 1
    assert found.labels[LABOUR].items == 6


def test_ones_own_figures(house):
    """Against decisions and against others; of nobody else is anything told."""
    first, second = house.item("一"), house.item("二")
    house.say(first, ANN, f"+{LABOUR}", f"-{NATURE}")
    house.say(second, ANN, f"-{LABOUR}")
    house.say(first, BO, f"+{LABOUR}", f"+{NATURE}")
    house.say(second, BO, f"-{LABOUR}")
    house.decide(first, {LABOUR: YES, NATURE: LabelStatus.DISPUTED})
    house.decide(second, {LABOUR: YES})

    own = house.consistency.own(house.community, ANN)

    assert own.votes == 3
    assert (own.decided, own.as_decided) == (2, 1)
    assert (own.compared, own.alike) == (3, 2)
    assert own.partners == 1
    assert own.kappa == pytest.approx(0.4)
    assert house.consistency.own(house.community, CY).compared == 0


def test_who_is_forgotten_is_counted_but_not_known(house):
    """Voices stay without a name, another one for each item: no pair is anybody's."""
    for name in ("一", "二"):
        item = house.item(name)
        house.say(item, ANN, f"+{LABOUR}")
        house.say(item, BO, f"-{LABOUR}")
    before = house.consistency.report(house.community).dimensions["topic"]

    People(house.repository, FakeVectorIndex()).forget(ANN)

    after = house.consistency.report(house.community).dimensions["topic"]
    assert after.alpha == before.alpha
    assert house.consistency.own(house.community, ANN).votes == 0


# ── the weekly note ──────────────────────────────────────────────────────────────────────────────


def test_a_quiet_week_has_no_note(house):
    """Votes of other weeks are no news."""
    house.say(house.item("一"), ANN, f"+{LABOUR}")
    house.clock.forward(14 * 86_400)

    assert house.consistency.note(house.community) is None
    assert house.consistency.note(house.community, week_of=date(2026, 3, 9)) is None
    assert house.consistency.note(house.community, week_of=date(2026, 3, 5)) is not None


def test_a_week_begins_on_monday_of_the_community(house):
    """The last minute of Sunday in Taipei is 15:59 in Greenwich."""
    house.clock = HandClock(datetime(2026, 3, 8, 15, 59, tzinfo=UTC))
    house.say(house.item("一"), ANN, f"+{LABOUR}")

    of_week = house.consistency.note(house.community, week_of=date(2026, 3, 2))

    assert of_week is not None
    assert (of_week.start, of_week.week, of_week.votes) == (date(2026, 3, 2), "2026-W10", 1)
    assert house.consistency.note(house.community, week_of=date(2026, 3, 9)) is None


def test_what_is_new_is_told_first(house):
    """At most three; a label that a pair names is not told again by itself."""
    for name in ("一", "二"):
        item = house.item(name)
        house.say(item, ANN, f"+{REPORT}")
        house.say(item, BO, f"+{STATEMENT}")
    house.clock.forward(8 * 86_400)
    item = house.item("三")
    house.say(item, ANN, f"+{LABOUR}", f"-{NATURE}")
    house.say(item, BO, f"-{LABOUR}", f"+{NATURE}")
    house.decide(item, {LABOUR: YES, NATURE: NO})

    note = house.consistency.note(house.community)

    assert [(each.first, each.second) for each in note.disputed] == [
        (LABOUR, NATURE),
        (STATEMENT, REPORT),
    ]
    assert note.votes == 4
    assert (note.suggestion.kind, note.suggestion.label) == ("excludes", NATURE)
    assert {example.title for example in note.examples.values()} >= {"三", "二"}


@pytest.mark.parametrize(
    ("now", "day"),
    [
        pytest.param(datetime(2026, 3, 9, 0, 59, tzinfo=UTC), None, id="before-nine-in-Taipei"),
        pytest.param(datetime(2026, 3, 9, 1, 0, tzinfo=UTC), date(2026, 3, 2), id="at-nine"),
        pytest.param(datetime(2026, 3, 12, tzinfo=UTC), date(2026, 3, 5), id="was-off-on-monday"),
        pytest.param(datetime(2026, 3, 15, 15, tzinfo=UTC), date(2026, 3, 8), id="sunday-evening"),
    ],
)
def test_a_note_is_due_from_monday_morning(house, now, day):
    """And until its week is over: all of these mean the week from 2 March."""
    house.clock._now = now

    due = house.consistency.due_week(house.community)

    assert due == day
    assert due is None or week_name(due) == "2026-W10"
