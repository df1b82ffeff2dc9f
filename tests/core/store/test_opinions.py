"""A language model's suggestions beside the others: marked, never counted, never overwriting."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from core.domain import (
    Answer,
    Extract,
    ItemLabel,
    Labelling,
    LabelStatus,
    Origin,
    OwedOpinion,
    PastedText,
    Premise,
    Summary,
)
from tests.fakes.rooms import MEI, TOM, Rooms

TEXT = "環境團體談能源。"
ENERGY, ENVIRONMENT, LABOUR = "topic/environment/energy", "topic/environment", "topic/labour"


@pytest.fixture
def rooms() -> Iterator[Rooms]:
    rooms = Rooms()
    yield rooms
    rooms.close()


def opinion(rooms: Rooms, item, *labels: str, origin=Origin.LLM, premise=None, score=1.0) -> None:
    """Let a model say that an item has these labels."""
    said = rooms.repository.labelling(item.id)
    labelling = Labelling(
        premise=premise or said.premise,
        language="zh-TW",
        model="some-model",
        wording="w",
        answers=tuple(Answer(path, f"問：{path}", score) for path in labels),
        labels=tuple(ItemLabel(path, score, origin=origin) for path in labels),
        origin=origin,
    )
    rooms.repository.add_labelling(
        item.id, labelling, position=rooms.taxonomy.position, at=rooms.clock.now()
    )


def labels(rooms: Rooms, item) -> dict[str, tuple[float, LabelStatus, Origin]]:
    found = rooms.repository.item_by_id(item.id).labels
    return {each.path: (each.score, each.status, each.origin) for each in found}


def test_what_only_a_language_model_suggests_is_marked(rooms):
    """It keeps the score of entailment, and takes nothing from what entailment suggested."""
    item = rooms.add(PastedText(TEXT)).item

    opinion(rooms, item, ENVIRONMENT, LABOUR)

    suggested = LabelStatus.SUGGESTED
    assert labels(rooms, item) == {
        ENVIRONMENT: (0.9, suggested, Origin.ENTAILMENT),
        ENERGY: (0.9, suggested, Origin.ENTAILMENT),
        LABOUR: (0.1, suggested, Origin.LLM),
    }


def test_the_questions_behind_labels_stay_those_of_entailment(rooms):
    """A language model's answers are kept, and asked for by name."""
    item = rooms.add(PastedText(TEXT)).item
    before = rooms.repository.labelling(item.id)

    opinion(rooms, item, LABOUR)

    assert rooms.repository.labelling(item.id) == before
    said = rooms.repository.labelling(item.id, origin=Origin.LLM)
    assert (said.model, said.origin, said.labels[0].path) == ("some-model", Origin.LLM, LABOUR)


def test_a_second_opinion_takes_the_place_of_the_first(rooms):
    """Its own earlier suggestions go, those of entailment stay."""
    item = rooms.add(PastedText("能源。")).item
    opinion(rooms, item, LABOUR)

    opinion(rooms, item)

    assert set(labels(rooms, item)) == {ENVIRONMENT, ENERGY}


def test_an_opinion_outlives_a_new_entailment_of_the_same_text(rooms):
    """What entailment suggests by now is entailment's; what it does not any more may be left."""
    item = rooms.add(PastedText(TEXT)).item
    opinion(rooms, item, ENVIRONMENT, LABOUR)

    opinion(rooms, item, LABOUR, origin=Origin.ENTAILMENT, score=0.7)

    suggested = LabelStatus.SUGGESTED
    assert labels(rooms, item) == {
        ENVIRONMENT: (0.0, suggested, Origin.LLM),
        LABOUR: (0.7, suggested, Origin.ENTAILMENT),
    }


def test_an_opinion_of_another_text_counts_no_more(rooms):
    """An item that was pasted anew is asked about anew."""
    item = rooms.add(PastedText(TEXT)).item
    opinion(rooms, item, LABOUR)

    rooms.ingest.paste(rooms.community, item.number, "能源。")

    assert set(labels(rooms, item)) == {ENVIRONMENT, ENERGY}


@pytest.mark.parametrize("is_for", [True, False])
def test_what_people_decided_is_never_changed(rooms, is_for):
    """Neither its status nor its score; and without their votes it is as it would have been."""
    voting = rooms.voting()
    item = rooms.add(PastedText(TEXT)).item
    for member in (MEI, TOM):
        voting.cast(item.id, member, LABOUR, is_for=is_for, by="button")
        voting.cast(item.id, member, ENERGY, is_for=not is_for, by="button")
    before = labels(rooms, item)

    opinion(rooms, item, ENERGY, ENVIRONMENT, LABOUR)
    voting.recount(item.id)

    now = labels(rooms, item)
    assert {path: each[:2] for path, each in now.items()} == {
        path: each[:2] for path, each in before.items()
    }


def test_an_opinion_is_no_vote(rooms):
    """However often it is given, one member's voice decides nothing beside it."""
    voting = rooms.voting()
    item = rooms.add(PastedText(TEXT)).item
    for _ in range(3):
        opinion(rooms, item, LABOUR)

    voting.cast(item.id, MEI, LABOUR, is_for=True, by="button")

    assert labels(rooms, item)[LABOUR][1] is LabelStatus.SUGGESTED
    assert [vote.member for vote in rooms.repository.votes(item.id)] == [MEI]


def test_members_vote_on_it_as_on_any_suggestion(rooms):
    """A quorum confirms it, and taking the voices back leaves the mark it had."""
    voting = rooms.voting()
    item = rooms.add(PastedText(TEXT)).item
    opinion(rooms, item, LABOUR)

    for member in (MEI, TOM):
        voting.cast(item.id, member, LABOUR, is_for=True, by="button")
    confirmed = labels(rooms, item)[LABOUR]
    for member in (MEI, TOM):
        voting.withdraw(item.id, member)

    assert confirmed[1] is LabelStatus.CONFIRMED
    assert labels(rooms, item)[LABOUR] == (0.1, LabelStatus.SUGGESTED, Origin.LLM)


def test_debts_are_kept_once_and_the_least_tried_come_first(rooms):
    """What keeps failing does not stand in the way."""
    first, second = (rooms.add(PastedText(text)).item for text in ("能源。", "勞動。"))
    now = rooms.clock.now()
    for item in (first, second, first):
        rooms.repository.owe_opinion(item.id, at=now)

    assert rooms.repository.opinion_failed(first.id) == 1

    assert rooms.repository.owed_opinions() == [
        OwedOpinion(second.id, now),
        OwedOpinion(first.id, now, attempts=1),
    ]
    rooms.repository.drop_opinion(first.id)
    rooms.ingest.remove(rooms.community, second.number)
    assert rooms.repository.owed_opinions() == []
    assert rooms.repository.opinion_failed(first.id) == 0


def test_tokens_are_counted_by_day(rooms):
    """Given back, they are never fewer than none."""
    today = date(2026, 3, 1)

    assert rooms.repository.spend(today, 500) == 500
    assert rooms.repository.spend(today, -200) == 300
    assert rooms.repository.spent(today) == 300
    assert rooms.repository.spent(today + timedelta(days=1)) == 0
    assert rooms.repository.spend(today, -900) == 0


def test_a_generated_summary_is_kept_beside_its_sentences(rooms):
    """What is shown, and what labels and search rest on."""
    summary = Summary((Extract(0, len(TEXT), TEXT),), "m@1", "能源的事。")
    rooms.summariser.summarise = lambda *_, **__: summary
    item = rooms.add(PastedText(TEXT)).item

    found = rooms.repository.item_by_id(item.id).summary

    assert (found.text, found.generated, found.method) == (TEXT, "能源的事。", "m@1")
    assert rooms.repository.labelling(item.id).premise == Premise(TEXT, "text")
