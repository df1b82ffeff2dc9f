"""Items are labelled again behind everything else, and what people decided stays."""

import pytest

from core.codebook_operations import Add, Rename, Retire
from core.domain import LabelPath, LabelStatus, MemberRef, PastedText
from core.errors import ModelUnavailable
from core.relabelling import BATCH
from core.store.database import Database
from core.taxonomy import parse
from tests.fakes.codebook import TAXONOMY
from tests.fakes.library import make_library
from tests.fakes.reader import FakeReader
from tests.fakes.sources import HandClock

ANN, BEN = MemberRef("local", "ann"), MemberRef("local", "ben")
MARCH = Add("topic", "march", {"zh-TW": "遊行", "en": "marches"}, {})
COUNT = BATCH + 3


@pytest.fixture
def database():
    """A store in memory."""
    database = Database(None)
    yield database
    database.close()


@pytest.fixture
def library(database):
    """A library with more articles than one step takes; each is about a march of migrants."""
    library = make_library(database, FakeReader(), parse(TAXONOMY), HandClock())
    community = library.repository.community("home")
    for number in range(COUNT):
        given = PastedText(f"移工第{number}次上街遊行，要求自由轉換雇主。")
        item = library.ingest.receive(given, community=community, member=ANN).item
        library.ingest.work(item.id)
    return library


@pytest.fixture
def home(library):
    """Its community."""
    return library.repository.community("home")


def statuses(library, number: int) -> dict[str, LabelStatus]:
    """What the labels of an item are."""
    return {each.path: each.status for each in library.repository.item(1, number).labels}


def begin(library, home, **how):
    """Have items labelled again because the codebook is another one."""
    version = library.codebooks.version(home)
    return library.relabelling.begin(home, cause="codebook", version=version, **how)


def test_a_new_label_comes_to_old_items(library, home):
    """All of them, step by step; then there is nothing to do."""
    library.codebooks.change(home, [MARCH])
    job = begin(library, home)
    told: list[tuple[int, int]] = []

    library.relabelling.run(lambda done, total: told.append((done, total)))

    assert (job.cause, job.version, job.total) == ("codebook", "2", COUNT)
    assert told[-1] == (COUNT, COUNT)
    assert all("topic/march" in statuses(library, n) for n in range(1, COUNT + 1))
    assert library.relabelling.progress(home) is None


def test_what_people_decided_is_left_alone(library, home):
    """Also where the model says otherwise by now."""
    for member in (ANN, BEN):
        for path, is_for in (("topic/environment", True), ("topic/labour/migrant", False)):
            library.voting.cast(1, member, LabelPath(path), is_for=is_for, by="button")
    library.codebooks.change(home, [MARCH])
    begin(library, home)

    library.relabelling.run(lambda *_: None)

    now = statuses(library, 1)
    assert now["topic/environment"] is LabelStatus.CONFIRMED
    assert now["topic/labour/migrant"] is LabelStatus.REJECTED
    assert now["topic/march"] is LabelStatus.SUGGESTED


def test_suggestions_of_a_retired_label_go(library, home):
    """Nobody is asked about it any more; only its items are looked at."""
    library.codebooks.change(home, [Retire("topic/labour/migrant")])
    job = begin(library, home, items=[1, 2])

    library.relabelling.run(lambda *_: None)

    assert job.total == 2
    assert "topic/labour/migrant" not in statuses(library, 1)
    assert statuses(library, 3)["topic/labour/migrant"] is LabelStatus.SUGGESTED


def test_a_job_that_was_stopped_goes_on_where_it_stood(library, home, database):
    """Nothing is asked twice."""
    library.codebooks.change(home, [MARCH])
    begin(library, home)
    library.relabelling.step()

    again = make_library(database, FakeReader(), parse(TAXONOMY), library.clock)
    progress = again.relabelling.progress(home)
    assert progress is not None
    assert (progress.done, progress.changed) == (BATCH, BATCH)
    again.relabelling.run(lambda *_: None)

    assert len(again.annotator.annotated) == COUNT - BATCH
    assert "topic/march" in statuses(again, COUNT)


def test_a_newer_job_takes_over_what_is_left_of_an_older_one(library, home):
    """There is one at a time; items that only the older one was about are done, too."""
    begin(library, home, items=[1, 2, 3])

    job = begin(library, home, items=[3, 4])

    assert job.total == 4
    assert library.repository.relabelling(home.id) == job


def test_only_items_with_other_labels_are_drawn_again(library, home):
    """Ten thousand cards are not edited for nothing."""
    library.codebooks.change(home, [Rename("form/statement", {"en": "declaration"})])
    begin(library, home)

    library.relabelling.run(lambda *_: None)

    assert library.repository.stale_cards() == []


def test_items_stay_due_when_the_model_cannot_be_asked(library, home, monkeypatch):
    """It is tried again later."""

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise ModelUnavailable("no weights", model="x")

    begin(library, home)
    monkeypatch.setattr(library.annotator, "annotate", refuse)
    with pytest.raises(ModelUnavailable):
        library.relabelling.step()

    progress = library.relabelling.progress(home)
    assert progress is not None
    assert progress.done == 0


def test_an_item_that_goes_meanwhile_is_passed_over(library, home):
    """Removing an item removes it from jobs, too."""
    begin(library, home)
    library.ingest.remove(home, 1)

    library.relabelling.run(lambda *_: None)

    assert library.relabelling.progress(home) is None


def test_a_community_that_goes_takes_its_codebook_and_jobs_along(library, home, database):
    """Nothing of it is left."""
    library.codebooks.change(home, [MARCH])
    library.codebooks.propose(home, [Retire("topic/environment")])
    begin(library, home)

    library.repository.remove_community(home.id)

    with database.reading() as session:
        for table in ("codebook_version", "codebook_proposal", "relabelling"):
            count = session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
            assert count == 0, table
