"""Statuses follow from rows: counted one by one or all together, and every decision is logged."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as over
from hypothesis import strategies as st

from core.deciding import decide
from core.domain import (
    DISCUSS,
    NONE_FITS,
    Cause,
    Customs,
    ItemLabel,
    Labelling,
    LabelPath,
    LabelStatus,
    Link,
    MemberRef,
    PastedText,
    Premise,
)
from core.ingest import ImportEntry
from core.store.decisions import LogFilters
from tests.fakes.rooms import MEI, TOM, Rooms

S, C, R, D = (
    LabelStatus.SUGGESTED,
    LabelStatus.CONFIRMED,
    LabelStatus.REJECTED,
    LabelStatus.DISPUTED,
)
ENVIRONMENT = LabelPath("topic/environment")
POWER = LabelPath("topic/environment/energy")
WORK = LabelPath("topic/labour")
ANN = MemberRef("telegram", "1")
MEMBERS = (MEI, TOM, ANN)


@pytest.fixture(scope="module")
def shared():
    """One database for many examples, each with an item of its own."""
    built = Rooms()
    yield built
    built.close()


@pytest.fixture
def rooms():
    built = Rooms()
    yield built
    built.close()


def add(rooms, words="能源政策與環境。"):
    return rooms.add(PastedText(words)).item


def statuses(item):
    found = {label.path: label.status for label in item.labels}
    return found if item.none_fits is None else found | {NONE_FITS: item.none_fits}


def log(rooms, **filters):
    """Path, cause, before and after of each line, oldest first."""
    lines, _ = rooms.repository.decisions(rooms.community.id, LogFilters(**filters), limit=99)
    return [(each.path, each.cause, each.before, each.after) for each in reversed(lines)]


PATHS = st.sampled_from([ENVIRONMENT, POWER, WORK, NONE_FITS, DISCUSS])
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("cast"), st.sampled_from(MEMBERS), PATHS, st.booleans()),
        st.tuples(st.just("toggle"), st.sampled_from(MEMBERS), PATHS, st.booleans()),
        st.tuples(st.just("withdraw"), st.sampled_from(MEMBERS), PATHS, st.none()),
        st.tuples(
            st.just("rule"),
            st.just(ANN),
            st.sampled_from([ENVIRONMENT, POWER, WORK, NONE_FITS]),
            st.one_of(st.booleans(), st.none()),
        ),
    ),
    max_size=12,
)
MANY = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def act(voting, item, what, member, path, is_for):
    """Do something, as the chat would."""
    match what:
        case "cast":
            voting.cast(item.id, member, path, is_for=is_for, by="button")
        case "toggle":
            voting.toggle(item.id, member, path, is_for=is_for, by="button")
        case "withdraw":
            voting.withdraw(item.id, member, path=path)
        case _ if is_for is None:
            voting.withdraw_ruling(item.id, member, path)
        case _:
            voting.rule(item.id, member, path, is_for=is_for)


@MANY
@over(ACTS)
def test_any_sequence_of_acts_ends_where_its_rows_say(shared, acts):
    """What is stored is what the rules make of the rows, counted again changes nothing, and the log
    leads from the beginning to the end."""
    rooms, voting, repository = shared, shared.voting(), shared.repository
    item = add(rooms, f"能源政策與環境。{repository.count(rooms.community.id)}")
    for each in acts:
        act(voting, item, *each)

    now = repository.item_by_id(item.id)
    expected = decide(
        repository.votes(item.id),
        base=repository.label_bases(item.id),
        taxonomy=rooms.taxonomy,
        customs=rooms.community.customs,
        own=[MEI],
        rulings=repository.rulings(item.id),
    )
    assert statuses(now) == {path: status for path, status in expected.items() if status}
    assert voting.recount(item.id) == now
    assert voting.recount_all(rooms.community.id, cause=Cause("recount")) == []
    told = statuses(item)
    for path, _, before, after in log(rooms, item=item.id):
        assert told.get(path) == before or {told.get(path), before} <= {None, S}
        told[path] = after
    for path, status in statuses(now).items():
        assert told.get(path) == status or status == S


@MANY
@over(st.lists(ACTS, min_size=2, max_size=3), st.integers(1, 3), st.booleans())
def test_all_items_counted_together_are_as_counted_one_by_one(shared, acts, quorum, counts_own):
    """Also under other customs than they were voted under."""
    rooms, voting, repository = shared, shared.voting(), shared.repository
    before = repository.community_by_id(rooms.community.id).customs
    items = [
        add(rooms, f"能源政策與環境。{each}{repository.count(1)}") for each in range(len(acts))
    ]
    for item, some in zip(items, acts, strict=True):
        for each in some:
            act(voting, item, *each)

    voting.set_customs(1, Customs(quorum=quorum, counts_own=counts_own), member=MEI)
    together = [repository.item_by_id(item.id) for item in items]
    alone = [voting.recount(item.id) for item in items]
    voting.set_customs(1, before, member=MEI)

    assert together == alone


def test_customs_that_do_not_count_votes_count_nothing_again(rooms):
    """Nor does the same quorum."""
    voting, item = rooms.voting(), add(rooms)
    voting.cast(item.id, TOM, WORK, is_for=True, by="button")

    voting.set_customs(1, Customs(reply="silent"), member=MEI)
    assert log(rooms) == []

    voting.set_customs(1, Customs(quorum=1), member=MEI)
    assert log(rooms) == [(WORK, "customs", None, C)]


def test_suggestions_are_no_decisions(rooms):
    """What people decide of them is."""
    voting, item = rooms.voting(), add(rooms)
    assert log(rooms) == []

    for member in (MEI, TOM):
        voting.cast(item.id, member, POWER, is_for=True, by="button")
    voting.withdraw(item.id, TOM)

    assert log(rooms) == [
        (POWER, "vote", S, C),
        (ENVIRONMENT, "vote", S, C),
        (POWER, "vote", C, S),
        (ENVIRONMENT, "vote", C, S),
    ]


def test_a_line_knows_who_how_and_under_what(rooms):
    """A ruling that agrees with the votes is told too; whose vote it was is the voter's to see."""
    voting, item = rooms.voting(), add(rooms)
    for member in (MEI, TOM):
        voting.cast(item.id, member, WORK, is_for=True, by="button")
    voting.rule(item.id, ANN, WORK, is_for=True, reason=" 看內文 ")

    (ruling, vote), _ = rooms.repository.decisions(1, LogFilters(asker=MEI), limit=9)
    assert (ruling.cause, ruling.before, ruling.after) == ("ruling", C, C)
    assert (ruling.member, ruling.reason, ruling.tally.for_) == (ANN, "看內文", 2)
    assert ruling.codebook == rooms.taxonomy.digest
    assert ruling.at == rooms.clock.now()
    assert (vote.cause, vote.member) == ("vote", None)
    (_, own), _ = rooms.repository.decisions(1, LogFilters(asker=TOM), limit=9)
    assert own.member == TOM


def test_a_codebook_has_a_version_of_its_own(rooms):
    """Where it has one, lines name it."""
    voting = type(rooms.voting())(
        rooms.repository, lambda _: rooms.taxonomy, rooms.clock, lambda each: f"{each.name} 3"
    )
    item = add(rooms)
    voting.rule(item.id, ANN, WORK, is_for=True)

    ((line,), _) = rooms.repository.decisions(1, LogFilters(), limit=9)
    assert line.codebook == "home 3"


def test_an_item_that_is_labelled_again_is_counted_again(rooms):
    """Votes speak of what is suggested now: none fits rejects that too."""
    voting, item = rooms.voting(), add(rooms)
    for member in (MEI, TOM):
        voting.none_fits(item.id, member, by="button")

    rooms.ingest.paste(rooms.community, item.number, "勞動條件與工時。")

    now = rooms.repository.item_by_id(item.id)
    assert now.none_fits == C
    assert {label.status for label in now.labels} == {R}
    assert WORK in statuses(now)


def test_what_happens_inside_is_told_from_before(rooms):
    """Such as a label that an import confirms, or one that goes."""
    voting, item = rooms.voting(), add(rooms)
    with voting.around(item.id, cause=Cause("codebook", ANN, "拆成兩個", is_public=True)):
        rooms.repository.confirm(item.id, [WORK], position=rooms.taxonomy.position)

    assert log(rooms) == [(WORK, "codebook", None, C)]


def test_an_import_is_logged(rooms):
    """New items and known ones, and votes count on there."""
    entries = [
        ImportEntry(external_id="1", text="能源政策。", labels=("topic/labour",)),
        ImportEntry(external_id="2", text="沒有標籤。"),
    ]

    def bring(some):
        for _ in rooms.ingest.import_all(
            [some], community=rooms.community, member=MEI, fetch=False, label=False
        ):
            pass

    bring(entries)
    assert log(rooms) == [(WORK, "import", None, C)]

    second = rooms.repository.item(1, 2)
    for member in (TOM, ANN):
        rooms.voting().cast(second.id, member, ENVIRONMENT, is_for=False, by="button")
    bring([ImportEntry(external_id="2", text="沒有標籤。", labels=("topic/environment/energy",))])

    assert statuses(rooms.repository.item_by_id(second.id)) == {ENVIRONMENT: R, POWER: R}


def test_votes_on_what_turns_out_to_be_one_item_decide_together(rooms):
    """Rulings and the log go with them."""
    url, text = "https://news.example/a", "能源政策與環境。"
    rooms.reader.page(url, text)
    known = rooms.add(Link(url)).item
    short = rooms.reader.page("https://short.example/x", text, to=url)
    other = rooms.ingest.receive(Link(short), community=rooms.community, member=TOM).item
    voting = rooms.voting()
    voting.cast(known.id, MEI, WORK, is_for=True, by="button")
    voting.cast(other.id, TOM, WORK, is_for=True, by="button")
    voting.rule(other.id, ANN, ENVIRONMENT, is_for=False)

    rooms.ingest.work(other.id)

    now = rooms.repository.item_by_id(known.id)
    assert statuses(now) == {ENVIRONMENT: R, POWER: R, WORK: C}
    assert [each.path for each in now.rulings] == [ENVIRONMENT]
    told = log(rooms, item=known.id)
    assert (ENVIRONMENT, "ruling", None, R) in told
    assert (WORK, "merge", None, C) in told


def test_rulings_go_with_their_item(rooms):
    """And nothing of them is left when it is removed."""
    voting, item = rooms.voting(), add(rooms)
    voting.rule(item.id, ANN, WORK, is_for=True)

    rooms.ingest.remove(rooms.community, item.number)

    assert log(rooms) == []
    assert rooms.repository.rulings_by(ANN) == []
    assert rooms.database.problems() == []


def test_a_model_that_labels_again_changes_no_ruling(rooms):
    """It suggests; the ruling stands."""
    voting, item = rooms.voting(), add(rooms)
    voting.rule(item.id, ANN, POWER, is_for=False)
    labelling = Labelling(
        Premise("w", "text"),
        "en",
        "m",
        "w",
        (),
        (ItemLabel(ENVIRONMENT, 0.9), ItemLabel(POWER, 0.9)),
    )

    with voting.around(item.id, cause=Cause("labelling")):
        rooms.repository.add_labelling(
            item.id, labelling, position=rooms.taxonomy.position, at=rooms.clock.now()
        )

    assert statuses(rooms.repository.item_by_id(item.id)) == {ENVIRONMENT: S, POWER: R}
    assert voting.withdraw_ruling(item.id, ANN, POWER)
    assert statuses(rooms.repository.item_by_id(item.id)) == {ENVIRONMENT: S, POWER: S}
