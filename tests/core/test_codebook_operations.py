"""Whatever is done to a codebook, in whatever order, it stays usable and loses nothing."""

import tomllib
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.codebook import adopted, carried, changes
from core.codebook_operations import (
    Add,
    Merge,
    Move,
    Note,
    Operation,
    Rename,
    Restore,
    Retire,
    Split,
    Word,
    applied,
)
from core.domain import LabelPath, MemberRef, PastedText, Share, Vote
from core.errors import BadChange, UnknownLabel
from core.store.database import Database
from core.store.repository import Repository
from core.taxonomy import parse, starter_text
from core.taxonomy_file import read
from core.taxonomy_writing import written
from tests.fakes.codebook import TAXONOMY
from tests.fakes.sources import HandClock

IDS = ("labour", "migrant", "environment", "statement", "a", "b", "c")
PATHS = st.sampled_from(
    [
        "topic", "form", "topic/labour", "topic/labour/migrant", "topic/environment",
        "form/statement", "topic/a", "topic/b", "topic/labour/a", "form/a", "topic/a/migrant",
        "topic/environment/migrant", "topic/environment/labour",
    ]
)  # fmt: skip
ID = st.sampled_from(IDS)
NAMES = st.fixed_dictionaries({"en": st.sampled_from(["one", "two", "three", "four", "labour"])})
OPERATIONS = st.one_of(
    st.builds(Add, PATHS, ID, NAMES, st.just({})),
    st.builds(Rename, PATHS, NAMES),
    st.builds(Move, PATHS, PATHS),
    st.builds(Merge, PATHS, PATHS),
    st.builds(Split, PATHS, st.lists(st.tuples(ID, NAMES), min_size=2, max_size=3).map(tuple)),
    st.builds(Retire, PATHS),
    st.builds(Restore, PATHS),
    st.builds(Word, PATHS, st.just("definition"), st.just("en"), st.just("Words.")),
    st.builds(Note, PATHS, st.just("alias"), st.just("en"), st.just("other"), st.booleans()),
)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def after(operations: list[Operation]) -> list[str]:
    """The codebook after each of the operations that could be done."""
    texts = [TAXONOMY]
    for operation in operations:
        with suppress(BadChange, UnknownLabel):
            texts.append(applied(texts[-1], operation))
    return texts


@QUICK
@given(st.lists(OPERATIONS, max_size=8))
def test_a_codebook_stays_usable_and_every_path_leads_somewhere(operations):
    """It passes its own checks, and every path that ever was is a label, retired or not."""
    texts = after(operations)

    last = parse(texts[-1])
    for text in texts:
        taxonomy = parse(text)
        for label in (*taxonomy.walk(), *taxonomy.retired):
            assert last.known(label.path) is not None, label.path
            found = last.find(label.path, retired=True)
            assert found == last.known(label.path)


@QUICK
@given(st.lists(OPERATIONS, max_size=6))
def test_a_difference_is_told_whenever_there_is_one(operations):
    """Two versions that differ have changes; the same one has none."""
    texts = after(operations)

    for before, now in pairwise(texts):
        assert changes(parse(before), parse(now))
    assert changes(parse(texts[-1]), parse(texts[-1])) == ()


@QUICK
@given(st.lists(OPERATIONS, max_size=6))
def test_a_first_file_taken_again_forgets_nothing(operations):
    """Every label that came since is retired, or is where the file has it."""
    present = parse(after(operations)[-1])

    again = parse(adopted(TAXONOMY, present))

    assert {label.path for label in again.walk()} == {
        label.path for label in parse(TAXONOMY).walk()
    }
    for label in (*present.walk(), *present.retired):
        assert again.known(label.path) is not None, label.path


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(OPERATIONS, max_size=5), st.lists(PATHS, min_size=1, max_size=4))
def test_no_vote_is_ever_lost(operations, voted):
    """Whoever spoke of a label has a voice on what it became."""
    clock, ann = HandClock(), MemberRef("local", "ann")
    database = Database(None)
    try:
        repository = Repository(database)
        community = repository.community("home")
        item, _ = repository.receive(
            community.id,
            PastedText("移工上街遊行。"),
            share=Share(ann, clock.now()),
            addresses=["text:1"],
        )
        live = [path for path in dict.fromkeys(voted) if path in parse(TAXONOMY)]
        for path in live:
            repository.cast(item, Vote(LabelPath(path), ann, True, "button", clock.now()))
        texts = after(operations)
        for before, now in pairwise(texts):
            moves = carried(parse(before), parse(now))
            repository.carry(community.id, moves, position=parse(now).position)

        last = parse(texts[-1])
        said = {vote.path for vote in repository.votes(item)}
        assert said == {last.resolve(path) for path in live}
    finally:
        database.close()


def test_what_is_written_is_read_back_as_the_same():
    """The starter, and signs that need care."""
    text = starter_text()
    strange = {"name": {"en": 'quo"te\\ \x7f\n'}, "most": 3, "retired": True}

    assert read(written(read(text))) == read(text)
    assert tomllib.loads(written(strange)) == strange


@pytest.mark.parametrize("path", ["topic/labour/migrant", "topic/labour"])
def test_moving_back_leaves_no_former_self(path):
    """A label was never what it is."""
    home = path.rsplit("/", 1)[0]
    away = applied(TAXONOMY, Move(path, "topic/environment"))

    back = parse(applied(away, Move(path, home)))

    assert path not in back.label(path).was
    assert back.resolve(f"topic/environment/{path.rsplit('/', 1)[1]}") == path
    assert replace(back.label(path), was=(), children=()) == replace(
        parse(TAXONOMY).label(path), children=()
    )
