"""Heads on vectors learn what is there, know what a tree is, and repeat themselves."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.models.heads import Cascade, Flat, Forest, Head, Sequences, decoder
from core.models.heads.decoder import Batch
from core.models.heads.grammar import Grammar, State
from core.taxonomy import parse

TREE = parse("""
[[dimension]]
id = "topic"
choice = "many"
name = { en = "Topic" }
hypothesis = { en = "This text is about {label}." }
[[dimension.label]]
id = "sea"
name = { en = "the sea" }
[[dimension.label.label]]
id = "whales"
name = { en = "whales" }
[[dimension.label.label]]
id = "ports"
name = { en = "ports" }
[[dimension.label]]
id = "rents"
name = { en = "rents" }
[[dimension]]
id = "form"
choice = "one"
name = { en = "Form" }
hypothesis = { en = "This text is {label}." }
[[dimension.label]]
id = "news"
name = { en = "news" }
[[dimension.label]]
id = "poem"
name = { en = "a poem" }
""")
FOREST = Forest.of(TREE)
SETS = [
    {"topic/sea", "topic/sea/whales", "form/news"},
    {"topic/sea", "topic/sea/ports", "form/news"},
    {"topic/sea", "topic/sea/whales", "topic/rents", "form/poem"},
    {"topic/rents", "form/poem"},
    {"topic/sea", "form/news"},
    set(),
]
HEADS = [Flat, Cascade, Sequences]


def texts(each: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Vectors that point where their labels are, with some noise; and the labels."""
    random = np.random.default_rng(seed)
    truth = np.array([FOREST.tell(frozenset(labels)) for labels in SETS] * each)
    place = np.array([[float(label in labels) for label in FOREST.labels] for labels in SETS])
    vectors = np.hstack([np.tile(place, (each, 1)), random.normal(0, 0.15, (len(truth), 10))])
    vectors[:, -1] = 0.5
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), truth


def fitted(make: type, *, known: np.ndarray | None = None, seed: int = 1) -> Head:
    head = make(FOREST)
    vectors, truth = texts(8, 1)
    known = np.ones_like(truth) if known is None else known
    head.fit(vectors, truth, known, seed=seed, on_progress=lambda _done, _total: None)
    return head


@pytest.mark.parametrize("make", HEADS)
def test_a_head_learns_what_is_there(make):
    """From eight texts of each kind it labels new ones, nearly all of them wholly right."""
    vectors, truth = texts(5, 2)

    found, said = fitted(make).label(vectors)

    assert (found == truth).all(axis=1).mean() >= 0.9
    assert ((said >= 0) & (said <= 1)).all()
    assert said[truth].mean() > 0.7 > 0.3 > said[~truth].mean()


@pytest.mark.parametrize("make", HEADS)
def test_labels_are_legal_whatever_the_vector(make):
    """A label comes with its ancestors; of a dimension of one there is one at most."""
    noise = np.random.default_rng(3).normal(0, 1, (60, 16)).astype(np.float32)
    forms = [at for at, path in enumerate(FOREST.labels) if path.startswith("form/")]

    found, _ = fitted(make).label(noise)

    assert (found == FOREST.with_ancestors(found)).all()
    assert (found[:, forms].sum(axis=1) <= 1).all()


@pytest.mark.parametrize("make", HEADS)
def test_the_same_seed_learns_the_same(make):
    """To the last bit."""
    vectors, _ = texts(2, 2)

    one, two = fitted(make, seed=5).label(vectors), fitted(make, seed=5).label(vectors)

    assert all((a == b).all() for a, b in zip(one, two, strict=True))


@pytest.mark.parametrize("make", HEADS)
def test_what_is_not_known_is_not_learnt(make):
    """A dimension that nobody labelled does not teach that nothing holds there."""
    vectors, truth = texts(8, 1)
    known = np.ones_like(truth)
    topics = [path.startswith("topic/") for path in FOREST.labels]
    known[: len(known) // 2, topics] = False
    taught = truth & known
    head = make(FOREST)

    head.fit(vectors, taught, known, seed=1, on_progress=lambda _done, _total: None)
    found, _ = head.label(texts(5, 2)[0])

    assert (found == texts(5, 2)[1]).all(axis=1).mean() >= 0.9


@pytest.mark.parametrize("make", HEADS)
def test_learning_tells_how_far_it_is(make):
    """Ever further, and to the end."""
    steps: list[tuple[int, int]] = []
    vectors, truth = texts(4, 1)

    make(FOREST).fit(
        vectors, truth, np.ones_like(truth), seed=1, on_progress=lambda *step: steps.append(step)
    )

    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]


@pytest.mark.parametrize("make", HEADS)
def test_a_head_that_has_not_learnt_says_so(make):
    """It is our mistake, not the sender's."""
    with pytest.raises(RuntimeError, match="not learnt"):
        make(FOREST).label(texts(1, 1)[0])


def test_a_cascade_hands_mistakes_down():
    """Where the top label is refused, nothing below it is found."""
    cascade = fitted(Cascade)
    vectors, _ = texts(1, 1)
    whales = np.zeros_like(vectors[:1])
    whales[0, FOREST.labels.index("topic/sea/whales")] = 1  # and nothing that says "sea"

    found, _ = cascade.label(whales)
    sea, below = FOREST.labels.index("topic/sea"), FOREST.labels.index("topic/sea/whales")

    assert not found[0, below] or found[0, sea]


def labels_of(places: set[int]) -> np.ndarray:
    truth = np.zeros((1, len(FOREST.labels)), np.bool_)
    truth[0, list(places)] = True
    return FOREST.with_ancestors(truth)[0]


@given(st.sets(st.integers(0, 3)))
def test_every_set_of_labels_is_one_legal_sequence(places: set[int]):
    """What is written is allowed at every step, and reads as the same labels."""
    grammar, labels = Grammar(FOREST), labels_of(places)

    tokens = grammar.write(labels, 0)

    state = State(0)
    for token in tokens[:-1]:
        assert token in grammar.allowed(state)
        state = grammar.after(state, token)
    assert tokens[-1] == grammar.end
    assert grammar.end in grammar.allowed(state)
    assert set(grammar.labels(tokens)) == set(np.flatnonzero(labels))


@settings(max_examples=50)
@given(st.randoms(use_true_random=False))
def test_every_legal_sequence_ends_and_is_the_one_of_its_labels(random):
    """Whoever follows the rules never gets stuck, and writes a set as it would be written."""
    grammar = Grammar(FOREST)
    for dimension in (0, 1):
        state, tokens = State(dimension), []
        while (token := random.choice(grammar.allowed(state))) != grammar.end:
            tokens.append(token)
            state = grammar.after(state, token)
        labels = labels_of(set(grammar.labels(tokens)))

        assert grammar.write(labels, dimension) == [*tokens, grammar.end]


def test_the_gradient_is_that_of_the_loss():
    """Compared with small differences, for every kind of parameter."""
    random = np.random.default_rng(1)
    p = decoder.initial(4, read=6, written=5, seed=1, hidden=3)
    p["S"] += random.normal(0, 0.1, p["S"].shape)
    allowed = random.random((3, 4, 5)) < 0.6
    written = random.integers(0, 5, (3, 4))
    np.put_along_axis(allowed, written[..., None], True, axis=2)
    batch = Batch(
        random.normal(0, 1, (3, 4)),
        random.integers(0, 6, (3, 4)),
        written,
        allowed,
        np.array([[True] * 4, [True, True, False, False], [True] * 3 + [False]]),
    )

    _, gradient = decoder.loss(p, batch)

    for name, values in p.items():
        for place in [0, values.size // 2, values.size - 1]:
            at = np.unravel_index(place, values.shape)
            here = values[at]
            values[at] = here + 1e-5
            above, _ = decoder.loss(p, batch)
            values[at] = here - 1e-5
            below, _ = decoder.loss(p, batch)
            values[at] = here
            assert gradient[name][at] == pytest.approx((above - below) / 2e-5, abs=1e-6)
