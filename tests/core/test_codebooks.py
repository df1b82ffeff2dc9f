"""Codebooks change, keep their history, and lose nothing that people said."""

from dataclasses import replace

import pytest

from core.codebook_operations import Add, Merge, Move, Note, Rename, Retire, Split
from core.codebook_versions import Source
from core.codebooks import Codebooks
from core.domain import LabelPath, LabelStatus, MemberRef, PastedText
from core.errors import BadChange, ChangedMeanwhile
from core.store.database import Database
from core.taxonomy import parse
from tests.fakes.codebook import TAXONOMY
from tests.fakes.library import make_library
from tests.fakes.reader import FakeReader
from tests.fakes.rooms import MEI
from tests.fakes.sources import HandClock

ANN = MemberRef("console", "ann")
PEOPLE = Add("topic", "people", {"zh-TW": "族群", "en": "people"}, {})
OTHER_FILE = TAXONOMY.replace("人與自然。", "人與自然的關係。")


@pytest.fixture
def library():
    """A library whose community has one article about migrant workers."""
    database = Database(None)
    library = make_library(database, FakeReader(), parse(TAXONOMY), HandClock())
    community = library.repository.community("home")
    given = PastedText("移工上街遊行，要求自由轉換雇主。")
    item = library.ingest.receive(given, community=community, member=ANN).item
    library.ingest.work(item.id)
    yield library
    database.close()


@pytest.fixture
def home(library):
    """Its community."""
    return library.repository.community("home")


def codebooks_with(library, text: str) -> Codebooks:
    """The same store, started anew with another file."""
    again = Codebooks(
        library.repository, lambda _: Source(text, "labels.toml", "file"), library.clock
    )
    again.recount = library.voting.recount
    return again


def status(library, path: str) -> LabelStatus | None:
    """What a label of the item is."""
    item = library.repository.item(1, 1)
    return next((each.status for each in item.labels if each.path == path), None)


# ── versions ─────────────────────────────────────────────────────────────────────────────────────


def test_the_first_version_is_what_the_file_says(library, home):
    """Number 1, by nobody, and the taxonomy is the file's."""
    newest = library.codebooks.newest(home)

    assert (newest.number, newest.parent, newest.cause, newest.by) == (1, None, "file", None)
    assert library.codebooks.version(home) == "1"
    assert library.taxonomies(home) == parse(TAXONOMY)


def test_an_accepted_change_is_the_next_version_for_everybody_who_asks(library, home):
    """Until it is accepted, nothing is otherwise."""
    proposal = library.codebooks.propose(home, [PEOPLE], by=MEI, note="we lacked it")
    assert "topic/people" not in library.taxonomies(home)

    library.codebooks.accept(home, proposal.id, by=ANN)

    newest = library.codebooks.newest(home)
    assert "topic/people" in library.taxonomies(home)
    assert (newest.number, newest.parent, newest.cause, newest.by) == (2, 1, "chat", ANN)
    assert newest.note == "we lacked it"
    assert [(each.kind, each.path) for each in newest.changes] == [("added", "topic/people")]


def test_communities_do_not_share_a_codebook(library, home):
    """A change here is none elsewhere, and a proposal is found at home only."""
    away = library.repository.community("away")
    proposal = library.codebooks.propose(home, [PEOPLE])
    with pytest.raises(ChangedMeanwhile):
        library.codebooks.accept(away, proposal.id)

    library.codebooks.accept(home, proposal.id)

    assert "topic/people" not in library.taxonomies(away)
    assert library.codebooks.version(away) == "1"


def test_a_proposal_is_refused_when_the_codebook_changed_in_between(library, home):
    """What it would have done was shown of another codebook."""
    first = library.codebooks.propose(home, [PEOPLE])
    second = library.codebooks.propose(home, [Retire("topic/environment")])
    library.codebooks.accept(home, first.id)

    with pytest.raises(ChangedMeanwhile) as refused:
        library.codebooks.accept(home, second.id)

    assert refused.value.facts["reason"] == "newer"
    assert library.codebooks.version(home) == "2"


def test_a_proposal_survives_a_restart(library, home):
    """It is kept, so a button works after the program was started again."""
    proposal = library.codebooks.propose(home, [PEOPLE])

    again = codebooks_with(library, TAXONOMY)
    again.accept(home, proposal.id)

    assert "topic/people" in library.taxonomies(home)


def test_what_is_cancelled_cannot_be_accepted(library, home):
    """Nor can what was accepted already."""
    proposal = library.codebooks.propose(home, [PEOPLE])
    library.codebooks.cancel(home, proposal.id)

    with pytest.raises(ChangedMeanwhile) as refused:
        library.codebooks.accept(home, proposal.id)

    assert refused.value.facts["reason"] == "closed"


def test_a_failed_acceptance_leaves_no_trace(library, home):
    """All of it is one transaction; the next change takes the same number and is not mistaken."""
    proposal = library.codebooks.propose(home, [PEOPLE])

    def accept_and_fall() -> None:
        with library.repository.transaction():
            library.codebooks.accept(home, proposal.id)
            assert "topic/people" in library.taxonomies(home)
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        accept_and_fall()

    assert "topic/people" not in library.taxonomies(home)
    library.codebooks.change(home, [replace(PEOPLE, id="groups")])
    assert "topic/groups" in library.taxonomies(home)
    assert "topic/people" not in library.taxonomies(home)


def test_a_labels_history_goes_on_under_its_new_path(library, home):
    """Newest first, down to the version in which it began."""
    library.codebooks.change(home, [Rename("topic/labour/migrant", {"en": "migrants"})])
    library.codebooks.change(home, [PEOPLE])
    library.codebooks.change(home, [Move("topic/labour/migrant", "topic/people")])
    sentence = "Fishers at sea count."
    library.codebooks.change(home, [Note("topic/labour/migrant", "edge-case", "en", sentence)])

    label = library.taxonomies(home).label("topic/labour/migrant")
    told = library.codebooks.history(home, label)

    assert label.path == "topic/people/migrant"
    assert [version.number for version, _ in told] == [5, 4, 2, 1]
    assert [[each.kind for each in said] for _, said in told] == [
        ["reworded"],
        ["moved"],
        ["renamed", "alias-added"],
        [],
    ]
    assert told[0][1][0].after == sentence


# ── what people said ─────────────────────────────────────────────────────────────────────────────


def test_votes_follow_a_label_that_moves(library, home):
    """And so does what was decided; the old path still leads there."""
    for member in (ANN, MEI):
        library.voting.cast(1, member, LabelPath("topic/labour/migrant"), is_for=True, by="button")
    library.codebooks.change(home, [PEOPLE, Move("topic/labour/migrant", "topic/people")])

    assert status(library, "topic/people/migrant") is LabelStatus.CONFIRMED
    assert status(library, "topic/people") is LabelStatus.CONFIRMED
    assert status(library, "topic/labour/migrant") is None
    assert {vote.path for vote in library.repository.votes(1)} == {"topic/people/migrant"}
    assert library.search.find(home, "label:topic/labour/migrant").total == 1
    assert library.taxonomies(home).find("topic/labour/migrant").path == "topic/people/migrant"


def test_votes_on_a_merged_label_count_for_the_one_that_took_it_in(library, home):
    """Who said yes to either says yes to both together."""
    cast = library.voting.cast
    cast(1, ANN, LabelPath("topic/environment"), is_for=True, by="button")
    cast(1, ANN, LabelPath("topic/labour"), is_for=False, by="button")
    cast(1, MEI, LabelPath("topic/environment"), is_for=True, by="button")

    library.codebooks.change(home, [Merge("topic/environment", "topic/labour")])

    said = {vote.member: (vote.path, vote.is_for) for vote in library.repository.votes(1)}
    assert said == {ANN: ("topic/labour", True), MEI: ("topic/labour", True)}
    assert status(library, "topic/labour") is LabelStatus.CONFIRMED
    assert library.taxonomies(home).find("環境").path == "topic/labour"


def test_what_was_decided_about_a_retired_label_stays(library, home):
    """It is asked no more, and found still."""
    for member in (ANN, MEI):
        library.voting.cast(1, member, LabelPath("topic/environment"), is_for=True, by="button")

    library.codebooks.change(home, [Retire("topic/environment")])

    taxonomy = library.taxonomies(home)
    assert "topic/environment" not in taxonomy
    assert taxonomy.name("topic/environment", "zh-TW") == "環境"
    assert status(library, "topic/environment") is LabelStatus.CONFIRMED
    assert library.search.find(home, "label:環境").total == 1


def test_a_split_label_is_retired_and_says_what_took_its_place(library, home):
    """New labels stand beside it."""
    parts = (("air", {"en": "air"}), ("water", {"en": "water"}))
    library.codebooks.change(home, [Split("topic/environment", parts)])

    old = library.taxonomies(home).known("topic/environment")
    assert old is not None
    assert old.is_retired
    assert old.into == ("topic/air", "topic/water")


@pytest.mark.parametrize(
    ("operation", "reason"),
    [
        pytest.param(Retire("form/statement"), "last", id="the-last-label-of-a-dimension"),
        pytest.param(Move("topic/labour", "topic/labour/migrant"), "own-child", id="below-itself"),
        pytest.param(Add("topic", "labour", {"en": "x"}, {}), "id-taken", id="an-id-that-is-there"),
        pytest.param(Add("topic", "x", {"zh-TW": "環境"}, {}), "name-taken", id="a-name-is-there"),
        pytest.param(Rename("topic/labour", {"en": "labour"}), "nothing", id="nothing-new"),
        pytest.param(Split("topic/labour", (("a", {"en": "a"}),)), "too-few", id="into-one"),
    ],
)
def test_what_the_codebook_does_not_bear_is_refused(library, home, operation, reason):
    """With a reason that can be told in either language."""
    with pytest.raises(BadChange) as refused:
        library.codebooks.propose(home, [operation])

    assert refused.value.facts["reason"] == reason


def test_a_path_is_never_used_for_another_label(library, home):
    """Old links would lead to something else."""
    library.codebooks.change(home, [PEOPLE, Move("topic/labour/migrant", "topic/people")])

    with pytest.raises(BadChange) as refused:
        library.codebooks.propose(home, [Add("topic/labour", "migrant", {"en": "seasonal"}, {})])

    assert refused.value.facts["found"] == "topic/people/migrant"


# ── the operator's file ──────────────────────────────────────────────────────────────────────────


def test_a_file_that_changed_is_the_next_version_where_nobody_changed_anything(library, home):
    """Nothing to be asked: it is what the operator wrote."""
    assert library.codebooks.version(home) == "1"

    again = codebooks_with(library, OTHER_FILE)

    assert again.version(home) == "2"
    assert again.newest(home).cause == "file"
    assert not again.is_behind(home)
    assert (
        again.taxonomy(home).label("topic/environment").definitions["zh-TW"] == "人與自然的關係。"
    )


def test_where_both_changed_the_communitys_own_holds_until_somebody_takes_the_file(library, home):
    """Nothing is lost, and it is said."""
    library.codebooks.change(home, [PEOPLE])
    again = codebooks_with(library, OTHER_FILE)

    assert again.version(home) == "2"
    assert again.is_behind(home)

    again.accept(home, again.take_source(home, by=ANN).id)

    assert not again.is_behind(home)
    assert (
        again.taxonomy(home).label("topic/environment").definitions["zh-TW"] == "人與自然的關係。"
    )
    old = again.taxonomy(home).known("topic/people")
    assert old is not None
    assert old.is_retired


def test_a_file_may_be_left_as_it_is(library, home):
    """Then it speaks up only when it changes again."""
    library.codebooks.change(home, [PEOPLE])
    again = codebooks_with(library, OTHER_FILE)

    again.keep_own(home)

    assert not again.is_behind(home)
    assert "topic/people" in again.taxonomy(home)
    assert codebooks_with(library, TAXONOMY).is_behind(home)


def test_taking_an_old_file_moves_labels_back_with_their_votes(library, home):
    """A file that has a label where it once was means the same label."""
    library.voting.cast(1, ANN, LabelPath("topic/labour/migrant"), is_for=True, by="button")
    library.codebooks.change(home, [PEOPLE, Move("topic/labour/migrant", "topic/people")])

    proposal = library.codebooks.propose_file(home, TAXONOMY)
    library.codebooks.accept(home, proposal.id)

    assert {vote.path for vote in library.repository.votes(1)} == {"topic/labour/migrant"}
    assert library.taxonomies(home).resolve("topic/people/migrant") == "topic/labour/migrant"


def test_whoever_is_forgotten_is_no_editor_any_more(library, home):
    """Versions stay, without them."""
    library.codebooks.change(home, [PEOPLE], by=MEI)
    assert [each["version"] for each in library.people.about(MEI)["codebook"]] == [2]

    library.people.forget(MEI)

    assert library.codebooks.newest(home).by is None
    assert library.people.about(MEI)["codebook"] == []
