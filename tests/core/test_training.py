"""A community's decisions become its model: made, judged, used, taken back, handed on."""

import json
from pathlib import Path

import pytest

from core import unseen
from core.domain import ChatRef, LabelPath, LabelStatus, MemberRef, PastedText
from core.errors import BadFile, BadModel, ModelUnavailable
from core.model_versions import Cause, VersionState
from core.store.database import Database
from core.taxonomy import parse
from core.training import ENOUGH_NEW, EVERY
from core.unseen import Answered
from tests.fakes.codebook import TAXONOMY
from tests.fakes.learning import FakeTrainer
from tests.fakes.library import make_library
from tests.fakes.reader import FakeReader
from tests.fakes.sources import HandClock

ANN, BEN = MemberRef("local", "ann"), MemberRef("local", "ben")
LABOUR, ENVIRONMENT = LabelPath("topic/labour"), LabelPath("topic/environment")
STRIKES = ("pickets", "overtime", "shifts", "payslips")
RIVERS = ("otters", "wetlands", "herons", "eels")


class House:
    """A community with decided articles, and what makes its models."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder, self.database = folder, database
        self.clock, self.reader = HandClock(), FakeReader()
        self.trainer = FakeTrainer()
        self.open()
        self.community = self.library.repository.community("home", language="en")
        self.decided = self.articles = 0

    def open(self) -> None:
        """Begin anew over the same store, as after a restart."""
        self.library = make_library(
            self.database,
            self.reader,
            parse(TAXONOMY),
            self.clock,
            trainer=self.trainer,
            folder=self.folder,
        )
        self.training, self.promotion = self.library.training, self.library.promotion

    def article(self, text: str, *, member: MemberRef = ANN, is_link: bool = True) -> int:
        """Take one in; its id."""
        given = PastedText(text)
        if is_link:
            self.articles += 1
            given = PastedText(text, url=f"https://example.org/{self.articles}")
        ingest = self.library.ingest
        receipt = ingest.receive(given, community=self.community, member=member)
        return ingest.work(receipt.item.id).item.id

    def decide(self, count: int, *, wrong: bool = False) -> None:
        """Let people decide articles about strikes and rivers, in turns, of no word of our own."""
        for _ in range(count):
            self.decided += 1
            number = self.decided
            words = STRIKES if number % 2 else RIVERS
            first, second = words[number // 2 % 4], words[(number // 2 + 1) % 4]
            item = self.article(f"Report {number * 7919} speaks of {first} and {second} abroad.")
            right = LABOUR if bool(number % 2) != wrong else ENVIRONMENT
            for member in (ANN, BEN):
                self.library.voting.cast(item, member, right, is_for=True, by="button")

    def make(self, **how):
        """Make a version to its end."""
        self.training.begin(self.community, **how)
        return self.training.work()

    def relabel(self) -> None:
        """Do what a promotion has left to do."""
        self.library.relabelling.run(lambda _done, _total: None)


@pytest.fixture
def house(tmp_path):
    """A community that decided sixty articles."""
    database = Database(None)
    house = House(tmp_path / "models", database)
    house.decide(60)
    yield house
    database.close()


def test_what_was_decided_becomes_a_better_model(house):
    """It waits for an admin, with a report and a card, and nothing has changed."""
    version = house.make()

    assert version.state is VersionState.CANDIDATE
    assert version.report.passes
    assert version.report.towards > 0 == version.report.away
    assert version.lessons.examples == version.report.texts == 60
    assert version.lessons.labels[LABOUR][0] > 10
    assert house.promotion.live(house.community.id) is None
    folder = house.promotion.folder(house.community.id, 1)
    card = (folder / "README.md").read_text("utf-8")
    assert "labour |" in card
    assert "It passed." in card
    assert "Krippendorff" in card or version.lessons.agreement == {}


def test_no_text_stays_in_a_work_folder(house):
    """Examples are there while they are learnt from, and no longer."""
    house.make()

    names = [each.name for each in (house.folder / str(house.community.id)).iterdir()]
    assert names == ["1"]
    assert "pickets" not in (house.folder / str(house.community.id) / "1" / "README.md").read_text()


def test_an_approved_version_labels_and_decided_labels_stay(house):
    """New items are labelled by it, old ones again, each naming it; people's word stands."""
    number = house.make().number
    undecided = house.article("Yesterday there were pickets and payslips again.")
    assert house.library.repository.item_by_id(undecided).labels == ()
    before = house.library.repository.decided_labels(house.community.id)

    house.promotion.promote(house.community, number)
    house.relabel()

    labels = house.library.repository.item_by_id(undecided).labels
    assert [(each.path, each.status) for each in labels] == [(LABOUR, LabelStatus.SUGGESTED)]
    labelling = house.library.repository.labelling(undecided)
    assert labelling.model == house.promotion.version(house.community.id, number).model
    assert house.library.repository.decided_labels(house.community.id) == before


def test_one_command_goes_back(house):
    """To the version before, and from the first one to the model of the settings."""
    house.promotion.promote(house.community, house.make().number)

    assert house.promotion.roll_back(house.community) is None

    assert house.promotion.live(house.community.id) is None
    assert house.library.repository.relabelling(house.community.id).cause == "model"
    with pytest.raises(BadModel, match="settings"):
        house.promotion.roll_back(house.community)
    house.promotion.promote(house.community, 1)  # and forward again
    assert house.promotion.live(house.community.id) == 1


def test_what_is_not_better_is_kept_aside(house):
    """The same once more is within noise; and it cannot be used."""
    house.promotion.promote(house.community, house.make().number)

    second = house.make()

    assert second.state is VersionState.ASIDE
    assert second.report.live == 1
    assert "not-better" in [each.reason for each in second.report.objections]
    with pytest.raises(BadModel, match="not better"):
        house.promotion.promote(house.community, 2)
    assert house.promotion.live(house.community.id) == 1


def test_a_model_is_judged_by_what_it_had_not_learnt(house):
    """However well it knows by heart what it was told: what others say of it counts."""
    train = house.trainer.train

    def by_heart(lesson, **how):
        is_done = train(lesson, **how)
        rows = [json.loads(line) for line in lesson.examples.read_text("utf-8").splitlines()]
        nothing = Answered(frozenset(), {})
        unseen.write([(each["text"], nothing) for each in rows], lesson.output)
        return is_done

    house.trainer.train = by_heart
    version = house.make()

    assert version.state is VersionState.ASIDE
    assert version.report.figure("hierarchical").candidate == 0.0
    assert version.report.towards > 0  # by heart


def test_what_the_live_version_had_learnt_does_not_flatter_it(house):
    """It is judged on what it would have said, too; on new items by what it says."""
    house.promotion.promote(house.community, house.make().number)
    house.decide(10)

    version = house.make()

    learnt = house.library.repository.items(house.library.repository.teachable(house.community.id))
    kept = unseen.read(house.promotion.folder(house.community.id, 1))
    assert len(kept) == 60
    assert len(learnt) == version.report.texts == 70


def test_own_words_need_consent_and_disputed_items_are_left_out(house):
    """And consent can be taken back."""
    own = house.article("My own words about pickets.", is_link=False)
    disputed = house.article("One more about shifts and overtime.")
    for item in (own, disputed):
        for member in (ANN, BEN):
            house.library.voting.cast(item, member, LABOUR, is_for=True, by="button")
    third, fourth = MemberRef("local", "cat"), MemberRef("local", "dan")
    for member in (third, fourth):
        house.library.voting.cast(disputed, member, LABOUR, is_for=False, by="button")
    repository = house.library.repository

    assert not {own, disputed} & set(repository.teachable(house.community.id))
    repository.set_member_consent(ANN, True)
    assert own in repository.teachable(house.community.id)
    repository.set_member_consent(ANN, False)
    assert own not in repository.teachable(house.community.id)


def test_what_nobody_decided_teaches_by_its_text_alone(house):
    """Own words need consent here as well, and when it is taken back, the text is gone."""
    house.article("Nobody voted on these pickets.")
    own = house.article("My own words about wetlands.", member=BEN, is_link=False)
    house.library.repository.set_member_consent(BEN, True)
    learnt = []
    train = house.trainer.train

    def look(lesson, **how):
        rows = [json.loads(each) for each in lesson.examples.read_text("utf-8").splitlines()]
        learnt.append({each["text"] for each in rows if "open" not in each})
        assert not any(each["labels"] for each in rows if "open" not in each)
        if len(learnt) == 1:
            house.library.repository.set_member_consent(BEN, False)
            house.training.texts_changed({house.community.id})
        return train(lesson, **how)

    house.trainer.train = look
    version = house.make()

    assert learnt == [
        {"Nobody voted on these pickets.", "My own words about wetlands."},
        {"Nobody voted on these pickets."},
    ]
    assert (version.lessons.examples, version.lessons.unlabelled) == (60, 1)
    card = house.promotion.folder(house.community.id, 1) / "README.md"
    assert "1 others, of which it read the text alone" in card.read_text("utf-8")
    assert own in house.library.repository.finished(house.community.id, limit=3)


def test_a_trainer_that_reads_labels_alone_gets_no_other_texts(house):
    """And the card does not say that it read some."""
    house.article("Nobody voted on these pickets.")
    house.trainer.reads_unlabelled = False

    version = house.make()

    assert (version.lessons.examples, version.lessons.unlabelled) == (60, 0)


def test_a_restart_goes_on_where_it_was(house):
    """Steps that were done are not done again."""
    house.training.begin(house.community)
    house.trainer.on_step = lambda step: house.training._closing.set() if step == 2 else None
    assert house.training.work() is None
    assert house.trainer.steps == 2

    house.trainer.on_step = lambda _step: None
    house.open()
    version = house.training.work()

    assert version.state is VersionState.CANDIDATE
    assert house.trainer.steps == 4


def test_stopping_and_going_on(house):
    """A stopped version goes on by the next command; meanwhile nothing is under way."""
    house.training.begin(house.community)
    house.trainer.on_step = lambda step: house.training.stop(house.community) if step == 1 else None
    assert house.training.work() is None
    assert house.training.progress(house.community) is None
    house.trainer.on_step = lambda _step: None

    version = house.training.begin(house.community)
    assert version.number == 1
    assert house.training.work().state is VersionState.CANDIDATE
    assert house.trainer.steps == 4


def test_going_on_while_it_still_stops(house):
    """Who stops and begins again at once need not wait for the old process to end."""
    house.training.begin(house.community)

    train = house.trainer.train

    def stubborn(_lesson, **_how):
        """Stops although it is wanted again by now, as a process does that was told to."""
        house.trainer.train = train
        house.training.stop(house.community)
        house.training.begin(house.community)
        return False

    house.trainer.train = stubborn

    version = house.training.work()

    assert (version.number, version.state) == (1, VersionState.CANDIDATE)


def test_a_text_that_goes_is_no_longer_learnt_from(house):
    """When a member forgets themself while a model is made, it begins anew without their texts."""
    house.library.repository.set_member_consent(BEN, True)
    own = house.article("Own words about pickets and overtime.", member=BEN, is_link=False)
    for member in (ANN, BEN):
        house.library.voting.cast(own, member, LABOUR, is_for=True, by="button")
    assert own in house.library.repository.teachable(house.community.id)

    def forget(step: int) -> None:
        if step == 1 and len(house.trainer.lessons) == 1:
            house.library.people.forget(BEN)

    house.trainer.on_step = forget
    learnt = []
    train = house.trainer.train

    def look(lesson, **how):
        learnt.append(lesson.examples.read_text("utf-8"))
        return train(lesson, **how)

    house.trainer.train = look
    house.make()

    assert len(learnt) == 2
    assert "Own words" not in learnt[1]


def test_a_version_is_not_judged_by_what_it_learnt_by_heart(house):
    """Where it cannot be told what it would have said of a text, the others alone count."""
    train = house.trainer.train

    def without_folds(lesson, **how):
        is_done = train(lesson, **how)
        texts = [json.loads(each)["text"] for each in lesson.examples.read_text().splitlines()]
        unseen.write((), lesson.output)
        unseen.write_learnt(texts[: len(texts) // 2], lesson.output)
        return is_done

    house.trainer.train = without_folds

    version = house.make()

    assert version.report.texts == version.lessons.examples - version.lessons.examples // 2
    house.promotion.promote(house.community, version.number)
    again = house.make()
    assert again.report.texts == version.report.texts


def test_too_little_is_told_with_numbers(tmp_path):
    """And one model at a time."""
    database = Database(None)
    house = House(tmp_path, database)
    house.decide(4)

    with pytest.raises(BadModel) as few:
        house.training.begin(house.community)

    assert few.value.facts["reason"] == "too-few"
    assert few.value.facts["expected"] == 12
    house.decide(40)
    house.training.begin(house.community)
    with pytest.raises(BadModel) as twice:
        house.training.begin(house.community)
    assert twice.value.facts["reason"] == "under-way"
    with pytest.raises(BadModel) as early:
        house.promotion.promote(house.community, 1)
    assert early.value.facts["reason"] == "under-way"
    database.close()


def test_the_weekly_job_begins_when_enough_is_new(house):
    """Not sooner than a week after the last version, not without new decisions."""
    (first,) = house.training.begin_due()
    assert first.cause is Cause.WEEKLY
    house.promotion.promote(house.community, house.training.work().number)

    house.clock.forward(EVERY.total_seconds())
    assert house.training.begin_due() == []
    house.decide(ENOUGH_NEW)
    assert len(house.training.begin_due()) == 1
    assert house.training.begin_due() == []


def test_a_failure_says_why(house):
    """And leaves nothing behind."""

    def fail(*_lesson, **_how):
        raise ModelUnavailable("There is too little memory.", model="x")

    house.trainer.train = fail
    version = house.make()

    assert (version.state, version.failure) == (
        VersionState.FAILED,
        "There is too little memory.",
    )
    assert house.training.progress(house.community) is None


def test_a_live_model_that_cannot_be_opened_is_not_used(house):
    """Labelling goes on with the model of the settings."""
    house.promotion.promote(house.community, house.make().number)
    house.open()
    (house.promotion.folder(house.community.id, 1) / "words.json").write_text("broken")

    item = house.article("Pickets, again.")

    assert house.promotion.is_broken(house.community.id)
    assert house.library.repository.labelling(item).model == "fake-annotator@1"


def test_a_model_goes_from_one_community_to_another(house, tmp_path):
    """Exported, checked on import, judged there; nothing else is shared."""
    house.promotion.promote(house.community, house.make().number)
    other = house.library.repository.community("neighbours", language="en")
    assert house.promotion.live_folder(other.id) is None

    house.promotion.export(house.community, tmp_path / "out")
    taken = house.promotion.take_in(other, tmp_path / "out")

    assert (taken.state, taken.cause) == (VersionState.JUDGING, Cause.IMPORT)
    assert taken.lessons.examples == house.promotion.version(house.community.id, 1).lessons.examples
    judged = house.training.work()
    assert judged.community == other.id
    assert judged.state is VersionState.ASIDE  # nothing is decided there to judge it on
    with pytest.raises(BadFile, match="empty"):
        house.promotion.export(house.community, tmp_path / "out")


def test_what_is_no_model_is_not_taken_in(house, tmp_path):
    """An empty folder, no folder, links to elsewhere."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelUnavailable):
        house.promotion.take_in(house.community, tmp_path / "empty")
    with pytest.raises(BadFile, match="no folder"):
        house.promotion.take_in(house.community, tmp_path / "none")
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / "words.json").symlink_to("/etc/hostname")
    with pytest.raises(BadFile, match="links"):
        house.promotion.take_in(house.community, tmp_path / "linked")
    assert house.promotion.versions(house.community.id) == []


def test_a_community_that_goes_takes_its_models_along(house):
    """Rows at once, folders with the next sweep."""
    house.make()
    house.library.repository.remove_community(house.community.id)

    house.training.sweep()

    assert house.library.repository.models(house.community.id) == []
    assert list(house.folder.iterdir()) == []


def test_a_text_that_is_removed_meanwhile_is_not_learnt_from(house):
    """What learns from it begins anew without it."""
    house.decide(40)
    version = house.training.begin(house.community)
    removed = house.library.repository.teachable(house.community.id)[0]

    def remove(step: int) -> None:
        if step == 2 and len(house.trainer.lessons) == 1:
            number = house.library.repository.items([removed])[0].number
            house.library.ingest.remove(house.community, number)

    house.trainer.on_step = remove
    assert house.training.work() is not None

    assert len(house.trainer.lessons) == 2
    assert house.promotion.version(house.community.id, version.number).model


def test_where_an_end_is_told_moves_with_its_chat_and_goes_with_it(house):
    """A private chat's address names a person."""
    old, new = ChatRef("telegram", "-1"), ChatRef("telegram", "-100")
    repository = house.library.repository
    repository.add_chat(old, house.community.id, is_private=False)
    house.decide(40)
    version = house.training.begin(house.community, where=old)

    repository.move_chat(old, new)
    assert house.promotion.version(house.community.id, version.number).where == new
    repository.remove_chat(new)

    assert house.promotion.version(house.community.id, version.number).where is None


def test_a_community_that_goes_meanwhile_is_not_learnt_from(house):
    """Its training ends, nobody hears of it, and no text of it stays."""

    def go(step: int) -> None:
        if step == 2:
            house.library.repository.remove_community(house.community.id)
            house.training.texts_changed({house.community.id})

    house.trainer.on_step = go
    house.training.begin(house.community)

    assert house.training.work() is None

    assert house.trainer.steps == 2
    assert list(house.folder.iterdir()) == []
