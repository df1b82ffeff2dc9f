"""Review rounds and practice as they are kept."""

import pytest

from core.domain import ChatRef, Link, MessageRef, PastedText
from core.errors import UnknownRound
from core.practice import Basis, Exercise
from core.rounds import Kind
from tests.fakes.rooms import MEI, TOM, Rooms

ENERGY = "topic/environment/energy"


@pytest.fixture
def rooms():
    built = Rooms()
    yield built
    built.close()


def open_round(rooms, *items, **how):
    said = {"dimension": "topic", "kind": Kind.COUNTED, "course": None, "seed": 7, "target": 0.8}
    return rooms.repository.add_round(
        rooms.community.id,
        pairs=[(item, ENERGY) for item in items],
        by=MEI,
        at=rooms.clock.now(),
        **(said | how),
    )


def test_rounds_are_numbered_in_each_community(rooms):
    """And found by their number there only."""
    other = rooms.repository.community("river")
    first, second = open_round(rooms), open_round(rooms)

    assert [first.number, second.number] == [1, 2]
    assert rooms.repository.round_numbered(rooms.community.id, 2) == second
    with pytest.raises(UnknownRound):
        rooms.repository.round_numbered(other.id, 1)
    assert rooms.repository.rounds(other.id) == []


def test_the_pool_knows_labels_and_how_near_a_model_was(rooms):
    """Of finished items of the community, for one dimension."""
    labelled = rooms.add(PastedText("環境與能源政策。")).item.id
    bare = rooms.add(PastedText("今天天氣很好。")).item.id
    other = rooms.repository.community("river")
    rooms.add(PastedText("環境在別處。"), community=other)

    pool = rooms.repository.pool(rooms.community.id, "topic")

    assert pool.labels.keys() == {labelled, bare}
    assert set(pool.labels[labelled]) == {"topic/environment", ENERGY}
    assert pool.labels[bare] == ()
    assert pool.margins == {labelled: pytest.approx(0.4), bare: pytest.approx(0.4)}
    assert rooms.repository.pool(rooms.community.id, "form").margins == {}


def test_a_round_goes_with_its_items_and_its_community(rooms):
    """Nothing is left of what was removed."""
    one, two = (rooms.add(PastedText(text)).item.id for text in ("能源。", "環境。"))
    round_ = open_round(rooms, one, two)

    rooms.repository.remove(one)
    assert rooms.repository.round(round_.id).items == (two,)

    rooms.repository.remove_community(rooms.community.id)
    with pytest.raises(UnknownRound):
        rooms.repository.round(round_.id)
    assert rooms.database.problems() == []


def test_an_invitation_moves_with_its_chat_and_goes_with_it(rooms):
    """Where to tell what a round showed."""
    old, new = ChatRef("telegram", "-1", "5"), ChatRef("telegram", "-100")
    rooms.repository.add_chat(ChatRef("telegram", "-1"), rooms.community.id, is_private=False)
    round_ = open_round(rooms)
    rooms.repository.invited(round_.id, MessageRef(old, "9"))

    rooms.repository.move_chat(ChatRef("telegram", "-1"), new)
    assert rooms.repository.invitation(round_.id) == MessageRef(
        ChatRef("telegram", "-100", "5"), "9"
    )

    rooms.repository.remove_chat(new)
    assert rooms.repository.invitation(round_.id) is None


def test_who_started_a_round_can_be_forgotten(rooms):
    """The round stays."""
    round_ = open_round(rooms)
    rooms.repository.join_round(round_.id, MEI, at=rooms.clock.now())
    rooms.repository.close_round(round_.id, by=MEI, at=rooms.clock.now())

    rooms.repository.blot_out(MEI, {})

    found = rooms.repository.round(round_.id)
    assert (found.started_by, found.closed_by) == (None, None)
    assert rooms.repository.joined(round_.id) == []


def test_joining_is_done_once(rooms):
    """And leaving, too."""
    round_ = open_round(rooms)
    now = rooms.clock.now()

    assert rooms.repository.join_round(round_.id, MEI, at=now)
    assert not rooms.repository.join_round(round_.id, MEI, at=now)
    assert rooms.repository.rounds_joined_by(MEI) == [round_]
    assert rooms.repository.leave_round(round_.id, MEI)
    assert not rooms.repository.leave_round(round_.id, MEI)


def test_an_exercise_about_an_item_holds_none_of_its_words(rooms):
    """So that they go when it goes."""
    item = rooms.add(PastedText("能源政策。")).item.id
    exercises = (
        Exercise(Basis.DECIDED, "能源政策。", ENERGY, True, item=item),
        Exercise(Basis.EDGE, "核電", ENERGY, None, "核電也算。"),
    )
    rooms.repository.start_practice(rooms.community.id, TOM, exercises, at=rooms.clock.now())
    assert rooms.repository.practice_set(rooms.community.id, TOM).exercises == exercises

    rooms.repository.remove(item)

    assert rooms.repository.practice_set(rooms.community.id, TOM).exercises == exercises[1:]
    with rooms.database.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT exercises FROM practice").all()
    assert "能源政策" not in rows[0][0]


def test_what_an_item_turns_out_to_be_is_what_a_round_is_about(rooms):
    """Two addresses lead to one text."""
    for name in ("a", "b"):
        rooms.reader.page(
            f"https://news.example/{name}",
            "環境與能源政策。",
            canonical_url="https://news.example/a",
        )
    rooms.reader.failing = {}
    first = rooms.add(Link("https://news.example/a")).item.id
    receipt = rooms.ingest.receive(
        Link("https://news.example/b"), community=rooms.community, member=TOM
    )
    round_ = open_round(rooms, receipt.item.id)

    rooms.ingest.work(receipt.item.id)

    assert rooms.repository.round(round_.id).items == (first,)
