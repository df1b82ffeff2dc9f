"""Votes as facts, and the statuses that were decided from them."""

import pytest

from core.domain import (
    Answer,
    ItemLabel,
    Labelling,
    LabelPath,
    LabelStatus,
    PastedText,
    Premise,
    Vote,
)
from tests.fakes.rooms import MEI, TOM, Rooms

ENVIRONMENT = LabelPath("topic/environment")
ENERGY = LabelPath("topic/environment/energy")
LABOUR = LabelPath("topic/labour")
SUGGESTED, CONFIRMED, REJECTED = (
    LabelStatus.SUGGESTED,
    LabelStatus.CONFIRMED,
    LabelStatus.REJECTED,
)


@pytest.fixture
def rooms():
    built = Rooms()
    yield built
    built.close()


@pytest.fixture
def item_id(rooms):
    """An item whose labels `environment` and `energy` are suggested."""
    return rooms.add(PastedText("能源政策與環境。")).item.id


def vote(path=ENERGY, member=MEI, *, is_for=True, by="button", rooms):
    return Vote(path, member, is_for, by, rooms.clock.now())


def decide(rooms, item_id, statuses):
    rooms.repository.settle({item_id: statuses}, position=rooms.taxonomy.position)


def statuses(rooms, item_id):
    return {label.path: label.status for label in rooms.repository.item_by_id(item_id).labels}


def label_again(rooms, item_id, labels, answers=()):
    """A model says something else about the item."""
    labelling = Labelling(
        Premise("words", "text"),
        "en",
        "model-2",
        "wording",
        tuple(Answer(path, f"It is {path}.", score) for path, score in answers),
        tuple(ItemLabel(path, 0.8) for path in labels),
    )
    rooms.repository.add_labelling(
        item_id, labelling, position=rooms.taxonomy.position, at=rooms.clock.now()
    )


# ── votes ────────────────────────────────────────────────────────────────────────────────────────


def test_a_member_has_one_voice_on_a_label(rooms, item_id):
    """The later one takes the place of the earlier; other labels and members have their own."""
    first = vote(rooms=rooms)
    rooms.clock.forward(1)
    others = [vote(LABOUR, rooms=rooms), vote(member=TOM, rooms=rooms)]
    changed = vote(is_for=False, by="reaction", rooms=rooms)
    for each in (first, *others, changed):
        rooms.repository.cast(item_id, each)

    assert set(rooms.repository.votes(item_id)) == {*others, changed}


def test_votes_are_told_oldest_first(rooms, item_id):
    """Whatever their labels."""
    later = vote(ENVIRONMENT, rooms=rooms)
    rooms.clock.forward(1)
    latest = vote(ENERGY, rooms=rooms)
    rooms.repository.cast(item_id, latest)
    rooms.repository.cast(item_id, later)

    assert rooms.repository.votes(item_id) == [later, latest]


@pytest.mark.parametrize(
    ("how", "left"),
    [
        pytest.param({}, {(ENERGY, TOM)}, id="all"),
        pytest.param({"path": LABOUR}, {(ENERGY, MEI), (ENERGY, TOM)}, id="of-a-label"),
        pytest.param({"by": "button"}, {(LABOUR, MEI), (ENERGY, TOM)}, id="by-button"),
        pytest.param(
            {"path": LABOUR, "by": "button"},
            {(ENERGY, MEI), (LABOUR, MEI), (ENERGY, TOM)},
            id="none",
        ),
    ],
)
def test_a_member_takes_votes_back(rooms, item_id, how, left):
    """Their own only; it is told how many there were."""
    rooms.repository.cast(item_id, vote(ENERGY, rooms=rooms))
    rooms.repository.cast(item_id, vote(LABOUR, by="reaction", rooms=rooms))
    rooms.repository.cast(item_id, vote(ENERGY, TOM, rooms=rooms))

    number = rooms.repository.withdraw(item_id, MEI, **how)

    remaining = rooms.repository.votes(item_id)
    assert {(each.path, each.member) for each in remaining} == left
    assert number == 3 - len(left)


# ── statuses ─────────────────────────────────────────────────────────────────────────────────────


def test_a_decision_without_votes_leaves_no_trace(rooms, item_id):
    """Labels are again what they were; those that only votes put there go."""
    before = rooms.repository.item_by_id(item_id)
    decide(rooms, item_id, {ENERGY: CONFIRMED, ENVIRONMENT: REJECTED, LABOUR: CONFIRMED})
    assert statuses(rooms, item_id) == {
        ENVIRONMENT: REJECTED,
        ENERGY: CONFIRMED,
        LABOUR: CONFIRMED,
    }

    decide(rooms, item_id, {ENERGY: None})

    assert rooms.repository.item_by_id(item_id) == before


def test_an_imports_word_is_there_again(rooms, item_id):
    """What people had confirmed elsewhere is confirmed when the votes against it are gone."""
    position = rooms.taxonomy.position
    rooms.repository.confirm(item_id, [LABOUR, ENERGY], position=position)
    assert rooms.repository.label_bases(item_id) == {
        ENVIRONMENT: SUGGESTED,
        ENERGY: CONFIRMED,
        LABOUR: CONFIRMED,
    }
    decide(rooms, item_id, {ENERGY: REJECTED, LABOUR: REJECTED})

    decide(rooms, item_id, {})

    assert statuses(rooms, item_id) == rooms.repository.label_bases(item_id)


def test_a_label_that_people_add_has_the_models_score_if_it_was_asked(rooms, item_id):
    """The latest one, though the label was refused then; without any, none."""
    unasked = LabelPath("topic/culture")
    asked = [(ENVIRONMENT, 0.8), (LABOUR, 0.3)]
    label_again(rooms, item_id, [ENVIRONMENT], asked)

    decide(rooms, item_id, {LABOUR: CONFIRMED, ENERGY: CONFIRMED, unasked: CONFIRMED})

    scores = {label.path: label.score for label in rooms.repository.item_by_id(item_id).labels}
    assert scores == {ENVIRONMENT: 0.8, ENERGY: 0.9, LABOUR: 0.3, unasked: 0.0}


def test_labelling_again_keeps_what_was_decided(rooms, item_id):
    """A new model changes suggestions, and what a decided label will be without its votes."""
    decide(rooms, item_id, {ENERGY: REJECTED, LABOUR: CONFIRMED})

    label_again(rooms, item_id, [LABOUR], [(LABOUR, 0.8), (ENERGY, 0.1)])

    labels = {label.path: label for label in rooms.repository.item_by_id(item_id).labels}
    assert labels == {
        ENERGY: ItemLabel(ENERGY, 0.1, REJECTED),
        LABOUR: ItemLabel(LABOUR, 0.8, CONFIRMED),
    }
    decide(rooms, item_id, {})
    assert statuses(rooms, item_id) == {LABOUR: SUGGESTED}


def test_labelling_again_keeps_what_an_import_confirmed(rooms, item_id):
    """Whether the model agrees or not."""
    rooms.repository.confirm(item_id, [LABOUR], position=rooms.taxonomy.position)

    label_again(rooms, item_id, [ENVIRONMENT])

    assert rooms.repository.label_bases(item_id) == {ENVIRONMENT: SUGGESTED, LABOUR: CONFIRMED}
