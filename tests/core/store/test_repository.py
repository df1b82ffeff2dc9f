"""What is stored, in the words of the domain."""

import itertools
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from core.domain import (
    Filters,
    ItemLabel,
    Labelling,
    LabelPath,
    LabelStatus,
    Link,
    MemberRef,
    PastedText,
    Premise,
    Share,
    State,
)
from core.errors import BadConfig, NotFound, UnknownItem
from core.ingest import Step
from core.outcomes import failure_of
from core.store.database import Database
from core.store.repository import Repository
from core.store.tables import ItemLabelRow
from tests.fakes.rooms import MEI, TOM, Rooms


@pytest.fixture
def rooms():
    built = Rooms()
    yield built
    built.close()


COUNT = itertools.count()


@pytest.fixture(scope="module")
def shared():
    """For properties: built once, with a new community for each example (see `anew`)."""
    built = Rooms()
    yield built
    built.close()


def anew(rooms):
    """The same rooms, and nothing in them."""
    rooms.community = rooms.repository.community(f"community {next(COUNT)}")
    return rooms


def put(rooms, text="Some words.", *, url=None, labels=(), **said):
    """A finished item with these labels, whose document says this of itself."""
    count = rooms.repository.count(rooms.community.id)
    url = rooms.reader.page(url or f"https://news{count}.example/{count}", text, **said)
    how = {"member_name": said["by"]} if "by" in said else {}
    item = rooms.add(Link(url), **how).item
    set_labels(rooms, item.id, labels)
    return item.id


def set_labels(rooms, item_id, labels):
    with rooms.database.transaction() as session:
        for position, label in enumerate(labels):
            session.add(
                ItemLabelRow(
                    item_id=item_id,
                    community_id=rooms.community.id,
                    path=label.path,
                    score=label.score,
                    status=label.status,
                    position=position,
                )
            )


def label(path, status=LabelStatus.SUGGESTED):
    return ItemLabel(LabelPath(path), 0.9, status)


def matching(rooms, filters, **how):
    return rooms.repository.matching(rooms.community, filters, **how)


# ── communities and members ──────────────────────────────────────────────────────────────────────


def test_a_community_is_made_once(rooms):
    """The name leads to the same community, which keeps its own language and time zone."""
    made = rooms.repository.community("riverside", language="en", timezone="Europe/London")

    again = rooms.repository.community("riverside")

    assert again == made
    assert (again.language, again.timezone) == ("en", "Europe/London")
    assert rooms.repository.communities() == [rooms.community, made]
    assert rooms.repository.community_by_id(made.id) == made


def test_a_community_changes_its_language(rooms):
    """From now on it is spoken to in the other one."""
    rooms.repository.set_language(rooms.community.id, "en")

    assert rooms.repository.community("home").language == "en"


@pytest.mark.parametrize("name", ["Mars/Olympus", "../etc/passwd", ""])
def test_a_time_zone_that_is_none_is_refused(rooms, name):
    """An unknown zone would only show when the first day is asked for."""
    with pytest.raises(BadConfig, match="no time zone"):
        rooms.repository.community("riverside", timezone=name)


def test_a_member_chooses_a_language_and_takes_it_back(rooms):
    """A choice is the member's own, in every community; without one there is none."""
    before = rooms.repository.member_language(MEI)
    rooms.repository.set_member_language(MEI, "en")
    chosen = rooms.repository.member_language(MEI)
    other = rooms.repository.member_language(TOM)
    rooms.repository.set_member_language(MEI, None)

    assert (before, chosen, other) == (None, "en", None)
    assert rooms.repository.member_language(MEI) is None


def test_a_community_that_two_threads_make_at_once_is_one(tmp_path):
    """The second finds what the first made."""
    rooms = Rooms(tmp_path / "store.sqlite3")
    found = []
    start = threading.Barrier(4)

    def make():
        start.wait()
        found.append(rooms.repository.community("riverside"))

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rooms.close()

    assert len(found) == 4
    assert len(set(found)) == 1


def test_words_go_into_the_same_database_unless_told_otherwise():
    """A repository needs nothing but the database."""
    database = Database()
    repository = Repository(database)
    community = repository.community("home")
    share = Share(MEI, datetime(2026, 3, 1, tzinfo=UTC))
    item_id, is_new = repository.receive(community.id, PastedText("x"), share=share)

    repository.remove(item_id)

    assert is_new
    assert repository.count(community.id) == 0
    database.close()


# ── items ────────────────────────────────────────────────────────────────────────────────────────


def test_items_come_in_the_order_asked_for(rooms):
    """Ids that lead to nothing are left out."""
    first, second = put(rooms), put(rooms, "Other words here.")

    found = rooms.repository.items([second, 999, first])

    assert [item.id for item in found] == [second, first]


def test_recent_items_are_the_newest_first(rooms):
    """Page by page, whatever their state."""
    ids = [put(rooms, f"Words number {number}.") for number in range(4)]
    failed = rooms.add(Link("https://missing.example/")).item.id

    pages = [
        [item.id for item in rooms.repository.recent(rooms.community.id, limit=2, offset=offset)]
        for offset in (0, 2, 4)
    ]

    assert pages == [[failed, ids[3]], [ids[2], ids[1]], [ids[0]]]


def test_states_are_counted(rooms):
    """How many items stand where."""
    put(rooms)
    rooms.add(Link("https://missing.example/"))
    rooms.ingest.receive(PastedText("Later."), community=rooms.community, member=MEI)

    assert rooms.repository.states(rooms.community.id) == {
        State.DONE: 1,
        State.FAILED: 1,
        State.RECEIVED: 1,
    }
    assert rooms.repository.count(rooms.community.id) == 3


@pytest.mark.parametrize("number", [0, 2, -1, 10**30])
def test_a_number_that_is_none_is_told(rooms, number):
    """The sender learns which number it was."""
    put(rooms)

    with pytest.raises(UnknownItem) as caught:
        rooms.repository.item(rooms.community.id, number)

    assert caught.value.facts == {"number": number}


def test_an_item_is_read_as_it_was_written(rooms):
    """Everything that a document says of itself comes back."""
    id_ = put(
        rooms,
        "第一段。\n第二段。",
        url="https://news.example/a",
        title="標題",
        author="林小美",
        published_on=date(2026, 3, 1),
        site="範例新聞",
        language="zh-Hant",
        image_url="https://news.example/a.jpg",
        media="pdf",
    )

    item = rooms.repository.item_by_id(id_)

    assert item.document == rooms.reader.read(Link("https://news.example/a"))
    assert item.given == Link("https://news.example/a")
    assert item.received_at == rooms.clock.now()


def test_a_row_hangs_only_on_an_item_of_its_own_community(rooms):
    """Nothing crosses: the database itself refuses."""
    other = rooms.repository.community("other")
    id_ = put(rooms)

    def cross():
        with rooms.database.transaction() as session:
            row = ItemLabelRow(
                item_id=id_,
                community_id=other.id,
                path="topic/labour",
                score=1,
                status="confirmed",
                position=0,
            )
            session.add(row)

    with pytest.raises(IntegrityError):
        cross()


def test_a_moment_without_a_zone_is_refused(rooms):
    """A local time would be read as another moment."""
    rooms.clock._now = datetime(2026, 3, 1, 12)  # noqa: DTZ001

    with pytest.raises(Exception, match="no time zone"):
        rooms.ingest.receive(PastedText("x"), community=rooms.community, member=MEI)


actions = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 5)),
        st.tuples(st.just("move"), st.integers(0, 5)),
        st.tuples(st.just("remove"), st.integers(1, 8)),
    ),
    max_size=12,
)


@over(actions=actions)
@settings(max_examples=20)
def test_a_number_is_never_used_again(shared, actions):
    """Whatever is added, found to be another one, or removed, be it the newest."""
    rooms = anew(shared)
    seen = []
    for page in range(6):
        text = f"Page {page} has its own words."
        rooms.reader.page(f"https://a.example/{page}", text)
        rooms.reader.page(f"https://b.example/{page}", text, to=f"https://a.example/{page}")
    for action, value in actions:
        if action == "remove":
            try:
                rooms.ingest.remove(rooms.community, value)
            except UnknownItem:
                continue
        else:
            host = "a" if action == "add" else "b"
            receipt = rooms.ingest.receive(
                Link(f"https://{host}.example/{value}"), community=rooms.community, member=MEI
            )
            if receipt.outcome == "new":
                seen.append(receipt.item.number)
            rooms.ingest.work(receipt.item.id)

    assert seen == list(range(1, len(seen) + 1))


# ── filters ──────────────────────────────────────────────────────────────────────────────────────

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)

names = st.text(alphabet="ab0-%_'/.é能", min_size=1, max_size=3).filter(lambda n: "/" not in n)
paths = st.lists(names, min_size=1, max_size=4).map("/".join)


@over(carried=st.lists(paths, max_size=6, unique=True), wanted=paths, unwanted=paths)
@settings(max_examples=40)
def test_a_label_holds_for_its_descendants_and_for_nothing_else(shared, carried, wanted, unwanted):
    """A path is meant with all that is under it; a name that merely begins alike is another."""
    rooms = anew(shared)
    id_ = put(rooms, labels=[label(path) for path in carried])

    def carries(path):
        return any(each == path or each.startswith(f"{path}/") for each in carried)

    found = matching(rooms, Filters(labels=(wanted,), not_labels=(unwanted,)))

    assert found == ({id_} if carries(wanted) and not carries(unwanted) else set())


def test_a_rejected_label_is_not_carried(rooms):
    """What people took away does not find an item, and does not keep it out."""
    rejected = put(rooms, labels=[label("topic/labour", LabelStatus.REJECTED)])
    disputed = put(rooms, "Other.", labels=[label("topic/labour", LabelStatus.DISPUTED)])

    assert matching(rooms, Filters(labels=("topic/labour",))) == {disputed}
    assert matching(rooms, Filters(not_labels=("topic",))) == {rejected}


def test_every_label_wanted_must_be_there(rooms):
    """Several labels narrow a search; several sites widen it."""
    both = put(rooms, labels=[label("topic/labour"), label("topic/energy")], site="A")
    put(rooms, "Other.", labels=[label("topic/labour")], site="B")

    assert matching(rooms, Filters(labels=("topic/labour", "topic/energy"))) == {both}
    assert len(matching(rooms, Filters(sites=("a", "b")))) == 2


@pytest.mark.parametrize(
    ("site", "is_found"),
    [
        pytest.param("公視", True, id="part-of-the-name"),
        pytest.param("公视", True, id="simplified"),
        pytest.param("PTS.ORG", True, id="host-any-case"),
        pytest.param("news.pts", True, id="part-of-the-host"),
        pytest.param("ｐｔｓ", True, id="full-width"),
        pytest.param("cna", False, id="another"),
        pytest.param("p%", False, id="percent-is-no-wildcard"),
        pytest.param("p_s", False, id="underscore-is-no-wildcard"),
        pytest.param("[", False, id="no-host"),
        pytest.param("' OR 1=1 --", False, id="quote-ends-nothing"),
    ],
)
def test_a_site_is_part_of_name_or_host(rooms, site, is_found):
    """However it is written."""
    put(rooms, url="https://news.pts.org.tw/1", site="公視新聞網")

    assert bool(matching(rooms, Filters(sites=(site,)))) is is_found


@pytest.mark.parametrize(
    ("name", "is_found"),
    [("小美", True), ("TOM", True), ("jos", True), ("José", True), ("阿明", False)],
)
def test_by_is_the_author_or_who_shared(rooms, name, is_found):
    """Part of a name is enough; case, accents and characters make no difference."""
    url = rooms.reader.page("https://a.example/", "Words.", author="林小美、José García")
    rooms.add(Link(url), member_name="tom chen")

    assert bool(matching(rooms, Filters(by=(name,)))) is is_found


@pytest.mark.parametrize(
    ("tag", "is_found"),
    [("zh", True), ("zh-hant", True), ("zh-Hans", False), ("z", False), ("en", False)],
)
def test_a_language_holds_for_its_variants(rooms, tag, is_found):
    """A primary tag means all of it, a full one only itself."""
    put(rooms, language="zh-Hant")

    assert bool(matching(rooms, Filters(languages=(tag,)))) is is_found


def test_text_of_unknown_language_is_in_none(rooms):
    """It is not found by any tag."""
    put(rooms)

    assert matching(rooms, Filters(languages=("zh", "en"))) == set()


@pytest.mark.parametrize(
    ("since", "until", "is_found"),
    [
        (date(2026, 3, 1), None, True),
        (date(2026, 3, 2), None, False),
        (None, date(2026, 3, 1), True),
        (None, date(2026, 2, 28), False),
        (date(2026, 3, 1), date(2026, 3, 1), True),
        (date.min, date.max, True),
    ],
)
def test_days_are_the_publishers(rooms, since, until, is_found):
    """Both ends belong to the span."""
    put(rooms, published_on=date(2026, 3, 1))

    assert bool(matching(rooms, Filters(since=since, until=until))) is is_found


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Asia/Taipei", 2), ("UTC", 1), ("America/Los_Angeles", 1), ("Pacific/Kiritimati", 2)],
)
def test_without_a_date_it_is_the_day_received_in_the_communitys_zone(rooms, zone, day):
    """20:00 in UTC is the next day in Taipei."""
    rooms.clock._now = datetime(2026, 3, 1, 20, tzinfo=UTC)
    id_ = put(rooms)
    community = replace(rooms.community, timezone=zone)

    found = [
        number
        for number in range(1, 4)
        if id_
        in rooms.repository.matching(
            community, Filters(since=date(2026, 3, number), until=date(2026, 3, number))
        )
    ]

    assert found == [day]


@over(
    at=st.integers(0, 10 * 365 * 24 * 60).map(lambda m: BEGINNING + timedelta(minutes=m)),
    zone=st.sampled_from(["Asia/Taipei", "America/Sao_Paulo", "Europe/London", "Africa/Cairo"]),
    shift=st.integers(-2, 2),
)
@settings(max_examples=25)
def test_a_moment_belongs_to_exactly_one_day(shared, at, zone, shift):
    """Also where clocks are changed."""
    from zoneinfo import ZoneInfo

    rooms = anew(shared)
    rooms.clock._now = at
    id_ = put(rooms)
    community = replace(rooms.community, timezone=zone)
    day = at.astimezone(ZoneInfo(zone)).date() + timedelta(days=shift)

    found = rooms.repository.matching(community, Filters(since=day, until=day))

    assert found == ({id_} if shift == 0 else set())


def test_only_finished_items_are_found_unless_failed_ones_are_wanted(rooms):
    """What is under way is not in any search."""
    done = put(rooms, labels=[label("topic/labour", LabelStatus.CONFIRMED)])
    plain = put(rooms, "Other.", labels=[label("topic/labour")])
    failed = rooms.add(Link("https://missing.example/")).item.id
    rooms.ingest.receive(PastedText("Later."), community=rooms.community, member=MEI)

    assert matching(rooms, Filters()) == {done, plain}
    assert matching(rooms, Filters(is_any=("failed",))) == {failed}
    assert matching(rooms, Filters(is_any=("confirmed",))) == {done}
    assert matching(rooms, Filters(is_any=("confirmed", "failed"))) == {done, failed}
    assert matching(rooms, Filters(is_any=("suggested", "confirmed"))) == {done, plain}


def test_matching_among_very_many_ids(rooms):
    """More than SQLite takes as parameters."""
    ids = {put(rooms), put(rooms, "Other.")}

    assert matching(rooms, Filters(), among=range(100_000)) == ids
    assert matching(rooms, Filters(), among=[]) == set()


def test_matching_stays_in_the_community(rooms):
    """Ids of another community do not match, even if they are named."""
    other = rooms.repository.community("other")
    id_ = put(rooms)

    assert rooms.repository.matching(other, Filters(), among=[id_]) == set()


# ── labels ───────────────────────────────────────────────────────────────────────────────────────


def test_labels_are_counted_where_they_stand(rooms):
    """Rejected ones and those of unfinished items are not."""
    put(rooms, labels=[label("topic/labour"), label("topic/energy", LabelStatus.REJECTED)])
    put(rooms, "Other.", labels=[label("topic/labour", LabelStatus.CONFIRMED)])
    received = rooms.ingest.receive(PastedText("Later."), community=rooms.community, member=MEI)
    set_labels(rooms, received.item.id, [label("topic/labour")])

    assert rooms.repository.label_counts(rooms.community.id) == {"topic/labour": 2}


def test_an_item_that_nobody_labelled_has_no_labelling(rooms):
    """There is nothing to explain."""
    item = rooms.ingest.receive(PastedText("x"), community=rooms.community, member=MEI).item

    assert rooms.repository.labelling(item.id) is None


def test_no_label_is_a_legal_labelling(rooms):
    """None fits, and that is kept."""
    id_ = put(rooms)
    none = Labelling(Premise("Some words.", "text"), "en", "m@1", "w", (), ())

    rooms.repository.add_labelling(id_, none, position=lambda _path: 0, at=rooms.clock.now())

    assert rooms.repository.labelling(id_) == none
    assert rooms.repository.item_by_id(id_).labels == ()


@pytest.mark.parametrize(
    ("status", "becomes"),
    [
        (LabelStatus.SUGGESTED, LabelStatus.CONFIRMED),
        (LabelStatus.CONFIRMED, LabelStatus.CONFIRMED),
        (LabelStatus.REJECTED, LabelStatus.REJECTED),
        (LabelStatus.DISPUTED, LabelStatus.DISPUTED),
    ],
)
def test_confirming_does_not_overrule_people(rooms, status, becomes):
    """A label that people rejected or dispute stays so."""
    id_ = put(rooms, labels=[label("topic/labour", status)])

    rooms.repository.confirm(id_, ["topic/labour"], position=rooms.taxonomy.position)

    (only,) = rooms.repository.item_by_id(id_).labels
    assert (only.status, only.score) == (becomes, 0.9)


def test_labels_come_in_taxonomy_order(rooms):
    """Whoever put them there, and whenever."""
    item = rooms.add(PastedText("The environment and labour and energy.")).item
    rooms.repository.confirm(
        item.id, ["topic/environment/energy"], position=rooms.taxonomy.position
    )

    paths = [each.path for each in rooms.repository.item_by_id(item.id).labels]

    assert paths == ["topic/environment", "topic/environment/energy", "topic/labour"]


# ── coming in and moving on ──────────────────────────────────────────────────────────────────────


def test_a_step_that_another_worker_saved_is_not_saved_again(rooms):
    """The first one counts; a failure that comes late changes nothing."""
    item = rooms.add(PastedText("Some words.")).item
    late = failure_of(NotFound("Gone."), during=Step.FETCHING, now=rooms.clock.now())

    rooms.repository.save_summary(item.id, item.summary)
    rooms.repository.save_unlabelled(item.id)
    rooms.repository.save_done(item.id)
    rooms.repository.fail(item.id, late, state=State.RECEIVED)
    rooms.repository.reopen(item.id)

    assert rooms.repository.item_by_id(item.id) == item


def test_an_external_id_leads_to_its_item(rooms):
    """A known item takes the id that an import gives it; of two it keeps the first."""
    item = rooms.add(PastedText("Some words.")).item
    for external_id in ("x-1", "x-2"):
        rooms.repository.receive(
            rooms.community.id,
            PastedText("Some words."),
            share=rooms.repository.shares(item.id)[0],
            addresses=rooms_addresses("Some words."),
            external_id=external_id,
        )

    assert rooms.repository.find(rooms.community.id, external_id="x-1") == item.id
    assert rooms.repository.find(rooms.community.id, external_id="x-2") is None
    assert rooms.repository.item_by_id(item.id).external_id == "x-1"


def rooms_addresses(text):
    from core import identity

    return identity.of_given(PastedText(text))


def test_a_name_that_is_not_known_is_kept_as_none(rooms):
    """The command line has no names."""
    item = rooms.add(PastedText("Some words."), member=MemberRef("command-line", "root")).item

    assert rooms.repository.shares(item.id)[0].member_name is None


@over(order=st.permutations(range(4)))
@settings(max_examples=10)
def test_a_story_is_the_same_in_whatever_order_it_comes(shared, order):
    """Items that tell the same text find together."""
    body = [f"Paragraph {n} of a long report about roofs, panels and the grid." for n in range(20)]
    copies = [[*body[:18], f"Cut {n}, and end."] for n in range(3)]
    texts = ["\n".join(copy) for copy in copies] + ["A text that has nothing to do with them."]
    rooms = anew(shared)
    urls = [rooms.reader.page(f"https://s{n}.example/", text) for n, text in enumerate(texts)]
    items = {n: rooms.add(Link(urls[n])).item.id for n in order}

    stories = {n: rooms.repository.item_by_id(id_).story for n, id_ in items.items()}

    assert stories[3] is None
    assert {stories[n] for n in range(3)} == {min(items[n] for n in range(3))}


def test_what_was_removed_is_not_on_the_disk(tmp_path):
    """Deleted words are overwritten, not only let go."""
    file = tmp_path / "store.sqlite3"
    rooms = Rooms(file)
    rooms.add(PastedText("A very private sentence about somebody."), note="between us")
    rooms.add(PastedText("Something that stays."))
    before = b"very private" in on_disk(tmp_path)

    rooms.ingest.remove(rooms.community, 1)
    rooms.close()

    assert before
    assert b"very private" not in on_disk(tmp_path)
    assert b"between us" not in on_disk(tmp_path)
    assert b"Something that stays" in on_disk(tmp_path)


def on_disk(folder):
    return b"".join(path.read_bytes() for path in folder.iterdir())
