"""How stories of a digest are chosen and ordered."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.digest import MOST, MOST_ALIKE, Candidate, choose, most_particular, sentence_of
from core.domain import Document, Extract, Item, LabelPath, PastedText, State, Summary

START = datetime(2026, 3, 2, tzinfo=UTC)
LABOUR, MIGRANTS = LabelPath("topic/labour"), LabelPath("topic/labour/migrant-workers")


def candidate(item: int, **more) -> Candidate:
    given_ = {"story": item, "at": START + timedelta(hours=item)} | more
    return Candidate(item, **given_)


def told(*candidates: Candidate, **more) -> list[int]:
    return [each.item for each in choose(candidates, **more).chosen]


def test_what_people_did_comes_first():
    """Decisions before votes before shares before what is merely new."""
    quiet, shared = candidate(9), candidate(1, shares=3)
    voted, decided = candidate(2, votes=5), candidate(3, decided=1)

    assert told(quiet, shared, voted, decided) == [3, 2, 1, 9]


def test_a_story_is_told_once():
    """By the item about which most was done; what was done about its copies counts for it."""
    first, copy = candidate(1, story=1, votes=1), candidate(2, story=1, votes=2)
    other = candidate(3, votes=2)

    choice = choose([first, copy, other])

    assert [each.item for each in choice.chosen] == [2, 3]
    assert choice.chosen[0].others == (1,)
    assert choice.total == 2


def test_nobody_fills_it_alone():
    """Two of a site, and two about a topic."""
    of_site = [candidate(n, site="news.example") for n in range(1, 5)]
    of_topic = [candidate(n, site=f"{n}.example") for n in range(11, 15)]

    topics = dict.fromkeys(range(11, 15), (LABOUR,))
    assert told(*of_site, *of_topic, topics=lambda _: topics) == [14, 13, 4, 3]


def test_what_is_asked_for_is_everybodys_topic():
    """A subscription to one label is not cut to two stories."""
    about = [candidate(n, site=f"{n}.example") for n in range(1, 5)]
    topics = dict.fromkeys(range(1, 5), (LABOUR,))

    assert told(*about, topics=lambda _: topics, asked=[LABOUR]) == [4, 3, 2, 1]


def test_editors_prefer_and_hold():
    """What they prefer comes first, even from a crowded site; what they hold does not come."""
    crowd = [candidate(n, site="news.example", decided=2) for n in range(1, 4)]
    kept = candidate(7, site="news.example", pick="keep")
    held = candidate(8, decided=9, pick="hold")

    assert told(*crowd, kept, held) == [7, 3]
    assert choose([held]).total == 0


def test_a_held_copy_holds_its_story():
    """Unless an editor prefers another copy."""
    held, copy = candidate(1, story=1, pick="hold"), candidate(2, story=1)

    assert told(held, copy) == []
    assert told(held, replace(copy, pick="keep")) == [2]


candidates = st.lists(
    st.builds(
        Candidate,
        st.integers(1, 40),
        st.integers(1, 12),
        site=st.sampled_from([None, "a", "b", "c"]),
        decided=st.integers(0, 2),
        votes=st.integers(0, 3),
        shares=st.integers(1, 3),
        at=st.integers(0, 9).map(lambda n: START + timedelta(days=n)),
        pick=st.sampled_from([None, None, None, "keep", "hold"]),
    ),
    unique_by=lambda each: each.item,
    max_size=40,
)


@given(candidates, st.randoms(use_true_random=False))
def test_the_order_of_arrival_makes_no_difference(found, chance):
    """The same items make the same digest."""
    shuffled = list(found)
    chance.shuffle(shuffled)

    assert choose(found) == choose(shuffled)


subjects = st.fixed_dictionaries(
    {n: st.sampled_from([(), (LABOUR,), (LABOUR, MIGRANTS)]) for n in range(1, 41)}
)


@given(candidates, subjects)
def test_limits_hold_for_whatever_comes(found, topics):
    """Stories are told once, at most so many, at most two alike, and none that is held."""
    by_item = {each.item: each for each in found}
    choice = choose(found, topics=lambda items: {each: topics[each] for each in items})
    chosen = [by_item[each.item] for each in choice.chosen]

    assert len(chosen) <= MOST
    assert len({each.story for each in chosen}) == len(chosen)
    assert all(each.pick != "hold" for each in chosen)
    unforced = [each for each in chosen if each.pick != "keep"]
    for site in "abc":
        assert sum(each.site == site for each in unforced) <= MOST_ALIKE
    for topic in (LABOUR, MIGRANTS):
        assert sum(topic in topics[each.item][-1:] for each in unforced) <= MOST_ALIKE


def test_the_most_particular_labels():
    """Those with none of the others below them."""
    other = LabelPath("topic/environment")

    assert most_particular([LABOUR, MIGRANTS, other]) == (MIGRANTS, other)


def item(*sentences: str, title: str) -> Item:
    text = "".join(sentences)
    extracts = []
    for each in sentences:
        at = text.index(each)
        extracts.append(Extract(at, at + len(each), each))
    return Item(
        1, 1, 1, State.DONE, PastedText(text), START,
        document=Document(text, title=title), summary=Summary(tuple(extracts), "x"),
    )  # fmt: skip


def test_one_sentence_in_the_sources_own_words():
    """The first that is not the title and not too long; if all are long, the shortest."""
    found = item("標題。", "很長很長很長很長的句子。", "短句。", title="標題。")

    assert sentence_of(found, most=6) == "短句。"
    assert sentence_of(found, most=60) == "很長很長很長很長的句子。"
    assert sentence_of(found, most=1) == "短句。"
    assert sentence_of(item("標題。", title="標題。"), most=60) is None
