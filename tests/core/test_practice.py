"""The practice set of somebody new, and whose votes count."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain import DISCUSS, Customs, LabelPath, MemberRef, Vote
from core.practice import SIZE, Basis, Decided, Exercise, counting, make_set
from core.taxonomy import Taxonomy, parse, starter
from tests.fakes.codebook import TAXONOMY

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ANN, BO = MemberRef("fake", "ann"), MemberRef("fake", "bo")
LABOUR, MIGRANT = LabelPath("topic/labour"), LabelPath("topic/labour/migrant")
TREE = parse(TAXONOMY)


def exercises(**how):
    return make_set(TREE, how.pop("decided", []), language="zh-TW", seed=how.pop("seed", 1), **how)


def test_a_set_is_made_from_the_cases_of_the_codebook():
    """Without their verdicts, which are told afterwards."""
    made = {each.basis: each for each in exercises()}

    assert made[Basis.INCLUDE] == Exercise(
        Basis.INCLUDE, "工時、工資與職業安全", LABOUR, True, "工時、工資與職業安全"
    )
    assert made[Basis.EXCLUDE] == Exercise(
        Basis.EXCLUDE, "純粹的就業統計", LABOUR, False, "純粹的就業統計"
    )
    assert made[Basis.EDGE] == Exercise(Basis.EDGE, "外送員", LABOUR, None, "外送員算勞動")


@pytest.mark.parametrize("language", ["zh-TW", "en"])
def test_the_starter_makes_five_that_do_not_give_themselves_away(language):
    """Whatever the lot."""
    for seed in range(30):
        made = make_set(starter(), [], language=language, seed=seed)

        assert len(made) == SIZE
        assert len({each.text for each in made}) == SIZE
        assert not any("請選" in each.text or ": see" in each.text for each in made)


def test_what_the_community_decided_is_asked_too():
    """As it was decided."""
    decided = [Decided(7, "移工上街。", MIGRANT, True), Decided(8, "股市上漲。", LABOUR, False)]

    made = exercises(decided=decided)

    assert {(each.item, each.key) for each in made if each.basis is Basis.DECIDED} >= {(7, True)}


def test_a_label_that_is_no_more_is_not_asked():
    """The community had another codebook when it decided."""
    made = exercises(decided=[Decided(7, "移工上街。", LabelPath("topic/gone"), True)])

    assert Basis.DECIDED not in {each.basis for each in made}


def test_definitions_fill_up_what_is_missing():
    """A codebook without cases makes a set, too: of its own label, or of one beside."""
    made = exercises()
    filled = [each for each in made if each.basis is Basis.DEFINITION]

    assert len(made) == SIZE
    assert all(each.key is (each.path == each.says) for each in filled)


def test_an_empty_codebook_makes_an_empty_set():
    """And nobody is kept waiting for it."""
    assert make_set(Taxonomy(dimensions=()), [], language="en", seed=1) == ()


@given(st.integers(0, 2**31), st.integers(0, 8))
def test_the_same_seed_makes_the_same_set(seed, size):
    """In as many exercises as were asked for."""
    made = make_set(starter(), [], language="zh-TW", seed=seed, size=size)

    assert made == make_set(starter(), [], language="zh-TW", seed=seed, size=size)
    assert len(made) == size


# ── whose votes count ────────────────────────────────────────────────────────────────────────────


def vote(member, path=LABOUR):
    return Vote(path, member, True, "button", NOW)


def test_everybody_counts_unless_the_community_says_otherwise():
    """A group of two is not locked out by something that it never asked for."""
    votes = [vote(ANN), vote(BO)]

    assert counting(votes, customs=Customs(), practised=[]) == votes


def test_who_has_not_practised_is_kept_and_does_not_count():
    """Until they are through; wanting to discuss is no judgement."""
    customs = replace(Customs(), practice_first=True)
    votes = [vote(ANN), vote(BO), vote(BO, DISCUSS)]

    assert counting(votes, customs=customs, practised={ANN}) == [vote(ANN), vote(BO, DISCUSS)]
    assert counting(votes, customs=customs, practised={ANN, BO}) == votes
